"""Looking after a library: checking it, mending what can be rebuilt, copying it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from store import connections, counters
from store.core import Core
from store.errors import LibraryError, UsageError
from store.search import index
from store.writer import Pen

KEPT_BACKUPS = 10
"""Copies beside the library beyond which the oldest go."""

_FIXED_SQLITE = (3, 51, 3)
"""The first SQLite in which two writers cannot damage the log."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check has to say."""

    level: str
    """``ok``, ``note`` or ``problem``."""
    what: str
    mended: bool = False


def check(
    core: Core,
    *,
    repair: bool = False,
    progress: Callable[[float], None] = lambda share: None,
) -> list[Finding]:
    """Look at the file, the offsets and the indexes; mend indexes if told to.

    Indexes are made anew in pieces, between which others may write; ``progress`` is
    given how much of it is done, 0 to 1.
    """
    reader = core.reader
    findings = _file(reader)
    try:
        findings += [*_offsets(reader), *_counts(reader), *_index(core)]
    except (sqlite3.DatabaseError, LibraryError) as error:
        if all(one.level == "ok" for one in findings):
            raise
        findings.append(Finding("problem", f"File: the rest cannot be read ({error})."))
        repair = False
    if repair and any(map(_can_be_mended, findings)):
        _mend(core, progress, anew=any(map(_is_wrong_index, findings)))
        findings = [replace(one, mended=_can_be_mended(one)) for one in findings]
    findings.append(_version())
    return findings


def _can_be_mended(finding: Finding) -> bool:
    """Indexes and counts are made anew from the rest; the rest is not."""
    return finding.what == _UNFINISHED or (
        finding.level == "problem"
        and finding.what.startswith(("Search index:", "Counts:"))
    )


def _is_wrong_index(finding: Finding) -> bool:
    return finding.level == "problem" and finding.what.startswith("Search index:")


_UNFINISHED = (
    "Search index: words of scripts without blanks are slow to find until older"
    " documents have been read for them; --repair does so at once."
)


def _file(reader: sqlite3.Connection) -> list[Finding]:
    try:
        damage = [
            str(row[0])
            for row in reader.execute("PRAGMA integrity_check(20)")
            if row[0] != "ok"
        ]
        loose = reader.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [Finding("problem", f"File: {error}. Restore the newest backup.")]
    found = [Finding("problem", f"File: {line}") for line in damage]
    found += [
        Finding("problem", f"File: row {row} of {table} points at nothing")
        for table, row, *_ in loose[:20]
    ]
    return found or [Finding("ok", "File: whole.")]


def _offsets(reader: sqlite3.Connection) -> list[Finding]:
    """Every quote and surface must stand where it is said to stand."""
    wrong = 0
    text_of: tuple[int, str] = (0, "")
    for document, start, end, surface in reader.execute(
        'SELECT document, start, "end", exact FROM annotations'
        " WHERE kind = 'span' AND anchor_state IN ('exact', 'moved')"
        ' UNION ALL SELECT document, start, "end", surface FROM mentions'
        " ORDER BY document"
    ):
        if text_of[0] != document:
            text = reader.execute(
                "SELECT text FROM documents WHERE id = ?", [document]
            ).fetchone()[0]
            text_of = (document, text)
        wrong += text_of[1][start:end] != surface
    if wrong:
        return [Finding("problem", f"Offsets: {wrong} do not hold their words.")]
    return [Finding("ok", "Offsets: every quotation and mention stands in its place.")]


def _counts(reader: sqlite3.Connection) -> list[Finding]:
    (wrong,) = reader.execute(
        "SELECT count(*) FROM (SELECT r.id FROM entities r"
        " LEFT JOIN entities e ON coalesce(e.merged_into, e.id) = r.id"
        " LEFT JOIN mentions m ON m.entity = e.id AND m.state <> 'rejected'"
        " AND (SELECT removed FROM documents WHERE id = m.document) IS NULL"
        " WHERE r.merged_into IS NULL GROUP BY r.id"
        " HAVING count(m.id) <> r.mentions OR"
        " count(DISTINCT m.document) <> r.documents)"
    ).fetchone()
    found = [f"wrong for {wrong} entities."] if wrong else []
    found += counters.check(reader)
    if found:
        return [Finding("problem", f"Counts: {sentence}") for sentence in found]
    return [Finding("ok", "Counts: right.")]


def _mend(core: Core, progress: Callable[[float], None], *, anew: bool) -> None:
    """Make the counts, and if need be the indexes, ``anew``; what is only unfinished
    is finished."""
    writer = core.writer
    if anew:
        writer.run(lambda pen: index.start_rebuild(pen.connection), durable=False)
    whole = max(1, index.left(core.reader))
    while writer.run(lambda pen: index.fill(pen.connection), durable=False):
        progress(1 - min(1.0, index.left(core.reader) / whole))
    writer.run(_recount)


def _recount(pen: Pen) -> None:
    from store.derived import refresh_entities

    entities = pen.connection.execute(
        "SELECT id FROM entities WHERE merged_into IS NULL"
    ).fetchall()
    refresh_entities(pen.connection, {id for (id,) in entities})
    counters.repair(pen.connection)


def _index(core: Core) -> list[Finding]:
    """The full-text index can only be asked by whoever may write."""
    if core.read_only:
        return [Finding("note", "Search index: not checked, the library is read-only.")]
    problems = core.writer.run(lambda pen: index.check(pen.connection), durable=False)
    if problems:
        return [Finding("problem", f"Search index: {problem}") for problem in problems]
    if index.left(core.reader):
        return [Finding("note", _UNFINISHED)]
    return [Finding("ok", "Search index: complete.")]


def _version() -> Finding:
    text = f"SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < _FIXED_SQLITE:
        return Finding(
            "note",
            f"{text}: older than 3.51.3, in which two writers can damage the log;"
            " postilla's lock file keeps writers apart, so do not write to the"
            " library with another program while postilla runs.",
        )
    return Finding("ok", f"{text}.")


def backup(core: Core, target: Path, *, force: bool = False) -> Path:
    """Copy the library, also while it is open, to a file that is whole or absent.

    Raises ``UsageError`` for an existing file without ``force``.
    """
    if target.exists() and not force:
        raise UsageError(f"{target} exists; choose another name or use --force.")
    if target.exists() and target.samefile(core.path):
        raise UsageError(f"{target} is the library itself; choose another name.")
    connection = connections.open_for_copy(core.path)
    try:
        _copy(connection, target)
    finally:
        connection.close()
    return target


def back_up_beside(path: Path, connection: sqlite3.Connection, why: str) -> Path:
    """A dated copy in ``LIBRARY.backups/``; the oldest beyond ten are dropped."""
    folder = path.with_name(path.name + ".backups")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"{folder}: no backup can be made there ({error.strerror}), so the"
            " library was left as it is."
        ) from error
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    target = folder / f"{path.stem}-{stamp}-{why}.db"
    _copy(connection, target)
    kept = sorted(folder.glob("*.db"))
    for old in kept[:-KEPT_BACKUPS]:
        old.unlink()
    return target


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    """``VACUUM INTO`` a temporary name beside the target, then rename."""
    part = target.with_name(f".{target.name}.part")
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        os.close(handle)
        connection.execute("VACUUM INTO ?", [str(part)])
        copy = sqlite3.connect(part)
        whole = copy.execute("PRAGMA quick_check").fetchone()[0]
        copy.close()
        if whole != "ok":
            raise LibraryError(f"The copy is not whole: {whole}.")
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}).") from error
    except sqlite3.Error as error:
        raise LibraryError(f"{target}: the copy failed ({error}).") from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
