"""What to begin a conversation with: what the learner's plan has next, what was missed, what was studied just before.

Owns: choosing and wording three questions that the notes answer. Pure. Refuses: reading the plan
(``assistant.study_plans``) and what to ask after an answer (``assistant.next_questions``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.curriculum import Curriculum
from assistant.planning import Activity, StudyItem, StudyPlan
from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import Ledger, Proposal
from assistant.topic_subjects import topic_subjects

MOST = 3
_STARTERS = (
    "What is a circuit breaker?",
    "How do containers differ from virtual machines?",
    "When should I split a monolith?",
)
_RECENT = timedelta(days=3)
_EXPLAIN = "Can you explain {subject}?"
_WHEN = "When should I use {subject}?"
_DEEPEN = "What can go wrong with {subject}?"
_LEARNING = frozenset({Activity.READ, Activity.PRACTISE})


@dataclass(frozen=True, slots=True)
class Opening:
    """A question to begin with, and why this one, in a few words; "" where there is no reason but the roadmap."""

    question: str
    why: str = ""


def starters() -> tuple[Opening, ...]:
    """Questions for a learner of whom nothing is known."""
    return tuple(map(Opening, _STARTERS))


def openings_without_plan(curriculum: Curriculum, known: Iterable[str]) -> tuple[Opening, ...]:
    """What the roadmap has next for a learner who knows these topics; ``starters`` where nothing is left."""
    done = frozenset(known)
    subjects = topic_subjects(curriculum)
    left = [each for each in curriculum.study_order(curriculum.topics.keys()) if each not in done][:MOST]
    found = [Opening(_EXPLAIN.format(subject=subjects[each]), "next on the roadmap") for each in left]
    return tuple(found) or starters()


def openings_of_plan(
    curriculum: Curriculum,
    plan: StudyPlan,
    ledger: Ledger,
    proposals: Sequence[Proposal],
    entries: Sequence[LogEntry],
    today: date,
) -> tuple[Opening, ...]:
    """One question each of what is next, missed and studied in the days before, then more of what is next.

    ``proposals`` are today's, ``entries`` the learner's sittings, the oldest first. No topic is named twice; without
    anything left to study, ``starters``.
    """
    subjects = topic_subjects(curriculum)
    late = [each.item for each in proposals if each.is_late]
    due = [each.item for each in proposals if not each.is_late]
    coming = [each for each in plan.items if each.date > today and each.key not in ledger.done | ledger.skipped]
    following = [*_topics(due, "today in your plan"), *_topics(coming, "next in your plan")]
    recent = list(_studied(entries, today))
    lists = [
        _worded(following, _EXPLAIN, subjects),
        _worded(_topics(late, "missed in your plan"), _WHEN, subjects),
        _worded(recent, _DEEPEN, subjects),
    ]
    chosen: dict[str, Opening] = {}
    for each in [*(one[:1] for one in lists), *lists]:
        for topic, opening in each:
            chosen.setdefault(topic, opening)
    return tuple(chosen.values())[:MOST] or starters()


def _topics(items: Iterable[StudyItem], why: str) -> Iterator[tuple[str, str]]:
    return ((item.topic, why) for item in items if item.activity in _LEARNING)


def _studied(entries: Sequence[LogEntry], today: date) -> Iterator[tuple[str, str]]:
    """What was studied before today, the last first."""
    for entry in reversed(entries):
        days = today - entry.day
        if timedelta(0) < days <= _RECENT and entry.status is not EntryStatus.SKIPPED:
            yield entry.unit, "studied yesterday" if days.days == 1 else f"studied {days.days} days ago"


def _worded(topics: Iterable[tuple[str, str]], form: str, subjects: Mapping[str, str]) -> list[tuple[str, Opening]]:
    return [(topic, Opening(form.format(subject=subjects[topic]), why)) for topic, why in topics if topic in subjects]
