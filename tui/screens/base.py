"""What every screen has: header, footer, prefix keys, and how it hears of changes.

A screen keeps ids and view state and asks the library again; it never keeps rows
as truth. ``refresh_from_library`` is called after every change, its own too, and
when it comes to the front after one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from store import safe
from tui.keys_run import perform
from tui.screens.dialog_frame import HEIGHTS, WIDTHS
from tui.widgets.prefix_popup import PrefixPopup
from tui.widgets.status import Status
from tui.widgets.tabs import ScreenTabs

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from store.library import Library
    from tui.app import Postilla
    from tui.hand import Hand


class LibraryScreen(Screen[None]):
    """One of the five screens over the library."""

    PLACE: ClassVar[str] = "everywhere"
    """Which keys work here; see ``tui.keys``."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self) -> None:
        super().__init__()
        self._stale = True
        self._place = self.PLACE

    # What subclasses give --------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """The widgets between header and footer."""
        return ()

    def refresh_from_library(self) -> None:
        """Show what the library holds now."""

    def words_at_hand(self) -> str:
        """What a question asked from here is about: ``"selected words"``,
        ``entity:NAME`` or ``tag:PATH``; empty when it is about nothing yet."""
        return ""

    @property
    def is_asked(self) -> bool:
        """Whether it is to show something else than when it was last in front."""
        return False

    # The frame -------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Header, body, prefix keys, footer."""
        yield ScreenTabs(self.PLACE, self.postilla.library_name)
        yield from self.compose_body()
        yield PrefixPopup()
        yield Status()

    def on_mount(self) -> None:
        """Show the keys of this place."""
        self.show_place(self._place)

    @property
    def is_mounted(self) -> bool:
        """Whether answers can still be shown: not once it is being taken down,
        when some of its widgets are gone already."""
        return super().is_mounted and self.display

    @property
    def postilla(self) -> Postilla:
        """The application, as what it is."""
        app: Postilla = self.app  # type: ignore[assignment]
        return app

    @property
    def library(self) -> Library:
        """The library, for reading on this thread; writing goes through ``hand``."""
        return self.postilla.library

    @property
    def hand(self) -> Hand:
        """Whatever takes longer than a frame."""
        return self.postilla.hand

    async def on_key(self, event: events.Key) -> None:
        """Keys pressed one after the other come before single ones."""
        if not isinstance(self.focused, Input | TextArea):
            await self.query_one(PrefixPopup).take(event)

    @on(ScreenTabs.Chosen)
    def _tab_chosen(self, event: ScreenTabs.Chosen) -> None:
        self.postilla.action_go_to(event.screen)

    @on(Status.Chosen)
    async def _hint_chosen(self, event: Status.Chosen) -> None:
        for action in self.postilla.key_actions:
            if action.id == event.action:
                await perform(self, action)

    # Changes ---------------------------------------------------------------

    def library_changed(self) -> None:
        """Something in the library is not as it was; look again when shown."""
        if self.is_current:
            self._stale = False
            self.refresh_from_library()
        else:
            self._stale = True

    def on_screen_resume(self) -> None:
        """Back in front: look again if something changed meanwhile."""
        self.query_one(ScreenTabs).show(library=self.postilla.library_name)
        if self._stale or self.is_asked:
            self._stale = False
            self.call_after_refresh(self._refresh_when_shown)

    def _refresh_when_shown(self) -> None:
        """Ask the library, unless the screen was left again meanwhile."""
        if self.is_current:
            self.refresh_from_library()
        else:
            self._stale = True

    # Saying something ------------------------------------------------------

    def show_place(self, place: str) -> None:
        """Show the footer of a place or a state of it: ``reader-selecting``."""
        self._place = place
        for status in self.query(Status):  # none once the screen is taken down
            status.show_place(place, self.postilla.key_actions)

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Say in the footer what happened; it can be read again later."""
        self.postilla.remember(sentence)
        for status in self.query(Status):
            status.say(safe.line(sentence), error=error)

    def may_write(self) -> bool:
        """Whether anything can be changed; says so where not, before it is typed."""
        if self.library.read_only:
            self.say("This library is open for reading only.", error=True)
        return not self.library.read_only

    def action_step_out(self) -> None:
        """Leave the innermost thing; here only a message in the footer."""
        self.query_one(Status).clear()
