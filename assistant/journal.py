"""The learners' own state, in one SQLite file: conversations here, plans and progress through their own stores.

Owns: what must survive a reload, a restart and a crash. A turn is written when it is asked and completed when it is
answered, so a question is never lost with its answer. Refuses: interpreting what it stores.
"""

from __future__ import annotations

import json
import sqlite3
from copy import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assistant.conversations import (
    ONE_OFF,
    ONE_OFF_KEPT,
    UNTITLED,
    Conversation,
    Hit,
    Turn,
    full_text_query,
    shown_id,
    stored_id,
    title_of,
)
from assistant.domain import Answer
from assistant.errors import InvalidInput, StorageError
from assistant.feedback import FeedbackStore
from assistant.journal_file import JournalFile
from assistant.learners import Learners
from assistant.placement_store import Placements
from assistant.plan_store import Plans
from assistant.practice_store import PracticeStore
from assistant.progress import ProgressStore
from assistant.records import answer_from_record, answer_to_record
from assistant.settings import DEFAULT_LEARNER
from assistant.titles import one_line
from assistant.words import as_unicode

# The order of turns is the order of their ids: the clock may have been set back.
_CONVERSATIONS = """
    SELECT c.*, s.turns, last.asked_at AS updated_at
    FROM conversations c
    JOIN (SELECT conversation_id, count(*) AS turns, max(id) AS last_id FROM turns GROUP BY conversation_id) s
        ON s.conversation_id = c.id
    JOIN turns last ON last.id = s.last_id
"""
_TURNS = "SELECT t.* FROM turns t JOIN conversations c ON c.id = t.conversation_id WHERE c.learner_id = ?"
_NOBODY = 0
"""No learner has this id."""
_MATCHING_TITLES = "SELECT conversation_id FROM titles_fts WHERE titles_fts MATCH ?"
_MATCHING_TURNS = """
    SELECT t.conversation_id, min(t.id) AS id, t.question
    FROM turns_fts JOIN turns t ON t.id = turns_fts.rowid WHERE turns_fts MATCH ? GROUP BY t.conversation_id
"""
_FORGET_ONE_OFF = """
    DELETE FROM turns WHERE conversation_id = ?1
    AND id NOT IN (SELECT id FROM turns WHERE conversation_id = ?1 ORDER BY id DESC LIMIT ?2)
    AND id NOT IN (SELECT turn_id FROM feedback)
"""


class Journal:
    """The open journal, with the conversations of one learner: nobody else's are found, changed or added to.

    Safe to share between threads: every write is one short transaction.

    Every method raises ``StorageError`` where the file cannot be used.
    """

    def __init__(self, path: Path, learner: str = DEFAULT_LEARNER) -> None:
        self.path = path
        self.learner = learner
        self.file = JournalFile(path)
        self.learners = Learners(self.file)
        self.plans = Plans(self.file)
        self.progress = ProgressStore(self.file)
        self.placements = Placements(self.file)
        self.feedback = FeedbackStore(self.file)
        self.practice = PracticeStore(self.file)

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def of(self, learner: str) -> Journal:
        """The same open journal with the conversations of this learner."""
        theirs = copy(self)
        theirs.learner = learner
        return theirs

    def conversations(self) -> tuple[Conversation, ...]:
        """Every conversation but the one of one-off questions; the one that was asked something last comes first."""
        rows = self.file.rows(f"{_CONVERSATIONS} WHERE c.learner_id = ? ORDER BY s.last_id DESC", self._learner_id)
        return tuple(each for each in map(_conversation, rows) if each.id != ONE_OFF)

    def conversation(self, reference: str) -> Conversation:
        """The conversation with this id, or the only one whose id begins with it.

        Raises:
            InvalidInput: there is none, or more than one.
        """
        rows = self.file.rows(
            f"{_CONVERSATIONS} WHERE c.learner_id = ?2 AND substr(c.id, 1, length(?1)) = ?1"
            " ORDER BY c.id <> ?1 LIMIT 2",
            self._stored(as_unicode(reference)),
            self._learner_id,
        )
        if not rows or not reference:
            raise InvalidInput(f"No conversation has the id {one_line(reference)!r}. List them with: study chats")
        if len(rows) > 1 and rows[0]["id"] != reference:
            raise InvalidInput(f"More than one conversation has an id that begins with {reference!r}. Give more of it.")
        return _conversation(rows[0])

    def search(self, text: str) -> tuple[Hit, ...]:
        """The conversations whose title, or one of whose turns, holds every word; in the order of ``conversations``.

        The last word may be cut off. A text without a word finds nothing.
        """
        query = full_text_query(text)
        if not query:
            return ()
        titled = {row["conversation_id"] for row in self.file.rows(_MATCHING_TITLES, query)}
        turns = {row["conversation_id"]: row for row in self.file.rows(_MATCHING_TURNS, query)}
        return tuple(
            Hit(each, turns[each.id]["id"], turns[each.id]["question"]) if each.id in turns else Hit(each, None, None)
            for each in self.conversations()
            if each.id in titled or each.id in turns
        )

    def rename(self, conversation_id: str, title: str) -> None:
        """Give a conversation another title.

        Raises:
            InvalidInput: the title is empty, or there is no such conversation.
        """
        shown = title_of(title)
        if not shown:
            raise InvalidInput("The title is empty. Give the conversation a title that can be read.")
        self._change_one(
            "UPDATE conversations SET title = ?3 WHERE id = ?1 AND learner_id = ?2", conversation_id, shown
        )

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation with all its turns.

        Raises:
            InvalidInput: there is no such conversation.
        """
        self._change_one("DELETE FROM conversations WHERE id = ?1 AND learner_id = ?2", conversation_id)

    def begin_turn(self, conversation_id: str, question: str, now: datetime, *, instead_of: int | None = None) -> int:
        """Record a question, making its conversation if this is the first; returns the turn's id.

        ``instead_of`` is the id of the conversation's last turn, which the question replaces. That turn moves to the
        one-off questions, so that a verdict on it is kept. A conversation that it gave its title to takes the new one.

        Raises:
            InvalidInput: the conversation is another learner's, or ``instead_of`` is not its last turn.
        """
        question = as_unicode(question)
        title = title_of(question) or UNTITLED
        learner_id = self.learners.named(self.learner, now).id
        stored = stored_id(conversation_id, learner_id)
        with self.file.writing() as connection:
            if instead_of is not None:
                _set_aside(connection, stored, learner_id, instead_of, title, now)
            connection.execute(
                "INSERT OR IGNORE INTO conversations (id, title, created_at, learner_id) VALUES (?, ?, ?, ?)",
                (stored, title, now.isoformat(), learner_id),
            )
            cursor = connection.execute(
                "INSERT INTO turns (conversation_id, question, asked_at)"
                " SELECT id, ?, ? FROM conversations WHERE id = ? AND learner_id = ?",
                (question, now.isoformat(), stored, learner_id),
            )
            if not cursor.rowcount:
                raise InvalidInput("That conversation is another learner's. Begin a new conversation.")
            connection.execute(_FORGET_ONE_OFF, (stored_id(ONE_OFF, learner_id), ONE_OFF_KEPT))
            return int(cursor.lastrowid or 0)

    def finish_turn(self, turn_id: int, answer: Answer) -> None:
        """Record the answer to a question."""
        record = json.dumps(answer_to_record(answer))
        with self.file.writing() as connection:
            connection.execute("UPDATE turns SET answer = ? WHERE id = ?", (record, turn_id))

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """The conversation's turns in order; empty for an unknown conversation."""
        rows = self.file.rows(
            f"{_TURNS} AND t.conversation_id = ? ORDER BY t.id", self._learner_id, self._stored(conversation_id)
        )
        return tuple(map(self._turn, rows))

    def turn(self, turn_id: int | None = None) -> Turn:
        """The learner's turn with this id; their last one of all without an id.

        Raises:
            InvalidInput: there is none.
        """
        if turn_id is None:
            rows = self.file.rows(f"{_TURNS} ORDER BY t.id DESC LIMIT 1", self._learner_id)
        else:
            rows = self.file.rows(f"{_TURNS} AND t.id = ?", self._learner_id, turn_id)
        if not rows:
            known = "Nothing was asked yet." if turn_id is None else f"No answer has the id {turn_id}."
            raise InvalidInput(f'{known} Ask something first, for example: study ask "What is Docker?"')
        return self._turn(rows[0])

    def _turn(self, row: sqlite3.Row) -> Turn:
        try:
            answer = None if row["answer"] is None else answer_from_record(json.loads(row["answer"]))
            asked_at = datetime.fromisoformat(row["asked_at"])
        except (ValueError, TypeError, KeyError) as error:
            raise StorageError(f"{self.path} holds an answer that cannot be read. Start a new conversation.") from error
        answer = answer and replace(answer, id=row["id"])
        return Turn(row["id"], shown_id(row["conversation_id"]), row["question"], asked_at, answer)

    @property
    def _learner_id(self) -> int:
        found = self.learners.find(self.learner)
        return found.id if found else _NOBODY

    def _stored(self, conversation_id: str) -> str:
        return stored_id(conversation_id, self._learner_id)

    def _change_one(self, sql: str, conversation_id: str, *more: str) -> None:
        parameters = (self._stored(conversation_id), self._learner_id, *more)
        with self.file.writing() as connection:
            if not connection.execute(sql, parameters).rowcount:
                raise InvalidInput("That conversation is not there any more. List them with: study chats")


def _set_aside(
    connection: sqlite3.Connection, stored: str, learner_id: int, turn_id: int, title: str, now: datetime
) -> None:
    """Move the last turn of a learner's conversation to their one-off questions."""
    rows = connection.execute(
        "SELECT turns.id, question FROM turns JOIN conversations ON conversations.id = conversation_id"
        " WHERE conversation_id = ? AND learner_id = ? ORDER BY turns.id",
        (stored, learner_id),
    ).fetchall()
    if not rows or rows[-1]["id"] != turn_id:
        raise InvalidInput(
            "This conversation has gone on since, perhaps in another window. Reload the page, and ask again."
        )
    one_off = stored_id(ONE_OFF, learner_id)
    connection.execute(
        "INSERT OR IGNORE INTO conversations (id, title, created_at, learner_id) VALUES (?, ?, ?, ?)",
        (one_off, UNTITLED, now.isoformat(), learner_id),
    )
    connection.execute("UPDATE turns SET conversation_id = ? WHERE id = ?", (one_off, turn_id))
    if len(rows) == 1:
        given = title_of(rows[0]["question"]) or UNTITLED
        connection.execute("UPDATE conversations SET title = ? WHERE id = ? AND title = ?", (title, stored, given))


def _conversation(row: sqlite3.Row) -> Conversation:
    created_at, updated_at = map(datetime.fromisoformat, (row["created_at"], row["updated_at"]))
    return Conversation(shown_id(row["id"]), row["title"], created_at, updated_at, row["turns"])
