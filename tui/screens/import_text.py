"""What the import dialog shows: paths that can be meant, and what is in them.

The functions that look at the disk are run off the screen's thread.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from store.errors import UsageError

if TYPE_CHECKING:
    from store.bringing_in import Report

MOST = 8
"""Paths that are offered at once."""

_LOOKED_AT = 20_000
"""Entries of a folder that are looked at; more typing finds no others."""

Kind = Literal["", "jsonl", "codebook", "qdc"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Paths that begin as typed, and how many more there are."""

    paths: tuple[str, ...] = ()
    more: int = 0
    common: str = ""
    """How far all of them agree."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be read."""

    path: Path
    words: str
    """``24 files, 310 KB``, or why it cannot be read."""
    files: int = 0
    kind: Kind = ""
    """What it could be brought in as, if it is one of those."""


def path_of(typed: str) -> Path:
    """The path that is meant; ``~`` is the home folder."""
    return Path(os.path.expanduser(typed.strip()))  # noqa: PTH111 - never raises


def offers(typed: str) -> Offer:
    """Files and folders that begin with what is typed, folders first.

    They are written the way it is typed; a folder ends with a slash. Hidden ones
    come only when their dot is typed. Small and capital letters are the same.
    """
    start = typed.rpartition("/")[2]
    front = typed[: len(typed) - len(start)]
    if not front and start in ("~", ".", ".."):
        return Offer((f"{start}/",), 0, f"{start}/")
    found: list[tuple[bool, str]] = []
    try:
        with os.scandir(path_of(front) if front else Path()) as entries:
            for entry, _ in zip(entries, range(_LOOKED_AT), strict=False):
                if _fits(entry.name, start):
                    found.append((not entry.is_dir(), entry.name))
    except (OSError, ValueError):
        return Offer()
    found.sort(key=lambda one: (one[0], one[1].casefold()))
    paths = [front + name + ("" if is_file else "/") for is_file, name in found]
    return Offer(tuple(paths[:MOST]), max(0, len(paths) - MOST), _common(paths))


def _fits(name: str, start: str) -> bool:
    if name.startswith(".") and not start.startswith("."):
        return False
    return name.casefold().startswith(start.casefold())


def _common(paths: Sequence[str]) -> str:
    first, last = min(paths, default=""), max(paths, default="")
    agreed = 0
    while agreed < len(first) and first[agreed] == last[agreed]:
        agreed += 1
    return first[:agreed]


def planned(typed: str) -> Plan:
    """What adding this path would read."""
    from store.ingest import Source, plan

    path = path_of(typed)
    found = plan([path])
    sources = [one for one in found if isinstance(one, Source)]
    left = [one for one in found if not isinstance(one, Source)]
    if not sources and kind_of(path) == "qdc":
        words = f"1 file, {size_words(path.stat().st_size)}"
        return Plan(path, words, 1, "qdc")
    if not sources:
        reason = left[0].reason if left else "holds no file that can be read"
        return Plan(path, f"This {reason}.")
    size = sum(source.size for source in sources)
    words = f"{counted(len(sources), 'file')}, {size_words(size)}"
    if left:
        words += f"; {counted(len(left), 'other file')} passed over"
    return Plan(path, words, len(sources), kind_of(path))


def kind_of(path: Path) -> Kind:
    """What a file can be brought in as, other than as documents."""
    from store import bringing_in

    if path.suffix.lower() not in (".jsonl", ".ndjson", ".csv", ".tsv", ".qdc"):
        return ""
    try:
        return bringing_in.kind_of(path)
    except UsageError:
        return ""


def size_words(size: int) -> str:
    """Bytes as a person says them: ``310 KB``."""
    amount = float(size)
    for unit in ("bytes", "KB", "MB"):
        if amount < 1000 or unit == "MB":
            break
        amount /= 1000
    digits = 1 if amount < 10 and unit != "bytes" else 0
    return f"{amount:,.{digits}f} {unit}"


def counted(number: int, noun: str) -> str:
    """``1 file``, ``24 files``."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def report_text(report: Report) -> str:
    """What came of bringing a file in, a line a thing that happened."""
    counts = (
        (report.taken, "annotation", "new"),
        (report.changed, "annotation", "newer in the file, taken over"),
        (report.unchanged, "annotation", "already here"),
        (report.kept, "annotation", "different here and not older, left as it is"),
        (report.documents_added, "document", "came along"),
        (report.tags_added, "tag", "new"),
        (report.tags_changed, "tag", "completed"),
        (report.moved, "passage", "found elsewhere in a changed text"),
        (report.proposed, "passage", "perhaps found; please look"),
        (report.orphans, "passage", "not in the text here; kept"),
    )
    lines = [f"{counted(n, noun)}: {words}" for n, noun, words in counts if n]
    lines = lines or ["Nothing in it is new."]
    if report.dropped:
        lines += ["", "Not taken:", *report.dropped]
    if report.remarks:
        lines += ["", "Remarks:", *report.remarks]
    return "\n".join([*lines, "", "u takes it back."])
