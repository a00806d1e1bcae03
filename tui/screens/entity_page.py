"""The page of one entity: what it is called, with whom it is seen, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from store.model import Entity
from tui.keys import bindings
from tui.screens.annotation_text import around
from tui.screens.entity_text import MOST_NEIGHBOURS, PLACE_COLUMNS, about, place_row
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


class PlaceList(VirtualList, inherit_bindings=False):
    """The documents that name the entity, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    @dataclass
    class Left(Message):
        """Back to the entities."""

    def action_leave(self) -> None:
        """Back to the list at the left."""
        self.post_message(self.Left())


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


class EntityPage(Vertical):
    """A pane that shows the entity it is told, a moment later."""

    DEFAULT_CSS = """
    EntityPage {
        border: solid $border-blurred;
        border-title-color: $text-muted;
        border-subtitle-color: $text-muted;
        &:focus-within { border: solid $border; border-title-color: $border; }
        & #about { height: auto; max-height: 40%; padding: 0 1; }
        & PlaceList { height: 1fr; }
    }
    """

    def __init__(self, postilla: Postilla, *, id: str | None = None) -> None:
        """Read through ``postilla``'s library and hand."""
        super().__init__(id=id)
        self._postilla = postilla
        self._page: Page | None = None
        self._entity: int | None = None
        self._timer: Timer | None = None

    def compose(self) -> Iterable[Widget]:
        """What is known of the entity, and its documents."""
        yield Plain(id="about")
        yield PlaceList(
            self._rows, PLACE_COLUMNS, markable=False, empty="No document names it."
        )

    @property
    def places(self) -> PlaceList:
        """The documents that name the entity."""
        return self.query_one(PlaceList)

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
        entity = self._entity
        if entity is None:
            self._page = None
            self.places.set_ids(())
            self.query_one("#about", Plain).show("")
            set_title(self, "")
            return

        def show(found: Page | None) -> None:
            if found is not None and self.is_mounted and self._entity == entity:
                self._show(found)

        self._postilla.hand.ask(lambda library: read_page(library, entity), show)

    def _show(self, found: Page) -> None:
        is_other = self._page is None or self._page.entity.id != found.entity.id
        self._page = found
        self.query_one("#about", Plain).show(about(found.entity, found.neighbours))
        self.places.set_ids(found.times, keep=not is_other)
        self.places.refresh_rows()
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


def read_page(library: Library, entity: int) -> Page | None:
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
    for document in list(times)[:_CONTEXTS]:
        if document in first:
            text = library.documents.text(document)
            contexts[document] = context(text, *first[document])
    neighbours = library.entities.neighbours(entity, MOST_NEIGHBOURS)
    return Page(found, times, neighbours, first, contexts)


def context(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """A line around a place of a text, and where in the line the place is."""
    before, after = around(text, start, end, 60)
    name = " ".join(text[start:end].split())
    return f"{before}{name}{after}", (len(before), len(before) + len(name))
