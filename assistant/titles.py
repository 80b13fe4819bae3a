"""How passages and conversations are named to a learner.

Owns: the one-line title of a source in citations and lists, the address behind it, what makes any text one line,
what an answer was composed from, and the sentence on words that were read as others.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from assistant.domain import Answer, Passage, PassageKind

_JOINERS = "\u200c\u200d"
"""Invisible, but parts of words and emoji."""

_BESIDE_THE_NOTES = {PassageKind.OWN: "your own material", PassageKind.RESOURCE: "linked pages"}


def passage_title(passage: Passage) -> str:
    """For example ``Roadmap: 13. Resiliency Patterns`` or ``13. Resiliency Patterns > Circuit Breaker > Pitfalls``."""
    if passage.kind is PassageKind.ROADMAP:
        return f"Roadmap: {passage.section}"
    if passage.kind is PassageKind.GLOSSARY:
        return passage.heading.partition(" (")[0]  # the other names are for searching
    return passage.heading


def composed_from(answer: Answer) -> str:
    """What an answer without a model is made of, by what it cites: ``the notes``, ``your own material`` ..."""
    cited = {citation.passage_id for citation in answer.citations}
    kinds = {scored.passage.kind for scored in answer.retrieved if scored.passage.id in cited}
    # The glossary goes with the notes, which say more.
    if kinds == {PassageKind.GLOSSARY}:
        return "the glossary"
    beside = [name for kind, name in _BESIDE_THE_NOTES.items() if kind in kinds]
    return " and ".join(beside if beside and kinds <= _BESIDE_THE_NOTES.keys() else ["the notes", *beside])


def title_path(title: str) -> str:
    """A title as a path that is shown: ``13. Resiliency Patterns › Circuit Breaker``."""
    return title.replace(" > ", " › ")


def short_title(title: str) -> str:
    """The end of a title, which tells sources of one module apart: ``Circuit Breaker › Pitfalls``."""
    return title_path(" > ".join(title.split(" > ")[-2:]))


def one_line(text: str) -> str:
    """The text on one line, without control characters and others that are not seen but change what is."""
    seen = (char if char.isprintable() or char in _JOINERS else " " if char.isspace() else "" for char in text)
    return " ".join("".join(seen).split()).strip(_JOINERS)


def web_address(url: str | None) -> str | None:
    """The address of a source if a browser may be sent there: http or https with a host, and nothing else."""
    if url is None or url != one_line(url) or any(char in url for char in " <>\"'`\\"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def corrections_notice(corrections: Sequence[tuple[str, str]]) -> str:
    """``Read “braker” as “breaker”.`` for (typed, read as) pairs; empty without any."""
    pairs = ", ".join(f"“{typed}” as “{read_as}”" for typed, read_as in corrections)
    return f"Read {pairs}." if pairs else ""
