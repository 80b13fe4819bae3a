"""Every metric of answers must be able to fail: broken answerers close the gate."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from assistant.domain import Answer, AnswerStatus, Citation, Passage, PassageKind, ScoredPassage
from evals.cases import QuestionCase, VariantCase, VariantKind
from evals.gate import broken_limits, judge
from evals.limits import LIMITS
from evals.reporting.contents import results_json
from evals.reporting.table import results_table
from evals.suite import SuiteResult
from evals.suites.answers import run_answers
from evals.suites.rendering import active_parts
from evals.suites.statements import Statement, broken_citations, repeated, statements, ungrounded
from evals.suites.variants import run_variants
from tests.evals.test_evals import QUESTIONS, searcher

LIMITS_HERE = [limit for limit in LIMITS if limit.metric.startswith("answers.")]
FILLER = " ".join(f"word{number}" for number in range(70))
FIRST = f"A circuit breaker opens after five failures and {FILLER}."
SECOND = "An open breaker fails fast, and a half-open one lets a trial call through."
SOURCE = f"{FIRST} {SECOND}\n\n| State | Calls |\n| --- | --- |\n| open | rejected |\n\n```python\nbreaker.open()\n```"
PASSAGE = Passage("p1", "s", PassageKind.NOTES, 13, "circuit-breaker", "h", SOURCE)
TEXT = f"{FIRST} [1] {SECOND} [1]\n\n| State | Calls |\n| --- | --- |\n| open | rejected [1] |\n\n```python\nbreaker.open()\n```"
CASE = QuestionCase(
    id="q001",
    question="What is a circuit breaker?",
    module=13,
    topic="circuit-breaker",
    key_facts=(("fails fast",), ("half-open trial", "half open"), ("5 failures",)),
)
CASES = (CASE, CASE.model_copy(update={"id": "q002", "question": "How does a breaker open?"}))
GOOD = Answer(
    question=CASE.question,
    status=AnswerStatus.ANSWERED,
    text=TEXT,
    citations=(Citation(1, "p1", 13, "circuit-breaker", "t", None, SECOND),),
    retrieved=(ScoredPassage(1, PASSAGE, 1.0, None, None),),
    confidence=0.9,
    model="notes",
    elapsed_ms=40,
    supported=3,
    statements=3,
)


def tick() -> None:
    """Progress nobody watches."""


def judged(answer: Answer, **options: Callable[[str], str]) -> SuiteResult:
    return run_answers(CASES, lambda question: dataclasses.replace(answer, question=question), tick, **options)


def broken(result: SuiteResult) -> set[str]:
    return {entry.limit.metric.removeprefix("answers.") for entry in broken_limits([result], LIMITS_HERE)}


def saying(text: str, **changes: object) -> Answer:
    return dataclasses.replace(GOOD, text=text, **changes)  # type: ignore[arg-type]


def test_a_good_answerer_passes() -> None:
    result = judged(GOOD)
    assert broken(result) == set()
    values = {name: (metric.value, metric.n) for name, metric in result.metrics.items()}
    assert values == {
        "key_facts": (1, 2),
        "dev.key_facts": (1, 1),
        "heldout.key_facts": (1, 1),
        "citations_valid": (1, 2),
        "verbatim": (1, 2),
        "words": (100, 2),
        "length_in_range": (1, 2),
        "citation_recall": (1, 6),
        "citation_precision": (1, 6),
        "supported": (1, 6),
        "code_cited": (1, 4),
        "redundant": (0, 6),
        "rendered.active": (0, 2),
    }
    assert result.timings == {"latency_ms.p50": 40, "latency_ms.p95": 40}
    assert all(row["ok"] for row in result.rows)


@pytest.mark.parametrize(
    ("answer", "metrics"),
    [
        # States nothing of what was asked
        (saying(f"{FIRST} [1]", citations=(dataclasses.replace(GOOD.citations[0], quote=FIRST),)), {"key_facts"}),
        (dataclasses.replace(GOOD, status=AnswerStatus.REFUSED), {"key_facts"}),
        # Changes a word of its source
        (saying(TEXT.replace("fails fast", "fails quite fast")), {"verbatim", "citation_recall", "citation_precision"}),
        (saying(TEXT.replace("rejected", "delayed")), {"verbatim"}),
        # Cites nothing, something that is not there, something it does not use, words that are nowhere
        (saying(TEXT.replace(f"{SECOND} [1]", SECOND)), {"verbatim", "citation_recall"}),
        (saying(TEXT.replace(f"{SECOND} [1]", f"{SECOND} [2]")), {"verbatim", "citations_valid"}),
        (saying(TEXT, citations=(*GOOD.citations, Citation(2, "p1", 13, "c", "t", None, SECOND))), {"citations_valid"}),
        (saying(TEXT, citations=(Citation(1, "p1", 13, "c", "t", None, "Made up."),)), {"citations_valid"}),
        (saying(TEXT, citations=(Citation(1, "p9", 13, "c", "t", None, SECOND),)), {"citations_valid", "verbatim"}),
        # Is not supported, says everything twice, is too short or too long
        (dataclasses.replace(GOOD, supported=2), {"supported"}),
        (saying(f"{TEXT}\n\n{FIRST} [1]"), {"redundant"}),
        (saying(f"{SECOND} [1] {FIRST[:40]} [1]"), {"length_in_range"}),
        (saying(f"{FIRST} [1]\n\n" * 4 + TEXT), {"length_in_range", "redundant"}),
    ],
)
def test_a_broken_answerer_closes_the_gate(answer: Answer, metrics: set[str]) -> None:
    assert metrics <= broken(judged(answer))


def test_an_answerer_that_refuses_everything_has_nothing_to_show() -> None:
    found = broken(judged(dataclasses.replace(GOOD, status=AnswerStatus.REFUSED)))
    assert found == {limit.metric.removeprefix("answers.") for limit in LIMITS_HERE} - {"rendered.active"}


@pytest.mark.parametrize(
    "text", ["![x](https://evil.example/p.png)", "[x](https://evil.example)", "<img src=x>", "https://evil.example/a"]
)
def test_a_renderer_that_lets_things_through_closes_the_gate(text: str) -> None:
    answer = saying(f"{TEXT}\n\n{text}")
    assert "rendered.active" not in broken(judged(answer))
    assert "rendered.active" in broken(judged(answer, render=lambda shown: shown))


def test_what_is_active_is_named() -> None:
    text = "![a](b.png) <b>c</b> [d](https://e.example) `https://code.example` [f](https://ok.example)"
    assert active_parts(text, ["https://ok.example"]) == (
        "image",
        "html_inline",
        "html_inline",
        "link to https://e.example",
    )


def test_a_models_words_need_not_be_those_of_the_source() -> None:
    result = judged(saying(TEXT.replace("fails fast", "gives up fast"), model="gpt"))
    assert "verbatim" not in result.metrics
    assert result.metrics["citations_valid"].value == 1


def test_statements_end_at_their_citations() -> None:
    text = "# Title\n\n- First one. [1] Second,\n  on two lines. [2][3]\n- Third."
    assert statements(text) == (
        Statement("First one.", (1,)),
        Statement("Second,\n  on two lines.", (2, 3)),
        Statement("Third.", ()),
    )
    assert [one.needs_citation for one in statements(TEXT)] == [True, True, False, True, False]


def test_what_cites_nothing_stands_nowhere_and_white_space_does_not_matter() -> None:
    passages = {"p1": "One  fact.\nAnother."}
    answer = saying("One fact. [1] Another.", citations=(Citation(1, "p1", 1, "t", "t", None, "One fact."),))
    assert ungrounded(answer, passages) == ("Another.",)
    assert broken_citations(answer, passages) == ()


def test_pairs_that_say_nearly_the_same_are_counted() -> None:
    assert repeated(["A breaker opens after failures.", "After failures a breaker opens.", "Kafka keeps logs."]) == (
        1,
        3,
    )
    assert repeated([]) == (0, 0)


def test_timings_stand_apart_in_the_report() -> None:
    slow = dataclasses.replace(judged(GOOD), timings={"latency_ms.p50": 9.0})
    reports = [results_json([result], judge([result], None)) for result in (judged(GOOD), slow)]
    assert reports[1].pop("timings") == {"answers.latency_ms.p50": 9.0}
    reports[0].pop("timings")
    assert reports[0] == reports[1]


def test_the_table_fits_into_a_terminal_with_every_name_whole() -> None:
    result = judged(saying(f"{FIRST} [1]"))
    console = Console(width=80, file=StringIO(), color_system=None)
    console.print(results_table([result, run_variants(QUESTIONS, VARIANTS, searcher(0), tick)], judge([result], None)))
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert lines[1].split() == ["answers.key_facts", "0.333", "2", "≥", "0.80", "BROKEN"]
    length = next(line.split() for line in lines if line.startswith("answers.length_in_range"))
    assert length == ["answers.length_in_range", "0.000", "0.000–0.658", "2", "≥", "0.90", "BROKEN"]
    assert any(line.startswith("variants.abbreviation.module.Success@1 ") for line in lines)
    assert any(line.split() == ["answers.latency_ms.p50", "40", "ms"] for line in lines)


VARIANTS = tuple(
    VariantCase(id=f"v{number}", of=case.id, kind=kind, question=case.question)
    for number, (kind, case) in enumerate((kind, case) for kind in VariantKind for case in QUESTIONS)
)


def variant_limits_broken(offset: int) -> set[str]:
    result = run_variants(QUESTIONS, VARIANTS, searcher(offset), tick)
    limits = [limit for limit in LIMITS if limit.metric.startswith("variants.")]
    return {entry.limit.metric for entry in broken_limits([result], limits)}


def test_a_search_that_loses_every_variant_closes_the_gate() -> None:
    assert variant_limits_broken(0) == set()
    assert variant_limits_broken(1) == {f"variants.{kind.value}.module.Success@1" for kind in VariantKind}


def test_a_variant_that_goes_astray_is_set_against_its_original() -> None:
    case = QUESTIONS[0]
    strayed = VariantCase(id="v1", of=case.id, kind=VariantKind.TYPO, question=QUESTIONS[1].question)
    result = run_variants(QUESTIONS, [strayed], searcher(0), tick)
    assert {name: metric.value for name, metric in result.metrics.items()} == {
        "typo.module.Success@1": 0,
        "typo.module.Success@3": 0,
        "typo.module.nDCG@10": 0,
        "typo.topic.Success@1": 0,
        "typo.kept": 0,
    }
    assert (result.rows[0]["of"], result.rows[0]["split"]) == (case.id, case.split.value)
