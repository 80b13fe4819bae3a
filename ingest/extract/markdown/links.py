"""Links, images and references in Markdown, down to the words a reader sees.

Owns: wikilinks, embeds, images, links, footnotes, block ids. Refuses: following any of them.
Every pattern is bounded or cannot cross a bracket, so that hostile text costs linear time.
"""

from __future__ import annotations

import re

from ingest.extract.images import describing

_EMBED = re.compile(r"!\[\[([^\[\]]{0,1000})\]\]")
_WIKILINK = re.compile(r"\[\[([^\[\]]{1,1000})\]\]")
_URL = r"(?:<[^<>\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})*)"
_TITLE = r"""(?:"[^"]{0,500}"|'[^']{0,500}'|\([^()]{0,500}\))"""
_TARGET = rf"\(\s{{0,9}}{_URL}(?:\s{{1,9}}{_TITLE})?\s{{0,9}}\)"
_IMAGE = re.compile(rf"!\[([^\[\]]{{0,1000}})\](?:{_TARGET}|\[[^\[\]\n]{{0,200}}\])")
_LINK = re.compile(rf"(?<!!)\[([^\[\]]{{0,1000}})\]{_TARGET}")
_REFERENCE = re.compile(r"\[([^\[\]]{1,1000})\]\[([^\[\]\n]{0,200})\]")
_DEFINITION = re.compile(
    r"(?m)^[ ]{0,3}\[([^\[\]\n^][^\[\]\n]{0,200})\]:[ \t]*\S{1,2000}(?:[ \t]+[\"'(][^\n]{0,500})?[ \t]*$\n?"
)
_SHORTCUT = re.compile(r"(?<!\])\[([^\[\]\n^]{1,200})\](?![\[(:])")
_FOOTNOTE = re.compile(r"(?m)^[ ]{0,3}\[\^[^\[\]\s]{1,100}\]:[ \t]*|\[\^[^\[\]\s]{1,100}\]")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]{1,2000}|[\w.+-]{1,100}@[\w.-]{1,100})>")
_BLOCK_ID = re.compile(r"(?m)(?:^|[ \t])\^[A-Za-z0-9-]{1,64}[ \t]{0,9}$")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]{1,1000})(?<=\S)==")


def without_links(prose: str) -> str:
    """Prose in which every link is its text, every image its description, and reference marks are gone."""
    prose = _EMBED.sub(lambda match: describing(match[1].partition("|")[2]), prose)
    prose = _WIKILINK.sub(_wikilink_text, prose)
    names = {_key(match[1]) for match in _DEFINITION.finditer(prose)}
    prose = _FOOTNOTE.sub("", _DEFINITION.sub("", prose))
    prose = _IMAGE.sub(lambda match: describing(match[1]), prose)
    prose = _LINK.sub(lambda match: match[1], prose)
    prose = _REFERENCE.sub(lambda match: match[1] if _key(match[2] or match[1]) in names else match[0], prose)
    prose = _SHORTCUT.sub(lambda match: match[1] if _key(match[1]) in names else match[0], prose)
    prose = _AUTOLINK.sub(lambda match: match[1].removeprefix("mailto:"), prose)
    return _HIGHLIGHT.sub(lambda match: match[1], _BLOCK_ID.sub("", prose))


def _wikilink_text(match: re.Match[str]) -> str:
    """As Obsidian shows it: [[note|words]] is "words", [[note#part]] is "note > part"."""
    target, bar, words = match[1].replace("\\|", "|").partition("|")
    if bar and words.strip():
        return words.strip()
    note, *parts = (part.strip() for part in target.split("#"))
    shown = [part for part in (note, *parts) if part and not part.startswith("^")]
    return " > ".join(shown).removesuffix(".md")


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
