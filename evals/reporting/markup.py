"""A page as a tree: text in it is text, whatever characters it has.

Owns: making elements, and the page around them: its policy, its style, no script. Refuses: strings of HTML: nothing
here is put together from pieces of markup, so nothing in a case, a passage or an answer can become an element.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from lxml import etree

Node = etree._Element
Child = Node | str | None

_STYLE = Path(__file__).with_name("page.css")
# What XML cannot hold, and the marks that turn the direction of text around, which would show a case as another one.
_UNSEEN = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]|[\u202A-\u202E\u2066-\u2069]")


def tag(name: str, /, *children: Child, **attributes: str | float | None) -> Node:
    """An element; ``None`` children and attributes are left out.

    A trailing underscore of an attribute's name is dropped and others become hyphens: ``class_``, ``aria_label``.
    """
    element = etree.Element(name)
    for key, value in attributes.items():
        if value is not None:
            element.set(key.rstrip("_").replace("_", "-"), _shown(value))
    for child in children:
        if isinstance(child, str):
            _append_text(element, _shown(child))
        elif child is not None:
            element.append(child)
    return element


def page(title: str, *body: Child) -> str:
    """A whole page with the style sheet in it; a browser loads nothing for it and runs nothing in it."""
    style = _STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    meta_policy = tag("meta", content=policy)
    meta_policy.set("http-equiv", "Content-Security-Policy")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        meta_policy,
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", style),
    )
    root = tag("html", head, tag("body", *body), lang="en")
    text = etree.tostring(root, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{text}\n"


def _shown(value: str | float) -> str:
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else f"{value:g}"


def _append_text(element: Node, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
