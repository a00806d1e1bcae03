"""What every dialog has: a box over the screen, the footer of its keys, a way out.

Strings that come in are of any origin; they are shown through ``plain`` and the
lists only. A dialog asks and answers; what the answer does is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget

from tui.keys import bindings
from tui.keys_run import actions_of, perform
from tui.widgets.plain import Plain, set_title
from tui.widgets.status import Status

if TYPE_CHECKING:
    from textual.app import ComposeResult


WIDTHS: list[tuple[int, str]] | None = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]
HEIGHTS: list[tuple[int, str]] | None = [(0, "-short"), (30, "-tall")]


class Box(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The frame; on a screen too low for it, it scrolls with what has the focus, and
    by the wheel: the arrows are for what stands in it."""


class Wrong(Plain):
    """One sentence about what cannot be taken; takes no room when there is none."""

    DEFAULT_CSS = """
    Wrong { color: $text-error; text-style: bold; height: auto; width: 100%; }
    """

    def on_mount(self) -> None:
        """Nothing is wrong yet."""
        self.say("")

    def say(self, sentence: str) -> None:
        """Show a sentence, or nothing."""
        self.show(sentence)
        self.display = bool(sentence)


class Dialog(ModalScreen[ScreenResultType]):
    """A box in the middle; subclasses say what is in it and give the answer."""

    PLACE: ClassVar[str] = "dialog"
    """Which keys work here; see ``tui.keys``."""
    FOOTER: ClassVar[str] = ""
    """The state of the place whose hints the footer shows; empty: the place."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog")]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > Box {
            width: 72;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: solid $border;
            background: $surface;
            padding: 0 1;
            scrollbar-size-vertical: 1;
        }
        & Input { background: $boost; width: 100%; }
    }
    """

    def __init__(self, title: str) -> None:
        """A box with ``title`` in its frame."""
        super().__init__()
        self._box_title = title
        self._is_answered = False

    @property
    def is_open(self) -> bool:
        """Whether the dialog stands and was not answered yet.

        What comes back from a thread may come when it is already being taken down.
        """
        stands = self.is_mounted and not self._is_answered
        return stands and bool(self.query("Box > *"))

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with an answer."""
        self._is_answered = True
        return super().dismiss(result)

    def compose_box(self) -> Iterable[Widget]:
        """What stands in the box."""
        return ()

    def compose(self) -> ComposeResult:
        """The box and the footer."""
        with Box() as box:
            set_title(box, self._box_title)
            yield from self.compose_box()
        yield Status()

    def on_mount(self) -> None:
        """Show the keys of this dialog."""
        table = actions_of(self.app)
        self.query_one(Status).show_place(self.FOOTER or self.PLACE, table)

    @on(Status.Chosen)
    async def _hint_chosen(self, event: Status.Chosen) -> None:
        for action in actions_of(self.app):
            if action.id == event.action:
                await perform(self, action)

    def wrong(self, sentence: str) -> None:
        """Say in the box why the answer cannot be taken; ``""`` takes it back."""
        self.query_one(Wrong).say(sentence)
        if sentence:
            self.query_one(Wrong).scroll_visible(animate=False)

    def refuse(self) -> Any:
        """The answer of a dialog that was closed without one."""
        return None

    def action_close(self) -> None:
        """Leave without an answer."""
        self.dismiss(self.refuse())
