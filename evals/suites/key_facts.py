"""Whether an answer states a key fact.

Owns: the matching. A fact is stated if one of its alternatives is, and an alternative if all of its words occur close
together: in one statement, or in two that follow each other. Words are compared by their stems; number words count as
numbers and every way to say no as the same word; two words may be written as one. Refuses: judging meaning beyond
that, which is why coverage is a floor for comparing versions of the program and no mark for a single answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.words import STOPWORDS, stem, words
from evals.cases import KeyFact
from evals.suites.statements import statements

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS)}
_NO = "not"
_NEGATIONS = frozenset({"no", "not", "never", "none", "without", "cannot", "neither", "nor"})
_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)


def facts_stated(facts: Sequence[KeyFact], text: str) -> tuple[bool, ...]:
    """For each fact whether the answer states it."""
    pieces = [_terms(one.text) for one in statements(text)]
    windows = [before | after for before, after in pairwise(pieces)] or pieces
    wanted = [[_wanted(alternative) for alternative in fact] for fact in facts]
    return tuple(any(one <= window for one in alternatives for window in windows) for alternatives in wanted)


def _terms(text: str) -> frozenset[str]:
    found = _stemmed(text)
    # "postmortem" is "post-mortem", and "load balancer" is "loadbalancer".
    return frozenset(found) | {first + second for first, second in pairwise(_words(text))}


def _wanted(alternative: str) -> frozenset[str]:
    found = _words(alternative)
    return frozenset(map(_normal, [word for word in found if word not in STOPWORDS or word in _NEGATIONS] or found))


def _stemmed(text: str) -> list[str]:
    return [_normal(word) for word in _words(text)]


def _words(text: str) -> list[str]:
    return words(_CONTRACTED.sub(f" {_NO}", text))


def _normal(word: str) -> str:
    if word in _NEGATIONS:
        return _NO
    return _NUMBER_WORDS.get(word, stem(word))
