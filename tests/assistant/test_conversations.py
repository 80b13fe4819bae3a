from __future__ import annotations

import pytest

from assistant.conversations import full_text_query, new_conversation_id, title_of


def test_conversation_ids_are_long_and_differ() -> None:
    ids = {new_conversation_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(each) == 32 and set(each) <= set("0123456789abcdef") for each in ids)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  What\n is\tit?\r\n", "What is it?"),
        ("\x1b[2J\x07bell", "[2Jbell"),
        ("right\u202eleft\u200b", "rightleft"),
        ("👩\u200d🚀 می\u200cخواهم", "👩\u200d🚀 می\u200cخواهم"),
        ("half \ud83e", "half ?"),
        ("a\u2028b\u00a0c", "a b c"),
        ("\u200b\x00", ""),
        ("x" * 80, "x" * 80),
        ("x" * 78 + " yz", "x" * 78 + "…"),
    ],
)
def test_a_title_is_one_line_that_can_be_read(text: str, title: str) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("circuit breaker", '"circuit" "breaker"*'),
        ('say "no"', '"say" """no"""*'),
        ("- * ?", ""),
        ("NOT a\0b", '"NOT" "a" "b"*'),
    ],
)
def test_every_word_is_only_a_word(text: str, query: str) -> None:
    assert full_text_query(text) == query
