"""Placement: which topics a learner knows already, found out with 8 to 20 questions.

Owns: the adaptive test over the prerequisite graph. Refuses: showing it, keeping its state, and planning.

Read in this order: ``state`` (what is kept), ``questions`` (what is asked), ``prior`` (who might be answering),
``belief`` (what the answers say), ``choosing`` (what to ask next), ``adaptive`` (the story), ``wording``.
"""

from assistant.placement.adaptive import Placement, PlacementResult
from assistant.placement.questions import PlacementQuestion, QuestionBank, load_question_bank
from assistant.placement.state import (
    MOST_QUESTIONS,
    Asked,
    Outcome,
    PlacementState,
    Report,
    state_from_json,
    state_to_json,
)
from assistant.placement.wording import confidence_text, is_sure, result_text

__all__ = [
    "MOST_QUESTIONS",
    "Asked",
    "Outcome",
    "Placement",
    "PlacementQuestion",
    "PlacementResult",
    "PlacementState",
    "QuestionBank",
    "Report",
    "confidence_text",
    "is_sure",
    "load_question_bank",
    "result_text",
    "state_from_json",
    "state_to_json",
]
