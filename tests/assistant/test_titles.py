from __future__ import annotations

import pytest

from assistant.domain import Answer, AnswerStatus, Citation, PassageKind
from assistant.titles import composed_from
from tests.assistant.passages import passage, ranked

NOTES, ROADMAP, GLOSSARY, OWN, LINKED = (
    PassageKind.NOTES, PassageKind.ROADMAP, PassageKind.GLOSSARY, PassageKind.OWN, PassageKind.RESOURCE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "made_of"),
    [
        ((NOTES,), "the notes"),
        ((ROADMAP,), "the notes"),
        ((NOTES, GLOSSARY), "the notes"),
        ((GLOSSARY,), "the glossary"),
        ((OWN,), "your own material"),
        ((LINKED, OWN), "your own material and linked pages"),
        ((NOTES, OWN), "the notes and your own material"),
        ((GLOSSARY, LINKED), "the notes and linked pages"),
        ((), "the notes"),
    ],
)
def test_what_an_answer_is_composed_from(kinds: tuple[PassageKind, ...], made_of: str) -> None:
    found = ranked(*(passage(kind, "Text.", kind=kind) for kind in kinds), passage("uncited", "Text.", kind=OWN))
    citations = tuple(Citation(n, kind, 1, "t", "h", None, "") for n, kind in enumerate(kinds, start=1))
    answer = Answer("q", AnswerStatus.ANSWERED, "Text.", citations, found, 0.9, "notes", 1)
    assert composed_from(answer) == made_of
