"""What is in a page but not on it.

Owns: removing elements that readers cannot see, so that planted text does not become knowledge.
Refuses: navigation and other visible things beside the text (``main_content``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ingest.extract.html import styles
from ingest.extract.html.colors import WHITE, Color, background_color, parse_color, same_color
from ingest.extract.names import names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NEVER_SHOWN = names(
    "applet area audio base canvas datalist dialog embed frame frameset head iframe input link map meta noembed"
    " noframes"
    " noscript object option param script select source style svg template textarea title track video"
)
_CODE = frozenset(("pre", "code", "kbd", "samp"))


def hides(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element's own attributes hide it."""
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = attributes.get("style", "")
    return bool(style) and styles.hides(styles.declarations(style))


def remove_hidden(root: HtmlElement) -> None:
    """Drop from the tree every element below ``root`` that is never shown or hidden; the text after it stays."""
    selectors = _hidden_selectors(root)
    backgrounds: dict[HtmlElement, Color] = {}  # only of elements whose background is not their parent's
    doomed: list[HtmlElement] = []
    for element in root.iter():
        if element is not root and (
            _is_hidden(element, selectors) or _is_text_like_its_background(element, backgrounds)
        ):
            doomed.append(element)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def _hidden_selectors(root: HtmlElement) -> set[str]:
    return {selector for sheet in root.iter("style") for selector in styles.hidden_selectors(sheet.text or "")}


def _is_hidden(element: HtmlElement, selectors: set[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag in NEVER_SHOWN:  # a comment's tag is a function
        return True
    if hides(dict(element.items())):
        return True
    names = [f".{name}" for name in element.get("class", "").split()] + [f"#{element.get('id')}"]
    return not selectors.isdisjoint(names)


def _is_text_like_its_background(element: HtmlElement, backgrounds: dict[HtmlElement, Color]) -> bool:
    """Tell white on white. Code is left out: the colours of its letters are often inline, their background is not."""
    parent = element.getparent()
    behind = backgrounds.get(parent, WHITE) if parent is not None else WHITE
    style = styles.declarations(element.get("style", "")) if "style" in element.attrib else {}
    own = background_color(
        style.get("background-color") or style.get("background") or element.get("bgcolor", "").lower()
    )
    if own is not None and own[3] > 0:
        behind = own
    if behind != WHITE:
        backgrounds[element] = behind
    color = parse_color(style.get("color") or (element.get("color", "").lower() if element.tag == "font" else ""))
    if color is None or not same_color(color, behind):
        return False
    return element.tag not in _CODE and not any(ancestor.tag in _CODE for ancestor in element.iterancestors())
