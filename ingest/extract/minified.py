"""Code and data written for machines.

Owns: recognising text without the spaces and line ends that people need. Refuses: judging code that people wrote.
"""

from __future__ import annotations

import re

from ingest.extract.limits import size_text

_SAMPLE = 200_000
_MIN_CHARACTERS = 1_000
_LONG_CODE_LINE, _LONG_LINE = 250, 1_000
"""Characters per line on average, weighted by length, in files of code and in others. People's code stays below 120;
their notes have long lines too, with tables and links in them."""
_MAX_SPACES = 0.10
"""Prose has 15 to 20 % white space, minified code 2 to 6 %."""
_MIN_SYMBOLS = 0.10
_KINDS = {
    ".js": "JavaScript",
    ".mjs": "JavaScript",
    ".cjs": "JavaScript",
    ".css": "CSS",
    ".json": "JSON",
    ".map": "JSON",
}
_LINK = re.compile(r"\[([^\[\]]{0,1000})\]\([^()\s]{0,2000}\)")  # of Markdown; its address is dense by nature
_SPACE = re.compile(r"\s")
_SYMBOLS = re.compile(r"[{}()\[\];:,=\"'<>+*/&|!?.#]")
_JAVASCRIPT = re.compile(
    r"\bfunction\b|=>|\bvar |\bconst |\blet |\breturn\b|\bwindow\.|!0|void 0|sourceMappingURL=.*\.js"
)
_CSS = re.compile(r"[.#@]?[\w-]+\s*\{[\w-]+:[^{}]{1,200}[;}]")


def minified_kind(text: str, suffix: str = "") -> str | None:
    """ "JavaScript", "CSS", "JSON" or "code" if ``text`` is minified, else None."""
    sample = text[:_SAMPLE]
    long_line = _LONG_CODE_LINE if suffix in _KINDS else _LONG_LINE
    if suffix not in _KINDS:
        sample = _LINK.sub(lambda match: match[1], sample)
    if len(sample) < _MIN_CHARACTERS or not _is_dense(sample, long_line):
        return None
    return _KINDS.get(suffix) or _kind(sample)


def minified(text: str, suffix: str = "") -> str | None:
    """The reason not to index minified text, as in "3 MB of minified JavaScript", or None."""
    kind = minified_kind(text, suffix)
    return f"{size_text(len(text))} of minified {kind}" if kind else None


def _is_dense(sample: str, long_line: int) -> bool:
    # Weighted, so that a licence in front of one long line does not hide it.
    weighted = sum(len(line) ** 2 for line in sample.split("\n")) / len(sample)
    spaces = len(_SPACE.findall(sample)) / len(sample)
    symbols = len(_SYMBOLS.findall(sample)) / len(sample)
    return weighted > long_line and spaces < _MAX_SPACES and symbols > _MIN_SYMBOLS


def _kind(sample: str) -> str:
    start = sample.lstrip()[:1]
    if _JAVASCRIPT.search(sample) and start != "[":
        return "JavaScript"
    if start in {"{", "["} and '"' in sample:
        return "JSON"
    return "CSS" if _CSS.search(sample) else "code"
