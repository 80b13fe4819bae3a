"""What learners think of answers: good, or wrong and why.

Owns: the verdicts and reasons, and keeping the latest one of each learner on each recorded answer. It goes when the
answer's conversation goes. Refuses: making anything of it (``evals.own`` turns wrong answers into eval cases).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain import AnswerStatus
from assistant.errors import InvalidInput
from assistant.journal_file import JournalFile
from assistant.words import as_unicode

COMMENT_CHARS = 2_000


class Verdict(StrEnum):
    """What a learner says of an answer."""

    GOOD = "good"
    WRONG = "wrong"


class Reason(StrEnum):
    """What is wrong with an answer."""

    WRONG = "wrong"
    NOT_ASKED = "not-asked"
    MISSING = "missing"
    BAD_CITATION = "bad-citation"
    SHOULD_REFUSE = "should-refuse"
    SHOULD_ANSWER = "should-answer"
    OTHER = "other"


REASON_TEXTS = {
    Reason.WRONG: "It is wrong",
    Reason.NOT_ASKED: "It is not what I asked",
    Reason.MISSING: "Something is missing",
    Reason.BAD_CITATION: "A citation does not fit",
    Reason.SHOULD_REFUSE: "It should have been refused",
    Reason.SHOULD_ANSWER: "It should have been answered",
    Reason.OTHER: "Something else",
}
_OF_ANSWERS_ONLY = frozenset({Reason.BAD_CITATION, Reason.SHOULD_REFUSE})


def reasons_for(status: AnswerStatus) -> tuple[Reason, ...]:
    """The reasons that make sense for an answer of this status."""
    refused = status is AnswerStatus.REFUSED
    return tuple(each for each in Reason if not (each in _OF_ANSWERS_ONLY if refused else each is Reason.SHOULD_ANSWER))


@dataclass(frozen=True, slots=True)
class Feedback:
    """One learner's verdict on the answer of one turn; ``reason`` is None where none was given, or it is good."""

    turn_id: int
    verdict: Verdict
    reason: Reason | None
    comment: str
    marked_at: datetime


class FeedbackStore:
    """Every learner's verdicts."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def mark(self, learner_id: int, feedback: Feedback) -> None:
        """Record a verdict in place of an earlier one on the same answer.

        Raises:
            InvalidInput: there is no such turn, a good answer is given a reason, or the comment is too long.
        """
        if feedback.verdict is Verdict.GOOD and feedback.reason is not None:
            raise InvalidInput("A reason says what is wrong with an answer. Mark it as wrong, or leave the reason out.")
        comment = as_unicode(feedback.comment).strip()
        if len(comment) > COMMENT_CHARS:
            raise InvalidInput(f"The comment has more than {COMMENT_CHARS} characters. Shorten it.")
        with self._file.writing() as connection:
            kept = connection.execute(
                "INSERT INTO feedback (learner_id, turn_id, verdict, reason, comment, marked_at)"
                " SELECT ?, id, ?, ?, ?, ? FROM turns WHERE id = ?"
                " ON CONFLICT (learner_id, turn_id) DO UPDATE SET verdict = excluded.verdict,"
                " reason = excluded.reason, comment = excluded.comment, marked_at = excluded.marked_at",
                (
                    learner_id,
                    feedback.verdict.value,
                    feedback.reason and feedback.reason.value,
                    comment,
                    feedback.marked_at.isoformat(),
                    feedback.turn_id,
                ),
            )
            if not kept.rowcount:
                raise InvalidInput("That answer is not there any more.")

    def unmark(self, learner_id: int, turn_id: int) -> bool:
        """Take a verdict back; False if there was none."""
        with self._file.writing() as connection:
            deleted = connection.execute(
                "DELETE FROM feedback WHERE learner_id = ? AND turn_id = ?", (learner_id, turn_id)
            )
            return bool(deleted.rowcount)

    def on(self, learner_id: int, turn_id: int) -> Feedback | None:
        """The verdict on one answer."""
        rows = self._file.rows("SELECT * FROM feedback WHERE learner_id = ? AND turn_id = ?", learner_id, turn_id)
        return _feedback(rows[0]) if rows else None

    def all(self, learner_id: int, verdict: Verdict | None = None) -> tuple[Feedback, ...]:
        """Every verdict of a learner, or all of one kind, the one given last first."""
        rows = self._file.rows(
            "SELECT * FROM feedback WHERE learner_id = ? ORDER BY marked_at DESC, id DESC", learner_id
        )
        return tuple(each for each in map(_feedback, rows) if verdict in (None, each.verdict))


def _feedback(row: sqlite3.Row) -> Feedback:
    return Feedback(
        turn_id=row["turn_id"],
        verdict=Verdict(row["verdict"]),
        reason=Reason(row["reason"]) if row["reason"] else None,
        comment=row["comment"],
        marked_at=datetime.fromisoformat(row["marked_at"]),
    )
