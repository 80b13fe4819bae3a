"""Placement: which topics a learner knows already, found out with 8 to 20 questions.

Owns: the adaptive test over the prerequisite graph. Refuses: showing it, keeping its state, and planning.

Read in this order: ``state`` (what is kept), ``questions`` (what is asked), ``prior`` (who might be answering),
``belief`` (what the answers say), ``choosing`` (what to ask next), ``adaptive`` (the story).
"""

from assistant.placement.adaptive import Placement, PlacementResult
from assistant.placement.questions import PlacementQuestion, QuestionBank, load_question_bank
from assistant.placement.state import (
    Asked,
    Outcome,
    PlacementState,
    Report,
    state_from_json,
    state_to_json,
)

__all__ = [
    "Asked",
    "Outcome",
    "Placement",
    "PlacementQuestion",
    "PlacementResult",
    "PlacementState",
    "QuestionBank",
    "Report",
    "load_question_bank",
    "state_from_json",
    "state_to_json",
]
