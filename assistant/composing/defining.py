"""Which sentence says what a thing is.

Owns: how squarely the first sentence of a passage defines what is asked for. Refuses: whether a definition is asked
for (``assistant.question_type``).
"""

from __future__ import annotations

from enum import IntEnum

from assistant.domain import HEADING_SEPARATOR, Passage, PassageKind
from assistant.words import STOPWORDS, stems, words

DEFINING_SECTION = "In one sentence"

# What is added to the name of a thing without making it another thing.
_GENERIC = stems("pattern patterns concept principle term approach technique architecture")


class Defines(IntEnum):
    """How squarely a sentence says what the thing asked for is, from not at all to best.

    ``SUBJECT``: the sentence of the topic that the thing belongs to. ``TERM``: the glossary's entry of that very name.
    ``TOPIC``: the sentence of the topic that bears that very name.
    """

    NOT = 0
    SUBJECT = 1
    TERM = 2
    TOPIC = 3


def defines(passage: Passage, asked: frozenset[str], *, on_subject: bool) -> Defines:
    """What the first sentence of a passage is to a question with the stems ``asked``."""
    name = asked - _GENERIC or asked
    if passage.kind is PassageKind.GLOSSARY:
        return Defines.TERM if name and any(_is(each, name) for each in _names(passage)) else Defines.NOT
    if passage.kind is not PassageKind.NOTES or not on_subject or passage.section != DEFINING_SECTION:
        return Defines.NOT
    title = passage.heading.split(HEADING_SEPARATOR)[-2].partition(" (")[0]
    return Defines.TOPIC if stems(title) - _GENERIC == name else Defines.SUBJECT


def _is(term: str, name: frozenset[str]) -> bool:
    """Whether a term has that name and no more: "Docker-in-Docker" is not Docker."""
    return stems(term) == name and len([word for word in words(term) if word not in STOPWORDS]) == len(name)


def _names(term: Passage) -> list[str]:
    """Those in its heading: "horizontal pod autoscaler (HPA, autoscaler)" has three."""
    name, _, others = term.section.partition(" (")
    return [name, *others.removesuffix(")").split(", ")]
