"""What is done with passages of a list: open, order, tag, copy, take out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from textual import on

from store.document_rows import DocumentFilter
from store.entity_rows import places_of
from store.model import Draft
from store.places import Place
from tui.screens.base import LibraryScreen
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library

_MOST_COPIED = 1000
_MOST_READ = 2000
"""Passages whose documents one can go through in the reader, as the list has them."""

_AT_ONCE = 500


class Passage(Protocol):
    """What is known of a row."""

    @property
    def document(self) -> int:
        """The document it is in."""

    @property
    def start(self) -> int:
        """Where it begins, in code points of the text."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def surface(self) -> str:
        """How it is written."""


Shown = TypeVar("Shown", bound=Passage)


class PassageActs(LibraryScreen, Generic[Shown]):
    """The actions of the screen."""

    TITLE: ClassVar[str]
    ORDER_WORDS: ClassVar[Mapping[str, str]]
    """Orders, and what they are called."""
    HEADER: ClassVar[Sequence[str]]
    """Columns of the table taken out."""
    PLACEHOLDER: ClassVar[str]
    NOTHING: ClassVar[str]
    """What stands in the list of a library that has none."""

    def __init__(self) -> None:
        super().__init__()
        self.order, self.reverse = next(iter(self.ORDER_WORDS)), False
        self.documents = DocumentFilter()
        self.words: str | None = None

    @property
    def list(self) -> VirtualList:
        """The passages."""
        raise NotImplementedError

    def look(self, *, keep: bool = False) -> None:
        """Ask for the list as it is wanted now."""
        raise NotImplementedError

    def read(
        self, connection: sqlite3.Connection, ids: Sequence[int]
    ) -> Mapping[int, Shown]:
        """The rows of some ids."""
        raise NotImplementedError

    def copied(self, passage: Shown) -> str:
        """A row as it is copied."""
        raise NotImplementedError

    def out(self, passage: Shown) -> Sequence[object]:
        """A row of the table taken out."""
        raise NotImplementedError

    def narrowed_in_words(self) -> Sequence[str]:
        """What the list is narrowed to, but for the documents."""
        raise NotImplementedError

    # Order -----------------------------------------------------------------

    def way(self) -> str:
        """How the list is ordered, as its title says it."""
        reversed_ = ", reversed" if self.reverse else ""
        return f"{self.ORDER_WORDS[self.order]}{reversed_}"

    def action_order(self) -> None:
        """Choose what the list is ordered by."""
        from tui.screens.dialogs import Choose

        def chosen(order: str | None) -> None:
            if order is not None:
                self.order, self.reverse = order, False
                self.look()

        self.app.push_screen(
            Choose("Order by", tuple(self.ORDER_WORDS.items()), at=self.order), chosen
        )

    def action_reverse(self) -> None:
        """The other way round."""
        self.reverse = not self.reverse
        self.look()

    # Opening, tagging, taking out ------------------------------------------

    @on(VirtualList.Opened, "PassageList")
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        found = places_of(self.library.core.reader, [event.id])
        if not found:
            self.say("This passage is gone.")
            return
        self.postilla.reading_list = self._documents_around()
        self.postilla.open_document(*found[0])

    def _documents_around(self) -> tuple[int, ...]:
        """The documents one after the other, as the list has them near the cursor."""
        at = max(0, self.list.cursor_index - _MOST_READ // 2)
        near = self.list.ids[at : at + _MOST_READ]
        found = places_of(self.library.core.reader, near)
        return tuple(dict.fromkeys(document for document, _, _ in found))

    def action_annotate(self) -> None:
        """Write an annotation on the passage under the cursor, in its document."""
        here = self.list.cursor_id
        found = [] if here is None else places_of(self.library.core.reader, [here])
        if self.library.read_only:
            self.say("This library is open for reading only.", error=True)
        elif not found:
            self.say("There is no passage to annotate.")
        else:
            self.postilla.reading_list = self._documents_around()
            self.postilla.resume_draft(_not_written(*found[0]))

    def action_tag(self) -> None:
        """Tag the marked passages, or the one under the cursor."""
        from tui.screens.coding import code_places

        targets = self.list.targets
        found = places_of(self.library.core.reader, targets)
        if not found:
            self.say("There is no passage to tag.")
            return
        what = f"{len(found):,} passages"
        if len(targets) == 1:
            (one,) = self.read(self.library.core.reader, targets).values()
            what = one.surface
        code_places(self.postilla, [Place(*place) for place in found], what)

    def action_copy(self) -> None:
        """Copy the marked rows, or the one under the cursor."""
        targets = self.list.targets[:_MOST_COPIED]
        found = self.read(self.library.core.reader, targets)
        if found:
            self.postilla.copy_text("\n".join(map(self.copied, found.values())))
        else:
            self.say("There is nothing to copy.")

    def action_export(self) -> None:
        """Write the marked rows, or all, as a table for a spreadsheet."""
        from tui.screens.table_out import save_table

        ids = self.list.targets if self.list.marked else tuple(self.list.ids)
        if not ids:
            self.say("There is nothing to export.")
            return

        def rows(library: Library) -> Iterator[Sequence[object]]:
            for at in range(0, len(ids), _AT_ONCE):
                some = self.read(library.core.reader, ids[at : at + _AT_ONCE])
                yield from map(self.out, some.values())

        save_table(self.postilla, f"{self.PLACE}.csv", self.HEADER, rows)


def _not_written(document: int, start: int, end: int) -> Draft:
    """An annotation of which nothing is written yet, so that none is kept either."""
    return Draft(
        id=0,
        document=document,
        annotation=None,
        start=start,
        end=end,
        note="",
        tags=(),
        modified="",
    )
