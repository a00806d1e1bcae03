"""The card of one question: why it is asked, the names, and passages that bear them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events, on
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget

from store.model import NAME_TYPES
from store.review_cards import Card, Passage, Side
from tui.screens import entity_review_text as words
from tui.widgets.plain import Plain

MOST_SIDES = len(NAME_TYPES)
"""Names of one question that are shown: one for each type. More are seldom, and told
by the reason."""

MOST_PASSAGES = 3
"""Passages a name."""


class Spot(Plain):
    """A passage; a click marks it."""

    @dataclass
    class Chosen(Message):
        """This passage was clicked."""

        spot: Spot

    def on_click(self, event: events.Click) -> None:
        """Mark it."""
        event.stop()
        self.post_message(self.Chosen(self))


class SideView(Vertical):
    """A name and its passages."""

    def compose(self) -> Iterable[Widget]:
        """The name, and room for its passages."""
        yield Plain(classes="name")
        for _ in range(MOST_PASSAGES):
            yield Spot()


class CardView(VerticalScroll, can_focus=False):
    """Shows a card; one of its passages is marked."""

    DEFAULT_CSS = """
    CardView {
        scrollbar-size-vertical: 1;
        padding: 0 1;
        & #reason { height: auto; color: $text-warning; }
        & SideView { height: auto; }
        & .name { height: auto; }
        & Spot { height: auto; padding-left: 1; border-left: blank; }
        & Spot.-marked { border-left: thick $border; }
    }
    .-tall CardView SideView, .-tall CardView #reason { margin-bottom: 1; }
    """

    @dataclass
    class Marked(Message):
        """Another passage was marked by a click."""

    def __init__(self, *, id: str | None = None) -> None:
        """Show nothing yet."""
        super().__init__(id=id)
        self.card: Card | None = None
        self.marked = 0
        self._first = 0
        self._room, self._each = 90, MOST_PASSAGES

    def compose(self) -> Iterable[Widget]:
        """Everything that a card may have; what it has not is hidden."""
        yield Plain(id="reason")
        for _ in range(MOST_SIDES):
            yield SideView()

    def on_mount(self) -> None:
        """There is no card yet."""
        for view in self.query(SideView):
            view.display = False

    # What is shown ---------------------------------------------------------

    def show(self, card: Card, first: int) -> None:
        """Show a card; ``first`` is the side whose name would stay."""
        is_other = self.card is None or self.card.question != card.question
        self.card, self._first = card, first
        spots = self._passages
        self.marked = 0 if is_other else min(self.marked, max(0, len(spots) - 1))
        self._draw()
        if is_other:
            self.scroll_home(animate=False)

    def say(self, sentence: str) -> None:
        """Show a sentence in the place of a card."""
        self.card = None
        self.query_one("#reason", Plain).show(sentence)
        for view in self.query(SideView):
            view.display = False

    def fit(self, width: int, height: int) -> None:
        """Show as much as a screen of this size has room for."""
        self._room = 110 if width >= 100 else 80 if width >= 60 else 40
        self._each = 2 if height >= 30 else 1
        if self.card is not None:
            self.marked = min(self.marked, max(0, len(self._passages) - 1))
            self._draw()

    def _draw(self) -> None:
        card = self.card
        if card is None:
            return
        self.query_one("#reason", Plain).show(words.reason(card))
        at = 0
        for place, view in enumerate(self.query(SideView)):
            view.display = place < len(card.sides)
            if not view.display:
                continue
            shown = self._shown(card.sides[place])
            name = words.head(card, place, self._first)
            view.query_one(".name", Plain).show(name)
            for number, spot in enumerate(view.query(Spot)):
                spot.display = number < len(shown)
                if spot.display:
                    self._draw_spot(spot, shown[number], at + number)
            at += len(shown)

    def _draw_spot(self, spot: Spot, passage: Passage, at: int) -> None:
        spot.set_class(at == self.marked, "-marked")
        spot.show(words.passage(passage, self._room))

    def _shown(self, side: Side) -> tuple[Passage, ...]:
        """As many passages of a name as there is room for beside the other names."""
        names = 1 if self.card is None else len(self.card.sides)
        most = MOST_PASSAGES if names == 1 else self._each if names == 2 else 1
        return side.passages[:most]

    # Passages --------------------------------------------------------------

    @property
    def passage(self) -> Passage | None:
        """The marked passage."""
        found = self._passages
        return found[self.marked][1] if found else None

    @property
    def side(self) -> Side | None:
        """The name that the marked passage bears."""
        found = self._passages
        return found[self.marked][0] if found else None

    def mark(self, at: int) -> None:
        """Mark a passage by its place in the card."""
        if 0 <= at < len(self._passages):
            self.marked = at
            self._draw()
            self._spots[at].scroll_visible(animate=False)

    @property
    def _spots(self) -> list[Spot]:
        """The passages that are shown."""
        views = [view for view in self.query(SideView) if view.display]
        return [spot for view in views for spot in view.query(Spot) if spot.display]

    @property
    def _passages(self) -> list[tuple[Side, Passage]]:
        if self.card is None:
            return []
        sides = self.card.sides[:MOST_SIDES]
        return [(side, one) for side in sides for one in self._shown(side)]

    @on(Spot.Chosen)
    def _clicked(self, event: Spot.Chosen) -> None:
        event.stop()
        self.mark(self._spots.index(event.spot))
        self.post_message(self.Marked())
