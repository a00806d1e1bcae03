"""Where tags stand in the tree: below which one, and before which sibling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.model import Tag
from tui.screens.codebook_acts import CodebookActs
from tui.screens.codebook_text import places_for, sibling_above

if TYPE_CHECKING:
    from store.library import Library

_TOP = "0"
"""Answer for the top; no tag has it as its id."""


class CodebookMoves(CodebookActs):
    """The actions that move tags. Several that are marked move in one act."""

    def action_move(self) -> None:
        """Place the marked tags, or this one, below another that is looked for."""
        from tui.screens.dialogs import Choose

        moved = self.chosen_tags
        if not moved:
            return
        what = moved[0].path if len(moved) == 1 else f"{len(moved)} tags"
        options = [(str(tag.id), tag.path) for tag in places_for(self.tags, moved)]
        if any(tag.parent is not None for tag in moved):
            options.insert(0, (_TOP, "(the top)"))

        def chosen(place: str | None) -> None:
            if place is not None:
                parent = None if place == _TOP else int(place)
                self._put_below([(tag, parent) for tag in moved])

        if options:
            self.app.push_screen(Choose(f"Place {what} under", options), chosen)
        else:
            self.say("There is no other tag to place it under.")

    def action_nest(self) -> None:
        """Put the tags below the one above the first of them on its level."""
        moved = self.chosen_tags
        if not moved:
            return
        above = sibling_above(self.tags, moved[0])
        if above is None:
            self.say(f"No tag stands above {moved[0].name} on its level.")
        else:
            self._put_below([(tag, above.id) for tag in moved])

    def action_unnest(self) -> None:
        """Put the tags one level up, beside those they were below."""
        chosen = self.chosen_tags
        moved = [tag for tag in chosen if tag.parent is not None]
        if moved:
            self._put_below([(tag, self._above_parent(tag)) for tag in moved])
        elif chosen:
            at = "are" if len(chosen) > 1 else "is"
            what = chosen[0].name if len(chosen) == 1 else "They"
            self.say(f"{what} {at} at the top already.")

    def _above_parent(self, tag: Tag) -> int | None:
        parent = self.by_id.get(tag.parent or 0)
        return None if parent is None else parent.parent

    def _put_below(self, moves: Sequence[tuple[Tag, int | None]]) -> None:
        self.tree_list.clear_marks()

        def work(library: Library) -> list[Tag]:
            return library.codebook.place([(tag.id, above) for tag, above in moves])

        def done(found: list[Tag]) -> None:
            first = found[0]
            words = f"Now it is {first.path}"
            if len(found) > 1:
                words = f"{len(found)} tags moved; the first is {first.path}"
            self.say(f"{words} · u undo")
            self.show_tag(first.id)

        self.hand.write(work, done)

    def action_shift(self, steps: int) -> None:
        """Put the tag further down (or, below 0, up) among its siblings."""
        tag = self.current
        if tag is None:
            return
        level = [one.id for one in self.tags if one.parent == tag.parent]
        place = level.index(tag.id) + steps
        if not 0 <= place < len(level):
            end = "last" if steps > 0 else "first"
            self.say(f"{tag.name} is the {end} on its level.")
            return
        self.hand.write(
            lambda library: library.codebook.shift(tag.id, steps),
            lambda moved: self.show_tag(moved.id),
        )
