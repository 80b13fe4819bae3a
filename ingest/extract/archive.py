"""Zip containers, as DOCX and EPUB are.

Owns: refusing bombs before anything is unpacked, and reading one member at a time. Refuses: archives inside archives;
they are members like any other and never opened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.extract.result import failed

MAX_MEMBERS = 10_000
MAX_UNPACKED_BYTES = 300_000_000
MAX_MEMBER_BYTES = 40_000_000
"""Of a member that is read; a chapter or the text of a book has a few million."""
MAX_RATIO = 200
"""Unpacked to packed; text reaches 20, and a megabyte of zeros 1,000."""
_SMALL_BYTES = 1_000_000
_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError)


@contextmanager
def open_archive(data: bytes) -> Iterator[Archive]:
    """Open a container whose directory has been checked.

    Raises:
        NotExtracted: failed, it is damaged, encrypted or a bomb.
    """
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise failed("damaged file") from error
    with container:
        _check(container.infolist(), len(data))
        yield Archive(container)


class Archive:
    """The members of a checked container."""

    def __init__(self, container: zipfile.ZipFile) -> None:
        self._container = container
        self.names = frozenset(container.namelist())

    def read(self, name: str) -> bytes:
        """One member, unpacked.

        Raises:
            NotExtracted: failed, it is missing, damaged or too large.
        """
        try:
            # Never more than the directory promised: the module stops there.
            if self._container.getinfo(name).file_size > MAX_MEMBER_BYTES:
                raise failed("unpacks to too much data")
            return self._container.read(name)
        except _DAMAGE as error:
            raise failed("damaged file") from error


def _check(members: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    if len(members) > MAX_MEMBERS:
        raise failed(f"archive with more than {MAX_MEMBERS:,} members")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise failed("encrypted document")
    unpacked = sum(member.file_size for member in members)
    # The whole against the whole, because bombs let many members share the same packed bytes.
    bomb = unpacked > MAX_UNPACKED_BYTES or (unpacked > _SMALL_BYTES and unpacked > MAX_RATIO * packed_bytes)
    if bomb or any(_is_bomb(member) for member in members):
        raise failed("unpacks to too much data")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > _SMALL_BYTES and member.file_size > MAX_RATIO * member.compress_size
