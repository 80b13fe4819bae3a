from __future__ import annotations

from pathlib import Path

import ftfy.bad_codecs  # noqa: F401 - registers the sloppy codecs
import pytest

from assistant.errors import CorpusError
from assistant.settings import Settings
from ingest.text import mend, read_text

ROADMAP = (Settings().corpus_dir / "roadmap.md").read_text(encoding="utf-8")


def test_clean_text_is_left_alone() -> None:
    assert mend(ROADMAP) == ROADMAP


@pytest.mark.parametrize("codec", ["sloppy-windows-1254", "sloppy-windows-1252"])
def test_utf8_read_as_windows_is_mended(codec: str) -> None:
    broken = ROADMAP.encode("utf-8").decode(codec)
    assert broken != ROADMAP
    assert mend(broken) == ROADMAP


def test_invisible_characters_are_dropped() -> None:
    assert mend("a\u200bb\u202ec\ufeffd\U000e0041e") == "abcde"


def test_emoji_stay_whole() -> None:
    assert mend("⚒️ 👩‍💻 →") == "⚒️ 👩‍💻 →"


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes("café".encode("latin-1"))
    with pytest.raises(CorpusError, match=r"latin.md is not UTF-8 text \(byte 3\)"):
        read_text(path)
