"""``study quiz --export``: cards as a file for Anki or a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.console import err
from assistant.errors import InvalidInput
from assistant.planning.wording import count_text
from assistant.practice.anki import cards_to_anki
from assistant.practice.exported import exported_cards
from assistant.practice.sheet import cards_to_csv
from assistant.practising import Practising
from assistant.service import Assistant


def export(assistant: Assistant, practising: Practising, target: Path, topics: Sequence[str] | None) -> None:
    """Write the cards of ``topics``, else of what is begun, else of the whole roadmap; an earlier file is replaced.

    Raises:
        InvalidInput: the file's ending is neither .apkg nor .csv, or it cannot be written.
    """
    ending = target.suffix.lower()
    if ending not in {".apkg", ".csv"}:
        raise InvalidInput("Name a file that ends in .apkg (for Anki) or .csv.")
    chosen = topics or practising.begun() or tuple(assistant.curriculum.topics)
    cards = exported_cards(practising.bank, chosen, assistant.catalogue)
    content = cards_to_anki(cards, practising.study.now()) if ending == ".apkg" else cards_to_csv(cards).encode()
    pending = target.with_name(f".{target.name}.tmp")
    try:
        pending.write_bytes(content)
        pending.replace(target)
    except OSError as error:
        pending.unlink(missing_ok=True)
        raise InvalidInput(f"{target} cannot be written: {error.strerror}. Name another file.") from error
    err.print(f"Wrote {count_text(len(cards), 'card')} to {target}.", markup=False, soft_wrap=True)
