"""Search everything: one field over documents, entities, annotations and tags.

Results come while one types. Nothing is looked for on this thread; see
``search_thread``.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input

from store import safe
from store.model import Hit
from tui.keys import bindings, by_id, show_keys
from tui.keys_run import actions_of, perform
from tui.screens import search_text
from tui.screens.dialog_frame import HEIGHTS, WIDTHS
from tui.screens.search_thread import FIRST, Answer, Asked, Searcher
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.plain import Plain, SafeInput, set_title
from tui.widgets.status import Status
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.app import Postilla

TYPING_SECONDS = 0.04
"""After a key this long passes before the search begins: the next may follow."""

PREVIEW_SECONDS = 0.06
"""The bar rests this long on a row before its preview is fetched."""

MOST_SIGNS = 500
"""Code points of a query; a selection that is searched for may be longer."""

_MORE = 4
"""How many times as many hits are fetched when the last one is reached."""

_FIELD = 20
"""Cells the field keeps beside the words at its right."""


class Results(VirtualList, can_focus=False, inherit_bindings=False):
    """The hits; keys come by the field."""

    @property
    def cursor_style(self) -> str:
        """Enter opens the row wherever one types."""
        return "cursor"


class SearchScreen(ModalScreen[None]):
    """Field, results, preview; ``esc`` goes back to where one was."""

    PLACE: ClassVar[str] = "search"
    AUTO_FOCUS = "Input"
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
            & Input { width: 1fr; background: $background; }
            & .search--sign { width: 2; color: $primary; text-style: bold; }
            & .search--state { width: auto; height: 1; color: $text-muted; }
        }
        &.-short #query { height: 1; border: none; }
        & #found { height: 1fr; }
        & Results { width: 3fr; height: 1fr; border: solid $border; }
        & #preview {
            width: 2fr;
            height: 1fr;
            border: solid $border-blurred;
            padding: 0 1;
            scrollbar-size-vertical: 1;
            & Plain { width: 100%; height: auto; }
        }
        &.-narrow #preview, &.-tiny #preview { display: none; }
    }
    """

    def __init__(self, query: str = "") -> None:
        """Begin with ``query``, which may be any string."""
        super().__init__()
        self._begin_with = " ".join(query[:MOST_SIGNS].split())
        self._kinds: tuple[str, ...] = search_text.KINDS
        self._exact = False
        self._limit = FIRST
        self._hits: Sequence[Hit] = ()
        self._answer: Answer | None = None
        self._typing: Timer | None = None
        self._resting: Timer | None = None

    @property
    def postilla(self) -> Postilla:
        """The application, as what it is."""
        app: Postilla = self.app  # type: ignore[assignment]
        return app

    @property
    def is_open(self) -> bool:
        """Whether it stands; answers may come while it is being taken down."""
        return self.is_mounted and self in self.app.screen_stack

    @property
    def searcher(self) -> Searcher:
        """Who answers: one for the window, so that words are learnt once."""
        return self.postilla.searcher

    @property
    def list(self) -> Results:
        """The results."""
        return self.query_one(Results)

    def compose(self) -> ComposeResult:
        """The field with what is going on at its right; results; preview."""
        with Horizontal(id="query"):
            yield Plain(">", classes="search--sign")
            yield SafeInput(self._begin_with, compact=True, max_length=MOST_SIGNS)
            yield Plain(classes="search--state")
        with Horizontal(id="found"):
            yield Results(
                self._fetch, search_text.COLUMNS, row_height=2, markable=False
            )
            with VerticalScroll(id="preview", can_focus=False):
                yield Plain()
        yield Status()

    def on_mount(self) -> None:
        """Look for what there is to begin with, once the frame is painted."""
        set_title(self.list, "Results")
        set_title(self.query_one("#preview"), "Preview")
        self.query_one(Status).show_place(self.PLACE, actions_of(self.app))
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.searcher.learn()
        self._look()

    def on_unmount(self) -> None:
        """Nobody waits for an answer any more."""
        self.searcher.forget()

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        self._show_state()

    # Asking ----------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._typing is not None:
            self._typing.stop()
        self._limit = FIRST
        self._typing = self.set_timer(TYPING_SECONDS, self._look)

    def _look(self) -> None:
        text = self.query_one(Input).value
        asked = Asked(text, self._kinds, self._exact, self._limit)
        app = self.postilla
        self.searcher.ask(asked, lambda answer: app.call_soon(self._show, answer))

    def _is_new(self, answer: Answer) -> bool:
        wanted = self.query_one(Input).value, self._kinds, self._exact, self._limit
        return answer.asked == Asked(*wanted)

    def _show(self, answer: Answer) -> None:
        if not self.is_open or not self._is_new(answer):
            return
        before, kept = self._answer, self._current
        self._answer, self._hits = answer, answer.hits
        if answer.failure is not None:
            self.postilla.trouble(answer.failure)
        self.list.set_empty(self._nothing(answer))
        self.list.set_ids(range(len(self._hits)), keep=False)
        self.list.refresh_rows()
        is_same = before is not None and before.asked.text == answer.asked.text
        if is_same and before is not None and before.asked.kinds == answer.asked.kinds:
            self._stay_on(kept)
        recent = not answer.asked.text.strip() and bool(self._hits)
        set_title(self.list, "Opened or added last" if recent else "Results")
        self._show_state()
        self._preview_soon()

    def _stay_on(self, kept: Hit | None) -> None:
        for place, hit in enumerate(self._hits):
            if kept is not None and (hit.kind, hit.id) == (kept.kind, kept.id):
                self.list.move_to(place)

    def _nothing(self, answer: Answer) -> str:
        if answer.failure is not None:
            return f"The search did not work: {answer.failure}"
        text = answer.asked.text.strip()
        if not text:
            return empty.nothing_typed(search_text.KIND_WORDS[self._kinds])
        key = show_keys(by_id("search.exact", actions_of(self.app)))
        return empty.no_results(text, exact=key, is_exact=answer.asked.exact)

    def _show_state(self) -> None:
        """How it is searched and what was found, in the room beside the field."""
        answer = self._answer
        count = ""
        if answer is not None and answer.asked.text.strip():
            count = search_text.counted(
                len(answer.hits), answer.asked.limit, answer.seconds
            )
        learnt = answer is None or answer.learnt
        forms = search_text.state_forms(self._kinds, self._exact, count, learnt)
        room = self.size.width - _FIELD
        fitting = (form for form in forms if safe.width(form) <= room)
        self.query_one(".search--state", Plain).show(next(fitting, ""))

    # What was found --------------------------------------------------------

    @property
    def _current(self) -> Hit | None:
        place = self.list.cursor_index
        return self._hits[place] if 0 <= place < len(self._hits) else None

    def _fetch(self, ids: Sequence[int]) -> dict[int, Row]:
        return {n: search_text.row(self._hits[n]) for n in ids if n < len(self._hits)}

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()
        self._preview_soon()
        at_end = event.index == len(self._hits) - 1
        if at_end and len(self._hits) >= self._limit:
            self._limit *= _MORE
            self._look()

    def _preview_soon(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(PREVIEW_SECONDS, self._preview)

    def _preview(self) -> None:
        hit = self._current
        pane = self.query_one("#preview", VerticalScroll)
        if not pane.display:
            return
        if hit is None:
            pane.query_one(Plain).show("")
            return

        def show(text: Content) -> None:
            if self.is_open and hit is self._current:
                pane.query_one(Plain).show(text)
                pane.scroll_home(animate=False)

        query = self.query_one(Input).value
        self.postilla.hand.ask(
            lambda library: search_text.preview(library, hit, query), show
        )

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.action_open()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_open()

    # Keys ------------------------------------------------------------------

    def action_open(self) -> None:
        """Go to what the bar is on."""
        hit = self._current
        if hit is None:
            return
        app, text = self.postilla, self.query_one(Input).value.strip()
        self.dismiss(None)
        app.call_later(go_to, app, hit, text)

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss(None)

    def action_next_kind(self) -> None:
        """Only documents, only entities, … and all again."""
        ways = itertools.cycle(search_text.KIND_WORDS)
        while next(ways) != self._kinds:
            pass
        self._kinds = next(ways)
        self._again()

    def action_toggle_exact(self) -> None:
        """Only as typed, or in spite of slips in spelling."""
        self._exact = not self._exact
        self._again()

    def action_code_all(self) -> None:
        """Tag every place of what is typed."""
        from tui.screens.coding import code_words

        app, text = self.postilla, self.query_one(Input).value.strip()
        if text:
            self.dismiss(None)
            app.call_later(code_words, app, text)

    def _again(self) -> None:
        self._limit = FIRST
        self._show_state()
        self._look()

    def action_cursor_down(self) -> None:
        """Bar down."""
        self.list.action_cursor_down()

    def action_cursor_up(self) -> None:
        """Bar up."""
        self.list.action_cursor_up()

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


def go_to(app: Postilla, hit: Hit, query: str) -> None:
    """Show a hit on the screen it belongs to; the reader also shows the other hits."""
    if hit.kind == "entity":
        app.show_entity(hit.id)
    elif hit.kind == "tag":
        app.show_tag(hit.id)
    elif hit.document is not None:
        app.last_query = query if hit.kind == "document" else ""
        app.open_document(hit.document, hit.start, hit.end)
