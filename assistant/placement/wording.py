"""What a result of the placement test says, in words.

Owns: the sentences. Refuses: what follows from it (``assistant.placing``).
"""

from __future__ import annotations

from assistant.placement.adaptive import PlacementResult
from assistant.planning.wording import count_text

# By the confidence from which each is said. That of a usual test is about 0.93.
_RELIABILITY = ((0.95, "reliable"), (0.9, "fairly reliable"), (0.8, "rough"), (0.0, "very rough"))
_SURE_OF_A_TOPIC = 0.75


def result_text(result: PlacementResult) -> str:
    """How much is known, and how far that can be relied on: two sentences."""
    total = len(result.probability)
    known = f"{len(result.known)} of the {count_text(total, 'topic')}" if result.known else "none of the topics"
    after = f"After {count_text(result.questions, 'question')} it looks as if you know {known}."
    return f"{after} {confidence_text(result)}"


def confidence_text(result: PlacementResult) -> str:
    """The confidence of a result as a sentence."""
    word = next(word for least, word in _RELIABILITY if result.confidence >= least)
    topics = count_text(len(result.probability), "topic")
    return f"The result is {word}: about {100 * result.confidence:.0f} % of the {topics} are placed right."


def is_sure(probability: float) -> bool:
    """Whether a topic that is taken as known is so with little doubt."""
    return probability >= _SURE_OF_A_TOPIC
