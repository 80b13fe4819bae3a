"""What a learner knows and has done: topics, sittings, and answers to check questions.

Owns: keeping it, by topic id, so that an edit of the roadmap orphans nothing silently. Refuses: deciding what follows
from it (``assistant.planning`` plans, ``assistant.standing`` reads the level).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.journal_file import JournalFile


class TopicState(StrEnum):
    """``KNOWN`` from before, ``DONE`` with this program, or ``UNKNOWN`` again after all."""

    KNOWN = "known"
    DONE = "done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """A topic's state, who says so (``self``, ``placement``, ``plan``), and since when."""

    topic: str
    state: TopicState
    source: str
    at: datetime


class EntryStatus(StrEnum):
    """How a planned sitting went."""

    DONE = "done"
    PARTLY = "partly"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A sitting as it went.

    ``item`` is the key of the plan's item, empty for one that was not planned; ``unit`` the topic id or
    ``project:<module id>`` it counts for; ``minutes`` what it took. ``id`` is 0 before it is kept.
    """

    item: str
    unit: str
    status: EntryStatus
    planned_minutes: int
    minutes: int
    day: date
    plan_id: int | None = None
    id: int = 0


class ProgressStore:
    """Every learner's progress."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def topics(self, learner_id: int) -> Mapping[str, TopicProgress]:
        """The state of every topic of which one is recorded."""
        rows = self._file.rows("SELECT * FROM topic_progress WHERE learner_id = ? ORDER BY topic", learner_id)
        return {row["topic"]: _progress(row) for row in rows}

    def mark(self, learner_id: int, states: Mapping[str, TopicState], source: str, now: datetime) -> None:
        """Record the states of topics, all of them or none."""
        with self._file.writing() as connection:
            connection.executemany(
                "INSERT INTO topic_progress (learner_id, topic, state, source, at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (learner_id, topic) DO UPDATE SET state = excluded.state, source = excluded.source,"
                " at = excluded.at",
                [(learner_id, topic, state.value, source, now.isoformat()) for topic, state in states.items()],
            )

    def log(self, learner_id: int, entry: LogEntry, now: datetime, shown_after: int | None = None) -> int | None:
        """Record a sitting; returns its id.

        ``shown_after`` is the id of the newest sitting at the time the item was shown. None, and nothing is kept, if
        one of the same item was recorded since then: by a second click, or in another window.
        """
        with self._file.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO study_log"
                " (learner_id, plan_id, item, unit, status, planned_minutes, minutes, day, logged_at)"
                " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE ?10 IS NULL OR NOT EXISTS"
                " (SELECT 1 FROM study_log WHERE learner_id = ?1 AND item = ?3 AND id > ?10)",
                (
                    learner_id,
                    entry.plan_id,
                    entry.item,
                    entry.unit,
                    entry.status.value,
                    entry.planned_minutes,
                    entry.minutes,
                    entry.day.isoformat(),
                    now.isoformat(),
                    shown_after,
                ),
            )
            return int(cursor.lastrowid or 0) if cursor.rowcount else None

    def unlog(self, learner_id: int, entry_id: int) -> bool:
        """Take a sitting back; False if there is none with this id."""
        with self._file.writing() as connection:
            deleted = connection.execute(
                "DELETE FROM study_log WHERE id = ? AND learner_id = ?", (entry_id, learner_id)
            )
            return bool(deleted.rowcount)

    def entries(self, learner_id: int) -> tuple[LogEntry, ...]:
        """Every sitting, in the order in which they were recorded."""
        rows = self._file.rows("SELECT * FROM study_log WHERE learner_id = ? ORDER BY id", learner_id)
        return tuple(map(_entry, rows))

    def answer_check(self, learner_id: int, topic: str, question: str, was_right: bool, now: datetime) -> None:
        """Record the answer to a check question; ``question`` is its key."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO check_answers (learner_id, topic, question, was_right, answered_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (learner_id, topic, question, int(was_right), now.isoformat()),
            )

    def checks_answered(self, learner_id: int, topic: str) -> Mapping[str, bool]:
        """For each check question of a topic that was answered, whether the last answer was right."""
        rows = self._file.rows(
            "SELECT question, was_right FROM check_answers WHERE learner_id = ? AND topic = ? ORDER BY id",
            learner_id,
            topic,
        )
        return {row["question"]: bool(row["was_right"]) for row in rows}


def _progress(row: sqlite3.Row) -> TopicProgress:
    return TopicProgress(row["topic"], TopicState(row["state"]), row["source"], datetime.fromisoformat(row["at"]))


def _entry(row: sqlite3.Row) -> LogEntry:
    return LogEntry(
        item=row["item"],
        unit=row["unit"],
        status=EntryStatus(row["status"]),
        planned_minutes=row["planned_minutes"],
        minutes=row["minutes"],
        day=date.fromisoformat(row["day"]),
        plan_id=row["plan_id"],
        id=row["id"],
    )
