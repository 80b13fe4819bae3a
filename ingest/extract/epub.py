"""E-books (EPUB 2 and 3) to sections.

Owns: the way from the container to the chapters, in the order of the spine. Refuses: rendering a chapter
(``html.blocks``), and books with DRM.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ingest.extract.archive import Archive, open_archive
from ingest.extract.decoding import decode
from ingest.extract.html.blocks import render
from ingest.extract.html.hidden import remove_hidden
from ingest.extract.html.tree import parse
from ingest.extract.limits import refuse_too_much_text
from ingest.extract.names import names
from ingest.extract.outline import Outline
from ingest.extract.result import Extracted, failed
from ingest.extract.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_SELF_CLOSED = re.compile(r"<([A-Za-z][A-Za-z0-9]*)((?:[^<>\"'/]|/(?!>)|\"[^\"<]*\"|'[^'<]*')*)/>")
_VOID = names("area base br col embed hr img input link meta param source track wbr")
_CHAPTERS = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))


def extract_epub(data: bytes, stem: str) -> Extracted:
    """Sections of all chapters, their headings as paths.

    Raises:
        NotExtracted: failed, it is damaged, encrypted or a bomb; skipped, it has no text.
    """
    with open_archive(data) as archive:
        _refuse_drm(archive)
        package_path = _package_path(archive)
        package = parse_xml(archive.read(package_path))
        outline = Outline()
        characters = 0
        for path in _spine(package, package_path):
            if path in archive.names:
                source = decode(archive.read(path), None, markup=True)
                characters += len(source)
                refuse_too_much_text(characters)
                _add_chapter(source, outline)
        return outline.extracted(_title(package) or outline.title or stem)


def _add_chapter(source: str, outline: Outline) -> None:
    root = parse(_SELF_CLOSED.sub(_opened_and_closed, source))
    remove_hidden(root)
    for body in root.iter("body"):
        render(body, outline)
        break


def _opened_and_closed(match: re.Match[str]) -> str:
    """XHTML's "<title/>", which in HTML would make a title of the whole chapter."""
    name, attributes = match[1], match[2]
    return match[0] if name.lower() in _VOID else f"<{name}{attributes}></{name}>"


def _refuse_drm(archive: Archive) -> None:
    if _ENCRYPTION not in archive.names:
        return
    methods = [element.get("Algorithm") for element in _all(parse_xml(archive.read(_ENCRYPTION)), "EncryptionMethod")]
    if any(method not in _FONT_ALGORITHMS for method in methods):
        raise failed("encrypted EPUB")


def _package_path(archive: Archive) -> str:
    for root in _all(parse_xml(archive.read(_CONTAINER)), "rootfile"):
        path = root.get("full-path", "")
        if path in archive.names:
            return path
    raise failed("damaged file")


def _spine(package: Element, package_path: str) -> list[str]:
    """Paths of the chapters in reading order, each once; the table of contents is left out."""
    items = {item.get("id"): item for item in _all(package, "item")}
    paths: dict[str, None] = {}
    for reference in _all(package, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _CHAPTERS or "nav" in item.get("properties", "").split():
            continue
        target = unquote(urlsplit(item.get("href", "")).path)
        paths[posixpath.normpath(posixpath.join(posixpath.dirname(package_path), target))] = None
    return list(paths)


def _title(package: Element) -> str:
    return next((" ".join(title.text.split()) for title in _all(package, "title") if title.text), "")


def _all(root: Element, name: str) -> list[Element]:
    """Elements by local name: books mix up namespaces."""
    return list(root.iter("{*}" + name))
