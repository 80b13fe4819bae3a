"""How a passage is named to a learner.

Owns: the one-line title of a source in citations and lists.
"""

from __future__ import annotations

from assistant.domain import Passage, PassageKind


def passage_title(passage: Passage) -> str:
    """For example ``Roadmap: 13. Resiliency Patterns`` or ``13. Resiliency Patterns > Circuit Breaker > Pitfalls``."""
    if passage.kind is PassageKind.ROADMAP:
        return f"Roadmap: {passage.heading.rsplit(' > ', 1)[-1]}"
    if passage.kind is PassageKind.GLOSSARY:
        return passage.heading.partition(" (")[0]  # the other names are for searching
    return passage.heading
