"""The answers of the review: each is one act, written while the next is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store import review_acts, safe
from store.errors import PostillaError
from store.model import Change, Entity
from store.review_cards import Card
from tui.keys import by_id, show_keys
from tui.screens.base import LibraryScreen
from tui.screens.entity_review_card import CardView
from tui.screens.entity_review_queue import Decision, Queue
from tui.screens.entity_text import TYPE_WORDS

if TYPE_CHECKING:
    from store.library import Library

Work = Callable[["Library"], object]

_NAME_CELLS = 24


class ReviewActs(LibraryScreen):
    """What a person can say about the question that is shown."""

    queue: Queue

    def __init__(self) -> None:
        super().__init__()
        self.first = 0
        """The side whose name would stay."""
        self.acts = 0
        """How many answers were given, so that what was read before is told."""
        self.pending = 0
        """Answers that are not written yet."""
        self.last_words = ""
        """What was decided last, in words."""

    @property
    def view(self) -> CardView:
        """The card."""
        raise NotImplementedError

    @property
    def shown(self) -> Card | None:
        """The question that stands on the screen, to be answered."""
        raise NotImplementedError

    def next_question(self) -> None:
        """Show what the queue stands on now."""

    def look_again(self) -> None:
        """Look for questions that have become open, and ask the first of them now."""

    def show_keys(self) -> None:
        """Say what each key would do with this question."""

    # Yes and no ------------------------------------------------------------

    def action_yes(self) -> None:
        """They are one; the name has this type; it is a name."""
        self._accept(None)

    def action_settle(self, type: str) -> None:
        """Yes, and of this type."""
        self._accept(type)

    def _accept(self, type: str | None) -> None:
        card = self.shown
        if card is None:
            return
        entities = [side.entity for side in card.sides]
        if card.question.kind == "doubt":
            self._say_name(entities[0], type or entities[0].type)
            return
        keep = entities[self.first]
        if card.question.kind == "types":
            keep = next((one for one in entities if one.type == type), keep)
        self._make_one(keep, [one.id for one in entities if one.id != keep.id], type)

    def _say_name(self, entity: Entity, type: str) -> None:
        decision = Decision(self._at, settled=(entity.id,))
        said = f"{_short(entity.name)}: {TYPE_WORDS[type]}"
        if type == entity.type:
            self._decide(decision, lambda it: it.entities.accept([entity.id]), said)
        else:
            self._decide(decision, lambda it: it.entities.retype(entity.id, type), said)

    def _make_one(self, keep: Entity, others: Sequence[int], type: str | None) -> None:
        decision = Decision(self._at, merged=(keep.id, *others))
        more = f", {TYPE_WORDS[type]}" if type else ""
        self._decide(
            decision,
            lambda it: review_acts.make_one(it.core, keep.id, others, type),
            f"{len(others) + 1} are one, {_short(keep.name)}{more}",
        )

    def action_no(self) -> None:
        """They are not one; it is no name."""
        card = self.shown
        if card is None:
            return
        entities = [side.entity for side in card.sides]
        ids = [one.id for one in entities]
        if card.question.kind == "doubt":
            self._decide(
                Decision(self._at, gone=(ids[0],)),
                lambda it: it.entities.reject(ids),
                f"{_short(entities[0].name)} is no name",
            )
        else:
            names = [_short(one) for one in review_acts.told_apart(entities)]
            self._decide(
                Decision(self._at),
                lambda it: review_acts.keep_apart(it.core, ids),
                f"{' and '.join(names)} kept apart",
            )

    def action_merge_all(self) -> None:
        """Everyone that may be one with the first of these is."""
        card = self.shown
        if card is None:
            return
        if card.question.kind != "one":
            self.say("This asks about one name; y and n answer it.")
            return
        keep = card.sides[self.first].entity
        head = card.sides[0].entity.id
        everyone = dict.fromkeys((head, *self.queue.beside(card.question)))
        self._make_one(keep, [one for one in everyone if one != keep.id], None)

    # Mending ---------------------------------------------------------------

    def action_reject_form(self) -> None:
        """Nothing that is written so is a name, whoever was meant."""
        passage = self.view.passage if self.shown else None
        if passage is not None:
            form = passage.surface
            self._decide(
                Decision(self._at, answers=False),
                lambda it: it.entities.reject_form(form),
                f"“{_short(form)}” is no name anywhere",
            )

    def action_reject_here(self) -> None:
        """The marked passage alone names nobody."""
        passage = self.view.passage if self.shown else None
        if passage is not None:
            mention = passage.mention
            self._decide(
                Decision(self._at, answers=False),
                lambda it: it.entities.reject_mentions([mention]),
                f"one “{_short(passage.surface)}” is no name",
            )

    def action_split(self) -> None:
        """Whatever is written like the marked passage is somebody else."""
        passage, side = self.view.passage, self.view.side
        if self.shown is None or passage is None or side is None:
            return
        entity, form = side.entity, passage.surface
        self._decide(
            Decision(self._at, answers=False),
            lambda it: it.entities.split(entity.id, form=form),
            f"“{_short(form)}” split from {_short(entity.name)}",
        )

    def action_edit(self) -> None:
        """Give the name that stays another form."""
        from tui.screens.entity_rename import ask_name

        card = self.shown
        if card is None:
            return
        entity = card.sides[self.first].entity
        place, answers = self._at, card.question.kind == "doubt"

        def take(name: str, other: Entity | None) -> None:
            if other is None:
                self._decide(
                    Decision(place, settled=(entity.id,), answers=answers),
                    lambda it: it.entities.rename(entity.id, name),
                    f"{_short(entity.name)} is called {_short(name)} now",
                )
            else:
                self._decide(
                    Decision(place, merged=(other.id, entity.id), answers=answers),
                    lambda it: it.entities.merge(other.id, [entity.id]),
                    f"{_short(entity.name)} and {_short(other.name)} are one",
                )

        ask_name(self, entity, take)

    # Saving and taking back ------------------------------------------------

    @property
    def _at(self) -> int:
        place = self.queue.place
        return -1 if place is None else place

    def _decide(self, decision: Decision, work: Work, said: str) -> None:
        """Go on at once, and write the answer meanwhile."""
        if not self.may_write():
            return

        def write(library: Library) -> None:
            before = library.history.here("window")
            work(library)
            after = library.history.here("window")
            decision.change = after if after != before else None

        def failed(error: PostillaError) -> None:
            if decision in self.queue.decisions:
                self.queue.take_back(decision)
            self.last_words = ""
            self._saved()
            self.say(str(error), error=True)
            self.refresh_from_library()

        self.last_words = f"{said} · {self.key_of('review.undo')} undo"
        self._begun()
        self.queue.answer(decision)
        self.hand.write(write, lambda _: self._saved(), failed)
        self.next_question()

    def key_of(self, action: str) -> str:
        """The key of an action of the review, as the screen names it."""
        return show_keys(by_id(action, self.postilla.key_actions)).partition(" ")[0]

    def action_undo(self) -> None:
        """Take back what was decided last here, and ask it again; else whatever this
        window did last."""
        if not self.queue.decisions:
            self.hand.write(lambda library: library.history.undo(), self._undone)
            return
        decision = self.queue.decisions[-1]
        self.queue.take_back(decision)
        self.last_words = ""

        def write(library: Library) -> None:
            if decision.change is not None:
                library.history.undo_only(decision.change)

        def failed(error: PostillaError) -> None:
            self._saved()
            self.say(str(error), error=True)
            self.refresh_from_library()

        self._begun()
        self.hand.write(write, lambda _: self._saved(), failed)
        self.next_question()

    def _undone(self, change: Change) -> None:
        """What an earlier review decided is open again."""
        self.say(f"Undone: {change.act}")
        self.look_again()

    def _begun(self) -> None:
        self.acts += 1
        self.pending += 1

    def _saved(self) -> None:
        self.pending -= 1

    # Going -----------------------------------------------------------------

    def action_later(self) -> None:
        """Leave it open and go on; it comes round again."""
        if not self.queue.leave_for_later():
            self.say("This is the only question left.")
        self.next_question()

    def action_before(self) -> None:
        """The open question before this one."""
        self.queue.step(-1)
        self.next_question()

    def action_swap(self) -> None:
        """Let the other name stay."""
        card = self.shown
        if card is not None and card.question.kind == "one":
            self.first = 1 - self.first
            self.view.show(card, self.first)
            self.show_keys()

    def action_mark_passage(self, by: int) -> None:
        """Mark another passage."""
        self.view.mark(self.view.marked + by)
        self.show_keys()

    def action_page(self, by: int) -> None:
        """Scroll a card that is too long."""
        if by > 0:
            self.view.scroll_page_down(animate=False)
        else:
            self.view.scroll_page_up(animate=False)

    def action_open(self) -> None:
        """Read the marked passage in its document; coming back leads here."""
        card, passage = self.shown, self.view.passage
        if card is not None and passage is not None:
            documents = [one.document for side in card.sides for one in side.passages]
            self.postilla.reading_list = tuple(dict.fromkeys(documents))
            self.postilla.open_document(passage.document, passage.start, passage.end)

    def action_copy(self) -> None:
        """Copy the name."""
        card = self.shown
        if card is not None:
            self.postilla.copy_text(card.sides[self.first].entity.name)


def _short(name: str) -> str:
    return safe.line(" ".join(name.split()), _NAME_CELLS)
