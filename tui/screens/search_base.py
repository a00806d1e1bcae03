"""What the parts of the search screen share: the field, the list, what was found."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from store.document_filter import DocumentFilter
from store.model import Hit
from tui.keys_run import actions_of
from tui.screens.search_asked import EVERYWHERE, FIRST, KINDS, Answer, Asked, Mode
from tui.screens.search_text import Past
from tui.screens.search_thread import Searcher
from tui.widgets.columns import Column, Row
from tui.widgets.paging import Fetch
from tui.widgets.status import Status
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from tui.app import Postilla

Shown = Hit | Past
"""What stands in a row."""

_AT_ONCE = 3
"""Rows that are painted before a key is listened to again."""


class Unmoving(VirtualList, inherit_bindings=False):
    """A list that never moves what is around it: the bar of scrolling always stands.

    So other rows need no new layout of the screen, which costs more than painting
    them, and would be asked for by every key that is typed. Whoever has one gives it
    the style ``overflow-y: scroll``.
    """

    def _update_extent(self) -> None:
        if self._set_extent():
            self._scroll_update(self.virtual_size)

    def _set_extent(self) -> bool:
        """Take the height of all rows; whether it is another than before."""
        lines = len(self._ids) * self._row_height
        if lines:
            lines += self._view_height % self._row_height
        is_other = self.virtual_size.height != lines
        if is_other:
            self.set_reactive(Widget.virtual_size, Size(1, lines))
        return is_other


class Results(Unmoving, can_focus=False, inherit_bindings=False):
    """The hits; keys come by the field.

    Each key brings other rows. Painting them all at once would let the next key wait,
    so only rows that look otherwise than before are painted, some at a time.
    """

    def __init__(self, fetch: Fetch, columns: Sequence[Column], **options: Any) -> None:
        """As the list; the ids are the places of the rows."""
        super().__init__(fetch, columns, **options)
        self._ask = fetch
        self._known: dict[int, Row | None] = {}
        self._due: list[int] = []
        self._is_painting = False
        self._is_bar_old = False

    @property
    def cursor_style(self) -> str:
        """Enter opens the row wherever one types."""
        return "cursor"

    @property
    def in_sight(self) -> range:
        """The places of the rows that are seen, and of the next few."""
        first = self.scroll_offset.y // self._row_height
        return range(first, min(first + self.page_rows + 2, len(self.ids)))

    def row_at(self, index: int) -> Row | None:
        """The row at a place, made when it is first looked at."""
        if index not in self._known:
            self._known[index] = self._ask([index]).get(index)
        return self._known[index]

    def show_rows(self, count: int, empty: str) -> None:
        """Show other rows from the first on; ``empty`` where there is none."""
        slots = range(-(-self._view_height // self._row_height))
        before = self._looks(slots, self._known.get)
        is_scrolled = self.scroll_offset.y > 0
        self._known, self._empty = {}, empty
        self._ids = array("q", range(count))
        self._cursor = 0 if count else -1
        self._is_bar_old = self._set_extent() or self._is_bar_old
        if is_scrolled:
            self.scroll_to(y=0, animate=False)
            self._due = []
            self.refresh_rows()
            return
        after = self._looks(slots, self.row_at)
        changed = {n for n in slots if before[n] != after[n]}
        same = set(slots) - changed
        self._strips = {at: s for at, s in self._strips.items() if at[0] in same}
        self._paint(changed)

    def change(self, places: Iterable[int]) -> None:
        """Make these rows anew."""
        changed = set()
        for place in places:
            before = self._known.pop(place, None)
            if before != self.row_at(place):
                changed.add(place)
        self._strips = {at: s for at, s in self._strips.items() if at[0] not in changed}
        self._paint(changed)

    def _looks(
        self, slots: range, row_of: Callable[[int], Row | None]
    ) -> list[tuple[object, bool]]:
        """How each part of the pane looks, from the top."""
        count = len(self._ids)
        if not count:
            return [(self._empty, False) for _ in slots]
        return [(row_of(n) if n < count else "", n == self._cursor) for n in slots]

    def _paint(self, places: set[int]) -> None:
        self._due = sorted(places.union(self._due))
        if not self._is_painting:
            self._paint_some()

    def _paint_some(self) -> None:
        now, self._due = self._due[:_AT_ONCE], self._due[_AT_ONCE:]
        for place in now:
            self._refresh_row(place)
        if not now and self._is_bar_old:
            # Last, since painting the bar takes as long as painting some rows.
            self._is_bar_old = False
            self._scroll_update(self.virtual_size)
        self._is_painting = bool(self._due) or self._is_bar_old
        if self._is_painting:
            self.call_after_refresh(self._paint_some)


class SearchBase(ModalScreen[None]):
    """Asking and what came of it; see ``searching`` for the whole."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: tuple[str, ...] = KINDS
        self._mode: Mode = "fuzzy"
        self._limit = FIRST
        self._within = EVERYWHERE
        self._is_within = False
        self._rows: list[Shown] = []
        self._answer: Answer | None = None
        self._hinted = ""

    @property
    def postilla(self) -> Postilla:
        """The application, as what it is."""
        app: Postilla = self.app  # type: ignore[assignment]
        return app

    @property
    def is_open(self) -> bool:
        """Whether it stands; answers may come while it is being taken down."""
        stands = self.is_mounted and self in self.app.screen_stack
        return stands and bool(self.query(Results))

    @property
    def searcher(self) -> Searcher:
        """Who answers: one for the window, so that words are learnt once."""
        return self.postilla.searcher

    @property
    def list(self) -> Results:
        """The results."""
        return self.query_one(Results)

    @property
    def field(self) -> Input:
        """Where one types."""
        return self.query_one(Input)

    @property
    def asked(self) -> Asked:
        """What is asked now."""
        within = self._within if self._is_within else EVERYWHERE
        return Asked(self.field.value, self._kinds, self._mode, self._limit, within)

    @property
    def _current(self) -> Shown | None:
        """What the bar is on."""
        place = self.list.cursor_index
        return self._rows[place] if 0 <= place < len(self._rows) else None

    @property
    def _hits(self) -> Sequence[Hit]:
        """What was found, without the searches that can be asked again."""
        return [one for one in self._rows if isinstance(one, Hit)]

    def type_in(self, text: str) -> None:
        """Put a query into the field, to be asked and gone on with."""
        self.field.value = text
        self.field.cursor_position = len(text)
        self.field.focus()

    def say(self, sentence: str) -> None:
        """Say something in the footer."""
        self.query_one(Status).say(sentence)

    def show_keys_of(self, place: str) -> None:
        """Let the footer show the keys of the place, or of a state of it."""
        if place == self._hinted:
            return
        self._hinted = place
        self.query_one(Status).show_place(place, actions_of(self.app))

    @abstractmethod
    def search_within(self, filters: DocumentFilter) -> None:
        """Search inside these documents; everywhere where they are all."""

    @abstractmethod
    def look(self) -> None:
        """Ask for what is typed."""

    def again(self) -> None:
        """Ask for the first hits of what is typed, in another way."""
        self._limit = FIRST
        self.look()
