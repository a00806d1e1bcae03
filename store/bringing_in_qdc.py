"""A codebook of another program: REFI-QDA ``.qdc``, or that inside a project.

Read as it is found in the wild, not as the standard wishes: with a byte order mark
or none, any namespace or version, empty lists, braces round the guids, and the flat
lists in which ``A::B`` says that B lies below A. Nothing in the file acts: a document
type is refused, and depth and size are limited.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from store import tag_colours
from store.errors import UsageError
from store.export import escape
from store.export.codebook_qdc import ORIGIN
from store.ingest import clean
from store.tag_names import fold_name

LARGEST = 16_000_000
"""Bytes of a file."""

DEEPEST = 100
"""Elements inside each other."""

_LONGEST = 100_000
"""Signs of a definition."""

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding=["']([A-Za-z0-9._-]{1,40})""")
_HEAD = re.compile(r"\s*<\?xml[^>]{0,400}\?>")
_BETWEEN = "::"


@dataclass(slots=True)
class Code:
    """One code of the other program."""

    name: str
    guid: str | None = None
    definition: str = ""
    colour: int | None = None
    children: list[Code] = field(default_factory=list)
    implied: bool = False
    """Only its name is known, from the names of those below it."""


@dataclass(frozen=True, slots=True)
class CodeTree:
    """The codes of a file, and what was read otherwise than it stands."""

    codes: list[Code]
    remarks: tuple[str, ...] = ()


class _Refused(Exception):
    """The file is not read on; ``str()`` says why, in a clause."""


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree as long as it is one that a codebook can be."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Entities are declared there."""
        raise _Refused("it declares a document type, which no codebook needs")

    def start(self, tag: str, attrs: dict[str, str]) -> ElementTree.Element:
        """One element deeper."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise _Refused(f"its elements lie more than {DEEPEST} deep")
        return super().start(tag, attrs)

    def end(self, tag: str) -> ElementTree.Element:
        """One element back."""
        self._depth -= 1
        return super().end(tag)


def begins_like_one(text: str) -> bool:
    """Whether the start of a file looks like a codebook or a project in XML."""
    if not text.lstrip().startswith("<"):
        return False
    return (
        re.search(r"<(?:\w{1,40}:)?(?:CodeBook|Project)[\s>]", text, re.I) is not None
    )


def read(path: Path) -> CodeTree:
    """The codes of a file. Raises ``UsageError`` for one that holds none."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(
                f"{path}: this is too large for a codebook; at most {LARGEST:,} bytes."
            )
        raw = path.read_bytes()
        declared = _DECLARED.search(raw[:1000])
        named = declared.group(1).decode("ascii") if declared else None
        text = clean.decode(raw, named).text
    except OSError as error:
        raise UsageError(f"{path}: this cannot be read ({error.strerror}).") from error
    except clean.Unreadable as error:
        raise UsageError(f"{path}: this is not a codebook in XML.") from error
    try:
        return tree(_parsed(text))
    except _Refused as error:
        raise UsageError(f"{path}: this is not taken: {error}.") from error
    except ElementTree.ParseError as error:
        line = error.position[0]
        raise UsageError(f"{path}: line {line} is not well-formed XML.") from error


def _parsed(text: str) -> ElementTree.Element:
    parser = ElementTree.XMLParser(target=_Builder())
    # The text is decoded already, so what it declares to be written in is over.
    parser.feed(escape.clean(_HEAD.sub("", text, count=1).lstrip()))
    root: ElementTree.Element = parser.close()
    return root


def tree(root: ElementTree.Element) -> CodeTree:
    """The codes below a codebook, or below the one of a project."""
    books = [one for one in root.iter() if _local(one) == "codebook"]
    codes = [code for book in books[:1] for code in _codes_of(book)]
    if not codes:
        raise _Refused("there is no code in it")
    remarks = list(_remarks(books[0]))
    origin = (books[0].get("origin") or root.get("origin") or "").lower()
    if not origin.startswith(ORIGIN) and _is_flat(codes):
        codes = _nested(codes)
        remarks.append("names like A::B became B below A")
    return CodeTree(codes, tuple(remarks))


def _codes_of(element: ElementTree.Element) -> Iterator[Code]:
    """The codes right below an element; lists of them are passed through."""
    for child in element:
        local = _local(child)
        if local == "codes":
            yield from _codes_of(child)
        elif local == "code":
            yield Code(
                name=child.get("name") or "",
                guid=guid(child.get("guid") or ""),
                definition=_description(child),
                colour=tag_colours.nearest(child.get("color") or ""),
                children=list(_codes_of(child)),
            )


def _description(code: ElementTree.Element) -> str:
    for child in code:
        if _local(child) == "description":
            text = "".join(child.itertext())[:_LONGEST]
            return clean.tidy(text)[0] if text.strip() else ""
    return ""


def _remarks(book: ElementTree.Element) -> Iterator[str]:
    """What a codebook here cannot hold."""
    sets = sum(_local(one) == "set" for one in book.iter())
    if sets:
        yield f"{_counted(sets, 'set')} of codes not taken; there are only tags here"
    codes = [one for one in book.iter() if _local(one) == "code"]
    colours = [one.get("color") for one in codes if one.get("color")]
    others = sum(not tag_colours.is_exact(one or "") for one in colours)
    if others:
        yield f"{_counted(others, 'colour')} taken as the nearest of the eight"
    closed = sum(
        (one.get("isCodable") or "").lower() in ("false", "0") for one in codes
    )
    if closed:
        yield f"{_counted(closed, 'folder')} of codes became tags like the others"
    notes = sum(_local(one) == "noteref" for code in codes for one in code)
    if notes:
        yield f"{_counted(notes, 'note')} on codes not taken"


def _is_flat(codes: Sequence[Code]) -> bool:
    return not any(code.children for code in codes) and any(
        len(_split(code.name)) > 1 for code in codes
    )


def _split(name: str) -> list[str]:
    return [part.strip() for part in name.split(_BETWEEN) if part.strip()]


def _nested(codes: Sequence[Code]) -> list[Code]:
    """A flat list of ``A::B`` as a tree; what is above may come later or never."""
    roots: list[Code] = []
    known: dict[tuple[str, ...], Code] = {}

    def level(parts: Sequence[str]) -> list[Code]:
        return at(parts).children if parts else roots

    def at(parts: Sequence[str]) -> Code:
        key = tuple(map(fold_name, parts))
        if key not in known:
            known[key] = Code(parts[-1], implied=True)
            level(parts[:-1]).append(known[key])
        return known[key]

    for code in codes:
        parts = _split(code.name) or [code.name]
        key = tuple(map(fold_name, parts))
        if key not in known or known[key].implied:
            known_code = at(parts)
            known_code.name, known_code.guid = parts[-1], code.guid
            known_code.definition, known_code.colour = code.definition, code.colour
            known_code.implied = False
        else:
            code.name = parts[-1]
            level(parts[:-1]).append(code)
    return roots


def guid(written: str) -> str | None:
    """A guid in small letters without braces; ``None`` for what is none."""
    try:
        return str(uuid.UUID(written.strip().strip("{}")))
    except ValueError:
        return None


def _local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace, in small letters."""
    return element.tag.rpartition("}")[2].lower()


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
