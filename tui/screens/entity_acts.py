"""What is done with the entities of the list: merge, rename, retype, reject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.annotation_rows import AnnotationFilter
from store.entity_rows import ORDERS
from store.model import NAME_TYPES, Entity
from store.review import Question
from tui.screens.base import LibraryScreen
from tui.screens.entity_text import ORDER_WORDS, TYPE_WORDS, proposals_of
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.screens.entity_review import ReviewScreen


class EntityActs(LibraryScreen):
    """The actions of the Entities screen."""

    order: str
    reverse: bool
    proposals: tuple[Question, ...]
    """Open questions about names, as they were last looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.is_all_proposed = False
        """Whether nothing more is being looked for."""
        self.reviewed: ReviewScreen | None = None
        """The last review, to go on where it was left."""

    @property
    def list(self) -> VirtualList:
        """The list of entities."""
        raise NotImplementedError

    def show_entity(self, entity: int) -> None:
        """Put the cursor on an entity."""
        raise NotImplementedError

    def action_order(self) -> None:
        """Choose what the list is ordered by."""
        from tui.screens.dialogs import Choose

        def ordered(order: str | None) -> None:
            if order is not None:
                self.order, self.reverse = order, False
                self.refresh_from_library()

        options = [(order, ORDER_WORDS[order]) for order in ORDERS]
        self.app.push_screen(Choose("Order by", options), ordered)

    def action_reverse(self) -> None:
        """The other way round."""
        self.reverse = not self.reverse
        self.refresh_from_library()

    def action_merge(self) -> None:
        """Merge the marked entities; with one, show what is proposed for it."""
        targets = self.list.targets
        if len(targets) > 1:
            self._merge_marked(targets)
            return
        proposals = proposals_of(self.proposals, targets[0]) if targets else []
        if proposals:
            self._review(proposals)
        elif targets:
            self.say("Nothing is proposed for this one; mark what is one with space.")

    def _merge_marked(self, targets: Sequence[int]) -> None:
        from tui.screens.dialogs import Choose

        rows = self.library.entities.rows(targets)
        found = sorted(rows.values(), key=lambda one: (-one.documents, one.name))
        options = [
            (str(one.id), f"{one.name} · {one.type} · {one.documents:,} documents")
            for one in found
        ]

        def chosen(keep: str | None) -> None:
            if keep is not None:
                others = [one.id for one in found if str(one.id) != keep]
                self.list.clear_marks()
                self.hand.write(
                    lambda library: library.entities.merge(int(keep), others),
                    lambda kept: self._merged(kept, len(others) + 1),
                )

        title = f"Merge {len(found)} entities: which name stays?"
        self.app.push_screen(Choose(title, options), chosen)

    def _merged(self, kept: Entity, count: int) -> None:
        self.say(f"{count} entities are one now, {kept.name} · u undo")
        self.show_entity(kept.id)

    def action_review(self) -> None:
        """Go through the open questions about names; looked for now if none are known
        yet. One that was left in the midst goes on there."""
        if self.list.ids:
            known = self.proposals if self.proposals or self.is_all_proposed else None
            self._review(known, is_all=self.is_all_proposed)
        else:
            self.say("No question about names is open.")

    def _review(
        self, questions: Sequence[Question] | None, *, is_all: bool = True
    ) -> None:
        from tui.screens.entity_review import ReviewScreen

        last = self.reviewed
        start = None if last is None else last.queue.current
        self.reviewed = ReviewScreen(questions, is_all=is_all, start=start)
        self.postilla.lay_over(self.reviewed)

    def action_edit(self) -> None:
        """Give the entity under the cursor another name."""
        from tui.screens.dialogs import Prompt

        entity = self.current
        if entity is None:
            return

        def renamed(name: str | None) -> None:
            if name is not None and name.strip() != entity.name:
                self.hand.write(
                    lambda library: library.entities.rename(entity.id, name),
                    lambda kept: self.say(f"Renamed to {kept.name} · u undo"),
                )

        def check(name: str) -> str | None:
            return None if name.strip() else "An entity needs a name."

        prompt = Prompt("New name", entity.name, check=check)
        self.app.push_screen(prompt, renamed)

    def action_retype(self) -> None:
        """Say whether the entity under the cursor is a person, a place …"""
        from tui.screens.dialogs import Choose

        entity = self.current
        if entity is None:
            return

        def chosen(kind: str | None) -> None:
            if kind is not None and kind != entity.type:
                self.hand.write(
                    lambda library: library.entities.retype(entity.id, kind),
                    lambda kept: self.say(
                        f"{kept.name}: {TYPE_WORDS[kept.type]} · u undo"
                    ),
                )

        options = [(kind, TYPE_WORDS[kind]) for kind in NAME_TYPES]
        self.app.push_screen(Choose(f"{entity.name} is a", options), chosen)

    def action_reject(self) -> None:
        """Say that the marked names are no entities, now and later."""
        targets = self.list.targets
        if targets:
            self.list.clear_marks()
            self.hand.write(
                lambda library: library.entities.reject(targets),
                lambda gone: self.say(f"{_rejected(gone)} · u undo"),
            )

    def action_copy(self) -> None:
        """Copy the name."""
        if self.current is not None:
            self.postilla.copy_text(self.current.name)

    def action_export(self) -> None:
        """Export the annotations in the documents that name the entity."""
        entity = self.current
        if entity is None:
            return

        def read(library: Library) -> list[int]:
            documents = {one for one, _ in library.entities.documents(entity.id)}
            found = library.annotations.select()
            return [one.id for one in found if one.document in documents]

        def show(ids: list[int]) -> None:
            from tui.screens.exporting import ExportScreen

            if ids:
                shown = AnnotationFilter(ids=ids)
                self.app.push_screen(ExportScreen(shown, len(ids)))
            else:
                self.say(f"No document that names {entity.name} is annotated.")

        self.hand.ask(read, show)

    @property
    def current(self) -> Entity | None:
        """The entity under the cursor."""
        entity = self.list.cursor_id
        if entity is None:
            return None
        return self.library.entities.rows([entity]).get(entity)


def _rejected(gone: Sequence[Entity]) -> str:
    if len(gone) == 1:
        return f"{gone[0].name} is no entity now"
    return f"{len(gone):,} names are no entities now"
