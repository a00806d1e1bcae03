"""Tags by document: a table that is as wide as the codebook, seen a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from store import matrix
from store.matrix import Matrix, Question
from tui.keys import bindings
from tui.screens import matrix_text
from tui.screens.cooccurrence_text import TYPES
from tui.screens.counting_base import CountingScreen
from tui.screens.counting_dialog import Ask, CountingDialog
from tui.screens.table_out import save_table
from tui.widgets.columns import Row
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library


class MatrixList(VirtualList, inherit_bindings=False):
    """The table: up and down as in every list, left and right over its columns."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("matrix"), *bindings("lists")]


class MatrixScreen(CountingScreen[Matrix]):
    """Lies over the five screens."""

    PLACE = "matrix"
    AUTO_FOCUS = "MatrixList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("matrix")]
    DEFAULT_CSS = """
    MatrixScreen {
        & MatrixList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; border-title-color: $border; }
        }
        & #legend { height: auto; max-height: 2; padding: 0 1; color: $text-muted; }
        &.-short #legend { max-height: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.question = Question()
        self.matrix: Matrix | None = None
        self._first = 0
        """The first column that is seen."""

    def compose_body(self) -> Iterable[Widget]:
        """The table, and the whole names of its columns."""
        yield MatrixList(self._rows, (), markable=False)
        yield Plain(id="legend")

    def on_resize(self) -> None:
        """As many columns as there is room for."""
        self._show_columns()

    @property
    def list(self) -> MatrixList:
        """The table."""
        return self.query_one(MatrixList)

    # Reading ---------------------------------------------------------------

    def steps(self, library: Library) -> Iterator[tuple[int, int, Matrix | None]]:
        """Find out which rows and columns there are."""
        yield 1, 1, matrix.read(library.core.reader, self.question)

    def show_answer(self, answer: Matrix) -> None:
        """Show the table."""
        self.matrix = answer
        self._first = max(0, min(self._first, len(answer.columns) - 1))
        self.list.set_ids(answer.documents if answer.columns else ())
        self._show_columns()
        self.show_counts()

    @property
    def _seen(self) -> int:
        """How many columns are seen."""
        if self.matrix is None:
            return 0
        wide = matrix_text.widths(self.matrix)
        width = self.list.scrollable_content_region.width
        return matrix_text.fitting(wide, self._first, width)

    def _show_columns(self) -> None:
        found = self.matrix
        if found is None:
            return
        seen = self._seen
        self.list.set_columns(matrix_text.columns(found, self._first, seen))
        legend = self.query_one("#legend", Plain)
        words = matrix_text.legend(found, self._first, seen)
        legend.display = bool(words)
        legend.show(words)
        self.show_counts()

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        found = self.matrix
        if found is None:
            return {}
        page = matrix.page_of(self.library.core.reader, found, ids)
        first, seen = self._first, self._seen
        return {
            id: matrix_text.line_row(line, first, seen) for id, line in page.items()
        }

    def show_counts(self) -> None:
        """What the table is, and which part of it is seen."""
        found, of = self.matrix, self.question.of
        below = [self.documents_in_words(), self.note()]
        if self.question.only_annotated:
            below.insert(1, "only annotated")
        if found is not None and found.columns:
            below.append(matrix_text.seen(found, self._first, self._seen))
        set_title(
            self.list,
            matrix_text.title(found, of),
            subtitle=" · ".join(part for part in below if part),
        )
        key = self.first_key("matrix.narrow")
        nothing = matrix_text.NOTHING.format(narrow=key)
        if self.is_counting:
            nothing = "Looking …"
        elif found is not None and not found.columns:
            nothing = f"{matrix_text.NO_COLUMNS[of]}\n{nothing.partition(chr(10))[2]}"
        if not self.is_counting:
            nothing = self.no_documents() or nothing
        self.list.set_empty(nothing)

    # What can be done ------------------------------------------------------

    def action_columns(self, step: int) -> None:
        """See the columns a step to the right, or to the left with -1."""
        found = self.matrix
        if found is None:
            return
        last = len(found.columns) - 1
        if step > 0 and self._first + self._seen > last:
            return  # the last one is seen already
        self._first = max(0, min(self._first + step, last))
        self._show_columns()

    def action_narrow(self) -> None:
        """Choose which columns, what stands in them, and in which documents."""
        question = self.question
        rows = [
            Ask("of", "Columns", question.of, tuple(matrix_text.OF_WORDS.items())),
            Ask("type", "Type", question.type or "", TYPES),
            Ask(
                "cells",
                "Say",
                "counts" if question.counts else "present",
                tuple(matrix_text.CELL_WORDS.items()),
            ),
            Ask(
                "below",
                "A tag means",
                "yes" if question.below else "no",
                tuple(matrix_text.BELOW_WORDS.items()),
            ),
            Ask(
                "rows",
                "Rows",
                "annotated" if question.only_annotated else "all",
                tuple(matrix_text.ROW_WORDS.items()),
            ),
        ]
        dialog = CountingDialog(
            "Tags by document",
            rows,
            documents=self.filters,
            left_out=matrix_text.left_out,
        )
        self.ask(dialog, self._asked)

    def _asked(self, answer: dict[str, str]) -> None:
        of = answer["of"]
        self.question = Question(
            of=of,
            documents=self.filters,
            counts=answer["cells"] == "counts",
            below=answer["below"] == "yes",
            type=(answer["type"] or None) if of == matrix.ENTITIES else None,
            only_annotated=answer["rows"] == "annotated",
        )
        self.matrix, self._first = None, 0
        self.list.set_ids(())
        self.count_now()

    @on(VirtualList.Opened, "MatrixList")
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        self.postilla.reading_list = tuple(self.list.ids)
        self.postilla.open_document(event.id)

    def action_copy(self) -> None:
        """Copy the row under the cursor, with the names of its columns."""
        found, document = self.matrix, self.list.cursor_id
        if found is None or document is None:
            return
        page = matrix.page_of(self.library.core.reader, found, [document])
        if document in page:
            lines = (matrix_text.header(found), matrix_text.out_row(page[document]))
            shown = ("\t".join("" if v is None else str(v) for v in x) for x in lines)
            self.postilla.copy_text("\n".join(shown))

    def action_export(self) -> None:
        """Take the whole table out as CSV."""
        found = self.matrix
        if found is None or not found.columns or not found.documents:
            self.say("There is nothing to export.")
            return

        def read(library: Library) -> Iterator[Sequence[object]]:
            for line in matrix.lines(library.core.reader, found):
                yield matrix_text.out_row(line)

        save_table(self.postilla, "matrix.csv", matrix_text.header(found), read)
