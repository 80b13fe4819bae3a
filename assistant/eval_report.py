"""The last report of ``python -m evals``, as the app and the tools read it.

Owns: where reports are kept, the shape of their JSON, and what is wrong with a file that has another one.
Refuses: measuring and writing (``evals``), and drawing (``assistant.ui.evals``, ``evals.reporting``).

A report of an older version lacks some parts; those are empty here. Only what every version had is required.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, JsonValue, ValidationError

from assistant.errors import InvalidInput, NeededThingMissing, StorageError
from assistant.settings import Settings

RUN_COMMAND = "python -m evals"
LATEST = "latest"
"""The name of the newest report's files, before ``.json``, ``.md``, ``.html`` and ``.jsonl``."""
_CHECKOUT = Path(__file__).resolve().parent.parent
_MOST_BYTES = 256 * 2**20

Row: TypeAlias = Mapping[str, JsonValue]
Share = Annotated[FiniteFloat, Field(ge=0, le=1)]


class ReportMissing(NeededThingMissing):
    """No evals were run yet, or their report was deleted."""


class ReportDamaged(InvalidInput):
    """The file is no report: not JSON, cut off, or of another shape."""


class _Part(BaseModel):
    # What a newer version has besides is of no use here.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Figure(_Part):
    """A metric's value over ``n`` cases with its 95 % interval; a count has none, so its ends are its value."""

    value: FiniteFloat
    low: FiniteFloat
    high: FiniteFloat
    n: int

    @property
    def has_interval(self) -> bool:
        """Whether it is an estimate, and no count."""
        return self.low != self.high


class LimitLine(_Part):
    """A bound on a metric, None where there is none, and whether it holds."""

    metric: str
    floor: FiniteFloat | None = None
    ceiling: FiniteFloat | None = None
    holds: bool = True


class BrokenLine(_Part):
    """A limit that does not hold, in words; ``value`` is None where the metric was not measured."""

    metric: str
    limit: str
    value: FiniteFloat | None = None
    reason: str = ""

    @property
    def text(self) -> str:
        """What is wrong, in a sentence without its end."""
        measured = "was not measured" if self.value is None else f"measured {self.value:.3f}"
        return f"{self.reason or f'must be {self.limit}'}, {measured}"


class Compared(_Part):
    """A metric against the committed baseline: new minus old over ``n`` cases, with its interval.

    ``p_adjusted`` is Holm's; ``margin`` how much worse is tolerated; ``problem`` what is wrong, or empty.
    """

    metric: str
    difference: FiniteFloat
    low: FiniteFloat
    high: FiniteFloat
    n: int | None = None
    p_adjusted: FiniteFloat | None = None
    margin: FiniteFloat | None = None
    problem: str = ""


class Bin(_Part):
    """Questions whose confidence lies between ``low`` and ``high``: how many of them the roadmap does cover.

    ``confidence`` is their mean; ``share`` is covered / n with Wilson's 95 % interval.
    """

    low: Share
    high: Share
    n: int
    covered: int
    confidence: Share
    share: Share
    share_low: Share
    share_high: Share


class RiskPoint(_Part):
    """If only what is at least this sure were answered: the share answered, and the share of these that is wrong to."""

    threshold: Share
    coverage: Share
    risk: Share


class Cell(_Part):
    """A module's share in one measure over ``n`` cases."""

    measure: str
    value: Share
    n: int


class ModuleLine(_Part):
    """What was measured of one module."""

    number: int
    title: str
    cells: tuple[Cell, ...]


class WorstCase(_Part):
    """A case that did not go as it should: 5 is a broken promise, 1 a blemish; and why, in sentences."""

    suite: str
    id: str
    severity: int
    question: str = ""
    why: tuple[str, ...] = ()


class RunInfo(_Part):
    """When the suite was run (ISO 8601 with a zone), on which generation of the index, and how long it took."""

    at: str = ""
    seconds: FiniteFloat | None = None
    generation: str = ""
    passages: int | None = None


class EvalReport(_Part):
    """Everything about one run. ``run`` and ``timings`` alone differ between two runs of the same program.

    ``scores`` holds, for each metric that has one value a case, these values by the case's id; ``clusters`` the group
    that a case belongs to and is like.
    """

    ok: bool
    metrics: Mapping[str, Figure]
    rows: tuple[Mapping[str, JsonValue], ...] = Field(repr=False)
    broken: tuple[BrokenLine, ...] = ()
    limits: tuple[LimitLine, ...] = ()
    comparison: tuple[Compared, ...] = ()
    reliability: tuple[Bin, ...] = ()
    risk_coverage: tuple[RiskPoint, ...] = ()
    operating_point: RiskPoint | None = None
    modules: tuple[ModuleLine, ...] = ()
    worst: tuple[WorstCase, ...] = ()
    scores: Mapping[str, Mapping[str, FiniteFloat]] = Field(default_factory=dict, repr=False)
    clusters: Mapping[str, str] = Field(default_factory=dict, repr=False)
    timings: Mapping[str, FiniteFloat] = Field(default_factory=dict)
    run: RunInfo = RunInfo()

    def limit(self, metric: str) -> LimitLine | None:
        """The metric's limit, if it has one."""
        return next((line for line in self.limits if line.metric == metric), None)

    @property
    def suites(self) -> tuple[str, ...]:
        """The suites that were measured, in their order."""
        return tuple(dict.fromkeys(metric.split(".", 1)[0] for metric in self.metrics))


def reports_dir(settings: Settings, checkout: Path = _CHECKOUT) -> Path:
    """Where reports are kept.

    Where the settings say; else in ``evals/reports`` of a checkout that may be written, else under STUDY_HOME.
    """
    if settings.evals_dir is not None:
        return settings.evals_dir
    evals = checkout / "evals"
    is_checkout = (checkout / "pyproject.toml").is_file() and os.access(evals, os.W_OK)
    return evals / "reports" if is_checkout else settings.home / "evals"


def latest_report(settings: Settings) -> Path:
    """The file of the newest report; its siblings end in ``.md``, ``.html`` and ``.jsonl``."""
    return reports_dir(settings) / f"{LATEST}.json"


def parse_report(report: object, name: str = "The report") -> EvalReport:
    """A report's JSON value as an object.

    Raises:
        ReportDamaged: it has another shape; the message names the first place.
    """
    try:
        return EvalReport.model_validate(report)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        reason = first["msg"].rstrip(".")
        raise ReportDamaged(
            f"{name} is no report of the evals: {place}: {reason}. Write a new one with: {RUN_COMMAND}"
        ) from error


def read_report(file: Path) -> EvalReport:
    """The report in a file.

    Raises:
        ReportMissing: there is no such file.
        ReportDamaged: it is no report.
        StorageError: it cannot be read.
    """
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise ReportDamaged(f"{file} is too large for a report. Write a new one with: {RUN_COMMAND}")
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ReportMissing(f"There is no report at {file}. Write one with: {RUN_COMMAND}") from error
    except UnicodeDecodeError as error:
        raise ReportDamaged(f"{file} is not text in UTF-8. Write a new report with: {RUN_COMMAND}") from error
    except OSError as error:
        raise StorageError(f"{file} cannot be read: {error.strerror}.") from error
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReportDamaged(f"{file} is not whole JSON. Write a new report with: {RUN_COMMAND}") from error
    return parse_report(value, str(file))
