"""Retry-After in all its forms."""

from __future__ import annotations

import pytest

from assistant.llm.retry_after import retry_after_s

NOON = "Mon, 06 Jan 2025 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "17"}, 17.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "Mon, 06 Jan 2025 12:01:30 GMT", "date": NOON}, 90.0),
        ({"retry-after": "Mon, 06 Jan 2025 11:00:00 GMT", "date": NOON}, 0.0),
        ({"retry-after": "Mon, 06 Jan 2025 12:01:30 -0000", "date": NOON}, None),
        ({"retry-after": "Mon, 06 Jan 2025 12:01:30 GMT"}, None),
    ],
)
def test_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_s(headers) == seconds
