"""A language model's second opinion on answers: is each statement supported, is each key fact stated?

Owns: having answers judged, and how far that agrees with what is measured without it. Refuses: any part in the gate,
and what is put to the judge (``evals.live.judging``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Answer
from assistant.llm import StreamingModel
from evals.cases import QuestionCase
from evals.live.agreement import Verdicts, agreed, kappa
from evals.live.judging import NoVerdict, ask_judge, facts_prompt, read_verdicts, split_statements, support_prompt
from evals.stats import Estimate, count, proportion
from evals.suite import Row, SuiteResult, Tick
from evals.suites.key_facts import facts_stated


@dataclass(frozen=True, slots=True)
class Judgement:
    """Pairs of the judge's and the offline verdict, None where the judge gave none; ``problems`` say why it did not."""

    support: Verdicts | None
    facts: Verdicts | None
    problems: tuple[str, ...]


def run_judge(answered: Sequence[tuple[QuestionCase, Answer]], model: StreamingModel, tick: Tick) -> SuiteResult:
    """Have every answer judged.

    ``supported`` and ``key_facts`` are the shares of statements and facts that the judge says yes to; ``verdicts`` the
    share of requests that it answered in the form asked for. ``support.agreement`` and ``facts.agreement`` are the
    shares on which it says the same as the citation gate and the matching of key facts, ``*.kappa`` Cohen's kappa,
    left out where it is not defined. Nothing is gated by any of it.
    """
    judged: list[tuple[QuestionCase, Judgement]] = []
    for case, answer in answered:
        judged.append((case, judge(model, case, answer)))
        tick()
    requests = [part for _, one in judged for part in (one.support, one.facts)]
    metrics: dict[str, Estimate] = {}
    if requests:
        metrics["verdicts"] = proportion(sum(part is not None for part in requests), len(requests))
    support = [pair for _, one in judged for pair in one.support or ()]
    facts = [pair for _, one in judged for pair in one.facts or ()]
    metrics |= _compared("supported", "support", support) | _compared("key_facts", "facts", facts)
    return SuiteResult("judge", metrics, tuple(_row(case, one) for case, one in judged))


def judge(model: StreamingModel, case: QuestionCase, answer: Answer) -> Judgement:
    """Have one answer judged, in two requests."""
    problems: list[str] = []
    said = split_statements(answer.text)
    offline_support = [one.supported for one in said]
    offline_facts = facts_stated(case.key_facts, answer.text)
    prompts = (support_prompt(answer, said), facts_prompt(answer, case.key_facts))
    pairs: list[Verdicts | None] = []
    for prompt, offline in zip(prompts, (offline_support, offline_facts), strict=True):
        try:
            verdicts = read_verdicts(ask_judge(model, prompt), len(offline)) if offline else ()
            pairs.append(tuple(zip(verdicts, offline, strict=True)))
        except NoVerdict as problem:
            problems.append(str(problem))
            pairs.append(None)
    return Judgement(pairs[0], pairs[1], tuple(problems))


def _compared(name: str, part: str, pairs: Verdicts) -> dict[str, Estimate]:
    if not pairs:
        return {}
    metrics = {
        name: proportion(sum(judged for judged, _ in pairs), len(pairs)),
        f"{part}.agreement": proportion(agreed(pairs), len(pairs)),
    }
    value = kappa(pairs)
    return metrics if value is None else {**metrics, f"{part}.kappa": count(value, len(pairs))}


def _row(case: QuestionCase, one: Judgement) -> Row:
    def shown(pairs: Verdicts | None) -> list[dict[str, bool]] | None:
        return None if pairs is None else [{"judge": judged, "offline": offline} for judged, offline in pairs]

    return {
        "suite": "judge",
        "id": case.id,
        "support": shown(one.support),
        "facts": shown(one.facts),
        "problems": list(one.problems),
        "ok": not one.problems,
    }
