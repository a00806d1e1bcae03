"""What is done with tags of the codebook: add, rename, define, merge, delete."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from store.codebook import MergeCost, problem_with_path
from store.model import Tag
from tui.screens.annotation_text import several
from tui.screens.base import LibraryScreen
from tui.screens.codebook_text import merge_question, topmost
from tui.widgets.tag_tree import TagTree
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.screens.codebook_dialog import Definition


class CodebookActs(LibraryScreen):
    """The actions of the Codebook screen on tags themselves."""

    tags: tuple[Tag, ...]
    """The codebook as it was read last, in the order of the tree."""
    by_id: Mapping[int, Tag]
    """The same tags."""

    @property
    @abstractmethod
    def tree_list(self) -> TagTree:
        """The tree of tags."""

    @property
    @abstractmethod
    def tagged(self) -> VirtualList:
        """The annotations with the tag under the cursor."""

    @property
    def current(self) -> Tag | None:
        """The tag under the cursor; ``None`` on the row for what has none."""
        here = self.tree_list.cursor_id
        return None if here is None else self.by_id.get(here)

    @property
    def marked_tags(self) -> list[Tag]:
        """The marked tags, in the order of the tree."""
        return [tag for tag in self.tags if tag.id in self.tree_list.marked]

    @property
    def chosen_tags(self) -> list[Tag]:
        """The marked tags, else the one under the cursor; none below another one."""
        here = [] if self.current is None else [self.current]
        return topmost(self.tags, [tag.id for tag in self.marked_tags or here])

    def tag_here(self) -> Tag | None:
        """The same, for what is done with it: says so where there is none."""
        if self.current is None:
            self.say("There is no tag here; a adds one.")
        return self.current

    def show_tag(self, tag: int) -> None:
        """Put the cursor on a tag, now or when the tree knows it."""
        raise NotImplementedError

    def change(self, work: Callable[[Library], Tag], words: str) -> None:
        """Write one change, say what was done, go to the tag."""

        def done(tag: Tag) -> None:
            self.say(f"{words.format(tag.path)} · u undo")
            self.show_tag(tag.id)

        self.hand.write(work, done)

    # One tag ---------------------------------------------------------------

    def action_add(self) -> None:
        """Ask for the path of a new tag, beginning below the one under the cursor."""
        from tui.screens.dialogs import Prompt

        if not self.may_write():
            return
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
                self.change(lambda library: library.codebook.add(path), "Tag {} added")

        start = f"{here.path}/" if here else ""
        prompt = Prompt("New tag; / parts levels", start, check=check)
        self.app.push_screen(prompt, added)

    def action_edit(self) -> None:
        """Ask for another name."""
        from tui.screens.dialogs import Prompt

        tag = self.tag_here()
        if tag is None or not self.may_write():
            return

        def check(name: str) -> str | None:
            if "/" in name:
                return "A name cannot hold /; p places the tag elsewhere."
            return problem_with_path(name)

        def renamed(name: str | None) -> None:
            if name and name.strip() != tag.name:
                self.change(
                    lambda library: library.codebook.rename(tag.id, name),
                    "Renamed to {}",
                )

        prompt = Prompt(f"New name of {tag.path}", tag.name, check=check)
        self.app.push_screen(prompt, renamed)

    def action_define(self) -> None:
        """Say what the tag means, its letter, its colour."""
        from tui.screens.codebook_dialog import DefineDialog

        tag = self.tag_here()
        if tag is None or not self.may_write():
            return

        def defined(values: Definition | None) -> None:
            if values is not None:
                self.change(
                    lambda library: library.codebook.define(tag.id, **asdict(values)),
                    "{} defined",
                )

        self.app.push_screen(DefineDialog(tag), defined)

    def action_memo(self) -> None:
        """Write the memo of the tag."""
        from tui.screens.memo import edit_tag_memo

        tag = self.tag_here()
        if tag is not None:
            edit_tag_memo(self.postilla, tag.id)

    # Several tags ----------------------------------------------------------

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
            self.tag_here()
            return
        if not self.may_write():
            return
        options = [
            (str(tag.id), f"{tag.path} · {several(tag.annotations)}") for tag in offered
        ]

        def chosen(keep: str | None) -> None:
            kept = next((tag for tag in offered if str(tag.id) == keep), None)
            if kept is not None:
                self._cost_of_merge(kept, [tag for tag in marked if tag is not kept])

        if options:
            self.app.push_screen(Choose(title, options), chosen)
        else:
            self.say("There is no other tag.")

    def _cost_of_merge(self, keep: Tag, others: Sequence[Tag]) -> None:
        """Count what it would touch, then ask whether."""
        ids = [keep.id, *(tag.id for tag in others)]

        def ask(cost: MergeCost) -> None:
            self._confirm_merge(keep, others, cost)

        self.hand.ask(lambda library: library.codebook.merge_cost(ids), ask)

    def _confirm_merge(self, keep: Tag, others: Sequence[Tag], cost: MergeCost) -> None:
        from tui.screens.dialogs import Confirm

        def confirmed(yes: bool | None) -> None:
            if yes:
                self.tree_list.clear_marks()
                ids = [tag.id for tag in others]
                self.change(
                    lambda library: library.codebook.merge(keep.id, ids),
                    f"Merged {len(ids) + 1} tags into {{}}",
                )

        question = merge_question(keep, others, cost)
        self.app.push_screen(Confirm(question, "Merge"), confirmed)

    def action_delete(self) -> None:
        """Delete the marked tags, or this one, with what is below; undo restores."""
        gone = self.chosen_tags
        if not gone:
            self.tag_here()
            return
        self.tree_list.clear_marks()
        ids = [tag.id for tag in gone]

        def work(library: Library) -> int:
            had = len(library.codebook.bearing(ids))
            library.codebook.delete_all(ids)
            return had

        def done(count: int) -> None:
            what = gone[0].path if len(gone) == 1 else f"{len(gone)} tags"
            lost = f"; {several(count)} lost {'it' if len(gone) == 1 else 'them'}"
            self.say(f"{what} deleted{lost if count else ''} · u undo")

        self.hand.write(work, done)
