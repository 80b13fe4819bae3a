"""The conversation suite: does a follow-up keep to its subject, and a new subject not drag the old one along?

Owns: judging every turn after the first. Refuses: playing the conversations (``Talk`` does, with their history).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from assistant.domain import Answer, AnswerStatus
from evals.cases import Split
from evals.scripts import ConversationCase, ScriptedTurn
from evals.suite import Row, SuiteResult, Tick, estimates

Talk = Callable[[Sequence[str]], Iterator[Answer]]
"""Asks the questions of one conversation in order, each with those before it as its history."""


def run_conversations(
    cases: Sequence[ConversationCase], talk: Talk, modules: Mapping[str, int], tick: Tick
) -> SuiteResult:
    """Play every conversation; ``modules`` gives each topic's module.

    For each half of the cases: ``module`` and ``topic`` are the shares of turns that were answered with the right one
    first among the retrieved passages, ``cited`` the share whose first citation is of the right module, ``refused``
    the share of off-topic turns that were refused, and ``whole`` the share of conversations without a wrong turn.
    Turns of one conversation are taken as alike, and widen the intervals.
    """
    rows: list[Row] = []
    for case in cases:
        answers = talk([turn.question for turn in case.turns])
        numbered = enumerate(zip(case.turns, answers, strict=True), start=1)
        rows += [_row(case, number, turn, answer, modules) for number, (turn, answer) in numbered if number > 1]
        tick()
    scores: dict[str, dict[str, float]] = {}
    for split in Split:
        scores |= _scores(split, [row for row in rows if row["split"] == split.value])
    clusters = {str(row["id"]): str(row["conversation"]) for row in rows}
    return SuiteResult("conversation", estimates(scores, clusters), tuple(rows), scores=scores, clusters=clusters)


def _scores(split: Split, rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    about = [row for row in rows if not row["should_refuse"]]
    others = [row for row in rows if row["should_refuse"]]
    whole: dict[str, float] = {}
    for row in rows:
        conversation = str(row["conversation"])
        whole[conversation] = min(whole.get(conversation, 1.0), float(bool(row["ok"])))
    return {
        f"{split.value}.module": _by_turn("ok", about),
        f"{split.value}.topic": _by_turn("topic_ok", about),
        f"{split.value}.cited": _by_turn("cited_ok", about),
        f"{split.value}.refused": _by_turn("ok", others),
        f"{split.value}.whole": whole,
    }


def _by_turn(name: str, rows: Sequence[Row]) -> dict[str, float]:
    return {str(row["id"]): float(bool(row[name])) for row in rows}


def _row(case: ConversationCase, number: int, turn: ScriptedTurn, answer: Answer, modules: Mapping[str, int]) -> Row:
    refused = answer.status is AnswerStatus.REFUSED
    gold = () if turn.topic is None else (turn.topic, *turn.also_ok)
    gold_modules = {modules[topic] for topic in gold}
    found = _distinct(scored.passage.module for scored in answer.retrieved)
    topics = _distinct(scored.passage.topic for scored in answer.retrieved)
    cited = _distinct(citation.module for citation in answer.citations)
    return {
        "suite": "conversation",
        "id": f"{case.id}.{number}",
        "conversation": case.id,
        "split": case.split.value,
        "kind": turn.kind.value,
        "question": turn.question,
        "condensed": answer.trace.query if answer.trace else "",
        "gold_topics": list(gold),
        "modules": found,
        "topics": topics,
        "cited_modules": cited,
        "should_refuse": turn.refused,
        "refused": refused,
        "confidence": round(answer.confidence, 4),
        "topic_ok": not refused and any(topic in gold for topic in topics[:1]),
        "cited_ok": any(module in gold_modules for module in cited[:1]),
        "ok": refused if turn.refused else not refused and any(module in gold_modules for module in found[:1]),
    }


def _distinct(values: Iterable[int | str | None]) -> list[int | str]:
    return list(dict.fromkeys(value for value in values if value is not None))
