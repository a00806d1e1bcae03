"""The sixth step of the tables: when the order of the lists has last changed."""

from __future__ import annotations

GENERATION = "lists_generation"
"""Key in ``meta``: a number that is another one whenever a document that is there has
moved in a list or has gone; new documents have larger ids."""

ORDERS_CHANGED = f"""
INSERT INTO meta(key, value) VALUES ('{GENERATION}', '0');
CREATE TRIGGER documents_moved
AFTER UPDATE OF title, source, published, language, words, removed ON documents BEGIN
    UPDATE meta SET value = CAST(value + 1 AS TEXT) WHERE key = '{GENERATION}';
END;
CREATE TRIGGER documents_gone AFTER DELETE ON documents BEGIN
    UPDATE meta SET value = CAST(value + 1 AS TEXT) WHERE key = '{GENERATION}';
END;
"""
"""Whoever holds a whole list in memory can tell by it whether the list is still so."""
