"""Filling in attributes with single keys, one document after the other.

The panel stands beside the text of the reader, or under the list, so that one sees
what is judged. Every value is saved at once, an undo step of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from store.attribute_rows import Attribute, Value, signed
from store.errors import PostillaError
from tui.everywhere import Goal
from tui.keys import bindings
from tui.keys_run import actions_of, perform
from tui.screens.collecting_text import several
from tui.screens.dialog_frame import HEIGHTS, WIDTHS, Wrong
from tui.screens.documents import DocumentsScreen
from tui.screens.filling_parts import AttributeLine, head_of, known_of
from tui.screens.filling_text import Known, keys_of
from tui.screens.reading import ReadingScreen
from tui.widgets.plain import Plain, set_title
from tui.widgets.status import Status

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from store.library import Library
    from tui.app import Postilla


class FillingScreen(ModalScreen[None]):
    """The attributes of one document after the other, or of several at once."""

    PLACE: ClassVar[str] = "filling"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("filling")]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    FillingScreen {
        align: right top;
        & #panel {
            width: 46;
            height: 100%;
            border: solid $border;
            background: $surface;
            padding: 0 1;
        }
        & #document { height: auto; max-height: 12; width: 100%; margin-bottom: 1; }
        & #lines { height: 1fr; scrollbar-size-vertical: 1; }
        &.-narrow, &.-tiny { align: center bottom; }
        &.-narrow #panel { width: 100%; height: 60%; }
        &.-tiny #panel { width: 100%; height: 100%; }
        &.-narrow #document { max-height: 3; }
        &.-tiny #document { max-height: 2; margin-bottom: 0; }
        &.-over-text #document { max-height: 3; }
        &.-short AttributeLine { margin-bottom: 0; }
    }
    """

    def __init__(
        self,
        postilla: Postilla,
        attributes: Sequence[Attribute],
        documents: Sequence[int],
        at: int,
        *,
        together: bool,
    ) -> None:
        """Fill in ``documents`` one after the other from the one ``at`` a place, or
        ``together`` all of them with the same values."""
        super().__init__()
        self._postilla = postilla
        self._attributes = tuple(attributes)
        self._documents = tuple(documents)
        self._at = at
        self._together = together
        self._place = 0
        self._asked = 0
        self._touched: set[int] = set()

    def compose(self) -> ComposeResult:
        """What is filled in, the attributes, what is wrong, the keys."""
        with VerticalScroll(id="panel", can_focus=False):
            yield Plain(id="document")
            with VerticalScroll(id="lines", can_focus=False):
                yield from self._compose_lines()
            yield Wrong()
        yield Status()

    def _compose_lines(self) -> Iterable[Widget]:
        for attribute in self._attributes:
            yield AttributeLine(attribute)

    def on_mount(self) -> None:
        """Show the first document."""
        self.query_one(Status).show_place(self.PLACE, actions_of(self.app))
        # What is judged must be seen: the screen below is not dimmed.
        self.styles.background = "transparent"
        # Where the text itself can be read its opening is not needed.
        below = self.app.screen_stack[-2]
        self.set_class(isinstance(below, ReadingScreen), "-over-text")
        self._show_document()

    def on_resize(self) -> None:
        """On a low screen only the current attribute shows its keys."""
        for line in self.lines:
            line.show(low=self.size.height < 30)

    @property
    def lines(self) -> Sequence[AttributeLine]:
        """The attributes in their order."""
        return list(self.query(AttributeLine))

    @property
    def current(self) -> AttributeLine:
        """The attribute that keys fill in."""
        return self.lines[self._place]

    @property
    def targets(self) -> tuple[int, ...]:
        """The documents that a value goes to."""
        if self._together:
            return self._documents
        return (self._documents[self._at],)

    # What is shown ---------------------------------------------------------

    def _show_document(self) -> None:
        """Title and values of the document; its keys count from now on."""
        self._asked += 1
        self._touched.clear()
        asked, targets = self._asked, self.targets
        for line in self.lines:
            line.show(Known())
        self._go(0)
        where = f"{self._at + 1:,} of {len(self._documents):,}"
        title = f"all {several(len(targets))} at once" if self._together else where
        set_title(self.query_one("#panel"), f"Fill in · {title}")

        def read(library: Library) -> tuple[Content, Sequence[Value]]:
            values = library.attributes.values(targets)
            return head_of(library, targets), values

        def show(found: tuple[Content, Sequence[Value]]) -> None:
            if asked == self._asked and self.is_mounted:
                self.query_one("#document", Plain).show(found[0])
                self._show_values(found[1])

        self._postilla.hand.ask(read, show)

    def _show_values(self, values: Sequence[Value]) -> None:
        coder = self._postilla.library.core.coder
        for line in self.lines:
            known = known_of(line.attribute, values, len(self.targets), coder)
            if line.attribute.id in self._touched:
                known = replace(line.known, others=known.others)
            line.show(known)

    def _go(self, place: int) -> None:
        self._place = max(0, min(place, len(self._attributes) - 1))
        for number, line in enumerate(self.lines):
            if line.current != (number == self._place):
                line.show(current=number == self._place)
        current = self.current
        self.call_after_refresh(lambda: current.scroll_visible(animate=False))

    @on(AttributeLine.Chosen)
    def _line_chosen(self, event: AttributeLine.Chosen) -> None:
        event.stop()
        self._go(self.lines.index(event.line))

    @on(Status.Chosen)
    async def _hint_chosen(self, event: Status.Chosen) -> None:
        for action in actions_of(self.app):
            if action.id == event.action:
                await perform(self, action)

    # Giving values ---------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A key of a value gives it and goes to the next attribute."""
        keys = keys_of(self.current.attribute)
        if event.character is not None and event.character in keys:
            event.stop()
            event.prevent_default()
            self._give(keys[event.character])
            self._on_to_next()

    def _on_to_next(self) -> None:
        if self._place < len(self._attributes) - 1:
            self._go(self._place + 1)
        elif not self._together and self._at < len(self._documents) - 1:
            self.query_one(Status).say("That was the last one; J: the next document.")

    def _give(self, value: str | None) -> None:
        """Save a value for this coder; ``None`` takes it away."""
        line, targets, asked = self.current, self.targets, self._asked
        attribute = line.attribute
        given = Known(value, is_saved=False, others=line.known.others)
        self._touched.add(attribute.id)
        line.show(given)
        self.query_one(Wrong).say("")

        def saved(_: None) -> None:
            if asked == self._asked and self.is_mounted:
                if line.known == given:
                    line.show(replace(given, is_saved=True))
                self._say_saved(attribute, value)

        def failed(error: PostillaError) -> None:
            if self.is_mounted:
                self.query_one(Wrong).say(str(error))
                self._show_document()

        self._postilla.hand.write(
            lambda library: library.attributes.set(targets, attribute.name, value),
            saved,
            failed,
        )

    def _say_saved(self, attribute: Attribute, value: str | None) -> None:
        if self._together:
            what = "taken away from" if value is None else "given to"
            self.query_one(Status).say(
                f"{attribute.name} {what} all {several(len(self.targets))} · one undo"
            )

    def action_clear(self) -> None:
        """Take the value away."""
        known = self.current.known
        if known.value is not None or known.differs:
            self._give(None)

    def action_step(self, step: int) -> None:
        """One step on a scale, from the middle where there is no value yet."""
        attribute = self.current.attribute
        if attribute.kind == "scale":
            steps, value = attribute.values, self.current.known.value
            start = steps.index(value) if value in steps else len(steps) // 2
            there = steps[max(0, min(start + step, len(steps) - 1))]
            if there != value:
                self._give(there)

    def action_open(self) -> None:
        """Write the text, or choose a value from a list."""
        from tui.screens.dialogs import Choose, Prompt

        attribute, known = self.current.attribute, self.current.known

        def answered(answer: str | None) -> None:
            if answer is not None and (answer or None) != known.value:
                self._give(answer or None)
            if answer is not None:
                self._on_to_next()

        if attribute.kind == "text":
            prompt = Prompt(attribute.name, known.value or "")
            self.app.push_screen(prompt, answered)
        else:
            options = [(value, signed(value, attribute)) for value in attribute.values]
            self.app.push_screen(Choose(attribute.name, options), answered)

    # Going on --------------------------------------------------------------

    def action_next(self) -> None:
        """The next attribute."""
        self._go(self._place + 1)

    def action_previous(self) -> None:
        """The attribute before."""
        self._go(self._place - 1)

    def action_next_document(self) -> None:
        """The next document of the list."""
        self._to_document(self._at + 1, "That was the last document of the list.")

    def action_previous_document(self) -> None:
        """The document before."""
        self._to_document(self._at - 1, "This is the first document of the list.")

    def _to_document(self, at: int, end: str) -> None:
        if self._together:
            self.query_one(Status).say("All these documents are filled in at once.")
        elif 0 <= at < len(self._documents):
            self._at = at
            self._show_document()
            self._take_along()
        else:
            self.query_one(Status).say(end)

    def _take_along(self) -> None:
        """What lies below shows the same document."""
        document = self._documents[self._at]
        below = self.app.screen_stack[-2]
        if isinstance(below, ReadingScreen):
            self._postilla.goal = Goal(document)
            below.refresh_from_library()
        elif isinstance(below, DocumentsScreen):
            below.list.move_to_id(document)

    def action_page(self, way: int) -> None:
        """Read on in the text below, or back."""
        below = self.app.screen_stack[-2]
        if isinstance(below, ReadingScreen):
            if way > 0:
                below.reader.action_page_down()
            else:
                below.reader.action_page_up()

    def action_close(self) -> None:
        """Leave; everything is saved already."""
        self.dismiss(None)


def fill(
    app: Postilla, documents: Sequence[int], *, at: int = 0, together: bool = False
) -> None:
    """Fill in the attributes of documents, one after the other from the one ``at``
    a place on; ``together``: the same values for all.

    A single document of the list that is being read goes on to the next of it.
    """
    if app.library.read_only:
        app.tell("This library is open for reading only.", error=True)
        return
    attributes = app.library.attributes.defined()
    if not attributes:
        app.tell("No attributes are defined yet; g v, then a defines one.")
        return
    if len(documents) == 1 and documents[0] in app.reading_list:
        at = app.reading_list.index(documents[0])
        documents, together = app.reading_list, False
    if documents:
        together = together and len(documents) > 1
        app.push_screen(
            FillingScreen(app, attributes, documents, at, together=together)
        )
