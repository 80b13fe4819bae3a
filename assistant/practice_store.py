"""The practice log: every answer to a question, whether it was given in practice, in the chat or on a topic's page.

Owns: keeping it, once each, and the minutes a day that each learner practises at most. Refuses: what follows from it
(``assistant.practice``).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.journal_file import JournalFile


class Confidence(StrEnum):
    """How sure a learner was before the answer was shown."""

    SURE = "sure"
    THINK_SO = "think-so"
    GUESSING = "guessing"


@dataclass(frozen=True, slots=True)
class PracticeAnswer:
    """One answer to the question with this key.

    ``confidence`` and ``seconds``, from showing the question to answering it, are None where they were not asked for.
    ``id`` is 0 before it is kept, and grows with time.
    """

    topic: str
    question: str
    was_right: bool
    at: datetime
    confidence: Confidence | None = None
    seconds: int | None = None
    id: int = 0


class PracticeStore:
    """Every learner's answers."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def answers(self, learner_id: int, after: int = 0) -> tuple[PracticeAnswer, ...]:
        """The answers with an id greater than ``after``, the oldest first."""
        rows = self._file.rows(
            "SELECT * FROM check_answers WHERE learner_id = ? AND id > ? ORDER BY id", learner_id, after
        )
        return tuple(map(_answer, rows))

    def record(self, learner_id: int, answer: PracticeAnswer, shown_after: int) -> int | None:
        """Keep an answer; returns its id.

        ``shown_after`` is the id of the newest answer at the time the question was shown. None, and nothing is kept,
        if the question was answered since then: by a second click, or in another window.
        """
        with self._file.writing() as connection:
            kept = connection.execute(
                "INSERT INTO check_answers"
                " (learner_id, topic, question, was_right, answered_at, confidence, seconds)"
                " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS"
                " (SELECT 1 FROM check_answers WHERE learner_id = ?1 AND question = ?3 AND id > ?8)",
                (
                    learner_id,
                    answer.topic,
                    answer.question,
                    int(answer.was_right),
                    answer.at.isoformat(),
                    answer.confidence and answer.confidence.value,
                    answer.seconds,
                    shown_after,
                ),
            )
            return int(kept.lastrowid or 0) if kept.rowcount else None

    def minutes_a_day(self, learner_id: int) -> int | None:
        """How long the learner wants to practise a day at most; None if they never said."""
        rows = self._file.rows("SELECT minutes_a_day FROM practice_settings WHERE learner_id = ?", learner_id)
        return int(rows[0]["minutes_a_day"]) if rows else None

    def keep_minutes_a_day(self, learner_id: int, minutes: int) -> None:
        """Keep how long the learner wants to practise a day at most."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO practice_settings (learner_id, minutes_a_day) VALUES (?, ?)"
                " ON CONFLICT (learner_id) DO UPDATE SET minutes_a_day = excluded.minutes_a_day",
                (learner_id, minutes),
            )


def _answer(row: sqlite3.Row) -> PracticeAnswer:
    confidence = row["confidence"]
    return PracticeAnswer(
        topic=row["topic"],
        question=row["question"],
        was_right=bool(row["was_right"]),
        at=datetime.fromisoformat(row["answered_at"]),
        confidence=Confidence(confidence) if confidence else None,
        seconds=row["seconds"],
        id=row["id"],
    )
