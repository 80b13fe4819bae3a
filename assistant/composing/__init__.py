"""The answer without a model: sentences chosen from the passages, none of them changed.

Start here: ``compose`` reads the question's kind, collects ``candidates`` from the passages, has them ``chosen``, and
puts them in reading order (``layout``).

Owns: the order of these steps. Refuses: writing words of its own; every statement is a whole sentence, list
item, table or code block of a passage.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.candidates import Importance, Statement, collect
from assistant.composing.choosing import MAX_WORDS, MIN_WORDS, choose
from assistant.composing.layout import laid_out, with_code, with_table
from assistant.domain import Level, ScoredPassage
from assistant.question_type import classify

__all__ = ["MAX_WORDS", "MIN_WORDS", "Importance", "Statement", "compose"]


def compose(
    question: str,
    passages: Sequence[ScoredPassage],
    importance: Importance,
    sides: Sequence[str] = (),
    level: Level | None = None,
) -> tuple[Statement, ...]:
    """Choose the statements that answer the question, in reading order; empty if nothing can be quoted.

    ``sides`` are the things a comparison compares, ``level`` is the learner's. Notes are quoted first; where none were
    retrieved, the roadmap's own outline of the subject is.
    """
    kind = classify(question)
    candidates = collect(question, kind, passages, importance, sides, level)
    chosen = choose(candidates, kind)
    statements = [candidate.statement for candidate in laid_out(chosen)]
    statements = with_table(statements, kind, passages, sides)
    return tuple(with_code(statements, question, kind, passages))
