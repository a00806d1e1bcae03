"""Words in context: every place of a question, one line each, aligned on the words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from store import kwic, places
from store.document_rows import DocumentFilter
from tui.keys import bindings
from tui.screens.concordance_preview import ConcordancePreview
from tui.screens.concordance_text import (
    COLUMNS,
    HOW_TO_ASK,
    counted,
    left_cells,
    line_row,
    way,
)
from tui.screens.place_hunt import Hunt
from tui.screens.which_documents import in_words
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.passage_pane import PassagePane
from tui.widgets.plain import Plain, SafeInput, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.library import Library

_AT_ONCE = 4000
"""Up to so many places the list grows with every bit that was looked through."""

_MOST_SIGNS = 500


class PlaceList(VirtualList, inherit_bindings=False):
    """The lines with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    def on_resize(self) -> None:
        """Cut the contexts for the new width."""
        super().on_resize()
        self.refresh_rows()

    def action_leave(self) -> None:
        """Nothing is at the left of this list."""


class ConcordanceScreen(ConcordancePreview):
    """What is asked at the top, the lines below, the place under the cursor."""

    PLACE = "concordance"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("concordance")]
    DEFAULT_CSS = """
    ConcordanceScreen {
        & #question {
            height: 3;
            padding: 0 1;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            &:focus-within { border: solid $border; border-title-color: $border; }
            & Input { width: 1fr; background: $background; }
            & Plain { width: 2; color: $primary; text-style: bold; }
        }
        &.-short #question { height: 1; border: none; }
        & PlaceList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; border-title-color: $border; }
        }
    }
    """

    def __init__(self, words: str = "") -> None:
        """Show ``words``, a question as ``store.places`` understands it, of any
        origin; ask for them if there are none."""
        super().__init__()
        self.words = " ".join(words[:_MOST_SIGNS].split())
        self.filters = DocumentFilter()
        self.order, self.reverse = "date", False
        self._count = 0
        self._arranging: Iterator[array[int] | None] | None = None
        self._next: Hunt | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The question, the lines, the preview."""
        with Horizontal(id="question"):
            yield Plain(">")
            yield SafeInput(
                self.words,
                placeholder='words, word*, "a phrase", entity:NAME, tag:PATH, /regex/',
                compact=True,
                max_length=_MOST_SIGNS,
                select_on_focus=False,
            )
        yield PlaceList(self._rows, COLUMNS, empty=HOW_TO_ASK)
        yield PassagePane()

    def on_mount(self) -> None:
        """Titles, and the question if there is none yet."""
        super().on_mount()
        set_title(self.query_one("#question"), "Words in context")
        set_title(self.query_one(PassagePane), "Place")
        self.set_class(True, "-empty")
        self._show_counts()
        (self.list if self.words else self.field).focus()

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self._stop()

    @property
    def list(self) -> PlaceList:
        """The lines; an id is the number of a place as it was found."""
        return self.query_one(PlaceList)

    @property
    def field(self) -> Input:
        """Where one asks."""
        return self.query_one(Input)

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        wanted = [self.places[number] for number in ids if number < len(self.places)]
        found = {
            (line.document, line.start, line.end): line
            for line in kwic.lines(self.library.core.reader, wanted, self.size.width)
        }
        cells = left_cells(self.list.scrollable_content_region.width)
        rows: dict[int, Row] = {}
        for number, place in zip(ids, wanted, strict=False):
            line = found.get((place.document, place.start, place.end))
            if line is not None:
                rows[number] = line_row(line, cells)
        return rows

    # Asking ----------------------------------------------------------------

    def refresh_from_library(self) -> None:
        """Look again where there may be other places than before; the lines stay
        until the new ones are there."""
        if not self.words or (self._next is not None):
            return
        fixed = places.kind_of(self.words)[0] in ("words", "pattern")
        same = self.library.documents.count() == self._count
        if self.hunt is not None and fixed and same:
            self.list.refresh_rows()
            self.preview_soon()
            return
        self._look()

    def ask(self, words: str) -> None:
        """Show other words."""
        problem = places.problem_with(words)
        if problem is not None:
            self.say(problem, error=True)
            return
        self._stop()
        self.words, self.hunt = words, None
        self._look()
        self.list.focus()

    def _look(self) -> None:
        self._stop()
        self._count = self.library.documents.count()
        hunt = Hunt(self.words, self.filters)
        self._next = hunt
        hunt.start(self.hand, self._told)
        if self.hunt is None:
            self._show(hunt)

    def _stop(self) -> None:
        self._arranging = None
        for hunt in (self._next, self.hunt):
            if hunt is not None:
                hunt.stop()
        self._next = None

    def _told(self, hunt: Hunt) -> None:
        """Some more was looked through."""
        if not self.is_mounted or hunt is not self._next:
            return
        if hunt.problem:
            self.say(hunt.problem, error=True)
        if hunt is self.hunt or hunt.is_complete:
            self._show(hunt)
        if hunt.is_complete:
            self._next = None
            self._arrange()

    def _show(self, hunt: Hunt) -> None:
        is_other = hunt is not self.hunt
        if is_other:
            self.list.clear_marks()
        before, self.hunt = self.hunt, hunt
        count = len(hunt.places)
        if is_other or hunt.is_complete or count <= _AT_ONCE:
            same = before is not None or not is_other
            self.list.set_ids(array("q", range(count)), keep=same)
            self.list.refresh_rows()
        self.set_class(not count, "-empty")
        self.list.set_empty(self._nothing(hunt))
        self._show_counts()
        self.preview_soon()

    def _nothing(self, hunt: Hunt) -> str:
        if hunt.problem:
            return hunt.problem
        if not hunt.is_complete:
            return "Looking…"
        if not self.library.documents.count():
            return empty.no_documents_to_ask()
        where = "" if hunt.filters == DocumentFilter() else " in these documents"
        return f"{hunt.words} stands nowhere{where}.\n\n  /    ask for something else"

    # Order -----------------------------------------------------------------

    def arrange_by(self, order: str, *, reverse: bool) -> None:
        """Put the lines in another order."""
        self.order, self.reverse = order, reverse
        self._arrange()

    def _arrange(self) -> None:
        """Work the order out a bit at a time, once all places are there."""
        hunt = self.hunt
        self._show_counts()
        if hunt is None or not hunt.is_complete or not len(hunt.places):
            return
        order, reverse = self.order, self.reverse
        reading: list[Iterator[array[int] | None]] = []

        def step(library: Library) -> array[int] | None:
            if not reading:
                reader = library.core.reader
                reading.append(
                    kwic.arranged(reader, hunt.places, order, reverse=reverse)
                )
            return next(reading[0])

        def told(numbers: array[int] | None) -> None:
            is_wanted = (order, reverse) == (self.order, self.reverse)
            if not self.is_mounted or hunt is not self.hunt or not is_wanted:
                return
            if numbers is None:
                self.hand.ask(step, told)
                return
            self.list.set_ids(numbers)
            self.list.refresh_rows()
            self.preview_soon()

        self.hand.ask(step, told)

    # What is shown ---------------------------------------------------------

    def _show_counts(self) -> None:
        hunt = self.hunt
        if hunt is None:
            set_title(self.list, "Places", subtitle="")
            return
        parts = [counted(len(hunt.places), hunt.documents)]
        if not hunt.is_complete:
            parts.append(f"{hunt.share:.0%} looked through")
        elif len(hunt.places):
            parts.append(way(self.order, reverse=self.reverse))
        if self.list.marked:
            parts.append(f"{len(self.list.marked):,} marked")
        where = ""
        if self.filters != DocumentFilter():
            where = f"{in_words(self.library, self.filters)} · esc: all documents"
        below = " · ".join(part for part in (where, hunt.note) if part)
        set_title(self.list, " · ".join(parts), subtitle=below)

    @on(VirtualList.Highlighted, "PlaceList")
    def _highlighted(self) -> None:
        self.preview_soon()

    @on(VirtualList.MarksChanged, "PlaceList")
    def _marked(self) -> None:
        self._show_counts()

    # Keys ------------------------------------------------------------------

    def action_find(self) -> None:
        """Ask for other words."""
        self.field.focus()
        self.field.cursor_position = len(self.field.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.ask(event.value.strip())

    async def on_key(self, event: events.Key) -> None:
        """From the question down to the lines."""
        if event.key == "down" and self.field.has_focus and len(self.list.ids):
            event.stop()
            self.list.focus()
        await super().on_key(event)

    def action_step_out(self) -> None:
        """From the question to the lines; else drop marks; else look everywhere."""
        super().action_step_out()
        if self.field.has_focus:
            self.field.value = self.words
            self.list.focus()
        elif self.list.marked:
            self.list.clear_marks()
        elif self.filters != DocumentFilter():
            self.look_in(DocumentFilter())

    def look_in(self, filters: DocumentFilter) -> None:
        """Look in other documents."""
        self.filters = filters
        if self.words:
            self._stop()
            self.hunt = None
            self._look()
