"""Everything learners would miss, as one JSON object: to keep, or to take to another machine.

Owns: the form of the file, and putting it back whole or not at all. Refuses: the index and the library, which the
commands of ``python -m ingest`` make again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.conversations import shown_id, stored_id
from assistant.domain import Level
from assistant.errors import InvalidInput
from assistant.feedback import Reason, Verdict
from assistant.journal_file import JournalFile
from assistant.planning.wording import count_text
from assistant.settings import DEFAULT_LEARNER

VERSION = 1


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Version(_Strict):
    plan: str
    reason: str
    made_at: datetime


class _Plan(_Strict):
    name: str
    created_at: datetime
    opened_at: datetime
    versions: list[_Version] = Field(min_length=1)


class _Topic(_Strict):
    topic: str
    state: str = Field(pattern="^(known|done|unknown)$")
    source: str
    at: datetime


class _Sitting(_Strict):
    plan: int | None = Field(ge=0)
    item: str
    unit: str
    status: str = Field(pattern="^(done|partly|skipped)$")
    planned_minutes: int = Field(ge=0)
    minutes: int = Field(ge=0)
    day: str
    logged_at: datetime


class _Check(_Strict):
    topic: str
    question: str
    was_right: bool
    answered_at: datetime
    confidence: str | None = Field(default=None, pattern="^(sure|think-so|guessing)$")
    seconds: int | None = Field(default=None, ge=0)


class _Placement(_Strict):
    state: str
    finished: bool
    updated_at: datetime


class _Learner(_Strict):
    name: str = Field(min_length=1)
    created_at: datetime
    plans: list[_Plan]
    topics: list[_Topic]
    log: list[_Sitting]
    checks: list[_Check]
    # Files from before there were these do not have them.
    placement: _Placement | None = None
    practice_minutes: int | None = Field(default=None, gt=0)
    level: Level | None = None
    login: str | None = None


class _Feedback(_Strict):
    learner: str
    verdict: Verdict
    reason: Reason | None
    comment: str
    marked_at: datetime


class _Turn(_Strict):
    question: str
    answer: str | None
    asked_at: datetime
    feedback: list[_Feedback] = []  # files from before there was any do not have it


class _Conversation(_Strict):
    id: str = Field(min_length=1)
    learner: str | None = None  # files from before conversations were a learner's do not have it
    title: str
    created_at: datetime
    turns: list[_Turn]


class _Backup(_Strict):
    version: int
    learners: list[_Learner]
    conversations: list[_Conversation]


@dataclass(frozen=True, slots=True)
class Restored:
    """What an import added, and the names of what was there already and stayed as it was."""

    learners: tuple[str, ...]
    conversations: int
    kept_learners: tuple[str, ...]
    kept_conversations: int


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


def import_all(file: JournalFile, data: object) -> Restored:
    """Add what ``export_all`` wrote; learners and conversations that are there already stay as they are.

    Raises:
        InvalidInput: this is not such an object, or one of a newer version.
    """
    backup = _read(data)
    with file.writing() as connection:
        learners = {row["name"].casefold() for row in connection.execute("SELECT name FROM learners")}
        new_learners = [each for each in backup.learners if each.name.casefold() not in learners]
        for learner in new_learners:
            _add_learner(connection, learner)
        added = 0
        for conversation in backup.conversations:
            learner_id = _owner(connection, conversation, backup)
            stored = stored_id(conversation.id, learner_id)
            is_new = _add_conversation(connection, conversation, stored, learner_id)
            added += is_new
            # Verdicts belong to two owners, and are new with either of them.
            whose = None if is_new else {each.name.casefold() for each in new_learners}
            _add_feedback(connection, conversation, stored, whose)
    return Restored(
        learners=tuple(each.name for each in new_learners),
        conversations=added,
        kept_learners=tuple(each.name for each in backup.learners if each not in new_learners),
        kept_conversations=len(backup.conversations) - added,
    )


def restored_lines(restored: Restored) -> list[str]:
    """What an import did, in sentences."""
    learners, conversations = len(restored.learners), restored.conversations
    lines = [f"Added {count_text(learners, 'learner')} and {count_text(conversations, 'conversation')}."]
    if restored.kept_learners:
        lines.append(
            f"Here already, and left as they are: {', '.join(restored.kept_learners)}. To take the file's version, "
            "delete or rename that learner first."
        )
    return lines


def _read(data: object) -> _Backup:
    if isinstance(data, Mapping) and isinstance(data.get("version"), int) and data["version"] > VERSION:
        raise InvalidInput("This file was written by a newer version of the program. Update the program to import it.")
    try:
        return _Backup.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise InvalidInput(f"This is not a file that `study export` wrote: {where}: {first['msg']}.") from error


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


def _add_learner(connection: sqlite3.Connection, learner: _Learner) -> None:
    given = {"name": learner.name, "created_at": learner.created_at, "level": learner.level}
    learner_id = _insert(connection, "learners", **given)
    # Whoever logs in here with it already stays who they are.
    connection.execute("UPDATE OR IGNORE learners SET login = ? WHERE id = ?", (learner.login, learner_id))
    plan_ids = []
    for plan in learner.plans:
        times = {"created_at": plan.created_at, "opened_at": plan.opened_at}
        plan_ids.append(_insert(connection, "learner_plans", learner_id=learner_id, name=plan.name, **times))
        for version in plan.versions:
            _insert(connection, "plan_versions", plan_id=plan_ids[-1], **dict(version))
    for topic in learner.topics:
        _insert(connection, "topic_progress", learner_id=learner_id, **dict(topic))
    for sitting in learner.log:
        known = sitting.plan is not None and sitting.plan < len(plan_ids)
        fields = {name: value for name, value in sitting if name != "plan"}
        plan_id = plan_ids[sitting.plan] if known and sitting.plan is not None else None
        _insert(connection, "study_log", learner_id=learner_id, plan_id=plan_id, **fields)
    for check in learner.checks:
        _insert(connection, "check_answers", learner_id=learner_id, **dict(check))
    if learner.placement:
        _insert(connection, "placements", learner_id=learner_id, **dict(learner.placement))
    if learner.practice_minutes:
        _insert(connection, "practice_settings", learner_id=learner_id, minutes_a_day=learner.practice_minutes)


def _owner(connection: sqlite3.Connection, conversation: _Conversation, backup: _Backup) -> int:
    """Whose conversation it is; without a name that of the file's only learner, else that of the default one."""
    only = backup.learners[0].name if len(backup.learners) == 1 else DEFAULT_LEARNER
    name = conversation.learner or only
    connection.execute(
        "INSERT OR IGNORE INTO learners (name, created_at) VALUES (?, ?)", (name, conversation.created_at.isoformat())
    )
    (row,) = connection.execute("SELECT id FROM learners WHERE name = ?", (name,))
    return int(row["id"])


def _add_conversation(
    connection: sqlite3.Connection, conversation: _Conversation, stored: str, learner_id: int
) -> bool:
    """Add a conversation under this id; False if there is one already, which stays as it is."""
    if connection.execute("SELECT 1 FROM conversations WHERE id = ?", (stored,)).fetchone():
        return False
    given = {"id": stored, "title": conversation.title, "created_at": conversation.created_at}
    _insert(connection, "conversations", learner_id=learner_id, **given)
    for turn in conversation.turns:
        given = {"question": turn.question, "answer": turn.answer, "asked_at": turn.asked_at}
        _insert(connection, "turns", conversation_id=stored, **given)
    return True


def _add_feedback(
    connection: sqlite3.Connection, conversation: _Conversation, stored: str, whose: set[str] | None
) -> None:
    """Add the verdicts on a conversation's turns, of these learners or of all; a turn that is not there has none."""
    for turn in conversation.turns:
        for each in turn.feedback:
            if whose is None or each.learner.casefold() in whose:
                connection.execute(
                    "INSERT OR IGNORE INTO feedback (learner_id, turn_id, verdict, reason, comment, marked_at)"
                    " SELECT l.id, t.id, ?, ?, ?, ? FROM learners l, turns t"
                    " WHERE l.name = ? AND t.conversation_id = ? AND t.question = ? AND t.asked_at = ?",
                    (
                        *(each.verdict, each.reason, each.comment, each.marked_at.isoformat()),
                        *(each.learner, stored, turn.question, turn.asked_at.isoformat()),
                    ),
                )


def _insert(connection: sqlite3.Connection, table: str, **values: object) -> int:
    """Insert a row; names of tables and columns are this file's own."""
    ready = [
        value.isoformat() if isinstance(value, datetime) else int(value) if isinstance(value, bool) else value
        for value in values.values()
    ]
    marks = ", ".join("?" * len(ready))
    cursor = connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", ready)  # noqa: S608
    return int(cursor.lastrowid or 0)
