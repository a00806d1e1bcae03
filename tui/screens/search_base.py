"""What the parts of the search screen share: the field, the list, what was found."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from store.model import Hit
from tui.keys_run import actions_of
from tui.screens.search_asked import EVERYWHERE, FIRST, KINDS, Answer, Asked
from tui.screens.search_text import Past
from tui.screens.search_thread import Searcher
from tui.widgets.status import Status
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from tui.app import Postilla

Shown = Hit | Past
"""What stands in a row."""


class Unmoving(VirtualList, inherit_bindings=False):
    """A list that never moves what is around it: the bar of scrolling always stands.

    So other rows need no new layout of the screen, which costs more than painting
    them, and would be asked for by every key that is typed. Whoever has one gives it
    the style ``overflow-y: scroll``.
    """

    def _update_extent(self) -> None:
        lines = len(self._ids) * self._row_height
        if lines:
            lines += self._view_height % self._row_height
        if self.virtual_size.height != lines:
            self.set_reactive(Widget.virtual_size, Size(1, lines))
            self._scroll_update(self.virtual_size)


class Results(Unmoving, can_focus=False, inherit_bindings=False):
    """The hits; keys come by the field."""

    @property
    def cursor_style(self) -> str:
        """Enter opens the row wherever one types."""
        return "cursor"

    @property
    def in_sight(self) -> range:
        """The places of the rows that are seen, and of the next few."""
        first = self.scroll_offset.y // self._row_height
        return range(first, min(first + self.page_rows + 2, len(self.ids)))


class SearchBase(ModalScreen[None]):
    """Asking and what came of it; see ``searching`` for the whole."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: tuple[str, ...] = KINDS
        self._exact = False
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
        return Asked(self.field.value, self._kinds, self._exact, self._limit, within)

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
    def look(self) -> None:
        """Ask for what is typed."""

    def again(self) -> None:
        """Ask for the first hits of what is typed, in another way."""
        self._limit = FIRST
        self.look()
