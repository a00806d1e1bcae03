"""The reader: one document with who is in it and what was marked in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui.keys import bindings
from tui.screens import reading_text
from tui.screens.reading_acts import ReadingActs
from tui.screens.reading_find import ReadingFind
from tui.screens.reading_page import read_page, with_annotations, with_entities
from tui.screens.reading_panels import ReadingPanels
from tui.screens.reading_parts import TextReader
from tui.screens.reading_text import Page
from tui.widgets.annotation_form import AnnotationForm
from tui.widgets.narrow import NarrowBar
from tui.widgets.plain import Plain
from tui.widgets.reader import Reader
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Draft
    from tui.everywhere import Goal

NO_DOCUMENT = ("No document yet", "i on Documents adds some.")
REMOVED = ("This document was removed", "u takes it back.")


class ReadingScreen(ReadingActs, ReadingFind, ReadingPanels):
    """The second screen."""

    PLACE = "reader"
    AUTO_FOCUS = "TextReader"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reader")]
    DEFAULT_CSS = """
    ReadingScreen {
        & #body { height: 1fr; }
        & #text { width: 1fr; height: 1fr; }
        & TextReader {
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; }
        }
        & #here { height: 1; padding: 0 1; background: $panel; display: none; }
        & #side { width: 44; height: 1fr; }
        & PanelList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; }
        }
        & #named { height: 1fr; }
        & AnnotationForm { height: 1fr; }
        &.-narrow #side, &.-tiny #side { display: none; }
        &.-narrow #here, &.-tiny #here { display: block; }
        &.-narrow.-panel #side, &.-tiny.-panel #side { display: block; width: 1fr; }
        &.-narrow.-panel #text, &.-tiny.-panel #text { display: none; }
        &.-wide.-no-panel #side { display: none; }
        &.-writing #marked, &.-writing #named { display: none; }
        &.-wide.-writing #side { display: block; }
        &.-narrow.-writing #body, &.-tiny.-writing #body { layout: vertical; }
        &.-narrow.-writing #side, &.-tiny.-writing #side {
            display: block; width: 1fr; height: 13; max-height: 85%;
        }
        &.-narrow.-writing #text, &.-tiny.-writing #text { display: block; }
        &.-writing #here { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.page: Page | None = None
        self._waiting: Draft | None = None  # until the annotations are there
        self._read: int | None = None  # the document that was marked as read last
        self._asked = 0
        self._coming: tuple[int, Goal | None] | None = None  # being fetched

    def compose_body(self) -> Iterable[Widget]:
        """Text at the left; annotations and entities, or the form, at the right."""
        with Horizontal(id="body"):
            with Vertical(id="text"):
                yield TextReader()
                yield NarrowBar("find", placeholder="words in this document")
                yield Plain(id="here")
            with Vertical(id="side"):
                yield from self.compose_panels()

    def on_mount(self) -> None:
        """How wide text is set is a matter of configuration."""
        super().on_mount()
        self.reader.text_width = self.postilla.config.view.text_width or None
        self.reader.centred = False
        self.shows_entities = self.postilla.config.view.show_entities
        self.reader.retitle()

    @property
    def reader(self) -> TextReader:
        """The text."""
        return self.query_one(TextReader)

    # Which document --------------------------------------------------------

    def refresh_from_library(self) -> None:
        """Show what was asked for, or the same document as it is now."""
        goal, self.postilla.goal = self.postilla.goal, None
        if goal is not None and goal.document != self.shown_document:
            self.leave_document()
            self._load(goal.document, goal)
        elif goal is not None:
            self._arrive(goal)
        elif self._coming is not None:
            self._load(*self._coming)
        elif self.shown_document is not None:
            self._load(self.shown_document, None)
        else:
            self._load_last()

    @property
    def is_asked(self) -> bool:
        """Whether a document is to be opened."""
        return self.postilla.goal is not None

    def _load_last(self) -> None:
        """Nothing was asked for: the document read last, else the newest."""
        last = self.postilla.last_document
        ids = self.library.documents.ids()
        if last is not None and last in ids:
            self._load(last, None)
        elif ids:
            self._load(ids[0], None)
        else:
            self.reader.load("", head=NO_DOCUMENT)

    def _load(self, document: int, goal: Goal | None) -> None:
        self._asked += 1
        asked = self._asked
        self._coming = (document, goal)

        def read(library: Library) -> Page | None:
            return read_page(library, document) if asked == self._asked else None

        def show(page: Page | None) -> None:
            if asked == self._asked and self.is_mounted:
                self._coming = None
                self._show(page, goal)

        self.hand.ask(read, show)

    def _show(self, page: Page | None, goal: Goal | None) -> None:
        if page is None:
            self.page = None
            self.reader.load("", head=REMOVED)
            self.show_marks()
            return
        old, self.page = self.page, page
        is_new = old is None or old.document.id != page.document.id
        self.postilla.last_document = page.document.id
        if old is not None and not is_new and old.text == page.text:
            self.page = _kept(old, page)
        else:
            self._show_text(page, goal)
        if is_new:
            self._waiting = None
        self.show_marks()
        if goal is not None:
            self._arrive(goal)
        if page.is_whole:
            self._mark_read()
        else:
            self._fetch(with_annotations, lambda: self._fetch(with_entities))

    def _show_text(self, page: Page, goal: Goal | None) -> None:
        cursor = page.position if goal is None or goal.start is None else goal.start
        self.reader.load(
            page.text,
            head=reading_text.head(page.document),
            language=page.document.language,
            cursor=min(cursor, len(page.text)),
        )
        self.forget_hits()

    def _fetch(
        self,
        more: Callable[[Library, Page], Page],
        then: Callable[[], None] | None = None,
    ) -> None:
        """Read more of the document that is shown, unless another is by then."""
        asked, page = self._asked, self.page

        def read(library: Library) -> Page | None:
            return more(library, page) if page and asked == self._asked else None

        def show(found: Page | None) -> None:
            if found is None or asked != self._asked or self.page is None:
                return
            self.page = replace(found, position=self.page.position)
            self.show_marks()
            self._resume_draft()
            (then or self._mark_read)()

        self.hand.ask(read, show)

    def _mark_read(self) -> None:
        page = self.page
        if page is None or page.document.read or self.library.read_only:
            return
        if page.document.id != self._read:
            self._read = page.document.id
            self.hand.write(
                lambda library: library.documents.mark_read([page.document.id])
            )

    def _arrive(self, goal: Goal) -> None:
        if goal.start is not None:
            self.reader.goto(goal.start)
        if self.postilla.last_hit is not None:
            self.show_matches(self.postilla.last_hit, goal.start)
        elif self.postilla.last_query:
            self.show_hits(self.postilla.last_query, goal.start)
        self.postilla.last_hit, self.postilla.last_query = None, ""
        if goal.draft is not None:
            self._waiting = goal.draft
            self._resume_draft()

    def _resume_draft(self) -> None:
        """Go on writing, once it is known which annotation was being edited."""
        if self._waiting is not None and self.page and self.page.marked is not None:
            draft, self._waiting = self._waiting, None
            self.resume(draft)

    # Moving about ----------------------------------------------------------

    @on(Reader.CursorMoved)
    def _cursor_moved(self) -> None:
        self.show_here()

    def show_selecting(self) -> None:
        """The footer shows the keys of the text, or of a selection in it."""
        place = "reader" if self.reader.selected is None else "reader-selecting"
        if place != self._place and self.form is None:
            self.show_place(place)

    @on(Reader.SpanOpened)
    def _span_opened(self, event: Reader.SpanOpened) -> None:
        self.open_span(event.kind, event.ref)

    @on(VirtualList.Opened, "#marked")
    def _annotation_chosen(self, event: VirtualList.Opened) -> None:
        for one in self.page.annotations if self.page else ():
            if one.id == event.id and one.start is not None:
                self.remove_class("-panel")
                self.jump(one.start)
                self.reader.focus()

    @on(VirtualList.Opened, "#named")
    def _name_chosen(self, event: VirtualList.Opened) -> None:
        self.remove_class("-panel")
        if self.page is not None and event.id < len(self.page.named):
            self.jump(self.page.named[event.id].first)
        self.reader.focus()

    def action_step_out(self) -> None:
        """Drop the find, the selection, the panel, in this order."""
        super().action_step_out()
        if self.is_adjusting:
            self.leave_ends()
        elif self.query_one(NarrowBar).display or self.has_hits:
            self.close_find()
        elif self.reader.selected is not None:
            self.reader.action_drop_selection()
        else:
            self.remove_class("-panel")
            self.reader.focus()

    def leave_document(self) -> None:
        """Remember where reading stopped."""
        page = self.page
        if page is None or self.library.read_only:
            return
        offset = self.reader.cursor_offset
        if offset != page.position:
            self.page = replace(page, position=offset)
            self.hand.write_quietly(
                lambda library: library.documents.keep_position(
                    page.document.id, offset
                )
            )

    def on_screen_suspend(self) -> None:
        """Another screen comes to the front."""
        self.leave_document()

    def keep_draft_now(self) -> None:
        """The program is ending: keep what is being written, and the place."""
        super().keep_draft_now()
        self.leave_document()

    @property
    def form(self) -> AnnotationForm | None:
        """The open form, if one is open."""
        found = self.query(AnnotationForm)
        return found.first() if found else None


def _kept(old: Page, page: Page) -> Page:
    """The page, with what was known over it as long as nothing newer was read."""
    if page.marked is None:
        page = replace(page, annotations=old.annotations, marked=old.marked)
    if page.mentioned is None:
        page = replace(page, mentioned=old.mentioned, named=old.named)
    return page
