"""The cases' files through the real ingest, three times: added, built again, and built after changes.

Owns: writing the files, and reading back from the library what became of each. Refuses: judging
(``evals.ingesting.suite``).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Partition
from assistant.embedding import Embedder
from assistant.library import Library, Origin
from assistant.material import outcome_of
from assistant.settings import Settings
from evals.ingesting.cases import PASSED_OVER, IngestCase
from evals.scratch import offline_ingest


@dataclass(frozen=True, slots=True)
class Stored:
    """What the library has of one file; ``document`` stands for its content, ``text`` are its chunks with headings."""

    outcome: str = PASSED_OVER
    title: str = ""
    document: str = ""
    text: str = ""
    topic: str = ""


Files = Mapping[tuple[str, str], Stored]
"""(case id, file name) -> what became of the file; a file that is not in it was passed over."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of all files: at first, and after the changes.

    ``embedded_again`` counts the chunks that were embedded, and ``published_again`` says whether an index was
    published, when nothing had changed.
    """

    first: Files
    later: Files
    embedded_again: int
    published_again: bool


def take_in(cases: Sequence[IngestCase], scratch: Settings, embedder: Embedder) -> Intake:
    """Add every case's folder to the index at ``scratch``, build again, change what changes, and build once more.

    Raises:
        StorageError: the disk refused.
    """
    folder = Path(os.path.realpath(scratch.home)) / "cases"
    for case in cases:
        for file in case.files:
            file.write(folder / case.id)
    ingest = offline_ingest(scratch, embedder)
    ingest.add([str(folder / case.id) for case in cases])
    first = _stored(scratch, folder)
    again = ingest.build()
    for case in cases:
        for file in case.later:
            file.write(folder / case.id)
        for name in case.gone:
            (folder / case.id / name).unlink()
    ingest.build()
    return Intake(first, _stored(scratch, folder), again.embedded, again.published)


def _stored(settings: Settings, folder: Path) -> Files:
    with Library(settings.library_path) as library:
        texts: dict[str, list[str]] = {}
        topics: dict[str, Counter[str]] = {}
        holding = dict(library.documents(Partition.OUTSIDE))
        for chunk in library.chunks(Partition.OUTSIDE):
            passage = chunk.passage
            texts.setdefault(passage.source, []).append(f"{passage.heading}\n{passage.text}")
            topics.setdefault(passage.source, Counter())[passage.topic or ""] += 1
        found = {}
        for source in library.sources(Origin.OWN):
            # A document that several sources hold is listed under the first of them.
            first = holding.get(source.document_id or "", "")
            case, _, name = os.path.relpath(source.id, folder).replace(os.sep, "/").partition("/")
            found[case, name] = Stored(
                outcome="indexed" if source.document_id else outcome_of(source, 0),
                title=source.title,
                document=source.document_id or "",
                text="\n\n".join(texts.get(first, ())),
                topic=next((topic for topic, _ in topics.get(first, Counter()).most_common(1)), ""),
            )
        return found
