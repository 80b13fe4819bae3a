"""A Markdown file to sections.

Owns: the order of the steps, and what is a heading. Refuses: each step's rules, which are in the file of its name.
"""

from __future__ import annotations

import html
import re

from assistant.sentences import code_spans
from ingest.extract.markdown.dialects import unindent_admonitions, without_components, without_dialects, without_mdx
from ingest.extract.markdown.front_matter import split_front_matter
from ingest.extract.markdown.links import without_links
from ingest.extract.markdown.raw_html import without_html
from ingest.extract.markdown.scan import Scanned, scan
from ingest.extract.markdown.tables import with_outer_pipes
from ingest.extract.outline import Outline
from ingest.extract.result import Extracted

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_NOT_UNDERLINED = re.compile(r"\s*(?:[#|>\x00]|[-*+] |[0-9]{1,9}[.)] )|\s*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_EMPHASIS = re.compile(r"\*\*|`|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_PARAGRAPH_END = re.compile(r"(\n[ \t]*\n)")
_BLANK_LINES = re.compile(r"\n{3,}")


def extract_markdown(text: str, stem: str, *, mdx: bool = False) -> Extracted:
    """Sections of ``text``, which has "\\n" line ends; ``stem`` is the title if nothing in the file gives one.

    Raises:
        NotExtracted: skipped, there is no text.
    """
    matter, body = split_front_matter(text)
    scanned = scan("\n".join(unindent_admonitions(body.split("\n"))), mdx=mdx)
    scanned.prose = _with_code_spans_taken_out(scanned)
    scanned.prose = without_html(scanned)
    prose = without_links(without_dialects(scanned.prose))
    prose = html.unescape(without_mdx(prose) if mdx else without_components(prose))
    prose = "\n".join(line.rstrip() for line in prose.split("\n"))
    outline = _outline(with_outer_pipes(prose), scanned)
    return outline.extracted(matter.name(outline.own_title or stem))


def _with_code_spans_taken_out(scanned: Scanned) -> str:
    parts = []
    for paragraph in _PARAGRAPH_END.split(scanned.prose):
        position = 0
        for start, end in code_spans(paragraph):
            parts += [paragraph[position:start], scanned.token(paragraph[start:end])]
            position = end
        parts.append(paragraph[position:])
    return "".join(parts)


def _outline(prose: str, scanned: Scanned) -> Outline:
    outline = Outline()
    run: list[str] = []

    def flush() -> None:
        outline.add(scanned.restore(_BLANK_LINES.sub("\n\n", "\n".join(run)).strip("\n")))
        run.clear()

    for line in prose.split("\n"):
        if heading := _HEADING.fullmatch(line):
            flush()
            outline.heading(len(heading[1]), _heading_words(heading[2] or "", scanned))
        elif (underline := _UNDERLINE.fullmatch(line)) and _is_underlined(run):
            words = run.pop()
            flush()
            outline.heading(1 if underline[1][0] == "=" else 2, _heading_words(words, scanned))
        elif _RULE.fullmatch(line):
            run.append("")
        else:
            run.append(line)
    flush()
    return outline


def _heading_words(source: str, scanned: Scanned) -> str:
    closed = source.rstrip("#")
    if closed != source and closed[-1:] in {"", " ", "\t"}:
        source = closed  # "## Words ##"
    return _EMPHASIS.sub("", scanned.restore(source))


def _is_underlined(run: list[str]) -> bool:
    """Tell a heading of one line from a paragraph, list or table that a rule follows."""
    return bool(run) and not _NOT_UNDERLINED.match(run[-1]) and (len(run) == 1 or not run[-2].strip())
