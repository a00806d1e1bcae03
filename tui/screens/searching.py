"""Search everything: one field over documents, entities, annotations and tags.

Results come while one types. Nothing is looked for on this thread; see
``search_thread``. First come the rows, then, for those that are seen, the match in
its context, then the counts beside them.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from store.model import Hit
from tui.keys import bindings
from tui.keys_run import actions_of, perform
from tui.screens import search_text
from tui.screens.dialog_frame import HEIGHTS, WIDTHS
from tui.screens.search_asked import Left
from tui.screens.search_base import Results
from tui.screens.search_narrowing import SearchFacets
from tui.screens.search_rows import SearchRows
from tui.screens.search_text import Past
from tui.widgets.completions import Completions
from tui.widgets.plain import Plain, SafeInput, set_title
from tui.widgets.status import Status
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.app import Postilla

MOST_SIGNS = 500
"""Code points of a query; a selection that is searched for may be longer."""


class QueryField(SafeInput):
    """Where the query is typed. Its size is fixed, so that a key moves nothing else:
    laying out the screen anew would cost more than all the rest of a key."""

    virtual_size = Reactive(Size(0, 0), layout=False)

    class PastEnd(Message):
        """The cursor was to go to the right of the last sign."""

    def action_cursor_right(self, select: bool = False) -> None:
        """One sign on; at the end what is offered may be taken."""
        if self.cursor_at_end and not select:
            self.post_message(self.PastEnd())
        super().action_cursor_right(select)


class SearchScreen(SearchRows):
    """Field, results, preview, counts; ``esc`` goes back to where one was."""

    PLACE: ClassVar[str] = "search"
    AUTO_FOCUS = "QueryField"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("search")]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    SearchScreen {
        background: $background;
        & #query {
            height: 3;
            border: solid $border;
            padding: 0 1;
            & Input { width: 1fr; height: 1; background: $background; }
            & .search--sign { width: 2; color: $primary; text-style: bold; }
            & .search--state {
                width: 48; height: 1; color: $text-muted; text-align: right;
            }
        }
        &.-narrow #query .search--state { width: 40; }
        &.-tiny #query .search--state { width: 18; }
        &.-short #query { height: 1; border: none; }
        & #found { height: 1fr; }
        & Results {
            width: 3fr;
            height: 1fr;
            border: solid $border;
            border-subtitle-color: $text-muted;
            overflow-y: scroll;
        }
        & #beside { width: 2fr; height: 1fr; }
        & #preview {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            padding: 0 1;
            & Plain { width: 100%; height: 1fr; }
        }
        & SearchFacets {
            height: 1fr;
            overflow-y: scroll;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            &:focus { border: solid $border; border-title-color: $border; }
        }
        &.-short SearchFacets { display: none; }
        &.-short.-facets SearchFacets { display: block; }
        &.-short.-facets #preview { display: none; }
        &.-narrow #beside, &.-tiny #beside { display: none; }
        &.-narrow.-facets #beside { display: block; width: 30; }
        &.-tiny.-facets #beside { display: block; width: 1fr; }
        &.-tiny.-facets Results { display: none; }
        &.-narrow #preview, &.-tiny #preview { display: none; }
    }
    """

    def __init__(self, query: str = "") -> None:
        """Begin with ``query``, which may be any string; without one where the search
        was left by opening a hit."""
        super().__init__()
        self._begin_with = " ".join(query[:MOST_SIGNS].split())

    def compose(self) -> ComposeResult:
        """The field with what is going on at its right; results; preview; counts."""
        self._come_back()
        with Horizontal(id="query"):
            yield Plain(">", classes="search--sign")
            yield QueryField(self._begin_with, compact=True, max_length=MOST_SIGNS)
            yield Plain(classes="search--state")
        yield Completions()
        with Horizontal(id="found"):
            yield Results(
                self._fetch, search_text.COLUMNS, row_height=2, markable=False
            )
            with Vertical(id="beside"):
                with Vertical(id="preview"):
                    yield Plain()
                yield SearchFacets()
        yield Status()

    def _come_back(self) -> None:
        """Where nothing is asked: what was asked when a hit was opened."""
        left, self.searcher.left = self.searcher.left, None
        if left is not None and not self._begin_with:
            asked, self._goal = left.asked, left.hit
            self._begin_with, self._kinds = asked.text, asked.kinds
            self._mode, self._limit = asked.mode, asked.limit
            self.search_within(asked.within)

    def on_mount(self) -> None:
        """Look for what there is to begin with, once the frame is painted."""
        self.take_over()
        self.show_scope("Results")
        set_title(self.query_one("#preview"), "Preview")
        set_title(self.facets, "Narrow by")
        self.show_keys_of(self.PLACE)
        self.watch(self.list, "scroll_y", self._context_soon, init=False)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.searcher.learn()
        self.look()

    def on_unmount(self) -> None:
        """Nobody waits for an answer any more."""
        self.searcher.forget()

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        # Once the field beside it has its new width.
        self.call_after_refresh(self._show_state)
        self.call_after_refresh(self._context_soon)
        self.count_soon()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        status = self.query_one(Status)
        if status.message:
            status.clear()
        self.complete()
        self.again()

    # Keys ------------------------------------------------------------------

    @on(VirtualList.Opened, "Results")
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.action_open()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_open()

    @on(QueryField.PastEnd)
    def _past_end(self) -> None:
        self.take_offer()

    def action_open(self) -> None:
        """Go to what the bar is on; a search of before is asked again."""
        one = self._current
        if isinstance(one, Past):
            self.ask_again(one)
        elif one is not None and one.kind == "document" and one.start is None:
            from store.search.hits import snippets

            hits = [one]
            self.postilla.hand.ask(
                lambda library: snippets(library.core.reader, hits),
                lambda found: self._leave_for(found[0]),
            )
        elif one is not None:
            self._leave_for(one)

    def _leave_for(self, hit: Hit) -> None:
        if not self.is_open:
            return
        self.remember()
        if self.field.value.strip():
            self.searcher.left = Left(self.asked, (hit.kind, hit.id))
        app = self.postilla
        self.dismiss(None)
        app.call_later(go_to, app, hit)

    def action_close(self) -> None:
        """Away with what is offered; from the counts to the field; else back."""
        if self.completions.is_open:
            self.completions.close()
        elif self.facets.has_focus:
            self.leave_counts()
        else:
            self.remember()
            self.dismiss(None)

    def action_next_kind(self) -> None:
        """What is offered; else only documents, only entities, … and all again."""
        if self.take_offer():
            return
        ways = itertools.cycle(search_text.KIND_WORDS)
        while next(ways) != self._kinds:
            pass
        self._kinds = next(ways)
        self.again()

    def action_toggle_exact(self) -> None:
        """Only as typed, or in spite of slips in spelling."""
        self._mode = "exact" if self._mode == "fuzzy" else "fuzzy"
        self.again()

    def action_toggle_regex(self) -> None:
        """A regular expression, or words."""
        self._mode = "fuzzy" if self._mode == "regex" else "regex"
        self.again()

    def action_code_all(self) -> None:
        """Tag every place of what is typed, in the documents one looks in."""
        from tui.screens.search_coding import code_every_place

        code_every_place(self)

    def action_move(self, rows: int) -> None:
        """Bar down, or up for a negative number; among values if offered."""
        if self.offers_values:
            self.completions.move(rows)
        else:
            self.list.move_to(self.list.cursor_index + rows, 1 if rows > 0 else -1)

    def action_page_down(self) -> None:
        """Bar a page down."""
        self.list.action_page_down()

    def action_page_up(self) -> None:
        """Bar a page up."""
        self.list.action_page_up()

    @on(Status.Chosen)
    async def _hint_chosen(self, event: Status.Chosen) -> None:
        for action in actions_of(self.app):
            if action.id == event.action:
                await perform(self, action)


def go_to(app: Postilla, hit: Hit) -> None:
    """Show a hit on the screen it belongs to; the reader also shows the other hits."""
    if hit.kind == "entity":
        app.show_entity(hit.id)
    elif hit.kind == "tag":
        app.show_tag(hit.id)
    elif hit.document is not None:
        is_document = hit.kind == "document"
        app.last_hit = hit if is_document else None
        app.open_document(hit.document, hit.start, hit.end)
