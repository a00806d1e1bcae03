"""A library in memory for the tests of counting, filled row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import count

from store import migrations, seen


class Shelf:
    """Documents, entities and annotations as bare rows; every call gives an id."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        migrations.apply(self.connection)
        self.connection.create_function(
            "folded", 1, lambda text: str(text or "").casefold(), deterministic=True
        )
        seen.install(self.connection, "tester")
        self._number = count(1)
        self.coder = self.insert("coders", name="tester", created="")

    def insert(self, table: str, **values: object) -> int:
        """One row; returns its id."""
        if table != "mentions":
            values["guid"] = f"{table}-{next(self._number)}"
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" for _ in values)
        cursor = self.connection.execute(
            f"INSERT INTO {table}({names}) VALUES ({marks})", list(values.values())
        )
        return int(cursor.lastrowid or 0)

    def document(
        self,
        text: str,
        *,
        title: str = "A title",
        published: str | None = "2026-01-30",
        source: str | None = "Tidings",
        removed: bool = False,
    ) -> int:
        """A document of this text."""
        return self.insert(
            "documents",
            identity=f"test:{next(self._number)}",
            title=title,
            source=source,
            published=published,
            language="en",
            words=len(text.split()),
            added="",
            text_sha256="",
            removed="2026-02-01" if removed else None,
            text=text,
        )

    def entity(
        self, name: str, type: str = "PER", *, merged_into: int | None = None
    ) -> int:
        """An entity; counters are brought up by :meth:`recount`."""
        return self.insert(
            "entities", name=name, type=type, merged_into=merged_into, created=""
        )

    def mention(
        self, document: int, entity: int, start: int, end: int, state: str = "new"
    ) -> int:
        """A place where a document names an entity."""
        return self.insert(
            "mentions",
            document=document,
            entity=entity,
            start=start,
            end=end,
            surface="x",
            type="PER",
            extractor="test",
            state=state,
        )

    def says(self, document: int, text: str, *entities: tuple[str, int]) -> None:
        """Mentions of entities wherever their words stand in the text."""
        for words, entity in entities:
            at = text.find(words)
            while at >= 0:
                self.mention(document, entity, at, at + len(words))
                at = text.find(words, at + 1)

    def recount(self) -> None:
        """Counters of entities, as every act keeps them."""
        self.connection.execute("""
            UPDATE entities SET (mentions, documents) = (
                SELECT count(*), count(DISTINCT m.document) FROM mentions m
                JOIN documents d ON d.id = m.document
                JOIN entities o ON o.id = m.entity
                WHERE m.state <> 'rejected' AND d.removed IS NULL
                AND coalesce(o.merged_into, o.id) = entities.id)
        """)

    def tag(self, name: str, parent: int | None = None) -> int:
        """A tag."""
        return self.insert(
            "tags", name=name, folded=name.casefold(), parent=parent, created=""
        )

    def annotate(
        self,
        document: int,
        tags: Sequence[int] = (),
        start: int | None = None,
        end: int | None = None,
        *,
        created: str = "2026-03-01T12:00:00Z",
        anchor_state: str = "exact",
        deleted: bool = False,
    ) -> int:
        """An annotation of a passage, or of the whole document."""
        annotation = self.insert(
            "annotations",
            kind="document" if start is None else "span",
            document=document,
            start=start,
            end=end,
            revision=1,
            coder=self.coder,
            created=created,
            modified=created,
            anchor_state=anchor_state,
            deleted="2026-03-02" if deleted else None,
        )
        for tag in tags:
            self.insert(
                "annotation_tags",
                annotation=annotation,
                tag=tag,
                coder=self.coder,
                created="",
            )
        return annotation
