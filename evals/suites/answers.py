"""The answers suite: do answers state what a good answer states, in the words of their sources, briefly and safely?

Owns: judging every answer. Refuses: asking (``Ask`` does), and single judgements (``evals.suites.key_facts``,
``evals.suites.statements``, ``evals.suites.rendering``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain import Answer, AnswerStatus
from assistant.markdown import safe_markdown
from evals.cases import QuestionCase, Split
from evals.stats import count, pooled
from evals.suite import Row, SuiteResult, Tick, estimates
from evals.suites.key_facts import facts_stated
from evals.suites.rendering import active_parts
from evals.suites.statements import (
    broken_citations,
    citation_pairs,
    repeated,
    statements,
    uncited_code,
    ungrounded,
    word_count,
)

FEWEST_WORDS, MOST_WORDS = 80, 250
"""How long an answer should be."""
COMPOSED = "notes"
"""The writer of composed answers, whose sentences stand in the passages as they are."""

Ask = Callable[[str], Answer]
Render = Callable[[str], str]
"""An answer's text as it is given to the renderer; no link in it is allowed."""


@dataclass(frozen=True, slots=True)
class _Judged:
    case: QuestionCase
    answer: Answer
    facts: tuple[bool, ...]
    ungrounded: tuple[str, ...]
    broken: tuple[str, ...]
    sentences: int
    citations: tuple[int, int]
    code: tuple[int, int]
    pairs: tuple[int, int]
    words: int
    active: tuple[str, ...]

    @property
    def is_answered(self) -> bool:
        return self.answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)


def run_answers(cases: Sequence[QuestionCase], ask: Ask, tick: Tick, render: Render = safe_markdown) -> SuiteResult:
    """Ask every question and judge what is answered.

    ``key_facts``: the mean share of a question's key facts that its answer states, of both halves and of each; a
    question that is refused states none. Of the answered ones: ``citations_valid`` is the share in which every marker
    points to a citation, every citation is used, and every quote stands in its passage; ``verbatim`` the share of
    composed answers of which every sentence and row stands in a passage that it cites; ``citation_recall`` the share of
    all their sentences and rows that do, ``citation_precision`` the share of their citations that hold what cites
    them; ``supported`` the share of all statements that the citation gate supports; ``code_cited`` the share of code
    blocks that stand in a cited passage.
    ``words`` is the mean length, ``length_in_range`` the share of 80 to 250 words, ``redundant`` the share of pairs of
    an answer's statements that say nearly the same, and ``rendered.active`` counts images, HTML and links in what is
    shown. Timings are the 50th and 95th percentile of the time that an answer took, in milliseconds.
    """
    judged = []
    for case in cases:
        judged.append(_judge(case, ask(case.question), render))
        tick()
    answered = [one for one in judged if one.is_answered]
    times = [one.answer.elapsed_ms for one in answered] or [0]
    timings = {f"latency_ms.p{percent}": float(np.percentile(times, percent)) for percent in (50, 95)}
    scores, counts = _scores(judged, answered), _counts(answered)
    clusters = {case.id: case.topic for case in cases}
    metrics = estimates(scores, clusters)
    metrics |= {
        name: pooled(parts, clusters) for name, parts in counts.items() if any(whole for _, whole in parts.values())
    }
    metrics["rendered.active"] = count(sum(len(one.active) for one in judged), len(judged))
    scores |= {
        name: {case: part / whole for case, (part, whole) in parts.items() if whole} for name, parts in counts.items()
    }
    return SuiteResult("answers", metrics, tuple(map(_row, judged)), timings, scores, clusters)


def _judge(case: QuestionCase, answer: Answer, render: Render) -> _Judged:
    passages = {scored.passage.id: scored.passage.text for scored in answer.retrieved}
    refused = answer.status not in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
    said = [one.text for one in statements(answer.text) if one.needs_citation]
    return _Judged(
        case=case,
        answer=answer,
        facts=(False,) * len(case.key_facts) if refused else facts_stated(case.key_facts, answer.text),
        ungrounded=ungrounded(answer, passages) if answer.model == COMPOSED else (),
        broken=broken_citations(answer, passages),
        sentences=len(said),
        citations=citation_pairs(answer, passages) if answer.model == COMPOSED else (0, 0),
        code=uncited_code(answer, passages),
        pairs=repeated(said),
        words=word_count(answer.text),
        active=active_parts(render(answer.text), ()),
    )


def _scores(judged: Sequence[_Judged], answered: Sequence[_Judged]) -> dict[str, dict[str, float]]:
    """What has one value for each case."""
    with_facts = [one for one in judged if one.facts]
    halves = {f"{split.value}.": [one for one in with_facts if one.case.split is split] for split in Split}
    scores = {
        f"{prefix}key_facts": {one.case.id: sum(one.facts) / len(one.facts) for one in some}
        for prefix, some in {"": with_facts, **halves}.items()
    }
    composed = [one for one in answered if one.answer.model == COMPOSED]
    return scores | {
        "citations_valid": {one.case.id: float(not one.broken) for one in answered},
        "verbatim": {one.case.id: float(not one.ungrounded) for one in composed},
        "words": {one.case.id: float(one.words) for one in answered},
        "length_in_range": {one.case.id: float(FEWEST_WORDS <= one.words <= MOST_WORDS) for one in answered},
    }


def _counts(answered: Sequence[_Judged]) -> dict[str, dict[str, tuple[int, int]]]:
    """What an answer has several of: for each case how many parts of how many."""
    composed = [one for one in answered if one.answer.model == COMPOSED]
    grounded = {one.case.id: (one.sentences - len(one.ungrounded), one.sentences) for one in composed}
    return {
        "citation_recall": grounded,
        "citation_precision": {one.case.id: one.citations for one in composed},
        "supported": {one.case.id: (one.answer.supported, one.answer.statements) for one in answered},
        "code_cited": {one.case.id: (one.code[1] - one.code[0], one.code[1]) for one in answered},
        "redundant": {one.case.id: one.pairs for one in answered},
    }


def _row(one: _Judged) -> Row:
    missing = ["/".join(fact) for fact, stated in zip(one.case.key_facts, one.facts, strict=True) if not stated]
    return {
        "suite": "answers",
        "id": one.case.id,
        "split": one.case.split.value,
        "question": one.case.question,
        "status": one.answer.status.value,
        "missing_facts": missing,
        "ungrounded": list(one.ungrounded),
        "broken_citations": list(one.broken),
        "words": one.words,
        "repeated_pairs": one.pairs[0],
        "active": list(one.active),
        "ok": one.is_answered and not (missing or one.ungrounded or one.broken or one.pairs[0] or one.active),
    }
