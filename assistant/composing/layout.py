"""The order in which chosen statements are read, and the blocks that go whole: a table, a piece of code.

Owns: reading order and blocks. Refuses: choosing sentences (``assistant.composing.choosing``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.candidates import PROSE, Candidate, Statement
from assistant.domain import PassageKind, ScoredPassage
from assistant.question_type import QuestionType
from assistant.sentences import Block, BlockKind, prose_blocks, split_sentences
from assistant.words import stems

_PRACTICE = "In practice"
_MAX_CODE_LINES = 40
_RULE = frozenset("|:- ")
"""What the line under the header of a table is made of."""
_WANTS_CODE = re.compile(
    r"\b(write|configure|set ?up|create|define|deploy|install|implement|run|expose|mount|enable|example|snippet|code"
    r"|yaml|manifest|dockerfile|command|syntax)\b",
    re.IGNORECASE,
)


def laid_out(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The leading statement with what follows it in its passage, then the other passages in the notes' order."""
    if not chosen:
        return []
    lead = chosen[0]
    rest = sorted(chosen[1:], key=lambda c: (c.position[0] != lead.position[0], c.position))
    return [lead, *rest]


def with_table(
    statements: list[Statement], kind: QuestionType, passages: Sequence[ScoredPassage], sides: Sequence[str]
) -> list[Statement]:
    """In a comparison, the table whose columns or rows are the things compared follows the leading statement."""
    if kind is not QuestionType.COMPARISON or not statements or not sides:
        return statements
    for scored in passages:
        for block in _blocks(scored, BlockKind.TABLE):
            if scored.passage.kind in PROSE and _compares(block, sides):
                table = Statement(block.text, scored.passage.id, BlockKind.TABLE)
                return [statements[0], table, *statements[1:]]
    return statements


def with_code(
    statements: list[Statement], question: str, kind: QuestionType, passages: Sequence[ScoredPassage]
) -> list[Statement]:
    """Where the question wants to see how it is written, the subject's code goes last, introduced by its sentence."""
    wants_code = kind is QuestionType.COMMAND or (kind is QuestionType.HOW and _WANTS_CODE.search(question))
    if not statements or not wants_code:
        return statements
    subject = passages[0].passage.topic
    practice = [
        scored
        for scored in passages
        if scored.passage.kind is PassageKind.NOTES
        and scored.passage.topic == subject
        and scored.passage.section == _PRACTICE
    ]
    # A long piece of code stands in a passage of its own, after that of the sentence that introduces it.
    code = _first(practice, BlockKind.CODE)
    introduction = _first(practice, BlockKind.PARAGRAPH)
    if code is None or introduction is None or len(code.text.splitlines()) > _MAX_CODE_LINES:
        return statements
    if not stems(question) & stems(f"{introduction.text} {code.text}"):
        return statements
    sentence = Statement(split_sentences(introduction.text)[-1], introduction.passage_id, BlockKind.PARAGRAPH)
    return [*(statement for statement in statements if statement != sentence), sentence, code]


def _first(passages: Sequence[ScoredPassage], kind: BlockKind) -> Statement | None:
    found = (Statement(block.text, s.passage.id, kind) for s in passages for block in _blocks(s, kind))
    return next(found, None)


def _blocks(scored: ScoredPassage, kind: BlockKind) -> list[Block]:
    return [block for block in prose_blocks(scored.passage.text) if block.kind is kind]


def _compares(table: Block, sides: Sequence[str]) -> bool:
    header, *under = table.text.splitlines()
    rows = under[1:]
    if not rows or not _RULE >= set(under[0]) >= {"-"}:
        return False
    first_column = stems(" ".join(row.split("|")[1] for row in rows))
    return any(all(name & cells for name in _names(sides)) for cells in (stems(header), first_column))


def _names(sides: Sequence[str]) -> list[frozenset[str]]:
    """The stems that tell the sides apart: "Kafka topic" and "Kafka partition" are not both named by "Kafka"."""
    names = [stems(side) for side in sides]
    shared = frozenset.intersection(*names)
    return [name - shared or name for name in names]
