"""Where the text of a page is, without what surrounds it.

Owns: removing navigation, sidebars, share buttons and comments from a tree. Refuses: rendering.

trafilatura says which words belong to the text. They are looked up in the page and the page's own elements are kept:
trafilatura's output (2.3) ends many paragraphs at their first link and joins the lines of code, which cost 8 % of the
words of a programming book; a quotation must be whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.extract.html.blocks import HEADINGS
from ingest.extract.html.text_blocks import TextBlock, text_blocks
from ingest.extract.names import names
from ingest.extract.words import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_RUN = 3
"""Words in a row that must be found together."""
_CERTAIN_WORDS = 5
"""A shorter block that trafilatura kept may stand anywhere, such as "Share"; it does not mark where the text begins."""
_COVERED, _TOUCHED = 0.5, 0.2
_CONTAINER_SHARE = 0.9
_NO_CONTAINERS = frozenset(("p", "ul", "ol", "dl", "table", "pre", "blockquote", *HEADINGS))
_SURROUNDING = frozenset(("nav", "aside", "footer", "form", "menu", "dialog"))
_ROLES = names("navigation complementary banner contentinfo search dialog menu menubar toolbar alertdialog")
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|breadcrumbs?|pagination|pager|toc|table-of-contents|share|sharing|social"
    r"|related|recommended|newsletter|subscribe|comments?|disqus|cookies?|consent|advert|ads|promo|feedback|rating"
    r"|edit-page|edit-this-page|page-metadata|byline|skip-link|toolbar|prev-next|next-prev)(?:$|[\s_-])",
    re.IGNORECASE,
)


def keep_main_content(root: HtmlElement) -> HtmlElement:
    """The element that holds the text; what does not belong to the text has been emptied."""
    known = _runs(words(_main_text(root)))
    root = _declared_main(root)
    blocks = text_blocks(root)
    for block in blocks:
        found = _runs(block.words)
        share = len(found & known) / len(found)
        block.covered, block.touched = share >= _COVERED, share >= _TOUCHED
    container = _container(root, blocks)
    inside = [block for block in blocks if block.owner is container or container in block.owner.iterancestors()]
    certain = [i for i, block in enumerate(inside) if block.touched and len(block.words) >= _CERTAIN_WORDS]
    first, last = (_opening(inside, certain[0]), _ending(inside, certain[-1])) if certain else (0, len(inside))
    lists = {_list_of(block) for block in inside if block.touched} - {None}
    for i, block in enumerate(inside):
        if not _belongs(block, container, lists, within=first <= i <= last):
            block.empty()
    return container


def _declared_main(root: HtmlElement) -> HtmlElement:
    """The one ``main`` element of a page if there is something in it."""
    found = list(root.iter("main")) or [e for e in root.iter("div") if e.get("role") == "main"]
    enough = len(found) == 1 and len(words("".join(found[0].itertext()))) >= _CERTAIN_WORDS
    return found[0] if enough else root


def _main_text(root: HtmlElement) -> str:
    from lxml.etree import LxmlError  # noqa: PLC0415 - only needed for HTML
    from trafilatura import extract  # noqa: PLC0415 - takes a quarter of a second to import

    try:
        return extract(root, include_comments=False, include_tables=True, output_format="txt") or ""
    except (LxmlError, AttributeError, LookupError, TypeError, ValueError):
        return ""  # it failed on odd markup; then all that does not look like navigation is text


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    size = max(1, min(_RUN, len(words)))
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def _container(root: HtmlElement, blocks: list[TextBlock]) -> HtmlElement:
    """The deepest element that holds nearly all covered words, or the article around it."""
    weight: dict[HtmlElement, int] = {}
    for block in blocks:
        if block.covered:
            for element in (block.owner, *block.owner.iterancestors()):
                weight[element] = weight.get(element, 0) + len(block.words)
    enough = _CONTAINER_SHARE * weight.get(root, 0)
    container = root
    while enough:
        heavy = next((child for child in container if weight.get(child, 0) >= enough), None)
        if heavy is None or heavy.tag in _NO_CONTAINERS:
            break
        container = heavy
    article = next(container.iterancestors("article", "main"), None)
    return container if article is None else article


def _opening(blocks: list[TextBlock], first: int) -> int:
    """The place of the first paragraph, which stands below a heading, should trafilatura have missed it."""
    while first and blocks[first - 1].is_prose:
        first -= 1
    return first


def _ending(blocks: list[TextBlock], last: int) -> int:
    """The place of the last block, should trafilatura have missed a list, a table or a figure at the end."""
    while last + 1 < len(blocks) and (blocks[last + 1].is_prose or blocks[last + 1].is_in_list):
        last += 1
    return last


def _belongs(block: TextBlock, container: HtmlElement, lists: set[HtmlElement | None], *, within: bool) -> bool:
    """Tell text from what surrounds it.

    ``lists`` are those of which trafilatura kept an item; ``within`` tells whether the block stands between the first
    and the last one that trafilatura is sure of.
    """
    if _is_surrounding(block.owner, container):
        return block.covered and not block.is_links
    if block.covered or block.owner.tag in {"pre", "table", *HEADINGS}:
        return True
    return within and (not block.is_links or _list_of(block) in lists)


def _list_of(block: TextBlock) -> HtmlElement | None:
    return next(block.owner.iterancestors("ul", "ol"), None)


def _is_surrounding(element: HtmlElement, container: HtmlElement) -> bool:
    for candidate in (element, *element.iterancestors()):
        if candidate is container:
            return False
        if candidate.tag in _SURROUNDING or candidate.get("role") in _ROLES:
            return True
        if _NAMES.search(candidate.get("class", "")) or _NAMES.search(candidate.get("id", "")):
            return True
    return False
