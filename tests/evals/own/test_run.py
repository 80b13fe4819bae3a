"""Own cases measured: each metric must be able to fail."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.domain import Answer, AnswerStatus, Citation, Passage, PassageKind, ScoredPassage
from assistant.retrieval import Retrieval
from assistant.settings import Settings
from evals.own.cases import OwnCase
from evals.own.run import METRICS, run_own
from evals.suite import SuiteResult
from tests.assistant.commands import Run
from tests.evals.commands import make_evals
from tests.evals.conftest import open_mini


def passage(id_: str, **fields: object) -> Passage:
    given = {"source": f"/notes/{id_}.md", "kind": PassageKind.OWN, "module": None, "topic": None, "heading": id_}
    return Passage(id=id_, text="We release every Tuesday.", **{**given, **fields})  # type: ignore[arg-type]


BREAKER = passage("b", source="notes/13.md", module=13, topic="circuit-breaker")
OTHER = passage("o", source="notes/02.md", module=2, topic="what-is-docker")
HANDBOOK = passage("h", heading="Team Handbook > Releases")
CASES = (
    OwnCase(id="place", question="Breaker?", topic="circuit-breaker", module=13),
    OwnCase(id="own", question="Release day?", source="handbook", key_facts=(("every tuesday",),)),
    OwnCase(id="out", question="Pizza?", unanswerable=True),
)
GOOD = Answer(
    question="",
    status=AnswerStatus.ANSWERED,
    text="We release every Tuesday. [1]",
    citations=(Citation(1, "x", None, None, "t", None, "We release every Tuesday."),),
    retrieved=(),
    confidence=0.9,
    model="notes",
    elapsed_ms=1,
    supported=1,
    statements=1,
)


def scored(*passages: Passage) -> tuple[ScoredPassage, ...]:
    return tuple(ScoredPassage(rank, each, 1 / rank, None, None) for rank, each in enumerate(passages, 1))


def answer(cited: Passage, **changes: object) -> Answer:
    citation = dataclasses.replace(GOOD.citations[0], passage_id=cited.id)
    given = {"citations": (citation,), "retrieved": scored(cited)}
    return dataclasses.replace(GOOD, **{**given, **changes})  # type: ignore[arg-type]


REFUSED = dataclasses.replace(GOOD, status=AnswerStatus.REFUSED, text="", citations=(), supported=0, statements=0)
ANSWERS = {"Breaker?": answer(BREAKER), "Release day?": answer(HANDBOOK), "Pizza?": REFUSED}
FOUND = {"Breaker?": (BREAKER, OTHER), "Release day?": (HANDBOOK, OTHER)}


def measured(
    found: dict[str, Sequence[Passage]] | None = None, answers: dict[str, Answer] | None = None
) -> SuiteResult:
    passages = {**FOUND, **(found or {})}
    given = {**ANSWERS, **(answers or {})}
    return run_own(CASES, lambda q, _k: Retrieval(q, (), scored(*passages[q])), given.__getitem__, lambda: None)


def test_everything_as_expected() -> None:
    result = measured()
    assert tuple(result.metrics) == METRICS
    assert {name: each.value for name, each in result.metrics.items()} == dict.fromkeys(METRICS, 1)
    assert {name: each.n for name, each in result.metrics.items()} == {
        **dict.fromkeys(METRICS, 1),
        **{"answered": 2, "cited": 2, "citations_valid": 2, "supported": 2},
    }
    assert [row["ok"] for row in result.rows] == [True, True, True]


@pytest.mark.parametrize(
    ("found", "answers", "expected", "not_ok"),
    [
        # Found second: the best of its source, module and topic counts, so two passages of one take one place.
        ({"Breaker?": (OTHER, OTHER, BREAKER)}, {}, {"topic.Success@1": 0, "topic.RR@10": 0.5}, []),
        ({"Breaker?": (OTHER,)}, {}, {"topic.Success@3": 0, "module.Success@3": 0, "module.RR@10": 0}, ["place"]),
        ({"Release day?": (OTHER, BREAKER)}, {}, {"source.Success@3": 0}, ["own"]),
        ({}, {"Breaker?": answer(OTHER)}, {"cited": 0.5}, ["place"]),
        ({}, {"Release day?": REFUSED}, {"answered": 0.5, "key_facts": 0, "facts_stated": 0}, ["own"]),
        ({}, {"Release day?": answer(HANDBOOK, text="On Mondays. [1]")}, {"key_facts": 0}, ["own"]),
        ({}, {"Breaker?": answer(BREAKER, supported=0)}, {"supported": 0.5}, []),
        ({}, {"Breaker?": answer(BREAKER, text="We do. [2]")}, {"citations_valid": 0.5}, ["place"]),
        ({}, {"Pizza?": GOOD}, {"refused": 0}, ["out"]),
    ],
)
def test_each_metric_can_fail(
    found: dict[str, Sequence[Passage]], answers: dict[str, Answer], expected: dict[str, float], not_ok: list[str]
) -> None:
    result = measured(found, answers)
    assert {name: result.metrics[name].value for name in expected} == expected
    assert [row["id"] for row in result.rows if not row["ok"]] == not_ok


def test_a_source_is_known_by_part_of_its_title_path_or_address() -> None:
    page = passage("p", source="s", heading="t", url="https://example.org/Guide/page")
    case = OwnCase(question="Q?", source="example.org/guide")
    result = run_own([case], lambda q, _k: Retrieval(q, (), scored(OTHER, page)), lambda _q: answer(page), lambda: None)
    assert result.metrics["source.RR@10"].value == 0.5
    assert result.metrics["cited"].value == 1


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mini: Settings) -> Run:
    open_mini(monkeypatch, "evals.offline", mini)
    return make_evals(monkeypatch, capsys)


def cases_file(tmp_path: Path, *cases: dict[str, object]) -> str:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    return str(file)


FUSES: dict[str, object] = {
    "question": "How does a fuse breaker count failures in a window of calls?",
    "topic": "fuses",
    "key_facts": ["window of 100 calls"],
}


def test_a_file_runs_and_a_floor_decides(run: Run, tmp_path: Path) -> None:
    file = cases_file(tmp_path, FUSES, {"question": "Best pizza in Naples?", "unanswerable": True})
    report = tmp_path / "out" / "report.json"
    done = run("run", file, "--json", "--floor", "topic.Success@1=1", "--output", str(report))
    assert (done.code, done.json["ok"]) == (0, True)
    assert json.loads(report.read_text()) == done.json
    assert done.json["metrics"]["own.topic.Success@1"] == {"value": 1.0, "low": pytest.approx(0.2065, abs=1e-4), "high": 1.0, "n": 1}  # fmt: skip
    assert done.json["metrics"]["own.key_facts"]["value"] == 1
    broken = run("run", file, "--floor", "own.source.RR@10=0.5")
    assert broken.code == 1
    assert "own.source.RR@10 must be at least 0.50, not measured" in broken.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--floor", "speed=1"], 2, "is not METRIC=VALUE. The metrics are: topic.Success@1"),
        (["--floor", "cited=high"], 2, "is not METRIC=VALUE"),
        ([], 2, "is not there yet. `python -m evals new` makes it"),
        (["/nowhere/cases.jsonl"], 2, "/nowhere/cases.jsonl cannot be read"),
    ],
)
def test_bad_usage_is_told(run: Run, arguments: list[str], code: int, message: str) -> None:
    done = run("run", *arguments)
    assert done.code == code
    assert message in done.err


def test_an_empty_file_measures_nothing(run: Run, tmp_path: Path) -> None:
    done = run("run", cases_file(tmp_path))
    assert (done.code, done.err.strip()[-14:]) == (2, "holds no case.")


def test_without_an_index_the_command_that_makes_it_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "fresh"))
    done = run("run", cases_file(tmp_path, FUSES))
    assert done.code == 3
    assert "python -m ingest build" in done.err
