"""Names in the reader: one that was missed, one that is none, one of another type."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from store import who
from store.who import Scope
from tui.screens.entity_text import TYPE_WORDS
from tui.screens.reading_mentions import ReadingMentions
from tui.text.objects import word_at

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Entity, Mention
    from store.who import Said

_LONGEST = 200
"""Code points of a selection; no name is longer."""


class ReadingNaming(ReadingMentions):
    """What a person decides about who is named in the text."""

    def action_name(self) -> None:
        """Say who the selection names, else the entity or the word at the cursor."""
        place = self._named_place()
        if self.page is None or place is None or not self.may_write():
            return
        surface = self.page.text[slice(*place)]
        if len(surface) > _LONGEST:
            self.say("That is too long for a name; select only the name.")
            return
        was_selected = self.reader.selected is not None
        self.reader.goto(place[0], select=place)
        self.hand.ask(
            lambda library: who.near(library.core.reader, surface, 8),
            lambda known: self._ask_who(place, surface, known, was_selected),
        )

    def _ask_who(
        self,
        place: tuple[int, int],
        surface: str,
        known: list[Entity],
        was_selected: bool,
    ) -> None:
        from tui.screens.reading_who import NameDialog

        page = self.page
        if page is None or not self.is_current or page.text[slice(*place)] != surface:
            return
        document, dialog = page.document.id, NameDialog(surface, self.hand, known)

        def chosen(answer: str | None) -> None:
            if answer is None:
                if not was_selected:
                    self.reader.action_drop_selection()
                return
            kind, _, value = answer.partition(":")
            entity = int(value) if kind == "entity" else None
            type = None if entity is not None else value
            everywhere = dialog.everywhere

            def work(library: Library) -> Said:
                return who.say(
                    library.core,
                    document,
                    *place,
                    entity=entity,
                    type=type,
                    everywhere=everywhere,
                )

            self.hand.write(work, self._told)

        self.app.push_screen(dialog, chosen)

    def _told(self, said: Said) -> None:
        one = said.mention
        who_it_is = f"{one.name}: {TYPE_WORDS.get(one.type, one.type)}"
        if said.places > 1:
            documents = f"{said.documents:,} document{'s'[: said.documents > 1]}"
            who_it_is += f" · {said.places:,} places in {documents}"
        self.reader.action_drop_selection()
        self.say(f"{who_it_is} · saved · u undo")

    def _named_place(self) -> tuple[int, int] | None:
        """The selection without outer blanks, else the mention or word here."""
        if self.page is None:
            return None
        text, place = self.page.text, self.reader.selected
        if place is None:
            spans = self.reader.spans_at(self.reader.cursor_offset, "entity")
            place = (spans[0].start, spans[0].end) if spans else None
            place = place or word_at(text, self.reader.cursor_offset)
        start, end = place or (0, 0)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start == end:
            self.say("There is no word here; select the name with v.")
            return None
        return start, end

    # What is marked already -------------------------------------------------

    def action_no_name(self) -> None:
        """Say that the name here is none: only here, this spelling, or the entity."""
        from tui.screens.dialogs import Choose
        from tui.screens.reading_who import scopes

        mention = self._mention_here()
        if mention is None:
            return
        if mention.entity is None:  # a date or a sum
            self._reject(mention, "mention")
            return

        def chosen(scope: str | None) -> None:
            if scope is not None:
                self._reject(mention, cast(Scope, scope))

        surface = " ".join(mention.surface.split())
        title = f"“{surface}” is no name"
        self.app.push_screen(Choose(title, scopes(mention)), chosen)

    def _reject(self, mention: Mention, scope: Scope) -> None:
        surface = " ".join(mention.surface.split())

        def work(library: Library) -> None:
            if scope == "mention":
                library.entities.reject_mentions([mention.id])
            elif scope == "form":
                library.entities.reject_form(mention.surface)
            else:
                library.entities.reject([mention.entity or 0])

        kind = "figure" if mention.entity is None else "name here"
        words = {
            "mention": f"“{surface}” is no {kind}",
            "form": f"“{surface}” is no name, wherever it is written",
            "entity": f"{mention.name} is no name, whatever it is called",
        }
        self.hand.write(work, lambda _: self.say(f"{words[scope]} · saved · u undo"))

    def action_retype(self) -> None:
        """Say whether the name here is a person, a place …"""
        from tui.screens.reading_who import TypeDialog

        mention = self._mention_here()
        if mention is None:
            return
        if mention.entity is None:
            self.say("A date or sum has no other type; i says who it is.")
            return

        def chosen(answer: tuple[str, str] | None) -> None:
            if answer is None:
                return
            type, scope = answer[0], cast(Scope, answer[1])
            if type == mention.type:
                self.say(f"{mention.name}: {TYPE_WORDS[type]}, as before")
                return
            self.hand.write(
                lambda library: who.retype(library.core, mention.id, type, scope),
                lambda kept: self.say(
                    f"{kept.name}: {TYPE_WORDS[kept.type]} · saved · u undo"
                ),
            )

        self.app.push_screen(TypeDialog(mention), chosen)

    def _mention_here(self) -> Mention | None:
        """The mention that is meant, if the library can be changed."""
        return self.mention_meant() if self.page and self.may_write() else None
