"""What is done with the annotations of the table: tag, edit, delete, take out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from store.annotation_rows import AnnotationFilter
from store.codebook import problem_with_path
from store.model import Annotation
from tui.screens.annotation_text import ORDER_WORDS, View, citation, several
from tui.screens.base import LibraryScreen
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library


class AnnotationActs(LibraryScreen):
    """The actions of the Annotations screen."""

    view: View
    order: str
    reverse: bool

    @property
    def list(self) -> VirtualList:
        """The table."""
        raise NotImplementedError

    def show_view(self, view: View) -> None:
        """Narrow the table."""
        raise NotImplementedError

    @on(VirtualList.Opened, "AnnotationList")
    def _opened(self, event: VirtualList.Opened) -> None:
        one = self.current
        if one is not None:
            documents = self.library.annotations.select(
                AnnotationFilter(ids=tuple(self.list.ids))
            )
            place = {found.id: found.document for found in documents}
            self.postilla.reading_list = tuple(
                dict.fromkeys(place[id] for id in self.list.ids if id in place)
            )
            self.postilla.open_document(one.document, one.start, one.end)

    # How it is shown -------------------------------------------------------

    def action_order(self) -> None:
        """Choose what the table is ordered by."""
        from tui.screens.dialogs import Choose

        def chosen(order: str | None) -> None:
            if order is not None:
                self.order, self.reverse = order, False
                self.refresh_from_library()

        self.app.push_screen(Choose("Order by", tuple(ORDER_WORDS.items())), chosen)

    def action_reverse(self) -> None:
        """The other way round."""
        self.reverse = not self.reverse
        self.refresh_from_library()

    def action_narrow(self) -> None:
        """Choose a tag, a coder, or a state to narrow the table by."""

        def read(library: Library) -> list[tuple[str, str]]:
            return narrowings(library)

        def show(options: Sequence[tuple[str, str]]) -> None:
            from tui.screens.dialogs import Choose

            if self.is_current:
                self.app.push_screen(Choose("Narrow by", options), chosen)

        def chosen(value: str | None) -> None:
            if value is not None:
                self.show_view(narrowed(self.view, value))

        self.hand.ask(read, show)

    # What is changed -------------------------------------------------------

    def action_tag(self) -> None:
        """Put tags on the marked annotations, or the one under the cursor."""
        from tui.screens.dialogs import TagDialog

        targets = self.list.targets
        if not targets:
            return

        def tagged(tags: tuple[str, ...] | None) -> None:
            if tags:
                self.hand.write(
                    lambda library: library.annotations.tag(targets, tags),
                    lambda done: self.say(f"{several(len(done))} tagged · u undo"),
                )

        title = f"Tags to add to {several(len(targets))}"
        dialog = TagDialog(self._choices(), title=title, validate=problem_with_path)
        self.app.push_screen(dialog, tagged)

    def action_edit(self) -> None:
        """Change note and tags of the annotation under the cursor."""
        from tui.screens.annotation_dialog import AnnotationDialog

        one = self.current
        if one is None:
            return

        def closed(saved: bool | None) -> None:
            if saved:
                self.say("Annotation saved · u undo")

        dialog = AnnotationDialog(self.postilla, one, self._choices())
        self.app.push_screen(dialog, closed)

    def _choices(self) -> Sequence[tuple[str, int]]:
        return [(tag.path, tag.annotations) for tag in self.library.codebook.tags()]

    def action_delete(self) -> None:
        """Delete what is marked, or the annotation under the cursor."""
        targets = self.list.targets
        if targets:
            self.list.clear_marks()
            self.hand.write(
                lambda library: library.annotations.delete(targets),
                lambda gone: self.say(f"{_deleted(len(gone))} deleted · u undo"),
            )

    # What is taken out -----------------------------------------------------

    def action_copy(self) -> None:
        """Copy the passages with where they are from."""
        targets = self.list.targets
        found = self.library.annotations.select(AnnotationFilter(ids=targets))
        if found:
            by_id = {one.id: citation(one) for one in found}
            copied = [by_id[id] for id in targets if id in by_id]
            self.postilla.copy_text("\n\n".join(copied))

    def action_export(self) -> None:
        """Export the annotations shown."""
        from tui.screens.exporting import ExportScreen

        ids = tuple(self.list.ids)
        if ids:
            self.app.push_screen(ExportScreen(AnnotationFilter(ids=ids), len(ids)))

    @property
    def current(self) -> Annotation | None:
        """The annotation under the cursor."""
        one = self.list.cursor_id
        if one is None:
            return None
        found = self.library.annotations.select(AnnotationFilter(ids=(one,)))
        return found[0] if found else None


def narrowings(library: Library) -> list[tuple[str, str]]:
    """What the table can be narrowed by, as values and words with counts."""
    found = library.annotations.select()
    options = [("all", f"everything · {len(found):,}")]
    untagged = sum(not one.tags for one in found)
    if untagged:
        options.append(("untagged", f"without a tag · {untagged:,}"))
    lost = sum(one.anchor_state in ("proposed", "orphan") for one in found)
    if lost:
        options.append(("lost", f"that lost their passage · {lost:,}"))
    coders: dict[str, int] = {}
    for one in found:
        coders[one.coder] = coders.get(one.coder, 0) + 1
    if len(coders) > 1:
        options += [
            (f"coder {name}", f"by {name} · {count:,}")
            for name, count in sorted(coders.items())
        ]
    for tag in library.codebook.tags():
        start = f"{tag.path}/"
        count = sum(
            any(path == tag.path or path.startswith(start) for path in one.tags)
            for one in found
        )
        if count:
            options.append((f"tag {tag.path}", f"#{tag.path} · {count:,}"))
    return options


def narrowed(view: View, value: str) -> View:
    """The view with another narrowing of ``narrowings``; the words stay."""
    kind, _, name = value.partition(" ")
    return replace(
        View(words=view.words),
        tag=name if kind == "tag" else None,
        coder=name if kind == "coder" else None,
        untagged=kind == "untagged",
        lost=kind == "lost",
    )


def _deleted(count: int) -> str:
    return "Annotation" if count == 1 else several(count)
