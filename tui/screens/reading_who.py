"""Who is named here: the known names nearest to the words, or a new one of a type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from store import who
from store.model import NAME_TYPES, Entity
from tui.keys import bindings
from tui.screens.dialog_choose import Choose, PickList
from tui.screens.dialog_frame import Dialog
from tui.screens.dialog_options import Options, Tick
from tui.screens.entity_text import TYPE_WORDS
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import Plain, SafeInput

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Mention
    from tui.hand import Hand

_NO_KINDS = 36
"""Cells of a screen below which the kinds have no column of their own."""

_COLUMNS = (
    Column(width=12, drop_below=_NO_KINDS - 4),
    Column(width=8, flex=1),
    Column(width=14, align="right", drop_below=44),
)
_MOST = 8
"""Known names that are offered at once; typing finds others."""


class NameDialog(Choose):
    """A field that finds names, the list, a box; the answer is ``entity:ID`` or
    ``type:TYPE``, and :attr:`everywhere`."""

    DEFAULT_CSS: ClassVar[str] = """
    NameDialog {
        & > Box { width: 72; }
        & Tick { margin-top: 1; }
        &.-short Tick { margin-top: 0; }
    }
    """

    def __init__(self, surface: str, hand: Hand, known: Sequence[Entity] = ()) -> None:
        """Ask about the words ``surface``; ``known`` are the names nearest to them."""
        self._surface = surface
        self._hand = hand
        self._known: tuple[Entity, ...] = tuple(known)
        self._asked = 0
        self._is_waiting = self._take_later = False
        super().__init__(
            f"Who is “{' '.join(surface.split())}”?",
            _options(self._known),
            hint="tab to the box, space ticks it",
        )

    def compose_box(self) -> Iterable[Widget]:
        """The field, the list, the box, the hint."""
        yield SafeInput(
            placeholder="type another name to find it", compact=True, id="name"
        )
        options = PickList(
            self._rows, _COLUMNS, markable=False, empty="Nothing like that."
        )
        self._fit(options)
        yield options
        yield Tick("Everywhere written so, also in later documents", False)
        yield Plain(self._hint, classes="choose--hint")

    def on_mount(self) -> None:
        """One types into the field at once."""
        self.query_one("#name", Input).focus()

    def _fit(self, options: PickList) -> None:
        room = self.app.size.height - 9
        options.styles.height = max(1, min(len(self._options), room))

    @property
    def everywhere(self) -> bool:
        """Whether it is meant wherever it is written so."""
        return self.query_one(Tick).ticked

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        return {id: self._row(id) for id in ids}

    def _row(self, id: int) -> Row:
        if id < len(self._known):
            one = self._known[id]
            count = f"{one.documents:,} document{'' if one.documents == 1 else 's'}"
            kind = TYPE_WORDS.get(one.type, one.type)
            return Row((Cell(kind, "muted"), one.name, Cell(count, "muted")))
        kind = TYPE_WORDS[NAME_TYPES[id - len(self._known)]]
        if self.app.size.width < _NO_KINDS:
            return Row(("", f"new {kind}", ""))
        return Row((kind, Cell("a new name", "muted"), ""))

    def _narrow(self, typed: str) -> None:
        """Look for what is typed; for nothing, who the words themselves may mean."""
        self._asked += 1
        asked, words = self._asked, typed.strip() or self._surface
        self._is_waiting = True

        def find(library: Library) -> list[Entity]:
            if asked != self._asked:
                return []
            return who.near(library.core.reader, words, _MOST)

        def show(found: list[Entity]) -> None:
            if asked == self._asked and self.is_open:
                self._show(found, is_typed=bool(typed.strip()))

        if asked == 1 and not typed:
            self._show(self._known, is_typed=False)
        else:
            self._hand.ask(find, show)

    def _show(self, found: Sequence[Entity], *, is_typed: bool) -> None:
        self._known, self._options = tuple(found), tuple(_options(found))
        self._is_waiting = False
        self._fit(self.list)
        self.list.set_ids(range(len(self._options)), keep=False)
        self.list.refresh_rows()
        form = who.form_of(self._surface)
        exact = [
            place
            for place, one in enumerate(found)
            if form in {who.form_of(name) for name in (one.name, *one.aliases)}
        ]
        first = 0 if is_typed else len(found)
        self.list.move_to(exact[0] if exact and not is_typed else first)
        if self._take_later:
            self.action_take()

    def action_take(self) -> None:
        """Answer with what the bar is on, once it is found what was typed."""
        self._take_later = self._is_waiting
        if not self._is_waiting:
            super().action_take()


def _options(known: Sequence[Entity]) -> list[tuple[str, str]]:
    new = [(f"type:{type}", TYPE_WORDS[type]) for type in NAME_TYPES]
    return [*((f"entity:{one.id}", one.name) for one in known), *new]


class TypeDialog(Dialog[tuple[str, str] | None]):
    """Of which type it is, and of how much that is said: (type, scope)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("enter", "take", show=False),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    TypeDialog {
        & Options { width: 100%; margin-bottom: 1; }
        & Plain { height: auto; width: 100%; color: $text-muted; }
    }
    """

    def __init__(self, mention: Mention) -> None:
        """Ask about the name that a mention means."""
        super().__init__(f"{mention.name} is a")
        self._mention = mention

    def compose_box(self) -> Iterable[Widget]:
        """Types, then how much it is said of."""
        types = [(type, TYPE_WORDS[type]) for type in NAME_TYPES]
        yield Options(types, self._mention.type, id="type")
        yield Options(scopes(self._mention), "form", id="scope")
        yield Plain("← and → choose, tab goes to the next line")

    def action_take(self) -> None:
        """Answer with both."""
        chosen = [self.query_one(f"#{id}", Options).value for id in ("type", "scope")]
        self.dismiss((chosen[0], chosen[1]))


def scopes(mention: Mention) -> list[tuple[str, str]]:
    """Of how much something can be said: this place, the spelling, the entity."""
    surface = " ".join(mention.surface.split())
    return [
        ("mention", "only here"),
        ("form", f"wherever “{_cut(surface)}” is written"),
        ("entity", f"{_cut(mention.name or '')}, whatever it is called"),
    ]


def _cut(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"
