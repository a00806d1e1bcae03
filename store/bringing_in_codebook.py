"""A codebook from a table: our columns, or those of Taguette.

One tag a row: ``path`` (or ``tag`` or ``name``), and if they are there
``definition`` (or ``description``), ``marker``, ``colour``, ``memo`` and ``guid``. What
a row says of a tag that exists is set; what it leaves empty stays. A guid only says
what a new tag is to have: the path decides which tag is meant.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store import bringing_in_qdc, codebook
from store.acts import Act
from store.bringing_in_report import Report
from store.bringing_in_tags import TagTaker, clause, tag_with_guid
from store.errors import UsageError
from store.export.tables import uncell
from store.ingest import clean

LARGEST = 16_000_000
"""Bytes of a table."""

_NAMES = ("path", "tag", "name")
_FIELDS = {
    "definition": "definition",
    "description": "definition",
    "marker": "marker",
    "colour": "colour",
    "color": "colour",
    "memo": "memo",
    "guid": "guid",
}
_LONGEST = 100_000


def columns(header: str) -> tuple[str, dict[str, int]] | None:
    """The separator of a table and where its columns are, if it is a codebook."""
    for separator in (",", ";", "\t"):
        try:
            names = next(csv.reader([header], delimiter=separator), [])
        except csv.Error:
            continue
        places = {name.strip().lower(): at for at, name in enumerate(names)}
        naming = [name for name in _NAMES if name in places]
        if len(naming) != 1 or "quote" in places:
            continue
        found = {"path": places[naming[0]]}
        found |= {_FIELDS[name]: at for name, at in places.items() if name in _FIELDS}
        return separator, found
    return None


def read(path: Path) -> list[tuple[int, dict[str, str] | str]]:
    """The rows of a codebook with their lines; a row that cannot be read is its reason.

    Raises ``UsageError`` for a file that is no codebook.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(
                f"{path}: this is too large for a codebook; at most {LARGEST:,} bytes."
            )
        text = clean.decode(path.read_bytes()).text
    except OSError as error:
        raise UsageError(f"{path}: this cannot be read ({error.strerror}).") from error
    except clean.Unreadable as error:
        raise UsageError(f"{path}: this is not a table of text.") from error
    text = text.lstrip("\n\r")
    layout = columns(text.split("\n", 1)[0].rstrip("\r"))
    if layout is None:
        raise UsageError(
            f"{path}: the first line names no column path, tag or name, so this is no"
            " codebook."
        )
    return list(_rows(text, *layout))


def take(act: Act, rows: list[tuple[int, dict[str, str] | str]]) -> Report:
    """Make and define the tags of some rows, inside one act."""
    tags = TagTaker(act)
    changed, dropped, remarks = 0, [], []
    for line, row in rows:
        if isinstance(row, str):
            dropped.append(f"line {line}: {row}")
            continue
        try:
            parts = codebook.check_path(row["path"])
        except UsageError as error:
            dropped.append(f"line {line}: {clause(error)}")
            continue
        before = tags.added
        tag = tags.place(parts, guid=_free_guid(act, row.get("guid", "")))
        values, refused = _values(act, tag, row)
        remarks += [f"line {line}: {reason}" for reason in refused]
        written = len(act.changes)
        act.update("tags", tag, values)
        changed += tags.added == before and len(act.changes) > written
    return Report(
        tags_added=tags.added,
        tags_changed=changed,
        dropped=tuple(dropped),
        remarks=tuple(remarks),
    )


def _rows(
    text: str, separator: str, places: dict[str, int]
) -> Iterator[tuple[int, dict[str, str] | str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    next(reader)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, "this row cannot be read"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        row = {
            name: _value(name, clean.tidy(uncell(cells[at]))[0])
            for name, at in places.items()
            if at < len(cells)
        }
        if not row.get("path"):
            yield line, "it names no tag"
        elif max(map(len, row.values())) > _LONGEST:
            yield line, f"a cell is longer than {_LONGEST:,} signs"
        else:
            yield line, row


def _value(name: str, text: str) -> str:
    """Prose as it stands; the rest without outer blanks."""
    if name in ("definition", "memo") and text.strip():
        return text
    return text.strip()


def _free_guid(act: Act, written: str) -> str | None:
    """The guid for a new tag, if it is one and no tag here has it."""
    guid = bringing_in_qdc.guid(written)
    if guid is None or tag_with_guid(act.connection, guid) is not None:
        return None
    return guid


def _values(
    act: Act, tag: int, row: dict[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """What a row sets on a tag, and why the rest of it is not set."""
    values: dict[str, Any] = {
        name: row[name] for name in ("definition", "memo") if row.get(name)
    }
    refused: list[str] = []
    colour, marker = row.get("colour", ""), row.get("marker", "")
    if colour in [str(known) for known in range(codebook.COLOURS)]:
        values["colour"] = int(colour)
    elif colour:
        refused.append(f"a colour is a number from 0 to {codebook.COLOURS - 1}")
    if not marker:
        return values, refused
    holder = act.connection.execute(
        "SELECT name FROM tags WHERE marker = ? AND id <> ?", [marker, tag]
    ).fetchone()
    if len(marker) != 1 or not marker.isalpha():
        refused.append("a marker is one letter")
    elif holder is not None:
        refused.append(f"the marker {marker} belongs to {holder[0]}, which keeps it")
    else:
        values["marker"] = marker
    return values, refused
