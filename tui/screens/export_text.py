"""What the export dialog proposes: a file's name, and the command that does the same.

Pure; paths are looked at by the dialog only.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import PurePath

from store.annotation_rows import AnnotationFilter
from store.export import FORMATS, file_slug

FORMAT_WORDS = (("markdown", "Markdown"), ("csv", "CSV"), ("jsonl", "JSON Lines"))
GROUP_WORDS = (("tag", "tag"), ("document", "document"), ("date", "date"))

_ALSO = {".markdown": "markdown", ".ndjson": "jsonl"}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported, how, and where to."""

    filters: AnnotationFilter
    format: str
    group_by: str
    context: bool
    file: str
    """As typed; ``~`` is the home folder."""


def proposed(filters: AnnotationFilter, format: str, document: str = "") -> str:
    """A name for the file; ``document`` is the title of the one document meant."""
    about = document or (filters.tag or "").rpartition("/")[2]
    name = file_slug(about) if about.strip() else "annotations"
    return f"~/{name}{FORMATS[format]}"


def with_ending(file: str, format: str) -> str:
    """The file with the ending of a format, where it has one of ours or none."""
    path = PurePath(file)
    if not path.name or (path.suffix and format_of(file) is None):
        return file
    stem = file[: len(file) - len(path.suffix)]
    return stem + FORMATS[format]


def format_of(file: str) -> str | None:
    """The format that a file's ending means, if it means one."""
    ending = PurePath(file).suffix.lower()
    return next((n for n, e in FORMATS.items() if e == ending), _ALSO.get(ending))


def command(order: Order, *, library: str = "", force: bool = False) -> str:
    """The command that exports the same; ``""`` where none does.

    ``library`` is named where it is not the one that is opened without a name. A
    hand-picked set of annotations cannot be told on the command line.
    """
    filters = order.filters
    if filters.ids is not None or not order.file.strip():
        return ""
    words = ["postilla"]
    words += ["-L", shlex.quote(library)] if library else []
    words += ["export", _file(order.file.strip())]
    if format_of(order.file) != order.format:
        words += ["--format", order.format]
    for option, value in (
        ("--tag", filters.tag),
        ("--query", filters.query),
        ("--words", filters.words),
        ("--document", filters.document),
        ("--collection", filters.collection),
        ("--coder", filters.coder),
        ("--since", filters.since),
        ("--until", filters.until),
    ):
        if value is not None:
            words += [option, shlex.quote(str(value))]
    words += ["--untagged"] if filters.untagged else []
    words += ["--orphans"] if filters.orphans else []
    if order.format == "markdown" and order.group_by != "tag":
        words += ["--group-by", order.group_by]
    if order.context and order.format != "jsonl":
        words.append("--context")
    words += ["--force"] if force else []
    return " ".join(words)


def _file(file: str) -> str:
    """Quoted, but so that the shell still knows the home folder."""
    if file.startswith("~/"):
        return f"~/{shlex.quote(file[2:])}" if file[2:] else "~/"
    return shlex.quote(file)
