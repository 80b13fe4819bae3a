"""Every metric must be able to fail: broken parts close the gate, working ones leave it open."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.curriculum import load_curriculum
from assistant.domain import Answer, AnswerStatus, Passage, PassageKind, ScoredPassage
from assistant.errors import CorpusError
from assistant.retrieval import Retrieval
from assistant.settings import Settings
from evals.cases import QuestionCase, UnanswerableCase, UnanswerableKind, load_cases
from evals.gate import broken_limits, judge
from evals.limits import LIMITS
from evals.reporting.contents import results_json
from evals.suites.refusal import run_refusal
from evals.suites.retrieval import run_retrieval
from tests.evals.project_cases import project_cases

QUESTIONS = tuple(
    QuestionCase(id=f"q{n}", question=f"Question {n}?", module=n, topic=f"topic-{n}") for n in range(1, 21)
)
UNANSWERABLE = tuple(UnanswerableCase(id=f"u{n}", question=f"Other {n}?", kind=UnanswerableKind.FAR) for n in range(10))


def tick() -> None:
    """Progress nobody watches."""


def passage(module: int) -> Passage:
    return Passage(f"p{module}", "s", PassageKind.NOTES, module, f"topic-{module}", "h", "t")


def searcher(offset: int) -> Callable[[str, int], Retrieval]:
    """Ranks the right module at place ``offset`` + 1."""

    def search(query: str, k: int) -> Retrieval:
        right = next(case.module for case in QUESTIONS if case.question == query)
        order = [100 + place for place in range(offset)] + [right]
        scored = tuple(ScoredPassage(rank, passage(m), 1 / rank, None, None) for rank, m in enumerate(order[:k], 1))
        return Retrieval(query, (), scored)

    return search


def asker(*, refuse: bool, confidence: float = 0.5) -> Callable[[str], Answer]:
    """Answers everything from the right module, or refuses it."""
    status = AnswerStatus.REFUSED if refuse else AnswerStatus.ANSWERED

    def ask(question: str) -> Answer:
        right = next((case.module for case in QUESTIONS if case.question == question), 1)
        retrieved = (ScoredPassage(1, passage(right), 1.0, None, None),)
        return Answer(question, status, "", (), retrieved, confidence, "notes", 1)

    return ask


def broken_metrics(*, offset: int, refuse_covered: bool, refuse_others: bool, sure_of: float = 1.0) -> set[str]:
    """``sure_of`` is the confidence in covered questions; the others have what is left of 1."""
    covered = {case.question for case in QUESTIONS}

    def ask(question: str) -> Answer:
        inside = question in covered
        refuse, confidence = (refuse_covered, sure_of) if inside else (refuse_others, 1 - sure_of)
        return asker(refuse=refuse, confidence=confidence)(question)

    results = (
        run_retrieval(QUESTIONS, searcher(offset), tick),
        run_refusal(QUESTIONS, UNANSWERABLE, ask, tick),
    )
    measured = [limit for limit in LIMITS if limit.metric.startswith(("retrieval.", "refusal."))]
    return {entry.limit.metric for entry in broken_limits(results, measured)}


def test_a_perfect_system_passes() -> None:
    assert broken_metrics(offset=0, refuse_covered=False, refuse_others=True) == set()


def test_a_retriever_that_ranks_the_answer_fifth_fails() -> None:
    assert broken_metrics(offset=4, refuse_covered=False, refuse_others=True) == {
        "retrieval.module.Success@1",
        "retrieval.module.Success@3",
        "retrieval.topic.nDCG@10",
    }


@pytest.mark.parametrize(
    ("sure_of", "metrics"),
    [
        # Right, and not sure of it: it still separates
        (0.6, {"refusal.calibration_error"}),
        # Equally sure of everything
        (0.5, {"refusal.auc", "refusal.calibration_error", "refusal.aurc"}),
        # Sure of the wrong ones
        (0.0, {"refusal.auc", "refusal.calibration_error", "refusal.aurc"}),
    ],
)
def test_a_confidence_that_means_nothing_fails(sure_of: float, metrics: set[str]) -> None:
    assert broken_metrics(offset=0, refuse_covered=False, refuse_others=True, sure_of=sure_of) == metrics


def test_an_assistant_that_answers_everything_fails() -> None:
    assert broken_metrics(offset=0, refuse_covered=False, refuse_others=False) == {"refusal.refused"}


def test_an_assistant_that_refuses_everything_fails() -> None:
    assert broken_metrics(offset=0, refuse_covered=True, refuse_others=True) == {"refusal.falsely_refused"}


def test_an_unmeasured_metric_breaks_its_limit() -> None:
    assert {entry.limit.metric for entry in broken_limits(())} == {limit.metric for limit in LIMITS}


def test_ranking_measures_are_exact() -> None:
    metrics = run_retrieval(QUESTIONS, searcher(1), tick).metrics
    assert metrics["module.Success@1"].value == 0
    assert metrics["module.Success@3"].value == 1
    assert metrics["module.RR@10"].value == 0.5
    assert metrics["module.nDCG@10"].value == pytest.approx(0.6309, abs=1e-4)
    assert metrics["topic.Success@3"].value == 1


def test_a_module_that_may_answer_as_well_counts_as_the_right_one() -> None:
    case = QUESTIONS[0].model_copy(update={"also_ok": (7, 8)})
    order = [7, 8, 30, 1]
    scored = tuple(ScoredPassage(rank, passage(m), 1 / rank, None, None) for rank, m in enumerate(order, 1))
    result = run_retrieval([case], lambda query, _k: Retrieval(query, (), scored), tick)
    assert result.metrics["module.Success@1"].value == 1
    assert result.metrics["module.nDCG@10"].value == 1
    assert result.metrics["topic.Success@1"].value == 0
    assert result.rows[0]["modules"] == ["1", "30"]
    assert result.rows[0]["ok"] is True
    assert run_retrieval(QUESTIONS[:1], lambda query, _k: Retrieval(query, (), scored), tick).rows[0]["ok"] is False


def test_empty_ranking_counts_as_a_miss() -> None:
    result = run_retrieval(QUESTIONS, lambda query, _k: Retrieval(query, (), ()), tick)
    assert result.metrics["module.Success@1"].value == 0
    assert result.metrics["module.Success@1"].n == 20


def test_report_is_json_and_deterministic() -> None:
    reports = []
    for _ in range(2):
        results = (run_retrieval(QUESTIONS, searcher(0), tick),)
        reports.append(json.dumps(results_json(results, judge(results, None))))
    assert reports[0] == reports[1]
    assert json.loads(reports[0])["ok"] is False


def test_own_cases_name_real_topics_in_their_modules() -> None:
    curriculum = load_curriculum(Settings().corpus_dir)
    cases = project_cases()
    assert len(cases.questions) + len(cases.unanswerable) >= 140
    for case in cases.questions:
        assert curriculum.topics[case.topic].module == case.module
    assert {case.module for case in cases.questions} == set(range(1, 43))
    texts = [case.question for case in (*cases.questions, *cases.unanswerable)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"id": "a", "question": "x"}', "cases.jsonl:1: kind: Field required."),
        ('{"id": "a", "question": "x", "kind": "odd"}', "cases.jsonl:1: kind: Input should be 'near'"),
        ('{"id": "a", "question": "x", "kind": "far"}\n' * 2, "cases.jsonl:2: the id a is used twice."),
    ],
)
def test_broken_case_names_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_cases(UnanswerableCase, file)
    assert message in caught.value.user_message
