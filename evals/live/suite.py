"""The model suite: answers by a language model, beside composed answers to the same questions.

Owns: which answers count, the metrics and their limits. A question that got no reply - not recorded, past the cap, or
the server failed - is never counted as answered well or badly: it makes the run incomplete, which closes the gate.
Refuses: asking (``Ask`` does).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.domain import Answer, AnswerStatus
from evals.cases import QuestionCase, UnanswerableCase
from evals.comparing import paired_difference
from evals.limits import Limit
from evals.live.metering import CapReached
from evals.live.replaying import RecordingMissing
from evals.live.sample import Sample
from evals.stats import Estimate, count, mean, proportion
from evals.suite import Row, Scores, SuiteResult, Tick, estimates
from evals.suites.answers import Ask, run_answers

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
_COMPARED = ("key_facts", "words")
METRICS = (
    *("complete", *_OF_ANSWERS, "refused", "falsely_refused", "tokens_read", "tokens_written"),
    *("composed.key_facts", *(f"{name}.gain{p}" for name in _COMPARED for p in ("", ".p"))),
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
    answer; and against the composed answers to the same questions the mean differences ``key_facts.gain`` and
    ``words.gain``, each with its p-value by a paired permutation test.
    """
    rows: list[Row] = [_open_row(case, run) for case in _cases(sample) if case.id in run.problems]
    metrics = {"complete": proportion(len(run.answers), len(sample))}
    asked = [case for case in sample.questions if case.id in run.answers]
    outside = [case for case in sample.unanswerable if case.id in run.answers]
    if run.missing or not (asked or outside):
        return SuiteResult("model", metrics, tuple(rows))
    clusters = {case.id: case.topic for case in asked}
    by_question = {case.question: run.answers[case.id] for case in asked}
    result = run_answers(asked, by_question.__getitem__, lambda: None)
    scores = {
        **{name: result.scores[name] for name in _OF_ANSWERS if result.scores.get(name)},
        "refused": _refused(run, outside),
        "falsely_refused": _refused(run, asked),
    }
    metrics |= {name: result.metrics[name] for name in _OF_ANSWERS if name in result.metrics}
    metrics |= estimates({name: scores[name] for name in ("refused", "falsely_refused")}, clusters)
    metrics |= _tokens(run)
    metrics |= _against(asked, scores, composed, clusters)
    rows += [{**row, "suite": "model"} for row in result.rows]
    rows += [_refusal_row(case, run.answers[case.id]) for case in outside]
    return SuiteResult("model", metrics, tuple(rows), result.timings, scores, clusters)


def _refused(run: ModelRun, cases: Sequence[QuestionCase] | Sequence[UnanswerableCase]) -> dict[str, float]:
    return {case.id: float(run.answers[case.id].status is AnswerStatus.REFUSED) for case in cases}


def _against(
    asked: Sequence[QuestionCase], scores: Scores, composed: Ask, clusters: Mapping[str, str]
) -> dict[str, Estimate]:
    """The same questions answered without the model, and the mean of its value minus theirs."""
    if not asked:
        return {}
    ours = run_answers(asked, composed, lambda: None)
    metrics: dict[str, Estimate] = {}
    if "key_facts" in ours.metrics:
        metrics["composed.key_facts"] = ours.metrics["key_facts"]
    for name in _COMPARED:
        both = scores.get(name, {}).keys() & ours.scores.get(name, {}).keys()
        if both:
            found = paired_difference(scores[name], ours.scores[name], clusters)
            metrics[f"{name}.gain"] = Estimate(found.value, found.low, found.high, found.n)
            metrics[f"{name}.gain.p"] = count(found.p, found.n)
    return metrics


def _cases(sample: Sample) -> Sequence[QuestionCase | UnanswerableCase]:
    return (*sample.questions, *sample.unanswerable)


def _tokens(run: ModelRun) -> dict[str, Estimate]:
    usages = [answer.usage for answer in run.answers.values() if answer.usage]
    if not usages:
        return {}
    return {
        "tokens_read": mean([usage.prompt_tokens for usage in usages]),
        "tokens_written": mean([usage.completion_tokens for usage in usages]),
    }


def _open_row(case: QuestionCase | UnanswerableCase, run: ModelRun) -> Row:
    row = {"suite": "model", "id": case.id, "question": case.question, "status": "open"}
    return {**row, "problem": run.problems[case.id], "ok": False}


def _refusal_row(case: UnanswerableCase, answer: Answer) -> Row:
    refused = answer.status is AnswerStatus.REFUSED
    row = {"suite": "model", "id": case.id, "question": case.question, "status": answer.status.value}
    return {**row, "should_refuse": True, "ok": refused}
