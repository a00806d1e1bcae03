"""Extracting again: what would change, counted before it is changed.

Only counts and the first examples are kept, so that a library of any size passes
through; the finding is that of ``store.naming``, with as many processes. What is
stopped halfway is gone on with from where it came to.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from store import decided, naming, served
from store.core import Core
from store.extract.plugins import BUILT_IN
from store.model import NAME_TYPES, Found
from store.naming import ExtractProgress

_EXAMPLES = 5
"""Of each kind of change."""

_STOPPED_AT = "extracting again came to"
"""In ``meta``: the id of the last document that was done, while others are to do."""

_STORED = """
SELECT m.start, m."end", m.type, m.surface, m.state, coalesce(r.state, 'new'), r.id,
    m.value, m.speaker IS NOT NULL
FROM mentions m LEFT JOIN entities e ON e.id = m.entity
LEFT JOIN entities r ON r.id = coalesce(e.merged_into, e.id)
WHERE m.document = ?
"""

_ROOT = """
SELECT r.id, r.state FROM entities e
JOIN entities r ON r.id = coalesce(e.merged_into, e.id) WHERE e.id = ?
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One mention that changes: its type until now and from then on."""

    document: int
    start: int
    end: int
    surface: str
    was: str | None
    type: str | None


@dataclass(slots=True)
class Tally:
    """What an extraction changes, counted by type as it goes through the documents."""

    documents: int = 0
    same: int = 0
    new: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    other_type: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By the type until now and the one from then on."""
    other_value: Counter[str] = field(default_factory=Counter)
    """Literals of another value, quotations of which a speaker was found or is not."""
    served: Counter[str] = field(default_factory=Counter)
    """Documents by what serves them, in words."""
    decided: Counter[str] = field(default_factory=Counter)
    """What an extractor sees otherwise or not, and stays because a person said so."""
    examples: dict[str, list[Example]] = field(
        default_factory=lambda: {"new": [], "gone": [], "other_type": []}
    )

    failed: int = 0
    """Documents on which the extractor fails; they stay as they are."""
    failures: tuple[tuple[int, str], ...] = ()
    """The first of them, each with the reason."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes at all."""
        return not (self.new or self.gone or self.other_type or self.other_value)

    def take(
        self,
        connection: sqlite3.Connection,
        step: ExtractProgress,
        found: naming.Mentions,
    ) -> None:
        """Count what is other in some documents, and on how many it failed so far."""
        self.failed, self.failures = step.failed, step.failures
        for document, mentions in found:
            self.compare(connection, document, mentions)
            self.served[served.of_language(connection, document, step.extractor)] += 1

    def compare(
        self, connection: sqlite3.Connection, document: int, found: Sequence[Found]
    ) -> None:
        """Count what is other in one document than it is stored."""
        stored: dict[tuple[int, int, bool], _Stored] = {}
        self.documents += 1
        for start, end, *rest in connection.execute(_STORED, [document]):
            one = _Stored(*rest)
            if one.state != "new":
                self.decided[one.type] += 1
            else:
                stored[start, end, one.type == "QUOTE"] = one
        for new in decided.fresh(connection, document, found):
            old = stored.pop((new.start, new.end, new.type == "QUOTE"), None)
            self._count(connection, document, new, old)
        for (start, end, _), old in stored.items():
            if old.entity_state != "rejected":
                self.gone[old.type] += 1
                self._show("gone", document, start, end, old.surface, old.type, None)

    def _count(
        self,
        connection: sqlite3.Connection,
        document: int,
        new: Found,
        old: _Stored | None,
    ) -> None:
        was = None if old is None else old.type
        if old is not None and was == new.type:
            if _says_the_same(old, new):
                self.same += 1
            else:
                self.other_value[new.type] += 1
            return
        entity, state = _meant(connection, new)
        if state == "rejected" or (old and state != "new" and entity == old.entity):
            self.decided[new.type] += 1
            return
        if was is None:
            self.new[new.type] += 1
        else:
            self.other_type[was, new.type] += 1
        kind = "new" if was is None else "other_type"
        self._show(kind, document, new.start, new.end, new.surface, was, new.type)

    def _show(
        self,
        kind: str,
        document: int,
        start: int,
        end: int,
        surface: str,
        was: str | None,
        type: str | None,
    ) -> None:
        if len(self.examples[kind]) < _EXAMPLES:
            one = Example(document, start, end, surface, was, type)
            self.examples[kind].append(one)


@dataclass(frozen=True, slots=True)
class _Stored:
    """A mention as it is in the library."""

    type: str
    surface: str
    state: str
    entity_state: str
    entity: int | None
    value: str | None
    has_speaker: int


def _says_the_same(old: _Stored, new: Found) -> bool:
    value = None if old.value is None else json.loads(old.value)
    return value == new.value and bool(old.has_speaker) == (new.speaker is not None)


def _meant(connection: sqlite3.Connection, found: Found) -> tuple[int | None, str]:
    """The entity that a found name would mean, after merges, and its state."""
    from store.aliases import same_form

    if found.type not in NAME_TYPES:
        return None, "new"
    name = " ".join(found.surface.split())
    known = decided.entity_of(connection, name, same_form(name), found.type)
    if known is None:
        return None, "new"
    entity, state = connection.execute(_ROOT, [known[0]]).fetchone()
    return int(entity), str(state)


def all_documents(core: Core, after: int = 0) -> array[int]:
    """Documents that are not removed, above an id, in the order of ids."""
    rows = core.reader.execute(
        "SELECT id FROM documents WHERE removed IS NULL AND id > ? ORDER BY id", [after]
    )
    return array("q", (id for (id,) in rows))


def preview(
    core: Core,
    ids: Sequence[int],
    tally: Tally,
    *,
    jobs: int = 1,
    extractor: str = BUILT_IN,
) -> Iterator[ExtractProgress]:
    """Count into ``tally`` what extracting these documents would change, and change
    nothing; may be stopped at any step."""
    for step, found in naming.find_documents(core, ids, jobs=jobs, extractor=extractor):
        tally.take(core.reader, step, found)
        yield step


def extract(
    core: Core,
    ids: Sequence[int],
    tally: Tally,
    *,
    jobs: int = 1,
    extractor: str = BUILT_IN,
) -> Iterator[ExtractProgress]:
    """Extract these documents and count into ``tally`` what changes."""

    def count(step: ExtractProgress, found: naming.Mentions) -> None:
        tally.take(core.reader, step, found)

    return naming.extract_documents(
        core, ids, jobs=jobs, extractor=extractor, before=count
    )


def extract_again(
    core: Core,
    tally: Tally,
    *,
    jobs: int = 1,
    after: int = 0,
    extractor: str = BUILT_IN,
) -> Iterator[ExtractProgress]:
    """Extract every document above an id, and count into ``tally`` what changes.

    May be stopped between steps: :func:`stopped_at` then says where to go on.
    """
    ids = all_documents(core, after)
    _came_to(core, after)
    for step in extract(core, ids, tally, jobs=jobs, extractor=extractor):
        _came_to(core, ids[step.done - 1])
        yield step
    _came_to(core, None)


def stopped_at(core: Core) -> int | None:
    """After which document an extraction of all was stopped; ``None`` if none was."""
    row = core.reader.execute(
        "SELECT value FROM meta WHERE key = ?", [_STOPPED_AT]
    ).fetchone()
    return None if row is None else int(row[0])


def _came_to(core: Core, document: int | None) -> None:
    """Remember the last document that was done; nothing when all are."""

    def write(connection: sqlite3.Connection) -> None:
        if document is None:
            connection.execute("DELETE FROM meta WHERE key = ?", [_STOPPED_AT])
        else:
            connection.execute(
                "INSERT INTO meta(key, value) VALUES (?, ?)"
                " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                [_STOPPED_AT, str(document)],
            )

    core.writer.run(lambda pen: write(pen.connection), durable=False)
