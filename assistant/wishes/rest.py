"""What is left when everything else was read: the goal, small words, and what nobody understood.

Owns: telling the three apart. Refuses: matching the goal to topics (``assistant.goals``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.ready_goals import ReadyGoal, named_goal
from assistant.wishes.form import Span
from assistant.wishes.subjects import Subjects
from assistant.wishes.unread import TAKEN, Unread
from assistant.words import STOPWORDS, words

_I = re.IGNORECASE
_PIECE = re.compile(rf"(?:[^,;!?\n{TAKEN}.]|[.](?=\S))+")
_AT_THE_EDGE = re.compile(
    r"^(?:\s|-|:|\b(?:(?:can|could|would|will) you(?: please)?(?: (?:plan|schedule))?|"
    r"(?:make|create|give|build|write) (?:me )?(?:a|my) (?:study |learning )?(?:plan|schedule)|and|but|so|then|also|"
    r"with|please|plus|or|because|that is|hi|hello|hey|just|now|thanks|thank you)\b)+"
    r"|(?:\s|-|:|\b(?:for (?:me|us)|and|but|so|then|also|with|please|or|because|i|i'm|i am|i can|i have|study|at|"
    r"from|to|on|in|for|by|thanks|thank you)\b)+$",
    _I,
)
_LEAD_IN = re.compile(
    r"(?:(?:i|we) )?(?:really |also |just |mainly |mostly |only )?"
    r"(?:(?:'d|would) (?:like|love|want)|i'd (?:like|love)|want(?:ing)?|wanna|need|hope|hoping|plan(?:ning)?|"
    r"wish|aim(?:ing)?|trying|try|going)"
    r"(?: to| for| at)?(?: (?:be able to|learn(?: about| how to)?|study|know(?: about)?|understand|get into|do|"
    r"master|cover|see|have|focus on))?\s+"
    r"|(?:(?:my|the) )?(?:goal|aim|objective|target)(?: is|:)?(?: to)?(?: (?:learn|study|understand|master))?\s+"
    r"|(?:to )?(?:learn(?:ing)?(?: about| how to)?|study(?:ing)?|master(?:ing)?|understand(?:ing)?|focus(?:ing)? "
    r"on|interested in)\s+"
    r"|(?:so that i can|in order to|to be able to|help me(?: to)?)\s+|to\s+|for\s+(?:a |an |my |the )?",
    _I,
)
_FILLER = frozenset(
    words(
        "want wants need like would ll d m ve re i'm really now then also please hi hello hey thanks thank plan "
        "schedule study studying learn "
        "learning time available free spend week weeks day days month months hour hours roadmap course finish done "
        "ready start starting "
        "each every per only least most session sessions am im goal rest full make build create set help got go "
        "going let"
    )
)


def read_rest(
    unread: Unread, subjects: Subjects, goals: Sequence[ReadyGoal]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The pieces that make up the goal, and those that nobody understood; both in the text's order.

    A piece is part of the goal if it says so ("I want ..."), names a subject or a role. Where none does, the goal is
    whatever is left.
    """
    sure: list[Span] = []
    unsure: list[Span] = []
    for start, end in _pieces(unread):
        lead = _LEAD_IN.match(unread.text, start, end)
        about = lead.end() if lead else start
        if not _says_something(unread.text[about:end]):
            continue
        told = bool(lead) or subjects.named_in(unread.text[about:end]) or named_goal(goals, unread.text[about:end])
        (sure if told else unsure).append(unread.take(about, end))
    return (tuple(sure), tuple(unsure)) if sure else (tuple(unsure), ())


def leftovers(unread: Unread) -> tuple[Span, ...]:
    """Every unread piece that says something."""
    return tuple(unread.take(start, end) for start, end in _pieces(unread))


def _pieces(unread: Unread) -> Iterator[tuple[int, int]]:
    for match in list(unread.find(_PIECE)):
        start, end = _trimmed(unread.text, *match.span())
        if _says_something(unread.text[start:end]):
            yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while match := _AT_THE_EDGE.search(text[start:end]):
        if match.start() == 0:
            start += match.end()
        else:
            end = start + match.start()
    return start, end


def _says_something(text: str) -> bool:
    return any(word not in STOPWORDS | _FILLER for word in words(text))
