"""From found mentions to stored ones: extraction over the documents of a library.

The extractor only says what stands where. Here a found name is looked up among
the aliases of the library, so that what a person merged, retyped or rejected
holds for every later document; what was decided about a mention is kept when its
document is extracted again.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from store import decided, derived, extracting, served
from store.core import Core
from store.extract import plugins
from store.extract.plugins import BUILT_IN
from store.extracting import ExtractProgress
from store.measures import measure
from store.model import LITERAL_TYPES, Found
from store.writer import Pen

__all__ = [
    "ExtractProgress",
    "extract_documents",
    "find_documents",
    "pending",
    "store",
    "untried",
]

_PENDING = """
SELECT id FROM documents WHERE extractor IS NULL AND removed IS NULL
UNION SELECT id FROM documents
WHERE extractor >= :failed AND extractor < :above AND removed IS NULL ORDER BY id
"""

_UNTRIED = """
SELECT id FROM documents WHERE extractor IS NULL AND removed IS NULL
UNION SELECT id FROM documents
WHERE extractor >= :failed AND extractor < :above AND extractor <> :now
AND removed IS NULL ORDER BY id
"""

_TRIED = "SELECT 1 FROM documents WHERE extractor >= :failed AND extractor < :above"

_FAILED = """
UPDATE documents SET extractor = :by WHERE id = :document AND revision = :revision
AND (extractor IS NULL OR (extractor >= :failed AND extractor < :above))
"""

_SPELL = """
UPDATE entities SET name = ? WHERE id = ? AND state = 'new'
AND name = upper(name) AND upper(name) = upper(?)
"""

_INSERT = """
INSERT INTO mentions(id, document, start, "end", surface, type, value, entity,
    extractor, confidence, speaker, number, unit)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def pending(core: Core) -> list[int]:
    """Documents from which no entities were taken yet, also those that failed."""
    return [id for (id,) in core.reader.execute(_PENDING, served.FAILURES)]


def untried(core: Core, extractor: str = BUILT_IN) -> list[int]:
    """Those of them on which the extractor, as it is now, has not failed before.

    Raises ``NotFound`` and ``UsageError`` for one that cannot be had.
    """
    if core.reader.execute(_TRIED, served.FAILURES).fetchone() is None:
        return pending(core)
    now = served.failed(plugins.chosen(extractor).name)
    rows = core.reader.execute(_UNTRIED, served.FAILURES | {"now": now})
    return [id for (id,) in rows]


Mentions = Sequence[tuple[int, list[Found]]]
"""Documents with what was found in each."""


def extract_documents(
    core: Core,
    ids: Sequence[int],
    *,
    jobs: int = 1,
    extractor: str = BUILT_IN,
    before: Callable[[ExtractProgress, Mentions], None] | None = None,
) -> Iterator[ExtractProgress]:
    """Find the entities of these documents; may be stopped between chunks.

    With ``jobs`` above 1 the finding is done by that many processes and this one
    only writes, so that a screen beside it stays quick. ``before`` is shown what was
    found before it is written. A document on which the extractor fails stays as it
    is; see :func:`untried`. Raises ``NotFound`` and ``UsageError`` for an extractor
    that cannot be had.
    """
    for step, chunk, answer in extracting.steps(
        core, ids, jobs=jobs, extractor=extractor
    ):
        found = chunk.found(answer)
        if before is not None:
            before(step, [(id, some) for id, _, some in found])
        failed = chunk.failed(answer)

        def write(
            pen: Pen,
            found: Sequence[tuple[int, int, list[Found]]] = found,
            failed: Sequence[tuple[int, int]] = failed,
            by: str = answer.extractor,
        ) -> None:
            store(pen, _still_so(pen.connection, found), by, core.now())
            _keep_failed(pen.connection, failed, by)

        core.writer.run(write, durable=False)
        yield step


def find_documents(
    core: Core, ids: Sequence[int], *, jobs: int = 1, extractor: str = BUILT_IN
) -> Iterator[tuple[ExtractProgress, Mentions]]:
    """What :func:`extract_documents` finds, chunk by chunk, without writing it."""
    for step, chunk, answer in extracting.steps(
        core, ids, jobs=jobs, extractor=extractor
    ):
        yield step, [(id, some) for id, _, some in chunk.found(answer)]


def _still_so(
    connection: sqlite3.Connection, found: Sequence[tuple[int, int, list[Found]]]
) -> list[tuple[int, list[Found]]]:
    """What was found in texts that are still there and still the same.

    Finding takes long, and another window may have added or removed since; what has
    changed stays pending.
    """
    out = []
    for document, revision, mentions in found:
        row = connection.execute(
            "SELECT 1 FROM documents WHERE id = ? AND revision = ? AND removed IS NULL",
            [document, revision],
        ).fetchone()
        if row:
            out.append((document, mentions))
    return out


def _keep_failed(
    connection: sqlite3.Connection, failed: Sequence[tuple[int, int]], by: str
) -> None:
    """Remember on which documents this extractor has failed, so that it is not asked
    again for nothing; what another one has found there before stays."""
    connection.executemany(
        _FAILED,
        [
            served.FAILURES
            | {"by": served.failed(by), "document": document, "revision": revision}
            for document, revision in failed
        ],
    )


Place = tuple[int, int]
"""Start and end of a mention in its text."""


def store(
    pen: Pen, found: Sequence[tuple[int, list[Found]]], extractor: str, now: str
) -> None:
    """Write the mentions of some documents, inside the writer's transaction."""
    namer = _Namer(pen.connection, now)
    recount: set[int] = set()
    for document, mentions in found:
        ids = decided.known_ids(pen.connection, document)
        recount |= _forget(pen.connection, document)
        kept = _decisions(pen.connection, document)
        fresh = decided.fresh(pen.connection, document, mentions)
        entities = [namer.entity(one) for one in fresh]
        named = Counter(entity for entity in entities if entity is not None)
        speakers = kept | {
            (one.start, one.end): entity
            for one, entity in zip(fresh, entities, strict=True)
            if one.type != "QUOTE"
        }
        rows = [
            (
                ids.pop((one.start, one.end, one.type), None),
                *_row(document, one, entity, extractor, speakers),
            )
            for one, entity in zip(fresh, entities, strict=True)
        ]
        pen.connection.executemany(_INSERT, rows)
        namer.count(named)
        pen.connection.execute(
            "UPDATE documents SET extractor = ? WHERE id = ?", [extractor, document]
        )
    for entity in namer.changed:
        derived.index_entity(pen.connection, entity)
    if recount:
        derived.refresh_entities(pen.connection, recount)


def _row(
    document: int,
    one: Found,
    entity: int | None,
    extractor: str,
    speakers: Mapping[Place, int | None],
) -> tuple[object, ...]:
    value = None if one.value is None else json.dumps(one.value, ensure_ascii=False)
    number, unit = measure(one.type, one.value)
    return (
        document,
        one.start,
        one.end,
        one.surface,
        one.type,
        value,
        entity,
        extractor,
        one.confidence,
        None if one.speaker is None else speakers.get(one.speaker),
        number,
        unit,
    )


def _forget(connection: sqlite3.Connection, document: int) -> set[int]:
    """Drop what an earlier extraction found here and nobody decided about."""
    rows = connection.execute(
        "SELECT DISTINCT entity FROM mentions WHERE document = ?", [document]
    ).fetchall()
    if rows:
        connection.execute(
            "DELETE FROM mentions WHERE document = ? AND state = 'new'", [document]
        )
    return {entity for (entity,) in rows if entity is not None}


def _decisions(
    connection: sqlite3.Connection, document: int
) -> dict[Place, int | None]:
    """Places about which a person decided, which stay as they are, with the entity
    that stands there: ``None`` where the mention was rejected."""
    rows = connection.execute(
        "SELECT start, \"end\", CASE WHEN state <> 'rejected' THEN entity END"
        " FROM mentions WHERE document = ? AND state <> 'new'",
        [document],
    )
    return {(start, end): entity for start, end, entity in rows}


class _Namer:
    """Finds or makes the entity of a found name, with what is known remembered."""

    def __init__(self, connection: sqlite3.Connection, now: str) -> None:
        self._connection = connection
        self._now = now
        self._known: dict[tuple[str, str], int] = {}
        self._roots: dict[int, int] = {}
        self.changed: set[int] = set()

    def entity(self, found: Found) -> int | None:
        """The entity of a mention; dates, sums and quotations have none."""
        if found.type in LITERAL_TYPES or found.type == "QUOTE":
            return None
        name = " ".join(found.surface.split())
        key = (name, found.type)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._look_up(name, found.type)
        return known

    def _look_up(self, name: str, type: str) -> int:
        from store.aliases import same_form

        form = same_form(name)
        known = decided.entity_of(self._connection, name, form, type)
        if known is None:
            return self._make(name, form, type)
        entity, same = known
        if not same:
            self._add_alias(entity, name, form, type)
            if not name.isupper():  # MILANO at the head of a report is Milano
                self._connection.execute(_SPELL, [name, entity, name])
        return entity

    def _make(self, name: str, form: str, type: str) -> int:
        cursor = self._connection.execute(
            "INSERT INTO entities(guid, name, type, created) VALUES (?, ?, ?, ?)",
            [str(uuid.uuid4()), name, type, self._now],
        )
        entity = int(cursor.lastrowid or 0)
        self._add_alias(entity, name, form, type)
        return entity

    def _add_alias(self, entity: int, name: str, form: str, type: str) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO aliases(entity, name, form, type)"
            " VALUES (?, ?, ?, ?)",
            [entity, name, form, type],
        )
        self.changed.add(self._root(entity))

    def count(self, named: Counter[int]) -> None:
        """Add a document's mentions to the counters of the entities it names."""
        by_root: Counter[int] = Counter()
        for entity, times in named.items():
            by_root[self._root(entity)] += times
        self._connection.executemany(
            "UPDATE entities SET mentions = mentions + ?, documents = documents + 1"
            " WHERE id = ?",
            [(times, entity) for entity, times in by_root.items()],
        )

    def _root(self, entity: int) -> int:
        root = self._roots.get(entity)
        if root is None:
            row = self._connection.execute(
                "SELECT merged_into FROM entities WHERE id = ?", [entity]
            ).fetchone()
            root = self._roots[entity] = int(row[0] or entity)
        return root
