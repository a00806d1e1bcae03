"""Connections to the library file, made one way only.

Every connection has foreign keys on, a busy timeout, no trust in what the schema
of a foreign file might call, and no memory map. Readers cannot write. Writers and
checkpoints of all processes take turns under ``LIBRARY.lock``: SQLite before
3.51.3 can damage a write-ahead log when two connections write and checkpoint at
one moment, and most machines have an older one.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from store import migrations, seen
from store.errors import LibraryBusy, LibraryError, LibraryReadOnly, PostillaError
from store.schema import APPLICATION_ID

BUSY_SECONDS = 5.0
"""How long a write waits for another program before it says so."""

_POLL_SECONDS = 0.01

_LOG_BYTES = 4_000_000
"""What the log is cut back to when it starts again after a checkpoint."""


def lock_path(library: Path) -> Path:
    """The lock file beside a library."""
    return library.with_name(library.name + ".lock")


def open_reader(path: Path, coder: str | None = None) -> sqlite3.Connection:
    """A connection that can only read. Any thread may close or interrupt it.

    ``coder``: for whom it reads; without one the views of ``store.seen`` are not
    made, which only an up-to-date library has the tables for.
    """
    connection = _connect(path, immutable=not can_write(path) and not _has_log(path))
    if coder is not None:
        seen.install(connection, coder)
        # Pages of a long list are probed here and there: with SQLite's own 2 MB, a
        # filter by tag over a million documents takes twice as long.
        connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA query_only = ON")
    return connection


def open_for_copy(path: Path) -> sqlite3.Connection:
    """A connection for ``VACUUM INTO``, which one that only reads is refused."""
    return _connect(path, immutable=not can_write(path) and not _has_log(path))


def can_write(path: Path) -> bool:
    """Whether this library can be changed from here."""
    return os.access(path.parent, os.W_OK) and (
        not path.exists() or os.access(path, os.W_OK)
    )


def _has_log(path: Path) -> bool:
    return path.with_name(path.name + "-wal").exists()


def open_writer(path: Path) -> sqlite3.Connection:
    """The one connection of this process that writes; the caller keeps it alone."""
    connection = _connect(path)
    # For a new file only. A page holds what is left of a text that fills no page of
    # its own, and in small ones less is left over: a twelfth of the file.
    connection.execute("PRAGMA page_size = 2048")
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        connection.close()
        raise LibraryReadOnly(f"{path}: this disk does not allow a write-ahead log.")
    # Left to itself SQLite would move the log into the file in mid-import, without
    # our lock; the writer does it between transactions.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def _connect(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    # A log cannot be kept in a folder that cannot be written, not even to read;
    # SQLite then reads the file alone if it is told that nobody changes it.
    target = path.absolute().as_uri() + ("?mode=ro&immutable=1" if immutable else "")
    try:
        connection = sqlite3.connect(
            target,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute("PRAGMA temp_store = MEMORY")
        # SQLite's own lower() knows ASCII only.
        connection.create_function("folded", 1, _folded, deterministic=True)
    except sqlite3.Error as error:
        raise worded(path, error) from error
    return connection


def _folded(value: object) -> str:
    return "" if value is None else str(value).casefold()


@contextmanager
def locked(library: Path, seconds: float | None = None) -> Iterator[None]:
    """Hold the library's lock file; raises ``LibraryBusy`` after ``seconds``
    (``BUSY_SECONDS`` unless given)."""
    import fcntl

    try:
        handle = os.open(
            lock_path(library), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
        )
    except OSError as error:
        raise LibraryReadOnly(
            f"{library}: its folder cannot be written, so nothing can be changed."
        ) from error
    try:
        until = time.monotonic() + (BUSY_SECONDS if seconds is None else seconds)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES):
                    raise LibraryReadOnly(
                        f"{library}: this disk does not allow its lock file to be"
                        f" held ({error.strerror}), so nothing can be changed."
                    ) from error
                if time.monotonic() >= until:
                    raise LibraryBusy(
                        f"{library}: another program is writing to it; try again."
                    ) from None
                time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(handle)


def prepare(path: Path, *, create: bool) -> None:
    """Make sure ``path`` is a library of today's form.

    Makes a missing or empty file into one if ``create``; applies missing steps
    after a backup. Raises ``LibraryError`` for anything that is not a library.
    """
    if _is_missing(path):
        if not create:
            raise _no_library(path)
        _create(path)
        return
    connection = open_reader(path)
    try:
        known = _require_library(path, connection)
    except sqlite3.Error as error:
        raise worded(path, error) from error
    finally:
        connection.close()
    if not known:
        # Another window is just making it, or one was killed while it did.
        if not create:
            raise _no_library(path)
        _create(path)
    elif known != migrations.NAMES:
        _migrate(path)


def _is_missing(path: Path) -> bool:
    """No file or an empty one; raises ``LibraryError`` for what can be no library."""
    try:
        if not path.exists():
            return True
        if path.is_dir():
            raise LibraryError(f"{path}: this is a folder, not a library.")
        if not path.is_file():
            raise LibraryError(f"{path}: this is no file, so it is no library.")
        return path.stat().st_size == 0
    except OSError as error:
        raise LibraryError(
            f"{path}: the library cannot be opened ({error.strerror})."
        ) from error


def _no_library(path: Path) -> LibraryError:
    return LibraryError(
        f"{path}: there is no library there. `postilla add` or `postilla open`"
        " makes one."
    )


def _create(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise LibraryReadOnly(
            f"{path}: a library cannot be made there ({error.strerror})."
        ) from error
    with locked(path), _changing(path) as connection:
        known = _require_library(path, connection)
        if known != migrations.NAMES:
            migrations.apply(connection)


@contextmanager
def _changing(path: Path) -> Iterator[sqlite3.Connection]:
    """A writer for the tables themselves, with SQLite's errors in words."""
    try:
        connection = open_writer(path)
        try:
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise worded(path, error) from error


def _require_library(path: Path, connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names of the applied steps, or the reason why this is no library of ours.

    None are applied while a library is being made: a file without tables.
    """
    stamp = connection.execute("PRAGMA application_id").fetchone()[0]
    known = migrations.applied(connection)
    if not known and stamp in (0, APPLICATION_ID) and _is_bare(connection):
        return ()
    if stamp != APPLICATION_ID or not known:
        raise LibraryError(
            f"{path}: this is a database, but not a postilla library; it is left alone."
        )
    if len(known) > len(migrations.NAMES) or known != migrations.NAMES[: len(known)]:
        raise LibraryError(
            f"{path}: this library was made by a newer postilla; update postilla."
        )
    return known


def _is_bare(connection: sqlite3.Connection) -> bool:
    """Whether there is no table but the one that records the steps."""
    row = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE tbl_name <> ?"
        " AND name NOT LIKE 'sqlite#_%' ESCAPE '#'",
        [migrations.TABLE],
    ).fetchone()
    return row is None


def _migrate(path: Path) -> None:
    from store.care import back_up_beside

    if not can_write(path):
        raise LibraryReadOnly(
            f"{path}: this library was made by an older postilla and must be brought"
            " up to date, but it cannot be written."
        )
    with locked(path), _changing(path) as connection:
        if migrations.applied(connection) != migrations.NAMES:
            back_up_beside(path, connection, "before-update")
            migrations.apply(connection)


def worded(path: Path, error: sqlite3.Error) -> PostillaError:
    """What SQLite raised, as an error with a sentence for a person."""
    code = getattr(error, "sqlite_errorname", "")
    kind: type[PostillaError] = LibraryError
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        kind = LibraryBusy
    elif code.startswith("SQLITE_READONLY"):
        kind = LibraryReadOnly
    found = kind(explain(path, error))
    found.__cause__ = error
    return found


def explain(path: Path, error: sqlite3.Error) -> str:
    """One sentence for what SQLite says about a file."""
    text = str(error).lower()
    if "not a database" in text:
        return f"{path}: this is not a postilla library; nothing was changed in it."
    if "malformed" in text or "corrupt" in text:
        return (
            f"{path}: the library is damaged; run `postilla check` and look in"
            f" {path.name}.backups/ for a copy."
        )
    if "unable to open" in text:
        return f"{path}: the library cannot be opened; check that you may read it."
    if "readonly" in text or "read-only" in text:
        return f"{path}: the library cannot be written; check its permissions."
    if "full" in text:
        return f"{path}: the disk is full; free some space and try again."
    if "disk i/o" in text:
        return f"{path}: the disk cannot be read or written; see that it has space."
    if "locked" in text or "busy" in text:
        return f"{path}: another program is using the library; try again."
    return f"{path}: the library answered: {error}."
