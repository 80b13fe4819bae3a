"""What commands open: plans, or the journal."""

from __future__ import annotations

from contextlib import closing

from assistant.errors import InvalidInput
from assistant.journal import Journal
from assistant.service import Assistant, open_assistant
from assistant.settings import load_settings
from assistant.study_plans import StudyPlans


def open_journal() -> closing[Journal]:
    """The journal, with the conversations of the learner that the settings name; closed at the end of the block."""
    settings = load_settings()
    return closing(Journal(settings.journal_path, settings.learner))


def open_plans() -> tuple[Assistant, StudyPlans]:
    """The assistant, and the plans of the learner that the settings name.

    Raises:
        InvalidInput: nothing can be remembered here.
    """
    assistant = open_assistant(load_settings())
    plans = assistant.plans()
    if plans is None:
        raise InvalidInput("Plans need a journal, and there is none here.")
    return assistant, plans
