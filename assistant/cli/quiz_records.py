"""The JSON of ``study quiz``.

Owns: its form. Refuses: computing any of it.
"""

from __future__ import annotations

import string

from assistant.check_questions import verdict
from assistant.practice.cards import Card
from assistant.practice.rounds import Round
from assistant.practising import Practised, Practising, Reviewed


def round_record(practising: Practising, practised: Practised, found: Round) -> dict[str, object]:
    """What is asked now, without saying what is right in a choice."""
    return {
        "date": practised.today.isoformat(),
        "minutes": found.minutes,
        "minutes_a_day": practising.minutes_a_day,
        "due": found.due,
        "new": found.new,
        "again": found.again,
        "waiting": found.waiting,
        "next_day": found.next_day and found.next_day.isoformat(),
        "cards": [_card(practising, practised, card) for card in found.cards],
    }


def reviewed_record(practising: Practising, reviewed: Reviewed, place: int | None) -> dict[str, object]:
    """What came of one answer."""
    evidence = practising.bank.evidence(reviewed.card)
    return {
        "key": reviewed.card.key,
        "right": reviewed.was_right,
        "confidence": reviewed.confidence.value,
        "verdict": "" if place is None else verdict(reviewed.card.question, place),
        "evidence": evidence.sentence if evidence else "",
        "next_day": reviewed.next_day.isoformat(),
    }


def _card(practising: Practising, practised: Practised, card: Card) -> dict[str, object]:
    topic, memory = practising.bank.topic_of(card), practised.found.get(card.key)
    choices = zip(string.ascii_lowercase, card.question.choices, strict=False)
    return {
        "key": card.key,
        "kind": card.kind.value,
        "topic": card.topic,
        "module": topic.module,
        "text": card.question.text,
        "choices": {letter: choice.text for letter, choice in choices},
        "key_points": list(card.question.key_points),
        "known": round(memory.known, 3) if memory else None,
        "due": memory.due.isoformat() if memory else None,
    }
