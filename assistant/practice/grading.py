"""An open answer compared with its key points by a language model: a proposal, which the learner decides upon.

Owns: the call, the strict shape of the reply, and what makes a reply unusable. Refuses: the wording of the prompt
(``assistant/prompts/grading.md``), and recording anything: an answer that talks the model into praise gains nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ModelResponseInvalid
from assistant.llm import StreamingModel
from assistant.llm.whole_reply import reply_of, unfenced
from assistant.planning.wording import count_text
from assistant.practice.cards import Card
from assistant.prompting import load_prompt

MOST_CHARS = 4000


@dataclass(frozen=True, slots=True)
class Graded:
    """Which of the card's key points the answer says, in their order."""

    said: tuple[bool, ...]
    model: str

    @property
    def text(self) -> str:
        """What the learner is told."""
        return (
            f"{self.model} finds {sum(self.said)} of {count_text(len(self.said), 'point')} in your answer. You decide."
        )


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    points: list[bool]


def grade(model: StreamingModel, card: Card, typed: str) -> Graded:
    """Compare what a learner typed with the card's key points.

    Raises:
        LanguageModelError: the model failed, or its reply is not one yes or no for each point.
    """
    points = card.question.key_points
    numbered = "\n".join(f"{number}. {point}" for number, point in enumerate(points, start=1))
    system = load_prompt("grading").fill(question=card.question.text, points=numbered, count=str(len(points)))
    text = reply_of(model, system, typed[:MOST_CHARS])
    try:
        said = _Reply.model_validate_json(unfenced(text)).points
    except ValidationError as error:
        raise ModelResponseInvalid("The model's reply does not have the form that was asked for.") from error
    if len(said) != len(points):
        raise ModelResponseInvalid("The model's reply does not have one yes or no for each point.")
    return Graded(tuple(said), model.name)
