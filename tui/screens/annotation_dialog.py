"""Editing an annotation where it is listed, without going to its document.

What is typed is kept as a draft on the way, as in the reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.screen import ModalScreen

from store.codebook import problem_with_path
from store.errors import PostillaError
from store.model import Annotation
from tui.keys_run import actions_of, perform
from tui.screens.annotation_text import origin
from tui.screens.writing import OVER_THE_LIST, Writing
from tui.widgets.annotation_form import AnnotationForm, FormValues
from tui.widgets.status import Status
from tui.widgets.tag_picker import Choices

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.app import Postilla


class AnnotationDialog(ModalScreen[bool]):
    """Dismissed with whether something was saved."""

    PLACE = "form"
    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    AnnotationDialog {
        align: center middle;
        & AnnotationForm {
            width: 84;
            max-width: 100%;
            height: 24;
            max-height: 100%;
            background: $surface;
        }
    }
    """

    def __init__(
        self,
        postilla: Postilla,
        annotation: Annotation,
        choices: Choices,
    ) -> None:
        """Edit ``annotation``; ``choices`` are the tags there are, with their use."""
        super().__init__()
        self._postilla = postilla
        self._writing = Writing.of(annotation, OVER_THE_LIST)
        self._before = FormValues(annotation.tags, annotation.note)
        self._form = AnnotationForm(
            annotation.quote,
            title="Edit annotation",
            choices=choices,
            tags=annotation.tags,
            note=annotation.note,
            about=origin(annotation),
            validate=problem_with_path,
        )

    def compose(self) -> ComposeResult:
        """The form over the footer."""
        yield self._form
        yield Status()

    def on_mount(self) -> None:
        """Show the keys of the form."""
        self.query_one(Status).show_place(self.PLACE, actions_of(self.app))

    @on(Status.Chosen)
    async def _hint_chosen(self, event: Status.Chosen) -> None:
        for action in actions_of(self.app):
            if action.id == event.action:
                await perform(self, action)

    @on(AnnotationForm.Saved)
    def _save(self, event: AnnotationForm.Saved) -> None:
        event.stop()
        values = event.values
        if values == self._before:
            self._leave()
            return

        def saved(_: None) -> None:
            self._form.mark_saved()
            self._before = values
            self.dismiss(True)

        def failed(error: PostillaError) -> None:
            self._form.refuse(str(error))

        self._postilla.hand.write(
            lambda library: self._writing.save(library, values), saved, failed
        )

    @on(AnnotationForm.Cancelled)
    def _cancelled(self, event: AnnotationForm.Cancelled) -> None:
        event.stop()
        self._leave()

    def _leave(self) -> None:
        self._before = self._form.values
        self._postilla.hand.write_quietly(self._writing.forget)
        self.dismiss(False)

    @on(AnnotationForm.Edited)
    def _edited(self, event: AnnotationForm.Edited) -> None:
        event.stop()
        values = event.values
        self._postilla.hand.write_quietly(
            lambda library: self._writing.keep(library, values)
        )

    @on(AnnotationForm.Outside)
    def _outside(self, event: AnnotationForm.Outside) -> None:
        event.stop()
        event.form.write_outside()

    def keep_draft_now(self) -> None:
        """The program ends: write down what stands in the form."""
        if self._form.values != self._before:
            self._writing.keep(self._postilla.library, self._form.values)
