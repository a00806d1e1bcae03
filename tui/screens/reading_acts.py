"""What is done in the reader: annotate, tag, edit, delete, copy, export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on

from store.annotation_rows import AnnotationFilter
from store.annotations import Passage
from store.codebook import problem_with_path
from store.errors import PostillaError
from tui.screens import reading_text
from tui.screens.base import LibraryScreen
from tui.widgets.annotation_form import AnnotationForm, FormValues
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Annotation, Draft
    from tui.screens.reading_parts import TextReader
    from tui.screens.reading_text import Page


@dataclass(frozen=True, slots=True)
class Writing:
    """What the open form is about, whatever the reader shows meanwhile."""

    document: int
    passage: Passage | None
    edited: Annotation | None


class ReadingActs(LibraryScreen):
    """The actions of the reader and the form beside it."""

    page: Page | None

    def __init__(self) -> None:
        super().__init__()
        self._writing: Writing | None = None
        self._saving = False

    @property
    def reader(self) -> TextReader:
        """The text."""
        raise NotImplementedError

    @property
    def form(self) -> AnnotationForm | None:
        """The open form, if one is open."""
        raise NotImplementedError

    # The form --------------------------------------------------------------

    def action_annotate(self) -> None:
        """Annotate the selection, or the sentence at the cursor."""
        passage = self._chosen_passage()
        if passage is not None:
            self._open_form(passage, "New annotation")

    def action_annotate_document(self) -> None:
        """Annotate the whole document."""
        if self._may_write():
            self._open_form(None, "New annotation of the document")

    def action_edit(self) -> None:
        """Edit the annotation at the cursor."""
        self._with_annotation(self._edit)

    def _edit(self, annotation: Annotation) -> None:
        passage = None
        if annotation.start is not None and annotation.end is not None:
            passage = Passage(annotation.start, annotation.end)
        self._open_form(
            passage,
            "Edit annotation",
            FormValues(annotation.tags, annotation.note),
            edited=annotation,
        )

    def resume(self, draft: Draft) -> None:
        """Go on writing what was not saved."""
        passage = None
        if draft.start is not None and draft.end is not None:
            passage = Passage(draft.start, draft.end)
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
    ) -> bool:
        if self.page is None or not self._may_write():
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
            choices=self._choices(),
            tags=given.tags,
            note=given.note,
            validate=problem_with_path,
            is_draft=is_draft,
        )
        self.add_class("-writing")
        self.query_one("#side").mount(form)
        self.postilla.hold_keys(form)
        self.show_place("form")
        if passage is not None:
            self.call_after_refresh(
                lambda: self.reader.goto(
                    passage.start, select=(passage.start, passage.end)
                )
            )
        return True

    def _choices(self) -> list[tuple[str, int]]:
        return [(tag.path, tag.annotations) for tag in self.library.codebook.tags()]

    @on(AnnotationForm.Edited)
    def _form_edited(self, event: AnnotationForm.Edited) -> None:
        if self._writing is not None and not self._saving:
            self.hand.write_quietly(_draft_writer(self._writing, event.values))

    def keep_draft_now(self) -> None:
        """The program is ending: what stands in the form must not be lost."""
        form, writing = self.form, self._writing
        if form is not None and writing is not None and form.is_changed:
            _draft_writer(writing, form.values)(self.library)

    @on(AnnotationForm.Cancelled)
    def _form_cancelled(self, event: AnnotationForm.Cancelled) -> None:
        self._close_form(event.form)
        self.hand.write_quietly(lambda library: library.drafts.clear())

    @on(AnnotationForm.Saved)
    def _form_saved(self, event: AnnotationForm.Saved) -> None:
        writing, values, form = self._writing, event.values, event.form
        if writing is None or self._saving:
            return

        def save(library: Library) -> Annotation:
            saved = _save(library, writing, values)
            library.drafts.clear()
            return saved

        def done(_: Annotation) -> None:
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

    def _close_form(self, form: AnnotationForm) -> None:
        self.remove_class("-writing")
        form.remove()
        self._writing, self._saving = None, False
        self.show_place("reader")
        self.reader.focus()

    # Without a form --------------------------------------------------------

    def action_tag(self) -> None:
        """Put tags on the selection or the sentence, without a note."""
        from tui.screens.dialogs import TagDialog

        page, passage = self.page, self._chosen_passage()
        if page is None or passage is None:
            return

        def tagged(tags: tuple[str, ...] | None) -> None:
            if tags:
                self.hand.write(
                    lambda library: library.annotations.create(
                        page.document.id, passage, tags=tags
                    ),
                    lambda _: self._tagged(tags),
                )

        dialog = TagDialog(self._choices(), title="Tags", validate=problem_with_path)
        self.app.push_screen(dialog, tagged)

    def _tagged(self, tags: tuple[str, ...]) -> None:
        self.reader.action_drop_selection()
        self.say(f"Tagged {', '.join(tags)} · saved · u undo")

    def action_delete(self) -> None:
        """Delete the annotation at the cursor."""
        self._with_annotation(self._delete)

    def _delete(self, annotation: Annotation) -> None:
        if self._may_write():
            self.hand.write(
                lambda library: library.annotations.delete([annotation.id]),
                lambda _: self.say("Annotation deleted · u undo"),
            )

    def action_open(self) -> None:
        """Open what is under the cursor: an annotation, else an entity."""
        offset = self.reader.cursor_offset
        if self.reader.spans_at(offset, "annotation"):
            self.action_edit()
            return
        for span in self.reader.spans_at(offset, "entity"):
            self.open_span("entity", span.ref)
            return
        self.say("Nothing to open here: no annotation, no entity.")

    def open_span(self, kind: str, ref: int) -> None:
        """Open an annotation, or the entity of a mention."""
        page = self.page
        if page is None:
            return
        if kind == "annotation":
            for one in page.annotations:
                if one.id == ref:
                    self._edit(one)
            return
        for mention in page.mentions:
            if mention.id == ref:
                if mention.entity is not None:
                    self.postilla.show_entity(mention.entity)
                else:
                    self.say(f"{mention.type.lower()}: {_value(mention.value)}")

    def action_toggle_read(self) -> None:
        """Mark the document as read or unread."""
        page = self.page
        if page is not None and self._may_write():
            read = not page.document.read
            self.hand.write(
                lambda library: library.documents.mark_read([page.document.id], read),
                lambda _: self.say(f"Marked as {'read' if read else 'unread'}"),
            )

    def action_copy(self) -> None:
        """Copy the selection as it is stored."""
        text = self.reader.selected_text
        if text:
            self.postilla.copy_text(text)
        else:
            self.say("Nothing is selected. q goes back, Q quits.")

    def action_export(self) -> None:
        """Export the annotations of this document."""
        from tui.screens.exporting import ExportScreen

        if self.page is not None:
            filters = AnnotationFilter(document=self.page.document.id)
            self.app.push_screen(ExportScreen(filters, len(self.page.annotations)))

    # Which passage, which annotation ---------------------------------------

    def _may_write(self) -> bool:
        if self.library.read_only:
            self.say("This library is open for reading only.", error=True)
        return not self.library.read_only

    def _chosen_passage(self) -> Passage | None:
        """The selection; without one the sentence at the cursor, shown selected."""
        if self.page is None or not self._may_write():
            return None
        if self.reader.selected is None and not self.reader.select_object("sentence"):
            self.say("There is no sentence here to annotate.")
            return None
        chosen = self.reader.selected
        return None if chosen is None else Passage(*chosen)

    def _with_annotation(self, then: Callable[[Annotation], None]) -> None:
        """Do something with the annotation at the cursor; ask which of several."""
        from tui.screens.dialogs import Choose

        found = self._annotations_here()
        if not found:
            self.say("There is no annotation here; ]a goes to the next.")
        elif len(found) == 1:
            then(found[0])
        else:
            options = [(str(one.id), reading_text.summary(one)) for one in found]
            by_id = {str(one.id): one for one in found}

            def chosen(id: str | None) -> None:
                if id is not None:
                    then(by_id[id])

            self.app.push_screen(Choose("Which annotation?", options), chosen)

    def _annotations_here(self) -> list[Annotation]:
        if self.page is None:
            return []
        by_id = {one.id: one for one in self.page.annotations}
        panel = self.query_one("#marked", VirtualList)
        if panel.has_focus and panel.cursor_id in by_id:
            return [by_id[panel.cursor_id]]
        spans = self.reader.spans_at(self.reader.cursor_offset, "annotation")
        return [by_id[span.ref] for span in spans if span.ref in by_id]


def _save(library: Library, writing: Writing, values: FormValues) -> Annotation:
    if writing.edited is not None:
        return library.annotations.edit(
            writing.edited.id, note=values.note, tags=values.tags
        )
    return library.annotations.create(
        writing.document, writing.passage, note=values.note, tags=values.tags
    )


def _draft_writer(writing: Writing, values: FormValues) -> Callable[[Library], None]:
    passage = writing.passage

    def keep(library: Library) -> None:
        library.drafts.keep(
            writing.document,
            start=passage.start if passage else None,
            end=passage.end if passage else None,
            note=values.note,
            tags=values.tags,
            annotation=writing.edited.id if writing.edited else None,
        )

    return keep


def _value(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    return str(value)
