"""The tables of ``library.sqlite``, as migrations that are only ever appended to.

Owns: the SQL. Refuses: using it (``assistant.library``).
"""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE sources (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        content_hash TEXT NOT NULL
    ) STRICT;
    CREATE TABLE chunks (
        id TEXT PRIMARY KEY,
        source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL,
        module INTEGER,
        topic TEXT,
        heading TEXT NOT NULL,
        text TEXT NOT NULL,
        url TEXT,
        embedding_key TEXT NOT NULL
    ) STRICT;
    CREATE INDEX chunks_by_source ON chunks (source_id, ordinal);
    CREATE TABLE embeddings (
        embedding_key TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (embedding_key, fingerprint)
    ) STRICT, WITHOUT ROWID;
    """,
    # Documents between sources and chunks, so that the same content under two names is stored once. What the first
    # version knew of sources is read again from the corpus; embeddings, the expensive part, stay.
    """
    DROP TABLE chunks;
    DROP TABLE sources;
    CREATE TABLE documents (id TEXT PRIMARY KEY) STRICT;
    CREATE TABLE sources (
        id TEXT PRIMARY KEY,
        origin TEXT NOT NULL,
        root TEXT NOT NULL,
        title TEXT NOT NULL,
        status TEXT NOT NULL,
        reason TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        document_id TEXT REFERENCES documents (id),
        etag TEXT,
        last_modified TEXT
    ) STRICT;
    CREATE INDEX sources_by_document ON sources (document_id, id);
    CREATE TABLE chunks (
        id TEXT PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL,
        module INTEGER,
        topic TEXT,
        heading TEXT NOT NULL,
        text TEXT NOT NULL,
        url TEXT,
        embedding_key TEXT NOT NULL
    ) STRICT;
    CREATE INDEX chunks_by_document ON chunks (document_id, ordinal);
    CREATE INDEX chunks_by_embedding ON chunks (embedding_key);
    """,
    # Which state of the notes a document's chunks were last compared with, to find their topics.
    "ALTER TABLE documents ADD COLUMN matched TEXT NOT NULL DEFAULT '';",
)
