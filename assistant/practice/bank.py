"""All cards of a topic: the notes' questions and the contrast drills.

Owns: bringing them together, and following renamed topics. Refuses: choosing among them (``rounds``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.check_questions import CheckQuestions, question_key
from assistant.curriculum import Curriculum
from assistant.domain import CheckQuestion, Topic
from assistant.errors import InvalidInput
from assistant.practice.cards import Card, CardKind
from assistant.practice.contrast import Contrasts
from assistant.practice.evidence import Evidence, evidence_for


@dataclass(frozen=True)
class CardBank:
    """The cards of every topic, made when a topic is first asked for.

    ``old_names`` gives for a topic's id the ids it had before.
    """

    curriculum: Curriculum
    questions: CheckQuestions
    contrasts: Contrasts
    old_names: Callable[[str], tuple[str, ...]] = lambda _topic: ()
    _made: dict[str, tuple[Card, ...]] = field(default_factory=dict)

    def on(self, topic: str) -> tuple[Card, ...]:
        """The cards of a topic: its questions in the notes' order, then the drills; empty for an unknown topic.

        Raises:
            CorpusError: the notes cannot be read.
        """
        if topic not in self.curriculum.topics:
            return ()
        if topic not in self._made:
            notes = self.questions.notes.topic(topic)
            connected = {other for other, _ in notes.connections} if notes else set()
            asked = [
                self._card(each, CardKind.CHOICE if each.choices else CardKind.OPEN)
                for each in self.questions.on(topic)
            ]
            drills = [self._card(each, CardKind.CONTRAST) for each in self.contrasts.on(topic, connected)]
            self._made[topic] = (*asked, *drills)
        return self._made[topic]

    def find(self, key: str) -> Card:
        """The card with this key, or with a key that begins so.

        Raises:
            InvalidInput: there is none, or more than one.
        """
        found = [
            card for topic in self.curriculum.topics for card in self.on(topic) if key and card.key.startswith(key)
        ]
        if not found:
            raise InvalidInput(f"No question has the key {key!r}. List what is due with: study quiz --json")
        if len(found) > 1:
            raise InvalidInput(f"More than one question has a key that begins with {key!r}. Give more of it.")
        return found[0]

    def topic_of(self, card: Card) -> Topic:
        """The card's topic."""
        return self.curriculum.topics[card.topic]

    def evidence(self, card: Card) -> Evidence | None:
        """The sentence of the notes that says the answer; None where none is close to it, and for drills.

        A drill's evidence is its question: that is the definition.
        """
        notes = self.questions.notes.topic(card.topic)
        if notes is None or card.kind is CardKind.CONTRAST:
            return None

        return evidence_for(card, notes.sections)

    def _card(self, question: CheckQuestion, kind: CardKind) -> Card:
        earlier = tuple(question_key(old, question.text) for old in self.old_names(question.topic))
        return Card(question, kind, earlier)
