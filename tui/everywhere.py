"""What works everywhere: going from screen to screen, undo, search, care.

The application itself (``tui.app``) knows how it begins, hears of changes and ends;
here is what a person can ask of it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

from tui import session
from tui.keyboard import OneKeyAtATime
from tui.overlays import Overlays
from tui.screens.base import LibraryScreen
from tui.trail import Spot, Trail

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Draft, Hit
    from tui.hand import Hand
    from tui.jobs import Jobs
    from tui.places import Places


@dataclass(frozen=True, slots=True)
class Goal:
    """What the reader is asked to show."""

    document: int
    start: int | None = None
    end: int | None = None
    draft: Draft | None = None
    """An unsaved annotation to go on writing."""


class Everywhere(OneKeyAtATime, Overlays, inherit_bindings=False):
    """The actions of the place ``everywhere``, and what screens ask of each other."""

    library: Library
    hand: Hand
    jobs: Jobs
    places: Places | None
    messages: deque[str]

    def __init__(self) -> None:
        super().__init__()
        self.goal: Goal | None = None
        """What the reader is to show when it comes to the front."""
        self.reading_list: Sequence[int] = ()
        """The documents one after the other, as the list had them."""
        self.last_document: int | None = None
        self.last_query = ""
        """Words that the reader is to look for in what is opened."""
        self.last_hit: Hit | None = None
        """The document found by a search that is opened: its matches are shown."""
        self.reading_spot: Callable[[], Spot | None] = lambda: None
        """Where one stands in the reader; the reader says it."""
        self._trail: list[str] = []
        self._jumps = Trail()
        self._aside: list[LibraryScreen] = []

    @abstractmethod
    def tell(self, sentence: str, *, error: bool = False) -> None:
        """Say something in the footer of the present screen."""

    @abstractmethod
    def tell_screens(self) -> None:
        """Let every screen look at the library again."""

    # Going -----------------------------------------------------------------

    def action_go_to(self, screen: str) -> None:
        """Show one of the five screens, and nothing that lies over it."""
        if not isinstance(self.screen, LibraryScreen):
            return  # a dialog waits for an answer
        if screen != self.current_mode:
            self._trail = [mode for mode in self._trail if mode != screen]
            self._trail.append(self.current_mode)
            self.switch_mode(screen)
        self.come_down()

    def open_document(
        self, document: int, offset: int | None = None, end: int | None = None
    ) -> None:
        """Show a document in the reader, at a passage if one is given."""
        self.leave_place()
        self._read(Goal(document, offset, end))

    def _read(self, goal: Goal) -> None:
        """Bring the reader to the front and let it go where it is asked."""
        self.goal = goal
        if self.current_mode == "reader":
            self._set_aside()
            if isinstance(self.screen, LibraryScreen):
                self.screen.library_changed()
        else:
            self.action_go_to("reader")

    def _set_aside(self) -> None:
        """Take off what lies over the reader, to be laid over it again by q."""
        while len(self.screen_stack) > 1 and isinstance(self.screen, LibraryScreen):
            screen = self.screen
            self._aside.append(screen)
            self.install_screen(screen, f"aside-{id(screen)}")  # it lives on
            self.pop_screen()

    def _lay_again(self) -> None:
        """Lay what was set aside over the reader again, as it was."""
        while self._aside:
            screen = self._aside.pop()
            screen.library_changed()
            self.uninstall_screen(screen)
            self.push_screen(screen)

    # Places one jumped from ------------------------------------------------

    def leave_place(self, spot: Spot | None = None) -> None:
        """One jumps away in the reader: remember from where, by default from here."""
        self._jumps.leave(spot or self.reading_spot())

    def action_place_back(self) -> None:
        """The place one jumped from; from another screen the last one read."""
        self._go_along(self._jumps.back, "No place before this one.")

    def action_place_forward(self) -> None:
        """The place one went back from."""
        self._go_along(self._jumps.forward, "No place after this one.")

    def _go_along(
        self, step: Callable[[Spot | None], Spot | None], nowhere: str
    ) -> None:
        here = self.reading_spot()
        if not isinstance(self.screen, LibraryScreen):
            return  # a dialog waits for an answer
        if here is not None and self.screen.PLACE != "reader":
            self._read(Goal(here.document, here.offset))
            return
        spot = step(here)
        if spot is None:
            self.tell(nowhere)
        else:
            self._read(Goal(spot.document, spot.offset))

    def show_entity(self, entity: int) -> None:
        """Show an entity on its screen."""
        self._show_on("entities", "show_entity", entity)

    def show_tag(self, tag: int) -> None:
        """Show a tag in the codebook."""
        self._show_on("codebook", "show_tag", tag)

    def _show_on(self, mode: str, method: str, value: int) -> None:
        self.action_go_to(mode)
        screen = self.screen_stack[0]

        def show() -> None:
            getattr(screen, method)(value)

        screen.call_after_refresh(show)

    def resume_draft(self, draft: Draft) -> None:
        """Go on writing an annotation that was not saved."""
        self.leave_place()
        self._read(Goal(draft.document, draft.start, draft.end, draft=draft))

    def copy_text(self, text: str) -> None:
        """Copy by the terminal's clipboard sequence, with nothing in it that acts."""
        kept = "".join(c for c in text if c in "\n\t" or category(c) != "Cc")
        self.copy_to_clipboard(kept)
        self.tell("Copied; over ssh the terminal must allow it (OSC 52).")

    async def action_back(self) -> None:
        """One level back; from Documents out of the program."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.current_mode == "reader" and self._aside:
            self._lay_again()
        elif self.current_mode == "documents":
            self.exit()
        elif self._trail:
            self.switch_mode(self._trail.pop())
        else:
            self.switch_mode("documents")

    def action_help(self) -> None:
        """The keys of this screen."""
        from tui.screens.help import show_help

        show_help(self)

    def action_search(self, query: str = "") -> None:
        """Search everything."""
        from tui.screens.searching import SearchScreen

        if not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen(query))

    def action_undo(self) -> None:
        """Take back what this window did last."""
        self.hand.write(
            lambda library: library.history.undo(),
            lambda change: self.tell(f"Undone: {change.act}"),
        )

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.hand.write(
            lambda library: library.history.redo(),
            lambda change: self.tell(f"Done again: {change.act}"),
        )

    def action_redraw(self) -> None:
        """Draw everything anew."""
        self.refresh(layout=True, repaint=True)

    def action_stop_import(self) -> None:
        """Stop adding; what is in stays in."""
        self.jobs.stop()

    def action_extract(self) -> None:
        """Extract entities again; what would change is shown first."""
        from tui.screens.extracting import extract_again

        extract_again(self._postilla)

    def action_show_messages(self) -> None:
        """Read the messages again."""
        from tui.screens.dialogs import Reading

        self.push_screen(Reading("Messages", "\n".join(reversed(self.messages))))

    def action_show_places(self) -> None:
        """Where the files are."""
        from tui.screens.dialogs import Reading

        self.push_screen(
            Reading(
                "Where my files are", session.places_text(self.library, self.places)
            )
        )

    def action_check_library(self) -> None:
        """Check the library and show what was found."""
        from store import care
        from tui.screens.dialogs import Reading

        def show(findings: list[care.Finding]) -> None:
            text = "\n".join(f"{one.level:<8} {one.what}" for one in findings)
            self.push_screen(Reading("Check of the library", text))

        self.hand.ask(lambda library: care.check(library.core), show)

    def action_back_up(self) -> None:
        """Copy the library to a file."""
        from tui.screens.dialogs import Prompt

        def copy(name: str | None) -> None:
            if name:
                target = Path(name).expanduser()
                self.hand.write(
                    lambda library: library.backup(target),
                    lambda done: self.tell(f"Copied to {done}."),
                )

        start = str(self.library.path.with_suffix("")) + "-copy.db"
        self.push_screen(Prompt("Copy the library to", start), copy)
