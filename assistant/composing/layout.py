"""The order in which chosen statements are read, and the blocks that go whole: a table, a piece of code.

Owns: reading order and blocks. Refuses: choosing sentences (``assistant.composing.choosing``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composing.candidates import PROSE, Candidate, Statement
from assistant.composing.sides import names_all, side_names
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
    """The leading statement with what follows it in its passage, then the other passages in the notes' order.

    In a comparison, what each of the things compared is comes right after the leading statement.
    """
    if not chosen:
        return []
    lead = chosen[0]
    if lead.contrasts:
        # One item of a list, without the others, is a sentence like any other.
        lead = replace(lead, statement=replace(lead.statement, block=BlockKind.PARAGRAPH))
    definitions = sorted((each for each in chosen[1:] if each.side is not None), key=lambda each: each.side or 0)
    others = [each for each in chosen[1:] if each.side is None]
    return [lead, *definitions, *sorted(others, key=lambda c: (c.position[0] != lead.position[0], c.position))]


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
    wants_code = kind in {QuestionType.COMMAND, QuestionType.EXAMPLE} or (
        kind is QuestionType.HOW and _WANTS_CODE.search(question)
    )
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
    return any(names_all(side_names(sides), cells) for cells in (stems(header), first_column))
