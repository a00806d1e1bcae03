"""The rows of the search: asked for, shown at once, their context as it comes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace

from textual import on
from textual.content import Content
from textual.timer import Timer

from store import safe
from store.errors import UsageError
from store.model import Hit
from tui.keys import by_id, show_keys
from tui.keys_run import actions_of
from tui.screens import search_preview, search_text
from tui.screens.search_asked import Answer
from tui.screens.search_base import Shown
from tui.screens.search_narrowing import SearchNarrowing
from tui.screens.search_past import SearchPast
from tui.screens.search_text import Past
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.plain import Plain
from tui.widgets.virtual_list import VirtualList

PREVIEW_SECONDS = 0.06
"""The bar rests this long on a row before its preview is fetched."""

CONTEXT_SECONDS = 0.07
"""So long typing rests before the context of the rows is looked for."""

TYPED_SECONDS = 0.2
"""So long typing rests before that is done for the first row."""

_MORE = 4
"""How many times as many hits are fetched when the last one is reached."""


class SearchRows(SearchPast, SearchNarrowing):
    """Asks while one types, and shows what comes."""

    def __init__(self) -> None:
        super().__init__()
        self._goal: tuple[str, int] | None = None
        self._in_context: set[int] = set()
        self._resting: Timer | None = None
        self._contexts: Timer | None = None

    # Asking ----------------------------------------------------------------

    def look(self) -> None:
        """Ask for what is typed; an older question is given up."""
        if self.is_open:
            app = self.postilla
            self.searcher.ask(
                self.asked, lambda answer: app.call_soon(self._show, answer)
            )
            self._show_state()

    def _show(self, answer: Answer) -> None:
        if not self.is_open or answer.asked != self.asked:
            return
        before, kept = self._answer, self._current
        is_same = before is not None and before.asked.text == answer.asked.text
        is_same = is_same and before is not None and before.asked.kinds == self._kinds
        self._answer = answer
        self._set_rows(answer)
        if answer.failure and not isinstance(answer.failure, UsageError):
            self.postilla.trouble(answer.failure)
        if is_same and self._goal is None:
            self._stay_on(_key(kept))
        elif self._goal is not None and self._stay_on(self._goal):
            self._goal = None
        self._show_title()
        self._show_state()
        self._show_hints()
        self._context_soon()
        self._preview_soon(TYPED_SECONDS)
        self.count_soon()

    def _set_rows(self, answer: Answer) -> None:
        """Other rows; a document keeps its old context until the new one is there."""
        old = {_key(self._rows[n]): self._rows[n] for n in self._in_context}
        is_empty = not answer.asked.text.strip()
        rows: list[Shown] = [*self.offered()] if is_empty else []
        for hit in answer.hits:
            was = old.get(_key(hit))
            if isinstance(was, Hit) and not hit.snippet:
                rows.append(replace(hit, snippet=was.snippet, marks=was.marks))
            else:
                rows.append(hit)
        self._rows, self._in_context = rows, set()
        self.list.show_rows(len(rows), "" if rows else self._nothing(answer))

    def _stay_on(self, wanted: tuple[str, int] | None) -> bool:
        for place, one in enumerate(self._rows):
            if wanted is not None and _key(one) == wanted:
                self.list.move_to(place)
                return True
        return False

    # What was found --------------------------------------------------------

    def _nothing(self, answer: Answer) -> str:
        if isinstance(answer.failure, UsageError):
            return str(answer.failure)  # a regular expression that is half typed
        if answer.failure is not None:
            return f"The search did not work: {answer.failure}"
        text = answer.asked.text.strip()
        if not text and not self.postilla.library.documents.count():
            return empty.no_documents_to_ask()
        if not text:
            return empty.nothing_typed(search_text.KIND_WORDS[self._kinds])
        key = show_keys(by_id("search.exact", actions_of(self.app)))
        if answer.unknown:
            return "\n".join(["Nothing found.", "", *answer.unknown])
        tried = search_text.tried(answer, self._within_words if self._is_within else "")
        nothing = empty.no_results(
            text, exact=key, is_exact=answer.asked.mode != "fuzzy"
        )
        return f"{nothing}\n\n{tried}"

    def _show_title(self) -> None:
        answer = self._answer
        is_empty = answer is not None and not answer.asked.text.strip()
        past = any(isinstance(one, Past) for one in self._rows)
        title = "Results"
        if is_empty and self._rows:
            title = "Opened or added last"
            title = f"Asked before · {title[0].lower()}{title[1:]}" if past else title
        self.show_scope(title)

    def _show_state(self) -> None:
        """How it is searched and what was found, in the room beside the field."""
        answer = self._answer
        count = ""
        if answer is not None and answer.asked.text.strip():
            count = search_text.counted(
                len(answer.hits), answer.asked.limit, answer.seconds
            )
        learnt = answer is None or answer.learnt
        forms = search_text.state_forms(self._kinds, self._mode, count, learnt)
        state = self.query_one(".search--state", Plain)
        fitting = (form for form in forms if safe.width(form) <= state.size.width)
        form = next(fitting, "")
        if state.shown != form:
            state.show(form)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Row]:
        return {n: _row(self._rows[n]) for n in ids if n < len(self._rows)}

    def _context_soon(self) -> None:
        """Ask for the context of what is seen once typing rests: to find it, and to
        paint the rows again, would take from the time that the next key needs."""
        if self._contexts is not None:
            self._contexts.stop()
        self._contexts = self.set_timer(CONTEXT_SECONDS, self._find_contexts)

    def _find_contexts(self) -> None:
        """Ask for the context of the documents that are seen and have none."""
        wanted = {
            n: one
            for n in self.list.in_sight
            if n not in self._in_context
            and isinstance(one := self._rows[n], Hit)
            and one.kind == "document"
        }
        if not wanted or self._answer is None:
            return
        answer, app = self._answer, self.postilla

        def work(connection: sqlite3.Connection, stop: Callable[[], bool]) -> list[Hit]:
            from store.search.hits import snippets

            return snippets(connection, list(wanted.values()), stop)

        def then(hits: list[Hit]) -> None:
            found = dict(zip(wanted, hits, strict=False))
            app.call_soon(self._show_context, (answer, found))

        self.searcher.also("context", work, then)

    def _show_context(self, came: tuple[Answer, dict[int, Hit]]) -> None:
        answer, found = came
        if not self.is_open or answer is not self._answer:
            return
        for n, hit in found.items():
            self._rows[n] = hit
        self._in_context.update(found)
        self.list.change(found)

    @on(VirtualList.Highlighted, "Results")
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()
        self._preview_soon()
        self._show_hints()
        hits = len(self._hits)
        if event.index == len(self._rows) - 1 and hits >= self._limit:
            self._limit *= _MORE
            self.look()

    def _show_hints(self) -> None:
        """The keys of what the bar is on."""
        past = isinstance(self._current, Past)
        self.show_keys_of("search-past" if past else "search")

    def _preview_soon(self, seconds: float = PREVIEW_SECONDS) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(seconds, self._preview)

    def _preview(self) -> None:
        one = self._current
        pane = self.query_one("#preview Plain", Plain)
        if not pane.size.width:
            return

        def show(text: Content) -> None:
            if self.is_open and _key(one) == _key(self._current):
                pane.show(text)

        if one is None:
            pane.show("")
        elif isinstance(one, Past):
            show(search_preview.of_past(one))
        else:
            self.postilla.hand.ask(
                lambda library: search_preview.of_hit(library, one), show
            )


def _key(one: Shown | None) -> tuple[str, int] | None:
    """What tells a row from others."""
    if isinstance(one, Past):
        return ("past " + one.query, 0)
    return None if one is None else (one.kind, one.id)


def _row(one: Shown) -> Row:
    return search_text.past_row(one) if isinstance(one, Past) else search_text.row(one)
