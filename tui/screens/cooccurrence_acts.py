"""What is done with pairs: open where they stand, order them, take them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on

from store import cooccurrence_rows
from store.cooccurrence import Pairs
from store.cooccurrence_rows import Meeting, Pair
from tui.screens.cooccurrence_text import HEADER, ORDER_WORDS, out_row
from tui.screens.counting_base import CountingScreen
from tui.screens.table_out import save_table
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Document

_PAGE = 500
"""Pairs whose names are read at a time."""


class CooccurrenceActs(CountingScreen[Pairs]):
    """The actions of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: Pairs | None = None
        """What was counted; ``None`` before."""
        self.order = "together"
        self.reverse = False

    @property
    def list(self) -> VirtualList:
        """The pairs."""
        raise NotImplementedError

    def read_pairs(self, numbers: Sequence[int]) -> Mapping[int, Pair]:
        """The pairs of some rows, with their names."""
        raise NotImplementedError

    def show_rows(self, *, keep: bool) -> None:
        """Show the pairs in the order and narrowed as it is chosen."""
        raise NotImplementedError

    def action_order(self) -> None:
        """Choose what the pairs are ordered by."""
        from tui.screens.dialogs import Choose

        def chosen(order: str | None) -> None:
            if order is not None:
                self.order, self.reverse = order, False
                self.show_rows(keep=False)

        self.app.push_screen(Choose("Order by", tuple(ORDER_WORDS.items())), chosen)

    def action_reverse(self) -> None:
        """The other way round."""
        self.reverse = not self.reverse
        self.show_rows(keep=False)

    @on(VirtualList.Opened, "PairList")
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        pairs = self.pairs
        pair = self.read_pairs([event.id]).get(event.id)
        if pairs is None or pair is None:
            return
        a, b = (
            pairs.things[int(side[event.id])] for side in (pairs.first, pairs.second)
        )
        question = pairs.question

        def show(found: list[Meeting]) -> None:
            if self.is_current:
                self._show_meetings(pair, found)

        self.hand.ask(
            lambda library: cooccurrence_rows.meetings(
                library.core.reader, question, a, b
            ),
            show,
        )

    def _show_meetings(self, pair: Pair, found: Sequence[Meeting]) -> None:
        """Let a person choose among the documents that hold both, if several do."""
        from tui.screens.dialogs import Choose

        ids = [one.document for one in found]
        known = self.library.documents.rows(ids)
        there = [one for one in found if one.document in known]

        def opened(value: str | None) -> None:
            if value is not None:
                one = there[int(value)]
                self.postilla.reading_list = tuple(one.document for one in there)
                self.postilla.open_document(one.document, one.start, one.end)

        if not there:
            self.say("No document holds both any more.")
        elif len(there) == 1:
            opened("0")
        else:
            options = [
                (str(number), _document_line(known[one.document]))
                for number, one in enumerate(there)
            ]
            both = f"{pair.a} and {pair.b} · {len(there):,} documents"
            self.app.push_screen(Choose(both, options), opened)

    def action_copy(self) -> None:
        """Copy the pair under the cursor."""
        number = self.list.cursor_id
        pair = None if number is None else self.read_pairs([number]).get(number)
        if pair is not None:
            self.postilla.copy_text("\t".join(map(str, out_row(pair))))

    def action_export(self) -> None:
        """Take the pairs shown out as CSV."""
        pairs, numbers = self.pairs, list(self.list.ids)
        if pairs is None or not numbers:
            self.say("There is no pair to export.")
            return

        def read(library: Library) -> Iterator[Sequence[object]]:
            for at in range(0, len(numbers), 500):
                page = numbers[at : at + 500]
                found = cooccurrence_rows.rows(library.core.reader, pairs, page)
                yield from (out_row(found[n]) for n in page if n in found)

        save_table(self.postilla, "cooccurrence.csv", HEADER, read)


def _document_line(document: Document) -> str:
    """A document in one line of a choice."""
    date = (document.published or "")[:10]
    source = f" · {document.source}" if document.source else ""
    return f"{date:<10}  {document.title}{source}"
