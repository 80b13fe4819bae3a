"""Whether a passage says what a sentence claims.

Owns: the comparison of one claim with the text it cites: quotations, numbers, identifiers, names, negation and overlap
of words. Pure. Refuses: finding claims and markers in an answer (``assistant.citing``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.sentences import split_sentences
from assistant.words import stems, words

_MIN_OVERLAP = 0.5
"""Share of a claim's content words that its source must hold."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTATION = re.compile(r"“([^”]+)”|\"([^\"]+)\"")
_QUOTED_WORDS = 3
"""Words from which on what stands in quotation marks claims to be a quotation, and not a name or a figure of speech."""
_CODE = re.compile(r"`([^`]+)`")
# Words that are spelled as only identifiers are: snake_case, camelCase, dotted.names, kebab-case with digits.
_IDENTIFIER = re.compile(r"\b(?:\w+_\w+|[a-z]+[A-Z]\w*|[A-Za-z]\w*\.[A-Za-z]\w+|[A-Za-z]+-?\d\w*)\b")
_NAME = re.compile(r"(?<=[\w,;)] )[A-Z][\w+#-]*[A-Za-z]")
"""A capitalised word that does not begin a sentence."""
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|neither|nor|nothing|nobody|cannot|without|unable)\b|n['’]t\b", re.IGNORECASE
)


def supports(claim: str, source: str, subject: str = "") -> bool:
    """Whether a source carries the claim, a sentence without markers; ``subject`` is the source's heading.

    A claim that stands in the source word for word is carried. Of any other the quotations, numbers and identifiers
    must stand in the source, its names there or in the heading, half of its content words at the least in the source,
    and where it is negated, so must be the sentence of the source that speaks most of the same.
    """
    text, wanted = folded(source), stems(claim)
    if not wanted or not set(_NUMBER.findall(claim)) <= set(_NUMBER.findall(source)):
        return False
    return folded(claim) in text or (
        len(wanted & stems(source)) >= _MIN_OVERLAP * len(wanted)
        and all(folded(quotation) in text for quotation in _quotations(claim))
        and all(folded(identifier) in text for identifier in _identifiers(claim))
        and _names(claim) <= stems(f"{subject} {source}")
        and _same_polarity(claim, wanted, source)
    )


def folded(text: str) -> str:
    """Text with Unicode compatibility forms, case and white space made equal, for comparing quotations."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _quotations(claim: str) -> Iterable[str]:
    found = (curly or straight for curly, straight in _QUOTATION.findall(claim))
    return (quotation for quotation in found if len(words(quotation)) >= _QUOTED_WORDS)


def _identifiers(claim: str) -> Iterable[str]:
    return (*_CODE.findall(claim), *_IDENTIFIER.findall(_CODE.sub(" ", claim)))


def _names(claim: str) -> frozenset[str]:
    return frozenset[str]().union(*(stems(name) for name in _NAME.findall(_CODE.sub(" ", claim))))


def _same_polarity(claim: str, wanted: frozenset[str], source: str) -> bool:
    sentences = [sentence for paragraph in source.split("\n") for sentence in split_sentences(paragraph)]
    shared = [len(wanted & stems(sentence)) for sentence in sentences]
    closest = [sentence for sentence, count in zip(sentences, shared, strict=True) if count == max(shared)]
    return any(_is_negated(sentence) == _is_negated(claim) for sentence in closest)


def _is_negated(sentence: str) -> bool:
    return _NEGATION.search(sentence) is not None
