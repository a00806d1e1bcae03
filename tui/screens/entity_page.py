"""The page of one entity: what it is called, with whom it is seen, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from store.model import Entity
from tui.keys import bindings
from tui.screens.annotation_text import around
from tui.screens.entity_parts import PARTS
from tui.screens.entity_text import (
    DOCUMENTS,
    MOST_NEIGHBOURS,
    PLACE_COLUMNS,
    about,
    part_at,
    parts_line,
    place_row,
)
from tui.screens.timeline_text import bar_cells
from tui.widgets.columns import Row
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

PAGE_SECONDS = 0.06
"""The cursor rests this long before a page is fetched, so that it can run."""

_CONTEXTS = 40
"""Documents of a page that are shown with a passage; more are seldom looked at."""


class PageList(VirtualList, inherit_bindings=False):
    """A list of the page, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    @dataclass
    class Left(Message):
        """Back to the entities."""

    def action_leave(self) -> None:
        """Back to the list at the left."""
        self.post_message(self.Left())


class PlaceList(PageList):
    """The documents that name the entity."""


class PartList(PageList):
    """The lines of another part of the page."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--bar"}
    DEFAULT_CSS = """
    PartList {
        display: none;
        & > .list--bar { color: $primary; }
        /* Reversed, a bar would look like what it is not. */
        &.-when > .list--cursor { text-style: bold; background: $panel; }
    }
    """

    def on_resize(self) -> None:
        """Draw the bars for the new width."""
        super().on_resize()
        self.refresh_rows()


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows, as it was read."""

    entity: Entity
    times: dict[int, int]
    """How often each document names it, newest first."""
    neighbours: list[tuple[int, str, int]]
    first: dict[int, tuple[int, int]]
    """Where each document names it first; code points of its text."""
    contexts: dict[int, tuple[str, tuple[int, int]]] = field(default_factory=dict)
    """A line around that place, and where in the line the name stands."""
    part: str = DOCUMENTS
    """Which part was read besides."""
    lines: Sequence[Any] = ()
    """Its lines, as ``tui.screens.entity_parts`` reads them."""


class EntityPage(Vertical):
    """A pane that shows the entity it is told, a moment later."""

    DEFAULT_CSS = """
    EntityPage {
        border: solid $border-blurred;
        border-title-color: $text-muted;
        border-subtitle-color: $text-muted;
        &:focus-within { border: solid $border; border-title-color: $border; }
        & #about { height: auto; max-height: 40%; padding: 0 1; }
        & #parts { height: 1; padding: 0 1; color: $text-muted; }
        & PageList { height: 1fr; }
    }
    """

    def __init__(self, postilla: Postilla, *, id: str | None = None) -> None:
        """Read through ``postilla``'s library and hand."""
        super().__init__(id=id)
        self._postilla = postilla
        self._page: Page | None = None
        self._entity: int | None = None
        self._timer: Timer | None = None
        self.part = DOCUMENTS
        """Which part is shown: ``documents`` or a name in ``PARTS``."""

    def compose(self) -> Iterable[Widget]:
        """What is known of the entity, and its documents."""
        yield Plain(id="about")
        yield Plain(parts_line(DOCUMENTS), id="parts")
        yield PlaceList(
            self._rows, PLACE_COLUMNS, markable=False, empty="No document names it."
        )
        yield PartList(self._part_rows, PARTS["when"].columns, markable=False)

    @property
    def places(self) -> PlaceList:
        """The documents that name the entity."""
        return self.query_one(PlaceList)

    @property
    def shown(self) -> PageList:
        """The list of the part that is shown."""
        return self.places if self.part == DOCUMENTS else self.query_one(PartList)

    @property
    def line(self) -> Any:
        """What ``PARTS`` read for the line under the cursor; ``None`` where that is a
        document, or the cursor is not in the page."""
        page, here = self._page, self.shown.cursor_id
        is_shown = page is not None and page.part == self.part != DOCUMENTS
        if page is None or here is None or not is_shown or not self.shown.has_focus:
            return None
        return page.lines[here] if here < len(page.lines) else None

    # Parts -----------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """Show another part of the page, of this entity and those that come."""
        had_focus = self.shown.has_focus
        self.part = part
        lines = self.query_one(PartList)
        self.places.display = part == DOCUMENTS
        lines.display = part != DOCUMENTS
        lines.set_class(part == "when", "-when")
        lines.set_ids(())
        if part != DOCUMENTS:
            lines.set_columns(PARTS[part].columns)
            lines.set_row_height(2 if PARTS[part].is_double else 1)
            lines.set_empty("Reading …")
        self.query_one("#parts", Plain).show(parts_line(part))
        if had_focus:
            self.shown.focus()
        self._ask()

    def step_part(self, step: int) -> None:
        """To the next part, or the one before; after the last comes the first."""
        names = [DOCUMENTS, *PARTS]
        self.show_part(names[(names.index(self.part) + step) % len(names)])

    @on(events.Click, "#parts")
    def _part_clicked(self, event: events.Click) -> None:
        event.stop()
        part = part_at(event.x - 1)
        if part is not None:
            self.show_part(part)

    @on(VirtualList.Opened, "PartList")
    def _part_opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        page = self._page
        if page is not None and event.id < len(page.lines):
            PARTS[page.part].go(self._postilla, page.lines[event.id])

    def _part_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        page = self._page
        if page is None or page.part == DOCUMENTS:
            return {}
        part = PARTS[page.part]
        width = self.query_one(PartList).scrollable_content_region.width
        cells = bar_cells(width, part.columns)
        return {id: part.row(page.lines[id], cells) for id in ids}

    # What is shown ---------------------------------------------------------

    def first_place(self, document: int) -> tuple[int, int] | tuple[None, None]:
        """Where the document names the entity first, in code points."""
        if self._page is None:
            return (None, None)
        return self._page.first.get(document, (None, None))

    def show_soon(self, entity: int | None) -> None:
        """Show an entity when the cursor has rested on it; ``None`` for no one."""
        self._entity = entity
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAGE_SECONDS, self._ask)

    def _ask(self) -> None:
        entity, part = self._entity, self.part
        if entity is None:
            self._page = None
            self.places.set_ids(())
            self.query_one(PartList).set_ids(())
            self.query_one("#about", Plain).show("")
            set_title(self, "")
            return

        def show(found: Page | None) -> None:
            is_wanted = (entity, part) == (self._entity, self.part)
            if found is not None and self.is_mounted and is_wanted:
                self._show(found)

        self._postilla.hand.ask(lambda library: read_page(library, entity, part), show)

    def _show(self, found: Page) -> None:
        is_other = self._page is None or self._page.entity.id != found.entity.id
        self._page = found
        self.query_one("#about", Plain).show(about(found.entity, found.neighbours))
        self.places.set_ids(found.times, keep=not is_other)
        self.places.refresh_rows()
        if found.part != DOCUMENTS:
            lines = self.query_one(PartList)
            lines.set_empty(PARTS[found.part].nothing)
            lines.set_ids(range(len(found.lines)), keep=not is_other)
            lines.refresh_rows()
        set_title(self, found.entity.name)

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        shown = self._page
        if shown is None:
            return {}
        nothing = ("", (0, 0))
        found = self._postilla.library.documents.rows(ids)
        return {
            id: place_row(
                document, shown.times.get(id, 0), *shown.contexts.get(id, nothing)
            )
            for id, document in found.items()
        }


def read_page(library: Library, entity: int, part: str = DOCUMENTS) -> Page | None:
    """Everything the page shows; ``None`` if the entity is gone."""
    found = library.entities.rows([entity]).get(entity)
    if found is None:
        return None
    times = dict(library.entities.documents(entity))
    first: dict[int, tuple[int, int]] = {}
    for mention in library.entities.mentions(entity=entity):
        if mention.state != "rejected":
            first.setdefault(mention.document, (mention.start, mention.end))
    contexts = {}
    for document in list(times)[:_CONTEXTS] if part == DOCUMENTS else ():
        if document in first:
            text = library.documents.text(document)
            contexts[document] = context(text, *first[document])
    neighbours = library.entities.neighbours(entity, MOST_NEIGHBOURS)
    lines = PARTS[part].read(library, entity) if part != DOCUMENTS else ()
    return Page(found, times, neighbours, first, contexts, part, lines)


def context(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """A line around a place of a text, and where in the line the place is."""
    before, after = around(text, start, end, 60)
    name = " ".join(text[start:end].split())
    return f"{before}{name}{after}", (len(before), len(before) + len(name))
