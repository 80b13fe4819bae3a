"""From an answer that a learner marked as wrong to the eval case that it suggests.

Owns: the question to ask again, and the guess where its answer is. Refuses: deciding; the learner says what is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversations import ONE_OFF, Turn
from assistant.errors import InvalidInput
from assistant.feedback import Feedback, Reason, Verdict
from assistant.study import Study
from evals.own.cases import question_id


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer that was marked as wrong. ``asked`` is its question as one that stands alone."""

    turn: Turn
    feedback: Feedback
    asked: str
    is_follow_up: bool

    @property
    def case_id(self) -> str:
        """The id of the case that its question makes."""
        return question_id(self.asked)

    @property
    def guessed_topic(self) -> str | None:
        """The topic that the answer cites first, else the one that was found first."""
        answer = self.turn.answer
        if answer is None:
            return None
        cited = [citation.topic for citation in answer.citations]
        found = [scored.passage.topic for scored in answer.retrieved]
        return next((topic for topic in (*cited, *found) if topic), None)

    @property
    def suggests_refusal(self) -> bool:
        """Whether the learner said that it should not have been answered."""
        return self.feedback.reason is Reason.SHOULD_REFUSE


def marked_answers(study: Study) -> tuple[Marked, ...]:
    """Every answer that the learner marked as wrong, the one marked last first."""
    return tuple(_marked(study, each) for each in study.feedback(Verdict.WRONG))


def marked_answer(study: Study, turn_id: int) -> Marked:
    """The answer with this id.

    Raises:
        InvalidInput: it is not marked as wrong.
    """
    feedback = study.feedback_on(turn_id)
    if feedback is None or feedback.verdict is not Verdict.WRONG:
        raise InvalidInput(
            f"Answer {turn_id} is not marked as wrong. Mark it with: study feedback wrong --answer {turn_id}"
        )
    return _marked(study, feedback)


def _marked(study: Study, feedback: Feedback) -> Marked:
    turn = study.journal.turn(feedback.turn_id)
    follows = turn.conversation_id != ONE_OFF and _follows(study.journal.turns(turn.conversation_id), turn)
    trace = turn.answer.trace if turn.answer else None
    # A follow-up alone says too little; what was searched for has its subject.
    asked = trace.query if follows and trace and trace.query else turn.question
    return Marked(turn, feedback, asked, follows)


def _follows(turns: Sequence[Turn], turn: Turn) -> bool:
    return bool(turns) and turns[0].id != turn.id
