"""Entities as rows and as a page: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from store import safe
from store.entity_rows import EntityFilter
from store.model import NAME_TYPES, Document, Entity
from store.review import Question
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import joined

TYPE_WORDS = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "PRODUCT": "product",
    "EVENT": "event",
    "WORK": "work",
}
"""What the types of names are called in a sentence."""

ORDER_WORDS = {
    "documents": "named in most documents",
    "mentions": "named most often",
    "name": "name",
}

STATE_WORDS = {
    "open": "not decided yet",
    "decided": "decided",
    "rejected": "rejected",
}
"""What a list is narrowed to, by what a person said of the names."""

STATES = (None, *STATE_WORDS)
"""The same in the order one goes through them, all first."""

_ALL = "all"

_SIGNS = {"accepted": "✓", "retyped": "✓", "rejected": "×"}
"""A person said that it is a name, or that it is none."""

NAME_COLUMNS = (
    Column("name", width=12, flex=1),
    Column("", width=1, drop_below=22),
    Column("type", width=7, drop_below=30),
    Column("docs", width=5, align="right", drop_below=22),
    Column("times", width=6, align="right", drop_below=46),
)

PLACE_COLUMNS = (
    Column("date", width=10, drop_below=30),
    Column("document", width=12, flex=1),
    Column("source", width=16, drop_below=70),
    Column("times", width=5, align="right", drop_below=22),
)

DOCUMENTS = "documents"
"""The part of the page that is there at first."""

PART_WORDS = {
    DOCUMENTS: "Docs",
    "when": "When",
    "says": "Says",
    "figures": "Figures",
    "with": "With",
    "names": "Names",
}
"""The parts of the page, and what they are called."""

MOST_ALIASES = 6
MOST_NEIGHBOURS = 6
_LONGEST = 60
"""Cells of a name among others in a sentence."""


def entity_row(entity: Entity) -> Row:
    """One line of the list of entities."""
    return Row(
        (
            entity.name,
            Cell(_SIGNS.get(entity.state, ""), "muted"),
            Cell(entity.type, f"entity-{entity.type.lower()}"),
            f"{entity.documents:,}",
            f"{entity.mentions:,}",
        )
    )


def place_row(
    document: Document, times: int, context: str, span: tuple[int, int]
) -> Row:
    """A document that names the entity; ``context`` is where it does so first."""
    return Row(
        (
            Cell((document.published or "")[:10], "muted"),
            document.title,
            Cell(document.source or "", "muted"),
            f"{times:,}",
        ),
        second=context,
        marks=(span,) if context else (),
    )


def type_line(counts: Mapping[str, int], chosen: str | None) -> Content:
    """The types there are, the chosen one standing out; ``None`` is all."""
    parts: list[tuple[object, str]] = []
    for kind in _listed(counts, chosen):
        parts.append((kind or _ALL, "bold reverse" if kind == chosen else ""))
        parts.append((" ", ""))
    return joined(*parts[:-1])


def type_at(
    counts: Mapping[str, int], chosen: str | None, cell: int
) -> tuple[str | None] | None:
    """The type that stands at a cell of that line, from 0, alone in a tuple as ``None``
    is all of them; ``None`` between two and behind the last."""
    for kind in _listed(counts, chosen):
        words = kind or _ALL
        if 0 <= cell < len(words):
            return (kind,)
        cell -= len(words) + 1
    return None


def _listed(counts: Mapping[str, int], chosen: str | None) -> list[str | None]:
    there = [kind for kind in NAME_TYPES if counts.get(kind) or kind == chosen]
    return [None, *there]


def next_type(counts: Mapping[str, int], chosen: str | None) -> str | None:
    """The type after the chosen one among those there are; after the last, all."""
    there = [None, *(kind for kind in NAME_TYPES if counts.get(kind))]
    place = there.index(chosen) if chosen in there else -1
    return there[(place + 1) % len(there)]


def narrowed_by(filters: EntityFilter) -> str:
    """The filter in words; empty when nothing narrows the list."""
    parts = [
        STATE_WORDS.get(filters.state or ""),
        filters.type,
        f'"{filters.name}"' if filters.name else None,
    ]
    shown = [part for part in parts if part]
    return f"only {' · '.join(shown)} · esc shows all" if shown else ""


_SAID = {
    "accepted": " · accepted",
    "retyped": " · type given by hand",
    "rejected": " · rejected",
}


def about(entity: Entity, neighbours: Sequence[tuple[int, str, int]]) -> Content:
    """What it is, how else it is written, with whom it is seen."""
    counts = f"{_count(entity.documents, 'document')}, {_times(entity.mentions)}"
    kind = TYPE_WORDS.get(entity.type, entity.type)
    said = _SAID.get(entity.state, "")
    parts: list[tuple[object, str]] = [(f"{kind} · {counts}{said}", "$text-muted")]
    if entity.aliases:
        shown = [safe.line(one, _LONGEST) for one in entity.aliases[:MOST_ALIASES]]
        more = len(entity.aliases) - len(shown)
        shown += [f"{more} more"] if more else []
        parts += [("\nAlso written: ", "bold"), (", ".join(shown), "")]
    if neighbours:
        seen = ", ".join(
            f"{safe.line(name, _LONGEST)} {count:,}" for _, name, count in neighbours
        )
        parts += [("\nSeen with: ", "bold"), (seen, "")]
    return joined(*parts)


def parts_line(chosen: str) -> Content:
    """The parts of the page, the chosen one standing out."""
    parts: list[tuple[object, str]] = []
    for part, words in PART_WORDS.items():
        parts += [(words, "bold reverse" if part == chosen else ""), (" ", "")]
    return joined(*parts[:-1])


def part_at(cell: int) -> str | None:
    """The part that stands at a cell of that line, from 0."""
    for part, words in PART_WORDS.items():
        if 0 <= cell < len(words):
            return part
        cell -= len(words) + 1
    return None


def proposals_line(count: int, key: str) -> str:
    """How many questions about names are open, and the key that asks them."""
    if not count:
        return ""
    how = f" · {key} asks them" if key else ""
    return f"{_count(count, 'open question')}{how}"


def proposals_of(questions: Sequence[Question], entity: int) -> list[Question]:
    """The questions in which an entity takes part."""
    return [one for one in questions if entity in one.entities]


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"
