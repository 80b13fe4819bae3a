"""The learner's own state, in one SQLite file: conversations and plans.

Owns: what must survive a reload, a restart and a crash. A turn is written when it is asked and completed when it is
answered, so a question is never lost with its answer. Refuses: interpreting what it stores.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.domain import Answer
from assistant.errors import StorageError
from assistant.records import answer_from_record, answer_to_record
from assistant.sqlite import open_database, transaction, translated

_TITLE_CHARS = 80

_MIGRATIONS = (
    """
    CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE turns (
        id INTEGER PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        question TEXT NOT NULL,
        answer TEXT,
        asked_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX turns_by_conversation ON turns (conversation_id, id);
    CREATE TABLE plans (
        id INTEGER PRIMARY KEY,
        plan TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT;
    """,
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of turns; its title is its first question."""

    id: str
    title: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer; ``answer`` is None if the program ended before it was written."""

    question: str
    answer: Answer | None


class Journal:
    """The open journal. Safe to share between threads: every write is one short transaction.

    Every method raises ``StorageError`` where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_database(path, _MIGRATIONS)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def conversations(self) -> tuple[Conversation, ...]:
        """Every conversation, the latest first."""
        rows = self._rows("SELECT * FROM conversations ORDER BY created_at DESC, id")
        return tuple(Conversation(row["id"], row["title"], datetime.fromisoformat(row["created_at"])) for row in rows)

    def begin_turn(self, conversation_id: str, question: str, now: datetime) -> int:
        """Record a question, making its conversation if this is the first; returns the turn's id."""
        question = question.encode(errors="replace").decode()  # half a surrogate pair cannot be stored
        title = question if len(question) <= _TITLE_CHARS else question[: _TITLE_CHARS - 1] + "…"
        with self._lock, transaction(self._connection, self.path):
            self._connection.execute(
                "INSERT OR IGNORE INTO conversations VALUES (?, ?, ?)", (conversation_id, title, now.isoformat())
            )
            cursor = self._connection.execute(
                "INSERT INTO turns (conversation_id, question, asked_at) VALUES (?, ?, ?)",
                (conversation_id, question, now.isoformat()),
            )
            return int(cursor.lastrowid or 0)

    def finish_turn(self, turn_id: int, answer: Answer) -> None:
        """Record the answer to a question."""
        record = json.dumps(answer_to_record(answer))
        with self._lock, transaction(self._connection, self.path):
            self._connection.execute("UPDATE turns SET answer = ? WHERE id = ?", (record, turn_id))

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """The conversation's turns in order; empty for an unknown conversation."""
        rows = self._rows("SELECT * FROM turns WHERE conversation_id = ? ORDER BY id", conversation_id)
        return tuple(
            Turn(row["question"], self._answer(row["answer"]) if row["answer"] is not None else None) for row in rows
        )

    def save_plan(self, plan: Mapping[str, Any], now: datetime) -> None:
        """Keep a plan, as its JSON form."""
        with self._lock, transaction(self._connection, self.path):
            self._connection.execute(
                "INSERT INTO plans (plan, created_at) VALUES (?, ?)",
                (json.dumps(plan), now.isoformat()),
            )

    def latest_plan(self) -> Mapping[str, Any] | None:
        """The plan saved last, as its JSON form."""
        rows = self._rows("SELECT plan FROM plans ORDER BY id DESC LIMIT 1")
        return json.loads(rows[0]["plan"]) if rows else None

    def _answer(self, record: str) -> Answer:
        try:
            return answer_from_record(json.loads(record))
        except (ValueError, TypeError, KeyError) as error:
            raise StorageError(f"{self.path} holds an answer that cannot be read. Start a new conversation.") from error

    def _rows(self, sql: str, *parameters: str) -> Sequence[sqlite3.Row]:
        with self._lock, translated(self.path):
            return self._connection.execute(sql, parameters).fetchall()


def new_conversation_id() -> str:
    """An id for a conversation, safe in a URL and not guessable."""
    return uuid.uuid4().hex
