"""From the file back into the journal.

Owns: adding what is not there yet, whole or not at all. Refuses: the file's form (``form``).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from assistant.backup.form import Backup, Conversation, Learner, read
from assistant.conversations import stored_id
from assistant.journal_file import JournalFile
from assistant.planning.wording import count_text
from assistant.settings import DEFAULT_LEARNER


@dataclass(frozen=True, slots=True)
class Restored:
    """What an import added, and the names of what was there already and stayed as it was."""

    learners: tuple[str, ...]
    conversations: int
    kept_learners: tuple[str, ...]
    kept_conversations: int


def import_all(file: JournalFile, data: object) -> Restored:
    """Add what ``export_all`` wrote; learners and conversations that are there already stay as they are.

    Raises:
        InvalidInput: this is not such an object, or one of a newer version.
    """
    backup = read(data)
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


def _add_learner(connection: sqlite3.Connection, learner: Learner) -> None:
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


def _owner(connection: sqlite3.Connection, conversation: Conversation, backup: Backup) -> int:
    """Whose conversation it is; without a name that of the file's only learner, else that of the default one."""
    only = backup.learners[0].name if len(backup.learners) == 1 else DEFAULT_LEARNER
    name = conversation.learner or only
    connection.execute(
        "INSERT OR IGNORE INTO learners (name, created_at) VALUES (?, ?)", (name, conversation.created_at.isoformat())
    )
    (row,) = connection.execute("SELECT id FROM learners WHERE name = ?", (name,))
    return int(row["id"])


def _add_conversation(connection: sqlite3.Connection, conversation: Conversation, stored: str, learner_id: int) -> bool:
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
    connection: sqlite3.Connection, conversation: Conversation, stored: str, whose: set[str] | None
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
