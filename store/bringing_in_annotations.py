"""Annotations of another library, taken into this one as one act.

The same annotation (by its guid) is kept if it says the same, replaced if the file's
is the newer, and else left as it is and named. A passage is held against the text
here and found again where the text has changed.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections import Counter
from datetime import datetime
from typing import Any

from store.acts import Act
from store.anchors import Anchor, anchor, find_again
from store.bringing_in_documents import DocumentTaker, Local
from store.bringing_in_fields import CoderRecord
from store.bringing_in_records import AnnotationRecord, Bundle
from store.bringing_in_report import Report
from store.bringing_in_tags import TagTaker, clause
from store.errors import UsageError

_EXISTING = """
SELECT id, document, kind, start, "end", exact, note, modified, deleted
FROM annotations WHERE guid = ?
"""
_TAGGINGS = "SELECT id, tag, coder FROM annotation_tags WHERE annotation = ?"


class AnnotationTaker:
    """Takes the annotations of a file, inside one act."""

    def __init__(self, act: Act, bundle: Bundle) -> None:
        self._act = act
        self._bundle = bundle
        self._coders: dict[str, int] = {}
        self._said = {coder.guid: coder for coder in bundle.coders}
        self._documents = DocumentTaker(act.connection, act.now)
        self._tags = TagTaker(act)
        self._counts: Counter[str] = Counter()
        self._remarks: list[str] = []

    def take(self) -> Report:
        """Take everything that can be, and say what was done."""
        self._tags.take(self._bundle.tags)
        for line, reason in self._tags.problems:
            self._bundle.problem(line, reason)
        self._documents.take(self._bundle.documents)
        for record in self._bundle.annotations:
            local = self._documents.local(record.document)
            if local is None:
                self._bundle.problem(
                    record.line, "its document is neither in the file nor here"
                )
            elif local.removed:
                self._bundle.problem(
                    record.line, "its document was removed here; restore it first"
                )
            else:
                self._take(record, local)
        return self._report()

    def _report(self) -> Report:
        dropped = list(self._bundle.problems)
        if self._bundle.unsaid:
            dropped.append(f"{self._bundle.unsaid:,} more lines could not be taken")
        remarks = self._tags.remarks + self._documents.remarks + self._remarks
        return Report(
            taken=self._counts["taken"],
            changed=self._counts["changed"],
            unchanged=self._counts["unchanged"],
            kept=self._counts["kept"],
            dropped=tuple(dropped),
            documents_added=self._documents.added,
            tags_added=self._tags.added,
            moved=self._counts["moved"],
            proposed=self._counts["proposed"],
            orphans=self._counts["orphan"],
            remarks=tuple(remarks),
        )

    def _take(self, record: AnnotationRecord, local: Local) -> None:
        place, newly = self._anchored(record, local)
        values = {
            "kind": record.kind,
            "document": local.id,
            **_columns(place),
            "note": record.note,
        }
        wanted = self._taggings(record)
        row = self._act.connection.execute(_EXISTING, [record.guid]).fetchone()
        if row is None:
            self._insert(record, local, values, wanted)
            outcome = "taken"
        else:
            outcome = self._meet(record, local, values, wanted, row)
        if newly and outcome in ("taken", "changed"):
            self._counts[newly] += 1
        self._counts[outcome] += 1

    def _meet(
        self,
        record: AnnotationRecord,
        local: Local,
        values: dict[str, Any],
        wanted: dict[tuple[int, int], dict[str, Any]],
        row: tuple[Any, ...],
    ) -> str:
        """Decide between the file's annotation and the one that is here."""
        id, document, kind, start, end, exact, note, modified, deleted = row
        newest = max(_moment(modified), _moment(deleted or modified))
        newer = _moment(record.modified) > newest
        here = (document, kind, start, end, exact, note)
        names = ("document", "kind", "start", "end", "exact", "note")
        tags = set(self._act.connection.execute(_TAGGINGS, [id]).fetchall())
        same = here == tuple(values[name] for name in names) and {
            (tag, coder) for _, tag, coder in tags
        } == set(wanted)
        if same and deleted is None:
            return "unchanged"
        if not newer:
            what = "was deleted here" if deleted else "says something else here"
            self._remarks.append(
                f"line {record.line}: the annotation {record.guid[:8]} {what}, and"
                " the file's is not newer; it is left as it is"
            )
            return "kept"
        state = {"deleted": None, "modified": record.modified}
        self._act.update(
            "annotations", id, {**values, **state, "revision": _revision(record, local)}
        )
        for tagging, tag, coder in sorted(tags):
            if (tag, coder) not in wanted:
                self._act.delete("annotation_tags", tagging)
        present = {(tag, coder) for _, tag, coder in tags}
        for pair in wanted.keys() - present:
            self._insert_tagging(id, pair, wanted[pair])
        return "changed"

    def _insert(
        self,
        record: AnnotationRecord,
        local: Local,
        values: dict[str, Any],
        wanted: dict[tuple[int, int], dict[str, Any]],
    ) -> None:
        new = self._act.insert(
            "annotations",
            {
                **values,
                "guid": record.guid,
                "revision": _revision(record, local),
                "coder": self._coder(record.coder),
                "created": record.created,
                "modified": record.modified,
            },
        )
        for pair, said in wanted.items():
            self._insert_tagging(new, pair, said)

    def _insert_tagging(
        self, annotation: int, pair: tuple[int, int], said: dict[str, Any]
    ) -> None:
        taken = self._act.connection.execute(
            "SELECT 1 FROM annotation_tags WHERE guid = ?", [said["guid"]]
        ).fetchone()
        guid = str(uuid.uuid4()) if taken else said["guid"]
        tag, coder = pair
        self._act.insert(
            "annotation_tags",
            {
                "guid": guid,
                "annotation": annotation,
                "tag": tag,
                "coder": coder,
                "created": said["created"],
            },
        )

    def _taggings(
        self, record: AnnotationRecord
    ) -> dict[tuple[int, int], dict[str, Any]]:
        """The tags an annotation bears, by tag and coder of this library."""
        wanted: dict[tuple[int, int], dict[str, Any]] = {}
        for tagging in record.taggings:
            try:
                tag = self._tags.tag(tagging.tag, tagging.path)
            except UsageError as error:
                self._remarks.append(
                    f"line {record.line}: a tag is left: {clause(error)}"
                )
                continue
            pair = (tag, self._coder(tagging.coder))
            wanted.setdefault(pair, {"guid": tagging.guid, "created": tagging.created})
        return wanted

    def _coder(self, named: CoderRecord) -> int:
        """The coder of this guid or, failing that, of this name; made if new."""
        found = self._coders.get(named.guid)
        if found is None:
            found = self._coders[named.guid] = _coder_row(
                self._act.connection, self._said.get(named.guid, named), self._act.now
            )
        return found

    def _anchored(
        self, record: AnnotationRecord, local: Local
    ) -> tuple[Anchor | None, str]:
        """Where the passage stands here, and its state if it had to be found."""
        if record.start is None or record.end is None:
            return None, ""
        old = Anchor(
            record.start,
            record.end,
            record.quote,
            record.before,
            record.after,
            record.anchor_state,
        )
        text = self._documents.text(local.id)
        lost = old.state in ("proposed", "orphan")
        if local.file_text == text and lost:
            return old, ""
        if not lost and text[old.start : old.end] == old.exact:
            before = text[max(0, old.start - len(old.prefix)) : old.start]
            after = text[old.end : old.end + len(old.suffix)]
            if (before, after) == (old.prefix, old.suffix):
                return old, ""
            if local.file_text == text:
                return anchor(text, old.start, old.end), ""
        found = find_again(old, local.file_text or "", text)
        return found, "" if found.state == "exact" else found.state


def _columns(place: Anchor | None) -> dict[str, Any]:
    if place is None:
        return {
            "start": None,
            "end": None,
            "exact": "",
            "prefix": "",
            "suffix": "",
            "anchor_state": "exact",
        }
    return {
        "start": place.start,
        "end": place.end,
        "exact": place.exact,
        "prefix": place.prefix,
        "suffix": place.suffix,
        "anchor_state": place.state,
    }


def _revision(record: AnnotationRecord, local: Local) -> int:
    """The revision an annotation is anchored to, in the count of this library."""
    return record.revision if local.file_revision == local.revision else local.revision


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _coder_row(connection: sqlite3.Connection, coder: CoderRecord, now: str) -> int:
    for column, value in (("guid", coder.guid), ("name", coder.name)):
        row = connection.execute(
            f"SELECT id FROM coders WHERE {column} = ?", [value]
        ).fetchone()
        if row is not None:
            return int(row[0])
    cursor = connection.execute(
        "INSERT INTO coders(guid, name, created) VALUES (?, ?, ?)",
        [coder.guid, coder.name, coder.created or now],
    )
    return int(cursor.lastrowid or 0)
