"""What is done with the places of a concordance: open, order, tag, take out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import on

from store import kwic, places
from store.document_rows import DocumentFilter
from store.places import Place, Places
from tui.screens.base import LibraryScreen
from tui.screens.concordance_text import ORDER_WORDS, copied
from tui.screens.place_hunt import Hunt
from tui.screens.which_documents import ask_which_documents
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library

_MOST_COPIED = 1000


class ConcordanceActs(LibraryScreen):
    """The actions of the screen."""

    words: str
    filters: DocumentFilter
    order: str
    reverse: bool
    hunt: Hunt | None = None
    """What was found, or is being found; ``None`` before anything was asked."""

    @property
    def list(self) -> VirtualList:
        """The lines."""
        raise NotImplementedError

    def arrange_by(self, order: str, *, reverse: bool) -> None:
        """Put the lines in another order."""
        raise NotImplementedError

    def look_in(self, filters: DocumentFilter) -> None:
        """Look in other documents."""
        raise NotImplementedError

    @property
    def places(self) -> Places:
        """The places, as they were found."""
        return Places() if self.hunt is None else self.hunt.places

    @property
    def current(self) -> Place | None:
        """The place under the cursor."""
        number = self.list.cursor_id
        if number is None or number >= len(self.places):
            return None
        return self.places[number]

    def words_at_hand(self) -> str:
        """Other questions begin with the same words."""
        return self.words

    @on(VirtualList.Opened, "PlaceList")
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        place = self.current
        if place is None:
            return
        documents = self.places.documents
        self.postilla.reading_list = tuple(
            dict.fromkeys(documents[number] for number in self.list.ids)
        )
        kind, words = places.kind_of(self.words)
        if kind == "words":
            self.postilla.last_query = words.replace('"', " ").replace("*", " ").strip()
        self.postilla.open_document(place.document, place.start, place.end)

    def action_order(self) -> None:
        """Choose what the lines are ordered by."""
        from tui.screens.dialogs import Choose

        def chosen(order: str | None) -> None:
            if order is not None:
                self.arrange_by(order, reverse=False)

        self.app.push_screen(Choose("Order by", tuple(ORDER_WORDS.items())), chosen)

    def action_reverse(self) -> None:
        """The other way round."""
        self.arrange_by(self.order, reverse=not self.reverse)

    def action_narrow(self) -> None:
        """Choose in which documents to look."""
        ask_which_documents(self.postilla, self.filters, self.look_in)

    def action_tag(self) -> None:
        """Tag the marked places, or where none is marked all of them."""
        from tui.screens.coding import code_places

        if self.hunt is None or not len(self.places):
            self.say("There is no place to tag.")
            return
        marked = sorted(self.list.marked)
        if marked and len(marked) < len(self.places):
            chosen: Sequence[Place] = Places(self.places[number] for number in marked)
        elif not self.hunt.is_complete:
            self.say("Not all places are found yet; wait, or mark some with space.")
            return
        else:
            chosen = self.places
        code_places(self.postilla, chosen, self.words)

    def action_copy(self) -> None:
        """Copy the marked lines, or the one under the cursor."""
        targets = self.list.targets[:_MOST_COPIED]
        wanted = [self.places[number] for number in targets]
        found = kwic.lines(self.library.core.reader, wanted)
        if found:
            self.postilla.copy_text("\n".join(map(copied, found)))
        else:
            self.say("There is no place to copy.")

    def action_export(self) -> None:
        """Write the marked lines, or all, as a table for a spreadsheet."""
        from tui.screens.table_out import save_table

        numbers = self.list.targets if self.list.marked else tuple(self.list.ids)
        if not numbers:
            self.say("There is no place to export.")
            return
        all_places = self.places

        def rows(library: Library) -> Iterator[Sequence[object]]:
            reader = library.core.reader
            for line in kwic.pages(reader, all_places, numbers):
                values = (getattr(line, name) for name in kwic.FIELDS)
                yield ["" if value is None else value for value in values]

        save_table(self.postilla, "words-in-context.csv", kwic.FIELDS, rows)
