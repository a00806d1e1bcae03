"""Figures: who says what amount, or is named beside it, and in which document."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from store import figure_rows, figures
from store.figures import Figure, FigureFilter
from tui.keys import bindings
from tui.screens import figures_text
from tui.screens.counting_dialog import Ask, CountingDialog
from tui.screens.figures_base import PassagesScreen, problem_with_name
from tui.widgets.columns import Row


class FiguresScreen(PassagesScreen[Figure]):
    """Lies over the five screens."""

    PLACE = "figures"
    TITLE = "Figures"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("figures")]
    COLUMNS = figures_text.COLUMNS
    ORDER_WORDS = figures_text.ORDER_WORDS
    HEADER = figures_text.HEADER
    PLACEHOLDER = "words of the figure"
    NOTHING = figures_text.NOTHING

    def __init__(self, words: str = "") -> None:
        """Show all; of ``entity:NAME`` what it says or is named beside."""
        super().__init__(words)
        self.filters = FigureFilter()

    def with_entity(self, entity: int | None) -> None:
        """Narrow the filter to an entity."""
        self.filters = replace(self.filters, entity=entity)

    def listing(self, connection: sqlite3.Connection) -> Iterator[array[int]]:
        """The ids as they are asked for now."""
        wanted = replace(self.filters, words=self.words, documents=self.documents)
        return figures.ids(connection, wanted, self.order, reverse=self.reverse)

    def read(
        self, connection: sqlite3.Connection, ids: Sequence[int]
    ) -> Mapping[int, Figure]:
        """The figures of some ids."""
        return figure_rows.rows(connection, ids)

    def row_of(self, passage: Figure) -> Row:
        """Two lines of the list."""
        return figures_text.figure_row(passage)

    def copied(self, passage: Figure) -> str:
        """A figure as it is copied."""
        return figures_text.copied(passage)

    def out(self, passage: Figure) -> Sequence[object]:
        """A row of the table taken out."""
        return figures_text.out_row(passage)

    def narrowed_in_words(self) -> Sequence[str]:
        """What the list is narrowed to."""
        wanted = replace(self.filters, words=self.words)
        return figures_text.narrowed_in_words(wanted, self.whose)

    def show_all(self) -> None:
        """Narrow the list to nothing."""
        self.filters = FigureFilter()
        super().show_all()

    def action_narrow(self) -> None:
        """Choose which kind, which unit, whose, and in which documents."""
        now = self.filters
        rows = [
            Ask("type", "Kind", now.type or "", figures_text.TYPE_WORDS),
            Ask("unit", "Unit", now.unit or "", hint="any; else EUR, %, tonnes, …"),
            Ask("who", "Who", self.whose, hint="anyone; else a name"),
            Ask("said", "How", "said" if now.said else "", figures_text.SAID_WORDS),
        ]
        dialog = CountingDialog(
            "Which figures",
            rows,
            documents=self.documents,
            check=lambda answer: problem_with_name(self.library, answer["who"]),
        )

        def answered(answer: dict[str, str] | None) -> None:
            if answer is None:
                return
            self.documents = dialog.documents
            self.filters = FigureFilter(
                type=answer["type"] or None,
                unit=answer["unit"] or None,
                said=bool(answer["said"]),
            )
            self.narrow_to(self.entity_called(answer["who"]))
            self.look()

        self.app.push_screen(dialog, answered)
