"""The tables that the second migration adds: what coding and asking need.

Never edited: what changes later is a new migration beside this one.
"""

from __future__ import annotations

WORKBENCH_TABLES = """
CREATE TABLE queries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('annotations', 'documents', 'search')),
    name TEXT NOT NULL CHECK (name <> ''),
    expression TEXT NOT NULL,
    created TEXT NOT NULL,
    UNIQUE (kind, name)
) STRICT;

CREATE TABLE attributes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('choice', 'scale', 'yesno', 'text')),
    choices TEXT NOT NULL DEFAULT '[]',
    definition TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    created TEXT NOT NULL
) STRICT;

CREATE TABLE attribute_values (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    attribute INTEGER NOT NULL REFERENCES attributes(id),
    coder INTEGER NOT NULL REFERENCES coders(id),
    value TEXT NOT NULL,
    created TEXT NOT NULL,
    modified TEXT NOT NULL,
    UNIQUE (document, attribute, coder)
) STRICT;
CREATE INDEX attribute_values_attribute ON attribute_values(attribute, document);

CREATE TABLE coding_done (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    coder INTEGER NOT NULL REFERENCES coders(id),
    created TEXT NOT NULL,
    UNIQUE (document, coder)
) STRICT;
CREATE INDEX coding_done_coder ON coding_done(coder);

CREATE INDEX mentions_speaker ON mentions(speaker) WHERE speaker IS NOT NULL;

ALTER TABLE collections ADD COLUMN size INTEGER;
"""
