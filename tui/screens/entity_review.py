"""The review of names: one question after the other, each answered with one key.

The next question stands there before the last answer is written: cards are read
ahead, and what an answer settles elsewhere is told without asking the library, which
corrects it as soon as it is written. No key answers a question that is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget

from store import review
from store.review import KINDS, Question
from store.review_cards import Card, card
from tui.keys import bindings, parse, show_way
from tui.screens import entity_review_text as words
from tui.screens.counting_work import Work
from tui.screens.entity_review_acts import ReviewActs
from tui.screens.entity_review_card import MOST_PASSAGES, CardView
from tui.screens.entity_review_queue import Queue
from tui.widgets.plain import Plain, set_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.library import Library

AHEAD = 8
"""Questions whose cards are read before they are asked."""

MANY = 8_000
"""Names that take longer to compare than a person likes to wait."""

Cards = dict[int, Card | None]


@dataclass(frozen=True, slots=True)
class Looked:
    """Open questions that were found."""

    questions: tuple[Question, ...]
    is_all: bool = True
    """Whether nothing more is looked for."""


class ReviewScreen(ReviewActs):
    """Lies over Entities."""

    PLACE = "review"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]
    DEFAULT_CSS = """
    ReviewScreen {
        & #body { height: 1fr; }
        & #question, & #keys { border: solid $border-blurred; }
        & #question { width: 1fr; border: solid $border; border-title-color: $border;
            border-subtitle-color: $text-muted; }
        & CardView { height: 1fr; }
        & #keys { width: 44; padding: 0 1; border-title-color: $text-muted;
            scrollbar-size-vertical: 1; }
        & #keys > Plain { height: auto; }
        &.-narrow #body, &.-tiny #body { layout: vertical; }
        &.-narrow #question, &.-tiny #question { width: 100%; height: 1fr; }
        &.-narrow #keys, &.-tiny #keys {
            width: 100%; height: auto; max-height: 50%;
        }
        &.-tiny #keys { display: none; }
        &.-tiny.-keys #keys { display: block; }
        &.-no-keys #keys { display: none; }
    }
    """

    def __init__(
        self,
        questions: Sequence[Question] | None = None,
        *,
        is_all: bool = True,
        start: Question | None = None,
        about: str = "",
    ) -> None:
        """Ask ``questions``, from ``start`` on if it is still among them; more are to
        come by ``more`` unless these are all. If none are given they are looked for.
        ``about`` is the only name that they are about, if they are not all."""
        super().__init__()
        self.queue = Queue(questions or ())
        self.queue.start_at(start)
        self._about = about
        self._whom = {one for question in questions or () for one in question.entities}
        self._is_given = questions is not None
        self._is_read = self._is_given and is_all
        self._looking: Work[Looked] | None = None
        self._cards: dict[int, Card] = {}
        self._shown: int | None = None
        self._asked = 0

    def compose_body(self) -> Iterable[Widget]:
        """The question, and what each key does with it."""
        with Horizontal(id="body"):
            with Vertical(id="question"):
                yield CardView()
            with VerticalScroll(id="keys", can_focus=False):
                yield Plain()

    def on_mount(self) -> None:
        """Ask the first question; look for all of them where none were given."""
        super().on_mount()
        set_title(self.query_one("#keys"), "Keys")
        if not self._is_given:
            self._looking = Work(self, look, self.more, self._not_looked)
        self._show()
        self._read_ahead()

    def on_unmount(self) -> None:
        """Nobody waits for more questions."""
        if self._looking is not None:
            self._looking.stop()

    def on_resize(self) -> None:
        """As many passages as there is room for."""
        self.view.fit(self.size.width, self.size.height)
        self.show_keys()

    @property
    def view(self) -> CardView:
        """The card."""
        return self.query_one(CardView)

    @property
    def shown(self) -> Card | None:
        """The question that stands on the screen, to be answered."""
        return self.view.card if self._shown == self.queue.place else None

    # What is asked ---------------------------------------------------------

    def more(self, found: Looked) -> None:
        """Ask these too, if more were to come."""
        if self.is_mounted and not self._is_read:
            self._is_read = found.is_all
            self.queue.add(found.questions)
            self._show()
            self._read_ahead()

    def look_again(self) -> None:
        """Look for questions that have become open, and ask the first of them now."""
        if self._looking is not None:
            self._looking.stop()
        acts = self.acts

        def reopened(found: Looked) -> None:
            wanted = [
                one
                for one in found.questions
                if not self._about or self._whom.intersection(one.entities)
            ]
            if not self.is_mounted:
                return
            self._is_read = self._is_read or found.is_all
            first = self.queue.add(wanted)
            if first is not None and acts == self.acts:
                self.queue.go_to(first)
            self.next_question()

        self._looking = Work(self, look, reopened, self._not_looked)

    def _not_looked(self, error: BaseException) -> None:
        self._is_read = True
        self.postilla.trouble(error)
        self._show()

    def refresh_from_library(self) -> None:
        """Read the cards again: what was decided may have changed them."""
        self._ask(self.queue.ahead(AHEAD), is_again=True)

    def _read_ahead(self) -> None:
        ahead = self.queue.ahead(AHEAD)
        self._ask([place for place in ahead if place not in self._cards])

    def _ask(self, places: Sequence[int], *, is_again: bool = False) -> None:
        """Read cards. What was read while an answer was being written tells nothing
        of what is open, so that only new cards are taken from it."""
        if not places:
            return
        self._asked += is_again
        asked, acts = self._asked, self.acts
        is_quiet = not self.pending
        wanted = {place: self.queue.questions[place] for place in places}

        def read(library: Library) -> Cards:
            if is_again and asked != self._asked:
                return {}
            return {
                place: card(library.core, question, MOST_PASSAGES)
                for place, question in wanted.items()
            }

        def take(found: Cards) -> None:
            if self.is_mounted:
                self._take(found, is_sure=is_quiet and acts == self.acts)

        self.hand.ask(read, take)

    def _take(self, found: Cards, *, is_sure: bool) -> None:
        for place, one in found.items():
            if one is not None and (is_sure or place not in self._cards):
                self._cards[place] = one
            elif one is None and is_sure:
                self._cards.pop(place, None)
                self.queue.drop(place)
        if not found:
            return
        self._show()
        self._read_ahead()

    def _show(self) -> None:
        """Show the present question if its card is there, or that none is left."""
        place = self.queue.place
        if place is None:
            self._shown = None
            self.view.say(self._nothing())
            set_title(self.query_one("#question"), "Review of names")
            self.show_place(words.PLACES[None])
            self.show_keys()
            return
        one = self._cards.get(place)
        question = self.queue.questions[place]
        if one is None:
            self._shown = None
            self.view.say("Reading the next question …")
            set_title(self.query_one("#question"), "Review of names")
            self.show_keys()
            return
        title = words.title(question.kind, self.queue.count, len(self.queue.later))
        key = self.key_of("review.narrow")
        below = self.last_words or words.only(self.queue.only, key)
        set_title(self.query_one("#question"), title, subtitle=below)
        if self._shown != place:
            self.first = 0
            self.show_place(words.PLACES[question.kind])
        elif one == self.view.card:
            return
        self._shown = place
        self.view.show(one, self.first)
        self.show_keys()

    def _nothing(self) -> str:
        if not self._is_read:
            return "Comparing the names…"
        if self.queue.only is not None:
            key = self.key_of("review.narrow")
            return (
                f"No more {words.KIND_WORDS[self.queue.only]}. {key} asks the others."
            )
        if self._about:
            back = self.key_of("back")
            return f"No more is asked about {self._about}. {back} leads back."
        return "Nothing is left to decide. What was decided is never asked again."

    def show_keys(self) -> None:
        """Say what each key would do with this question."""
        one, chosen, side = self.shown, self.view.passage, self.view.side
        if one is None:
            self.query_one("#keys > Plain", Plain).show("")
            return
        found = words.answers(
            one,
            self.first,
            len(self.queue.beside(one.question)),
            chosen.surface if chosen else one.sides[0].entity.name,
            may_split=side is not None and bool(side.entity.aliases),
        )
        keys = {
            action.id: show_way(parse(action.keys)[0])
            for action in self.postilla.key_actions
            if action.where == "review" and action.keys
        }
        legend = words.legend(found, keys, is_column=self.size.width >= 100)
        self.query_one("#keys > Plain", Plain).show(legend)

    def next_question(self) -> None:
        """Show what the queue stands on now."""
        self._show()
        self._read_ahead()

    @on(CardView.Marked)
    def _marked(self) -> None:
        self.show_keys()

    # Which questions -------------------------------------------------------

    def action_narrow(self) -> None:
        """Only one kind of question; after the last, all."""
        there = [None, *(kind for kind in KINDS if kind in self.queue.kinds())]
        at = there.index(self.queue.only) if self.queue.only in there else -1
        kind = there[(at + 1) % len(there)]
        self.queue.narrow(kind)
        self.last_words = ""
        self.next_question()

    def action_toggle_panel(self) -> None:
        """Show or hide what each key does."""
        self.toggle_class("-keys" if self.has_class("-tiny") else "-no-keys")

    def action_step_out(self) -> None:
        """Back to Entities."""
        self.app.pop_screen()


def look(library: Library) -> Iterator[tuple[int, int, Looked | None]]:
    """Look for all open questions; where there are many names, what need not wait for
    the comparing of all comes first."""
    quick = review.quick_questions(library.core)
    if len(library.entities.ids()) > MANY:
        yield 1, 2, Looked(tuple(quick), is_all=False)
    yield 2, 2, Looked((*review.merges(library.core), *quick))
