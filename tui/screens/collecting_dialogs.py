"""What is asked about collections: which one, what kind, how many to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from tui.keys import bindings
from tui.screens.collecting_text import several
from tui.screens.dialog_choose import Choose, fitting
from tui.screens.dialog_frame import Dialog, Wrong
from tui.screens.dialog_options import Options
from tui.widgets.plain import Plain, SafeInput
from tui.widgets.virtual_list import VirtualList

Check = Callable[[str], str | None]
"""Says in one sentence why a name cannot be taken, or ``None``."""


class ChooseOrNew(Choose):
    """One of several, or a new one by the name that is typed."""

    def __init__(self, title: str, names: Sequence[str], *, check: Check) -> None:
        """Offer ``names``; ``check`` is asked before a new one is taken."""
        hint = "type a new name to make another" if names else "type a name for it"
        super().__init__(title, [(name, name) for name in names], hint=hint)
        self._names = tuple(names)
        self._check = check

    def compose_box(self) -> Iterable[Widget]:
        """The field, the list, and what is wrong with a new name."""
        yield from super().compose_box()
        yield Wrong()

    def on_mount(self) -> None:
        """Without a collection there is nothing to choose from yet."""
        super().on_mount()
        self.query_one(Input).placeholder = (
            "type to narrow, or a new name" if self._names else "name"
        )
        self.list.set_empty("No collection by hand yet.")

    def on_resize(self) -> None:
        """One line more than there are names, for the new one."""
        self.list.styles.height = max(
            1, min(len(self._names) + 1, self.size.height - 8)
        )

    def _narrow(self, typed: str) -> None:
        self.wrong("")
        name = " ".join(typed.split())
        found = fitting(typed, self._names)
        known = {one.casefold() for one in self._names}
        self._options = tuple((one, one) for one in self._names)
        if name and name.casefold() not in known:
            self._options += (("", f"new: {name}"),)
            found.append(len(self._names))
        self.list.set_ids(found, keep=False)
        self.list.refresh_rows()

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        event.prevent_default()
        if event.id < len(self._names):
            self.dismiss(self._names[event.id])
            return
        name = " ".join(self.query_one(Input).value.split())
        problem = self._check(name)
        if problem is None:
            self.dismiss(name)
        else:
            self.wrong(problem)


class Asking(Dialog[object]):
    """Rows of a label and a field; enter answers from any of them."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("enter,ctrl+s", "take", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    Asking {
        & .asking--row { height: auto; width: 100%; }
        & .asking--label { width: 8; color: $text-muted; text-style: bold; }
        & .asking--row Input { width: 1fr; }
        & .asking--hint { height: auto; width: 100%; color: $text-muted; }
    }
    """

    def row(self, label: str, widget: Widget) -> Horizontal:
        """One line of the dialog."""
        name = Plain(label, classes="asking--label")
        return Horizontal(name, widget, classes="asking--row")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.wrong("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Answer with what stands there, if it can be taken."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class New:
    """A collection as it is to be made."""

    name: str
    living: bool


class NewCollection(Asking):
    """Answers with :class:`New`."""

    def __init__(self, shown: int, narrowed: str, *, check: Check) -> None:
        """From the ``shown`` documents that Documents shows, ``narrowed`` in words."""
        super().__init__("New collection")
        self._shown, self._narrowed = shown, narrowed
        self._check = check

    def compose_box(self) -> Iterable[Widget]:
        """Name and kind."""
        yield self.row("Name", SafeInput(compact=True, select_on_focus=False))
        kinds = [
            ("hand", f"these {several(self._shown)}, by hand from now on"),
            ("query", "living: whatever fits, later too"),
        ]
        yield self.row("Of", Options(kinds, "hand", id="kind"))
        yield Plain(f"Documents shows: {self._narrowed}", classes="asking--hint")
        yield Wrong()

    def action_take(self) -> None:
        """Answer, if the name can be taken."""
        name = self.query_one(Input).value
        problem = self._check(name)
        if problem:
            self.wrong(problem)
        else:
            self.dismiss(New(name, self.query_one(Options).value == "query"))


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample as it is to be drawn."""

    name: str
    size: int
    seed: int
    source: str
    """From what: one of the values offered."""
    by: str | None


_SIZE = 50
"""Documents that a sample is offered with, where there are so many."""

_BY = [
    ("", "not at all"),
    ("source", "by source"),
    ("language", "by language"),
    ("year", "by year"),
]


class SampleDialog(Asking):
    """Answers with :class:`Sample`."""

    def __init__(
        self,
        sources: Sequence[tuple[str, str, int]],
        *,
        source: str,
        seed: int,
        check: Check,
    ) -> None:
        """Draw from one of ``sources``, each as (value, words, how many documents).

        ``source`` is chosen; ``seed`` is offered.
        """
        super().__init__("Draw a random sample")
        self._sources, self._source = tuple(sources), source
        self._seed = seed
        self._check = check

    def compose_box(self) -> Iterable[Widget]:
        """Name, size, seed, from what, divided by what."""
        yield self.row("Name", self._field("", "name"))
        yield self.row("Size", self._field(str(self._offered()), "size"))
        yield self.row("Seed", self._field(str(self._seed), "seed"))
        whats = [(value, words) for value, words, _ in self._sources]
        yield self.row("From", Options(whats, self._source, id="from"))
        yield self.row("Divide", Options(_BY, "", id="by"))
        yield Plain(
            "The same seed on the same documents draws the same sample again."
            " Divided, each source, language or year gives its share.",
            classes="asking--hint",
        )
        yield Wrong()

    def _field(self, value: str, id: str) -> SafeInput:
        return SafeInput(value, compact=True, select_on_focus=False, id=id)

    def _offered(self) -> int:
        """A size that can be drawn from what is chosen at first."""
        there = next(
            count for value, _, count in self._sources if value == self._source
        )
        return min(_SIZE, there)

    def action_take(self) -> None:
        """Answer, if it can be drawn."""
        name, size, seed = (
            self.query_one(f"#{id}", Input).value.strip()
            for id in ("name", "size", "seed")
        )
        chosen = self.query_one("#from", Options).value
        problem = self._check(name) or self._problem(size, seed, chosen)
        if problem:
            self.wrong(problem)
            return
        by = self.query_one("#by", Options).value or None
        self.dismiss(Sample(name, _number(size), int(seed), chosen, by))

    def _problem(self, size: str, seed: str, chosen: str) -> str | None:
        there = next(count for value, _, count in self._sources if value == chosen)
        if not 1 <= _number(size) <= there:
            return f"The size is a number from 1 to {there:,}, as many as there are."
        digits = seed.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 18):
            return "The seed is a whole number."
        return None


def _number(typed: str) -> int:
    """A count as typed, ``1,000`` too; 0 for anything else."""
    digits = typed.replace(",", "").replace(" ", "")
    fits = digits.isascii() and digits.isdecimal() and len(digits) <= 12
    return int(digits) if fits else 0
