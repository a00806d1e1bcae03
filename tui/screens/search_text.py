"""Hits, searches and what was understood as rows and words: values in, text out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store import safe
from store.model import Hit, Reason
from store.queries import Query
from store.saved_searches import text_of
from store.search.fold import fold
from store.searched import Search
from tui.screens import entity_text
from tui.screens.search_asked import KINDS, Answer, Mode
from tui.screens.search_filters import YEAR
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.facets import FacetEntry, FacetGroup

if TYPE_CHECKING:
    from store.search.counts import Facets

__all__ = ["KINDS", "KIND_WORDS", "Past", "row"]

KIND_WORDS = {
    KINDS: "everything",
    ("document",): "documents",
    ("entity",): "entities",
    ("annotation",): "annotations",
    ("tag",): "tags",
}
"""What tab goes through, and what each is called."""

COLUMNS = (
    Column(width=3),
    Column(width=8, flex=1),
    Column(width=10, drop_below=50),
)

_SIGNS = {"document": "DOC", "entity": "ENT", "annotation": "ANN", "tag": "TAG"}

_SOURCE = 20
"""Cells of a source in front of a hit's context."""

_MOST_REASONS = 2
"""Words of which it is said what they were taken for; more would leave no room."""

_IN_FRONT = 12
"""Signs of a context in front of its first match, where there is little room."""

_REASON = 36
"""Cells of what one word was taken for."""


@dataclass(frozen=True, slots=True)
class Past:
    """A search that can be asked again."""

    query: str
    name: str = ""
    """What it was saved as; empty where it was only asked."""
    asked: str = ""
    """When, UTC."""
    about: str = ""
    """How it is looked for besides the words; empty where in no special way."""


def past(
    saved: Sequence[Query], lately: Sequence[Search], about: Callable[[str], str]
) -> list[Past]:
    """The searches to be offered: saved ones by name, then others, newest first.

    ``about`` says how a saved expression is looked for besides its words.
    """
    found = [
        Past(text_of(o.expression), o.name, o.created, about(o.expression))
        for o in saved
    ]
    known = {one.query for one in found if not one.about}
    return found + [Past(o.query, "", o.asked) for o in lately if o.query not in known]


def past_row(one: Past) -> Row:
    """A search as a row: what was typed, and how it is known."""
    how = f"saved as {one.name}" if one.name else f"asked {one.asked[:10]}"
    how = f"{how} · {one.about}" if one.about else how
    return Row((Cell(" > ", "muted"), Cell(one.query or "(all)", "strong"), ""), how)


def row(hit: Hit) -> Row:
    """Two lines: kind, title and date; where it is from, or what was taken for what,
    and the hit in its context."""
    title = " ".join(hit.title[:2000].split()) or "(untitled)"
    sign = Cell(_SIGNS[hit.kind], "muted")
    about, date = _typed(hit.detail) if hit.kind == "entity" else hit.detail, ""
    if hit.kind == "document":
        about, date = _dated(hit.detail)
    if hit.kind == "annotation" and hit.snippet == title:
        return Row((sign, Cell(title, "strong", hit.marks), ""), about)
    why = reasons(hit)
    parts = [about, why]
    if why and hit.kind == "document":
        parts, hit = [why], _nearer(hit)
    parts.append("" if why and _is_alias(hit) else _context(hit))
    second = " · ".join(part for part in parts if part)
    shift = len(second) - len(hit.snippet)
    marks = tuple((start + shift, end + shift) for start, end in hit.marks)
    return Row((sign, Cell(title, "strong"), Cell(date, "muted")), second, marks)


def _nearer(hit: Hit) -> Hit:
    """With less in front of the first match, where something else stands there: a
    row that is too long would begin behind it."""
    text, first = hit.snippet, min((start for start, _ in hit.marks), default=0)
    cut = text.find(" ", first - _IN_FRONT, first) + 1
    if first <= _IN_FRONT or not cut:
        return hit
    marks = tuple((start - cut + 1, end - cut + 1) for start, end in hit.marks)
    return replace(hit, snippet=f"…{text[cut:]}", marks=marks)


def _context(hit: Hit) -> str:
    return f"also {hit.snippet}" if _is_alias(hit) else hit.snippet


def reasons(hit: Hit) -> str:
    """What was taken for what, in short; empty where all is as it was typed."""
    shown = {fold(hit.snippet[a:b]): hit.snippet[a:b] for a, b in hit.marks}
    words = [_reason(one, shown.get(one.found, one.found)) for one in hit.reasons]
    return ", ".join([word for word in words if word][:_MOST_REASONS])


def _reason(reason: Reason, found: str) -> str:
    """What one word was taken for; ``found`` as it stands there."""
    if reason.how in ("exact", "beginning", "pattern"):
        return ""
    if reason.how == "alias":
        return safe.line(f"also {found}", _REASON) if found else ""
    if not found:
        return safe.line(f"like {reason.typed}", _REASON)
    return safe.line(f"{found} ← {reason.typed}", _REASON)


def _dated(detail: str) -> tuple[str, str]:
    """Source, short enough to leave room for the context, and date."""
    source, _, date = detail.rpartition(" · ")
    if not date[:4].isdecimal():
        source, date = detail, ""
    return safe.line(source, _SOURCE), date


def _is_alias(hit: Hit) -> bool:
    return hit.kind == "entity" and bool(hit.snippet)


def _typed(detail: str) -> str:
    kind, _, rest = detail.partition(" · ")
    return f"{entity_text.TYPE_WORDS.get(kind, kind)} · {rest}"


def state_forms(
    kinds: tuple[str, ...], mode: Mode, count: str, learnt: bool
) -> tuple[str, ...]:
    """How the query was understood and what came of it, longest form first."""
    how = "learning words…" if mode == "fuzzy" and not learnt else mode
    what = KIND_WORDS[kinds]
    found = f" · {count}" if count else ""
    return (f"{how} · {what}{found}", f"{how}{found}", count or how)


def counted(found: int, limit: int, seconds: float | None) -> str:
    """``27 hits · 18 ms``; where more may be there, ``first 50 · 18 ms``."""
    if found and found >= limit:
        words = f"first {found:,}"
    else:
        words = "1 hit" if found == 1 else f"{found:,} hits"
    return words if seconds is None else f"{words} · {max(1, round(seconds * 1000))} ms"


def tried(answer: Answer, within: str) -> str:
    """What was looked for and found nothing: where, and in which ways."""
    asked = answer.asked
    ways = "the words as typed"
    if asked.mode == "regex":
        ways = "the text of documents, for this regular expression"
    elif asked.mode == "fuzzy" and answer.learnt:
        ways = "the words as typed, longer ones, slips, words joined or parted"
    elif asked.mode == "fuzzy":
        ways = "the words as typed and longer ones; words are still being learnt"
    where = f" in {KIND_WORDS[asked.kinds]}"
    inside = f", only in {safe.line(within, _REASON)}" if within else ""
    return f"Tried{where}{inside}: {ways}."


def facet_groups(counts: Facets, kinds: Mapping[str, int]) -> list[FacetGroup]:
    """What was found, counted, as groups of which a value can be chosen; ``kinds``
    are the rows that are listed, by kind."""
    listed = tuple(
        FacetEntry(kind, KIND_WORDS[kind,], count)
        for kind, count in kinds.items()
        if count
    )
    groups = [FacetGroup("kind", "Listed", listed)]
    for key, title, options in (
        ("source", "Source", counts.sources),
        (YEAR, "Year", counts.years),
        ("language", "Language", counts.languages),
        ("entity", "Named", counts.entities),
        ("tag", "Tag", counts.tags),
    ):
        entries = tuple(FacetEntry(*option) for option in options)
        groups.append(FacetGroup(key, title, entries))
    return groups
