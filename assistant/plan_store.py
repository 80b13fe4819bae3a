"""The plans a learner keeps, each in all its versions.

Owns: which plan a learner follows (the one opened last) and what it looked like before each change.
Refuses: making plans and reading them (``assistant.planning``); a plan is stored as its JSON form.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.errors import InvalidInput
from assistant.journal_file import JournalFile
from assistant.words import as_unicode

DEFAULT_PLAN_NAME = "My plan"
_LATEST = """
    SELECT p.id, p.name, v.id AS version_id, v.plan, v.reason, v.made_at
    FROM learner_plans p
    JOIN plan_versions v ON v.id = (SELECT max(id) FROM plan_versions WHERE plan_id = p.id)
"""


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan in one of its versions. ``reason`` says what the version was made for."""

    id: int
    name: str
    version_id: int
    plan: Mapping[str, Any]
    reason: str
    made_at: datetime


class Plans:
    """Every learner's plans."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def create(self, learner_id: int, plan: Mapping[str, Any], now: datetime, name: str = DEFAULT_PLAN_NAME) -> int:
        """Keep a new plan, which the learner follows from now on; returns its id."""
        with self._file.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO learner_plans (learner_id, name, created_at, opened_at) VALUES (?, ?, ?, ?)",
                (learner_id, _cleaned(name), now.isoformat(), now.isoformat()),
            )
            plan_id = int(cursor.lastrowid or 0)
            _add_version(connection, plan_id, plan, "made", now)
        return plan_id

    def change(self, plan_id: int, plan: Mapping[str, Any], reason: str, now: datetime) -> None:
        """Keep a new version of a plan.

        Raises:
            InvalidInput: there is no such plan.
        """
        with self._file.writing() as connection:
            if not connection.execute("SELECT 1 FROM learner_plans WHERE id = ?", (plan_id,)).fetchone():
                raise _gone()
            _add_version(connection, plan_id, plan, reason, now)

    def active(self, learner_id: int) -> SavedPlan | None:
        """The plan the learner follows, in its newest version."""
        rows = self._file.rows(f"{_LATEST} WHERE p.learner_id = ? ORDER BY p.opened_at DESC, p.id DESC", learner_id)
        return _saved(rows[0]) if rows else None

    def all(self, learner_id: int) -> tuple[SavedPlan, ...]:
        """Every plan of the learner in its newest version, the one followed first."""
        rows = self._file.rows(f"{_LATEST} WHERE p.learner_id = ? ORDER BY p.opened_at DESC, p.id DESC", learner_id)
        return tuple(map(_saved, rows))

    def versions(self, plan_id: int) -> tuple[SavedPlan, ...]:
        """Every version of a plan, the oldest first."""
        rows = self._file.rows(
            "SELECT p.id, p.name, v.id AS version_id, v.plan, v.reason, v.made_at"
            " FROM learner_plans p JOIN plan_versions v ON v.plan_id = p.id WHERE p.id = ? ORDER BY v.id",
            plan_id,
        )
        return tuple(map(_saved, rows))

    def open(self, learner_id: int, plan_id: int, now: datetime) -> None:
        """Follow this plan from now on.

        Raises:
            InvalidInput: the learner has no such plan.
        """
        self._change_one(
            "UPDATE learner_plans SET opened_at = ? WHERE id = ? AND learner_id = ?",
            now.isoformat(),
            plan_id,
            learner_id,
        )

    def rename(self, learner_id: int, plan_id: int, name: str) -> None:
        """Give a plan another name.

        Raises:
            InvalidInput: the name is empty, or the learner has no such plan.
        """
        self._change_one(
            "UPDATE learner_plans SET name = ? WHERE id = ? AND learner_id = ?", _cleaned(name), plan_id, learner_id
        )

    def delete(self, learner_id: int, plan_id: int) -> None:
        """Delete a plan with all its versions; what was studied by it stays known.

        Raises:
            InvalidInput: the learner has no such plan.
        """
        self._change_one("DELETE FROM learner_plans WHERE id = ? AND learner_id = ?", plan_id, learner_id)

    def _change_one(self, sql: str, *parameters: str | int) -> None:
        with self._file.writing() as connection:
            if not connection.execute(sql, parameters).rowcount:
                raise _gone()


def _add_version(
    connection: sqlite3.Connection, plan_id: int, plan: Mapping[str, Any], reason: str, now: datetime
) -> None:
    connection.execute(
        "INSERT INTO plan_versions (plan_id, plan, reason, made_at) VALUES (?, ?, ?, ?)",
        (plan_id, json.dumps(plan), reason, now.isoformat()),
    )


def _cleaned(name: str) -> str:
    cleaned = " ".join(as_unicode(name).split())
    if not cleaned:
        raise InvalidInput("The plan's name is empty. Give it one that can be read.")
    return cleaned


def _gone() -> InvalidInput:
    return InvalidInput("That plan is not there any more. List your plans with: study plans")


def _saved(row: sqlite3.Row) -> SavedPlan:
    return SavedPlan(
        row["id"],
        row["name"],
        row["version_id"],
        json.loads(row["plan"]),
        row["reason"],
        datetime.fromisoformat(row["made_at"]),
    )
