"""Moving the ends of an annotation: its passage is selected, and motions change it.

Until enter keeps the new ends or esc leaves them as they were, the other acts of the
reader wait; going to another screen leaves them as they were too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on

from store.annotations import Passage
from tui.keys import plain_keys
from tui.keys_text import READER
from tui.screens.base import LibraryScreen
from tui.screens.reading_choice import ReadingChoice
from tui.widgets.prefix_popup import key_name
from tui.widgets.reader import Reader
from tui.widgets.status import Status

if TYPE_CHECKING:
    from store.model import Annotation

PLACE = "reader-adjusting"

_GOES_ON = "reader.open"
"""The one act of the reader that does not wait: its key keeps the ends."""

_ELSEWHERE = frozenset({"undo", "redo", "place_back", "place_forward"})

_WAITING = frozenset(one.action for one in READER if one.id != _GOES_ON)

WAITS = "Enter keeps the new ends, esc leaves them as they were."


@dataclass(frozen=True, slots=True)
class Adjusting:
    """Whose ends are moved, and where they are now."""

    annotation: Annotation
    before: tuple[int, int] | None
    """``None`` for one that lost its place and is given a new one."""


class ReadingAdjust(ReadingChoice):
    """The reader while ends are moved, and how it gets there and out again."""

    def __init__(self) -> None:
        super().__init__()
        self._adjusting: Adjusting | None = None

    @property
    def is_adjusting(self) -> bool:
        """Whether the ends of an annotation are being moved."""
        return self._adjusting is not None

    def action_adjust(self) -> None:
        """Move the ends of the annotation at the cursor."""
        if self.form is not None:
            self.say("Save the annotation that is being written first.")
        elif self.may_write():
            self.with_annotation(self.adjust)

    def adjust(self, annotation: Annotation) -> None:
        """Show its passage selected; motions move the end that the cursor is at."""
        place = None
        if annotation.start is not None and annotation.end is not None:
            place = (annotation.start, annotation.end)
        if annotation.kind == "document":
            self.say("This annotation is of the whole document; it has no ends.")
            return
        is_lost = annotation.anchor_state == "orphan" or place is None
        if is_lost:
            self._show_some_passage()
        elif place is not None:
            self.reader.goto(place[1], select=place)
        if self.reader.selected is None:
            self.say("There is no passage here to give it.")
            return
        self._adjusting = Adjusting(annotation, None if is_lost else place)
        self.remove_class("-panel")
        self.reader.focus()
        self.show_place(PLACE)
        self.query_one(Status).clear()  # room for the keys that lead out

    def _show_some_passage(self) -> None:
        """For what lost its place: the selection, else the sentence at the cursor."""
        if self.reader.selected is None:
            self.reader.select_object("sentence")

    # Out again -------------------------------------------------------------

    def keep_ends(self) -> None:
        """The selection is the annotation's passage from now on, if there is one."""
        adjusting, chosen = self._adjusting, self.reader.selected
        if adjusting is None:
            return
        if chosen is None or self.page is None:
            self.leave_ends()
            return
        start, end = _seen(self.page.text, *chosen)
        annotation = adjusting.annotation
        is_sure = annotation.anchor_state in ("exact", "moved")
        if (start, end) == adjusting.before and is_sure:
            self.leave_ends()
        elif start == end:
            self.say("Nothing but blanks is selected; an annotation needs words.")
        else:
            self._stop_adjusting()
            self.hand.write(
                lambda library: library.annotations.edit(
                    annotation.id, passage=Passage(start, end)
                ),
                lambda _: self.say("Ends moved · saved · u undo"),
            )

    def leave_ends(self) -> None:
        """The ends stay as they were."""
        adjusting = self._adjusting
        if adjusting is not None:
            self._stop_adjusting()
            if adjusting.before is not None:
                self.reader.goto(adjusting.before[0])
            self.say("The ends are as they were.")

    def _stop_adjusting(self) -> None:
        self._adjusting = None
        self.reader.action_drop_selection()
        if self.form is None:
            self.show_place("reader")

    def on_screen_suspend(self) -> None:
        """Another screen comes to the front; a dialog over the text is none."""
        if self._adjusting is not None and isinstance(self.app.screen, LibraryScreen):
            self.leave_ends()

    @on(Reader.SelectionChanged)
    @on(Reader.CursorMoved)
    def _gone_from_it(self) -> None:
        """Dropping the selection is an answer too, and so is another document."""
        adjusting = self._adjusting
        if adjusting is None:
            return
        shown = self.page.document.id if self.page else None
        if self.reader.selected is None or shown != adjusting.annotation.document:
            self._stop_adjusting()
            self.say("The ends are as they were.")

    # Meanwhile -------------------------------------------------------------

    def show_place(self, place: str) -> None:
        """The footer says how to get out, whatever is selected."""
        is_text = place in ("reader", "reader-selecting")
        super().show_place(PLACE if self._adjusting and is_text else place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The other acts wait; help and palette do not offer them."""
        if self._adjusting is not None and action in _WAITING:
            return False
        return super().check_action(action, parameters)

    async def on_key(self, event: events.Key) -> None:
        """Say why a key does nothing now."""
        if self._adjusting is None or not self.reader.has_focus:
            return
        pressed = key_name(event.key, event.character)
        for action in self.postilla.key_actions:
            waits = action.where == "reader" and action.id != _GOES_ON
            if (waits or action.id in _ELSEWHERE) and pressed in plain_keys(action):
                event.stop()
                event.prevent_default()
                self.say(WAITS)
                return


def _seen(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the blanks at both ends, which a motion by words takes along."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
