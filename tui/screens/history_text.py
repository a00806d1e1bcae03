"""Acts as rows and in words: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from textual.content import Content

from store.model import Change
from store.undo import Way, Whose
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import joined

HERE, START = -1, 0
"""Rows that are no acts: where one is, and before everything."""

SCOPE_WORDS: dict[Whose, str] = {
    "window": "this window",
    "mine": "mine",
    "all": "everyone's",
}

UNDONE, ENDED = "↶", "×"
"""In front of what was undone: it can be done again, or not any more."""

HINT = "x on another act takes back that one alone."
"""After a refusal: how to go past what stands in the way."""

COLUMNS = (
    Column("", width=1),
    Column("when", width=12),
    Column("what was done", width=16, flex=1),
    Column("things", width=6, align="right", drop_below=52),
    Column("by", width=12, drop_below=66),
)

_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def next_scope(whose: Whose) -> Whose:
    """The scope after this one; after the last, the first."""
    scopes = list(SCOPE_WORDS)
    return scopes[(scopes.index(whose) + 1) % len(scopes)]


def act_row(change: Change, coder: str) -> Row:
    """One act, as ``coder`` sees it; what was undone has a sign and is dim."""
    style = "muted" if change.undone else ""
    sign = "" if not change.undone else UNDONE if change.redoable else ENDED
    return Row(
        (
            Cell(sign, style),
            Cell(when(change.created), "muted"),
            Cell(change.act, style),
            Cell(f"{change.things:,}" if change.things else "", "muted"),
            Cell(by(change, coder), "muted"),
        )
    )


def here_row() -> Row:
    """The line between what holds and what was undone last."""
    return Row(("", "", Cell("── you are here ──", "strong"), "", ""))


def start_row(whose: Whose) -> Row:
    """The last row: how it was before."""
    since = "in this window" if whose == "window" else "by you"
    return Row(("", "", Cell(f"before anything was done {since}", "muted"), "", ""))


def by(change: Change, coder: str) -> str:
    """Who did it, and whether in this window."""
    if change.here:
        return "you, here"
    return "you" if change.coder == coder else change.coder


def when(created: str) -> str:
    """A stored moment in local time: ``30 Jan 09:15``."""
    moment = _local(created)
    if moment is None:
        return created
    return f"{moment.day:>2} {_MONTHS[moment.month - 1]} {moment:%H:%M}"


def _local(created: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        return datetime.fromisoformat(created).astimezone()
    return None


def about(change: Change | None, whose: Whose, way: Way | None, reason: str) -> Content:
    """The act under the cursor in full, and what enter would do.

    ``way`` is ``None`` where it cannot be gone, for the ``reason`` given.
    """
    if change is None:
        head = "Before anything was done " + (
            "in this window" if whose == "window" else "by you"
        )
        facts = ""
    else:
        head = change.act
        facts = f"{_exactly(change.created)} · {_things(change)} · {_who(change)}"
    if way is None:
        told = reason
    elif change is None and not (way.back or way.again):
        told = "You are here: all of it is taken back."
    else:
        told = leads(way)
    return joined(
        (head, "bold"),
        (f"\n{facts}" if facts else "", "$text-muted"),
        (f"\n{told}", ""),
    )


HEADER = ("id", "when", "act", "things", "coder", "state")
"""Columns of the table that is written to a file."""


def table(found: Mapping[int, Change], ids: Sequence[int]) -> list[tuple[object, ...]]:
    """Acts as rows of a file, in the order of ``ids``; times are UTC."""
    return [
        (one.id, one.created, one.act, one.things, one.coder, _state(one))
        for one in (found[id] for id in ids if id in found)
    ]


def _state(change: Change) -> str:
    if not change.undone:
        return "done"
    return "undone" if change.redoable else "undone for good"


def _exactly(created: str) -> str:
    moment = _local(created)
    return created if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"


def _things(change: Change) -> str:
    if not change.things:
        return "nothing kept of it"
    return f"{change.things:,} thing" + ("" if change.things == 1 else "s")


def _who(change: Change) -> str:
    if change.here:
        return "by you in this window"
    return f"by {change.coder}"


def leads(way: Way) -> str:
    """What enter would do."""
    if way.back:
        one = len(way.back) == 1
        after = "the act" if one else f"the {len(way.back):,} acts"
        return f"enter takes back {after} after it · U does {_them(one)} again"
    if way.again:
        one = len(way.again) == 1
        count = "it" if one else f"{len(way.again):,} acts, up to this one,"
        return f"enter does {count} again"
    return "You are here: this was done last."


def _them(one: bool) -> str:
    return "it" if one else "them"


def gone(way: list[Change]) -> str:
    """What was just done, for the footer."""
    one = len(way) == 1
    many = f'"{way[0].act}"' if one else f"{len(way):,} acts"
    if way[0].undone:
        return f"Taken back: {many} · U does {_them(one)} again"
    return f"Done again: {many} · u undo"
