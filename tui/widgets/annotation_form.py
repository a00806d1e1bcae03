"""Writing an annotation: its tags and its note, beside or below the passage.

The shortest way: type a tag, enter, type the next, enter, enter (or tab), write,
ctrl+s. Nothing that was typed is lost: what changes is told within a second, so
that it can be kept as a draft, and esc asks before anything is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from textual import events, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from store import safe
from tui.widgets.plain import Plain, SafeTextArea, set_title
from tui.widgets.tag_picker import Choices, TagPicker, Validate

DRAFT_SECONDS = 0.5
"""At most this long after a change it is told, so that a draft can be kept; what
was typed is in the library within a second, also on a slow disk."""

NOTE_HINT = "Markdown; ctrl+e opens your editor"

_SIDE_BY_SIDE = 50
"""Cells from which labels stand beside their fields: the lower half of a screen."""

_LOW = 9
"""Lines below which only the fields are shown."""


_QUOTES = "\"'“”„«»‘‹「『"
"""A quotation that brings its own marks is not given a second pair."""


@dataclass(frozen=True, slots=True)
class FormValues:
    """What stands in the form."""

    tags: tuple[str, ...]
    note: str
    """Markdown, as typed."""


class Question(Plain, can_focus=True):
    """One line that waits for y, n or esc."""

    @dataclass
    class Answered(Message):
        """``y`` save, ``n`` discard, ``escape`` go on."""

        key: str

    def on_key(self, event: events.Key) -> None:
        """Take the answer; other letters do nothing here, nor in the screen."""
        if event.key in ("y", "n", "escape"):
            event.stop()
            self.post_message(self.Answered(event.key))
        elif event.is_printable:
            event.stop()

    def on_blur(self) -> None:
        """Going elsewhere is an answer too: go on."""
        self.display = False


class AnnotationForm(Container, can_focus=False):
    """Quotation, tags, note, and whether it is saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="form.save"),
        Binding("tab", "next_field", "next field", id="form.next"),
        Binding("shift+tab", "previous_field", "back", show=False, id="form.back"),
        Binding("escape", "close", "close", id="form.close"),
        # In a field this key goes to the line's end; here it is worth more.
        Binding("ctrl+e", "edit_outside", id="form.editor", priority=True),
    ]

    DEFAULT_CSS = """
    AnnotationForm {
        layout: vertical;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        border: solid $border-blurred;
        padding: 0 1;
        &:focus-within { border: solid $border; }
        & > .form--quote { height: auto; max-height: 3; margin-bottom: 1; }
        & > .form--field { height: auto; layout: vertical; }
        & > .form--note { height: 1fr; min-height: 3; }
        & .form--label { color: $text-muted; text-style: bold; height: 1; width: 7; }
        & TagPicker { margin-bottom: 1; }
        & TagPicker VirtualList { height: 4; }
        & SafeTextArea { height: 1fr; min-height: 2; background: $boost; }
        & > .form--about { color: $text-muted; height: auto; max-height: 2; }
        & > .form--foot { dock: bottom; height: auto; background: $surface; }
        & .form--state { color: $text-muted; height: auto; text-align: right; }
        & .form--state.-wrong { color: $text-error; text-style: bold; }
        & Question { height: auto; text-style: reverse; }
        &.-beside {
            & > .form--quote { max-height: 1; margin-bottom: 0; }
            & > .form--field { layout: horizontal; }
            & TagPicker { margin-bottom: 0; }
            & TagPicker VirtualList { height: 3; }
        }
        &.-small {
            padding: 0;
            & > .form--quote, & > .form--about { display: none; }
            & TagPicker { margin-bottom: 0; }
            & TagPicker VirtualList { height: 2; }
        }
    }
    """

    @dataclass
    class Saved(Message):
        """The person wants it saved. Call ``mark_saved`` when it is on disk."""

        form: AnnotationForm
        values: FormValues

    @dataclass
    class Cancelled(Message):
        """The form is to be closed and what was changed in it dropped."""

        form: AnnotationForm

    @dataclass
    class Edited(Message):
        """Something changed, at most ``DRAFT_SECONDS`` ago."""

        form: AnnotationForm
        values: FormValues

    @dataclass
    class Outside(Message):
        """An editor is asked for; it comes behind what was told before.

        Call ``write_outside``: nothing else goes on until the editor has ended.
        """

        form: AnnotationForm

    def __init__(
        self,
        quote: str,
        *,
        title: str = "New annotation",
        choices: Choices = (),
        tags: Iterable[str] = (),
        note: str = "",
        about: str = "",
        validate: Validate | None = None,
        is_draft: bool = False,
        draft_seconds: float = DRAFT_SECONDS,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """A form for a passage; ``quote`` is ``""`` for a whole document.

        ``choices`` are the tags there are, with their use; ``tags`` and
        ``note`` what stands there already, with ``is_draft`` not yet saved;
        ``about`` a line on how the passage is found again; ``draft_seconds`` how
        long after a change ``Edited`` comes at the latest, 0 for at once.
        """
        super().__init__(id=id, classes=classes)
        self._quote = quote
        self._about = about
        self._note = note
        self._picker = TagPicker(choices, tags=tags, validate=validate)
        self._area = SafeTextArea(
            note, soft_wrap=True, compact=True, placeholder=NOTE_HINT
        )
        self._loaded = self._area.text
        first = FormValues(self._picker.tags, note)
        self._told = first
        self._kept: FormValues | None = None if is_draft else first
        self._asked: FormValues | None = None
        self._after = draft_seconds
        self._timer: Timer | None = None
        self._came_from: Widget | None = None
        set_title(self, title)

    def compose(self) -> ComposeResult:
        """Quotation, fields, what it is about, question, state."""
        yield Plain(classes="form--quote")
        with Container(classes="form--field"):
            yield Plain("Tags", classes="form--label")
            yield self._picker
        with Container(classes="form--field form--note"):
            yield Plain("Note", classes="form--label")
            yield self._area
        yield Plain(self._about, classes="form--about")
        with Container(classes="form--foot"):  # in sight, however long the rest is
            yield Question("Save?  y yes · n discard · esc go on")
            yield Plain(classes="form--state")

    def on_mount(self) -> None:
        """The first key is typed as a tag."""
        self.query_one(Question).display = False
        self.query_one(".form--about").display = bool(self._about)
        self._show_state()
        self._area.move_cursor(self._area.document.end)
        self._picker.focus_input()

    def on_resize(self, event: events.Resize) -> None:
        """Labels beside the fields in a wide form, above them in a narrow one."""
        self.set_class(event.size.width >= _SIDE_BY_SIDE, "-beside")
        self.set_class(event.size.height < _LOW, "-small")
        lines = 1 if self.has_class("-beside") else 3
        quote = self.query_one(".form--quote", Plain)
        quote.show(quoted(self._quote, self.content_size.width, lines))
        quote.display = bool(self._quote)

    # What stands in it -----------------------------------------------------

    @property
    def values(self) -> FormValues:
        """What stands there now. A note nobody touched is given back as it was."""
        text = self._area.text
        return FormValues(
            self._picker.tags, self._note if text == self._loaded else text
        )

    @property
    def is_changed(self) -> bool:
        """Whether something stands there that is not saved."""
        return self.values != self._kept or bool(self._picker.typed)

    @property
    def picker(self) -> TagPicker:
        """The field of tags, to offer others."""
        return self._picker

    def set_note(self, note: str) -> None:
        """Put another note in, from an editor outside; undo in the field knows it."""
        area = self._area
        area.replace(note, area.document.start, area.document.end)
        area.move_cursor(area.document.end)

    def mark_saved(self) -> None:
        """Say that what was asked to be saved is on disk."""
        self._kept = self._asked or self.values
        self._show_state("saved" if not self.is_changed else "")

    def refuse(self, sentence: str) -> None:
        """Say why it was not saved; what was typed stays."""
        self._show_state(sentence, is_wrong=True)

    def _show_state(self, text: str = "", *, is_wrong: bool = False) -> None:
        state = self.query_one(".form--state", Plain)
        sentence = text or ("not saved" if self.is_changed else "")
        state.show(sentence)
        state.display = bool(sentence)
        state.set_class(is_wrong, "-wrong")

    # What changes ----------------------------------------------------------

    @on(TagPicker.Changed)
    @on(TagPicker.Typed)
    @on(TextArea.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self._show_state()
        if self._after <= 0:
            self.tell()
        elif self._timer is None and self.values != self._told:
            self._timer = self.set_timer(self._after, self.tell)

    def tell(self) -> None:
        """Tell at once what changed since it was last told."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.values != self._told:
            self._told = self.values
            self.post_message(self.Edited(self, self._told))

    @on(TagPicker.Done)
    def _tags_done(self, event: TagPicker.Done) -> None:
        event.stop()
        self._area.focus()

    # Keys ------------------------------------------------------------------

    def action_save(self) -> None:
        """Ask for it to be saved, unless a half-typed tag would be lost."""
        self.query_one(Question).display = False
        if not self._picker.take_typed():
            tag = safe.line(self._picker.typed, 30)
            self._picker.focus_input()
            self.refuse(f'Press enter to take the tag "{tag}", or delete it.')
            return
        self._asked = self.values
        self._show_state("saving…")
        self.post_message(self.Saved(self, self._asked))

    def action_close(self) -> None:
        """Close, or ask first when something is not saved."""
        if not self.is_changed:
            self.post_message(self.Cancelled(self))
            return
        self.tell()
        self._came_from = self.screen.focused
        question = self.query_one(Question)
        question.display = True
        question.focus()

    @on(Question.Answered)
    def _answered(self, event: Question.Answered) -> None:
        event.stop()
        self.query_one(Question).display = False
        (self._came_from or self._area).focus()
        if event.key == "y":
            self.action_save()
        elif event.key == "n":
            self.post_message(self.Cancelled(self))

    def action_edit_outside(self) -> None:
        """Write the note in the person's own editor; a draft is kept before."""
        self.tell()
        self.post_message(self.Outside(self))

    def write_outside(self) -> None:
        """Give the screen to the editor, and take the note from it."""
        from tui.outside import EditorFailed, write_outside

        note = self.values.note
        try:
            written = write_outside(self.app, note)
        except EditorFailed as failure:
            self.refuse(str(failure))
            return
        if written != note:
            self.set_note(written)
            self.tell()
        self._area.focus()

    def action_next_field(self) -> None:
        """From the tags to the note; from the note on to the next pane."""
        if self._area.has_focus:
            raise SkipAction
        self._area.focus()

    def action_previous_field(self) -> None:
        """From the note to the tags; from the tags back to the pane before."""
        if not self._area.has_focus:
            raise SkipAction
        self._picker.focus_input()


def quoted(quote: str, width: int, lines: int) -> str:
    """A quotation as safe text of at most ``lines`` lines, cut with ``…``."""
    if width <= 0 or not quote.strip():
        return ""
    text = safe.line(" ".join(quote[:2000].split()))
    if text[0] not in _QUOTES:
        text = f"“{text}”"
    if safe.is_ordinary(text):
        return "\n".join(wrap(text, width, max_lines=lines, placeholder="…"))
    return safe.clip(text, width * lines - 2 * (lines - 1))
