"""The rows of the sources page's tables.

Owns: what a row says, filters, and what a selection of rows means. Pure. Refuses: Streamlit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from assistant.curriculum import Curriculum
from assistant.library import SourceStatus
from assistant.material import LinkedSource, OwnSource
from assistant.ui.sources.wording import counted, short_name
from assistant.uploads import is_upload

NOT_FETCHED = "Not fetched"
_SHOWN_TOPICS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. ``about`` names topics, or says why there are none; ``place`` is where the source lies.

    ``root`` is what was added for this source to be read, and ``url`` its address if it has one.
    """

    name: str
    status: str
    chunks: int | None
    about: str
    place: str
    root: str
    url: str | None = None


def own_rows(own: Iterable[OwnSource], curriculum: Curriculum, home: Path) -> list[Row]:
    """What the learner added, what needs attention first."""
    rows = [_own_row(item, curriculum, home) for item in own]
    return sorted(rows, key=lambda row: (row.status == _word(SourceStatus.INDEXED), row.name.casefold(), row.root))


def linked_rows(linked: Iterable[LinkedSource], curriculum: Curriculum) -> list[Row]:
    """The catalogue in its own order, which is the roadmap's."""
    return [_linked_row(item, curriculum) for item in linked]


def statuses(rows: Iterable[Row]) -> dict[str, int]:
    """Each status with how many rows have it."""
    return dict(sorted(Counter(row.status for row in rows).items()))


def matching(rows: Iterable[Row], text: str, wanted: Sequence[str]) -> list[Row]:
    """The rows with one of these statuses (any, if none is named) that contain every word of a text."""
    words = text.casefold().split()
    return [
        row
        for row in rows
        if (not wanted or row.status in wanted)
        and all(word in f"{row.name} {row.about} {row.place}".casefold() for word in words)
    ]


def roots_of(rows: Sequence[Row], selected: Iterable[int]) -> list[str]:
    """What was added for the selected rows, each once; a number beyond the rows selects nothing."""
    return list(dict.fromkeys(rows[number].root for number in selected if 0 <= number < len(rows)))


def removal_lines(roots: Iterable[str], own: Sequence[OwnSource], home: Path) -> list[str]:
    """What removing these would mean, one line for each."""
    return [_removal_line(root, [item.source.id for item in own if item.source.root == root], home) for root in roots]


def _removal_line(root: str, sources: Sequence[str], home: Path) -> str:
    if is_upload(home, root):
        return f"{short_name(root)}: the uploaded copy is deleted"
    if list(sources) != [root]:
        return f"the whole folder {root}, {counted(len(sources), 'file')}: forgotten here, the files stay on disk"
    return f"{short_name(root)}: forgotten here" + ("" if "://" in root else ", the file stays on disk")


def _own_row(item: OwnSource, curriculum: Curriculum, home: Path) -> Row:
    source = item.source
    is_page = "://" in source.id
    if is_upload(home, source.id):
        place = "Upload"
    elif is_page:
        place = "Web"
    else:
        place = source.root if source.root != source.id else str(PurePath(source.id).parent)
    indexed = source.status is SourceStatus.INDEXED
    return Row(
        name=short_name(source.id),
        status=_word(source.status),
        chunks=source.chunks if indexed else None,
        about=_topics(item.topics, curriculum) if indexed else _sentence(source.reason),
        place=place,
        root=source.root,
        url=source.id if is_page else None,
    )


def _linked_row(item: LinkedSource, curriculum: Curriculum) -> Row:
    resource, source = item.resource, item.source
    topics = "; ".join(curriculum.topics[topic].title for topic in resource.topics)
    failed = source is not None and source.status is not SourceStatus.INDEXED
    return Row(
        name=resource.title,
        status=_word(source.status) if source else NOT_FETCHED,
        chunks=source.chunks if source and not failed else None,
        about=_sentence(source.reason) if source and failed else topics,
        place=resource.kind.capitalize(),
        root=resource.url,
        url=resource.url,
    )


def _topics(topics: Sequence[tuple[str, int]], curriculum: Curriculum) -> str:
    titles: Mapping[str, int] = {curriculum.topics[t].title: n for t, n in topics if t in curriculum.topics}
    if not titles:
        return "No topic of the roadmap is near"
    shown = "; ".join(f"{title} ({number})" for title, number in list(titles.items())[:_SHOWN_TOPICS])
    rest = len(titles) - _SHOWN_TOPICS
    return f"{shown}; {rest} more" if rest > 0 else shown


def _word(status: SourceStatus) -> str:
    return status.value.capitalize()


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:]
