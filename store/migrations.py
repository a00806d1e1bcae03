"""The steps from an empty file to today's tables: numbered, never edited.

Each runs in one transaction with its record in ``_sqlite_migrations`` (kept by
sqlite-utils). The names are known without importing sqlite-utils, which costs
as much as the rest of a start, so that opening an up-to-date library is cheap.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from store.schema import APPLICATION_ID, FIRST_TABLES
from store.schema_extract import DECISIONS, FIGURES
from store.schema_lists import LISTS_AT_A_MILLION
from store.schema_orders import ORDERS_CHANGED
from store.schema_search import SEARCH_TABLES
from store.schema_workbench import WORKBENCH_TABLES

if TYPE_CHECKING:
    from sqlite_utils import Database

SET = "postilla"

TABLE = "_sqlite_migrations"
"""Where sqlite-utils records what was applied."""


def m001_first_tables(db: Database) -> None:
    """Everything the first version keeps."""
    for statement in _statements(FIRST_TABLES):
        db.conn.execute(statement)
    db.conn.execute(
        "INSERT INTO meta(key, value) VALUES ('guid', ?), ('memo', '')",
        [str(uuid.uuid4())],
    )


def m002_workbench(db: Database) -> None:
    """Saved queries, document attributes, coders who are done, sizes of samples."""
    for statement in _statements(WORKBENCH_TABLES):
        db.conn.execute(statement)


def m003_search(db: Database) -> None:
    """What finding and listing need at a hundred thousand documents."""
    for script in SEARCH_TABLES:
        for statement in _statements(script):
            db.conn.execute(statement)


def m004_lists(db: Database) -> None:
    """Indexes and counters for lists of a million documents."""
    for statement in _statements(LISTS_AT_A_MILLION):
        db.conn.execute(statement)


def m005_extraction(db: Database) -> None:
    """Figures sorted by value, quotations, and decisions about names."""
    for script in (FIGURES, DECISIONS):
        for statement in _statements(script):
            db.conn.execute(statement)


def m006_orders(db: Database) -> None:
    """When the order of the lists has last changed."""
    for statement in _statements(ORDERS_CHANGED):
        db.conn.execute(statement)


STEPS: tuple[tuple[str, Callable[[Database], None]], ...] = (
    ("0001_first_tables", m001_first_tables),
    ("0002_workbench", m002_workbench),
    ("0003_search", m003_search),
    ("0004_lists", m004_lists),
    ("0005_extraction", m005_extraction),
    ("0006_orders", m006_orders),
)
"""Name and function of each step, in order."""

NAMES = tuple(name for name, _ in STEPS)


def applied(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names of the steps this file has been through."""
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [TABLE]
    ).fetchone()
    if known is None:
        return ()
    rows = connection.execute(
        f"SELECT name FROM {TABLE} WHERE migration_set = ? ORDER BY id",
        [SET],
    )
    return tuple(name for (name,) in rows)


def apply(connection: sqlite3.Connection) -> None:
    """Bring the file up to date; the caller holds the library's lock."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations(SET)
    for name, step in STEPS:
        migrations(name=name)(step)
    db = Database(connection, execute_plugins=False)
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(db)
    db.conn.execute(f"PRAGMA user_version = {len(STEPS)}")


def _statements(script: str) -> list[str]:
    """The script cut into statements: ``executescript`` would commit by itself."""
    statements, current = [], ""
    for piece in script.split(";"):
        current += piece + ";"
        if sqlite3.complete_statement(current):
            if current.strip(" \n;"):
                statements.append(current.strip())
            current = ""
    return statements
