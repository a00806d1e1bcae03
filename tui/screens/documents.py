"""Documents: the list, what it is narrowed by, and a preview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from store.document_rows import NEWEST_FIRST, DocumentFilter
from store.model import Document
from tui.keys import bindings
from tui.screens.base import LibraryScreen
from tui.screens.document_acts import DocumentActs
from tui.screens.document_text import (
    WIDE_COLUMNS,
    document_row,
    facet_groups,
    narrowed_by,
    preview,
)
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.facets import Facets
from tui.widgets.narrow import NarrowBar
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

PREVIEW_SECONDS = 0.06
"""The cursor rests this long before a preview is fetched, so that it can run."""

_GROUPS = {
    "source": "source",
    "language": "language",
    "entity": "entity",
    "tag": "tag",
}


class DocumentList(VirtualList, inherit_bindings=False):
    """The list of documents with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]


class NarrowBy(Facets, inherit_bindings=False):
    """What the list can be narrowed by, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]


class DocumentsScreen(DocumentActs, LibraryScreen):
    """The first screen."""

    PLACE = "documents"
    AUTO_FOCUS = "DocumentList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("documents")]
    DEFAULT_CSS = """
    DocumentsScreen {
        & #body { height: 1fr; }
        & #narrow-by {
            width: 28;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; }
        }
        & DocumentList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; }
        }
        & #preview {
            height: 13;
            padding: 0 1;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
        }
        &.-narrow #narrow-by, &.-tiny #narrow-by { display: none; }
        &.-narrow.-facets #narrow-by, &.-tiny.-facets #narrow-by { display: block; }
        &.-tiny.-facets #main { display: none; }
        &.-wide.-no-panel #narrow-by { display: none; }
        &.-short #preview { display: none; }
        &.-empty #narrow-by, &.-empty #preview { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.filters = DocumentFilter()
        self.order = "published"
        self.reverse = False
        self._chosen: dict[str, str] = {}
        self._timer: Timer | None = None
        self._asked = 0

    def compose_body(self) -> Iterable[Widget]:
        """Facets at the left, list and preview at the right."""
        with Horizontal(id="body"):
            yield NarrowBy(id="narrow-by")
            with Vertical(id="main"):
                yield DocumentList(self._fetch, WIDE_COLUMNS, empty="")
                yield NarrowBar()
                yield Plain(id="preview")

    def on_mount(self) -> None:
        """Titles, and the first rows at once."""
        super().on_mount()
        set_title(self.query_one("#narrow-by"), "Narrow by")
        set_title(self.query_one("#preview"), "Preview")
        self.list.set_ids(self._ids(), keep=False)
        self._show_counts()

    @property
    def list(self) -> DocumentList:
        """The list."""
        return self.query_one(DocumentList)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Row]:
        found = self.library.documents.rows(ids)
        return {id: document_row(document) for id, document in found.items()}

    def _ids(self) -> Any:
        return self.library.documents.ids(
            self.filters, self.order, reverse=self.reverse
        )

    # What is shown ---------------------------------------------------------

    def refresh_from_library(self) -> None:
        """Ask again for the ids, then for the counts beside them."""
        self._asked += 1
        asked, filters = self._asked, self.filters
        order, reverse = self.order, self.reverse

        def show(found: tuple[Any, dict[str, Any], int]) -> None:
            if asked != self._asked or not self.is_mounted:
                return
            ids, facets, total = found
            self.list.set_ids(ids)
            self.list.refresh_rows()
            groups = facet_groups(facets, total)
            self.query_one(NarrowBy).set_groups(groups, self._chosen)
            self._show_counts()
            self._preview_soon()

        self.hand.ask(
            lambda library: (
                library.documents.ids(filters, order, reverse=reverse),
                library.documents.facets(filters),
                library.documents.count(),
            ),
            show,
        )

    def _show_counts(self) -> None:
        count = len(self.list.ids)
        is_empty = count == 0 and self.filters == DocumentFilter()
        was_empty = self.has_class("-empty")
        self.set_class(is_empty, "-empty")
        if is_empty != was_empty:
            self.show_place("documents-empty" if is_empty else "documents")
        self.list.set_empty(empty.no_documents() if is_empty else empty.nothing_left())
        newest = (self.order in NEWEST_FIRST) != self.reverse
        way = {
            "published": "newest first" if newest else "oldest first",
            "added": "last added first" if newest else "first added first",
            "words": "longest first" if newest else "shortest first",
        }.get(self.order, f"by {self.order}" + (", reversed" if self.reverse else ""))
        marked = f" · {len(self.list.marked)} marked" if self.list.marked else ""
        set_title(
            self.list,
            f"Documents · {count:,} · {way}{marked}",
            subtitle=narrowed_by(self.filters, self._names()),
        )

    def _names(self) -> dict[str, str]:
        """Names of the entity and the tag that the list is narrowed by."""
        names: dict[str, str] = {}
        if self.filters.entity is not None:
            found = self.library.entities.rows([self.filters.entity])
            names["entity"] = "".join(one.name for one in found.values())
        if self.filters.tag is not None:
            names["tag"] = self.library.codebook.get(self.filters.tag).path
        return names

    @on(VirtualList.Highlighted, "DocumentList")
    def _highlighted(self) -> None:
        self._preview_soon()

    @on(VirtualList.MarksChanged, "DocumentList")
    def _marked(self) -> None:
        self._show_counts()

    def _preview_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PREVIEW_SECONDS, self._show_preview)

    def _show_preview(self) -> None:
        document = self.list.cursor_id
        shown = self.query_one("#preview", Plain)
        if document is None or not shown.display or self.has_class("-short"):
            return

        def read(library: Any) -> tuple[Document | None, str, list[str]]:
            found = library.documents.rows([document]).get(document)
            from store.entity_rows import EntityFilter

            named = library.entities.select(EntityFilter(document=document), 8)
            opening = library.documents.opening(document)
            return found, opening, [one.name for one in named]

        def show(values: tuple[Document | None, str, list[str]]) -> None:
            if values[0] is not None and self.list.cursor_id == document:
                shown.show(preview(values[0], values[1], values[2]))

        self.hand.ask(read, show)

    # Narrowing -------------------------------------------------------------

    @on(Facets.Chosen)
    def _facet_chosen(self, event: Facets.Chosen) -> None:
        self._chosen = dict(event.source.chosen)
        self.narrow_to(self._chosen, self.filters.title)

    def narrow_to(self, chosen: dict[str, str], title: str | None) -> None:
        """Narrow the list by chosen values and words of the title."""
        self._chosen = dict(chosen)
        date, state = chosen.get("date"), chosen.get("state")
        self.filters = DocumentFilter(
            source=chosen.get("source"),
            language=chosen.get("language"),
            since=date,
            until=date,
            entity=int(chosen["entity"]) if "entity" in chosen else None,
            tag=int(chosen["tag"]) if "tag" in chosen else None,
            unread=state == "unread",
            annotated=state == "annotated",
            title=title,
        )
        self.refresh_from_library()

    @on(NarrowBar.Changed)
    def _words_changed(self, event: NarrowBar.Changed) -> None:
        self.filters = replace(self.filters, title=event.words or None)
        self.refresh_from_library()

    @on(NarrowBar.Left)
    def _words_left(self) -> None:
        self.list.focus()

    def action_find(self) -> None:
        """Narrow by words of the title or the source."""
        self.query_one(NarrowBar).open(self.filters.title or "")

    def action_narrow(self) -> None:
        """To what the list can be narrowed by, shown if it is hidden."""
        if self.has_class("-empty"):
            return
        self.remove_class("-no-panel")
        self.add_class("-facets")
        self.query_one(NarrowBy).focus()

    def action_toggle_panel(self) -> None:
        """Show or hide what the list can be narrowed by."""
        self.toggle_class("-no-panel" if self.has_class("-wide") else "-facets")
        if not self.query_one(NarrowBy).display:
            self.list.focus()

    def action_leave(self) -> None:
        """From the list to the facets at its left, if they are there."""
        if self.query_one(NarrowBy).display:
            self.query_one(NarrowBy).focus()

    def action_step_out(self) -> None:
        """From the facets back; else drop marks; else show everything again."""
        super().action_step_out()
        if self.query_one(NarrowBy).has_focus:
            self.remove_class("-facets")
            self.list.focus()
        elif self.list.marked:
            self.list.clear_marks()
        elif self.filters != DocumentFilter():
            self.query_one(NarrowBar).close()
            self.narrow_to({}, None)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """In a narrow terminal the facets go when they are left."""
        if isinstance(event.widget, NarrowBy):
            self.remove_class("-facets")
