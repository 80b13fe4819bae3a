"""Rules that need all files at once: repeated sentences, and sentences that lean on the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.sentences import split_sentences
from ingest.lint.finding import WHOLE_CORPUS, WHOLE_FILE, Code, Finding
from ingest.lint.prose import Prose, Role, excerpt, prose_of
from ingest.lint.source import Source

_MOST_DANGLING = 0.03
_QUOTED_ROLES = frozenset({Role.OVERVIEW, Role.BODY, Role.KEY_POINT})

_DANGLING = re.compile(
    r"(?:This|It|Its|They|Their|These|Those|That|Such|Here|However|Therefore|Thus|Hence|Consequently|Moreover"
    r"|Furthermore|Additionally|Otherwise|Nevertheless|Nonetheless|For example|For instance|In addition|As a result"
    r"|In contrast|By contrast|On the other hand|In other words)\b"
)
_SELF_REFERENCE = "This module "  # an overview may name the module so: it is quoted under the module's title
_OPENING_MARKS = "\"'“‘(["
_WORD = re.compile(r"\w+")


def check_corpus(sources: Sequence[Source]) -> Iterator[Finding]:
    """Yield the findings about sentences across all files."""
    located = [(source, prose) for source in sources for prose in prose_of(source)]
    yield from _repeated(located)
    yield from _dangling([(source, prose) for source, prose in located if prose.role in _QUOTED_ROLES])


def _repeated(located: Sequence[tuple[Source, Prose]]) -> Iterator[Finding]:
    """Compare the sentences of the topics' sections; case, punctuation and spaces make no difference."""
    first: dict[str, str] = {}
    for source, prose in located:
        if prose.role is not Role.BODY:
            continue
        for sentence in split_sentences(prose.text):
            key = " ".join(_WORD.findall(sentence.casefold()))
            if not key:
                continue
            if key in first:
                message = f"also at {first[key]}: {excerpt(sentence)}"
                yield source.finding(prose.line, Code.SENTENCE_REPEATED, message)
            else:
                first[key] = f"{source.path}:{prose.line}"


def _dangling(located: Sequence[tuple[Source, Prose]]) -> Iterator[Finding]:
    total = dangling = 0
    for source, prose in located:
        for sentence in split_sentences(prose.text):
            total += 1
            if prose.role is Role.OVERVIEW and sentence.startswith(_SELF_REFERENCE):
                continue
            if _DANGLING.match(sentence.lstrip(_OPENING_MARKS)):
                dangling += 1
                yield source.finding(prose.line, Code.DANGLING_OPENING, f"names no subject: {excerpt(sentence)}")
    if total and dangling / total >= _MOST_DANGLING:
        share = f"{dangling} of {total} sentences ({dangling / total:.1%})"
        message = f"{share} open with a word that points elsewhere; less than {_MOST_DANGLING:.0%} may"
        yield Finding(WHOLE_CORPUS, WHOLE_FILE, Code.DANGLING_SHARE, message)
