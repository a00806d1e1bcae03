"""The application: which screen is shown, what works everywhere, and the way out.

Everything a screen can do stands in the screen, everything about the library in
the store. Here is only what belongs to no single screen.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.screen import Screen

from store.errors import PostillaError
from store.library import Library
from tui import errorlog, leaving, session, themes
from tui.config import Config
from tui.everywhere import Everywhere
from tui.hand import Hand
from tui.jobs import Jobs
from tui.keys import bindings
from tui.keys_config import apply, keymap
from tui.modes import SCREENS
from tui.palette import Commands
from tui.places import Places
from tui.screens.base import LibraryScreen

if TYPE_CHECKING:
    from textual.command import Provider

    from tui.screens.search_thread import Searcher


WATCH_SECONDS = 0.7
"""How often a window looks whether another one changed the library."""

_KEPT_MESSAGES = 200


class Postilla(Everywhere, inherit_bindings=False):
    """The program at the terminal."""

    CSS_PATH = "app.tcss"
    TITLE = "postilla"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("everywhere")]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = SCREENS
    DEFAULT_MODE = "documents"
    ENABLE_SELECT_AUTO_SCROLL = True

    def __init__(
        self,
        library: Library,
        *,
        config: Config | None = None,
        places: Places | None = None,
        add: Sequence[Path] = (),
        problem: str | None = None,
    ) -> None:
        """Show ``library``; ``add`` what is to be added at once; ``problem`` a
        sentence about the configuration, if it could not be used."""
        super().__init__()
        self.library = library
        self.config = config or Config()
        self.places = places
        self.key_actions, self._key_problems = apply(self.config.keys)
        if self.config.keys:
            self.set_keymap(keymap(self.key_actions))
        self.hand = Hand(self, library)
        self.jobs = Jobs(self, library)
        self.messages: deque[str] = deque(maxlen=_KEPT_MESSAGES)
        self._add = tuple(add)
        self._problem = problem
        self._version = 0
        self._is_left = False
        themes.register(self)
        self.theme = themes.usable(self, self.config.view.theme, os.environ)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of tags and entities, for themes that are not ours."""
        return themes.variables(dark=self.current_theme.dark)

    @property
    def library_name(self) -> str:
        """What the header calls the library."""
        name = self.library.path.name
        return f"{name} (read-only)" if self.library.read_only else name

    # Coming and going ------------------------------------------------------

    def on_mount(self) -> None:
        """Watch the library, keep drafts on any ending, begin what was asked."""
        self._version = self.library.version()
        self.set_interval(WATCH_SECONDS, self._watch)
        leaving.listen(self._end_now)
        self.call_after_refresh(self._begin)

    def _end_now(self, number: int) -> None:
        """The terminal is gone or we are told to end: keep what is being written.

        Told to end, we leave the terminal as we found it; where it is gone there is
        nothing to leave clean, and staying would only turn in circles.
        """
        self._tell_drafts()
        if number == signal.SIGTERM:
            self.exit(return_code=128 + number)
            return
        self._close_searcher()
        self.hand.close()
        self.library.close()
        os._exit(128 + number)

    @cached_property
    def searcher(self) -> Searcher:
        """Who searches for this window, made when it is first asked."""
        from tui.screens.search_thread import Searcher

        return Searcher(self.library)

    def _close_searcher(self) -> None:
        if "searcher" in self.__dict__:
            self.searcher.close()

    def _tell_drafts(self) -> None:
        for screens in self._screen_stacks.values():
            for screen in screens:
                keep = getattr(screen, "keep_draft_now", None)
                if keep is not None:
                    keep()

    def _begin(self) -> None:
        # What was made so far stays; the collector need not look at it again.
        gc.freeze()
        gc.enable()
        if self._problem:
            self.tell(self._problem, error=True)
        for problem in self._key_problems:
            self.tell(problem, error=True)
        self.hand.warm_up()
        if self._add:
            self.jobs.add(self._add)
        elif not self.library.read_only:
            self.jobs.extract()
        self._offer_draft()

    def _offer_draft(self) -> None:
        drafts = self.library.drafts.left()
        if drafts and not self.library.read_only:
            from tui.screens.drafts import offer

            offer(self, drafts[0])

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave; what is being written is kept first."""
        self._tell_drafts()
        self._is_left = True
        super().exit(*args, **options)

    def on_unmount(self) -> None:
        """The last thing: finish writing and close the file."""
        if self.places is not None:
            session.save(self.places.session, session.of(self))
        self.jobs.close()
        self._close_searcher()
        self.hand.close()
        self.library.close()

    # Changes and errors ----------------------------------------------------

    def call_soon(self, work: Callable[[Any], object], value: Any) -> None:
        """Run ``work(value)`` on the screen's thread, from any other thread.

        Not once the program is being left: what it would show is being taken down.
        """
        if self.is_running and not self._is_left:
            self.call_later(work, value)

    def _watch(self) -> None:
        if not self.is_headless and leaving.terminal_is_gone():
            self._end_now(signal.SIGHUP)
        version = self.library.version()
        if version != self._version:
            self._version = version
            self.tell_screens()

    def library_changed(self) -> None:
        """This window changed the library."""
        self._version = self.library.version()
        self.tell_screens()

    def tell_screens(self) -> None:
        """Let every screen look at the library again."""
        for screens in self._screen_stacks.values():
            for screen in screens:
                if isinstance(screen, LibraryScreen) and screen.is_mounted:
                    screen.library_changed()

    def remember(self, sentence: str) -> None:
        """Keep a message so that it can be read again."""
        self.messages.append(sentence)

    def tell(self, sentence: str, *, error: bool = False) -> None:
        """Say something in the footer of the present screen."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, LibraryScreen):
                screen.say(sentence, error=error)
                return

    def trouble(self, error: BaseException) -> None:
        """Say what went wrong; what nobody foresaw goes to the log."""
        if isinstance(error, PostillaError):
            self.tell(str(error), error=True)
            return
        beside = self.library.path.with_name("postilla.log")
        log = self.places.log if self.places else beside
        where = errorlog.record(log, error)
        self.tell(
            f"Something unexpected happened ({type(error).__name__}); see {where}.",
            error=True,
        )

    def delay_update(self, delay: float = 0.05) -> None:
        """Textual waits before it shows another screen; ours are ready sooner."""
        super().delay_update(min(delay, 0.01))


def run(
    library_path: Path,
    *,
    add: Sequence[Path] = (),
    config: Config | None = None,
    config_problem: str | None = None,
    places: Places | None = None,
    coder: str | None = None,
) -> int:
    """Open the screen over a library, made if missing; returns the exit status."""
    library = Library(library_path, create=True, coder=coder)
    app = Postilla(
        library, config=config, places=places, add=add, problem=config_problem
    )
    app.run()
    return app.return_code or 0
