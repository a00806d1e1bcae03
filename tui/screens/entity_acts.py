"""What is done with the entities of the list, or with the line of the page under the
cursor: merge, rename, retype, accept, reject, split."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store import review_acts
from store.annotation_rows import AnnotationFilter
from store.entity_rows import ORDERS, EntityFilter
from store.errors import PostillaError
from store.model import NAME_TYPES, Entity
from store.review import Question
from tui.screens.base import LibraryScreen
from tui.screens.entity_parts import Form, Named
from tui.screens.entity_text import ORDER_WORDS, TYPE_WORDS, proposals_of
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.screens.entity_review import ReviewScreen


class EntityActs(LibraryScreen):
    """The actions of the Entities screen."""

    filters: EntityFilter
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

    def here(self) -> Named | Form | None:
        """What of the page is under the cursor, if it is in the page."""
        raise NotImplementedError

    def choose_form(self) -> None:
        """Go to the ways in which the entity is written."""
        raise NotImplementedError

    @property
    def targets(self) -> tuple[int, ...]:
        """Whom an act is about: who is under the cursor of the page, else the marked
        ones, else who is under the cursor of the list."""
        here = self.here()
        return (here.id,) if isinstance(here, Named) else self.list.targets

    def action_order(self) -> None:
        """Choose what the list is ordered by."""
        from tui.screens.dialogs import Choose

        def ordered(order: str | None) -> None:
            if order is not None:
                self.order, self.reverse = order, False
                self.refresh_from_library()

        options = [(order, ORDER_WORDS[order]) for order in ORDERS]
        self.app.push_screen(Choose("Order by", options, at=self.order), ordered)

    def action_reverse(self) -> None:
        """The other way round."""
        self.reverse = not self.reverse
        self.refresh_from_library()

    def action_merge(self) -> None:
        """Merge the marked entities; with one, show what is proposed for it."""
        targets = self.targets
        if len(targets) > 1:
            self._merge_marked(targets)
            return
        proposals = proposals_of(self.proposals, targets[0]) if targets else []
        if proposals:
            self._review_one(targets[0], proposals)
        elif targets and not self.is_all_proposed:
            self.say("Names are still compared; mark what is one with space.")
        elif targets:
            self.say("Nothing is proposed for this one; mark what is one with space.")

    def _merge_marked(self, targets: Sequence[int]) -> None:
        from tui.screens.dialogs import Choose

        if not self.may_write():
            return
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
        if self.list.ids or self.filters != EntityFilter():
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

    def _review_one(self, entity: int, questions: Sequence[Question]) -> None:
        from tui.screens.entity_review import ReviewScreen

        one = self.library.entities.rows([entity]).get(entity)
        self.postilla.lay_over(ReviewScreen(questions, about=one.name if one else ""))

    # Saying what is what ----------------------------------------------------

    def action_edit(self) -> None:
        """Give the entity another name; on a way of writing it, that one."""
        from tui.screens.entity_rename import ask_name

        entity, here = self.current, self.here()
        if entity is None:
            return

        def take(name: str, other: Entity | None) -> None:
            if other is not None:
                self.hand.write(
                    lambda library: library.entities.merge(other.id, [entity.id]),
                    lambda kept: self._merged(kept, 2),
                )
                return
            self.hand.write(
                lambda library: library.entities.rename(entity.id, name),
                lambda kept: self.say(f"Renamed to {kept.name} · u undo"),
            )

        ask_name(self, entity, take, here.written if isinstance(here, Form) else "")

    def action_retype(self) -> None:
        """Say whether the marked entities are persons, places …"""
        from tui.screens.dialogs import Choose

        targets = self.targets
        found = list(self.library.entities.rows(targets).values())
        if not found or not self.may_write():
            return

        def chosen(kind: str | None) -> None:
            if kind is not None and any(one.type != kind for one in found):
                self._act(
                    targets,
                    lambda library: review_acts.retype(library.core, targets, kind),
                    lambda kept: f"{_several(kept)}: {TYPE_WORDS[kind]}",
                    is_gone=self.filters.state in ("open", "rejected"),
                )

        types = {one.type for one in found}
        options = [(kind, TYPE_WORDS[kind]) for kind in NAME_TYPES]
        at = types.pop() if len(types) == 1 else ""
        self.app.push_screen(Choose(_is_a(found), options, at=at), chosen)

    def action_accept(self) -> None:
        """Say that the marked names are entities, and go on; also what was rejected."""
        targets = self.targets
        if not targets or not self.may_write():
            return
        is_step = self.filters.state is None and not self.list.marked
        self._act(
            targets,
            lambda library: library.entities.accept(targets),
            lambda kept: f"{_several(kept)} {_are(kept, 'a name', 'names')}",
            is_gone=self.filters.state in ("open", "rejected"),
        )
        if is_step and self.list.has_focus:
            self.list.action_cursor_down()

    def action_reject(self) -> None:
        """Say that the marked names are no entities, now and later; on a way of
        writing one, that nothing written so is a name."""
        here, targets = self.here(), self.targets
        if not targets or not self.may_write():
            return
        if isinstance(here, Form):
            self.hand.write(
                lambda library: library.entities.reject_form(here.written),
                lambda _: self.say(f"“{here.written}” is no name anywhere · u undo"),
            )
            return
        self._act(
            targets,
            lambda library: library.entities.reject(targets),
            lambda gone: f"{_several(gone)} {_are(gone, 'no entity', 'no entities')}",
            is_gone=self.filters.state != "rejected",
        )

    def action_split(self) -> None:
        """Say that whatever is written like the chosen way is somebody else."""
        here = self.here()
        if not isinstance(here, Form):
            if self.list.ids:
                self.choose_form()
                self.say("Choose how somebody else is written; the same key splits it.")
            return
        if self.may_write():
            self.hand.write(
                lambda library: library.entities.split(here.entity, form=here.written),
                lambda new: self.say(f"{new.name} is somebody else now · u undo"),
            )

    def _act(
        self,
        targets: Sequence[int],
        work: Callable[[Library], Sequence[Entity]],
        said: Callable[[Sequence[Entity]], str],
        *,
        is_gone: bool,
    ) -> None:
        """Decide about these; what is not shown any more then (``is_gone``) goes at
        once, so that the next key is about the next name."""
        if not isinstance(self.here(), Named):
            self.list.clear_marks()
        before = self.list.ids

        def failed(error: PostillaError) -> None:
            self.say(str(error), error=True)
            self.refresh_from_library()

        self.hand.write(work, lambda done: self.say(f"{said(done)} · u undo"), failed)
        if is_gone:
            gone = set(targets)
            self.list.set_ids(id for id in before if id not in gone)

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
        """The entity under the cursor of the page or else of the list."""
        here = self.here()
        entity = here.id if isinstance(here, Named) else self.list.cursor_id
        if entity is None:
            return None
        return self.library.entities.rows([entity]).get(entity)


def _several(entities: Sequence[Entity]) -> str:
    return entities[0].name if len(entities) == 1 else f"{len(entities):,} names"


def _are(entities: Sequence[Entity], one: str, several: str) -> str:
    return f"is {one} now" if len(entities) == 1 else f"are {several} now"


def _is_a(found: Sequence[Entity]) -> str:
    return f"{found[0].name} is a" if len(found) == 1 else f"{len(found):,} names are a"
