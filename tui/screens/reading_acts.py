"""What is done in the reader beside writing and tagging: open, delete, copy, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.annotation_rows import AnnotationFilter
from tui.screens.reading_adjust import ReadingAdjust
from tui.screens.reading_form import ReadingForm
from tui.screens.reading_naming import ReadingNaming
from tui.screens.reading_tagging import ReadingTagging

if TYPE_CHECKING:
    from store.model import Annotation


class ReadingActs(ReadingForm, ReadingTagging, ReadingAdjust, ReadingNaming):
    """Everything that is done with what stands at the cursor."""

    def action_adjust(self) -> None:
        """Move the ends of the annotation in the form, else of the one here."""
        edited = self.leave_unchanged()
        if edited is None:
            super().action_adjust()
        else:
            self.adjust(edited)

    def action_delete(self) -> None:
        """Delete the annotation at the cursor."""
        self.with_annotation(self._delete)

    def _delete(self, annotation: Annotation) -> None:
        if self.may_write():
            self.hand.write(
                lambda library: library.annotations.delete([annotation.id]),
                lambda _: self.say("Annotation deleted · u undo"),
            )

    def action_open(self) -> None:
        """Open what is under the cursor: an annotation, else an entity.

        While ends are moved: keep them where they are now.
        """
        offset = self.reader.cursor_offset
        if self.is_adjusting:
            self.keep_ends()
            return
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
                    self.edit(one)
            return
        mention = page.mention(ref)
        if mention is None:
            return
        if mention.entity is not None:
            self.postilla.show_entity(mention.entity)
        else:
            self.say(f"{mention.type.lower()}: {_value(mention.value)}")

    def action_toggle_read(self) -> None:
        """Mark the document as read or unread."""
        page = self.page
        if page is not None and self.may_write():
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
            # Not what is shown: what was saved a moment ago may not be painted yet.
            count = len(self.library.annotations.ids(filters))
            self.app.push_screen(ExportScreen(filters, count))

    # The document as a whole -----------------------------------------------

    def action_fill(self) -> None:
        """Fill in the attributes of this document."""
        if self.page is not None and self.may_write():
            from tui.screens.filling import fill

            fill(self.postilla, [self.page.document.id])

    def action_collect(self) -> None:
        """Put this document in a collection."""
        if self.page is not None and self.may_write():
            from tui.screens.collecting import collect

            collect(self.postilla, [self.page.document.id])

    def action_toggle_done(self) -> None:
        """My coding of this document is done, or not yet."""
        if self.page is not None and self.may_write():
            from tui.screens.agreement import toggle_done

            toggle_done(self.postilla, self.page.document.id)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    return str(value)
