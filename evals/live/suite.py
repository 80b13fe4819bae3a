"""The model suite: answers by a language model, beside composed answers to the same questions.

Owns: which answers count, the metrics and their limits. A question that got no reply - not recorded, past the cap, or
the server failed - is never counted as answered well or badly: it makes the run incomplete, which closes the gate.
Refuses: asking (``Ask`` does).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.domain import Answer, AnswerStatus
from evals.cases import QuestionCase, UnanswerableCase
from evals.gate import Limit
from evals.live.metering import CapReached
from evals.live.recording import RecordingMissing
from evals.live.sample import Sample
from evals.stats import Estimate, count, mean, paired_permutation, proportion
from evals.suite import Row, SuiteResult, Tick
from evals.suites.answers import Ask, run_answers
from evals.suites.key_facts import facts_stated
from evals.suites.statements import word_count

LIMITS = (
    Limit("model.complete", floor=1.0),
    Limit("model.key_facts", floor=0.60),
    Limit("model.citations_valid", floor=1.0),
    Limit("model.supported", floor=0.70),
    Limit("model.refused", floor=0.80),
    Limit("model.falsely_refused", ceiling=0.20),
)
"""Wide: models differ, so set your own with ``--floor``. ``complete`` is the one that no model may miss."""
_OF_ANSWERS = ("key_facts", "citations_valid", "supported", "words", "length_in_range")
METRICS = (
    *("complete", *_OF_ANSWERS, "refused", "falsely_refused", "tokens_read", "tokens_written"),
    *("composed.key_facts", "key_facts.gain", "key_facts.gain.p", "words.gain"),
)


@dataclass(slots=True)
class ModelRun:
    """What came back: answers by case id, and for the other cases why there is none."""

    answers: dict[str, Answer] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    missing: int = 0
    stopped: str = ""

    def got(self, cases: Sequence[QuestionCase]) -> list[tuple[QuestionCase, Answer]]:
        """The cases that were answered rather than refused or left open, each with its answer."""
        counted = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
        pairs = [(case, self.answers[case.id]) for case in cases if case.id in self.answers]
        return [(case, answer) for case, answer in pairs if answer.status in counted]


def ask_all(sample: Sample, ask: Ask, tick: Tick) -> ModelRun:
    """Ask every question of a sample, until a cap is reached."""
    run = ModelRun()
    for case in _cases(sample):
        if run.stopped:
            run.problems[case.id] = "not asked: the cap was reached"
        else:
            _ask(case, ask, run)
        tick()
    return run


def _ask(case: QuestionCase | UnanswerableCase, ask: Ask, run: ModelRun) -> None:
    try:
        answer = ask(case.question)
    except RecordingMissing as error:
        run.missing += 1
        run.problems[case.id] = f"missing: {error.user_message}"
    except CapReached as error:
        run.stopped = error.user_message
        run.problems[case.id] = "not asked: the cap was reached"
    else:
        if answer.status is AnswerStatus.FAILED:
            run.problems[case.id] = f"failed: {answer.notice}"
        else:
            run.answers[case.id] = answer


def judge_run(sample: Sample, run: ModelRun, composed: Ask) -> SuiteResult:
    """The metrics of a run.

    ``complete`` is the share of questions that the model, or the refusal before it, gave an answer to. If a recording
    is missing, nothing else is measured: what is left would be another sample. Otherwise, over what was asked: the
    metrics of the answers suite; ``refused`` and ``falsely_refused``; ``tokens_read`` and ``tokens_written``, means by
    answer; and against the composed answers to the same questions the mean differences ``key_facts.gain`` (its p-value
    by a paired permutation test) and ``words.gain``.
    """
    rows: list[Row] = [_open_row(case, run) for case in _cases(sample) if case.id in run.problems]
    metrics = {"complete": proportion(len(run.answers), len(sample))}
    asked = [case for case in sample.questions if case.id in run.answers]
    outside = [case for case in sample.unanswerable if case.id in run.answers]
    if run.missing or not (asked or outside):
        return SuiteResult("model", metrics, tuple(rows))
    by_question = {case.question: run.answers[case.id] for case in asked}
    result = run_answers(asked, by_question.__getitem__, lambda: None)
    metrics |= {name: result.metrics[name] for name in _OF_ANSWERS if name in result.metrics}
    metrics |= _refusals(run, asked, outside) | _tokens(run)
    ours = {case.id: composed(case.question) for case in asked}
    metrics |= _against(asked, run, ours)
    rows += [{**row, "suite": "model"} for row in result.rows]
    rows += [_refusal_row(case, run.answers[case.id]) for case in outside]
    return SuiteResult("model", metrics, tuple(rows), result.timings, {"key_facts": _shares(asked, run.answers)})


def _cases(sample: Sample) -> Sequence[QuestionCase | UnanswerableCase]:
    return (*sample.questions, *sample.unanswerable)


def _refusals(run: ModelRun, asked: Sequence[QuestionCase], outside: Sequence[UnanswerableCase]) -> dict[str, Estimate]:
    def share(cases: Sequence[QuestionCase] | Sequence[UnanswerableCase]) -> Estimate:
        return proportion(sum(run.answers[case.id].status is AnswerStatus.REFUSED for case in cases), len(cases))

    return {name: share(cases) for name, cases in (("refused", outside), ("falsely_refused", asked)) if cases}


def _tokens(run: ModelRun) -> dict[str, Estimate]:
    usages = [answer.usage for answer in run.answers.values() if answer.usage]
    if not usages:
        return {}
    return {
        "tokens_read": mean([usage.prompt_tokens for usage in usages]),
        "tokens_written": mean([usage.completion_tokens for usage in usages]),
    }


def _against(asked: Sequence[QuestionCase], run: ModelRun, ours: dict[str, Answer]) -> dict[str, Estimate]:
    theirs_stated, ours_stated = _shares(asked, run.answers), _shares(asked, ours)
    both = [case.id for case in asked if _answered(run.answers[case.id]) and _answered(ours[case.id])]
    metrics: dict[str, Estimate] = {}
    if theirs_stated:
        gains = [theirs_stated[id_] - ours_stated[id_] for id_ in theirs_stated]
        metrics["composed.key_facts"] = mean(list(ours_stated.values()))
        metrics["key_facts.gain"] = mean(gains)
        metrics["key_facts.gain.p"] = count(paired_permutation(gains), len(gains))
    if both:
        metrics["words.gain"] = mean([word_count(run.answers[id_].text) - word_count(ours[id_].text) for id_ in both])
    return metrics


def _shares(asked: Sequence[QuestionCase], answers: dict[str, Answer]) -> dict[str, float]:
    return {
        case.id: sum(facts_stated(case.key_facts, answers[case.id].text)) / len(case.key_facts)
        if _answered(answers[case.id])
        else 0.0
        for case in asked
        if case.key_facts
    }


def _answered(answer: Answer) -> bool:
    return answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)


def _open_row(case: QuestionCase | UnanswerableCase, run: ModelRun) -> Row:
    row = {"suite": "model", "id": case.id, "question": case.question, "status": "open"}
    return {**row, "problem": run.problems[case.id], "ok": False}


def _refusal_row(case: UnanswerableCase, answer: Answer) -> Row:
    refused = answer.status is AnswerStatus.REFUSED
    row = {"suite": "model", "id": case.id, "question": case.question, "status": answer.status.value}
    return {**row, "should_refuse": True, "ok": refused}
