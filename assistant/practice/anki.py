"""Cards as a package for Anki: one note a card, one deck a module.

Owns: the only use of the package genanki, the note type, and ids that stay the same, so that importing a later export
brings notes up to date and keeps what Anki knows of them. Refuses: what stands on the cards (``exported``).
"""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.practice.exported import ExportedCard

if TYPE_CHECKING:
    import genanki

DECK = "Study roadmap"
_MODEL_ID = 1_846_220_731
_FIELDS = ("Question", "Options", "Answer", "Why", "Evidence", "Source")
_FRONT = '<div class="question">{{Question}}</div>{{#Options}}<div class="options">{{Options}}</div>{{/Options}}'
_BACK = (
    "{{FrontSide}}<hr id=answer><div>{{Answer}}</div>{{#Why}}<div class=quiet>{{Why}}</div>{{/Why}}"
    "{{#Evidence}}<blockquote>{{Evidence}}</blockquote>{{/Evidence}}<div class=quiet>{{Source}}</div>"
)
_STYLE = """
.card { font-family: system-ui, sans-serif; font-size: 18px; line-height: 1.4; max-width: 40em; margin: 0 auto; }
.question { font-weight: bold; }
.options, .quiet { margin-top: .8em; }
.quiet { font-size: 15px; opacity: .75; }
"""
_CODE = re.compile(r"`([^`]+)`")


def cards_to_anki(cards: Iterable[ExportedCard], now: datetime) -> bytes:
    """An ``.apkg`` file; ``now`` is what Anki takes for the time of the change."""
    import genanki  # noqa: PLC0415 - only this export needs it

    model = genanki.Model(
        _MODEL_ID,
        DECK,
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    decks: dict[str, genanki.Deck] = {}
    for card in cards:
        module = card.module
        if module.id not in decks:
            name = f"{DECK}::{module.number:02d} {module.title.replace('::', ':')}"
            decks[module.id] = genanki.Deck(_deck_id(module.id), name)
        decks[module.id].add_note(_note(model, card))
    file = io.BytesIO()
    genanki.Package(list(decks.values())).write_to_file(file, timestamp=now.timestamp())
    return file.getvalue()


def _note(model: genanki.Model, card: ExportedCard) -> genanki.Note:
    import genanki  # noqa: PLC0415 - as above

    return genanki.Note(
        model=model,
        guid=f"roadmap-{card.key}",
        fields=[
            _html([card.question]), _html(card.options), _html(card.answer), _html(card.why),
            _html([card.evidence]), _source(card),
        ],
        tags=[card.topic.id, f"module-{card.module.number:02d}", card.kind],
    )  # fmt: skip


def _html(lines: Sequence[str]) -> str:
    """Lines as HTML that shows them as they are: nothing in them is a tag, and nothing a command of Anki's."""
    return "<br>".join(_CODE.sub(r"<code>\1</code>", _escaped(line)) for line in lines)


def _escaped(text: str) -> str:
    # A bracket may open [sound:...] or [latex], a brace a cloze or the name of a field.
    return html.escape(text).replace("[", "&#91;").replace("{", "&#123;")


def _source(card: ExportedCard) -> str:
    links = [f'<a href="{_escaped(card.link)}">{_escaped(card.source)}</a>']
    if card.read_on:
        links.append(f'<a href="{_escaped(card.read_on)}">Read on</a>')
    return " · ".join(links)


def _deck_id(module: str) -> int:
    """A deck's number, as Anki wants it: the same in every export."""
    return (1 << 30) + int.from_bytes(hashlib.sha256(module.encode()).digest()[:4]) % (1 << 30)
