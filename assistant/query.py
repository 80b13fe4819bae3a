"""A question as it is searched for: slips mended, short forms spelled out, both sides of a comparison, modules named.

Owns: reading a question without a model. Pure. Refuses: follow-ups (``assistant.condensing``) and searching.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.vocabulary import Vocabulary
from assistant.words import STOPWORDS, content_words, words

_TOKEN = re.compile(r"[^\W_][\w/+#.-]*[\w+#]|[^\W_]")
# Only whole words: "oauth" in "oauth2" is not what was typed.
_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")
_SIDES = (
    re.compile(r"\bdifferences?\s+between\s+(.+?)\s+(?:and|&|vs\.?)\s+([^?,;]+)", re.IGNORECASE),
    re.compile(
        r"\bhow\s+(?:does|do|is|are)\s+(.+?)\s+(?:differ(?:ent)?\s+from|compared?\s+(?:to|with|against))\s+([^?,;]+)",
        re.IGNORECASE,
    ),
    re.compile(r"\bcompare[sd]?\s+(.+?)\s+(?:and|with|to|against|vs\.?)\s+([^?,;]+)", re.IGNORECASE),
    re.compile(r"\bhow\s+do\s+(.+?)\s+and\s+([^?,;]+?)\s+(?:differ|compare)\b", re.IGNORECASE),
    re.compile(r"\b(?:is|are)\s+(.+?)\s+better\s+than\s+([^?,;]+)", re.IGNORECASE),
)
# "circuit breaker: how does it differ from a bulkhead?" names one side in front.
_PRONOUN = re.compile(r"(?:it|this|that|they|them|these|those)\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*,\s*")
# "Compare A, which is older, with B" names two things and not three.
_REMARK = re.compile(r"(which|who|that|whose)\b", re.IGNORECASE)
_VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
# What follows the name of a side; the dots of "Node.js" and "HTTP/1.1" belong to it.
_ASIDE = re.compile(r"(?:[:?;,.](?=\s|$)|\().*$")
_LEAD_IN = re.compile(r"^.*\b(?:of|is|between|for|use|choose|explain|compare|about|:)\s+", re.IGNORECASE)
_MODULE = re.compile(r"\bmodules?\s+#?(\d{1,3})\b", re.IGNORECASE)
_MAX_SIDES = 4
_MAX_SIDE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Query:
    """``text`` is the question with slips mended and ``spelled_out`` the same with short forms explained.

    ``terms`` are its content words, ``sides`` the things it compares (none or at least two), ``modules`` the module
    numbers it names, and ``corrections`` the (typed, read as) pairs.
    """

    text: str
    spelled_out: str
    terms: tuple[str, ...]
    sides: tuple[str, ...]
    modules: frozenset[int]
    corrections: tuple[tuple[str, str], ...]


def understand(question: str, vocabulary: Vocabulary, is_known: Callable[[str], bool]) -> Query:
    """Read a question; ``is_known`` says whether any passage holds a lower-case word."""
    corrections: dict[str, str] = {}

    def mended(match: re.Match[str]) -> str:
        word = match[0].lower()
        if word not in STOPWORDS and not is_known(word) and (better := vocabulary.corrected(word)):
            corrections[match[0]] = better
            return better
        return match[0]

    text = _LETTERS.sub(mended, question)
    return Query(
        text=text,
        spelled_out=_spelled_out(text, vocabulary),
        terms=content_words(text),
        sides=compared(text),
        modules=frozenset(int(number) for number in _MODULE.findall(text)),
        corrections=tuple(corrections.items()),
    )


def _spelled_out(text: str, vocabulary: Vocabulary) -> str:
    low = text.lower()
    found = (vocabulary.meaning(token[0]) for token in _TOKEN.finditer(text))
    meanings = [meaning for meaning in dict.fromkeys(found) if meaning and meaning.lower() not in low]
    return f"{text} ({', '.join(meanings)})" if meanings else text


def compared(text: str) -> tuple[str, ...]:
    """The things that a question compares: none, or at least two."""
    line = " ".join(text.split())
    for pattern in _SIDES:
        if match := pattern.search(line):
            first, last = match.groups()
            if _PRONOUN.fullmatch(first):
                first = line[: match.start()].rstrip(" :,")
            return _distinct((*(side for side in _LISTED.split(first) if not _REMARK.match(side)), last))
    pieces = _VERSUS.split(line)
    return _distinct((_tail(pieces[0]), *pieces[1:])) if len(pieces) > 1 else ()


def _tail(text: str) -> str:
    """What stands before the first "vs": without the words that lead up to it."""
    return _LEAD_IN.sub("", text)


def _distinct(sides: tuple[str, ...]) -> tuple[str, ...]:
    cleaned = dict.fromkeys(_ASIDE.sub("", side).strip() for side in sides)
    usable = [side for side in cleaned if side and len(words(side)) <= _MAX_SIDE_WORDS]
    return tuple(usable[:_MAX_SIDES]) if len(usable) > 1 else ()
