"""What can be said about a page before it is judged.

Owns: gathering. Refuses: judging (``walls``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.extract.words import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SOURCE_CHARACTERS = 300_000
"""Marks of bot walls stand in pages that are short."""
_MOUNTS = frozenset(
    ("root", "app", "__next", "__nuxt", "main-app", "ember-app", "svelte", "react-root", "q-app", "gatsby")
)
_SITE_SUFFIX = re.compile(r"\s+(?:[|–—·•»:]|-)\s+")


@dataclass(frozen=True)
class Page:
    """``visible`` is all that a reader sees, ``text`` the part that would be indexed; ``source`` is in lower case."""

    title: str
    heading: str
    visible: str
    text: str
    source: str = ""
    password_fields: int = 0
    scripts: int = 0
    mounts: int = 0
    without_scripts: str = ""

    @cached_property
    def visible_words(self) -> int:
        """How much a reader sees."""
        return len(words(self.visible))

    @cached_property
    def words(self) -> int:
        """How much would be indexed."""
        return len(words(self.text))


@dataclass(frozen=True, slots=True)
class Head:
    """Facts that must be read before hidden elements are removed."""

    title: str
    password_fields: int
    scripts: int
    mounts: int  # empty elements that a script is meant to fill
    without_scripts: str  # what noscript says


def read_head(root: HtmlElement) -> Head:
    """Read the facts that hidden elements hold."""
    scripts = [script for script in root.iter("script") if "json" not in script.get("type", "")]
    mounts = [element for element in root.iter("div", "main") if element.get("id") in _MOUNTS and not len(element)]
    return Head(
        title=_title(root),
        password_fields=sum(field.get("type", "").lower() == "password" for field in root.iter("input")),
        scripts=len(scripts),
        mounts=len(mounts),
        without_scripts=" ".join(" ".join(note.itertext()) for note in root.iter("noscript")),
    )


def read_page(source: str, head: Head, root: HtmlElement) -> Page:
    """The facts of a page whose hidden elements are gone from ``root``; its ``text`` is still ""."""
    return Page(
        title=head.title,
        heading=_words(next(root.iter("h1"), None)),
        visible=" ".join(" ".join(root.itertext()).split()),
        text="",
        source=source[:_SOURCE_CHARACTERS].lower(),
        password_fields=head.password_fields,
        scripts=head.scripts,
        mounts=head.mounts,
        without_scripts=head.without_scripts,
    )


def page_name(title: str, heading: str) -> str:
    """A page's title without the name of its site: "Pods | Kubernetes" is "Pods" if that is a heading of it."""
    if heading and heading.casefold() in title.casefold():
        return heading
    first = _SITE_SUFFIX.split(title)[0]
    return title if len(first.split()) < len(title.split()) / 2 else first


def _title(root: HtmlElement) -> str:
    for meta in root.iter("meta"):
        if meta.get("property") == "og:title" and meta.get("content", "").strip():
            return " ".join(meta.get("content", "").split())
    return _words(next(root.iter("title"), None))


def _words(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
