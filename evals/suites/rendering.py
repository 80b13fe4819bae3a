"""What an answer becomes when it is shown: no images, no HTML, no link that nobody checked.

Owns: parsing the safe Markdown with markdown-it-py. Refuses: making it safe (``assistant.markdown``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_ACTIVE = frozenset({"image", "html_inline", "html_block"})
_BARE_LINK = re.compile(r"https?://[^\s<>]+|\bwww\.[^\s<>]+", re.IGNORECASE)


def active_parts(markdown: str, allowed_urls: Collection[str]) -> tuple[str, ...]:
    """Images, HTML and links outside ``allowed_urls`` that a renderer would make of the text, in order.

    Addresses that stand bare in the text count as links, because renderers make links of them.
    """
    return tuple(_active(_parser().parse(markdown), allowed_urls))


def _active(tokens: Collection[Token], allowed_urls: Collection[str]) -> Iterator[str]:
    for token in tokens:
        if token.type in _ACTIVE:
            yield token.type
        elif token.type == "link_open" and token.attrGet("href") not in allowed_urls:
            yield f"link to {token.attrGet('href')}"
        elif token.type == "text":
            yield from (f"link to {url}" for url in _BARE_LINK.findall(token.content) if url not in allowed_urls)
        yield from _active(token.children or (), allowed_urls)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])
