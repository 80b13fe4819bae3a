"""Cards as files: what a spreadsheet and Anki make of them."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from assistant.domain import Hours, Level, Module, Topic
from assistant.practice.anki import cards_to_anki
from assistant.practice.exported import ExportedCard, exported_cards
from assistant.practice.sheet import COLUMNS, cards_to_csv
from tests.assistant.practice.test_bank import bank
from tests.mini_corpus import write_corpus

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
TOPIC = Topic("etcd", "etcd & co", 7, Level.BEGINNER, Hours(1, 1, 1), (), ())
MODULE = Module(7, "stores", "Stores::all", Level.BEGINNER, "", Hours(1, 1, 1), 0, (), (TOPIC,))
CARD = ExportedCard(
    "k1", "choice", MODULE, TOPIC, "=What is `a<b>`?", ("A) <script>x</script>", "B) [sound:x.mp3] {{c1::y}}"),
    ("B) yes",), ("A) no & never",), "", "http://127.0.0.1:8501/roadmap?topic=etcd", "https://example.org/?a=1&b=2",
)  # fmt: skip


def notes(package: bytes, folder: Path) -> list[tuple[str, str, str]]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extract("collection.anki2", folder)
    with closing(sqlite3.connect(folder / "collection.anki2")) as database:
        return database.execute("SELECT guid, flds, tags FROM notes ORDER BY guid").fetchall()


def test_a_card_has_its_texts_its_sentence_and_its_link(tmp_path: Path) -> None:
    pick, tell = exported_cards(bank(write_corpus(tmp_path)), ["fuses"], (), "http://127.0.0.1:9000/")
    right = next(option for option in pick.options if option.endswith("A fuse breaker counts failures."))
    assert pick.answer == (right,)
    assert [line[3:] for line in pick.why] == ["sheep are for sleep."]
    assert pick.evidence == "A fuse breaker works by counting failures in a window of 100 calls."
    assert (pick.link, pick.read_on) == ("http://127.0.0.1:9000/roadmap?topic=fuses", "")
    assert pick.source == "Module 1, Breaking Things: Fuses and breakers"
    assert (tell.options, tell.answer) == ((), ("A fuse breaker exists to protect callers.",))


def test_the_table_has_a_header_and_nothing_that_a_spreadsheet_runs() -> None:
    header, row = list(csv.reader(io.StringIO(cards_to_csv([CARD]))))
    assert tuple(header) == COLUMNS
    assert row[COLUMNS.index("question")] == "'=What is `a<b>`?"
    assert row[COLUMNS.index("options")] == "A) <script>x</script>\nB) [sound:x.mp3] {{c1::y}}"


def test_a_package_for_anki_shows_texts_as_they_are(tmp_path: Path) -> None:
    ((guid, fields, tags),) = notes(cards_to_anki([CARD], NOW), tmp_path)
    question, options, answer, why, evidence, source = fields.split("\x1f")
    assert (guid, tags.split()) == ("roadmap-k1", ["etcd", "module-07", "choice"])
    assert question == "=What is <code>a&lt;b&gt;</code>?"
    assert options == "A) &lt;script&gt;x&lt;/script&gt;<br>B) &#91;sound:x.mp3] &#123;&#123;c1::y}}"
    assert (answer, why, evidence) == ("B) yes", "A) no &amp; never", "")
    assert source == (
        '<a href="http://127.0.0.1:8501/roadmap?topic=etcd">Module 7, Stores::all: etcd &amp; co</a>'
        ' · <a href="https://example.org/?a=1&amp;b=2">Read on</a>'
    )


def test_a_later_export_updates_the_earlier_one(tmp_path: Path) -> None:
    cards = exported_cards(bank(write_corpus(tmp_path)), ["fuses", "retries"], ())
    found = []
    for place, moment in enumerate((NOW, NOW.replace(year=2027))):
        folder = tmp_path / str(place)
        guids = [guid for guid, _, _ in notes(cards_to_anki(cards, moment), folder)]
        with closing(sqlite3.connect(folder / "collection.anki2")) as database:
            ids = sorted({mid for (mid,) in database.execute("SELECT DISTINCT mid FROM notes")})
            decks = sorted({did for (did,) in database.execute("SELECT DISTINCT did FROM cards")})
        found.append((guids, ids, decks))
    assert found[0] == found[1]
    assert len(found[0][0]) == 4
    assert found[0][1] == [1_846_220_731]
