"""Sentences of a document that speak to a program instead of the reader: "Ignore all previous instructions ...".

Owns: recognising the plain forms of such orders. Refuses: understanding them; an order in other words is a sentence
like any other, and is quoted with its source if it fits the question.
"""

from __future__ import annotations

import re

_PROGRAM = r"(?:ai|a\.i\.|llm|gpt|chatbot|bot|language model|assistant|copilot)s?"
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|prompts?|rules|passages|notes|everything)\b"
    r"|\b(?:override|instead) of (?:the|your) system prompt\b|\bsystem (?:prompt|message|override)\s*:"
    rf"|\b(?:to|for|dear|if you are an?|note to|hey)\s+(?:the |all |any |every |an? )?(?:\w+ )?{_PROGRAM}\s*[:,(]"
    rf"|(?:^|[.:!#]\s+){_PROGRAM}\s*:"
    rf"|\b{_PROGRAM} (?:must|should|shall|always|will) (?:\w+ )?"
    r"(?:say|answer|reply|begin|end|state|tell|print|show|repeat|add|cite|recommend|claim)\b"
    r"|\byou are now\b|\bfrom now on,? (?:you|always|every)\b"
    r"|\bact as (?:if|though|an?)\b[^.]{0,40}\bno (?:rules|limits)\b",
    re.IGNORECASE,
)


def is_order(sentence: str) -> bool:
    """Whether a sentence gives orders to a program that reads it."""
    return _ORDER.search(sentence) is not None
