"""Documents: the list, what it is narrowed by, and a preview."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from store import served
from store.document_rows import NEWEST_FIRST, DocumentFilter
from store.entity_rows import EntityFilter
from store.errors import NotFound, PostillaError, UsageError
from store.facets import Facet
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

if TYPE_CHECKING:
    from store.library import Library

FIRST_ROWS = 200
"""Rows asked for before all others: more than the tallest terminal shows."""

PREVIEW_SECONDS = 0.06
"""The cursor rests this long before a preview is fetched, so that it can run."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the list, as it was read."""

    facets: dict[str, list[Facet]]
    total: int


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
        self._shown = (self.filters, self.order, self.reverse)
        self._stayed: tuple[int | None, int | None] = (None, None)
        """Where the cursor stood before the first rows were shown, and since."""

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
        first = self.library.documents.page(limit=FIRST_ROWS)
        self.list.set_ids(first, keep=False)
        self._show_counts(self.library.documents.count())

    @property
    def list(self) -> DocumentList:
        """The list."""
        return self.query_one(DocumentList)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Row]:
        found = self.library.documents.rows(ids)
        return {id: document_row(document) for id, document in found.items()}

    # What is shown ---------------------------------------------------------

    def refresh_from_library(self) -> None:
        """Ask again for the ids, the first of another list before all, then for the
        counts beside them."""
        self._asked = asked = self._asked + 1
        filters, order, reverse = wanted = self.filters, self.order, self.reverse
        is_other, self._shown = wanted != self._shown, wanted

        def ids(library: Library, limit: int | None) -> array[int] | PostillaError:
            try:
                return library.documents.page(
                    filters, order, reverse=reverse, limit=limit
                )
            except (NotFound, UsageError) as error:
                return error

        def counts(library: Library) -> Beside | PostillaError:
            try:
                total = library.documents.count()
                # Another list does not wait for the counts beside this one.
                found = library.documents.facets(filters, lambda: asked != self._asked)
                return Beside(found, total)
            except (NotFound, UsageError) as error:
                return error

        if is_other:
            first = partial(ids, limit=FIRST_ROWS)
            self.hand.ask(first, partial(self._show_first, self._asked))
        self.hand.ask(partial(ids, limit=None), partial(self._show_ids, self._asked))
        self.hand.ask(counts, partial(self._show_beside, self._asked))

    def _show_first(self, asked: int, found: array[int] | PostillaError) -> None:
        if asked == self._asked and self.is_mounted and isinstance(found, array):
            before = self.list.cursor_id
            self.list.set_ids(found)
            self._stayed = (before, self.list.cursor_id)

    def _show_ids(self, asked: int, found: array[int] | PostillaError) -> None:
        if asked != self._asked or not self.is_mounted:
            return
        if isinstance(found, PostillaError):
            # What the list was narrowed to is gone: a tag, a collection.
            self.narrow_to({}, None)
            self.say(str(found), error=True)
            return
        before, since = self._stayed
        has_stayed = before != since and self.list.cursor_id == since
        self._stayed = (None, None)
        self.list.set_ids(found)
        if has_stayed and before is not None:
            self.list.move_to_id(before)
        self.list.refresh_rows()
        self._show_counts()
        self._preview_soon()

    def _show_beside(self, asked: int, found: Beside | PostillaError) -> None:
        if asked != self._asked or not self.is_mounted:
            return
        if isinstance(found, Beside):
            groups = facet_groups(found.facets, found.total)
            self.query_one(NarrowBy).set_groups(groups, self._chosen)

    def _show_counts(self, total: int | None = None) -> None:
        count = len(self.list.ids) if total is None else total
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
            with suppress(NotFound):  # it is being taken out of the list
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

        def read(library: Library) -> Content | None:
            found = library.documents.rows([document]).get(document)
            if found is None:
                return None
            named = library.entities.select(EntityFilter(document=document), 8)
            return preview(
                found,
                library.documents.opening(document),
                [one.name for one in named],
                [one.name for one in library.attributes.defined()],
                served.of_document(library.core.reader, document)[1],
            )

        def show(content: Content | None) -> None:
            if content is not None and self.list.cursor_id == document:
                shown.show(content)

        self.hand.ask(read, show)

    # Narrowing -------------------------------------------------------------

    @on(Facets.Chosen)
    def _facet_chosen(self, event: Facets.Chosen) -> None:
        self._chosen = dict(event.source.chosen)
        self.narrow_to(self._chosen, self.filters.title)

    def show_only(self, chosen: dict[str, str]) -> None:
        """Narrow the list to this, and to nothing that it was narrowed to before."""
        self.query_one(NarrowBar).close()
        self.narrow_to(chosen, None)
        self.list.focus()

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
            collection=chosen.get("collection"),
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
