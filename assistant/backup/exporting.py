"""From the journal to the file.

Owns: reading every learner's rows. Refuses: the file's form (``form``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from assistant.backup.form import VERSION
from assistant.conversations import shown_id
from assistant.journal_file import JournalFile


def export_all(file: JournalFile, only: int | None = None) -> dict[str, Any]:
    """Every learner with all conversations, or only the one with this id, as JSON values.

    The same journal gives the same object.
    """
    learners = file.rows("SELECT * FROM learners WHERE ?1 IS NULL OR id = ?1 ORDER BY id", only)
    names = {row["id"]: row["name"] for row in learners}
    conversations = file.rows("SELECT * FROM conversations ORDER BY created_at, id")
    return {
        "version": VERSION,
        "learners": [_learner(file, row) for row in learners],
        "conversations": [
            {
                "id": shown_id(row["id"]),
                "learner": names[row["learner_id"]],
                **_columns(row, "title", "created_at"),
                "turns": [
                    {**_columns(turn, "question", "answer", "asked_at"), "feedback": _feedback(file, turn["id"], only)}
                    for turn in file.rows("SELECT * FROM turns WHERE conversation_id = ? ORDER BY id", row["id"])
                ],
            }
            for row in conversations
            if row["learner_id"] in names
        ],
    }


def _learner(file: JournalFile, learner: sqlite3.Row) -> dict[str, Any]:
    plans = file.rows("SELECT * FROM learner_plans WHERE learner_id = ? ORDER BY id", learner["id"])
    places = {plan["id"]: place for place, plan in enumerate(plans)}
    log = file.rows("SELECT * FROM study_log WHERE learner_id = ? ORDER BY id", learner["id"])
    return {
        **_columns(learner, "name", "created_at", "level", "login"),
        "plans": [
            {
                **_columns(plan, "name", "created_at", "opened_at"),
                "versions": _records(
                    file.rows("SELECT * FROM plan_versions WHERE plan_id = ? ORDER BY id", plan["id"]),
                    *("plan", "reason", "made_at"),
                ),
            }
            for plan in plans
        ],
        "topics": _records(
            file.rows("SELECT * FROM topic_progress WHERE learner_id = ? ORDER BY topic", learner["id"]),
            *("topic", "state", "source", "at"),
        ),
        "log": [
            {
                # Numbers of plans are another's on another machine; their places in this file are not.
                "plan": places.get(row["plan_id"]),
                **_columns(row, "item", "unit", "status", "planned_minutes", "minutes", "day", "logged_at"),
            }
            for row in log
        ],
        "checks": [
            {
                **_columns(row, "topic", "question", "answered_at", "confidence", "seconds"),
                "was_right": bool(row["was_right"]),
            }
            for row in file.rows("SELECT * FROM check_answers WHERE learner_id = ? ORDER BY id", learner["id"])
        ],
        "placement": next(
            (
                {**_columns(row, "state", "updated_at"), "finished": bool(row["finished"])}
                for row in file.rows("SELECT * FROM placements WHERE learner_id = ?", learner["id"])
            ),
            None,
        ),
        "practice_minutes": next(
            (
                row["minutes_a_day"]
                for row in file.rows("SELECT * FROM practice_settings WHERE learner_id = ?", learner["id"])
            ),
            None,
        ),
    }


def _feedback(file: JournalFile, turn_id: int, only: int | None) -> list[dict[str, Any]]:
    return _records(
        file.rows(
            "SELECT l.name AS learner, f.* FROM feedback f JOIN learners l ON l.id = f.learner_id"
            " WHERE f.turn_id = ?1 AND (?2 IS NULL OR l.id = ?2) ORDER BY f.learner_id",
            turn_id,
            only,
        ),
        *("learner", "verdict", "reason", "comment", "marked_at"),
    )


def _columns(row: sqlite3.Row, *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _records(rows: Sequence[sqlite3.Row], *names: str) -> list[dict[str, Any]]:
    return [_columns(row, *names) for row in rows]
