"""Searches of before: offered in an empty field, walked through, saved, dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.errors import PostillaError, UsageError
from store.saved_searches import about, written
from store.searched import tidied
from tui.keys import by_id, show_keys
from tui.keys_run import actions_of
from tui.screens.search_base import SearchBase
from tui.screens.search_text import Past, past

if TYPE_CHECKING:
    from store.library import Library
    from store.queries import Query

OFFERED = 12
"""Searches that were not saved and are offered all the same."""

_LONGEST = 40
"""Code points of a query in a question."""


class SearchPast(SearchBase):
    """The actions of the search on searches."""

    def __init__(self) -> None:
        super().__init__()
        self._walk: list[str] = []
        self._step = -1
        self._before = ""
        self._kept = ""

    def offered(self) -> list[Past]:
        """What an empty field offers: saved searches, then the last others."""
        library = self.postilla.library
        saved = library.queries.list("search")
        lately = library.searched.list(OFFERED + len(saved))
        reader = library.core.reader
        return past(saved, lately, lambda expression: about(reader, expression))

    def ask_again(self, one: Past) -> None:
        """Ask a search of before; a saved one exactly as it was saved."""
        if one.name:
            try:
                search = self.postilla.library.queries.search(one.name)
            except PostillaError as error:
                self.say(str(error))
                return
            self._kinds, self._mode = search.kinds, search.mode
            self.search_within(search.within)
        is_typed = self.field.value == one.query
        self.type_in(one.query)
        if is_typed:
            self.again()

    def remember(self) -> None:
        """Keep what is typed, if it found something: one may ask it again."""
        query = "" if self._mode == "regex" else tidied(self.field.value)
        if query and query != self._kept and self._hits and self._is_answered():
            self._kept = query
            if not self.postilla.library.read_only:
                self.postilla.hand.write_quietly(
                    lambda library: library.searched.keep(query)
                )

    def _is_answered(self) -> bool:
        answer = self._answer
        return answer is not None and answer.asked.text == self.field.value

    # Walking ---------------------------------------------------------------

    def action_older(self) -> None:
        """The search before the one that is typed."""
        self._go(1)

    def action_newer(self) -> None:
        """The search after it; behind the last what was typed before walking."""
        self._go(-1)

    def _go(self, by: int) -> None:
        typed = self.field.value
        if not (0 <= self._step < len(self._walk)) or self._walk[self._step] != typed:
            # Typed anew since: begin with what was asked last.
            asked = (one.query for one in self.postilla.library.searched.list())
            self._walk = [query for query in asked if query != tidied(typed)]
            self._step, self._before = -1, typed
        step = self._step + by
        if step < -1 or step >= len(self._walk):
            older = "No search before this one."
            self.say(older if by > 0 else "No search after this one.")
            return
        self._step = step
        self.type_in(self._walk[step] if step >= 0 else self._before)

    # Saving and dropping ---------------------------------------------------

    def action_save(self) -> None:
        """Give what is typed a name, to be asked again by it; in an empty field give
        the saved search the bar is on another name."""
        one, search = self._current, self.asked.to_save
        if not search.text and isinstance(one, Past) and one.name:
            self._rename(one)
            return
        try:
            expression = written(self.postilla.library.core.reader, search)
        except UsageError:
            self.say("Nothing to save yet: type what to search for.")
            return
        except PostillaError as error:
            self.say(str(error))
            return
        saved = self.postilla.library.queries.list("search")
        names = {kept.expression: kept.name for kept in saved}
        question = f"Save the search {_short(search.text)} as"
        self._ask_name(
            question,
            names.get(expression, ""),
            lambda library, name: library.queries.save_search(name, search),
            "Saved as",
        )

    def _rename(self, one: Past) -> None:
        self._ask_name(
            f'Call the saved search "{one.name}"',
            one.name,
            lambda library, name: library.queries.rename(one.name, name, "search"),
            "Renamed to",
        )

    def _ask_name(
        self,
        question: str,
        start: str,
        work: Callable[[Library, str], Query],
        done: str,
    ) -> None:
        from tui.screens.dialogs import Prompt

        def named(name: str | None) -> None:
            if name is not None:
                self.postilla.hand.write(
                    lambda library: work(library, name),
                    lambda kept: self._told(f'{done} "{kept.name}".'),
                    lambda error: self.say(str(error)),
                )

        self.app.push_screen(Prompt(question, start, check=_problem), named)

    def action_drop(self) -> None:
        """Drop the saved search the bar is on, or forget one that was only asked."""
        one = self._current
        if not isinstance(one, Past):
            self.say("In an empty field: on a search, this drops it.")
            return
        hand = self.postilla.hand
        if one.name:
            hand.write(
                lambda library: library.queries.drop(one.name, "search"),
                lambda gone: self._told(f'"{gone.name}" dropped · {self._undo}'),
            )
        else:
            hand.write(
                lambda library: library.searched.forget(one.query),
                lambda _: self._told("Forgotten."),
            )

    @property
    def _undo(self) -> str:
        """How to undo from here: the key works once the search is closed."""
        key = show_keys(by_id("undo", actions_of(self.app)))
        return f"esc, then {key} undo"

    def _told(self, sentence: str) -> None:
        if self.is_open:
            self.say(sentence)
            self.look()


def _short(query: str) -> str:
    return query if len(query) <= _LONGEST else f"{query[:_LONGEST]}…"


def _problem(name: str) -> str | None:
    """Why a search cannot be called so."""
    from store.queries import checked_name

    try:
        checked_name(name)
    except PostillaError as error:
        return str(error)
    return None
