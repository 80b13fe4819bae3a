"""What documentation generators add to Markdown: MkDocs, Docusaurus, Hugo, kramdown, MDX.

Owns: removing their markup and keeping the words in it. Refuses: evaluating any of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.sentences import fence_closed, fence_opened

_INDENT = "    "
_TITLE = r'"([^"\n]{0,300})"'
_ADMONITION = re.compile(
    rf"(?:!!!|\?\?\?\+?) {{1,4}}[\w-]{{1,30}}(?: [\w-]{{1,30}}){{0,3}}(?: {{1,4}}{_TITLE})?"
    rf"|===[+!]{{0,2}} {{1,4}}{_TITLE}"
)
_CONTAINER = re.compile(
    r"(?m)^ {0,3}:{3,40}[ \t]{0,4}[\w-]{0,40}(?:\[([^\]\n]{0,200})\]|[ \t]{1,4}([^\n{]{0,200}))?(?:\{[^\n}]{0,200}\})?$"
)
_SHORTCODE = re.compile(r"\{\{[<%]([^<>{}]{0,1000})[>%]\}\}")
_SHORTCODE_TEXT = re.compile(r'\b(?:text|title)="([^"]*)"')
_ATTRIBUTES = re.compile(r"[ \t]?\{:?[ ]?[#.:][^{}\n]{0,200}\}")
_MDX_MODULE = re.compile(r"(?m)^(?:import\b[^\n]*['\"];?|export\s(?:const|default)\b[^\n]*)$")
_MDX_TAG = re.compile(r"</?[A-Z][\w.]*(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>")


def unindent_admonitions(lines: Iterable[str]) -> Iterator[str]:
    """MkDocs: the body of "!!! note", which is indented like code, moved to the margin; its title kept."""
    fence = ""
    depth = 0
    for line in lines:
        while depth and line.strip() and not line.startswith(_INDENT * depth):
            depth -= 1
            fence = ""
        text = line.removeprefix(_INDENT * depth)
        if fence:
            fence = "" if fence_closed(text.strip(), fence) else fence
        elif match := _ADMONITION.fullmatch(text.rstrip()):
            depth += 1
            title = match[1] or match[2]
            text = f"\n**{title}**\n" if title else ""
        else:
            fence = fence_opened(text.strip()) or ""
        yield text


def without_dialects(prose: str) -> str:
    """Docusaurus containers, Hugo shortcodes and attribute lists, with the words that readers see kept."""
    prose = _CONTAINER.sub(lambda match: f"\n**{words}**\n" if (words := _container_title(match)) else "", prose)
    prose = _SHORTCODE.sub(_shortcode_words, prose)
    return _ATTRIBUTES.sub("", prose)


def without_mdx(prose: str) -> str:
    """MDX: imports, exports and the tags of components."""
    return _MDX_TAG.sub("", _MDX_MODULE.sub("", prose))


def _container_title(match: re.Match[str]) -> str:
    return (match[1] or match[2] or "").strip()


def _shortcode_words(match: re.Match[str]) -> str:
    words = _SHORTCODE_TEXT.search(match[1])
    return words[1] if words else ""
