"""One case, looked at closely: what was found, what was said, which sentence stands where, and every verdict.

Owns: asking one question again and putting what is known of it together. Refuses: printing it (``evals.cli.show``),
and judging anew: the verdicts are the suites' own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.domain import Answer, AnswerStatus
from assistant.retrieval import Retrieval
from evals.cases import QuestionCase, UnanswerableCase, VariantCase
from evals.reporting.worst import reasons
from evals.runner import Cases
from evals.suite import Row
from evals.suites.answers import run_answers
from evals.suites.refusal import run_refusal
from evals.suites.retrieval import run_retrieval
from evals.suites.statements import statements
from evals.suites.variants import run_variants

Asked = QuestionCase | UnanswerableCase | VariantCase
Search = Callable[[str, int], Retrieval]
Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of the answer, the numbers it cites, and those of them whose passage holds it word for word."""

    text: str
    cited: tuple[int, ...]
    stands_in: tuple[int, ...]
    needs_citation: bool

    @property
    def ok(self) -> bool:
        """Whether it stands where it says; code and heads of tables need not say."""
        return bool(self.stands_in) or not self.needs_citation


@dataclass(frozen=True, slots=True)
class Found:
    """A passage: its place, its scores (None where that side did not find it), and what became of it."""

    rank: int
    passage: str
    title: str
    module: int | None
    topic: str | None
    score: float
    dense: float | None
    lexical: float | None
    fate: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a suite says of the case, and why where it is not ok."""

    suite: str
    ok: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything about one question; ``module`` and ``topic`` are where its answer is, None where it has none.

    ``said`` is ``text`` in pieces; a refusal states nothing of the subject, so there is nothing to find for it.
    """

    id: str
    split: str
    question: str
    module: int | None
    topic: str | None
    status: str
    confidence: float
    threshold: float | None
    searched: str
    text: str
    said: tuple[Said, ...]
    missing_facts: tuple[str, ...]
    passages: tuple[Found, ...]
    verdicts: tuple[Verdict, ...]


def asked_case(cases: Cases, case_id: str) -> Asked | None:
    """The question with this id, as it is or in other words; None where there is none."""
    everything: tuple[Asked, ...] = (*cases.questions, *cases.variants, *cases.unanswerable)
    return next((case for case in everything if case.id == case_id), None)


def show_case(cases: Cases, case: Asked, search: Search, ask: Ask) -> Shown:
    """Ask the question again and hold the answer against what is expected of it."""
    answer = ask(case.question)
    gold = _gold(cases, case)
    rows = _rows(cases, case, gold, search, lambda _question: answer)
    missing = next((row["missing_facts"] for row in rows if row["suite"] == "answers"), [])
    return Shown(
        id=case.id,
        split=case.split.value,
        question=case.question,
        module=gold.module if gold else None,
        topic=gold.topic if gold else None,
        status=answer.status.value,
        confidence=round(answer.confidence, 4),
        threshold=answer.trace.threshold if answer.trace else None,
        searched=answer.trace.query if answer.trace else "",
        text=answer.text,
        said=() if answer.status is AnswerStatus.REFUSED else _said(answer),
        missing_facts=tuple(map(str, missing)) if isinstance(missing, list) else (),
        passages=_found(answer),
        verdicts=tuple(verdict_of(row) for row in rows),
    )


def verdict_of(row: Mapping[str, object]) -> Verdict:
    """What a suite's row says."""
    return Verdict(str(row.get("suite", "")), row.get("ok") is not False, tuple(text for _, text in reasons(row)))


def _gold(cases: Cases, case: Asked) -> QuestionCase | None:
    """The case with what is right about it; None for a question that must be refused."""
    match case:
        case QuestionCase():
            return case
        case VariantCase():
            original = next(one for one in cases.questions if one.id == case.of)
            return original.model_copy(update={"id": case.id, "question": case.question})
    return None


def _rows(cases: Cases, case: Asked, gold: QuestionCase | None, search: Search, ask: Ask) -> list[Row]:
    def tick() -> None:
        """One case needs no progress."""

    rows: list[Row] = []
    if isinstance(case, VariantCase):
        rows += run_variants(cases.questions, [case], search, tick).rows
    elif gold:
        rows += run_retrieval([gold], search, tick).rows
    if isinstance(case, UnanswerableCase):
        rows += run_refusal((), [case], ask, tick).rows
    if gold:
        rows += run_refusal([gold], (), ask, tick).rows
        rows += run_answers([gold], ask, tick).rows
    return rows


def _said(answer: Answer) -> tuple[Said, ...]:
    passages = {scored.passage.id: scored.passage.text for scored in answer.retrieved}
    texts = {one.n: _flat(passages.get(one.passage_id, "")) for one in answer.citations}
    return tuple(
        Said(
            text=one.text,
            cited=one.cited,
            stands_in=tuple(n for n in one.cited if _flat(one.text) in texts.get(n, "")),
            needs_citation=one.needs_citation,
        )
        for one in statements(answer.text)
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _found(answer: Answer) -> tuple[Found, ...]:
    known = {scored.passage.id: scored.passage for scored in answer.retrieved}
    return tuple(
        Found(
            rank=one.rank,
            passage=one.passage_id,
            title=one.title,
            module=known[one.passage_id].module if one.passage_id in known else None,
            topic=known[one.passage_id].topic if one.passage_id in known else None,
            score=one.score,
            dense=one.dense,
            lexical=one.lexical,
            fate=one.fate.value,
            reason=one.reason,
        )
        for one in (answer.trace.candidates if answer.trace else ())
    )
