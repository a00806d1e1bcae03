"""Annotations: a working table of all of them, and the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from store.annotation_rows import AnnotationFilter
from store.errors import NotFound, PostillaError
from store.tagexpr import ExpressionError
from tui.keys import bindings
from tui.screens.annotation_acts import AnnotationActs
from tui.screens.annotation_text import (
    EVERYTHING,
    annotation_row,
    around,
    columns,
    is_narrowed,
    narrowed_by,
    ordered_by,
    preview,
)
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.narrow import NarrowBar
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.annotation_ids import Look
    from store.library import Library

PREVIEW_SECONDS = 0.06
"""The cursor rests this long before a preview is fetched, so that it can run."""


class AnnotationList(VirtualList, inherit_bindings=False):
    """The table with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    def action_leave(self) -> None:
        """Nothing is at the left of this list."""


class AnnotationsScreen(AnnotationActs):
    """The fourth screen."""

    PLACE = "annotations"
    AUTO_FOCUS = "AnnotationList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("annotations")]
    DEFAULT_CSS = """
    AnnotationsScreen {
        & AnnotationList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; border-title-color: $border; }
        }
        & #preview {
            height: 12;
            padding: 0 1;
            scrollbar-size-vertical: 1;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; border-title-color: $border; }
            & Plain { height: auto; }
        }
        &.-short #preview { display: none; height: 9; }
        &.-short.-panel #preview { display: block; }
        &.-tall.-no-panel #preview { display: none; }
        &.-empty #preview { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.filters = EVERYTHING
        self._total = 0
        self._asked = 0
        self._timer: Timer | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The table, the line to narrow it, the preview."""
        yield AnnotationList(self._rows, columns(coders=False, lost=False))
        yield NarrowBar()
        with VerticalScroll(id="preview"):
            yield Plain(id="shown")

    def on_mount(self) -> None:
        """Titles; the rows follow."""
        super().on_mount()
        self.query_one(NarrowBar).field.placeholder = "words of passage, note, tag"
        set_title(self.query_one("#preview"), "Passage")
        set_title(self.list, "Annotations")

    @property
    def list(self) -> AnnotationList:
        """The table."""
        return self.query_one(AnnotationList)

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        found = self.library.annotations.rows(ids)
        return {id: annotation_row(one) for id, one in found.items()}

    # What is shown ---------------------------------------------------------

    def refresh_from_library(self) -> None:
        """Ask again which annotations there are and which of them are shown."""
        self._asked += 1
        asked, filters = self._asked, self.filters

        def read(library: Library) -> Look | PostillaError | None:
            # While words are typed, only the last question is worth an answer.
            if asked != self._asked:
                return None
            try:
                return library.annotations.look(filters)
            except PostillaError as error:
                return error

        def show(found: Look | PostillaError | None) -> None:
            if found is None or asked != self._asked or not self.is_mounted:
                return
            if isinstance(found, PostillaError):
                # A tag, query or collection that was asked for is gone.
                self.say(f"Everything is shown: {_reason(found)}", error=True)
                self.filters = EVERYTHING
                self.refresh_from_library()
            else:
                self._show_found(found)

        self.hand.ask(read, show)

    def _show_found(self, found: Look) -> None:
        self._total = found.total
        self.list.set_columns(columns(coders=found.coders > 1, lost=bool(found.unsure)))
        self.list.set_ids(found.ids)
        self.list.refresh_rows()
        self.set_class(not found.total, "-empty")
        self.show_place("annotations" if found.total else "annotations-empty")
        none = empty.nothing_left() if found.total else empty.no_annotations()
        self.list.set_empty(none)
        self._show_counts()
        self._preview_soon()

    def _show_counts(self) -> None:
        shown = len(self.list.ids)
        count = f"{shown:,}" + (f" of {self._total:,}" if shown < self._total else "")
        parts = [f"Annotations · {count}"]
        parts += [ordered_by(self.filters)] if shown else []
        if self.list.marked:
            parts.append(f"{len(self.list.marked):,} marked")
        set_title(self.list, " · ".join(parts), subtitle=narrowed_by(self.filters))

    @on(VirtualList.Highlighted, "AnnotationList")
    def _highlighted(self) -> None:
        self._preview_soon()

    @on(VirtualList.MarksChanged, "AnnotationList")
    def _marked(self) -> None:
        self._show_counts()

    def _preview_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PREVIEW_SECONDS, self._show_preview)

    def _show_preview(self) -> None:
        one = self.list.cursor_id
        pane = self.query_one("#preview")
        if not pane.display:
            return
        if one is None:
            self.query_one("#shown", Plain).show("")
            return

        def show(text: Content | None) -> None:
            if text is not None and self.is_mounted and self.list.cursor_id == one:
                self.query_one("#shown", Plain).show(text)
                pane.scroll_home(animate=False)

        self.hand.ask(lambda library: read_preview(library, one), show)

    # Narrowing -------------------------------------------------------------

    def show_filters(self, filters: AnnotationFilter) -> None:
        """Show what fits these filters, in their order."""
        self.filters = filters
        self.refresh_from_library()

    def action_find(self) -> None:
        """Narrow by words of the passage, the note, a tag or the document."""
        self.query_one(NarrowBar).open(self.filters.words or "")
        # What takes a moment at first is read while the first letter is typed.
        self.hand.ask(lambda library: library.annotations.get_ready(), lambda _: None)

    @on(NarrowBar.Changed)
    def _words_changed(self, event: NarrowBar.Changed) -> None:
        self.show_filters(replace(self.filters, words=event.words or None))

    @on(NarrowBar.Left)
    def _words_left(self) -> None:
        self.list.focus()

    def action_toggle_panel(self) -> None:
        """Show or hide the passage."""
        self.toggle_class("-no-panel" if self.has_class("-tall") else "-panel")
        self.list.focus()
        self.call_after_refresh(self._show_preview)

    def action_step_out(self) -> None:
        """From the passage back; else drop marks; else show everything again."""
        super().action_step_out()
        if not self.list.has_focus:
            self.list.focus()
        elif self.list.marked:
            self.list.clear_marks()
        elif is_narrowed(self.filters):
            self.query_one(NarrowBar).close()
            order, reverse = self.filters.order, self.filters.reverse
            self.show_filters(replace(EVERYTHING, order=order, reverse=reverse))


def _reason(error: PostillaError) -> str:
    return error.reason if isinstance(error, ExpressionError) else str(error)


def read_preview(library: Library, annotation: int) -> Content | None:
    """What the preview shows of an annotation; ``None`` if it is gone."""
    one = library.annotations.rows([annotation]).get(annotation)
    if one is None:
        return None
    before, after, now = one.before, one.after, ""
    if one.start is not None and one.end is not None and one.anchor_state != "orphan":
        try:
            text = library.documents.text(one.document)
        except NotFound:
            return None
        before, after = around(text, one.start, one.end)
        if one.anchor_state == "proposed":
            now = text[one.start : one.end]
    return preview(one, before, after, now)
