"""Cards to take along: what stands on both sides, wherever they go.

Owns: the texts of both sides and the link back. Pure. Refuses: file formats (``anki``, ``sheet``).
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from assistant.domain import Module, Resource, Topic
from assistant.practice.bank import CardBank
from assistant.practice.cards import Card
from assistant.titles import web_address

DEFAULT_APP_URL = "http://127.0.0.1:8501"


@dataclass(frozen=True, slots=True)
class ExportedCard:
    """One card. ``options`` have their letters; ``why`` says what is wrong with the others, one a line.

    ``evidence`` is a sentence of the notes, or empty; ``link`` leads to the topic's page in the app, ``read_on`` to a
    linked resource, or is empty.
    """

    key: str
    kind: str
    module: Module
    topic: Topic
    question: str
    options: tuple[str, ...]
    answer: tuple[str, ...]
    why: tuple[str, ...]
    evidence: str
    link: str
    read_on: str

    @property
    def source(self) -> str:
        """Where it comes from, in words."""
        return f"Module {self.module.number}, {self.module.title}: {self.topic.title}"


def exported_cards(
    bank: CardBank, topics: Iterable[str], resources: Sequence[Resource], app_url: str = DEFAULT_APP_URL
) -> tuple[ExportedCard, ...]:
    """The cards of topics, in their order."""
    return tuple(_exported(bank, card, resources, app_url) for topic in topics for card in bank.on(topic))


def _exported(bank: CardBank, card: Card, resources: Sequence[Resource], app_url: str) -> ExportedCard:
    topic = bank.topic_of(card)
    lettered = list(zip(string.ascii_uppercase, card.question.choices, strict=False))
    evidence = bank.evidence(card)
    addresses = (web_address(each.url) for each in resources if card.topic in each.topics[:1])
    return ExportedCard(
        key=card.key,
        kind=card.kind.value,
        module=bank.curriculum.module(topic.module),
        topic=topic,
        question=card.question.text,
        options=tuple(f"{letter}) {choice.text}" for letter, choice in lettered),
        answer=tuple(f"{letter}) {choice.text}" for letter, choice in lettered if choice.right)
        or card.question.key_points,
        why=tuple(f"{letter}) {choice.why_not}" for letter, choice in lettered if choice.why_not),
        evidence=evidence.sentence if evidence else "",
        link=f"{app_url.rstrip('/')}/roadmap?topic={quote(card.topic)}",
        read_on=next(filter(None, addresses), ""),
    )
