"""A body in bounded memory: gzip undone in small steps, and the reading stopped at the cap.

Owns: the cap after decompression, and damaged compression. Refuses: other encodings; only gzip is asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from ingest.web.failures import DAMAGED, FailedForNow, FetchFailed, too_large

_STEP = 65_536
_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b"


def read_body(chunks: Iterable[bytes], encoding: str, limit_bytes: int, *, cut: bool = False) -> bytes:
    """Collect a body; one that is over the limit is refused, or cut there if ``cut`` is set.

    Raises:
        FetchFailed: too large, an unknown encoding, or damaged.
    """
    body = bytearray()
    for piece in _decoded(chunks, encoding):
        body += piece
        if len(body) > limit_bytes:
            if cut:
                break
            raise too_large(limit_bytes)
    del body[limit_bytes:]
    return bytes(body)


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterable[bytes]:
    if encoding == "identity":
        return chunks
    if encoding in {"gzip", "x-gzip"}:
        return _gunzip(chunks)
    raise FetchFailed(f"content encoding {encoding}")


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater, empty = zlib.decompressobj(_GZIP), True
    try:
        for chunk in chunks:
            data = chunk
            while data:
                empty = False
                if inflater.eof:
                    if not _MAGIC.startswith(data[:2]):  # padding after the end, which browsers ignore as well
                        return
                    inflater = zlib.decompressobj(_GZIP)
                yield inflater.decompress(data, _STEP)
                data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        yield inflater.flush()  # what zlib held back: a few kilobytes at most, since all input has been taken
    except zlib.error as error:
        raise FailedForNow(DAMAGED) from error
    if not inflater.eof and not empty:
        raise FailedForNow(DAMAGED)
