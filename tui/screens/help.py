"""The keys of a screen: a list that can be narrowed by typing and run with enter.

It lists what can be done on the screen below it, from the declaration of keys, so
that it cannot promise a key that does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from store import safe
from tui.keys import PLACES, bindings, show_keys
from tui.keys_run import perform, place_of, runnable
from tui.keys_table import Action
from tui.widgets.plain import Plain, SafeInput, set_title

if TYPE_CHECKING:
    from textual.app import App, ComposeResult

KEY_CELLS = 11
"""Cells of the column of keys; the widest delivered keys take 10."""

HINT = "enter run  ↑↓ move  esc close"

MOUSE = "Shift and drag stays with the terminal: it selects there."


class HelpScreen(ModalScreen[Action | None]):
    """Dismissed with the action to run, or ``None``."""

    AUTO_FOCUS = "Input"
    PLACE = "picker"
    BINDINGS: ClassVar[list[BindingType]] = bindings("picker")
    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen #keys {
        width: 72;
        max-width: 100%;
        height: 90%;
        border: round $primary;
        background: $surface;
        padding: 0 1;
    }
    HelpScreen Input { width: 100%; }
    HelpScreen OptionList {
        height: 1fr;
        min-width: 20;
        width: 100%;
        border: none;
        padding: 0;
    }
    HelpScreen Plain { height: 1; width: 100%; color: $foreground; }
    """

    def __init__(self, actions: Iterable[Action], title: str) -> None:
        """List ``actions`` (those with a key) under their places; ``title`` on top."""
        super().__init__()
        self._actions = [action for action in actions if action.keys]
        self._title = safe.line(title, 40)

    def compose(self) -> ComposeResult:
        """A field to narrow by, the list, one line of hints."""
        with Vertical(id="keys") as box:
            set_title(box, f"Keys · {self._title}")
            yield SafeInput(placeholder="type to narrow", compact=True)
            listing = OptionList(markup=False, compact=True)
            listing.can_focus = False
            yield listing
            yield Plain(HINT)

    def on_mount(self) -> None:
        """Show every key."""
        self._narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list by what was typed."""
        event.stop()
        self._narrow(event.value)

    def _narrow(self, words: str) -> None:
        listing = self.query_one(OptionList)
        listing.clear_options()
        options: list[Option] = []
        place = ""
        for action in matching(self._actions, words):
            if action.where != place:
                place = action.where
                heading = Content.styled(PLACES[place].title, "bold underline")
                options.append(Option(heading, disabled=True))
            options.append(Option(row(action), id=action.id))
        if options and not words.strip():
            options.append(Option(Content.styled(MOUSE, "italic"), disabled=True))
        if not options:
            options.append(Option("No key does that.", disabled=True))
        listing.add_options(options)
        first = next((n for n, option in enumerate(options) if not option.disabled), 0)
        listing.highlighted = first if options[first].id else None
        listing.scroll_home(animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Run the row the bar is on."""
        event.stop()
        listing = self.query_one(OptionList)
        if listing.highlighted is not None:
            self._run(listing.get_option_at_index(listing.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Run the row that was clicked."""
        event.stop()
        self._run(event.option_id)

    def _run(self, id_: str | None) -> None:
        for action in self._actions:
            if action.id == id_:
                self.dismiss(action)
                return

    def action_move(self, rows: int) -> None:
        """Bar down, or up for a negative number."""
        listing = self.query_one(OptionList)
        if rows > 0:
            listing.action_cursor_down()
        else:
            listing.action_cursor_up()

    def action_page_down(self) -> None:
        """Bar a page down."""
        self.call_later(self.query_one(OptionList).run_action, "page_down")

    def action_page_up(self) -> None:
        """Bar a page up."""
        self.call_later(self.query_one(OptionList).run_action, "page_up")

    def action_close(self) -> None:
        """Go back without running anything."""
        self.dismiss(None)


def matching(actions: Iterable[Action], words: str) -> list[Action]:
    """The actions in which every word occurs: as their key, or in what they do."""
    wanted = words.split()
    return [action for action in actions if all(_has(action, word) for word in wanted)]


def _has(action: Action, word: str) -> bool:
    said = f"{action.description} {PLACES[action.where].title}".casefold()
    return word in show_keys(action).split() or word.casefold() in said


def row(action: Action) -> Content:
    """One line: the keys in bold, and what they do."""
    keys = safe.fit(show_keys(action), KEY_CELLS)
    return Content.assemble((keys, "bold"), safe.line(action.description))


def show_help(app: App[Any]) -> None:
    """Open the keys of the present screen over it; run what is chosen."""
    screen = app.screen
    if isinstance(screen, HelpScreen):
        return

    async def run(action: Action | None) -> None:
        if action is not None:
            await perform(screen, action)

    title = PLACES[place_of(screen)].title
    app.push_screen(HelpScreen(runnable(screen), title), run)
