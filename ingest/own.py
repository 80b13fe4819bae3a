"""The learner's own material: files, folders and pages.

Owns: reading what was added again at every build, so that changed files are noticed and removed ones disappear.
Refuses: extraction and storage (``ingest.absorb``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.errors import InvalidInput
from assistant.library import Origin, Source, SourceStatus
from ingest.absorb import Absorber, Raw
from ingest.extract import NotExtracted, refuse_too_large
from ingest.files import files_of
from ingest.results import REMOVED, UNCHANGED, OnSource, SourceResult
from ingest.web import Fetched, Fetcher, FetchFailed, NotModified

_PARALLEL_FETCHES = 8


def is_url(location: str) -> bool:
    """Whether a learner means a page rather than a path."""
    return "://" in location


def root_of(location: str) -> str:
    """The name under which an added location is kept: an absolute path, or the URL."""
    return location if is_url(location) else str(Path(location).expanduser().resolve())


def read_files(absorber: Absorber, root: str, known: Sequence[Source], on_source: OnSource) -> None:
    """Absorb every file under a root and forget those that are gone.

    Raises:
        InvalidInput: nothing was ever read from this root and there is nothing there.
    """
    before = {source.id: source for source in known if source.root == root}
    try:
        for path in files_of(Path(root)):
            name = str(path)
            on_source(_read_file(absorber, path, root, before.pop(name, None)))
    except InvalidInput:
        if not before:
            raise
    absorber.library.remove(before)
    for name in before:
        on_source(SourceResult(name, REMOVED))


def _read_file(absorber: Absorber, path: Path, root: str, known: Source | None) -> SourceResult:
    try:
        refuse_too_large(path.stat().st_size)
        data = path.read_bytes()
    except NotExtracted as error:
        reason, status = error.reason, SourceStatus(error.status.value)
    except OSError as error:
        reason, status = str(error.strerror or error), SourceStatus.FAILED
    else:
        return absorber.absorb(Raw(str(path), root, Origin.OWN, data, path.name), known)
    return absorber.fail(Source(str(path), Origin.OWN, root, path.name, status, reason))


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
    with ThreadPoolExecutor(_PARALLEL_FETCHES, thread_name_prefix="fetch") as pool:
        fetched = pool.map(lambda url: (url, _fetch(fetcher, url, before.get(url))), urls)
        for url, page in fetched:
            on_source(_absorb_page(absorber, origin, url, page, before.get(url)))


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
                media_type=page.media_type,
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
