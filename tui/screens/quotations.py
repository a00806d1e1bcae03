"""Quotations: who says what, and in which document."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from store import quotations
from store.quotations import Quotation, QuotationFilter
from tui.keys import bindings
from tui.screens import quotations_text
from tui.screens.counting_dialog import Ask, CountingDialog
from tui.screens.figures_base import PassagesScreen, problem_with_name
from tui.widgets.columns import Row


class QuotationsScreen(PassagesScreen[Quotation]):
    """Lies over the five screens."""

    PLACE = "quotations"
    TITLE = "Quotations"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("quotations")]
    COLUMNS = quotations_text.COLUMNS
    ORDER_WORDS = quotations_text.ORDER_WORDS
    HEADER = quotations_text.HEADER
    PLACEHOLDER = "words of what is said, or of who says it"
    NOTHING = quotations_text.NOTHING

    def __init__(self, words: str = "") -> None:
        """Show all; of ``entity:NAME`` what it says."""
        super().__init__(words)
        self.filters = QuotationFilter()

    def with_entity(self, entity: int | None) -> None:
        """Narrow the filter to an entity."""
        self.filters = replace(self.filters, speaker=entity)

    def listing(self, connection: sqlite3.Connection) -> Iterator[array[int]]:
        """The ids as they are asked for now."""
        wanted = replace(self.filters, words=self.words, documents=self.documents)
        return quotations.ids(connection, wanted, self.order, reverse=self.reverse)

    def read(
        self, connection: sqlite3.Connection, ids: Sequence[int]
    ) -> Mapping[int, Quotation]:
        """The quotations of some ids."""
        return quotations.rows(connection, ids)

    def row_of(self, passage: Quotation) -> Row:
        """Two lines of the list."""
        return quotations_text.quotation_row(passage)

    def copied(self, passage: Quotation) -> str:
        """A quotation as it is copied."""
        return quotations_text.copied(passage)

    def out(self, passage: Quotation) -> Sequence[object]:
        """A row of the table taken out."""
        return quotations_text.out_row(passage)

    def narrowed_in_words(self) -> Sequence[str]:
        """What the list is narrowed to."""
        wanted = replace(self.filters, words=self.words)
        return quotations_text.narrowed_in_words(wanted, self.whose)

    def action_narrow(self) -> None:
        """Choose who speaks, and in which documents."""
        rows = [Ask("who", "Who", self.whose, hint="anyone; else a name")]
        dialog = CountingDialog(
            "Whose quotations",
            rows,
            documents=self.documents,
            check=lambda answer: problem_with_name(self.library, answer["who"]),
        )

        def answered(answer: dict[str, str] | None) -> None:
            if answer is None:
                return
            self.documents = dialog.documents
            self.narrow_to(self.entity_called(answer["who"]))
            self.look()

        self.app.push_screen(dialog, answered)
