"""History: what was done, undone ones too, and from any point back or forward.

Enter makes the library as it was right after the act under the cursor: everything
of the same scope that came later is taken back, or what was undone is done again,
all or nothing. Nothing is asked, because the way back is as short.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from store.errors import PostillaError
from store.model import Change
from store.undo import Way, Whose
from tui.keys import bindings
from tui.screens import history_text as words
from tui.screens.base import LibraryScreen
from tui.screens.history_text import HERE, START
from tui.screens.table_out import save_table
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.narrow import NarrowBar
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library

    Turn = Callable[[Library], list[Change]]


class ActList(VirtualList, inherit_bindings=False):
    """The acts, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    def can_land(self, index: int) -> bool:
        """Not on the line that says where one is."""
        return self._ids[index] != HERE

    def action_leave(self) -> None:
        """Nothing is at the left of this list."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the list shows, as it was read."""

    question: tuple[Whose, str]
    """Whose acts, and by which words they are narrowed."""
    ids: array[int]
    here: int
    """The newest act that holds; 0 if none does."""
    count: int
    """Acts among the ids."""


class HistoryScreen(LibraryScreen):
    """Lies over the five screens."""

    PLACE = "history"
    AUTO_FOCUS = "ActList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("history")]
    DEFAULT_CSS = """
    HistoryScreen {
        & #acts, & #about {
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus-within { border: solid $border; border-title-color: $border; }
        }
        & #acts { height: 1fr; }
        & #about { height: 5; padding: 0 1; }
        & ActList { height: 1fr; }
        &.-refused #about { height: 8; }
        &.-no-panel #about, &.-empty #about { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.whose: Whose | None = None
        self.words = ""
        self._found: Found | None = None
        self._asked = 0
        self._refusal: tuple[int, str] | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The acts, and below them the one under the cursor in full."""
        with Vertical(id="acts"):
            yield ActList(self._rows, words.COLUMNS, markable=False)
            yield NarrowBar(placeholder="words of what was done, or a name")
        yield Plain(id="about")

    def on_mount(self) -> None:
        """The newest acts at once."""
        super().on_mount()
        set_title(self.query_one("#about"), "This act")
        self._show_found(_read(self.library, None, "", limit=_FIRST))

    @property
    def list(self) -> ActList:
        """The list of acts."""
        return self.query_one(ActList)

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        found = self.library.history.rows([id for id in ids if id > START])
        coder = self.library.core.coder
        rows = {id: words.act_row(change, coder) for id, change in found.items()}
        rows[HERE] = words.here_row()
        rows[START] = words.start_row(self._scope)
        return rows

    @property
    def _scope(self) -> Whose:
        return self._found.question[0] if self._found is not None else "window"

    # Reading ---------------------------------------------------------------

    def refresh_from_library(self) -> None:
        """Ask again what was done."""
        self._asked += 1
        asked, whose, narrow = self._asked, self.whose, self.words

        def show(found: Found) -> None:
            if asked == self._asked and self.is_mounted:
                self._show_found(found)

        self.hand.ask(lambda library: _read(library, whose, narrow), show)

    def _show_found(self, found: Found) -> None:
        before, self._found = self._found, found
        same = before is not None and before.question == found.question
        was_here = before is None or self.list.cursor_id == (before.here or START)
        self.whose = found.question[0]
        self.list.set_ids(found.ids, keep=same)
        self.list.refresh_rows()
        if was_here or not same:  # by u and U one stays in sight of where one is
            self.list.move_to_id(found.here)
        is_empty = not found.count and not self.words
        self.set_class(is_empty, "-empty")
        self.show_place("history-empty" if is_empty else "history")
        self.list.set_empty(empty.nothing_done() if is_empty else empty.nothing_left())
        set_title(
            self.query_one("#acts"),
            f"History · {words.SCOPE_WORDS[self._scope]} · {found.count:,}",
            subtitle=f'only "{self.words}" · esc shows all' if self.words else "",
        )
        self._show_about()

    @on(VirtualList.Highlighted)
    def _highlighted(self) -> None:
        self._show_about()

    def _show_about(self) -> None:
        act, whose = self.list.cursor_id, self._scope
        if act is None:
            return

        def show(answer: tuple[Change | None, Way | None, str]) -> None:
            if self.is_mounted and act == self.list.cursor_id:
                change, way, reason = answer
                refusal = self._refusal
                if refusal is not None and refusal[0] == act:
                    way, reason = None, f"{refusal[1]}\n{words.HINT}"
                self.set_class(way is None, "-refused")
                text = words.about(change, whose, way, reason)
                self.query_one("#about", Plain).show(text)

        self.hand.ask(lambda library: _look_at(library, act, whose), show)

    # Back and forward ------------------------------------------------------

    @on(VirtualList.Opened)
    def _go_to(self, event: VirtualList.Opened) -> None:
        act, whose = event.id, self._scope
        self._turn(act, lambda library: library.history.jump(act, whose))

    def action_turn_one(self) -> None:
        """Take back only the act under the cursor; or do only that one again."""
        act = self.list.cursor_id
        if act is None or act == START:
            self.say("Move to an act first.")
            return

        def one(library: Library) -> list[Change]:
            history = library.history
            is_undone = history.rows([act])[act].undone
            turn = history.redo_only if is_undone else history.undo_only
            return [turn(act)]

        self._turn(act, one)

    def _turn(self, act: int, work: Turn) -> None:
        self._refusal = None

        def refused(error: PostillaError) -> None:
            self._refusal = (act, str(error))
            self.say(str(error), error=True)
            self._show_about()

        self.hand.write(work, lambda done: self.say(words.gone(done)), refused)

    # Narrowing -------------------------------------------------------------

    def action_narrow(self) -> None:
        """This window, mine, everyone's."""
        self.whose = words.next_scope(self._scope)
        self.refresh_from_library()

    def action_find(self) -> None:
        """Narrow by words of what was done."""
        self.query_one(NarrowBar).open(self.words)

    @on(NarrowBar.Changed)
    def _words_changed(self, event: NarrowBar.Changed) -> None:
        self.words = event.words
        self.refresh_from_library()

    @on(NarrowBar.Left)
    def _words_left(self) -> None:
        self.list.focus()

    def action_step_out(self) -> None:
        """Show everything again."""
        super().action_step_out()
        if self.words:
            self.query_one(NarrowBar).close()
            self.words = ""
            self.refresh_from_library()

    def action_next_match(self) -> None:
        """Nothing is found one after the other here."""

    def action_previous_match(self) -> None:
        """Nothing is found one after the other here."""

    def action_toggle_panel(self) -> None:
        """Show or hide the act in full."""
        self.toggle_class("-no-panel")

    def action_copy(self) -> None:
        """Copy what the act under the cursor was."""
        act = self.list.cursor_id
        if act:
            self.postilla.copy_text(self.library.history.rows([act])[act].act)

    def action_export(self) -> None:
        """Write the acts that are shown as CSV, newest first."""
        found = self._found
        if found is None or not found.count:
            self.say("There is nothing to write yet.")
            return
        acts = [id for id in found.ids if id > START]

        def read(library: Library) -> list[tuple[object, ...]]:
            return words.table(library.history.rows(acts), acts)

        save_table(self.postilla, "history.csv", words.HEADER, read)


_FIRST = 100
"""Acts that are read before the screen is first painted."""


def _read(
    library: Library, whose: Whose | None, narrow: str, limit: int | None = None
) -> Found:
    """The ids of a scope; without one of this window, or mine if it did nothing."""
    history = library.history
    chosen: Whose = whose or "window"
    ids = history.ids(chosen, words=narrow, limit=limit)
    if whose is None and not ids:
        chosen = "mine"
        ids = history.ids(chosen, words=narrow, limit=limit)
    here = history.here(chosen)
    count = len(ids)
    if count:
        place = next((at for at, id in enumerate(ids) if id <= here), count)
        ids.insert(place, HERE)
        ids.append(START)
    return Found((chosen, narrow), ids, here, count)


def _look_at(
    library: Library, act: int, whose: Whose
) -> tuple[Change | None, Way | None, str]:
    """An act, and the way to it or the reason why there is none."""
    history = library.history
    change = history.rows([act]).get(act)
    try:
        return change, history.way(act, whose), ""
    except PostillaError as error:
        return change, None, str(error)
