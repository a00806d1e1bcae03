"""What is done with the documents of the list: open, tag, correct, remove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on

from store.document_rows import ORDERS
from store.errors import PostillaError
from tui.screens.base import LibraryScreen
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Document

_FIELDS = (
    ("title", "Title"),
    ("source", "Source"),
    ("author", "Author"),
    ("published", "Date"),
    ("language", "Language"),
    ("url", "Address"),
)

_ORDER_WORDS = {
    "published": "date of publication",
    "title": "title",
    "source": "source",
    "added": "when it was added",
    "words": "length",
    "language": "language",
}


class DocumentActs(LibraryScreen):
    """The actions of the Documents screen."""

    order: str
    reverse: bool

    @property
    def list(self) -> VirtualList:
        """The list of documents."""
        raise NotImplementedError

    @on(VirtualList.Opened, "DocumentList")
    def _opened(self, event: VirtualList.Opened) -> None:
        self.postilla.reading_list = list_of(self.list)
        self.postilla.open_document(event.id)

    def action_import_files(self) -> None:
        """Ask which files or folder to add."""
        from tui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen())

    def action_load_demonstration(self) -> None:
        """Add the sample material, into an empty library only."""
        from store.seeds import folder

        seeds = folder()
        if len(self.list.ids) or seeds is None:
            self.say("The demonstration goes into an empty library only.")
            return

        def start(_: object) -> None:
            self.postilla.jobs.add([seeds / "news"])

        self.hand.write(lambda library: library.load_codebook(seeds), start)

    def action_order(self) -> None:
        """Choose what the list is ordered by."""
        from tui.screens.dialogs import Choose

        def ordered(order: str | None) -> None:
            if order is not None:
                self.order, self.reverse = order, False
                self.refresh_from_library()

        options = [(order, _ORDER_WORDS[order]) for order in ORDERS]
        self.app.push_screen(Choose("Order by", options), ordered)

    def action_reverse(self) -> None:
        """The other way round."""
        self.reverse = not self.reverse
        self.refresh_from_library()

    def action_toggle_read(self) -> None:
        """Mark as read, or as unread if all of them are read."""
        targets = self.list.targets
        rows = self.library.documents.rows(targets)
        read = not all(one.read for one in rows.values())
        self.hand.write(
            lambda library: library.documents.mark_read(targets, read),
            lambda _: self.say(f"{_several(targets)} marked as {_word(read)}"),
        )

    def action_tag(self) -> None:
        """Tag the marked documents, or the one under the cursor."""
        from store.codebook import problem_with_path
        from tui.screens.dialogs import TagDialog

        targets = self.list.targets
        if not targets:
            return
        choices = self.library.codebook.choices()

        def tagged(tags: tuple[str, ...] | None) -> None:
            if tags:
                self.hand.write(
                    lambda library: library.annotations.tag_documents(targets, tags),
                    lambda _: self.say(f"{_several(targets)} tagged · u undo"),
                )

        title = f"Tags for {_several(targets)}"
        dialog = TagDialog(choices, title=title, validate=problem_with_path)
        self.app.push_screen(dialog, tagged)

    def action_collect(self) -> None:
        """Put the marked documents, or the one under the cursor, in a collection."""
        from tui.screens.collecting import collect

        if self.list.targets:
            collect(self.postilla, self.list.targets)

    def action_fill(self) -> None:
        """Fill in attributes: the same for all that are marked, else one document
        after the other, beginning at the cursor."""
        from tui.screens.filling import fill

        if self.list.marked:
            fill(self.postilla, self.list.targets, together=True)
        elif self.list.targets:
            fill(self.postilla, list_of(self.list), at=self.list.cursor_index)

    def action_edit(self) -> None:
        """Correct what is known of the document."""
        from tui.screens.dialogs import Fields

        document = self._current()
        if document is None:
            return
        fields = [
            (name, label, str(getattr(document, name) or "")) for name, label in _FIELDS
        ]

        def corrected(values: dict[str, str] | None) -> None:
            before = {name: value for name, _, value in fields}
            changed = {k: v for k, v in (values or {}).items() if v != before[k]}
            if changed:
                self._correct(document, changed)

        self.app.push_screen(Fields("Document", fields), corrected)

    def _correct(self, document: Document, changed: dict[str, str]) -> None:
        def work(library: Library) -> Document:
            return library.documents.correct(document.id, changed)

        def failed(error: PostillaError) -> None:
            self.say(str(error), error=True)

        self.hand.write(work, lambda _: self.say("Document corrected · u undo"), failed)

    def action_delete(self) -> None:
        """Remove from the library what is marked; undo brings it back."""
        targets = self.list.targets
        if targets:
            self.list.clear_marks()
            self.hand.write(
                lambda library: library.documents.remove(targets),
                lambda _: self.say(f"{_several(targets)} removed · u undo"),
            )

    def action_copy(self) -> None:
        """Copy title, source, date and address."""
        document = self._current()
        if document is not None:
            parts = [document.title, document.source, document.published, document.url]
            self.postilla.copy_text(", ".join(part for part in parts if part))

    def action_export(self) -> None:
        """Export the annotations of the documents shown."""
        from store.annotation_rows import AnnotationFilter
        from tui.screens.exporting import ExportScreen

        ids = [
            annotation.id
            for annotation in self.library.annotations.select()
            if annotation.document in set(self.list.ids)
        ]
        self.app.push_screen(ExportScreen(AnnotationFilter(ids=ids), len(ids)))

    def _current(self) -> Document | None:
        document = self.list.cursor_id
        if document is None:
            return None
        return self.library.documents.rows([document]).get(document)


def list_of(listing: VirtualList) -> Sequence[int]:
    """The documents of a list in its order, for going on from one to the next."""
    return tuple(listing.ids)


def _several(ids: Sequence[int]) -> str:
    return "1 document" if len(ids) == 1 else f"{len(ids):,} documents"


def _word(read: bool) -> str:
    return "read" if read else "unread"
