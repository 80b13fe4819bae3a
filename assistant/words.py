"""Words of a text as search sees them: lower case, stemmed, stop words aside.

Owns: tokenisation and stemming for comparing texts in memory. Refuses: FTS5's own tokenisation, which it resembles.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+[+#]*")
_stemmer = snowballstemmer.stemmer("porter")
# The stemmer keeps the word it works on, so two threads would mix up theirs.
_stemming = threading.Lock()

# Words that carry the form of a question and not its subject.
STOPWORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "both",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "done",
        "for",
        "from",
        "get",
        "gets",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "s",
        "should",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "use",
        "used",
        "using",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "explain",
        "describe",
        "tell",
        "give",
        "name",
        "list",
        "mean",
        "means",
        "work",
        "works",
        "difference",
        "between",
        "different",
        "vs",
        "versus",
        "please",
        "about",
    )
)


def words(text: str) -> list[str]:
    """Every word in order, lower case; ``C++`` and ``C#`` are words."""
    return [word.lower() for word in _WORD.findall(text)]


def content_words(text: str) -> tuple[str, ...]:
    """The distinct words that carry the subject, in order; all words if every one is a stop word."""
    found = words(text)
    return tuple(dict.fromkeys([word for word in found if word not in STOPWORDS] or found))


def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry the subject."""
    return frozenset(stem(word) for word in words(text) if word not in STOPWORDS)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Porter stem of one lower-case word."""
    with _stemming:
        return str(_stemmer.stemWord(word))


def as_unicode(text: str) -> str:
    """The text with halves of surrogate pairs replaced: terminals and JSON can produce them, nothing can store them."""
    return text.encode("utf-8", errors="replace").decode("utf-8")
