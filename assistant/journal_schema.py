"""The tables of ``journal.sqlite``, as migrations that are only ever appended to.

Owns: the SQL. Refuses: using it (``assistant.journal``).
"""

from __future__ import annotations

MIGRATIONS = (
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
    # Learners see the ids of turns, so the id of a deleted one must never name another: AUTOINCREMENT. Titles and turns
    # are searched in tables of their own, which triggers keep in step. An answer that is no JSON cannot be searched,
    # and must not stop the rest.
    """
    CREATE TABLE numbered_turns (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        question TEXT NOT NULL,
        answer TEXT,
        asked_at TEXT NOT NULL
    ) STRICT;
    INSERT INTO numbered_turns SELECT id, conversation_id, question, answer, asked_at FROM turns;
    DROP TABLE turns;
    ALTER TABLE numbered_turns RENAME TO turns;
    CREATE INDEX turns_by_conversation ON turns (conversation_id, id);

    CREATE VIRTUAL TABLE turns_fts USING fts5 (
        question, answer, tokenize = "porter unicode61 remove_diacritics 2 tokenchars '+#'"
    );
    INSERT INTO turns_fts (rowid, question, answer)
        SELECT id, question, CASE WHEN json_valid(answer) THEN json_extract(answer, '$.text') END FROM turns;
    CREATE TRIGGER turns_inserted AFTER INSERT ON turns BEGIN
        INSERT INTO turns_fts (rowid, question, answer)
            VALUES (new.id, new.question, CASE WHEN json_valid(new.answer) THEN json_extract(new.answer, '$.text') END);
    END;
    CREATE TRIGGER turns_updated AFTER UPDATE ON turns BEGIN
        DELETE FROM turns_fts WHERE rowid = old.id;
        INSERT INTO turns_fts (rowid, question, answer)
            VALUES (new.id, new.question, CASE WHEN json_valid(new.answer) THEN json_extract(new.answer, '$.text') END);
    END;
    CREATE TRIGGER turns_deleted AFTER DELETE ON turns BEGIN
        DELETE FROM turns_fts WHERE rowid = old.id;
    END;

    CREATE VIRTUAL TABLE titles_fts USING fts5 (
        title, conversation_id UNINDEXED, tokenize = "porter unicode61 remove_diacritics 2 tokenchars '+#'"
    );
    INSERT INTO titles_fts (title, conversation_id) SELECT title, id FROM conversations;
    CREATE TRIGGER conversations_inserted AFTER INSERT ON conversations BEGIN
        INSERT INTO titles_fts (title, conversation_id) VALUES (new.title, new.id);
    END;
    CREATE TRIGGER conversations_renamed AFTER UPDATE ON conversations BEGIN
        UPDATE titles_fts SET title = new.title WHERE conversation_id = old.id;
    END;
    CREATE TRIGGER conversations_deleted AFTER DELETE ON conversations BEGIN
        DELETE FROM titles_fts WHERE conversation_id = old.id;
    END;
    """,
)
