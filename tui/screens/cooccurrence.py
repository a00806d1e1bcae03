"""What occurs with what: pairs of entities and tags, how often and how strongly."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from store import cooccurrence, cooccurrence_rows
from store.cooccurrence import Pairs, Question
from store.cooccurrence_rows import Pair
from store.errors import PostillaError
from store.model import NAME_TYPES
from store.occurrences import Thing
from tui.keys import bindings
from tui.screens.cooccurrence_acts import CooccurrenceActs
from tui.screens.cooccurrence_text import (
    COLUMNS,
    NOTHING,
    OF_WORDS,
    ORDER_WORDS,
    TYPES,
    UNIT_WORDS,
    explained,
    left_out,
    pair_row,
    title,
)
from tui.screens.counting_dialog import Ask, CountingDialog
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.narrow import NarrowBar
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from store.library import Library


class PairList(VirtualList, inherit_bindings=False):
    """The pairs, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"list--entity-{kind.lower()}" for kind in NAME_TYPES
    }
    DEFAULT_CSS = """
    PairList {
        & > .list--entity-per { color: $entity-per; }
        & > .list--entity-org { color: $entity-org; }
        & > .list--entity-loc { color: $entity-loc; }
        & > .list--entity-product { color: $entity-product; }
        & > .list--entity-event { color: $entity-event; }
        & > .list--entity-work { color: $entity-work; }
    }
    """

    def action_leave(self) -> None:
        """Nothing is at the left of this list."""


class CooccurrenceScreen(CooccurrenceActs):
    """Lies over the five screens."""

    PLACE = "cooccurrence"
    AUTO_FOCUS = "PairList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("cooccurrence")]
    DEFAULT_CSS = """
    CooccurrenceScreen {
        & PairList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; border-title-color: $border; }
        }
        & #explained {
            height: auto;
            max-height: 2;
            padding: 0 1;
            color: $text-muted;
        }
    }
    """

    def __init__(self, words: str = "") -> None:
        """Show the neighbours of ``entity:NAME`` or ``tag:PATH``; without words the
        entities that occur together."""
        super().__init__()
        self.question = Question()
        self._words = words
        self._whose = ""
        self._narrowed = ""
        self._arranged = 0

    def compose_body(self) -> Iterable[Widget]:
        """The pairs, and what the figures mean."""
        yield PairList(self._rows, COLUMNS, markable=False)
        yield NarrowBar(placeholder="words of a name")
        yield Plain(id="explained")

    def on_mount(self) -> None:
        """Ask about what was at hand."""
        super().on_mount()
        if self._words:
            try:
                thing = cooccurrence_rows.find(self.library.core.reader, self._words)
            except PostillaError as error:
                self.say(str(error), error=True)
                self._words = ""
            else:
                self._beside(thing)

    def on_resize(self) -> None:
        """Explain in as many words as there is room for."""
        self._explain()

    @property
    def list(self) -> PairList:
        """The pairs."""
        return self.query_one(PairList)

    def words_at_hand(self) -> str:
        """Other questions are about the same one."""
        return self._words

    def _beside(self, thing: Thing | None) -> None:
        """Show the neighbours of this one, or of no one in particular."""
        self.question = replace(self.question, beside=thing)
        self._whose = self._words = ""
        if thing is not None:
            known = cooccurrence_rows.named(self.library.core.reader, [thing])
            self._whose = known[thing].name if thing in known else ""
            self._words = f"{thing.kind}:{self._whose}" if self._whose else ""

    # Counting --------------------------------------------------------------

    def steps(self, library: Library) -> Iterator[tuple[int, int, Pairs | None]]:
        """Count the pairs."""
        question = replace(self.question, documents=self.filters)
        for step in cooccurrence.count(library.core.reader, question):
            yield step.done, step.total, step.pairs

    def show_answer(self, answer: Pairs) -> None:
        """Show the pairs."""
        self.pairs = answer
        self.show_rows(keep=False)

    def show_rows(self, *, keep: bool) -> None:
        """Show the pairs in the order and narrowed as it is chosen.

        There may be millions, so they are put in order off the screen's thread.
        """
        pairs, order, reverse = self.pairs, self.order, self.reverse
        words = self._narrowed
        self._arranged += 1
        asked = self._arranged

        def arrange(library: Library) -> array[int]:
            numbers: array[int] = array("q")
            if pairs is not None:
                found = pairs.order(order, reverse=reverse)
                if words:
                    found = found[fitting(library, pairs, words)[found]]
                numbers.frombytes(found.astype("int64").tobytes())
            return numbers

        def show(numbers: array[int]) -> None:
            if asked == self._arranged and self.is_mounted:
                self.list.set_ids(numbers, keep=keep)
                self.list.refresh_rows()
                self.show_counts()

        self.hand.ask(arrange, show)

    def _rows(self, numbers: Sequence[int]) -> dict[int, Row]:
        return {n: pair_row(pair) for n, pair in self.read_pairs(numbers).items()}

    def read_pairs(self, numbers: Sequence[int]) -> Mapping[int, Pair]:
        """The pairs of some rows, with their names."""
        if self.pairs is None:
            return {}
        return cooccurrence_rows.rows(self.library.core.reader, self.pairs, numbers)

    def show_counts(self) -> None:
        """What the list is, and in which documents."""
        way = ORDER_WORDS[self.order] + (", reversed" if self.reverse else "")
        count = None if self.pairs is None else len(self.list.ids)
        what = title(self.question, self._whose, count)
        below = [self.documents_in_words(), self.note()]
        if self._narrowed:
            below.append(f'only "{self._narrowed}" · esc shows all')
        if self.question.top is None:
            what += " · all"
        below = [part for part in below if part]
        set_title(self.list, f"{what} · {way}", subtitle=" · ".join(below))
        key = self.first_key("cooccurrence.narrow")
        nothing = NOTHING.format(narrow=key)
        if self.is_counting:
            nothing = "Counting …"
        elif self._narrowed:
            nothing = empty.nothing_left()
        else:
            nothing = self.no_documents() or nothing
        self.list.set_empty(nothing)
        self._explain()

    def _explain(self) -> None:
        text = explained(
            self.question,
            self.pairs,
            narrow=self.size.width < 76 or self.size.height < 20,
        )
        below = self.query_one("#explained", Plain)
        below.display = bool(len(self.list.ids)) or self.is_counting
        below.show(text)

    # What can be done ------------------------------------------------------

    def action_narrow(self) -> None:
        """Choose what is paired, and in what."""
        question = self.question
        rows = [
            Ask("of", "Pairs of", question.of, tuple(OF_WORDS.items())),
            Ask("type", "Type", question.type or "", TYPES),
            Ask(
                "beside",
                "Only with",
                self._words,
                hint="anyone; else a name, or tag:PATH",
            ),
            Ask("unit", "In one", question.unit, tuple(UNIT_WORDS.items())),
            Ask(
                "top",
                "How many",
                "all" if question.top is None else "most",
                [
                    ("most", f"the {cooccurrence.MOST_FREQUENT} most frequent"),
                    ("all", "all, which may take long"),
                ],
            ),
        ]
        dialog = CountingDialog(
            "What occurs with what",
            rows,
            documents=self.filters,
            left_out=left_out,
            check=self._problem,
        )
        self.ask(dialog, self._asked)

    def _meant(self, answer: Mapping[str, str]) -> Question:
        """The question of a dialog's answer. Raises ``NotFound``, ``UsageError``."""
        words = answer["beside"]
        beside = None
        if words:
            beside = cooccurrence_rows.find(self.library.core.reader, words)
        has_type = answer["type"] and answer["of"] != "tags"
        return Question(
            of=answer["of"],
            unit=answer["unit"],
            beside=beside,
            type=answer["type"] if has_type else None,
            top=None if answer["top"] == "all" else cooccurrence.MOST_FREQUENT,
        )

    def _problem(self, answer: Mapping[str, str]) -> str | None:
        try:
            self._meant(answer).check()
        except PostillaError as error:
            return str(error)
        return None

    def _asked(self, answer: dict[str, str]) -> None:
        self.question = self._meant(answer)
        self._beside(self.question.beside)
        self.pairs = None
        self.list.set_ids(())
        self.count_now()

    def action_find(self) -> None:
        """Narrow by words of a name."""
        self.query_one(NarrowBar).open(self._narrowed)

    @on(NarrowBar.Changed)
    def _words_changed(self, event: NarrowBar.Changed) -> None:
        self._narrowed = event.words
        self.show_rows(keep=True)

    @on(NarrowBar.Left)
    def _words_left(self) -> None:
        self.list.focus()

    def action_step_out(self) -> None:
        """Drop a message; then what the list is narrowed to."""
        super().action_step_out()
        if self._narrowed:
            self.query_one(NarrowBar).close()
            self._narrowed = ""
            self.show_rows(keep=True)


def fitting(library: Library, pairs: Pairs, words: str) -> NDArray[numpy.bool_]:
    """The pairs of which one or the other bears each of the words."""
    import numpy

    names = cooccurrence_rows.named(library.core.reader, pairs.things)
    folded = [
        names[one].name.casefold() if one in names else "" for one in pairs.things
    ]
    fits = numpy.ones(len(pairs), dtype=numpy.bool_)
    for word in words.casefold().split():
        bears = numpy.array([word in name for name in folded], dtype=numpy.bool_)
        fits &= bears[pairs.first] | bears[pairs.second]
    return fits
