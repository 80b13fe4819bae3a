"""What a learner reads on a page where a command line would be told what to type.

Owns: which page does what a command does. Pure. Refuses: the messages themselves (``assistant.errors``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import IndexBroken, IndexMissing, IndexStale, LanguageModelError, StudyError

_WORDS = (
    (r" Build it[^.:]* with: python -m ingest build.*", " The button below builds it.", "sources"),
    (r" Make one with: study plan .*", " Make one on the Plan page.", "plan"),
    (r" List your plans with: study plans\b.*", " The Plan page lists your plans.", "plan"),
    (r" `study today` lists what is due\.", " The Today page lists what is due.", "today"),
    (r" List what is due with: study quiz\b.*", " The Practise page says what is due.", "practise"),
    (r" List them with: study chats\b.*", " Your conversations are in the sidebar of the Chat page.", "chat"),
    (r" Ask something first, for example: study ask\b.*", " Ask something on the Chat page first.", "chat"),
    (r" `study topics` lists the ids\.", " The Roadmap page lists them all.", "roadmap"),
)
"""What a message says for the command line, what it says on a page, and the page where that is done."""

_FIELDS = (
    ("that STUDY_LLM_BASE_URL is its address", "that its address in Settings is right"),
    ("that STUDY_LLM_BASE_URL is the address of", "that the address in Settings is that of"),
    ("the address in STUDY_LLM_BASE_URL", "the address in Settings"),
    ("STUDY_LLM_BASE_URL", "the address in Settings"),
    ("STUDY_LLM_API_KEY", "the key in Settings"),
    ("STUDY_LLM_MODEL", "the model in Settings"),
)
"""What can be set on a page, by the name of its variable, and how it is called there; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence with what to do next, and the name of the page where that is done; None where it is none of them."""

    text: str
    page: str | None


def in_page_words(text: str) -> str:
    """A message with the fields of the Settings page in place of variables."""
    for variable, field in _FIELDS:
        text = text.replace(variable, field)
    return text[:1].upper() + text[1:]


def problem(error: StudyError) -> Problem:
    """An error as it is told on a page."""
    text = in_page_words(error.user_message)
    for pattern, words, page in _WORDS:
        changed = re.sub(pattern, words, text, count=1, flags=re.DOTALL)
        if changed != text:
            return Problem(changed.strip(), page)
    if isinstance(error, IndexMissing | IndexStale | IndexBroken):
        return Problem(text, "sources")
    return Problem(text, "settings" if isinstance(error, LanguageModelError) else None)
