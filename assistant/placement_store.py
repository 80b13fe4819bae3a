"""The placement test of each learner, as it stands after every answer.

Owns: keeping the one under way, and the last one after its end. Refuses: reading it (``assistant.placement``); a test
is stored as its JSON form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.journal_file import JournalFile


@dataclass(frozen=True, slots=True)
class KeptPlacement:
    """A test as JSON. ``finished``: its result was taken, or it was given up."""

    state: str
    finished: bool
    updated_at: datetime


class Placements:
    """Every learner's placement test; at most one each."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def kept(self, learner_id: int) -> KeptPlacement | None:
        """The learner's test; None before the first one."""
        rows = self._file.rows("SELECT * FROM placements WHERE learner_id = ?", learner_id)
        return (
            KeptPlacement(rows[0]["state"], bool(rows[0]["finished"]), datetime.fromisoformat(rows[0]["updated_at"]))
            if rows
            else None
        )

    def begin(self, learner_id: int, state: str, now: datetime) -> None:
        """Keep a new test in place of the learner's earlier one."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO placements (learner_id, state, finished, updated_at) VALUES (?, ?, 0, ?)"
                " ON CONFLICT (learner_id) DO UPDATE SET state = excluded.state, finished = 0,"
                " updated_at = excluded.updated_at",
                (learner_id, state, now.isoformat()),
            )

    def change(self, learner_id: int, before: str, after: str, now: datetime) -> bool:
        """Keep what became of a test under way; False, and nothing is kept, if it is not ``before`` any more."""
        with self._file.writing() as connection:
            changed = connection.execute(
                "UPDATE placements SET state = ?, updated_at = ? WHERE learner_id = ? AND finished = 0 AND state = ?",
                (after, now.isoformat(), learner_id, before),
            )
            return bool(changed.rowcount)

    def finish(self, learner_id: int, now: datetime) -> None:
        """The learner's test is over; nothing happens if there is none."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE placements SET finished = 1, updated_at = ? WHERE learner_id = ?", (now.isoformat(), learner_id)
            )
