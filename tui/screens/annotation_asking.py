"""Asking by tags: one line for an expression, with tags and earlier questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from store import tagexpr
from store.annotation_rows import AnnotationFilter
from store.errors import PostillaError
from store.tagexpr import ExpressionError
from tui.keys import bindings
from tui.screens.annotation_text import several
from tui.screens.dialog_choose import PickList
from tui.screens.dialog_frame import Dialog, Wrong
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import Plain, SafeInput
from tui.widgets.tag_match import Choice, Offers
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

HINT = (
    "A and (B or C) and not D · A near:50 B · A overlaps B · A in-document B."
    ' Names with blanks: "like this".'
)

_AROUND = 9
"""Lines of the screen that the list leaves to frame, field, texts and footer."""

_LINES = 8
"""Lines of the list at most."""


class AskDialog(Dialog[str | None]):
    """An expression that can be read; ``None`` when it was closed."""

    PLACE = "asking"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("asking")]
    DEFAULT_CSS = """
    AskDialog {
        & > Box { width: 84; }
        & PickList { background: $surface; width: 100%; }
        & #found { height: 1; color: $text-muted; width: 100%; }
        & #how { height: auto; color: $text-muted; width: 100%; }
        &.-tiny #how { display: none; }
    }
    """

    def __init__(
        self,
        postilla: Postilla,
        tags: Sequence[tuple[str, int]],
        earlier: Sequence[str],
        start: str = "",
    ) -> None:
        """Begin with ``start``; ``tags`` are paths with their use, ``earlier`` the
        last questions, newest first."""
        super().__init__("Ask by tags")
        self._postilla = postilla
        self._tags = Offers(Choice(*tag) for tag in tags)
        self._used = dict(tags)
        self._earlier = tuple(earlier)
        self._start = start
        self._offers: list[str] = []
        self._asked = 0

    def compose_box(self) -> Iterable[Widget]:
        """The line, what it finds or why it cannot, the list, how to write."""
        yield SafeInput(
            self._start,
            placeholder="claims and not denial near:50 actors",
            compact=True,
            select_on_focus=False,
        )
        yield Plain(id="found")
        yield Wrong()
        columns = (Column(width=8, flex=1), Column(width=9, drop_below=30))
        yield PickList(self._rows, columns, markable=False)
        yield Plain(HINT, id="how")

    def on_mount(self) -> None:
        """Offer what there is."""
        super().on_mount()
        self._relist()
        self._count()

    def on_resize(self) -> None:
        """As many lines as the screen has."""
        self._fit()

    def _fit(self) -> None:
        room = max(1, self.size.height - _AROUND)
        self.list.styles.height = min(len(self._offers), _LINES, room)
        self.list.display = bool(self._offers)

    @property
    def field(self) -> Input:
        """Where one types."""
        return self.query_one(Input)

    @property
    def list(self) -> PickList:
        """Tags that fit what is typed, or earlier questions."""
        return self.query_one(PickList)

    # What is offered -------------------------------------------------------

    def _typed_name(self) -> tuple[int, int, str] | None:
        return tagexpr.name_at(self.field.value, self.field.cursor_position)

    def _relist(self) -> None:
        """Tags like the name being typed; in an empty line the last questions."""
        name = self._typed_name()
        if name is not None:
            fitting = (one.path for one in self._tags.fitting(name[2]))
            self._offers = [path for path in fitting if path != name[2]]
        else:
            self._offers = [] if self.field.value.strip() else list(self._earlier)
        self.list.set_ids(range(len(self._offers)), keep=False)
        self.list.refresh_rows()
        self._fit()

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        return {n: self._row(self._offers[n]) for n in ids}

    def _row(self, offer: str) -> Row:
        used = f"used {self._used[offer]:,}" if self._typed_name() else ""
        return Row((offer, Cell(used, "muted")))

    def _count(self) -> None:
        """Say how many the line finds, as soon as it can be read."""
        self._asked += 1
        asked, expression = self._asked, self.field.value.strip()

        def read(library: Library) -> str:
            if asked != self._asked or not expression:
                return ""
            try:
                filters = AnnotationFilter(tag=expression)
                return f"finds {several(len(library.annotations.ids(filters)))}"
            except PostillaError:
                return ""

        def show(words: str) -> None:
            if asked == self._asked and self.is_open:
                self.query_one("#found", Plain).show(words)

        self._postilla.hand.ask(read, show)

    def wrong(self, sentence: str) -> None:
        """Say why the line cannot be read, in the place of how many it finds."""
        super().wrong(sentence)
        self.query_one("#found").display = not sentence

    # What is done ----------------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.wrong("")
        self._relist()
        self._count()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.action_complete()

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()

    def action_take(self) -> None:
        """Answer with the line; an empty one takes the earlier question first."""
        if not self.field.value.strip() and self._offers:
            self.action_complete()
        expression = self.field.value.strip()
        find = self._postilla.library.codebook.find
        try:
            tagexpr.parse(expression, find)
        except ExpressionError as error:
            self.wrong(f"At sign {error.at}: {error.reason}")
            self.field.cursor_position = error.at - 1 + self._indent()
        except PostillaError as error:
            self.wrong(str(error))
        else:
            self.dismiss(expression)

    def _indent(self) -> int:
        return len(self.field.value) - len(self.field.value.lstrip())

    def action_complete(self) -> None:
        """Put what the bar is on into the line."""
        index = self.list.cursor_index
        if not 0 <= index < len(self._offers):
            return
        name, value = self._typed_name(), self.field.value
        if name is None:
            value, place = self._offers[index], len(self._offers[index])
        else:
            path = tagexpr.quoted(self._offers[index]) + " "
            value = value[: name[0]] + path + value[name[1] :].lstrip('"').lstrip()
            place = name[0] + len(path)
        self.field.value = value
        self.field.cursor_position = place

    def action_move(self, rows: int) -> None:
        """Bar down, or up for a negative number, round the ends."""
        count = len(self._offers)
        if count:
            self.list.move_to((self.list.cursor_index + rows) % count)


def ask(
    postilla: Postilla,
    start: str,
    earlier: Sequence[str],
    then: Callable[[str], object],
) -> None:
    """Ask for an expression, beginning with ``start``; ``then`` gets it."""
    tags = [(path, used) for path, used, _ in postilla.library.codebook.choices()]
    dialog = AskDialog(postilla, tags, earlier, start)

    def answered(expression: str | None) -> None:
        if expression is not None:
            then(expression)

    postilla.push_screen(dialog, answered)
