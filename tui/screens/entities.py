"""Entities: who and what is named, and a page on the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from store.entity_rows import EntityFilter, called
from store.errors import NotFound
from store.model import NAME_TYPES
from store.review import Question
from tui.keys import bindings, by_id, show_keys
from tui.screens.base import LibraryScreen
from tui.screens.counting_work import Work
from tui.screens.entity_acts import EntityActs
from tui.screens.entity_page import EntityPage, PageList
from tui.screens.entity_parts import Form, Named
from tui.screens.entity_review import Looked, look
from tui.screens.entity_text import (
    NAME_COLUMNS,
    ORDER_WORDS,
    STATES,
    entity_row,
    narrowed_by,
    next_type,
    proposals_line,
    type_at,
    type_line,
)
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.narrow import NarrowBar
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library

PROPOSE_SECONDS = 0.6
"""The library is quiet this long before names are compared, which takes a second
at ten thousand of them."""


class EntityList(VirtualList, inherit_bindings=False):
    """The list of entities with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"list--entity-{kind.lower()}" for kind in NAME_TYPES
    }
    DEFAULT_CSS = """
    EntityList {
        & > .list--entity-per { color: $entity-per; }
        & > .list--entity-org { color: $entity-org; }
        & > .list--entity-loc { color: $entity-loc; }
        & > .list--entity-product { color: $entity-product; }
        & > .list--entity-event { color: $entity-event; }
        & > .list--entity-work { color: $entity-work; }
    }
    """

    def action_leave(self) -> None:
        """Nothing is at the left of this list."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the list shows, as it was read."""

    ids: Sequence[int]
    types: dict[str, int]
    """How many entities there are of each type."""
    decided: int = 0
    """About how many a person has decided that they are names."""


class EntitiesScreen(EntityActs, LibraryScreen):
    """The third screen."""

    PLACE = "entities"
    AUTO_FOCUS = "EntityList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("entities")]
    DEFAULT_CSS = """
    EntitiesScreen {
        & #body { height: 1fr; }
        & #names, & #page { width: 1fr; }
        & #names {
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus-within { border: solid $border; border-title-color: $border; }
        }
        & #types { height: 1; padding: 0 1; color: $text-muted; }
        & #proposals { height: 1; padding: 0 1; color: $text-warning; }
        & EntityList { height: 1fr; }
        &.-tall #about { margin-bottom: 1; }
        &.-tiny #page { display: none; }
        &.-tiny.-page #page { display: block; }
        &.-tiny.-page #names { display: none; }
        &.-no-panel #page, &.-empty #page { display: none; }
        &.-empty #types { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.filters = EntityFilter()
        self.order = "documents"
        self.reverse = False
        self.proposals: tuple[Question, ...] = ()
        self._types: dict[str, int] = {}
        self._decided = 0
        self._wanted: int | None = None
        self._asked = 0
        self._proposal_timer: Timer | None = None
        self._looking: Work[Looked] | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The names at the left, the page of one at the right."""
        with Horizontal(id="body"):
            with Vertical(id="names"):
                yield Plain(id="types")
                yield Plain(id="proposals")
                yield EntityList(self._name_rows, NAME_COLUMNS)
                yield NarrowBar()
            yield EntityPage(self.postilla, id="page")

    def on_mount(self) -> None:
        """The first rows at once."""
        super().on_mount()
        self.query_one(NarrowBar).field.placeholder = "words of a name"
        self.query_one("#proposals").display = False
        self._show_found(Found(self._ids(self.library), self._types))

    def on_resize(self) -> None:
        """Passages beside the documents where there is room."""
        self.page.places.set_row_height(2 if self.size.width >= 100 else 1)

    @property
    def list(self) -> EntityList:
        """The list of entities."""
        return self.query_one(EntityList)

    @property
    def page(self) -> EntityPage:
        """What is known of the entity under the cursor."""
        return self.query_one(EntityPage)

    def _name_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        found = self.library.entities.rows(ids)
        return {id: entity_row(entity) for id, entity in found.items()}

    # The list --------------------------------------------------------------

    def refresh_from_library(self) -> None:
        """Ask again who is named, then for the page and what is proposed."""
        self._asked += 1
        asked, state = self._asked, self.filters.state

        def read(library: Library) -> Found | None:
            if asked != self._asked:
                return None

            def count(filters: EntityFilter) -> int:
                return len(library.entities.ids(filters))

            types = {
                kind: count(EntityFilter(type=kind, state=state)) for kind in NAME_TYPES
            }
            decided = count(EntityFilter(state="decided"))
            return Found(self._ids(library), types, decided)

        def show(found: Found | None) -> None:
            if found is not None and asked == self._asked and self.is_mounted:
                self._show_found(found)
                self._propose_soon()

        self.hand.ask(read, show)

    def _ids(self, library: Library) -> Sequence[int]:
        ids = library.entities.ids(self.filters, self.order)
        return ids[::-1] if self.reverse else ids

    def _show_found(self, found: Found) -> None:
        self._types, self._decided = found.types, found.decided
        self.list.set_ids(found.ids)
        self.list.refresh_rows()
        if self._wanted is not None and self.list.move_to_id(self._wanted):
            self._wanted = None
        is_empty = not found.ids and not narrowed_by(self.filters)
        self.set_class(is_empty, "-empty")
        self.list.set_empty(empty.no_entities() if is_empty else empty.nothing_left())
        types = type_line(found.types, self.filters.type)
        self.query_one("#types", Plain).show(types)
        self._show_counts()
        self.page.show_soon(self.list.cursor_id)

    def _show_counts(self) -> None:
        way = ORDER_WORDS[self.order] + (", reversed" if self.reverse else "")
        parts = [f"Entities · {len(self.list.ids):,}"]
        if self.order != "documents" or self.reverse:
            parts.append(f"by {way}")
        if self._decided and self.filters.state is None:
            parts.append(f"{self._decided:,} decided")
        if self.list.marked:
            parts.append(f"{len(self.list.marked):,} marked")
        set_title(
            self.query_one("#names"),
            " · ".join(parts),
            subtitle=narrowed_by(self.filters),
        )

    def show_entity(self, entity: int) -> None:
        """Put the cursor on an entity, showing everything if it is narrowed away."""
        try:
            self._wanted = self.library.entities.find(entity)
        except NotFound:
            return
        if self._wanted not in self.list.ids and narrowed_by(self.filters):
            self.query_one(NarrowBar).close()
            self.filters = EntityFilter()
        if not self.list.move_to_id(self._wanted):
            self.refresh_from_library()
        else:
            self._wanted = None
        self.list.focus()

    def here(self) -> Named | Form | None:
        """The entity or the way of writing under the cursor of the page, if it is in
        one of these parts."""
        line = self.page.line
        return line if isinstance(line, Named | Form) else None

    def choose_form(self) -> None:
        """Go to the ways in which the entity is written."""
        self.add_class("-page")
        self.remove_class("-no-panel")
        self.page.show_part("names")
        self.page.shown.focus()

    def words_at_hand(self) -> str:
        """The entity under the cursor."""
        here = self.list.cursor_id
        found = {} if here is None else self.library.entities.rows([here])
        if here not in found:
            return ""
        return f"entity:{called(self.library.core.reader, found[here])}"

    # What is proposed ------------------------------------------------------

    def _propose_soon(self) -> None:
        if self._proposal_timer is not None:
            self._proposal_timer.stop()
        self._proposal_timer = self.set_timer(PROPOSE_SECONDS, self._propose)

    def _propose(self) -> None:
        if self._looking is not None and self._looking.is_alive:
            self._propose_soon()  # it cannot be stopped, and two would take twice
        elif self.is_current:
            self._looking = Work(
                self, look, self._show_proposals, self.postilla.trouble
            )

    def on_unmount(self) -> None:
        """Nobody waits for what is proposed any more."""
        if self._looking is not None:
            self._looking.stop()

    def _show_proposals(self, found: Looked) -> None:
        if not self.is_mounted:
            return
        self.proposals, self.is_all_proposed = found.questions, found.is_all
        if self.reviewed is not None:
            self.reviewed.more(found)
        line = self.query_one("#proposals", Plain)
        key = show_keys(by_id("entities.review", self.postilla.key_actions))
        line.show(proposals_line(len(self.proposals), key.partition(" ")[0]))
        line.display = bool(self.proposals)

    @on(events.Click, "#proposals")
    def _proposals_clicked(self) -> None:
        self.action_review()

    # The page --------------------------------------------------------------

    @on(VirtualList.Highlighted, "EntityList")
    def _highlighted(self) -> None:
        self.page.show_soon(self.list.cursor_id)

    @on(VirtualList.MarksChanged, "EntityList")
    def _marked(self) -> None:
        self._show_counts()

    @on(VirtualList.Opened, "EntityList")
    def _to_page(self) -> None:
        self.add_class("-page")
        self.remove_class("-no-panel")
        self.page.shown.focus()

    @on(PageList.Left)
    def _to_list(self) -> None:
        self.remove_class("-page")
        self.list.focus()

    @on(VirtualList.Opened, "PlaceList")
    def _open_document(self, event: VirtualList.Opened) -> None:
        self.postilla.reading_list = tuple(self.page.places.ids)
        start, end = self.page.first_place(event.id)
        self.postilla.open_document(event.id, start, end)

    def action_part(self, step: int) -> None:
        """The next part of the page, or the one before."""
        self.add_class("-page")
        self.remove_class("-no-panel")
        self.page.step_part(step)
        if self.has_class("-tiny"):
            self.page.shown.focus()

    # Narrowing -------------------------------------------------------------

    def _narrow(self, filters: EntityFilter) -> None:
        self.filters = filters
        self.refresh_from_library()

    def action_narrow(self) -> None:
        """To the next type of names; after the last, all."""
        kind = next_type(self._types, self.filters.type)
        self._narrow(replace(self.filters, type=kind))

    @on(events.Click, "#types")
    def _type_clicked(self, event: events.Click) -> None:
        found = type_at(self._types, self.filters.type, event.x - 1)
        if found is not None:
            self._narrow(replace(self.filters, type=found[0]))

    def action_narrow_state(self) -> None:
        """To what is not decided, what is, what was rejected; after that, all."""
        at = STATES.index(self.filters.state)
        self._narrow(replace(self.filters, state=STATES[(at + 1) % len(STATES)]))

    def action_find(self) -> None:
        """Narrow by words of a name."""
        self.query_one(NarrowBar).open(self.filters.name or "")

    @on(NarrowBar.Changed)
    def _words_changed(self, event: NarrowBar.Changed) -> None:
        self._narrow(replace(self.filters, name=event.words or None))

    @on(NarrowBar.Left)
    def _words_left(self) -> None:
        self.list.focus()

    def action_toggle_panel(self) -> None:
        """Show or hide the page."""
        self.toggle_class("-page" if self.has_class("-tiny") else "-no-panel")
        if not self.page.shown.is_on_screen or not self.query_one("#page").display:
            self.list.focus()

    def action_step_out(self) -> None:
        """From the page back; else drop marks; else show everything again."""
        super().action_step_out()
        if self.page.shown.has_focus:
            self._to_list()
        elif self.list.marked:
            self.list.clear_marks()
        elif narrowed_by(self.filters):
            self.query_one(NarrowBar).close()
            self._narrow(EntityFilter())
