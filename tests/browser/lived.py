"""A learner who has used the app for two weeks, for tests and pictures that need pages with something on them.

Owns: living these weeks through the app's own core. Refuses: widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.curriculum import load_curriculum
from assistant.embedding import load_embedder
from assistant.journal import Journal
from assistant.planning import PlanRequest
from assistant.practice_store import Confidence
from assistant.practising import Practising
from assistant.progress import EntryStatus
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.study_plans import StudyPlans
from tests.homes import borrow_with_library

CONVERSATION = "breakers"
DAYS = 13
PLAN_NAME = "Every evening"
_QUESTIONS = ("What is a circuit breaker?", "and how does it differ from a retry?", "How do I cook rice?")
_MOST_A_DAY = 6


def lived_home(built: Path, home: Path) -> Path:
    """Such a learner's home on a borrowed index, up to now."""
    borrow_with_library(built, home)
    live(home, datetime.now(UTC))
    return home


def live(home: Path, now: datetime) -> None:
    """Two weeks up to ``now``: a plan of the whole roadmap, sessions, a missed evening, practice, and a conversation."""
    moment = [now - timedelta(days=DAYS)]
    with _learning(home, lambda: moment[0]) as (assistant, plans, practising):
        for day in range(DAYS):
            moment[0] = now - timedelta(days=DAYS - day)
            _study(plans, day)
            _practise(practising, day, moment)
        for question in _QUESTIONS:
            for _event in assistant.answer(question, CONVERSATION):
                pass


def live_one_evening(home: Path, then: datetime) -> None:
    """A plan of the whole roadmap with one evening of study ``then``, and nothing after it."""
    with _learning(home, lambda: then) as (_assistant, plans, _practising):
        _study(plans, 0)


@contextmanager
def _learning(home: Path, clock: Callable[[], datetime]) -> Iterator[tuple[Assistant, StudyPlans, Practising]]:
    """A learner who begins to follow a plan now."""
    settings = Settings(home=home)
    journal = Journal(settings.journal_path)
    embedder = load_embedder(None, home)
    assistant = Assistant(settings, load_curriculum(settings.corpus_dir), embedder, journal, clock)
    try:
        plans, practising = assistant.plans(), assistant.practising()
        assert plans is not None
        assert practising is not None
        plans.follow(plans.make(PlanRequest(start=clock().date(), minutes_per_week=360)), PLAN_NAME)
        yield assistant, plans, practising
    finally:
        assistant.close()
        journal.close()


def _study(plans: StudyPlans, day: int) -> None:
    for proposal in plans.today_items():
        # The last evening was missed in part, so that there is something to do.
        if day == DAYS - 1 and proposal.item.date < plans.today:
            continue
        plans.log(proposal.item.key, EntryStatus.DONE, proposal.minutes + 5 * (day % 3))


def _practise(practising: Practising, day: int, moment: list[datetime]) -> None:
    practised = practising.look()
    for place, card in enumerate(practising.round(practised).cards[:_MOST_A_DAY]):
        slips = (place + day) % 4 == 3
        confidence = (Confidence.SURE, Confidence.THINK_SO, Confidence.GUESSING)[(place + day) % 3]
        asked = practising.ask(practising.look(), card)
        moment[0] += timedelta(seconds=25)
        choices = card.question.choices
        if choices:
            right = next(number for number, choice in enumerate(choices) if choice.right)
            practising.answer(asked, confidence, place=(right + slips) % len(choices))
        else:
            practising.answer(asked, confidence, was_right=not slips)
