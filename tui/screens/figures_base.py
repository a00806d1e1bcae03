"""What the lists of figures and of quotations have in common.

Both show mentions of the whole library, of which there may be hundreds of thousands:
the first ones are there at once, the others follow a piece at a time, and of all
of them only the shown rows are read.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget

from store import kwic
from store.document_rows import DocumentFilter
from store.entity_rows import called
from store.errors import NotFound, PostillaError
from store.places import Place
from tui.keys import bindings, by_id, show_keys
from tui.screens.concordance_text import PREVIEW_SIGNS, preview
from tui.screens.counting_work import Work
from tui.screens.figures_acts import PassageActs, Shown
from tui.screens.which_documents import in_words
from tui.widgets import empty
from tui.widgets.columns import Column, Row
from tui.widgets.narrow import NarrowBar
from tui.widgets.passage_pane import PassagePane
from tui.widgets.plain import set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from textual.content import Content

    from store.library import Library

REST_SECONDS = 0.06
"""The cursor rests this long before the passage is fetched, so that it can run."""


_HEAD = 3
"""Lines of the pane that its title may take, and one that lines broken at blanks do."""

_LEAST_SIGNS = 60
"""Code points on each side of the passage that are always shown."""


class PassageList(VirtualList, inherit_bindings=False):
    """The passages, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    def action_leave(self) -> None:
        """Nothing is at the left of this list."""


class PassagesScreen(PassageActs[Shown]):
    """A list of passages, a line to narrow it, and the passage under the cursor."""

    AUTO_FOCUS = "PassageList"
    DEFAULT_CSS = """
    PassagesScreen {
        & PassageList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; border-title-color: $border; }
        }
    }
    """

    def __init__(self, words: str = "") -> None:
        """Show all; of ``entity:NAME`` only what has to do with that entity."""
        super().__init__()
        self._words = words if words.startswith("entity:") else ""
        self.whose = ""
        """The name of the entity that the list is narrowed to."""
        self._asked = 0
        self._work: Work[bool] | None = None
        self._left: list[Work[bool]] = []
        """What nobody waits for any more, and may still be ending."""
        self._timer: Timer | None = None
        self.is_complete = False
        """Whether every row is there."""
        self.is_looking = True
        """Whether what is shown is not yet what was asked for."""

    # What subclasses give --------------------------------------------------

    COLUMNS: ClassVar[tuple[Column, ...]] = ()

    def row_of(self, passage: Shown) -> Row:
        """One row of the list."""
        raise NotImplementedError

    def listing(self, connection: sqlite3.Connection) -> Iterator[array[int]]:
        """The ids as they are asked for now, a piece at a time."""
        raise NotImplementedError

    def with_entity(self, entity: int | None) -> None:
        """Narrow the filter to an entity, or to none; the caller looks."""
        raise NotImplementedError

    # The screen ------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """The list, the line, the passage."""
        yield PassageList(self._rows, self.COLUMNS, row_height=2)
        yield NarrowBar(placeholder=self.PLACEHOLDER)
        yield PassagePane()

    def on_mount(self) -> None:
        """Titles, and what was at hand."""
        super().on_mount()
        set_title(self.query_one(PassagePane), "Passage")
        if self._words:
            try:
                self.narrow_to(self.library.entities.find(self._words[7:]))
            except NotFound as error:
                self._words = ""
                self.say(str(error), error=True)
        self.show_counts()

    @property
    def list(self) -> PassageList:
        """The passages; an id is that of the mention."""
        return self.query_one(PassageList)

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        found = self.read(self.library.core.reader, ids)
        return {id: self.row_of(one) for id, one in found.items()}

    # Looking ---------------------------------------------------------------

    def refresh_from_library(self) -> None:
        """Look again; the rows stay until all new ones are there."""
        self.look(keep=True)

    def look(self, *, keep: bool = False) -> None:
        """Ask for the list as it is wanted now, on a thread of its own.

        With ``keep`` the rows stay until all new ones are there.
        """
        self._stop()
        self._asked += 1
        asked, found = self._asked, array("q")
        keep = keep and bool(len(self.list.ids))
        self.is_complete = False

        def pieces(library: Library) -> Iterator[tuple[int, int, bool | None]]:
            for some in self.listing(library.core.reader):
                if asked != self._asked:
                    return
                self.postilla.call_soon(told, some)
            yield 1, 1, True

        def told(some: array[int]) -> None:
            if asked == self._asked and self.is_mounted:
                found.extend(some)
                if some and not keep:
                    self._show(found[:], keep=len(some) < len(found))

        def complete(_: bool) -> None:
            if asked == self._asked and self.is_mounted:
                self.is_complete = True
                self._show(found, keep=keep or not self.is_looking)

        self._work = Work(self, pieces, complete, self._failed)
        if not keep:
            self.is_looking = True
            self.show_counts()

    def _failed(self, error: BaseException) -> None:
        self.is_complete = True
        if isinstance(error, PostillaError):
            self.say(str(error), error=True)
        else:
            self.postilla.trouble(error)

    def _stop(self) -> None:
        """Leave what is being looked for."""
        if self._work is not None:
            self._work.stop()
            self._left = [one for one in (*self._left, self._work) if one.is_alive]

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self._asked += 1
        self._stop()
        for work in self._left:
            work.join()

    def _show(self, ids: array[int], *, keep: bool) -> None:
        self.is_looking = False
        self.list.set_ids(ids, keep=keep)
        self.list.refresh_rows()
        self.set_class(not len(ids), "-empty")
        self.show_counts()
        self.passage_soon()

    def show_counts(self) -> None:
        """How many, in what order, narrowed by what."""
        count = f"{len(self.list.ids):,}{'' if self.is_complete else ' so far'}"
        parts = [self.TITLE, "looking …" if self.is_looking else count, self.way()]
        if self.list.marked:
            parts.append(f"{len(self.list.marked):,} marked")
        narrowed = self.narrowed_in_words()
        if self.documents != DocumentFilter():
            narrowed = [*narrowed, in_words(self.library, self.documents)]
        below = f"only {' · '.join(narrowed)} · esc shows all" if narrowed else ""
        set_title(self.list, " · ".join(parts), subtitle=below)
        self.list.set_empty(self._nothing(is_narrowed=bool(narrowed)))

    def _nothing(self, *, is_narrowed: bool) -> str:
        if not self.is_complete:
            return "Looking…"
        if not self.library.documents.count():
            documents, add = (
                show_keys(by_id(one, self.postilla.key_actions)).partition(" ")[0]
                for one in ("go_documents", "documents.import")
            )
            return empty.no_documents_to_ask(documents=documents, add=add)
        return empty.nothing_left() if is_narrowed else self.NOTHING

    # The passage -----------------------------------------------------------

    @on(VirtualList.Highlighted, "PassageList")
    def _highlighted(self) -> None:
        self.passage_soon()

    @on(VirtualList.MarksChanged, "PassageList")
    def _marked(self) -> None:
        self.show_counts()

    def passage_soon(self) -> None:
        """Show the passage under the cursor once the cursor rests."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(REST_SECONDS, self._show_passage)

    def _show_passage(self) -> None:
        here, pane = self.list.cursor_id, self.query_one(PassagePane)
        if here is None or not pane.display:
            return
        # As much as leaves the passage itself in sight, below the lines of a title.
        room = pane.size.width * max(1, pane.size.height - _HEAD) // 2
        signs = max(_LEAST_SIGNS, min(PREVIEW_SIGNS, room))

        def read(library: Library) -> Content | None:
            reader = library.core.reader
            one = self.read(reader, [here]).get(here)
            if one is None:
                return None
            place = Place(one.document, one.start, one.end)
            found = kwic.lines(reader, [place], signs)
            return preview(found[0], signs) if found else None

        def show(text: Content | None) -> None:
            if text is not None and self.is_mounted and here == self.list.cursor_id:
                pane.show(text)

        self.hand.ask(read, show)

    def action_toggle_panel(self) -> None:
        """Show or hide the passage with more around it."""
        self.toggle_class("-no-panel" if self.has_class("-tall") else "-panel")
        self.call_after_refresh(self._show_passage)

    # Narrowing -------------------------------------------------------------

    def narrow_to(self, entity: int | None) -> None:
        """Show what has to do with an entity, or with any; the caller looks."""
        known = {} if entity is None else self.library.entities.rows([entity])
        found = None if entity is None else known.get(entity)
        self.whose = found.name if found else ""
        self._words = ""
        if found is not None:
            self._words = f"entity:{called(self.library.core.reader, found)}"
        self.with_entity(entity)

    def entity_called(self, name: str) -> int | None:
        """The entity of a name that was looked up before; ``None`` for no name."""
        return self.library.entities.find(name) if name else None

    def show_all(self) -> None:
        """Narrow the list to nothing; the caller looks."""
        self.documents, self.words = DocumentFilter(), None
        self.narrow_to(None)

    def action_find(self) -> None:
        """Narrow by words."""
        self.query_one(NarrowBar).open(self.words or "")

    @on(NarrowBar.Changed)
    def _words_changed(self, event: NarrowBar.Changed) -> None:
        self.words = event.words or None
        self.look()

    @on(NarrowBar.Left)
    def _words_left(self) -> None:
        self.list.focus()

    def action_step_out(self) -> None:
        """Drop a message; then marks; then what the list is narrowed to."""
        super().action_step_out()
        if self.list.marked:
            self.list.clear_marks()
        elif self.narrowed_in_words() or self.documents != DocumentFilter():
            self.query_one(NarrowBar).close()
            self.show_all()
            self.look()

    def words_at_hand(self) -> str:
        """Other questions are about the same one."""
        return self._words


def problem_with_name(library: Library, name: str) -> str | None:
    """Why nobody is known by this name, in one sentence; ``None`` for no name."""
    try:
        if name:
            library.entities.find(name)
    except NotFound as error:
        return str(error)
    return None
