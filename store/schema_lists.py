"""The fourth step of the tables: what lists and counts need at a million rows."""

from __future__ import annotations

LISTS_AT_A_MILLION = """
CREATE INDEX documents_added
    ON documents(id, published, source, language, words, starred, read)
    WHERE removed IS NULL;
DROP INDEX documents_starred;
CREATE INDEX documents_starred
    ON documents(
        starred, published, id, source, language, words, title COLLATE NOCASE)
    WHERE removed IS NULL AND starred = 1;
DROP INDEX mentions_document;
CREATE INDEX mentions_document ON mentions(document, start, entity, state);
DROP INDEX annotations_document;
CREATE INDEX annotations_document ON annotations(document, start, coder)
    WHERE deleted IS NULL;
"""
"""Indexes and counters of the lists of documents and of the counts beside hits.

Of a document with its text one or two fill a page of the file, so that a walk from
one to the next reads them all; the first index holds what lists and counts ask for,
in a hundredth of the room. The others hold, behind what they already did, what is
asked for with it, and need no look at the row.
"""
