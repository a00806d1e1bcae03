"""What the reader shows over and beside the text: marks, and lists of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from store import quotations, safe
from store.served import NOT_YET, found_by, is_failure
from tui.screens import quotations_text, reading_text
from tui.screens.reading_parts import PanelList
from tui.screens.reading_view import ReadingView
from tui.widgets.columns import Row
from tui.widgets.plain import Plain, set_title

if TYPE_CHECKING:
    from store.model import Annotation
    from store.quotations import Quotation

NO_ANNOTATIONS = "No annotations yet.\n\nSelect with v, then a annotates,\nt tags."
NO_ENTITIES = "Nobody is named here."
NOT_LOOKED_FOR = "Names were not looked for here yet."
FAILED = (
    "Names could not be looked for here.\n\nctrl+p, Extract entities again,\ntries."
)
COMING = "Reading …"
"""Of a long text: what lies over it comes after the words."""


class ReadingPanels(ReadingView):
    """The layers of the text, the two lists beside it, the line below it."""

    def __init__(self) -> None:
        super().__init__()
        self._by_id: dict[int, Annotation] = {}
        self._colours: dict[int, str] = {}
        self._said: Sequence[Quotation] = ()
        """What is said in this document, in the order of its text."""

    def compose_panels(self) -> Iterable[PanelList]:
        """Annotations, then entities."""
        yield PanelList(
            self._annotation_rows,
            reading_text.ANNOTATION_COLUMNS,
            row_height=2,
            markable=False,
            empty=COMING,
            id="marked",
        )
        yield PanelList(
            self._entity_rows,
            reading_text.ENTITY_COLUMNS,
            markable=False,
            empty=COMING,
            id="named",
        )

    def _annotation_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        annotations = self.page.annotations if self.page else ()
        return reading_text.annotation_rows(annotations, ids, self._colours)

    def _entity_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        return reading_text.entity_rows(self.page.named if self.page else (), ids)

    def show_marks(self) -> None:
        """Show what lies over the text, and beside it, as the page has it now."""
        annotations = self.page.annotations if self.page else ()
        self._by_id = {one.id: one for one in annotations}
        marked = self.page.marked if self.page else None
        self._colours = (
            {span.ref: span.style for span in marked.spans} if marked else {}
        )
        self.show_layers()
        self._show_marked(annotations)
        self._show_named()
        self._read_said()
        self.reader.retitle()

    def show_layers(self) -> None:
        """Lay entities and annotations over the text, or take them off."""
        page = self.page
        if page is None:
            return
        mentioned = page.mentioned if self.shows_entities else None
        marked = page.marked if self.shows_annotations else None
        self.reader.set_layer("entity", mentioned or ())
        self.reader.set_layer("annotation", marked or ())
        self.show_here()

    def _show_marked(self, annotations: Sequence[Annotation]) -> None:
        is_read = self.page is None or self.page.marked is not None
        panel = self.query_one("#marked", PanelList)
        panel.set_empty(NO_ANNOTATIONS if is_read else COMING)
        panel.set_ids(array("q", [one.id for one in annotations]))
        panel.refresh_rows()
        count = f" · {len(annotations):,}" if is_read else ""
        set_title(panel, f"Annotations in this document{count}")

    def _show_named(self) -> None:
        is_read = self.page is None or self.page.mentioned is not None
        count = len(self.page.named) if self.page else 0
        panel = self.query_one("#named", PanelList)
        empty = NO_ENTITIES if self.page is None else nobody(self.page.served)
        panel.set_empty(empty if is_read else COMING)
        panel.set_ids(array("q", range(count)))
        panel.refresh_rows()
        counted = f" · {count:,}" if is_read else ""
        below = "" if self.page is None else None
        set_title(panel, f"Named in this document{counted}", subtitle=below)

    def _read_said(self) -> None:
        """Who says what here, once it is known who is named."""
        page = self.page
        if page is None or page.mentioned is None:
            self._said = ()
            return
        document = page.document.id

        def show(found: Sequence[Quotation]) -> None:
            if self.is_mounted and self.shown_document == document:
                self._said = found
                self.show_here()

        self.hand.ask(
            lambda library: quotations.select(library.core.reader, document=document),
            show,
        )

    def show_here(self) -> None:
        """Whether the cursor is in a quotation, and whose; in a narrow terminal also
        the annotations at the cursor, below the text."""
        shown = self.query_one("#here", Plain)
        if self.page is None:
            return
        said = quotations_text.said_at(self._said, self.reader.cursor_offset)
        panel = self.query_one("#named", PanelList)
        below = said or found_by(self.page.served)
        if str(panel.border_subtitle or "") != safe.line(below):
            set_title(panel, panel.border_title or "", subtitle=below)
        if not shown.display:
            return
        spans = self.reader.spans_at(self.reader.cursor_offset, "annotation")
        spans.sort(key=lambda span: span.start)
        found = [(s.number, self._by_id[s.ref]) for s in spans if s.ref in self._by_id]
        line = reading_text.here(found)
        line = "   ".join(part for part in (line, safe.line(said)) if part)
        if line != shown.shown:
            shown.show(line)


def nobody(served: str) -> str:
    """What stands in the list of names when it is empty, by what has looked."""
    if is_failure(served):
        return FAILED
    return NOT_LOOKED_FOR if served == NOT_YET else NO_ENTITIES
