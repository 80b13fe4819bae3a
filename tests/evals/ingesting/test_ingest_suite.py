"""Every metric of ingest must be able to fail: an ingest that loses, keeps or repeats too much closes the gate."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.cases import CASES_DIR, load_cases
from evals.documents import Cell, SourceFile, docx, epub, notebook, pdf
from evals.gate import broken_limits
from evals.ingesting.cases import IngestCase, IngestKind
from evals.ingesting.intake import Intake, Stored, take_in
from evals.ingesting.suite import run_ingest
from evals.limits import LIMITS
from evals.scratch import scratch_settings
from evals.suite import SuiteResult
from ingest.extract import extract_bytes
from ingest.pipeline import Ingest
from ingest.web import Fetcher
from tests.conftest import BagOfStems
from tests.mini_corpus import write_corpus

LIMITS_HERE = [limit for limit in LIMITS if limit.metric.startswith("ingest.")]
CASES = [
    IngestCase.model_validate(
        {
            "id": "x1",
            "kind": "markdown",
            "files": [{"name": "a.md", "text": "a"}, {"name": "b.md", "text": "a"}, {"name": "c.md", "text": ""}],
            "expected": [
                {"file": "a.md", "title": "A", "has": ["kept"], "lacks": ["menu"], "topic": "fuses"},
                {"file": "b.md", "same_as": "a.md"},
                {"file": "c.md", "outcome": "skipped: empty"},
            ],
            "gone": ["b.md"],
            "then": [{"file": "b.md", "outcome": "passed over"}, {"file": "a.md", "has": ["kept"]}],
        }
    )
]
A = Stored("indexed", "A", "d1", "A\nkept", "fuses")
FIRST = {("x1", "a.md"): A, ("x1", "b.md"): A, ("x1", "c.md"): Stored("skipped: empty")}
GOOD = Intake(FIRST, {("x1", "a.md"): A}, 0, published_again=False)


def tick() -> None:
    """Progress nobody watches."""


def judged(intake: Intake) -> SuiteResult:
    return run_ingest(CASES, lambda _cases: intake, tick)


def broken(intake: Intake) -> set[str]:
    return {entry.limit.metric.removeprefix("ingest.") for entry in broken_limits([judged(intake)], LIMITS_HERE)}


def changed(**fields: str) -> Intake:
    return dataclasses.replace(GOOD, first={**FIRST, ("x1", "a.md"): dataclasses.replace(A, **fields)})


def test_a_good_ingest_passes() -> None:
    result = judged(GOOD)
    assert broken(GOOD) == set()
    assert {name: metric.n for name, metric in result.metrics.items()} == {
        "expected": 1,
        "outcome": 5,
        "title": 1,
        "text_kept": 2,
        "text_dropped": 1,
        "topic": 1,
        "duplicate": 1,
        "again.embedded": 1,
        "again.published": 1,
    }
    assert result.rows[0]["ok"] is True
    assert result.scores == {"expected": {"x1": 1.0}}


@pytest.mark.parametrize(
    ("intake", "metrics", "unmet"),
    [
        (changed(text="A"), {"expected", "text_kept"}, "a.md: lost “kept”"),
        (changed(text="kept menu"), {"expected", "text_dropped"}, "a.md: kept “menu”"),
        (changed(title="B"), {"expected"}, "a.md: title “B”"),
        (changed(topic=""), {"expected"}, "a.md: topic none"),
        (changed(outcome="failed: x"), {"expected"}, "a.md: failed: x"),
        (changed(document="d2"), {"expected", "duplicate"}, "b.md: not the document of a.md"),
        (dataclasses.replace(GOOD, later={}), {"expected", "text_kept"}, "a.md: passed over"),
        (dataclasses.replace(GOOD, later=FIRST), {"expected"}, "b.md: indexed"),
    ],
)
def test_a_broken_ingest_closes_the_gate(intake: Intake, metrics: set[str], unmet: str) -> None:
    assert broken(intake) == metrics
    assert unmet in judged(intake).rows[0]["unmet"]  # type: ignore[operator]


def test_an_ingest_that_starts_over_closes_the_gate() -> None:
    assert broken(dataclasses.replace(GOOD, embedded_again=1)) == {"again.embedded"}
    assert broken(dataclasses.replace(GOOD, published_again=True)) == {"again.published"}


def test_files_go_through_the_real_ingest_and_leave_the_home_alone(tmp_path: Path, embedder: BagOfStems) -> None:
    settings = Settings(home=tmp_path / "home", corpus_dir=write_corpus(tmp_path / "corpus"))
    Ingest(settings, embedder, Fetcher(), lambda _done, _total: None).build()
    before = settings.library_path.read_bytes()
    text = "# A\n\nA fuse breaker opens. kept\n\n<!-- menu -->\n"
    files = tuple(SourceFile(name=name, text=text if name != "c.md" else "") for name in ("a.md", "b.md", "c.md"))
    cases = [CASES[0].model_copy(update={"files": files})]
    with scratch_settings(settings) as scratch:
        result = run_ingest(cases, lambda some: take_in(some, scratch, embedder), tick)
    assert result.rows[0]["unmet"] == []
    assert not scratch.home.exists()
    assert settings.library_path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "name", "title", "text"),
    [
        (pdf([["First (line)", "of \\ two"], ["Second page."]]), "a.pdf", "a", "First (line) of \\ two"),
        (docx(["# Head & more", "Words.", "~unseen", "a | b", "c | d"]), "a.docx", "Head & more", "Words.\n\n| a | b |\n| --- | --- |\n| c | d |"),
        (epub({"Book": "<h1>Book</h1><p>Words.</p>"}), "a.epub", "Book", "Words."),
        (notebook([Cell(kind="markdown", source="# N\n\nWords."), Cell(kind="code", source="1 + 1")]), "a.ipynb", "N", "Words.\n\n```python\n1 + 1\n```"),
    ],
)  # fmt: skip
def test_made_files_are_real_ones(data: bytes, name: str, title: str, text: str) -> None:
    extracted = extract_bytes(data, name=name, media_type=None)
    assert (extracted.title, extracted.sections[0].text) == (title, text)


@pytest.mark.parametrize("make", [lambda: pdf([["a"]]), lambda: docx(["a"]), lambda: epub({"a": "<p>a</p>"})])
def test_made_files_are_the_same_twice(make: Callable[[], bytes]) -> None:
    assert make() == make()


def test_a_file_is_made_of_one_thing() -> None:
    assert SourceFile(name="a.txt", text="é", times=2, encoding="latin-1").data() == b"\xe9\xe9"
    assert SourceFile(name="a", base64="AAE=").data() == b"\x00\x01"
    with pytest.raises(ValueError, match="a file has one of"):
        SourceFile(name="a", text="a", base64="AAE=")


def test_the_cases_are_many_and_different() -> None:
    cases = load_cases(IngestCase, CASES_DIR / "ingest.jsonl")
    assert len(cases) >= 30
    assert set(Counter(case.kind for case in cases)) == set(IngestKind)
    texts = [(file.name, file.data()) for case in cases for file in case.files]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    "changes",
    [
        {"expected": [{"file": "other.md"}]},
        {"expected": [{"file": "a.md", "same_as": "other.md"}]},
        {"gone": ["a.md"]},
        {"then": [{"file": "a.md"}]},
    ],
)
def test_a_case_that_makes_no_sense_is_refused(changes: dict[str, object]) -> None:
    case = {"id": "a", "kind": "html", "files": [{"name": "a.md", "text": "a"}], "expected": [{"file": "a.md"}]}
    assert IngestCase.model_validate(case).id == "a"
    with pytest.raises(ValueError, match="validation error"):
        IngestCase.model_validate({**case, **changes})
