"""The model suite: what has no reply closes the gate, and each metric can fail."""

from __future__ import annotations

import dataclasses

import pytest

from assistant.domain import Answer, AnswerStatus, TokenUsage
from evals.cases import UnanswerableCase, UnanswerableKind
from evals.gate import broken_limits
from evals.live.metering import CapReached
from evals.live.replaying import RecordingMissing
from evals.live.sample import Sample
from evals.live.suite import LIMITS, METRICS, ask_all, judge_run
from evals.suite import SuiteResult
from tests.evals.suites.test_answers import CASES, GOOD

OUTSIDE = (UnanswerableCase(id="u1", question="Pizza?", kind=UnanswerableKind.FAR),)
SAMPLE = Sample(CASES, OUTSIDE)
BY_MODEL = dataclasses.replace(GOOD, model="tiny", usage=TokenUsage(1000, 50))
REFUSED = dataclasses.replace(GOOD, status=AnswerStatus.REFUSED, text="No.", citations=(), statements=0, supported=0)
FAILED = dataclasses.replace(REFUSED, status=AnswerStatus.FAILED, text="", notice="The server is failing.")
FIRST, SECOND = (case.question for case in CASES)


def run(changes: dict[str, Answer | Exception] | None = None) -> tuple[SuiteResult, str]:
    answers = {FIRST: BY_MODEL, SECOND: BY_MODEL, "Pizza?": REFUSED, **(changes or {})}

    def ask(question: str) -> Answer:
        answer = answers[question]
        if isinstance(answer, Exception):
            raise answer
        return answer

    model_run = ask_all(SAMPLE, ask, lambda: None)
    return judge_run(SAMPLE, model_run, lambda _question: GOOD), model_run.stopped


def broken(result: SuiteResult) -> set[str]:
    return {entry.limit.metric.removeprefix("model.") for entry in broken_limits([result], LIMITS)}


def test_a_good_model_passes() -> None:
    result, stopped = run()
    assert broken(result) == set()
    assert stopped == ""
    assert {name: (each.value, each.n) for name, each in result.metrics.items()} == {
        "complete": (1, 3),
        "key_facts": (1, 2),
        "citations_valid": (1, 2),
        "supported": (1, 6),
        "words": (100, 2),
        "length_in_range": (1, 2),
        "refused": (1, 1),
        "falsely_refused": (0, 2),
        "tokens_read": (1000, 2),
        "tokens_written": (50, 2),
        "composed.key_facts": (1, 2),
        "key_facts.gain": (0, 2),
        "key_facts.gain.p": (1, 2),
        "words.gain": (0, 2),
        "words.gain.p": (1, 2),
    }
    assert set(result.metrics) == set(METRICS)
    assert [(row["id"], row["ok"]) for row in result.rows] == [("q001", True), ("q002", True), ("u1", True)]


@pytest.mark.parametrize(
    ("changes", "metrics"),
    [
        ({FIRST: dataclasses.replace(BY_MODEL, text="Something else. [1]"), SECOND: REFUSED}, {"key_facts"}),
        ({FIRST: dataclasses.replace(BY_MODEL, text=f"{GOOD.text}\n\nSo. [9]")}, {"citations_valid"}),
        ({FIRST: dataclasses.replace(BY_MODEL, supported=0), SECOND: dataclasses.replace(BY_MODEL, supported=1)}, {"supported"}),
        ({"Pizza?": BY_MODEL}, {"refused"}),
        ({FIRST: REFUSED}, {"falsely_refused"}),
        ({FIRST: FAILED}, {"complete"}),
    ],
)  # fmt: skip
def test_a_bad_model_closes_the_gate(changes: dict[str, Answer | Exception], metrics: set[str]) -> None:
    assert metrics <= broken(run(changes)[0])


def test_a_missing_recording_leaves_nothing_measured() -> None:
    result, _ = run({SECOND: RecordingMissing("No reply.")})
    assert set(result.metrics) == {"complete"}
    assert broken(result) == {limit.metric.removeprefix("model.") for limit in LIMITS}
    assert [(row["id"], row["problem"]) for row in result.rows] == [("q002", "missing: No reply.")]


def test_past_the_cap_nothing_is_asked_and_the_gate_is_closed() -> None:
    result, stopped = run({SECOND: CapReached("Stopped at 9 tokens.")})
    assert stopped == "Stopped at 9 tokens."
    assert broken(result) == {"complete", "refused"}
    assert result.metrics["complete"].value == pytest.approx(1 / 3)
    assert result.metrics["key_facts"].n == 1
    assert [row["id"] for row in result.rows if row["status"] == "open"] == ["q002", "u1"]


def test_without_any_answer_there_is_nothing_but_that() -> None:
    result, _ = run({FIRST: CapReached("Stopped.")})
    assert {name: each.value for name, each in result.metrics.items()} == {"complete": 0}


def test_the_difference_to_composed_answers_is_paired() -> None:
    result, _ = run({FIRST: REFUSED})
    assert result.metrics["key_facts.gain"].value == -0.5
    assert result.metrics["words.gain"].n == 1
