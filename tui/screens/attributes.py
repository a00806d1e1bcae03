"""Attributes: what documents are coded by, defined and changed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from store.attribute_rows import Attribute, signed
from store.errors import PostillaError
from tui.keys import bindings
from tui.screens.attributes_dialog import AttributeDialog, Meant
from tui.screens.attributes_text import COLUMNS, about, attribute_row
from tui.screens.base import LibraryScreen
from tui.screens.collecting_text import several
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library


class AttributeList(VirtualList, inherit_bindings=False):
    """The list of attributes with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]


class AttributesScreen(LibraryScreen):
    """Every attribute, and how often each value of one was given."""

    PLACE = "attributes"
    AUTO_FOCUS = "AttributeList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("attributes")]
    DEFAULT_CSS = """
    AttributesScreen {
        & AttributeList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            &:focus { border: solid $border; }
        }
        & #about {
            height: 8;
            padding: 0 1;
            border: solid $border-blurred;
            border-title-color: $text-muted;
        }
        &.-short #about { height: 6; }
        &.-tiny #about { height: 5; }
        &.-empty #about, &.-no-panel #about { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[int, Attribute] = {}

    def compose_body(self) -> Iterable[Widget]:
        """The list, and below it what is known of the one under the cursor."""
        yield AttributeList(self._rows, COLUMNS, markable=False)
        yield Plain(id="about")

    def on_mount(self) -> None:
        """Titles; the rows come with the first look into the library."""
        super().on_mount()
        set_title(self.list, "Document attributes")
        set_title(self.query_one("#about"), "Definition and values")

    @property
    def list(self) -> AttributeList:
        """The list."""
        return self.query_one(AttributeList)

    @property
    def current(self) -> Attribute | None:
        """The attribute under the cursor."""
        return self._found.get(self.list.cursor_id or 0)

    def _one(self) -> Attribute | None:
        """The same, for what is done with it: says so where there is none."""
        if self.current is None:
            self.say("There is no attribute here yet; a defines one.")
        return self.current

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        return {id: attribute_row(self._found[id]) for id in ids if id in self._found}

    def refresh_from_library(self) -> None:
        """Look again at what is defined and how often it is given."""
        self.hand.ask(lambda library: library.attributes.list(), self._show)

    def _show(self, found: Sequence[Attribute]) -> None:
        if not self.is_mounted:
            return
        self._found = {one.id: one for one in found}
        self.list.set_ids(array("q", self._found))
        self.list.refresh_rows()
        self.list.set_empty(empty.no_attributes())
        self.set_class(not found, "-empty")
        self.show_place(f"{self.PLACE}-empty" if not found else self.PLACE)
        set_title(self.list, f"Document attributes · {len(found):,}")
        self._show_about()

    @on(VirtualList.Highlighted, "AttributeList")
    def _show_about(self) -> None:
        one = self.current
        if one is None:
            return

        def show(counts: dict[str, int]) -> None:
            if self.is_mounted and self.current == one:
                self.query_one("#about", Plain).show(about(one, counts))

        self.hand.ask(lambda library: library.attributes.counts_of(one.id), show)

    # Changing --------------------------------------------------------------

    @on(VirtualList.Opened, "AttributeList")
    def _opened(self) -> None:
        self.action_edit()

    def action_add(self) -> None:
        """Define another attribute."""
        if not self.may_write():
            return

        def defined(answer: object) -> None:
            if isinstance(answer, Meant):
                self.hand.write(
                    lambda library: library.attributes.define(
                        answer.name,
                        answer.kind,
                        values=answer.values,
                        definition=answer.definition,
                    ),
                    lambda one: self.say(f"{one.name} defined · u undo"),
                    self._refused,
                )

        self.app.push_screen(AttributeDialog(None, self._names()), defined)

    def action_edit(self) -> None:
        """Change the attribute under the cursor."""
        one = self._one()
        if one is None or not self.may_write():
            return

        def answered(answer: object) -> None:
            if isinstance(answer, Meant):
                self.hand.ask(
                    lambda library: library.attributes.lost(
                        one.name, answer.kind, answer.values
                    ),
                    lambda lost: self._map(one, answer, tuple(lost.items()), {}),
                )

        others = self._names(but=one)
        self.app.push_screen(AttributeDialog(one, others), answered)

    def _map(
        self,
        one: Attribute,
        meant: Meant,
        lost: Sequence[tuple[str, int]],
        mapping: dict[str, str],
    ) -> None:
        """Ask, one after the other, what takes the place of values in use."""
        from tui.screens.dialogs import Choose

        if not lost:
            self._change(one, meant, mapping)
            return
        (value, count), *rest = lost

        def chosen(other: str | None) -> None:
            if other is None:
                self.say("Nothing was changed.")
            else:
                self._map(one, meant, rest, {**mapping, value: other})

        shown = signed(value, one)
        if not meant.values:
            self.say(f"{one.name} is {shown} in {several(count)}; keep its values.")
            return
        title = f"{shown} is given to {several(count)}; what takes its place?"
        options = [(other, other) for other in meant.values]
        self.app.push_screen(Choose(title, options), chosen)

    def _change(self, one: Attribute, meant: Meant, mapping: dict[str, str]) -> None:
        def work(library: Library) -> Attribute:
            return library.attributes.change(
                one.name,
                new_name=meant.name,
                kind=meant.kind,
                values=meant.values,
                definition=meant.definition,
                mapping=mapping,
            )

        self.hand.write(
            work, lambda new: self.say(f"{new.name} changed · u undo"), self._refused
        )

    def action_delete(self) -> None:
        """Delete the attribute under the cursor with its values."""
        one = self._one()
        if one is not None and self.may_write():
            self.hand.write(
                lambda library: library.attributes.delete(one.name),
                lambda gone: self.say(f"{gone.name} deleted with its values · u undo"),
                self._refused,
            )

    def action_copy(self) -> None:
        """Copy name and definition."""
        one = self.current
        if one is not None:
            self.postilla.copy_text(
                ": ".join(p for p in (one.name, one.definition) if p)
            )

    def action_toggle_panel(self) -> None:
        """Show or hide what is known of the attribute."""
        self.toggle_class("-no-panel")

    def _names(self, but: Attribute | None = None) -> Sequence[str]:
        return [one.name for one in self._found.values() if one != but]

    def _refused(self, error: PostillaError) -> None:
        self.say(str(error), error=True)
