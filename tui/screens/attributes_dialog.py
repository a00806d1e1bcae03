"""Defining an attribute: its name, its kind, its values, when to give which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from store.attribute_rows import KIND_WORDS, Attribute
from store.attribute_rules import made
from store.errors import UsageError
from tui.screens.attributes_text import typed_values
from tui.screens.collecting_dialogs import Asking
from tui.screens.dialog_frame import Wrong
from tui.screens.dialog_options import Options
from tui.widgets.plain import Plain, SafeInput

_HINTS = {
    "choice": "with commas between, in the order to be shown",
    "scale": "the lowest and the highest, such as -2, 2",
    "yesno": "none to give: it is yes or no",
    "text": "none to give: any words",
}


@dataclass(frozen=True, slots=True)
class Meant:
    """An attribute as it is to be."""

    name: str
    kind: str
    values: tuple[str, ...]
    definition: str


class AttributeDialog(Asking):
    """Answers with :class:`Meant`."""

    DEFAULT_CSS = """
    AttributeDialog {
        & .asking--label { width: 12; }
        & #hint { margin-left: 12; }
    }
    """

    def __init__(self, old: Attribute | None, taken: Iterable[str]) -> None:
        """Define an attribute, or change ``old``; ``taken`` are the others' names."""
        super().__init__(f"Change {old.name}" if old else "Define an attribute")
        self._old = old
        self._taken = {name.casefold(): name for name in taken}

    def compose_box(self) -> Iterable[Widget]:
        """A row for every question."""
        old = self._old
        yield self.row("Name", self._field(old.name if old else "", "name"))
        kinds = Options(
            list(KIND_WORDS.items()), old.kind if old else "choice", id="kind"
        )
        yield self.row("Kind", kinds)
        yield self.row(
            "Values", self._field(typed_values(old) if old else "", "values")
        )
        yield Plain(_HINTS[kinds.value], classes="asking--hint", id="hint")
        definition = " ".join(old.definition.split()) if old else ""
        yield self.row("Definition", self._field(definition, "definition"))
        yield Wrong()

    def _field(self, value: str, id: str) -> SafeInput:
        return SafeInput(value, compact=True, select_on_focus=False, id=id)

    def _typed_in(self, id: str) -> str:
        return self.query_one(f"#{id}", Input).value.strip()

    @on(Options.Changed, "#kind")
    def _kind_changed(self, event: Options.Changed) -> None:
        event.stop()
        self.wrong("")
        self.query_one("#hint", Plain).show(_HINTS[event.value])

    def action_take(self) -> None:
        """Answer, if there can be such an attribute."""
        kind = self.query_one("#kind", Options).value
        name, definition = self._typed_in("name"), self._typed_in("definition")
        values = tuple(self._typed_in("values").split(","))
        try:
            new = made(name, kind, values=values)
        except UsageError as error:
            self.wrong(str(error))
            return
        taken = self._taken.get(new.name.casefold())
        if taken is not None:
            self.wrong(f"There is an attribute {taken} already.")
            return
        old = self._old
        if old is not None and definition == " ".join(old.definition.split()):
            definition = old.definition
        self.dismiss(Meant(new.name, new.kind, new.values, definition))
