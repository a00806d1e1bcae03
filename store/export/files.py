"""Exports as files: whole or not at all, and never over a file unasked."""

from __future__ import annotations

import os
import unicodedata
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from store.errors import UsageError

SLUG_BYTES = 80

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)
"""Names that stand for devices on Windows, with any ending."""


def write(path: Path, parts: Iterable[str], *, force: bool = False) -> None:
    """Write ``parts`` to ``path``: beside it first, and moved there when complete.

    Raises ``UsageError`` for an existing file unless ``force``, and for a place
    that cannot be written; the place is then as it was.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise UsageError(f"{path}: this is a folder; name a file in it.")
    if target.exists() and not target.is_file():
        raise UsageError(f"{path}: this is not an ordinary file; name another.")
    if target.exists() and not force:
        raise _exists(path)
    beside = target.with_name(f".postilla-{uuid.uuid4().hex[:12]}.tmp")
    try:
        _fill(beside, parts)
        _move(beside, target, path, force=force)
    except OSError as error:
        reason = error.strerror or "input or output error"
        raise UsageError(f"{path}: this cannot be written ({reason}).") from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _fill(path: Path, parts: Iterable[str]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    handle = os.open(path, flags, 0o666)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        for part in parts:
            out.write(part)
        out.flush()
        os.fsync(out.fileno())


def _move(beside: Path, target: Path, path: Path, *, force: bool) -> None:
    if force:
        beside.replace(target)
    else:
        # A link is refused where a file has appeared meanwhile; a move is not.
        try:
            os.link(beside, target)
        except FileExistsError:
            raise _exists(path) from None
        except OSError:  # disks without links
            if target.exists():
                raise _exists(path) from None
            beside.replace(target)
    with suppress(OSError):
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _exists(path: Path) -> UsageError:
    return UsageError(f"{path}: there is a file already; --force writes over it.")


def file_slug(title: str) -> str:
    """A title as the name of a file, without its ending.

    At most 80 bytes, no separators, signs that a system forbids, controls or
    leading dot, none of the names that mean a device, and never empty.
    """
    kept = [
        sign
        if sign.isalnum() or sign in "-_.," or unicodedata.category(sign)[0] == "M"
        else " "
        for sign in unicodedata.normalize("NFC", title[:400])
    ]
    name = "-".join("".join(kept).split()).strip("-.")
    name = name.encode()[:SLUG_BYTES].decode("utf-8", "ignore").strip("-.")
    if name.split(".")[0].casefold() in _RESERVED:
        name = f"_{name}"
    return name or "untitled"
