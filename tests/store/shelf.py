"""What the tests of the store put into libraries, and how they look at them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from itertools import count
from typing import Any

from store import batches
from store.adding import AddReport
from store.batches import Prepared
from store.library import Library
from store.model import Found, Incoming
from store.naming import store as store_mentions
from store.search import index

MakeLibrary = Callable[..., Library]
"""``make_library(name="library.db", coder="tester")`` opens one more window."""

_numbers = count(1)


def incoming(text: str, title: str = "A title", **fields: Any) -> Incoming:
    """A document as a reader would give it; its identity is new unless given."""
    fields.setdefault("identity", f"test:{next(_numbers)}")
    return Incoming(title=title, text=text, **fields)


def prepared(one: Incoming) -> Prepared:
    """The same, ready for a batch."""
    digest = hashlib.sha256(one.text.encode()).hexdigest()
    return Prepared(one, str(uuid.uuid4()), len(one.text.split()), digest)


def add(
    library: Library, *documents: Incoming, collection: str | None = None
) -> AddReport:
    """Add documents in one batch, without files."""
    report = AddReport()
    ready = [prepared(one) for one in documents]

    def change(pen: Any) -> batches.Counted:
        record = pen.connection.execute(
            "INSERT INTO imports(started, sources) VALUES ('', '[]')"
        ).lastrowid
        now = library.core.now()
        return batches.store(pen, ready, record, collection, now)

    report.count(library.core.writer.run(change, durable=False))
    return report


def add_text(library: Library, text: str, title: str = "A title", **fields: Any) -> int:
    """Add one document; returns its id."""
    one = incoming(text, title, **fields)
    add(library, one)
    row = library.core.reader.execute(
        "SELECT id FROM documents WHERE identity = ?", [one.identity]
    ).fetchone()
    return int(row[0])


def name(
    library: Library, document: int, *surfaces: str, type: str = "ORG"
) -> list[int]:
    """Let an extractor find these names in a document; returns ids of mentions."""
    row = library.core.reader.execute(
        "SELECT text FROM documents WHERE id = ?", [document]
    ).fetchone()
    found = []
    for surface in surfaces:
        start = row[0].index(surface)
        found.append(Found(start, start + len(surface), surface, type))
    library.core.writer.run(
        lambda pen: store_mentions(pen, [(document, found)], "test", library.core.now())
    )
    return [one.id for one in library.entities.mentions(document=document)]


def index_problems(library: Library) -> list[str]:
    """What the indexes have wrong; empty when all is well."""
    return library.core.writer.run(lambda pen: index.check(pen.connection))


def visible(library: Library) -> dict[str, Any]:
    """All that a person would see of annotations, tags, entities and documents."""
    return {
        "documents": [
            (d.id, d.title, d.source, d.published, d.attributes, d.annotations, d.tags)
            for d in library.documents.select(order="added")
        ],
        "annotations": library.annotations.select(),
        "tags": library.codebook.tags(),
        "entities": sorted(library.entities.select(), key=lambda one: one.id),
        "mentions": library.entities.mentions(),
    }
