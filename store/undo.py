"""Undo and redo over the stored log: several steps, in bulk, after a restart.

``u`` in a window takes back what that window did last; the command line what the
same coder did last in the library. From the history one can go back to any point
and forward again, or take back one act alone. A row that was changed since by
something that still holds is not touched: the act is refused with the reason.

What was undone lies on a stack until something new is done (``store.redo``), so
what is done again is always what was undone last.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store import history_rows, redo
from store.core import Core
from store.errors import Conflict, NotFound, NothingToDo, UsageError
from store.history_rows import Reader, Whose
from store.model import Change
from store.refusing import Asked
from store.taking_back import Turning
from store.writer import Pen

__all__ = ["History", "Way", "Whose"]

_DONE = """
SELECT id FROM changes WHERE coder = :coder AND undone IS NULL AND id > :after
AND (:window IS NULL OR window = :window)
AND EXISTS (SELECT 1 FROM change_rows WHERE change = changes.id)
ORDER BY id DESC LIMIT :limit
"""

_ONE = """
SELECT c.act, o.name, c.created, c.undone IS NOT NULL, c.window
FROM changes c JOIN coders o ON o.id = c.coder WHERE c.id = ?
"""


@dataclass(frozen=True, slots=True)
class Way:
    """What it takes to get to a point of the history, in the order it is done."""

    back: Sequence[int] = ()
    """Acts to take back."""
    again: Sequence[int] = ()
    """Acts to do again; one of the two is empty."""


Chosen = Callable[[sqlite3.Connection], Way]


class History:
    """The undo log of a library."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._things: dict[int, int] = {}
        self._passed: set[int] = set()
        """Acts of this window whose undo was refused: the next one goes past them."""

    # What was done ---------------------------------------------------------

    def ids(
        self, whose: Whose = "all", *, words: str = "", limit: int | None = None
    ) -> array[int]:
        """Acts, newest first, whose words and coder hold every one of ``words``."""
        return history_rows.ids(self._reader, whose, words=words, limit=limit)

    def rows(self, ids: Sequence[int]) -> dict[int, Change]:
        """These acts, by id."""
        return history_rows.rows(self._reader, ids, self._things)

    def entries(
        self,
        limit: int | None = None,
        *,
        before: int | None = None,
        whose: Whose = "all",
    ) -> list[Change]:
        """What was done, newest first: ``limit`` acts below the id ``before``."""
        wanted = history_rows.ids(self._reader, whose, before=before, limit=limit)
        found = self.rows(wanted)
        return [found[one] for one in wanted if one in found]

    def way(self, change: int, whose: Whose = "mine") -> Way:
        """What :meth:`jump` would do; both parts are empty at the point itself.

        Raises ``NotFound`` and, for what cannot be done again, ``UsageError``.
        """
        return self._way(self._core.reader, change, whose)

    def here(self, whose: Whose = "mine") -> int:
        """The newest act of that scope that holds; 0 when none does."""
        reader = self._core.reader
        if whose == "all":
            newest = "SELECT coalesce(max(id), 0) FROM changes WHERE undone IS NULL"
            return int(reader.execute(newest).fetchone()[0])
        return next(iter(self._done(reader, 0, whose, 1)), 0)

    @property
    def _reader(self) -> Reader:
        core = self._core
        return Reader(core.reader, core.coder, core.window)

    # Back and forth --------------------------------------------------------

    def undo(self, *, everywhere: bool = False) -> Change:
        """Take back the last act of this window, or (everywhere) of this coder.

        Raises ``NothingToDo`` and ``Conflict``. In a window the next undo goes past
        an act that was refused, if it still cannot be taken back.
        """
        if everywhere:
            return self.undo_steps(1)[0]
        _ = self._core.writer  # one that only reads says so before anything else
        reader = self._core.reader
        tried = self._done(reader, 0, "window", len(self._passed) + 1)
        if tried and tried[0] > max(self._passed, default=0):
            self._passed.clear()  # something new was done since
        refused: Conflict | None = None
        for change in tried:
            try:
                return self._take(self._back_over(change))[0]
            except Conflict as error:
                refused = error
                if change not in self._passed:
                    self._passed.add(change)
                    raise Conflict(f"{error} Undo again goes past it.") from error
        raise refused or NothingToDo(self._nothing_to_undo(reader))

    def undo_steps(self, count: int) -> list[Change]:
        """Take back the last acts of this coder, ``count`` at most, all or none."""

        def last(connection: sqlite3.Connection) -> Way:
            done = self._done(connection, 0, "mine", count)
            if not done:
                raise NothingToDo("There is nothing to undo.")
            return Way(back=done)

        return self._take(last)

    def redo(self, *, everywhere: bool = False) -> Change:
        """Do again what was undone last in this window, or (everywhere) by this coder.

        Raises ``NothingToDo`` and ``Conflict``.
        """
        return self.redo_steps(1, "mine" if everywhere else "window")[0]

    def redo_steps(self, count: int, whose: Whose = "mine") -> list[Change]:
        """Do again what was undone last, ``count`` acts at most, all or none."""

        def next_ones(connection: sqlite3.Connection) -> Way:
            again = self._undone(connection, whose)[:count]
            if not again:
                raise NothingToDo("There is nothing to redo.")
            return Way(again=again)

        return self._take(next_ones)

    def jump(self, change: int, whose: Whose = "mine") -> list[Change]:
        """Make the library as it was right after an act, all or nothing.

        Takes back every act of the scope that came after it, or does again what was
        undone up to it; 0 is before the first. ``all`` is as ``mine``: nobody takes
        back what others did. Raises ``NothingToDo`` at the point itself,
        ``Conflict`` naming the act that stands in the way, ``NotFound``,
        ``UsageError``.
        """

        def way(connection: sqlite3.Connection) -> Way:
            found = self._way(connection, change, whose)
            if not found.back and not found.again:
                raise NothingToDo("Nothing was done since.")
            return found

        return self._take(way)

    def undo_to(self, change: int, whose: Whose = "mine") -> list[Change]:
        """Take back every act of the scope after this one, all or nothing."""
        return self._take(self._one_way(change, whose, back=True))

    def redo_to(self, change: int, whose: Whose = "mine") -> list[Change]:
        """Do again what was undone, up to and with this act, all or nothing."""
        return self._take(self._one_way(change, whose, back=False))

    def undo_only(self, change: int) -> Change:
        """Take back this one act of the coder, wherever it stands.

        Raises ``Conflict`` if something since depends on it, ``NotFound``,
        ``NothingToDo``, ``UsageError``.
        """

        def alone(connection: sqlite3.Connection) -> Way:
            one = self._get(connection, change)
            self._require_mine(one)
            if one.undone:
                raise NothingToDo(f"It is undone already: {one.act}.")
            return Way(back=[change])

        return self._take(alone)[0]

    def redo_only(self, change: int) -> Change:
        """Do this one act again that was undone; raises as :meth:`undo_only`."""

        def alone(connection: sqlite3.Connection) -> Way:
            one = self._get(connection, change)
            self._require_mine(one)
            if not one.undone:
                raise NothingToDo(f"It was not undone: {one.act}.")
            self._require_again(connection, one, "mine")
            return Way(again=[change])

        return self._take(alone)[0]

    # Inside ----------------------------------------------------------------

    def _take(self, chosen: Chosen) -> list[Change]:
        """Go the chosen way in one transaction; returns the acts as they are now."""

        def work(pen: Pen) -> Way:
            core = self._core
            way = chosen(pen.connection)
            asked = Asked(core.coder, core.window)
            turning = Turning(pen.connection, asked, back=bool(way.back))
            now = core.now()
            for change in (*way.back, *way.again):
                turning.turn(change, now)
            turning.finish()
            return way

        way = self._core.writer.run(work)
        if way.again:
            self._passed.clear()
        steps = [*way.back, *way.again]
        found = self.rows(steps)
        return [found[one] for one in steps]

    def _back_over(self, change: int) -> Chosen:
        def way(connection: sqlite3.Connection) -> Way:
            if self._get(connection, change).undone:  # meanwhile, in another window
                raise NothingToDo("It was taken back in another window just now.")
            return Way(back=[change])

        return way

    def _one_way(self, change: int, whose: Whose, *, back: bool) -> Chosen:
        def way(connection: sqlite3.Connection) -> Way:
            found = self._way(connection, change, whose)
            if not (found.back if back else found.again):
                word = "undo" if back else "redo"
                raise NothingToDo(f"There is nothing to {word} on the way there.")
            return found

        return way

    def _way(self, connection: sqlite3.Connection, change: int, whose: Whose) -> Way:
        if change == 0:
            return Way(back=self._done(connection, 0, whose))
        one = self._get(connection, change)
        if not one.undone:
            return Way(back=self._done(connection, change, whose))
        self._require_mine(one)
        return Way(again=self._require_again(connection, one, whose))

    def _require_mine(self, one: Change) -> None:
        if one.coder != self._core.coder:
            raise UsageError(f"Only {one.coder} can take that back or do it again.")

    def _require_again(
        self, connection: sqlite3.Connection, one: Change, whose: Whose
    ) -> Sequence[int]:
        """What is to be done again up to this act. Raises ``UsageError``."""
        undone = self._undone(connection, whose)
        if one.id not in undone:
            raise UsageError(
                "Something new was done since it was undone, so it cannot be done"
                f" again: {one.act}."
            )
        return undone[: undone.index(one.id) + 1]

    def _get(self, connection: sqlite3.Connection, change: int) -> Change:
        row = connection.execute(_ONE, [change]).fetchone()
        if row is None:
            raise NotFound(f"The history has no act {change}.")
        act, coder, created, undone, window = row
        here = window == self._core.window
        return Change(change, act, coder, created, bool(undone), here=here)

    def _done(
        self,
        connection: sqlite3.Connection,
        after: int,
        whose: Whose,
        limit: int = -1,
    ) -> Sequence[int]:
        """Acts of the scope after one that hold, newest first."""
        coder, window = self._scope(connection, whose)
        values = {"coder": coder, "window": window, "after": after, "limit": limit}
        return [id for (id,) in connection.execute(_DONE, values)]

    def _undone(self, connection: sqlite3.Connection, whose: Whose) -> Sequence[int]:
        """What can be done again, the next one first."""
        return redo.stack(connection, *self._scope(connection, whose))

    def _scope(
        self, connection: sqlite3.Connection, whose: Whose
    ) -> tuple[int, str | None]:
        row = connection.execute(
            "SELECT id FROM coders WHERE name = ?", [self._core.coder]
        ).fetchone()
        window = self._core.window if whose == "window" else None
        return (row[0] if row else 0), window

    def _nothing_to_undo(self, connection: sqlite3.Connection) -> str:
        sentence = "There is nothing to undo"
        if self._done(connection, 0, "mine", 1):
            return f"{sentence} in this window; the history has what was done before."
        return f"{sentence}."
