"""Agreement of coders: a figure for each tag, with all that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from store.agreement import Agreement, Question, of_attributes, of_tags
from store.errors import PostillaError
from tui.keys import bindings
from tui.screens.agreement_dialog import AgreementDialog, Asked
from tui.screens.base import LibraryScreen
from tui.screens.table_out import save_table
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

HEADER = (
    *("what", "unit", "untagged", "coders", "documents", "units", "all_marked"),
    *("some_marked", "none_marked", "percent", "kappa", "alpha", "level"),
)
"""Columns of the table taken out: the fields of ``Agreement``."""

COLUMNS = (
    Column("what", width=14, flex=1),
    Column("units", width=9, align="right", drop_below=44),
    Column("all", width=7, align="right", drop_below=52),
    Column("some", width=7, align="right", drop_below=60),
    Column("none", width=9, align="right", drop_below=70),
    Column("agree", width=6, align="right", drop_below=36),
    Column("kappa", width=6, align="right"),
    Column("alpha", width=6, align="right", drop_below=28),
)

WORDS = {
    "character": "by character",
    "sentence": "by sentence",
    "paragraph": "by paragraph",
    "document": "by document",
}

NOTHING = """Nothing can be compared yet.

{reason}

Each coder gives a name in the configuration (coder = "…").
Say with C in the reader that your coding of a document is done.
  f  choose what is compared
  B  hide coders from each other until both are done"""


class AgreementList(VirtualList, inherit_bindings=False):
    """The figures, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    def action_leave(self) -> None:
        """Nothing is at the left of this list."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found out, or why nothing could be."""

    rows: Sequence[Agreement]
    problem: str
    blind: bool
    done: int


class AgreementScreen(LibraryScreen):
    """Lies over the five screens."""

    PLACE = "agreement"
    AUTO_FOCUS = "AgreementList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("agreement")]
    DEFAULT_CSS = """
    AgreementScreen {
        & AgreementList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; border-title-color: $border; }
        }
        & #basis { height: auto; max-height: 4; padding: 0 1; background: $panel; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked(Question())
        self._rows: Sequence[Agreement] = ()
        self._number = 0

    def compose_body(self) -> Iterable[Widget]:
        """The figures, and what they rest on."""
        yield AgreementList(self._row, COLUMNS, markable=False)
        yield Plain(id="basis")

    @property
    def list(self) -> AgreementList:
        """The figures."""
        return self.query_one(AgreementList)

    def _row(self, ids: Sequence[int]) -> dict[int, Row]:
        return {at: agreement_row(self._rows[at]) for at in ids if at < len(self._rows)}

    def refresh_from_library(self) -> None:
        """Ask again."""
        self._number += 1
        number, asked = self._number, self.asked
        set_title(self.list, "Agreement · comparing …")

        def show(answer: Answer) -> None:
            if number == self._number and self.is_mounted:
                self._show(answer)

        self.hand.ask(lambda library: compare(library, asked), show)

    def _show(self, answer: Answer) -> None:
        self._rows = answer.rows
        self.list.set_empty(NOTHING.format(reason=answer.problem))
        self.list.set_ids(range(len(answer.rows)))
        self.list.refresh_rows()
        set_title(self.list, "Agreement · " + basis(self.asked, answer.rows))
        self.query_one("#basis", Plain).show(below(answer))

    def action_narrow(self) -> None:
        """Choose coders, unit, and what is done with untagged text."""
        coders = [one.name for one in self.library.coders.list()]
        collections = [one.name for one in self.library.collections.list()]

        def chosen(asked: Asked | None) -> None:
            if asked is not None:
                self.asked = asked
                self.refresh_from_library()

        dialog = AgreementDialog(self.asked, coders, collections)
        self.app.push_screen(dialog, chosen)

    def action_toggle_blind(self) -> None:
        """Hide coders from each other, or no longer."""
        on = not self.library.coders.blind
        words = "on: coders are hidden until both are done" if on else "off"
        self.hand.write(
            lambda library: library.coders.set_blind(on),
            lambda _: self.say(f"Blind coding is {words} · u undo"),
        )

    def action_copy(self) -> None:
        """Copy the figures as lines."""
        lines = ["\t".join(HEADER)]
        lines += ["\t".join(map(str, out_row(one))) for one in self._rows]
        self.postilla.copy_text("\n".join(lines))

    def action_export(self) -> None:
        """Take the figures out as CSV."""
        if self._rows:
            rows = [out_row(one) for one in self._rows]
            save_table(self.postilla, "agreement.csv", HEADER, rows)


def compare(library: Library, asked: Asked) -> Answer:
    """The figures, or the sentence that says why there are none."""
    coders = library.coders
    done = next((one.done for one in coders.list() if one.you), 0)
    question = asked.question
    if question.documents.collection is None and asked.collection:
        documents = replace(question.documents, collection=asked.collection)
        question = replace(question, documents=documents)
    answer = of_attributes if asked.of == "attributes" else of_tags
    try:
        return Answer(answer(library.core, question), "", coders.blind, done)
    except PostillaError as error:
        return Answer((), str(error), coders.blind, done)


def agreement_row(one: Agreement) -> Row:
    """One line of figures."""
    return Row(
        (
            one.what,
            f"{one.units:,}",
            f"{one.all_marked:,}",
            f"{one.some_marked:,}",
            f"{one.none_marked:,}",
            _share(one.percent),
            Cell(_figure(one.kappa), "strong"),
            Cell(_figure(one.alpha), "strong"),
        )
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}%"


def out_row(one: Agreement) -> list[object]:
    """The values of a line as they are taken out."""
    values = [getattr(one, name) for name in HEADER]
    return ["; ".join(v) if isinstance(v, tuple) else v for v in values]


def basis(asked: Asked, rows: Sequence[Agreement]) -> str:
    """What every figure rests on, in a line."""
    if not rows:
        return "nothing to compare"
    one = rows[0]
    parts = [
        ", ".join(one.coders),
        WORDS[one.unit],
        f"untagged text {one.untagged}" if one.untagged else "",
        f"{one.documents:,} document{'s' * (one.documents != 1)}",
        f"in {asked.collection}" if asked.collection else "",
    ]
    return " · ".join(part for part in parts if part)


def below(answer: Answer) -> str:
    """What the columns mean, and the state of blind coding."""
    state = "on" if answer.blind else "off"
    return (
        "all, some, none: units marked by every coder, by some, by nobody."
        " agree is uncorrected; kappa and alpha are corrected for chance,"
        " – where only one value was used."
        f" Blind coding is {state}; you are done with {answer.done:,}."
    )


def toggle_done(app: Postilla, document: int) -> None:
    """Say that one's coding of a document is done, or no longer."""

    def work(library: Library) -> bool:
        done = document not in library.coders.done([document])
        library.coders.mark_done([document], done)
        return done

    def told(done: bool) -> None:
        hidden = app.library.coders.blind
        shown = "; others who are done are shown" if done and hidden else ""
        app.tell(f"Coding here is {'done' if done else 'not done'}{shown} · u undo")

    app.hand.write(work, told)
