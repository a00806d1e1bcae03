"""The small questions of every screen, each a box that is answered or closed.

``esc`` always closes without an answer. Texts, options and values may be of any
origin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input

from store import safe
from tui.keys import bindings
from tui.screens.dialog_choose import Choose
from tui.screens.dialog_frame import Dialog, Wrong
from tui.widgets.plain import Plain, SafeInput
from tui.widgets.tag_picker import Choices, TagPicker, Validate

__all__ = ["Choose", "Confirm", "Fields", "Prompt", "Reading", "TagDialog"]


class Page(VerticalScroll, can_focus=True):
    """A text longer than its box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("space", "page_down", show=False),
    ]


class Reading(Dialog[None]):
    """Something to read; any of q, esc and enter closes it."""

    FOOTER = "dialog-reading"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("q,enter", "close", show=False),
    ]
    DEFAULT_CSS = """
    Reading > Box { width: 88; }
    Reading Page { height: auto; scrollbar-size-vertical: 1; }
    Reading Plain { height: auto; width: 100%; }
    """

    def __init__(self, title: str, text: str) -> None:
        """Show ``text``, of any length and origin."""
        super().__init__(title)
        self._text = text

    def compose_box(self) -> Iterable[Widget]:
        """The text."""
        yield Page(Plain(self._text or "Nothing here yet."))

    def on_mount(self) -> None:
        """Show the text to as many lines as the screen has."""
        self._fit()

    def on_resize(self) -> None:
        """Keep the box inside the screen."""
        self._fit()

    def _fit(self) -> None:
        self.query_one(Page).styles.max_height = max(1, self.size.height - 3)


class Prompt(Dialog[str | None]):
    """One line asked for; the answer is what was typed, without outer blanks."""

    PLACE = "prompt"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("prompt")]

    def __init__(
        self,
        question: str,
        start: str = "",
        *,
        check: Callable[[str], str | None] | None = None,
    ) -> None:
        """Ask ``question``; the field begins with ``start``.

        ``check`` says in one sentence why an answer cannot be taken, or ``None``.
        """
        super().__init__(question)
        self._start = start
        self._check = check
        self._refused: str | None = None

    def compose_box(self) -> Iterable[Widget]:
        """The field, and what is wrong with it. A long question stands in full."""
        if safe.width(safe.line(self._box_title)) > self.app.size.width - 6:
            yield Plain(self._box_title)
        yield SafeInput(self._start, compact=True, select_on_focus=False)
        yield Wrong()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        # What the field began with is told late, perhaps behind a quick enter.
        if event.value != self._refused:
            self.wrong("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Answer with what is typed."""
        value = self.query_one(Input).value
        answer = value.strip()
        problem = self._check(answer) if self._check else None
        if problem is None:
            self.dismiss(answer)
        else:
            self._refused = value
            self.wrong(problem)


class Confirm(Dialog[bool]):
    """A question before something that replaces or joins; enter or y does it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("y", "take", show=False),
        Binding("n", "close", show=False),
        Binding("left,right", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    Confirm {
        & > Box { width: 60; }
        & Plain { height: auto; width: 100%; margin-bottom: 1; }
        & Horizontal { height: 1; width: 100%; }
        & Button { margin-right: 2; min-width: 6; width: auto; }
    }
    """

    def __init__(self, question: str, yes: str = "Merge", *, title: str = "") -> None:
        """Ask ``question``; ``yes`` is the word for doing it."""
        super().__init__(title or yes)
        self._question = question
        self._yes = yes

    def compose_box(self) -> Iterable[Widget]:
        """The question and its two answers."""
        yield Plain(self._question)
        yield Horizontal(
            Button(Content(f"y {safe.line(self._yes, 24)}"), id="yes", compact=True),
            Button(Content("n Leave it"), id="no", compact=True),
        )

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "yes")

    def action_take(self) -> None:
        """Yes."""
        self.dismiss(True)

    def refuse(self) -> bool:
        """Closing it is no."""
        return False


def _saves(binding: BindingType) -> bool:
    return isinstance(binding, Binding) and binding.action == "save"


class TagDialog(Dialog[tuple[str, ...] | None]):
    """Which tags? Enter with nothing typed, or ctrl+s, takes the chosen ones."""

    PLACE = "picker"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        *(one for one in bindings("form") if _saves(one)),
    ]
    DEFAULT_CSS = """
    TagDialog {
        & .tags--hint { color: $text-muted; height: auto; width: 100%; }
        & TagPicker VirtualList { height: 10; }
        &.-short TagPicker VirtualList { height: 5; }
    }
    """

    def __init__(
        self,
        choices: Choices,
        tags: Iterable[str] = (),
        *,
        title: str = "Tags",
        validate: Validate | None = None,
    ) -> None:
        """Offer ``choices``, with their use; ``tags`` are chosen already.

        ``validate`` is asked before a new tag is made.
        """
        super().__init__(title)
        self._choices, self._tags = tuple(choices), tuple(tags)
        self._validate = validate

    def compose_box(self) -> Iterable[Widget]:
        """The picker, and what is wrong."""
        yield TagPicker(self._choices, tags=self._tags, validate=self._validate)
        yield Wrong()
        yield Plain("enter takes a tag, enter again is done", classes="tags--hint")

    @on(TagPicker.Done)
    def _done(self, event: TagPicker.Done) -> None:
        event.stop()
        self.dismiss(event.tags)

    @on(TagPicker.Typed)
    def _typed(self, event: TagPicker.Typed) -> None:
        event.stop()
        self.wrong("")

    def action_take(self) -> None:
        """Enter goes to the field; here for those who click."""
        self.action_save()

    def action_save(self) -> None:
        """Answer with the chosen tags."""
        picker = self.query_one(TagPicker)
        if picker.take_typed():
            self.dismiss(picker.tags)
        else:
            self.wrong(f'Enter makes the tag "{picker.typed}"; or clear the field.')


class Fields(Dialog[dict[str, str] | None]):
    """Several lines asked for at once; the answer has every one, by its name."""

    DEFAULT_CSS = """
    Fields {
        & .fields--row { height: 1; width: 100%; }
        & .fields--label { height: 1; color: $text-muted; text-style: bold; }
        & .fields--row Input { width: 1fr; }
        & Wrong { margin-top: 1; }
    }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[tuple[str, str, str]],
        *,
        check: Callable[[Mapping[str, str]], str | None] | None = None,
    ) -> None:
        """Ask for ``fields``, each as (name, label, value).

        ``check`` says in one sentence why the answer cannot be taken, or ``None``.
        """
        super().__init__(title)
        self._fields = tuple(fields)
        self._check = check

    def compose_box(self) -> Iterable[Widget]:
        """A row for every field."""
        widest = max((len(safe.line(label)) for _, label, _ in self._fields), default=0)
        cells = min(18, widest + 2)
        for _, label, value in self._fields:
            name = Plain(safe.fit(label, cells), classes="fields--label")
            name.styles.width = cells
            field = SafeInput(value, compact=True, select_on_focus=False)
            yield Horizontal(name, field, classes="fields--row")
        yield Wrong()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.wrong("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Answer with what stands in the fields."""
        typed = [field.value.strip() for field in self.query(Input)]
        names = (name for name, _, _ in self._fields)
        answer = dict(zip(names, typed, strict=True))
        problem = self._check(answer) if self._check else None
        if problem is None:
            self.dismiss(answer)
        else:
            self.wrong(problem)
