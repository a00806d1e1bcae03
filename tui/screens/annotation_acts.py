"""What is done with the annotations of the table: tag, edit, delete, take out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from store.annotation_rows import AnnotationFilter
from store.codebook import problem_with_path
from store.model import Annotation
from tui.screens.annotation_questions import AnnotationQuestions
from tui.screens.annotation_text import citation, is_narrowed, several
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library

NOTHING = "No annotation is shown here."
"""Said where a key has nothing to work on."""

MANY = 500
"""From so many on it is said that they are being changed."""


class AnnotationActs(AnnotationQuestions):
    """The actions of the Annotations screen on what is marked or under the cursor."""

    @on(VirtualList.Opened, "AnnotationList")
    def _opened(self, event: VirtualList.Opened) -> None:
        one = self.current
        if one is None:
            return
        shown = self.list.ids

        def show(documents: Sequence[int]) -> None:
            self.postilla.reading_list = tuple(documents)

        self.postilla.open_document(one.document, one.start, one.end)
        self.hand.ask(lambda library: library.annotations.documents_of(shown), show)

    def _targets(self) -> Sequence[int]:
        """What is marked, else what is under the cursor; says so where nothing is."""
        targets = self.list.targets
        if not targets:
            self.say(NOTHING)
        return targets

    # What is changed -------------------------------------------------------

    def action_tag(self) -> None:
        """Put tags on the marked annotations, or the one under the cursor."""
        from tui.screens.dialogs import TagDialog

        targets = self._targets()
        if not targets or not self.may_write():
            return

        def tagged(tags: tuple[str, ...] | None) -> None:
            if tags:
                self._busy(targets, "Tagging")
                self.hand.write(
                    lambda library: library.annotations.tag(targets, tags),
                    lambda done: self.say(f"{several(len(done))} tagged · u undo"),
                )

        title = f"Tags to add to {several(len(targets))}"
        dialog = TagDialog(self._choices(), title=title, validate=problem_with_path)
        self.app.push_screen(dialog, tagged)

    def action_untag(self) -> None:
        """Take tags off the marked annotations, or the one under the cursor."""
        targets = self._targets()

        def show(borne: Sequence[tuple[str, int]]) -> None:
            if not borne:
                self.say("No tag to take off.")
            elif self.is_current:
                self._ask_what_to_untag(targets, borne)

        if targets and self.may_write():
            self.hand.ask(lambda library: library.annotations.tags_of(targets), show)

    def _ask_what_to_untag(
        self, targets: Sequence[int], borne: Sequence[tuple[str, int]]
    ) -> None:
        from tui.screens.dialogs import TagDialog

        def untagged(tags: tuple[str, ...] | None) -> None:
            if tags:
                self._busy(targets, "Untagging")
                self.hand.write(
                    lambda library: library.annotations.untag(targets, tags),
                    lambda _: self.say(f"{', '.join(tags)} taken off · u undo"),
                )

        none = "None of them bears this tag."
        title = f"Tags to take off {several(len(targets))}"
        dialog = TagDialog(borne, title=title, validate=lambda _: none)
        self.app.push_screen(dialog, untagged)

    def action_edit(self) -> None:
        """Change note and tags of the annotation under the cursor."""
        from tui.screens.annotation_dialog import AnnotationDialog

        one = self.current
        if one is None:
            self.say(NOTHING)
        if one is None or not self.may_write():
            return

        def closed(saved: bool | None) -> None:
            if saved:
                self.say("Annotation saved · u undo")

        dialog = AnnotationDialog(self.postilla, one, self._choices())
        self.app.push_screen(dialog, closed)

    def _choices(self) -> Sequence[tuple[str, int, int]]:
        return self.library.codebook.choices()

    def action_confirm(self) -> None:
        """Say that the places proposed for passages are right."""
        targets = self._targets()

        def confirmed(count: int) -> None:
            if count:
                self.say(f"The place of {several(count)} confirmed · u undo")
            else:
                self.say("No proposed place here; those that have one bear a ?.")

        if targets:
            self.hand.write(
                lambda library: library.annotations.confirm(targets), confirmed
            )

    def action_delete(self) -> None:
        """Delete what is marked, or the annotation under the cursor."""
        targets = self._targets()
        if targets:
            self.list.clear_marks()
            self._busy(targets, "Deleting")
            self.hand.write(
                lambda library: library.annotations.delete(targets),
                lambda gone: self.say(f"{_deleted(len(gone))} deleted · u undo"),
            )

    def _busy(self, targets: Sequence[int], doing: str) -> None:
        if len(targets) >= MANY:
            self.say(f"{doing} {several(len(targets))} …")

    # What is taken out -----------------------------------------------------

    def action_copy(self) -> None:
        """Copy the passages with where they are from."""
        targets = self._targets()

        def read(library: Library) -> str:
            found = library.annotations.rows(targets)
            return "\n\n".join(citation(found[id]) for id in targets if id in found)

        def show(text: str) -> None:
            if text:
                self.postilla.copy_text(text)

        if targets:
            self.hand.ask(read, show)

    def action_export(self) -> None:
        """Export the annotations that are marked, else those shown."""
        from tui.screens.exporting import ExportScreen

        marked = tuple(self.list.targets) if self.list.marked else None
        count = len(self.list.ids if marked is None else marked)
        if not count:
            self.say(NOTHING)
            return
        filters = AnnotationFilter(ids=marked)
        if marked is None and is_narrowed(self.filters):
            filters = replace(self.filters, order=None, reverse=False)
        self.app.push_screen(ExportScreen(filters, count))

    @property
    def current(self) -> Annotation | None:
        """The annotation under the cursor."""
        one = self.list.cursor_id
        return None if one is None else self.library.annotations.rows([one]).get(one)


def _deleted(count: int) -> str:
    return "Annotation" if count == 1 else several(count)
