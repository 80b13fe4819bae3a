from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from assistant.words import STOPWORDS, content_words, stem, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is C++?", ["what", "is", "c++"]),
        ("C# and F# vs Go", ["c#", "and", "f#", "vs", "go"]),
        ("node.js, k8s & OAuth2", ["node", "js", "k8s", "oauth2"]),
        ("snake_case and kebab-case", ["snake", "case", "and", "kebab", "case"]),
        ("It's Çay über日本", ["it", "s", "çay", "über日本"]),
        ("+ # ++ _ -- ?!", []),
        ("", []),
    ],
)
def test_words_in_order(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is a circuit breaker?", ("circuit", "breaker")),
        ("Kafka or kafka, which Kafka?", ("kafka",)),
        ("How does the saga pattern differ from the outbox pattern?", ("saga", "pattern", "differ", "outbox")),
        ("What is it?", ("what", "is", "it")),
        ("?", ()),
    ],
)
def test_content_words_carry_the_subject(text: str, expected: tuple[str, ...]) -> None:
    assert content_words(text) == expected


def test_stems_are_equal_across_endings() -> None:
    assert stems("retries retrying retried the Retry") == {"retri"}
    assert stems("A breaker opens; breakers opened.") == {"breaker", "open"}


def test_stems_of_stop_words_alone_are_none() -> None:
    assert stems("What is it, and why?") == frozenset()


@pytest.mark.parametrize(
    ("word", "expected"),
    [("scaling", "scale"), ("containers", "contain"), ("c++", "c++"), ("consensus", "consensu"), ("", "")],
)
def test_porter_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_stop_words_are_words_as_they_are_looked_up() -> None:
    assert [word for word in STOPWORDS if words(word) != [word]] == []


@pytest.fixture
def _busy_threads() -> Iterator[None]:
    """Threads take turns as often as the interpreter allows, and no stem is remembered."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    stem.cache_clear()
    yield
    sys.setswitchinterval(before)
    stem.cache_clear()


@pytest.mark.usefixtures("_busy_threads")
def test_threads_do_not_mix_up_their_words() -> None:
    # All end in suffixes that take several steps, so that one thread is often in the middle of a word.
    vocabulary = [
        f"{a}{b}{c}" for a in "bdfghklmnprst" for b in ("est", "ond", "ari") for c in ("izational", "fulness")
    ]
    expected = [f"{word[:4]}{'' if word.endswith('fulness') else 'iz'}" for word in vocabulary]
    found: dict[int, list[str]] = {}

    def run(number: int) -> None:
        found[number] = [stem(word) for word in vocabulary]

    for _ in range(5):
        stem.cache_clear()
        threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == dict.fromkeys(range(4), expected)
