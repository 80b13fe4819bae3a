"""Text to an HTML tree.

Owns: the parser and its limits. Refuses: fetching anything a page refers to, and expanding entities of its own.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from ingest.extract.result import failed
from ingest.extract.xml import refuse_cut_short

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_ELEMENTS = 300_000
"""The longest single-page manuals have about 200,000."""
MAX_ATTRIBUTES = 1_000
"""Of one element; the parser compares each with all others."""

_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
# What no XML may hold: lxml reads it and then refuses to write it, which moving a text in the tree needs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:0*([0-9]{1,7})|[xX]0*([0-9a-fA-F]{1,6}));?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def parse(text: str) -> HtmlElement:
    """The root element of a page.

    Raises:
        NotExtracted: failed, nested beyond 256 levels or too many elements; skipped, there are no elements.
    """
    from lxml import etree, html  # noqa: PLC0415 - only needed for HTML

    if text.count("<") > MAX_ELEMENTS * 2:
        raise failed(f"more than {MAX_ELEMENTS:,} HTML elements")
    if any(len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise failed(f"an HTML element with more than {MAX_ATTRIBUTES:,} attributes")
    # Bytes, because lxml refuses text that declares an encoding.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(_writable(text).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # "Document is empty"
        root = html.document_fromstring("<html><body></body></html>")
    refuse_cut_short(parser.error_log)
    return root


def _writable(text: str) -> str:
    return _REFERENCE.sub(_writable_reference, _FORBIDDEN.sub(" ", text))


def _writable_reference(reference: re.Match[str]) -> str:
    point = int(reference[1]) if reference[1] else int(reference[2], 16)
    is_character = point <= sys.maxunicode and not _FORBIDDEN.fullmatch(chr(point))
    return reference[0] if is_character else " "
