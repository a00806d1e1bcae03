"""What keys can do in the reader, as actions by name; the keys are said elsewhere."""

from __future__ import annotations

from tui.text import graphemes, objects, selection
from tui.text.objects import Unit
from tui.widgets.reader_cursor import ReaderCursor


class ReaderActions(ReaderCursor, can_focus=True, inherit_bindings=False):
    """Motions and selecting."""

    # Moving ----------------------------------------------------------------

    def _step(self, unit: Unit, forward: bool) -> None:
        self._apply(
            selection.step(self._state, self._text, unit, forward, self._language)
        )

    def _cursor_row(self) -> int:
        """The cursor's row; where it was scrolled out of view, the nearest shown.

        Reading on by wheel and then by key must not jump back. A selection holds
        the cursor where it is.
        """
        low, high = self._shown()
        cursor = self._state.cursor
        if self._state.anchor is None and self._height > 0:
            if cursor < low:
                return self._page.y_of(low)
            if cursor >= high and high < len(self._text):
                return self._page.y_of(graphemes.preceding(self._text, high))
        return self._y_of(cursor)

    def _move_rows(self, rows: int, *, extending: bool = False) -> None:
        y = self._cursor_row()
        goal = self._goal
        if goal is None:
            goal = self._page.cell_of(self._state.cursor)
        head = len(self._page.head)
        offset = self._page.offset_at(max(head, y + rows), goal)
        move = selection.extend if extending else selection.move
        self._apply(move(self._state, self._text, offset))
        self._goal = goal

    def _move_pages(self, rows: int) -> None:
        """Scroll by ``rows`` and take the cursor along, so its line on screen stays."""
        rows = rows or 1
        top = max(0, self._scroll_row + rows)
        in_text = top >= len(self._page.head)
        first = self._page.nearest(top).start
        self._move_rows(rows)
        self._scroll_row_to(self._y_of(first) if in_text else top)
        self._settle()

    def action_cursor_down(self) -> None:
        """One row down."""
        self._move_rows(1)

    def action_cursor_up(self) -> None:
        """One row up."""
        self._move_rows(-1)

    def action_char_right(self) -> None:
        """To the next sign."""
        self._step("char", True)

    def action_char_left(self) -> None:
        """To the sign before."""
        self._step("char", False)

    def action_word_next(self) -> None:
        """To the next word."""
        self._step("word", True)

    def action_word_previous(self) -> None:
        """To the start of this word, or the one before."""
        self._step("word", False)

    def action_sentence_next(self) -> None:
        """To the next sentence."""
        self._step("sentence", True)

    def action_sentence_previous(self) -> None:
        """To the start of this sentence, or the one before."""
        self._step("sentence", False)

    def action_paragraph_next(self) -> None:
        """To the next paragraph."""
        self._step("paragraph", True)

    def action_paragraph_previous(self) -> None:
        """To the start of this paragraph, or the one before."""
        self._step("paragraph", False)

    def action_row_start(self) -> None:
        """To the first sign of the row."""
        row = self._page.nearest(self._cursor_row())
        self._apply(selection.move(self._state, self._text, row.start))

    def action_row_end(self) -> None:
        """To the end of the row."""
        row = self._page.nearest(self._cursor_row())
        end = self._page.row_end(row)
        self._apply(selection.move(self._state, self._text, end))

    def action_document_start(self) -> None:
        """To the beginning of the text, with its head."""
        self._apply(selection.move(self._state, self._text, 0))
        self._scroll_row_to(0)
        self._settle()

    def action_document_end(self) -> None:
        """To the end of the text."""
        self._apply(selection.move(self._state, self._text, len(self._text)))

    def action_page_down(self) -> None:
        """A screenful on, less one row."""
        self._move_pages(self._height - 1)

    def action_page_up(self) -> None:
        """A screenful back, less one row."""
        self._move_pages(1 - self._height if self._height > 1 else -1)

    def action_half_page_down(self) -> None:
        """Half a screenful on."""
        self._move_pages(self._height // 2)

    def action_half_page_up(self) -> None:
        """Half a screenful back."""
        self._move_pages(-(self._height // 2) or -1)

    # Selecting -------------------------------------------------------------

    def action_select_more(self) -> None:
        """Start selecting; again: word, sentence, paragraph, all."""
        self._apply(selection.raised(self._state))

    def action_select_less(self) -> None:
        """Select by the next smaller unit, at last nothing."""
        self._apply(selection.lowered(self._state))

    def action_swap_ends(self) -> None:
        """The cursor goes to the other end of the selection."""
        self._apply(selection.swapped(self._state))

    def action_drop_selection(self) -> None:
        """Select nothing."""
        self._apply(selection.drop(self._state), reveal=False)

    def action_select_word(self) -> None:
        """Select the word at the cursor."""
        self.select_object("word")

    def action_select_sentence(self) -> None:
        """Select the sentence at the cursor."""
        self.select_object("sentence")

    def action_select_paragraph(self) -> None:
        """Select the paragraph at the cursor."""
        self.select_object("paragraph")

    def _extend(self, unit: Unit, forward: bool) -> None:
        """As on a desktop: the cursor is a bar, the selection ends before it."""
        place = objects.step(self._text, self._state.cursor, unit, forward)
        self._apply(selection.extend(self._state, self._text, place))

    def action_extend_right(self) -> None:
        """Select one sign more to the right."""
        self._extend("char", True)

    def action_extend_left(self) -> None:
        """Select one sign more to the left."""
        self._extend("char", False)

    def action_extend_down(self) -> None:
        """Select to the same place one row down."""
        self._move_rows(1, extending=True)

    def action_extend_up(self) -> None:
        """Select to the same place one row up."""
        self._move_rows(-1, extending=True)

    def action_extend_word_right(self) -> None:
        """Select to the next word."""
        self._extend("word", True)

    def action_extend_word_left(self) -> None:
        """Select to the start of this word, or the one before."""
        self._extend("word", False)
