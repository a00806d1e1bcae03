"""From one place where somebody is named to the next: in the text, and beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import same_name
from tui.screens.reading_moves import ReadingMoves
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Mention

NO_NAME_HERE = "No name is marked here; ]e goes to the next, i says who it is."


class ReadingMentions(ReadingMoves):
    """The mentions of one entity, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._followed: Mention | None = None
        """Whose mentions one went along last, while reading on between them."""

    def mention_meant(self) -> Mention | None:
        """The mention at the cursor, or the first of the name pointed at beside;
        says so where there is none."""
        found = self._pointed_at()
        if found is None:
            self.say(NO_NAME_HERE)
        return found

    def _pointed_at(self) -> Mention | None:
        page = self.page
        if page is None:
            return None
        offset, panel = self.reader.cursor_offset, self.query_one("#named", VirtualList)
        if panel.has_focus and panel.cursor_id is not None:
            offset = page.named[panel.cursor_id].first
        chosen = self.reader.selected
        for place in (offset, chosen[0] if chosen else offset):
            for span in self.reader.spans_at(place, "entity"):
                return page.mention(span.ref)
        return None

    def action_next_mention(self) -> None:
        """To the next place here that names the same one."""
        self._along(True)

    def action_previous_mention(self) -> None:
        """To the place before here that names the same one."""
        self._along(False)

    def _along(self, forward: bool) -> None:
        one = self._whose()
        if one is None or self.page is None:
            return
        document = self.page.document.id

        def show(places: list[tuple[int, int]]) -> None:
            if self.is_mounted and self._shows(document):
                self._go_on(one, places, forward)

        self.hand.ask(
            lambda library: same_name.in_document(library.core.reader, document, one),
            show,
        )

    def _shows(self, document: int) -> bool:
        return self.page is not None and self.page.document.id == document

    def _whose(self) -> Mention | None:
        """Whom the cursor is on, else whom one followed until here."""
        self._followed = self._pointed_at() or self._followed
        if self._followed is None:
            self.say(NO_NAME_HERE)
        return self._followed

    def _go_on(
        self, one: Mention, places: list[tuple[int, int]], forward: bool
    ) -> None:
        # Where the cursor is by now: a key that is held down goes on from there.
        cursor = self.reader.cursor_offset
        ahead = [place for place, (start, _) in enumerate(places) if start > cursor]
        behind = [place for place, (_, end) in enumerate(places) if end <= cursor]
        found = ahead[:1] if forward else behind[-1:]
        if not found:
            key, way = ("]M", "on") if forward else ("[M", "back")
            self.say(f"{_called(one)}: none further {way} here; {key} other documents.")
            return
        self.jump(places[found[0]][0])
        self.say(f"{_called(one)} · {found[0] + 1:,} of {len(places):,} here")

    # Other documents --------------------------------------------------------

    def action_next_naming(self) -> None:
        """To the next document that names the same one."""
        self._elsewhere(True)

    def action_previous_naming(self) -> None:
        """To the document before that names the same one."""
        self._elsewhere(False)

    def _elsewhere(self, forward: bool) -> None:
        one = self._whose()
        if one is None or self.page is None:
            return
        document = self.page.document.id
        listed = self.postilla.reading_list

        def find(library: Library) -> tuple[int, int, int] | None:
            wanted = same_name.first_in_each(library.core.reader, one)
            ids = listed or library.documents.ids()
            found = same_name.next_of(ids, document, wanted, forward=forward)
            return None if found is None else (found, wanted[found], len(wanted))

        def show(found: tuple[int, int, int] | None) -> None:
            if not self.is_current or not self._shows(document):
                return
            if found is None:
                way = "after" if forward else "before"
                self.say(f"{_called(one)}: no document {way} this one in the list.")
                return
            self.postilla.open_document(found[0], found[1])
            count = f"{found[2]:,} document{'s'[: found[2] > 1]}"
            self.say(f"{_called(one)} · named in {count}")

        self.hand.ask(find, show)


def _called(one: Mention) -> str:
    return one.name or " ".join(one.surface.split())
