"""The reader: one document with who is in it and what was marked in it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from store.errors import NotFound
from tui.keys import bindings
from tui.screens import reading_text
from tui.screens.reading_acts import ReadingActs
from tui.screens.reading_find import ReadingFind
from tui.screens.reading_parts import PanelList, TextReader
from tui.screens.reading_text import Named, Page
from tui.screens.reading_view import ReadingView
from tui.widgets.annotation_form import AnnotationForm
from tui.widgets.columns import Row
from tui.widgets.narrow import NarrowBar
from tui.widgets.plain import Plain, set_title
from tui.widgets.reader import Reader
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.everywhere import Goal

NO_DOCUMENT = ("No document yet", "i on Documents adds some.")
REMOVED = ("This document was removed", "u takes it back.")
NO_ANNOTATIONS = "No annotations yet.\n\nSelect with v, then a annotates,\nt tags."


class ReadingScreen(ReadingActs, ReadingFind, ReadingView):
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
            display: block; width: 1fr; height: 13;
        }
        &.-narrow.-writing #text, &.-tiny.-writing #text { display: block; }
        &.-writing #here { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.page: Page | None = None
        self._named: list[Named] = []
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
                yield PanelList(
                    self._annotation_rows,
                    reading_text.ANNOTATION_COLUMNS,
                    row_height=2,
                    markable=False,
                    empty=NO_ANNOTATIONS,
                    id="marked",
                )
                yield PanelList(
                    self._entity_rows,
                    reading_text.ENTITY_COLUMNS,
                    markable=False,
                    empty="Nobody is named here.",
                    id="named",
                )

    def on_mount(self) -> None:
        """How wide text is set is a matter of configuration."""
        super().on_mount()
        self.reader.text_width = self.postilla.config.view.text_width or None
        self.reader.centred = False
        self.shows_entities = self.postilla.config.view.show_entities
        set_title(self.reader, "Reader")

    @property
    def reader(self) -> TextReader:
        """The text."""
        return self.query_one(TextReader)

    def _annotation_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        annotations = self.page.annotations if self.page else ()
        return reading_text.annotation_rows(annotations, ids)

    def _entity_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        return reading_text.entity_rows(self._named, ids)

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
            return read_page(library, document)

        def show(page: Page | None) -> None:
            if asked == self._asked and self.is_mounted:
                self._coming = None
                self._show(page, goal)

        self.hand.ask(read, show)

    def _show(self, page: Page | None, goal: Goal | None) -> None:
        if page is None:
            self.page = None
            self.reader.load("", head=REMOVED)
            self._show_panels()
            return
        is_new = self.shown_document != page.document.id
        same = not is_new and self.page is not None and self.page.text == page.text
        self.page = page
        self.postilla.last_document = page.document.id
        if not same:
            cursor = page.position if goal is None or goal.start is None else goal.start
            self.reader.load(
                page.text,
                head=reading_text.head(page.document),
                language=page.document.language,
                cursor=min(cursor, len(page.text)),
            )
            self.forget_hits()
        self.show_layers()
        self._show_panels()
        self.show_titles()
        if goal is not None:
            self._arrive(goal)
        if is_new and not page.document.read and not self.library.read_only:
            self.hand.write(
                lambda library: library.documents.mark_read([page.document.id])
            )

    def _arrive(self, goal: Goal) -> None:
        if goal.start is not None:
            self.reader.goto(goal.start)
        if self.postilla.last_query:
            self.show_hits(self.postilla.last_query, goal.start)
            self.postilla.last_query = ""
        if goal.draft is not None:
            self.resume(goal.draft)

    def show_layers(self) -> None:
        """Lay entities and annotations over the text, or take them off."""
        page = self.page
        if page is None:
            return
        mentions = page.mentions if self.shows_entities else ()
        annotations = page.annotations if self.shows_annotations else ()
        self.reader.set_layer("entity", reading_text.mention_spans(mentions))
        self.reader.set_layer("annotation", reading_text.annotation_spans(annotations))
        self._show_here()

    def _show_panels(self) -> None:
        page = self.page
        annotations = page.annotations if page else ()
        self._named = reading_text.named(page.mentions) if page else []
        marked = self.query_one("#marked", PanelList)
        names = self.query_one("#named", PanelList)
        marked.set_ids(array("q", [one.id for one in annotations]))
        marked.refresh_rows()
        names.set_ids(array("q", range(len(self._named))))
        names.refresh_rows()
        set_title(marked, f"Annotations in this document · {len(annotations)}")
        set_title(names, f"Named in this document · {len(self._named)}")

    def show_titles(self) -> None:
        """Border of the text: where it is from, how much is marked, where we are."""
        if self.page is not None:
            reader = self.reader
            size = reader.selected and reader.selected[1] - reader.selected[0]
            title, place = reading_text.titles(
                self.page, reader.percent, reader.unit, size or 0
            )
            set_title(reader, title, subtitle=place)

    def _show_here(self) -> None:
        page = self.page
        shown = self.query_one("#here", Plain)
        if page is None or not shown.display:
            return
        spans = self.reader.spans_at(self.reader.cursor_offset, "annotation")
        ids = {span.ref for span in spans}
        found = [one for one in page.annotations if one.id in ids]
        line = reading_text.here(found, reading_text.numbered(page.annotations))
        if line != shown.shown:
            shown.show(line)

    # Moving about ----------------------------------------------------------

    @on(Reader.CursorMoved)
    def _cursor_moved(self) -> None:
        self._show_here()

    @on(Reader.Scrolled)
    def _scrolled(self) -> None:
        self.show_titles()

    @on(Reader.SelectionChanged)
    def _selection_changed(self, event: Reader.SelectionChanged) -> None:
        self.show_titles()
        if self.form is None:
            self.show_place("reader" if event.start is None else "reader-selecting")

    @on(Reader.SpanOpened)
    def _span_opened(self, event: Reader.SpanOpened) -> None:
        self.open_span(event.kind, event.ref)

    @on(VirtualList.Opened, "#marked")
    def _annotation_chosen(self, event: VirtualList.Opened) -> None:
        for one in self.page.annotations if self.page else ():
            if one.id == event.id and one.start is not None:
                self.remove_class("-panel")
                self.reader.goto(one.start)
                self.reader.focus()

    @on(VirtualList.Opened, "#named")
    def _name_chosen(self, event: VirtualList.Opened) -> None:
        self.remove_class("-panel")
        self.reader.goto(self._named[event.id].first)
        self.reader.focus()

    def action_step_out(self) -> None:
        """Drop the find, the selection, the panel, in this order."""
        super().action_step_out()
        if self.query_one(NarrowBar).display or self.has_hits:
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


def read_page(library: Library, document: int) -> Page | None:
    """Everything the reader shows of a document; ``None`` if it was removed."""
    try:
        row = library.documents.get(document)
    except NotFound:
        return None
    return Page(
        document=row,
        text=library.documents.text(document),
        annotations=tuple(library.annotations.of_document(document)),
        mentions=tuple(library.entities.mentions(document=document)),
        position=library.documents.position(document),
    )
