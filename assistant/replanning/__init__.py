"""What becomes of a plan in real life: what was done, at what pace, and a new plan as a diff of the old one.

Pure: the clock is an argument, and the journal is read elsewhere. Read in this order: ``ledger`` (what the log says of
a plan), ``pace`` (how long this learner takes), ``moving`` (the days to which items move, with few moves), ``merging``
(the items of the new version), ``changes`` and ``reasons`` (the diff), ``replanner`` (the story), ``today`` (what to do
now).
"""

from assistant.replanning.changes import Change, ChangeKind, Replan
from assistant.replanning.ledger import Ledger, ledger_of, unit_of
from assistant.replanning.pace import Pace, learned_pace
from assistant.replanning.replanner import missed, replan
from assistant.replanning.today import Proposal, propose

__all__ = [
    "Change",
    "ChangeKind",
    "Ledger",
    "Pace",
    "Proposal",
    "Replan",
    "learned_pace",
    "ledger_of",
    "missed",
    "propose",
    "replan",
    "unit_of",
]
