"""Which of several annotations at one place is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from tui.screens import reading_text
from tui.screens.dialog_choose import Choose, PickList
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import SafeInput

if TYPE_CHECKING:
    from store.model import Annotation

_COLUMNS = (Column(width=3, align="right"), Column(width=8, flex=1))


class PickAnnotation(Choose):
    """Number, tags and note; below them how the passage begins.

    Typing narrows by any of them; the answer is the id as text.
    """

    ROW_LINES: ClassVar[int] = 2
    DEFAULT_CSS: ClassVar[str] = """
    PickAnnotation > Box { width: 76; }
    """

    def __init__(
        self, annotations: Sequence[Annotation], numbers: Mapping[int, int]
    ) -> None:
        """Offer ``annotations``; ``numbers`` are those beside the text, by id."""
        self._rows = [_row(one, numbers.get(one.id)) for one in annotations]
        options = [
            (str(one.id), f"{numbers.get(one.id, '')} {_all_words(one)}")
            for one in annotations
        ]
        super().__init__("Which annotation?", options)

    def compose_box(self) -> Iterable[Widget]:
        """The field and the list."""
        yield SafeInput(placeholder="type to narrow", compact=True)
        yield PickList(
            lambda ids: {n: self._rows[n] for n in ids},
            _COLUMNS,
            row_height=self.ROW_LINES,
            markable=False,
            empty="Nothing like that.",
        )


def _row(annotation: Annotation, number: int | None) -> Row:
    first = Cell(reading_text.summary(annotation), "strong")
    return Row(
        ("" if number is None else str(number), first),
        second=reading_text.quote_of(annotation),
    )


def _all_words(annotation: Annotation) -> str:
    return f"{reading_text.summary(annotation)} {reading_text.quote_of(annotation)}"
