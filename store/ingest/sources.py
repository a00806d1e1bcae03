"""Which files there are to read: paths in, a list of sources and refusals out.

Folders may come from anywhere, so only regular files are opened, links are not
followed, and depth and number are bounded. The order is the one a person would
give them: ``item2`` before ``item10``, the same on every machine.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from store.errors import UsageError
from store.ingest.clean import Unreadable
from store.model import Failure

READERS = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
}
"""The reader for each ending."""

READER_NAMES = ("txt", "markdown", "html", "jsonl", "json", "csv", "tsv")

MAX_BYTES = 200_000_000
"""A larger file is refused."""

MAX_DEPTH = 64
MAX_FILES = 500_000

STDIN = "-"

_PART = 1_000_000

_PARTS_OF_A_PAGE = [
    "_files",
    "_file",
    "-Dateien",
    "_dateien",
    "_fichiers",
    "_archivos",
    "_ficheiros",
    "_bestanden",
    "-filer",
    "_pliki",
    ".files",
    "_data",
]
"""How browsers name the folder beside a saved page: pictures and scripts of it."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, with the reader that its ending asks for."""

    path: str
    """Absolute, as the system knows it; may hold undecodable bytes as surrogates."""
    reader: str
    size: int

    @property
    def name(self) -> str:
        """The path as text that can be stored: bytes that are none stay readable."""
        raw = self.path.encode("utf-8", "surrogateescape")
        return raw.decode("utf-8", "backslashreplace")


def check_reader(name: str | None) -> str | None:
    """The reader a person asked for by name; ``UsageError`` when there is none."""
    if name is None or name in READER_NAMES:
        return name
    raise UsageError(
        f"there is no reader “{name[:40]}”; the readers are {', '.join(READER_NAMES)}"
    )


def plan(
    paths: Iterable[str | os.PathLike[str]], reader: str | None = None
) -> list[Source | Failure]:
    """Every file that ``paths`` stand for, in the order in which they are read.

    Folders are walked; in them hidden files and whatever is no regular file are
    passed over, and each file of an unknown kind is a ``Failure``. A file named
    directly is always tried, as text when its ending says nothing.
    """
    found: list[Source | Failure] = []
    seen: set[str] = set()
    for path in paths:
        for item in _at(os.fspath(path), reader):
            key = item.path
            if isinstance(item, Source) and key in seen:
                continue
            seen.add(key)
            found.append(item)
            if len(found) > MAX_FILES:
                return [*found, Failure(os.fspath(path), TOO_MANY)]
    return found


TOO_MANY = f"holds more than {MAX_FILES:,} files: the rest is not read; add it in parts"


def _at(path: str, reader: str | None) -> Iterator[Source | Failure]:
    if path == STDIN:
        yield Source(STDIN, reader or "", 0)
        return
    path = os.path.abspath(path)  # noqa: PTH100 - keeps a link a link, unlike resolve
    try:
        status = os.lstat(path)
    except (OSError, ValueError) as error:
        yield Failure(_shown(path), said(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, reader, 0)
    elif stat.S_ISREG(status.st_mode):
        yield _file(path, status, reader or _reader_for(path) or "txt")
    else:
        yield Failure(_shown(path), _not_regular(path, status.st_mode))


def _folder(path: str, reader: str | None, depth: int) -> Iterator[Source | Failure]:
    if depth > MAX_DEPTH:
        yield Failure(
            _shown(path), f"lies more than {MAX_DEPTH} folders deep: not read"
        )
        return
    try:
        with os.scandir(path) as entries:
            children = sorted(entries, key=lambda entry: natural(entry.name))
    except OSError as error:
        yield Failure(_shown(path), said(error))
        return
    pages = {
        Path(entry.name).stem for entry in children if _reader_for(entry.name) == "html"
    }
    for entry in children:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                if not _belongs_to_a_page(entry.name, pages):
                    yield from _folder(entry.path, reader, depth + 1)
            elif entry.is_file(follow_symlinks=False):
                yield _in_folder(entry, reader)
        except OSError as error:
            yield Failure(_shown(entry.path), said(error))


def _in_folder(entry: os.DirEntry[str], reader: str | None) -> Source | Failure:
    chosen = reader or _reader_for(entry.name)
    if chosen is not None:
        return _file(entry.path, entry.stat(follow_symlinks=False), chosen)
    ending = os.path.splitext(entry.name)[1][:12]  # noqa: PTH122 - a name, not a path
    kind = _shown(ending) if ending else "no ending"
    return Failure(_shown(entry.path), f"is not a kind postilla reads ({kind})")


def _file(path: str, status: os.stat_result, reader: str) -> Source:
    return Source(path, reader, status.st_size)


def _reader_for(name: str) -> str | None:
    return READERS.get(os.path.splitext(name)[1].lower())  # noqa: PTH122


def _belongs_to_a_page(name: str, pages: set[str]) -> bool:
    return any(
        name.endswith(ending) and name.removesuffix(ending) in pages
        for ending in _PARTS_OF_A_PAGE
    )


def _not_regular(path: str, mode: int) -> str:
    if stat.S_ISLNK(mode):
        try:
            target = _shown(os.readlink(path))  # noqa: PTH115
        except OSError:
            target = "its target"
        return f"is a link, and links are not followed: name {target} itself"
    if stat.S_ISFIFO(mode):
        kind = "a pipe"
    elif stat.S_ISSOCK(mode):
        kind = "a socket"
    else:
        kind = "a device"
    return f"is {kind}, not a file: nothing is read from it"


def natural(name: str) -> tuple[list[tuple[int, str]], str]:
    """Sorts names as people do: by the value of the numbers in them."""
    parts = _DIGITS.split(name.casefold())
    key = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
    return key, name


def opened(source: Source) -> BinaryIO:
    """A file, open for reading; ``Unreadable`` if it is no regular file any more."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(source.path, flags), "rb")
    mode = os.fstat(file.fileno()).st_mode
    if not stat.S_ISREG(mode):
        file.close()
        raise Unreadable(_not_regular(source.path, mode))
    return file


def whole(file: BinaryIO, size: int = 0) -> bytes:
    """Everything in a file; ``Unreadable`` when that is more than may be read."""
    parts, room = [], MAX_BYTES - size
    if room >= 0:
        room = MAX_BYTES
        while room >= 0 and (part := file.read(_PART)):
            parts.append(part)
            room -= len(part)
    if room < 0:
        raise Unreadable(
            f"is bigger than {MAX_BYTES // 1_000_000} MB: split it and add the parts"
        )
    return b"".join(parts)


def said(error: Exception) -> str:
    """An error of the system as one clause."""
    if isinstance(error, FileNotFoundError):
        return "does not exist: check the name"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror.lower()}"
    return "cannot be read: its name is not one a file can have"


def _shown(path: str) -> str:
    return Source(path, "", 0).name
