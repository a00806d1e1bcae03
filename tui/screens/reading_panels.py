"""What the reader shows over and beside the text: marks, and lists of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.screens import reading_text
from tui.screens.reading_parts import PanelList
from tui.screens.reading_view import ReadingView
from tui.widgets.columns import Row
from tui.widgets.plain import Plain, set_title

if TYPE_CHECKING:
    from store.model import Annotation

NO_ANNOTATIONS = "No annotations yet.\n\nSelect with v, then a annotates,\nt tags."
NO_ENTITIES = "Nobody is named here."
COMING = "Reading …"
"""Of a long text: what lies over it comes after the words."""


class ReadingPanels(ReadingView):
    """The layers of the text, the two lists beside it, the line below it."""

    def __init__(self) -> None:
        super().__init__()
        self._by_id: dict[int, Annotation] = {}
        self._colours: dict[int, str] = {}

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
        panel.set_empty(NO_ENTITIES if is_read else COMING)
        panel.set_ids(array("q", range(count)))
        panel.refresh_rows()
        counted = f" · {count:,}" if is_read else ""
        set_title(panel, f"Named in this document{counted}")

    def show_here(self) -> None:
        """In a narrow terminal: the annotations at the cursor, below the text."""
        shown = self.query_one("#here", Plain)
        if self.page is None or not shown.display:
            return
        spans = self.reader.spans_at(self.reader.cursor_offset, "annotation")
        spans.sort(key=lambda span: span.start)
        found = [(s.number, self._by_id[s.ref]) for s in spans if s.ref in self._by_id]
        line = reading_text.here(found)
        if line != shown.shown:
            shown.show(line)
