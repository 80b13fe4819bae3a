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
_COMMENT_START, _COMMENT_END = "{/*", "*/}"
_CLOSING_TAG = re.compile(r"</([A-Z][\w.]*)\s*>")
_TAG_NAME = re.compile(r"</?([A-Z][\w.]*)")
_TEMPLATER = re.compile(r"<%[^<>]{0,1000}%>")
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
    prose = _SHORTCODE.sub(_shortcode_words, _TEMPLATER.sub("", prose))
    return _ATTRIBUTES.sub("", prose)


def without_mdx(prose: str) -> str:
    """MDX: imports, exports and the tags of components."""
    return _MDX_TAG.sub("", _MDX_MODULE.sub("", _without_comments(prose)))


def without_components(prose: str) -> str:
    """MDX in a file that is called Markdown: its comments, and the tags of components that are closed somewhere."""
    closed = {match[1] for match in _CLOSING_TAG.finditer(prose)}

    def without_closed(match: re.Match[str]) -> str:
        return "" if match[0].endswith("/>") or _TAG_NAME.match(match[0])[1] in closed else match[0]  # type: ignore[index]

    return _MDX_TAG.sub(without_closed, _without_comments(prose))


def _without_comments(prose: str) -> str:
    kept, position = [], 0
    while (start := prose.find(_COMMENT_START, position)) >= 0 and (end := prose.find(_COMMENT_END, start)) >= 0:
        kept.append(prose[position:start])
        position = end + len(_COMMENT_END)
    return "".join([*kept, prose[position:]])


def _container_title(match: re.Match[str]) -> str:
    return (match[1] or match[2] or "").strip()


def _shortcode_words(match: re.Match[str]) -> str:
    words = _SHORTCODE_TEXT.search(match[1])
    return words[1] if words else ""
