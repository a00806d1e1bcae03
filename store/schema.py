"""The tables of a library, as the first migration makes them.

Readable by anyone with Datasette or the sqlite-utils command line: plain names,
foreign keys, STRICT, ISO-8601 UTC times, a guid on whatever is exchanged.
Never edited: what changes later is a new migration beside this one.
"""

from __future__ import annotations

APPLICATION_ID = 0x706F7374
"""``post`` in ASCII: what ``file`` and we know a library by."""

FIRST_TABLES = """
CREATE TABLE meta (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE coders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL
) STRICT;

CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started TEXT NOT NULL,
    finished TEXT,
    sources TEXT NOT NULL,
    added INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    failed TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    identity TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    source TEXT,
    author TEXT,
    published TEXT,
    language TEXT,
    url TEXT,
    path TEXT,
    words INTEGER NOT NULL,
    added TEXT NOT NULL,
    read TEXT,
    starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
    position INTEGER NOT NULL DEFAULT 0,
    duplicate_of INTEGER REFERENCES documents(id) ON DELETE SET NULL,
    attributes TEXT NOT NULL DEFAULT '{}',
    reader TEXT,
    encoding TEXT,
    encoding_guessed INTEGER NOT NULL DEFAULT 0 CHECK (encoding_guessed IN (0, 1)),
    source_sha256 TEXT,
    text_sha256 TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    extractor TEXT,
    import INTEGER REFERENCES imports(id),
    removed TEXT,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX documents_published ON documents(published, id) WHERE removed IS NULL;
CREATE INDEX documents_source ON documents(source, published, id)
    WHERE removed IS NULL;
CREATE INDEX documents_language ON documents(language, published, id)
    WHERE removed IS NULL;
CREATE INDEX documents_unread ON documents(id)
    WHERE removed IS NULL AND read IS NULL;
CREATE INDEX documents_text_sha256 ON documents(text_sha256);
CREATE INDEX documents_duplicate_of ON documents(duplicate_of)
    WHERE duplicate_of IS NOT NULL;
CREATE INDEX documents_extractor ON documents(extractor, id);

CREATE TABLE document_revisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    text_sha256 TEXT NOT NULL,
    replaced TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (document, revision)
) STRICT;

CREATE TABLE annotations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('span', 'document')),
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    start INTEGER,
    "end" INTEGER,
    exact TEXT NOT NULL DEFAULT '',
    prefix TEXT NOT NULL DEFAULT '',
    suffix TEXT NOT NULL DEFAULT '',
    revision INTEGER NOT NULL,
    anchor_state TEXT NOT NULL DEFAULT 'exact'
        CHECK (anchor_state IN ('exact', 'moved', 'proposed', 'orphan')),
    note TEXT NOT NULL DEFAULT '',
    coder INTEGER NOT NULL REFERENCES coders(id),
    created TEXT NOT NULL,
    modified TEXT NOT NULL,
    deleted TEXT,
    CHECK ((kind = 'document' AND start IS NULL AND "end" IS NULL)
        OR (kind = 'span' AND start >= 0 AND start < "end"))
) STRICT;
CREATE INDEX annotations_document ON annotations(document, start)
    WHERE deleted IS NULL;
CREATE INDEX annotations_created ON annotations(created) WHERE deleted IS NULL;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    parent INTEGER REFERENCES tags(id),
    name TEXT NOT NULL CHECK (name <> ''),
    folded TEXT NOT NULL,
    colour INTEGER NOT NULL DEFAULT 0 CHECK (colour BETWEEN 0 AND 7),
    marker TEXT UNIQUE,
    definition TEXT NOT NULL DEFAULT '',
    memo TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    created TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX tags_siblings ON tags(coalesce(parent, 0), folded);
CREATE INDEX tags_parent ON tags(parent);

CREATE TABLE annotation_tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    annotation INTEGER NOT NULL REFERENCES annotations(id) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tags(id),
    coder INTEGER NOT NULL REFERENCES coders(id),
    created TEXT NOT NULL,
    UNIQUE (annotation, tag, coder)
) STRICT;
CREATE INDEX annotation_tags_tag ON annotation_tags(tag, annotation);

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    window TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    annotation INTEGER REFERENCES annotations(id) ON DELETE CASCADE,
    start INTEGER,
    "end" INTEGER,
    note TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    modified TEXT NOT NULL
) STRICT;

CREATE TABLE entities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    merged_into INTEGER REFERENCES entities(id),
    state TEXT NOT NULL DEFAULT 'new'
        CHECK (state IN ('new', 'accepted', 'rejected', 'retyped')),
    mentions INTEGER NOT NULL DEFAULT 0,
    documents INTEGER NOT NULL DEFAULT 0,
    created TEXT NOT NULL
) STRICT;
CREATE INDEX entities_listed ON entities(type, documents, id)
    WHERE merged_into IS NULL AND state <> 'rejected';
CREATE INDEX entities_named ON entities(documents DESC, mentions DESC, id)
    WHERE merged_into IS NULL AND state <> 'rejected';
CREATE INDEX entities_merged ON entities(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX entities_name ON entities(name);

CREATE TABLE aliases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity INTEGER NOT NULL REFERENCES entities(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    form TEXT NOT NULL,
    type TEXT NOT NULL,
    UNIQUE (name, type)
) STRICT;
CREATE INDEX aliases_form ON aliases(form, type);
CREATE INDEX aliases_entity ON aliases(entity);

CREATE TABLE distinct_entities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity INTEGER NOT NULL REFERENCES entities(id) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES entities(id) ON DELETE CASCADE,
    created TEXT NOT NULL,
    UNIQUE (entity, other)
) STRICT;

CREATE TABLE mentions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT,
    entity INTEGER REFERENCES entities(id),
    speaker INTEGER REFERENCES entities(id),
    extractor TEXT NOT NULL,
    confidence REAL NOT NULL DEFAULT 1.0,
    state TEXT NOT NULL DEFAULT 'new'
        CHECK (state IN ('new', 'accepted', 'rejected', 'retyped')),
    CHECK (start >= 0 AND start < "end")
) STRICT;
CREATE INDEX mentions_document ON mentions(document, start);
CREATE INDEX mentions_entity ON mentions(entity, document, state);

CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT 'hand' CHECK (kind IN ('hand', 'query', 'sample')),
    query TEXT NOT NULL DEFAULT '',
    seed INTEGER,
    created TEXT NOT NULL
) STRICT;

CREATE TABLE collection_documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    UNIQUE (collection, document)
) STRICT;
CREATE INDEX collection_documents_document ON collection_documents(document);

CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    act TEXT NOT NULL,
    coder INTEGER NOT NULL REFERENCES coders(id),
    window TEXT NOT NULL,
    created TEXT NOT NULL,
    undone TEXT
) STRICT;
CREATE INDEX changes_window ON changes(window, id);

CREATE TABLE change_rows (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    change INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    row INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX change_rows_change ON change_rows(change);
CREATE INDEX change_rows_row ON change_rows(place, row);

CREATE TABLE vocabulary (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    terms BLOB NOT NULL,
    counts BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE documents_fts USING fts5(
    title, text, content='documents', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO documents_fts(documents_fts, rank) VALUES ('hashsize', 67108864);

CREATE VIRTUAL TABLE names_fts USING fts5(
    body, tokenize="unicode61 remove_diacritics 2"
);
"""
