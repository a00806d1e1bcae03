"""Memos: prose on the library as a whole, or on one tag.

A roomy field. What was typed is not lost: esc asks, a memo that was changed in
another window meanwhile is not written over unasked, and when the program ends with
the field open the text is saved, which undo can take back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from store.errors import Conflict, PostillaError
from tui.keys import bindings
from tui.screens.dialog_frame import Dialog, Wrong
from tui.widgets.plain import SafeTextArea

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

Keep = Callable[["Library", str, str | None], object]
"""Writes a memo: the library, the text, and what it was before (``None``: whatever)."""

_AROUND = 4
"""Lines of the screen that the field leaves to frame, sentence and footer."""

_MOST = 24
"""Lines of the field on a high screen."""


class MemoDialog(Dialog[None]):
    """Writes until it is saved or left."""

    PLACE = "form"
    FOOTER = "form-memo"
    AUTO_FOCUS = "SafeTextArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form"),
        # In a field this key goes to the line's end; here it is worth more.
        Binding("ctrl+e", "edit_outside", show=False, id="form.editor", priority=True),
    ]
    DEFAULT_CSS = """
    MemoDialog {
        & > Box { width: 88; }
        & SafeTextArea { background: $boost; width: 100%; }
    }
    """

    def __init__(self, postilla: Postilla, title: str, text: str, keep: Keep) -> None:
        """Write on from ``text``; ``keep`` is asked to save it."""
        super().__init__(title)
        self._postilla = postilla
        self._keep = keep
        self._before: str | None = text
        self._saved = text
        self._area = SafeTextArea(
            text,
            soft_wrap=True,
            compact=True,
            placeholder="Markdown; what a note on one passage would be too small for",
        )
        # A field may change line ends when it takes a text; that is no change.
        self._loaded = self._area.text
        self._is_warned = False
        self._told_of: str | None = None
        """The text when something was said about it."""

    def compose_box(self) -> Iterable[Widget]:
        """The field, and what is wrong."""
        yield self._area
        yield Wrong()

    def on_mount(self) -> None:
        """Write on at the end."""
        super().on_mount()
        self._area.move_cursor(self._area.document.end)
        self.on_resize()

    def on_resize(self) -> None:
        """As many lines as the screen has."""
        self._area.styles.height = max(1, min(_MOST, self.size.height - _AROUND))

    @property
    def text(self) -> str:
        """What stands there now; a text nobody touched is as it was."""
        text = self._area.text
        return self._saved if text == self._loaded else text

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        # A change is told late, perhaps behind the key that made something be said.
        if self.is_open and self._area.text != self._told_of:
            self._is_warned = False
            self.wrong("")

    def _say(self, problem: str) -> None:
        self._told_of = self._area.text
        self.wrong(problem)

    # Keys ------------------------------------------------------------------

    def action_save(self) -> None:
        """Save and close; where it was changed elsewhere, once more replaces that."""
        text, app = self.text, self._postilla
        if text == self._saved:
            self.dismiss(None)
            return

        def kept(_: object) -> None:
            self._saved = text
            if self.is_open:
                self.dismiss(None)
            app.tell("Memo saved · u undo")

        def failed(error: PostillaError) -> None:
            if not self.is_open:
                app.trouble(error)
            elif isinstance(error, Conflict):
                self._before = None
                self._say(f"{error} ctrl+s replaces what was written there.")
            else:
                self._say(str(error))

        before = self._before
        app.hand.write(lambda library: self._keep(library, text, before), kept, failed)

    def action_close(self) -> None:
        """Leave; what was changed only after it was said that it is not saved."""
        if self.text == self._saved or self._is_warned:
            self._saved = self.text
            self.dismiss(None)
            return
        self._is_warned = True
        self._say("Not saved: ctrl+s saves, esc again leaves without saving.")

    def action_edit_outside(self) -> None:
        """Write it in the editor of the person's choice."""
        from tui.outside import EditorFailed, write_outside

        try:
            self._area.text = write_outside(self._postilla, self.text, "memo.md")
        except EditorFailed as error:
            self.wrong(str(error))
        self._area.move_cursor(self._area.document.end)

    def action_next_field(self) -> None:
        """There is only one."""
        self._area.focus()

    def action_previous_field(self) -> None:
        """There is only one."""
        self._area.focus()

    def keep_draft_now(self) -> None:
        """The program ends: save what stands in the field."""
        if self.text != self._saved:
            with suppress(PostillaError):
                self._keep(self._postilla.library, self.text, None)
                self._saved = self.text


def edit_library_memo(app: Postilla) -> None:
    """Write the memo of the library."""
    from store import memos

    def keep(library: Library, text: str, before: str | None) -> None:
        memos.write(library.core, text, before=before)

    text = memos.read(app.library.core)
    app.push_screen(MemoDialog(app, "Memo of the library", text, keep))


def edit_tag_memo(app: Postilla, tag: int) -> None:
    """Write the memo of a tag."""

    def keep(library: Library, text: str, before: str | None) -> None:
        library.codebook.define(tag, before=before, memo=text)

    def show(path: str, text: str) -> None:
        app.push_screen(MemoDialog(app, f"Memo of {path}", text, keep))

    app.hand.ask(
        lambda library: library.codebook.get(tag),
        lambda found: show(found.path, found.memo),
    )
