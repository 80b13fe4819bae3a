"""Where a cited passage comes from, as it is shown."""

from __future__ import annotations

import pytest

from assistant.domain import Passage, PassageKind
from assistant.ui.citations import origin


def passage(kind: PassageKind, source: str, url: str | None = None) -> Passage:
    return Passage("p", source, kind, None, None, "Heading", "Text.", url)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (passage(PassageKind.NOTES, "notes/01.md"), ""),
        (passage(PassageKind.OWN, "/home/me/my_notes.pdf"), ":material/description: Your file my\\_notes\\.pdf"),
        (
            passage(PassageKind.OWN, "https://a.org/x", "https://a.org/x"),
            ":material/link: Your page [a.org/x](https://a.org/x)",
        ),
        (
            passage(PassageKind.RESOURCE, "https://a.org/", "https://a.org/"),
            ":material/link: Linked resource [a.org](https://a.org/)",
        ),
        (
            passage(PassageKind.OWN, "x", "https://a.org/a_(b)"),
            ":material/link: Your page [a.org/a_%28b%29](https://a.org/a_%28b%29)",
        ),
        (passage(PassageKind.OWN, "x", "javascript:alert(1)"), ":material/description: Your file x"),
    ],
)
def test_origin_is_a_file_name_or_a_checked_link(shown: Passage, expected: str) -> None:
    assert origin(shown) == expected
