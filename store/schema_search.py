"""The tables and indexes that the third migration adds: what finding needs.

Never edited once released: what changes later is a new migration beside this one.
"""

from __future__ import annotations

UNSPACED = """
CREATE VIRTUAL TABLE documents_grams USING fts5(
    grams, content='', detail=none, tokenize='ascii'
);
INSERT INTO documents_grams(documents_grams, rank) VALUES ('hashsize', 16777216);

CREATE VIRTUAL TABLE names_grams USING fts5(grams, detail=none, tokenize='ascii');

INSERT INTO meta(key, value)
    SELECT 'grams_missing', CAST(coalesce(max(id), 0) AS TEXT) FROM documents;
INSERT INTO meta(key, value)
    SELECT 'names_missing', CAST(coalesce(max(id), 0) / 4 AS TEXT)
    FROM names_fts_content;
"""
"""Pairs of signs, for scripts without blanks between words; an older library is
read for them bit by bit, and ``meta`` holds up to which row it is not yet."""

LISTS = """
DROP INDEX documents_source;
DROP INDEX documents_language;
DROP INDEX documents_unread;
DROP INDEX documents_extractor;
DROP INDEX documents_text_sha256;
CREATE INDEX documents_source
    ON documents(source COLLATE NOCASE, published DESC, id DESC, language)
    WHERE removed IS NULL;
CREATE INDEX documents_language ON documents(language, published DESC, id DESC)
    WHERE removed IS NULL;
CREATE INDEX documents_title ON documents(title COLLATE NOCASE, id, source, language)
    WHERE removed IS NULL;
CREATE INDEX documents_words ON documents(words, id, source, language)
    WHERE removed IS NULL;
CREATE INDEX documents_unread ON documents(published, id)
    WHERE removed IS NULL AND read IS NULL;
CREATE INDEX documents_starred ON documents(id) WHERE removed IS NULL AND starred = 1;
CREATE INDEX documents_removed ON documents(id) WHERE removed IS NOT NULL;
CREATE INDEX documents_pending ON documents(id)
    WHERE removed IS NULL AND extractor IS NULL;

CREATE INDEX documents_same_text ON documents(substr(text_sha256, 1, 12));

CREATE TABLE document_counts (
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    year TEXT NOT NULL,
    documents INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    starred INTEGER NOT NULL,
    PRIMARY KEY (source, language, year)
) STRICT, WITHOUT ROWID;
INSERT INTO document_counts
    SELECT coalesce(source, ''), coalesce(language, ''),
        coalesce(substr(published, 1, 4), ''), count(*), sum(read IS NULL), sum(starred)
    FROM documents WHERE removed IS NULL GROUP BY 1, 2, 3;
CREATE TRIGGER documents_deleted AFTER DELETE ON documents
WHEN OLD.removed IS NULL BEGIN
    UPDATE document_counts SET documents = documents - 1,
        unread = unread - (OLD.read IS NULL), starred = starred - OLD.starred
    WHERE source = coalesce(OLD.source, '') AND language = coalesce(OLD.language, '')
        AND year = coalesce(substr(OLD.published, 1, 4), '');
    DELETE FROM document_counts
    WHERE source = coalesce(OLD.source, '') AND language = coalesce(OLD.language, '')
        AND year = coalesce(substr(OLD.published, 1, 4), '') AND documents <= 0;
END;
CREATE TRIGGER documents_changed
AFTER UPDATE OF source, language, published, read, starred, removed ON documents BEGIN
    UPDATE document_counts SET documents = documents - 1,
        unread = unread - (OLD.read IS NULL), starred = starred - OLD.starred
    WHERE OLD.removed IS NULL
        AND source = coalesce(OLD.source, '') AND language = coalesce(OLD.language, '')
        AND year = coalesce(substr(OLD.published, 1, 4), '');
    INSERT INTO document_counts
        SELECT coalesce(NEW.source, ''), coalesce(NEW.language, ''),
            coalesce(substr(NEW.published, 1, 4), ''), 1, NEW.read IS NULL, NEW.starred
        WHERE NEW.removed IS NULL
        ON CONFLICT DO UPDATE SET documents = documents + 1,
            unread = unread + excluded.unread, starred = starred + excluded.starred;
    DELETE FROM document_counts
    WHERE source = coalesce(OLD.source, '') AND language = coalesce(OLD.language, '')
        AND year = coalesce(substr(OLD.published, 1, 4), '') AND documents <= 0;
END;

INSERT INTO documents_fts(documents_fts, rank) VALUES ('automerge', 16);
INSERT INTO documents_fts(documents_fts, rank) VALUES ('crisismerge', 32);
"""
"""Orders and filters of the list of documents, and counters.

An index holds, behind what it orders by, what the list is most often narrowed by, so
that a walk along it need not look at the documents. That of equal texts holds the
beginning of the digest, which tells as well in a fifth of the room.

Triggers keep the counters when documents change or go, so that no way of writing can
forget it; new ones are counted by whoever adds them (``store.counters``), for with a
trigger SQLite keeps a journal of every insertion, which takes twice its time. A
missing value counts as ''.

The full text index is merged less often: that was a quarter of the time of adding.
"""

ASKED = """
CREATE TABLE searched (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    coder TEXT NOT NULL,
    query TEXT NOT NULL CHECK (query <> ''),
    asked TEXT NOT NULL,
    UNIQUE (coder, query)
) STRICT;
"""
"""What was searched for lately."""

SEARCH_TABLES = (UNSPACED, LISTS, ASKED)
