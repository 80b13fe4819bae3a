"""Which reading of a question is searched for, judged by what is found for each.

Owns: whether a question leans on the conversation where its words alone do not tell, whether it belongs to it at all,
and which topic it leads to. Refuses: making the readings (``assistant.condensing``) and searching.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.condensing import Readings
from assistant.confidence import Signals, load_model, signals
from assistant.follow_ups import has_pronoun, is_clause, subject_words
from assistant.retrieval import Retrieval
from assistant.words import stem, stems

_CLAUSE_STANDS_APART = 0.16
_STANDS_APART = 0.3
_ONE_WORD_STANDS_APART = 0.35
_POINTING_STANDS_APART = 0.45
"""How much nearer than the notes of the conversation's topic other passages must be to a question that stands alone:
a whole sentence, a few words, one word, and one with a pronoun, which may stand for something in the question."""
_NEAR = 0.4
"""How near some passage must be to a question that stands alone, as cosine similarity."""
_NEARNESS_WEIGHT = 3.0
_POINTING_BELONGS = -0.1
_BELONGS = 0.25
"""What confidence and nearness to the topic, less the share of unknown words, must come to for a question to be about
the conversation or the field at all: one that points to what was said, and one of which only its words can tell."""
_WORD_BELONGS = 0.1
"""How near the topic a question of one word must be that no note has used: "who is the boss?", not "is it purple?"."""
_BETTER_COVERED = 0.3
"""How much more of the question's words another topic must hold to be preferred to that of the last answer."""


class Searching(Protocol):
    """What is needed of a retriever."""

    def importance(self, term: str) -> float:
        """How much finding a word says."""
        ...

    def nearness(self, text: str, topic: str) -> float:
        """Cosine similarity of a text and the nearest passage of the notes on a topic."""
        ...


Search = Callable[[str], Retrieval]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What is found for the question as it stands, and how near the notes of the conversation's topic are to it."""

    found: Retrieval
    signals: Signals
    nearness: float

    @property
    def nearest(self) -> float:
        """Cosine similarity of the nearest passage of those that vouch for a question."""
        return max((scored.dense for scored in self.found.vouchers if scored.dense is not None), default=0.0)

    def stands_apart(self, least: float) -> bool:
        """Whether some passage is near and answers, and is that much nearer than those of the conversation's topic."""
        covered = load_model().confidence(self.signals) >= load_model().threshold
        return covered and self.nearest >= max(_NEAR, self.nearness + least)

    @property
    def belonging(self) -> float:
        """How much speaks for a question about the conversation or the field; few words say little either way."""
        return load_model().confidence(self.signals) + _NEARNESS_WEIGHT * self.nearness - self.signals.unknown


def resolve(readings: Readings, search: Search, searching: Searching) -> tuple[str, Retrieval]:
    """The reading to answer, and what is found for it; ``search`` is asked for at most three readings."""
    if not readings.leaning or not (readings.is_open or readings.leans):
        return readings.alone, search(readings.alone)
    own = subject_words(readings.alone)
    if readings.topic is None or not own:
        text = readings.likelier
        return (text, search(text)) if text == readings.alone else _leaning(readings, search, searching, own)
    found = search(readings.alone)
    evidence = _Evidence(
        found, signals(found, searching.importance), searching.nearness(readings.alone, readings.topic)
    )
    belongs = _belongs(own, evidence, points=not readings.is_open or has_pronoun(readings.alone))
    if not belongs or _stands_alone(readings, own, evidence):
        return readings.alone, found
    return _leaning(readings, search, searching, own)


def _belongs(own: tuple[str, ...], evidence: _Evidence, *, points: bool) -> bool:
    if len(own) == 1 and (evidence.signals.unknown < 1 or evidence.nearness >= _WORD_BELONGS):
        return True  # one word says too little to judge by
    return evidence.belonging >= (_POINTING_BELONGS if points else _BELONGS)


def _stands_alone(readings: Readings, own: tuple[str, ...], evidence: _Evidence) -> bool:
    if not readings.is_open:
        # "and a canary?" names its topic, but "and the database?" another side of the last one.
        return _topic(evidence.found) in readings.named and evidence.stands_apart(_POINTING_STANDS_APART)
    if has_pronoun(readings.alone):
        least = _POINTING_STANDS_APART
    elif is_clause(readings.alone):
        least = _CLAUSE_STANDS_APART
    else:
        least = _STANDS_APART if len(own) > 1 else _ONE_WORD_STANDS_APART
    return evidence.stands_apart(least)


def _leaning(readings: Readings, search: Search, searching: Searching, own: tuple[str, ...]) -> tuple[str, Retrieval]:
    """With the subject in front, or with the title of the last answer's topic if the subject leads astray."""
    found = search(readings.leaning)
    # A conversation goes on to other topics of a module, to those it has touched, and to those it names.
    goes_on = _module(found) == readings.module or _topic(found) in readings.topics | readings.named
    if not readings.on_topic or (goes_on and _is_covered(found, searching)):
        return readings.leaning, found
    on_topic = search(readings.on_topic)
    gain = _covered(own, found, searching) - _covered(own, on_topic, searching)
    # What a question names may lead on, if it is spoken of there; a word beside a pronoun hardly does.
    words_needed, gain_needed = (2, _BETTER_COVERED) if has_pronoun(readings.alone) else (1, 0.0)
    leads_on = len(own) >= words_needed and gain >= gain_needed
    return (readings.leaning, found) if leads_on else (readings.on_topic, on_topic)


def _is_covered(found: Retrieval, searching: Searching) -> bool:
    model = load_model()
    return model.confidence(signals(found, searching.importance)) >= model.threshold


def _topic(found: Retrieval) -> str | None:
    return found.passages[0].passage.topic if found.passages else None


def _module(found: Retrieval) -> int | None:
    return found.passages[0].passage.module if found.passages else None


def _covered(own: tuple[str, ...], found: Retrieval, searching: Searching) -> float:
    """The share of the question's words that the passages of the first topic hold, each by its importance."""
    topic = _topic(found)
    texts = (f"{s.passage.heading} {s.passage.text}" for s in found.passages if s.passage.topic == topic)
    held = frozenset[str]().union(*map(stems, texts))
    weights = {stem(word): searching.importance(word) for word in own}
    return sum(weight for word, weight in weights.items() if word in held) / (sum(weights.values()) or 1.0)
