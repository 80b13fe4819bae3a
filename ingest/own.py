"""The learner's own material: files, folders and pages.

Owns: reading what was added again at every build, so that changed files are noticed and removed ones disappear.
Refuses: extraction and storage (``ingest.absorb``).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from assistant.errors import InvalidInput
from assistant.library import Library, Origin, Source, SourceStatus
from assistant.material import outcome_of
from ingest.absorb import Absorber, Raw
from ingest.extract import NotExtracted
from ingest.files import files_of, name_of, path_of, read_file
from ingest.results import LEFT_OUT, REMOVED, UNCHANGED, OnSource, SourceResult
from ingest.web import Fetched, Fetcher, FetchFailed, NotModified

_PARALLEL_FETCHES = 8


def is_url(location: str) -> bool:
    """Whether a learner means a page rather than a path."""
    return "://" in location


def root_of(location: str) -> str:
    """The name under which an added location is kept: an absolute path, or the URL."""
    if is_url(location):
        return location
    # Path.resolve and Path.expanduser raise RuntimeError for a link to itself and for a user that does not exist.
    return name_of(Path(os.path.realpath(os.path.expanduser(location))))  # noqa: PTH111


def read_files(absorber: Absorber, root: str, known: Sequence[Source], on_source: OnSource) -> None:
    """Absorb every file under a root and forget those that are gone.

    Raises:
        InvalidInput: nothing was ever read from this root and there is nothing there.
    """
    by_id = {source.id: source for source in known}
    before = {source.id: source for source in known if source.root == root}
    try:
        for path in files_of(path_of(root)):
            name = name_of(path)
            before.pop(name, None)
            on_source(_read_file(absorber, path, root, by_id.get(name)))
    except InvalidInput:
        if not before:
            raise
    absorber.library.remove(before)
    for name in before:
        on_source(SourceResult(name, REMOVED))


def _read_file(absorber: Absorber, path: Path, root: str, known: Source | None) -> SourceResult:
    name = name_of(path)
    if known is not None and known.reason == LEFT_OUT:
        if name != root:
            return SourceResult(name, outcome_of(known, 0))
        known = None  # added again by its path
    try:
        data = read_file(path)
    except NotExtracted as error:
        reason, status = error.reason, SourceStatus(error.status.value)
    except OSError as error:
        reason, status = str(error.strerror or error), SourceStatus.FAILED
    else:
        return absorber.absorb(Raw(name, root, Origin.OWN, data, _title(name)), known)
    return absorber.fail(Source(name, Origin.OWN, root, _title(name), status, reason))


def _title(name: str) -> str:
    """What a file is called until its text says better."""
    return name.rpartition(os.sep)[2]


def forget(library: Library, name: str, own: Sequence[Source]) -> int:
    """Forget a page, a file, or everything in a folder; returns how many sources that were.

    A file whose folder was added stays in the list as left out, or the next build would bring it back.

    Raises:
        InvalidInput: the name is not among the learner's sources.
    """
    wanted = root_of(name)
    # Nothing lies inside a page: those with longer addresses were added by themselves.
    inside = "\0" if is_url(wanted) else wanted + os.sep
    whole = {source.id for source in own if source.root == wanted or source.root.startswith(inside)}
    gone = [s for s in own if s.reason != LEFT_OUT and (s.id in whole or s.id == wanted or s.id.startswith(inside))]
    if not gone and not whole:
        raise InvalidInput(f"{name} is not among your sources; `python -m ingest list` shows them.")
    library.remove(whole.union(source.id for source in gone))
    folders = {s.root for s in own if s.root not in {s.id, wanted} and not s.root.startswith(inside)}
    for source in gone:
        if folder := next((folder for folder in folders if source.id.startswith(folder + os.sep)), None):
            left_out = replace(source, root=folder, status=SourceStatus.SKIPPED, reason=LEFT_OUT)
            library.put(replace(left_out, content_hash="", document_id=None))
    return len(gone)


def read_pages(
    absorber: Absorber,
    fetcher: Fetcher,
    origin: Origin,
    urls: Iterable[str],
    known: Sequence[Source],
    on_source: OnSource,
) -> None:
    """Fetch pages, in parallel across hosts, and absorb each as it arrives.

    A page that cannot be reached now keeps what was read of it before.
    """
    before = {source.id: source for source in known}
    pool = ThreadPoolExecutor(_PARALLEL_FETCHES, thread_name_prefix="fetch")
    try:
        fetched = pool.map(lambda url: (url, _fetch(fetcher, url, before.get(url))), urls)
        for url, page in fetched:
            on_source(_absorb_page(absorber, origin, url, page, before.get(url)))
    finally:
        # After Ctrl+C what is still waiting is not fetched, and what is under way is not waited for.
        pool.shutdown(wait=False, cancel_futures=True)


def _fetch(fetcher: Fetcher, url: str, known: Source | None) -> Fetched | NotModified | FetchFailed:
    usable = known is not None and known.document_id is not None
    try:
        if known is not None and usable:
            return fetcher.fetch(url, etag=known.etag, last_modified=known.last_modified)
        return fetcher.fetch(url)
    except FetchFailed as error:
        return error


def _absorb_page(
    absorber: Absorber, origin: Origin, url: str, page: Fetched | NotModified | FetchFailed, known: Source | None
) -> SourceResult:
    match page:
        case NotModified():
            return SourceResult(url, UNCHANGED)
        case Fetched():
            raw = Raw(
                source=url,
                root=url,
                origin=origin,
                data=page.body,
                name=page.url,
                media_type=f"{page.media_type}; charset={page.charset}" if page.charset else page.media_type,
                url=url,
                etag=page.etag,
                last_modified=page.last_modified,
            )
            return absorber.absorb(raw, known)
        case FetchFailed(reason=reason):
            if known is not None and known.document_id is not None and page.retryable:
                return SourceResult(url, f"{UNCHANGED}, kept from before: {reason}")
            return absorber.fail(Source(url, origin, url, url, SourceStatus.FAILED, reason))


def own_roots(sources: Iterable[Source]) -> Iterator[str]:
    """The roots of the learner's own sources, each once, in order."""
    yield from dict.fromkeys(source.root for source in sources if source.origin is Origin.OWN)
