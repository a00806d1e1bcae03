"""Writing an annotation beside the text: the form, its drafts, saving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from store.annotations import Passage
from store.codebook import problem_with_path
from store.errors import PostillaError
from tui.screens.reading_choice import ReadingChoice, own_on, tag_ids
from tui.screens.writing import Writing, passage_of
from tui.widgets.annotation_form import AnnotationForm, FormValues

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Annotation, Draft

AGAIN = "You annotated this passage before; this is that annotation."
AGAIN_DOCUMENT = "You annotated this document before; this is that annotation."


class ReadingForm(ReadingChoice):
    """The form and what leads to it."""

    def __init__(self) -> None:
        super().__init__()
        self._writing: Writing | None = None
        self._saving = False

    def action_annotate(self) -> None:
        """Annotate the selection, or the sentence at the cursor."""
        passage = self.chosen_passage()
        if passage is not None:
            self._annotate(passage, "New annotation")

    def action_annotate_document(self) -> None:
        """Annotate the whole document."""
        if self.may_write():
            self._annotate(None, "New annotation of the document")

    def _annotate(self, passage: Passage | None, title: str) -> None:
        """A new one; what this coder has on just this passage is gone on with."""
        annotations = self.page.annotations if self.page else ()
        before = own_on(self.library, annotations, passage)
        if before and self._writing is None:
            about = AGAIN_DOCUMENT if passage is None else AGAIN
            self.with_one_of(before, lambda one: self.edit(one, about))
        else:
            self._open_form(passage, title)

    def action_edit(self) -> None:
        """Edit the annotation at the cursor."""
        self.with_annotation(self.edit)

    def edit(self, annotation: Annotation, about: str = "") -> None:
        """Open the form on an annotation; ``about`` says what is to be known."""
        self._open_form(
            passage_of(annotation),
            "Annotated before: edit" if about else "Edit annotation",
            FormValues(annotation.tags, annotation.note),
            edited=annotation,
            about=about,
        )

    def resume(self, draft: Draft) -> None:
        """Go on writing what was not saved; begin what was not begun (id 0)."""
        passage = None
        if draft.start is not None and draft.end is not None:
            passage = Passage(draft.start, draft.end)
        if not draft.id:
            self._annotate(passage, "New annotation")
            return
        edited = None
        for one in self.page.annotations if self.page else ():
            if one.id == draft.annotation:
                edited = one
        if self._open_form(
            passage,
            "Annotation, not saved last time",
            FormValues(draft.tags, draft.note),
            edited=edited,
            is_draft=True,
        ):
            self.hand.write_quietly(lambda library: library.drafts.take_over(draft.id))

    def _open_form(
        self,
        passage: Passage | None,
        title: str,
        values: FormValues | None = None,
        *,
        edited: Annotation | None = None,
        is_draft: bool = False,
        about: str = "",
    ) -> bool:
        if self.page is None or not self.may_write():
            return False
        if self._writing is not None:
            self.say("Save or close the annotation that is being written first.")
            return False
        self._writing = Writing(self.page.document.id, passage, edited)
        given = values or FormValues((), "")
        quote = self.page.text[passage.start : passage.end] if passage else ""
        form = AnnotationForm(
            quote,
            title=title,
            choices=self.library.codebook.choices(),
            tags=given.tags,
            note=given.note,
            about=about,
            validate=problem_with_path,
            is_draft=is_draft,
        )
        self.add_class("-writing")
        self.query_one("#side").mount(form)
        self.postilla.hold_keys(form)
        self.show_place("form")
        if passage is not None:
            place = (passage.start, passage.end)
            self.call_after_refresh(lambda: self.reader.goto(place[0], select=place))
        return True

    @on(AnnotationForm.Edited)
    def _form_edited(self, event: AnnotationForm.Edited) -> None:
        if self._writing is not None and not self._saving:
            self._write_quietly(self._writing, event.values)

    def _write_quietly(self, writing: Writing, values: FormValues) -> None:
        self.hand.write_quietly(lambda library: writing.keep(library, values))

    @on(AnnotationForm.Outside)
    def _form_outside(self, event: AnnotationForm.Outside) -> None:
        event.form.write_outside()

    def keep_draft_now(self) -> None:
        """The program is ending: what stands in the form must not be lost."""
        form, writing = self.form, self._writing
        if form is not None and writing is not None and form.is_changed:
            writing.keep(self.library, form.values)

    @on(AnnotationForm.Cancelled)
    def _form_cancelled(self, event: AnnotationForm.Cancelled) -> None:
        writing = self._writing
        self._close_form(event.form)
        if writing is not None:
            self.hand.write_quietly(writing.forget)

    @on(AnnotationForm.Saved)
    def _form_saved(self, event: AnnotationForm.Saved) -> None:
        writing, values, form = self._writing, event.values, event.form
        if writing is None or self._saving:
            return

        def save(library: Library) -> tuple[int, ...]:
            writing.save(library, values)
            return tag_ids(library, _given(writing, values))

        def done(tags: tuple[int, ...]) -> None:
            self.last_tags = tags or self.last_tags
            if form.children:  # not when it was taken down meanwhile
                form.mark_saved()
            self._close_form(form)
            self.reader.action_drop_selection()
            self.say("Annotation saved · u undo")

        def failed(error: PostillaError) -> None:
            self._saving = False
            form.refuse(str(error))
            self.postilla.remember(str(error))

        self._saving = True
        self.hand.write(save, done, failed)

    def leave_unchanged(self) -> Annotation | None:
        """Close the form if nothing was changed in it; gives what it was about."""
        form, writing = self.form, self._writing
        if form is None or writing is None or form.is_changed:
            return None
        if writing.edited is not None:
            self._close_form(form)
        return writing.edited

    def _close_form(self, form: AnnotationForm) -> None:
        self.remove_class("-writing")
        form.remove()
        self._writing, self._saving = None, False
        self.show_place("reader")
        self.reader.focus()


def _given(writing: Writing, values: FormValues) -> tuple[str, ...]:
    """The tags that were put on; an annotation that had them got none."""
    had = writing.edited.tags if writing.edited else ()
    return () if set(values.tags) == set(had) else values.tags
