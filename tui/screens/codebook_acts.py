"""What is done with the tags of the codebook: add, rename, define, nest, merge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from store.annotation_rows import AnnotationFilter
from store.codebook import problem_with_path
from store.errors import PostillaError
from store.model import Tag
from tui.screens.annotation_text import citation, several
from tui.screens.base import LibraryScreen
from tui.screens.codebook_text import NO_TAG, filter_of, sibling_above, topmost
from tui.widgets.tag_tree import TagTree
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.screens.codebook_dialog import Definition


class CodebookActs(LibraryScreen):
    """The actions of the Codebook screen."""

    tags: tuple[Tag, ...]
    """The codebook as it was read last, in the order of the tree."""

    @property
    def tree_list(self) -> TagTree:
        """The tree of tags."""
        raise NotImplementedError

    @property
    def tagged(self) -> VirtualList:
        """The annotations with the tag under the cursor."""
        raise NotImplementedError

    @property
    def current(self) -> Tag | None:
        """The tag under the cursor."""
        raise NotImplementedError

    def show_tag(self, tag: int) -> None:
        """Put the cursor on a tag, now or when the tree knows it."""
        raise NotImplementedError

    def _change(self, work: Callable[[Library], Tag], words: str) -> None:
        """Write one change, say what was done, go to the tag."""

        def done(tag: Tag) -> None:
            self.say(f"{words.format(tag.path)} · u undo")
            self.show_tag(tag.id)

        self.hand.write(work, done)

    # One tag ---------------------------------------------------------------

    def action_add(self) -> None:
        """Ask for the path of a new tag, beginning below the one under the cursor."""
        from tui.screens.dialogs import Prompt

        paths = {tag.path for tag in self.tags}
        here = self.current

        def check(path: str) -> str | None:
            if path.strip().endswith("/"):
                return "Type a name behind the /."
            if path.strip() in paths:
                return "This tag is there already."
            return problem_with_path(path)

        def added(path: str | None) -> None:
            if path:
                self._change(lambda library: library.codebook.add(path), "Tag {} added")

        start = f"{here.path}/" if here else ""
        prompt = Prompt("New tag; / parts levels", start, check=check)
        self.app.push_screen(prompt, added)

    def action_edit(self) -> None:
        """Ask for another name."""
        from tui.screens.dialogs import Prompt

        tag = self.current
        if tag is None:
            return

        def check(name: str) -> str | None:
            if "/" in name:
                return "A name cannot hold /; use > and < to move a tag."
            return problem_with_path(name)

        def renamed(name: str | None) -> None:
            if name and name.strip() != tag.name:
                self._change(
                    lambda library: library.codebook.rename(tag.id, name),
                    "Renamed to {}",
                )

        prompt = Prompt(f"New name of {tag.path}", tag.name, check=check)
        self.app.push_screen(prompt, renamed)

    def action_define(self) -> None:
        """Say what the tag means, its letter, its colour."""
        from tui.screens.codebook_dialog import DefineDialog

        tag = self.current
        if tag is None:
            return

        def defined(values: Definition | None) -> None:
            if values is not None:
                self._change(
                    lambda library: library.codebook.define(tag.id, **asdict(values)),
                    "{} defined",
                )

        self.app.push_screen(DefineDialog(tag), defined)

    # The tree --------------------------------------------------------------

    def action_nest(self) -> None:
        """Put the tag below the one above it on the same level."""
        tag = self.current
        if tag is None:
            return
        above = sibling_above(self.tags, tag)
        if above is None:
            self.say(f"No tag stands above {tag.name} on its level.")
            return
        self._move(tag, above.id)

    def action_unnest(self) -> None:
        """Put the tag one level up, beside the one it was below."""
        tag = self.current
        if tag is None:
            return
        parent = next((one for one in self.tags if one.id == tag.parent), None)
        if parent is None:
            self.say(f"{tag.name} is at the top already.")
            return
        self._move(tag, parent.parent)

    def _move(self, tag: Tag, parent: int | None) -> None:
        self._change(
            lambda library: library.codebook.move(tag.id, parent), "Now it is {}"
        )

    # Several tags ----------------------------------------------------------

    @property
    def marked_tags(self) -> list[Tag]:
        """The marked tags, in the order of the tree."""
        return [tag for tag in self.tags if tag.id in self.tree_list.marked]

    def action_merge(self) -> None:
        """Make one tag of the marked ones, or of this one and another."""
        from tui.screens.dialogs import Choose

        marked, here = self.marked_tags, self.current
        if len(marked) > 1:
            title, offered = f"Merge {len(marked)} tags: which one stays?", marked
        elif here is not None or marked:
            one = marked[0] if marked else here
            offered = [tag for tag in self.tags if tag is not one]
            marked = [one] if one is not None else []
            title = f"Merge {marked[0].path} into"
        else:
            return
        options = [
            (str(tag.id), f"{tag.path} · {several(tag.annotations)}") for tag in offered
        ]

        def chosen(keep: str | None) -> None:
            kept = next((tag for tag in offered if str(tag.id) == keep), None)
            if kept is not None:
                self._confirm_merge(kept, [tag for tag in marked if tag is not kept])

        if options:
            self.app.push_screen(Choose(title, options), chosen)

    def _confirm_merge(self, keep: Tag, others: Sequence[Tag]) -> None:
        from tui.screens.dialogs import Confirm

        names = " and ".join(tag.path for tag in others)
        goes = "goes" if len(others) == 1 else "go"
        lost = any(tag.definition or tag.memo for tag in others)
        what = " with definition and memo" if lost else ""
        count = several(sum(tag.annotations for tag in others))
        question = (
            f"{names} {goes}{what}; {count} and the tags below come to {keep.path}."
        )

        def confirmed(yes: bool | None) -> None:
            if yes:
                self.tree_list.clear_marks()
                ids = [tag.id for tag in others]
                self._change(
                    lambda library: library.codebook.merge(keep.id, ids),
                    f"Merged {len(ids) + 1} tags into {{}}",
                )

        self.app.push_screen(Confirm(question, "Merge"), confirmed)

    def action_delete(self) -> None:
        """Delete the marked tags, or this one, with what is below; undo restores."""
        here = [self.current.id] if self.current else []
        gone = topmost(self.tags, [tag.id for tag in self.marked_tags] or here)
        if not gone:
            return
        self.tree_list.clear_marks()

        def work(library: Library) -> int:
            had: set[int] = set()
            for tag in gone:
                had.update(one.id for one in library.annotations.select(filter_of(tag)))
                library.codebook.delete(tag.id)
            return len(had)

        def done(count: int) -> None:
            what = gone[0].path if len(gone) == 1 else f"{len(gone)} tags"
            lost = f"; {several(count)} lost it" if count else ""
            times = "" if len(gone) == 1 else " one by one"
            self.say(f"{what} deleted{lost} · u undo{times}")

        def failed(error: PostillaError) -> None:
            self.say(str(error), error=True)

        self.hand.write(work, done, failed)

    # What is taken out -----------------------------------------------------

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
        """Export the annotations with the tag under the cursor."""
        from tui.screens.exporting import ExportScreen

        here, tag = self.tree_list.cursor_id, self.current
        if here is None or (tag is None and here != NO_TAG):
            return
        filters = filter_of(tag)
        count = len(self.library.annotations.select(filters))
        if count:
            self.app.push_screen(ExportScreen(filters, count))
        else:
            self.say("Nothing has this tag yet.")
