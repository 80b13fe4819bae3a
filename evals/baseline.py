"""The committed baseline: what the last accepted run reached, case by case.

Owns: its file. Refuses: comparing with it (``evals.gate``).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.errors import InvalidInput
from evals.files import write_file
from evals.suite import Scores, SuiteResult

BASELINE_FILE = Path(__file__).parent / "baseline.json"
ACCEPT_COMMAND = "python -m evals --accept"
_SCORES = TypeAdapter(dict[str, dict[str, float]])
_DECIMALS = 4


def read_baseline(file: Path = BASELINE_FILE) -> Scores:
    """Metric name, with its suite -> case id -> value.

    Raises:
        InvalidInput: the file is missing or damaged.
    """
    try:
        return _SCORES.validate_json(file.read_bytes())
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read. Make it with: {ACCEPT_COMMAND}") from error
    except ValidationError as error:
        raise InvalidInput(f"{file} is damaged. Restore it, or make it anew with: {ACCEPT_COMMAND}") from error


def all_scores(results: Sequence[SuiteResult]) -> Scores:
    """The values of all cases of all suites, by the full name of their metric."""
    return {f"{one.suite}.{name}": values for one in results for name, values in one.scores.items()}


def as_kept(scores: Scores) -> Scores:
    """The values with the decimals that the baseline has.

    A run is compared in the same decimals: a third that is kept as .3333 must not count as a change.
    """
    return {name: {case: round(value, _DECIMALS) for case, value in values.items()} for name, values in scores.items()}


def write_baseline(results: Sequence[SuiteResult], metrics: Collection[str], file: Path = BASELINE_FILE) -> None:
    """Keep the values of these metrics, one metric a line.

    Raises:
        StorageError: the file cannot be written.
    """
    kept = {
        name: dict(sorted(values.items()))
        for name, values in sorted(as_kept(all_scores(results)).items())
        if name in metrics
    }
    lines = (f"{json.dumps(name)}: {json.dumps(values, separators=(',', ':'))}" for name, values in kept.items())
    write_file(file, "{\n" + ",\n".join(lines) + "\n}\n")
