"""Rows by the page: fetched when first looked at, the oldest forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from tui.widgets.columns import Row

Fetch = Callable[[Sequence[int]], Mapping[int, Row]]
"""Gives the rows of some ids; one that is gone may be missing."""

PAGE = 40
"""Rows asked for at once."""

PAGES = 50
"""Pages kept; the one not looked at for longest goes."""


class Pages:
    """The fetched rows of a list."""

    def __init__(self, fetch: Fetch) -> None:
        """Rows come from ``fetch``, ``PAGE`` ids at a time."""
        self._fetch = fetch
        self._pages: OrderedDict[int, list[Row | None]] = OrderedDict()

    def row(self, ids: Sequence[int], index: int) -> Row | None:
        """The row at a place of ``ids``, from 0; ``None`` if it is gone."""
        number, place = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            wanted = ids[number * PAGE : (number + 1) * PAGE]
            rows = self._fetch(wanted)
            page = self._pages[number] = [rows.get(i) for i in wanted]
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[place]

    def forget(self) -> None:
        """Ask anew for every row."""
        self._pages.clear()
