"""What a word that is being typed may become: a short list under the field.

It floats over what is below, so that nothing moves while it comes and goes. The
field keeps the focus; whoever owns both moves the bar and takes what it is on.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from store import safe
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.virtual_list import VirtualList

_MOST = 8
"""Lines shown at once; the bar reaches the rest."""

_WIDEST = 60
_NARROWEST = 24
_EDGES = 5
"""Cells of frame, bars and the blank between."""

_COUNT = 8
"""Cells of a count and the blank before it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing the word may become."""

    value: str
    """What is put in its place."""
    label: str
    """What is shown, of any origin."""
    count: int = 0
    """How many there are; 0 is not shown."""


class Completions(VirtualList, can_focus=False, inherit_bindings=False):
    """The offers, while there are any."""

    DEFAULT_CSS = """
    Completions {
        overlay: screen;
        constrain: inside inside;
        background: $panel;
        border: solid $border;
        display: none;
        height: auto;
        & > .list--muted { color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        """Nothing is offered at first."""
        columns = (Column(width=8, flex=1), Column(width=_COUNT - 1, align="right"))
        super().__init__(self._lines, columns, markable=False)
        self._offers: tuple[Offer, ...] = ()

    @property
    def cursor_style(self) -> str:
        """The bar is the one that keys move, although the field has the focus."""
        return "cursor"

    @property
    def is_open(self) -> bool:
        """Whether anything is offered."""
        return bool(self._offers)

    @property
    def offer(self) -> Offer | None:
        """What the bar is on."""
        place = self.cursor_index
        return self._offers[place] if 0 <= place < len(self._offers) else None

    def open(self, offers: Sequence[Offer], column: int = 0) -> None:
        """Offer these, ``column`` cells from the left; the bar is on the first."""
        if tuple(offers) == self._offers:
            return
        self._offers = tuple(offers)
        self.set_ids(array("q", range(len(offers))), keep=False)
        self.refresh_rows()
        labels = (safe.line(offer.label, _WIDEST) for offer in offers)
        widest = max(map(safe.width, labels), default=0)
        width = max(_NARROWEST, widest + _COUNT + _EDGES)
        self.styles.width = min(width, max(1, self.app.size.width))
        self.styles.height = min(len(offers), _MOST) + 2
        self.styles.offset = (column, 0)
        self.display = self.is_open

    def close(self) -> None:
        """Offer nothing any more."""
        self.open(())

    def move(self, rows: int) -> None:
        """Bar down, or up for a negative number, round the ends."""
        if self._offers:
            self.move_to((self.cursor_index + rows) % len(self._offers))

    def _lines(self, ids: Sequence[int]) -> dict[int, Row]:
        return {n: _line(self._offers[n]) for n in ids if n < len(self._offers)}


def _line(offer: Offer) -> Row:
    count = f"{offer.count:,}" if offer.count else ""
    return Row((offer.label, Cell(count, "muted")))
