"""XML that came with a document.

Owns: a parser that expands no entities, loads no DTD and asks no network. Refuses: documents that declare entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ingest.extract.result import failed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from lxml.etree import _LogEntry as LogEntry

_ENTITY = re.compile(rb"<!ENTITY|<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")


def parse_xml(data: bytes) -> Element:
    """The root element; small mistakes in the markup are forgiven.

    Raises:
        NotExtracted: failed, it is not XML, is nested too deeply, or declares entities as bombs do.
    """
    from lxml import etree  # noqa: PLC0415 - only needed for containers

    if _ENTITY.search(data):
        raise failed("XML that declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise failed("damaged file") from error
    if root is None:
        raise failed("damaged file")
    refuse_cut_short(parser.error_log)
    return root


def refuse_cut_short(log: Iterable[LogEntry]) -> None:
    """The parser stops at its limits, and what follows would be missing without a word.

    Raises:
        NotExtracted: failed, a limit was reached.
    """
    for entry in log:
        if "xcessive depth" in entry.message:
            raise failed("nested too deeply")
        if "XML_PARSE_HUGE" in entry.message:
            raise failed("unpacks to too much data")


def local_name(element: Element) -> str:
    """The name without its namespace, "" for comments; documents of one format use several namespaces."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
