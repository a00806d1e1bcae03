"""Looking for every place of a question, a bit at a time, off the screen's thread.

Each bit is one more question to the library, so that previews and other questions
get their turn between two of them, and whoever is not interested any more stops it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from store import places
from store.document_rows import DocumentFilter
from store.errors import PostillaError
from store.places import Page, Places

if TYPE_CHECKING:
    from store.library import Library
    from tui.hand import Hand


class Hunt:
    """One question and what was found so far."""

    def __init__(self, words: str, filters: DocumentFilter | None = None) -> None:
        """Ask nothing yet; see ``start``."""
        self.words = words
        self.filters = filters or DocumentFilter()
        self.places = Places()
        self.documents = 0
        """How many documents have a place."""
        self.note = ""
        """One sentence where not everything was looked at."""
        self.problem = ""
        """One sentence where nothing can be looked for."""
        self.share = 0.0
        """How much was looked through, 0 to 1."""
        self.is_complete = False
        self._pages: Iterator[Page] | None = None
        self._stopped = False

    def start(self, hand: Hand, told: Callable[[Hunt], object]) -> None:
        """Look; ``told`` is called after each bit, on the screen's thread."""

        def next_bit(_: object = None) -> None:
            if not self._stopped:
                hand.ask(self._step, tell)

        def tell(_: object) -> None:
            if self._stopped:
                return
            told(self)
            if not self.is_complete:
                next_bit()

        next_bit()

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._stopped = True

    def _step(self, library: Library) -> None:
        if self._stopped:
            return
        try:
            if self._pages is None:
                reader = library.core.reader
                self._pages = places.find(reader, self.words, self.filters)
            page = next(self._pages)
        except PostillaError as error:
            self.problem, self.is_complete = str(error), True
            return
        left = places.MOST - len(self.places)
        self.places.extend(page.places[:left])
        self.documents += len({one.document for one in page.places[:left]})
        self.note = page.note
        self.share = page.looked / page.of if page.of else 0.0
        self.is_complete = page.is_last
        if len(page.places) > left or (len(page.places) == left and not page.is_last):
            self.note = places.too_many(len(self.places), page)
            self.is_complete = True
