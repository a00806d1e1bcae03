"""The codebook out and in: files of other programs, the starter, the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.annotation_rows import AnnotationFilter
from tui.screens.annotation_text import citation
from tui.screens.codebook_moves import CodebookMoves
from tui.screens.codebook_text import NO_TAG, filter_of
from tui.screens.import_text import counted

if TYPE_CHECKING:
    from store.bringing_in import Report
    from store.library import Library

_ANNOTATIONS = "annotations"

STARTER = "codebook.csv"
"""The file of the starter codebook in the folder of sample material."""


class CodebookFiles(CodebookMoves):
    """The actions that take something out of the codebook or bring tags in."""

    def action_copy(self) -> None:
        """Copy the passage under the cursor, or the tag with its definition."""
        if self.tagged.has_focus and self.tagged.cursor_id is not None:
            wanted = AnnotationFilter(ids=(self.tagged.cursor_id,))
            for one in self.library.annotations.select(wanted):
                self.postilla.copy_text(citation(one))
        elif self.current is not None:
            parts = [self.current.path, self.current.definition.strip()]
            self.postilla.copy_text(": ".join(part for part in parts if part))

    def action_export(self) -> None:
        """Export the annotations with the tag under the cursor, or the codebook."""
        from tui.screens.codebook_export import WAYS, ask_where_to
        from tui.screens.dialogs import Choose

        if not self.tags:
            self.say("The codebook is empty: there is nothing to export.")
            return
        here, tag = self.tree_list.cursor_id, self.current
        options = [(way, f"the codebook {words}") for way, words in WAYS]
        if tag is not None:
            options.insert(0, (_ANNOTATIONS, f"annotations with {tag.path}"))
        elif here == NO_TAG:
            options.insert(0, (_ANNOTATIONS, "annotations without a tag"))

        def chosen(way: str | None) -> None:
            if way == _ANNOTATIONS:
                self._export_annotations()
            elif way is not None:
                ask_where_to(self.postilla, way)

        self.app.push_screen(Choose("Export", options), chosen)

    def _export_annotations(self) -> None:
        from tui.screens.exporting import ExportScreen

        tag = self.current
        ids = None if tag is None else [tag.id]

        def ask(count: int) -> None:
            if count:
                self.app.push_screen(ExportScreen(filter_of(tag), count))
            else:
                self.say("Nothing has this tag yet.")

        self.hand.ask(lambda library: len(library.codebook.bearing(ids)), ask)

    def action_import_codebook(self) -> None:
        """Ask for a file with a codebook: of this or of another program."""
        from tui.screens.importing import ImportScreen

        title = "Import a codebook: .qdc of another program, or .csv"
        self.app.push_screen(ImportScreen(title))

    def action_load_starter(self) -> None:
        """Bring in the starter codebook; what is there stays."""
        from store import seeds

        folder = seeds.folder()
        if folder is None:
            self.say("The starter codebook was not installed.", error=True)
            return

        def work(library: Library) -> Report:
            from store.bringing_in import bring_in

            return bring_in(library.core, folder / STARTER)

        def done(report: Report) -> None:
            if report.tags_added or report.tags_changed:
                added = counted(report.tags_added, "tag")
                self.say(f"Starter codebook: {added} added · u undo")
            else:
                self.say("The starter codebook is in already.")

        self.hand.write(work, done)
