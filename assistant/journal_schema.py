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
    # What a learner knows, plans and did. Every plan is kept in all its versions: a calendar that was exported from an
    # earlier one is brought up to date by comparing. Topics are named by their ids of the roadmap, without a table to
    # refer to: what was learned outlives an edit of the roadmap.
    """
    CREATE TABLE learners (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        created_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE learner_plans (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL,
        opened_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX learner_plans_by_learner ON learner_plans (learner_id, opened_at);
    CREATE TABLE plan_versions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        plan_id INTEGER NOT NULL REFERENCES learner_plans (id) ON DELETE CASCADE,
        plan TEXT NOT NULL,
        reason TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX plan_versions_by_plan ON plan_versions (plan_id, id);
    CREATE TABLE topic_progress (
        learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        topic TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('known', 'done', 'unknown')),
        source TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (learner_id, topic)
    ) STRICT;
    CREATE TABLE study_log (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        plan_id INTEGER REFERENCES learner_plans (id) ON DELETE SET NULL,
        item TEXT NOT NULL,
        unit TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('done', 'partly', 'skipped')),
        planned_minutes INTEGER NOT NULL CHECK (planned_minutes >= 0),
        minutes INTEGER NOT NULL CHECK (minutes >= 0),
        day TEXT NOT NULL,
        logged_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX study_log_by_learner ON study_log (learner_id, id);
    CREATE TABLE check_answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        topic TEXT NOT NULL,
        question TEXT NOT NULL,
        was_right INTEGER NOT NULL CHECK (was_right IN (0, 1)),
        answered_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX check_answers_by_learner ON check_answers (learner_id, topic);

    INSERT INTO learners (name, created_at) SELECT 'me', min(created_at) FROM plans HAVING count(*) > 0;
    INSERT INTO learner_plans (learner_id, name, created_at, opened_at)
        SELECT l.id, 'My plan', l.created_at, l.created_at FROM learners l;
    INSERT INTO plan_versions (plan_id, plan, reason, made_at)
        SELECT l.id, p.plan, 'made', p.created_at FROM plans p, learner_plans l ORDER BY p.id;
    DROP TABLE plans;
    """,
    # One placement test a learner: the one under way, or the last one, whose seed the next one counts on from.
    """
    CREATE TABLE placements (
        learner_id INTEGER PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
        state TEXT NOT NULL,
        finished INTEGER NOT NULL CHECK (finished IN (0, 1)),
        updated_at TEXT NOT NULL
    ) STRICT;
    """,
    # What a learner thinks of an answer: one row for both, the latest word.
    """
    CREATE TABLE feedback (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        turn_id INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
        verdict TEXT NOT NULL CHECK (verdict IN ('good', 'wrong')),
        reason TEXT,
        comment TEXT NOT NULL,
        marked_at TEXT NOT NULL,
        UNIQUE (learner_id, turn_id)
    ) STRICT;
    CREATE INDEX feedback_by_turn ON feedback (turn_id);
    """,
    # Answers to check questions are the practice log: how sure the learner was before the answer was shown, and how
    # long it took. When a card is due is computed from this log and stored nowhere.
    """
    ALTER TABLE check_answers ADD COLUMN confidence TEXT CHECK (confidence IN ('sure', 'think-so', 'guessing'));
    ALTER TABLE check_answers ADD COLUMN seconds INTEGER CHECK (seconds >= 0);
    CREATE TABLE practice_settings (
        learner_id INTEGER PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
        minutes_a_day INTEGER NOT NULL CHECK (minutes_a_day > 0)
    ) STRICT;
    """,
    # Conversations are a learner's, too; those that nobody owned go to the default learner, or to the only one. The
    # one-off questions of each are a conversation of their own. A login is an id at an identity provider.
    """
    ALTER TABLE learners ADD COLUMN level TEXT CHECK (level IN ('beginner', 'intermediate', 'advanced', 'expert'));
    ALTER TABLE learners ADD COLUMN login TEXT;
    CREATE UNIQUE INDEX learners_by_login ON learners (login);
    ALTER TABLE conversations ADD COLUMN learner_id INTEGER REFERENCES learners (id) ON DELETE CASCADE;
    CREATE INDEX conversations_by_learner ON conversations (learner_id);
    INSERT INTO learners (name, created_at)
        SELECT 'me', min(created_at) FROM conversations WHERE NOT EXISTS (SELECT 1 FROM learners) HAVING count(*) > 0;
    UPDATE conversations SET learner_id = (SELECT id FROM learners ORDER BY name <> 'me', id LIMIT 1);
    INSERT INTO conversations (id, title, created_at, learner_id)
        SELECT 'ask-' || learner_id, title, created_at, learner_id FROM conversations WHERE id = 'ask';
    UPDATE turns SET conversation_id = (SELECT 'ask-' || learner_id FROM conversations WHERE id = 'ask')
        WHERE conversation_id = 'ask';
    DELETE FROM conversations WHERE id = 'ask';
    """,
)
