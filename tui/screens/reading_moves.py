"""Jumps in the reader that can be taken back, and what a place of the text is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.screens.reading_choice import ReadingChoice
from tui.text.objects import char_at, word_at
from tui.trail import Spot

if TYPE_CHECKING:
    from store.model import Annotation

_LONGEST = 200
"""Code points of a selection that is looked for elsewhere; nobody repeats more."""


class ReadingMoves(ReadingChoice):
    """Moves that lead far, and the questions asked from a place."""

    def on_mount(self) -> None:
        """Tell the application where one stands whenever it asks."""
        super().on_mount()
        self.postilla.reading_spot = self.spot

    def spot(self) -> Spot | None:
        """Where one stands in the text; ``None`` while there is none."""
        if self.page is None:
            return None
        return Spot(self.page.document.id, self.reader.cursor_offset)

    def leave_place(self) -> None:
        """The next move is a jump: it can be taken back."""
        self.postilla.leave_place()

    def jump(self, offset: int) -> None:
        """Go to an offset; if it is far off, the place left is remembered."""
        if self.is_far(offset):
            self.leave_place()
        self.go(offset)

    def go(self, offset: int) -> None:
        """Put the cursor on an offset; a selection being made follows."""
        reader = self.reader
        chosen, cursor = reader.selected, reader.cursor_offset
        if chosen is None or self.page is None:
            reader.goto(offset)
            return
        is_one_sign = char_at(self.page.text, cursor) == chosen
        onwards = cursor > chosen[0] or (is_one_sign and offset > cursor)
        other = chosen[0] if onwards else chosen[1]
        reader.goto(offset, select=(min(other, offset), max(other, offset)))

    def is_far(self, offset: int) -> bool:
        """Whether an offset is about a screenful or more from the cursor."""
        size = self.reader.size
        distance = abs(offset - self.reader.cursor_offset)
        return distance > size.width * size.height // 2

    # The same tag ----------------------------------------------------------

    def action_next_same_tag(self) -> None:
        """To the next annotation that has a tag of the one here."""
        self._same_tag(True)

    def action_previous_same_tag(self) -> None:
        """To the annotation before that has a tag of the one here."""
        self._same_tag(False)

    def _same_tag(self, forward: bool) -> None:
        if self.page is None:
            return
        placed = placed_in(self.page.annotations)
        base = here_or_before(placed, self.reader.cursor_offset)
        tags = {tag for one in base for tag in one.tags}
        if not base:
            self.say("No annotation here or before; ]a goes to the next.")
        elif not tags:
            self.say("The annotation here has no tag.")
        else:
            self._step_along(placed, base, tags, forward)

    def _step_along(
        self,
        placed: Sequence[Annotation],
        base: Sequence[Annotation],
        tags: set[str],
        forward: bool,
    ) -> None:
        cursor = self.reader.cursor_offset
        same = [one for one in placed if tags & set(one.tags)]
        if forward:
            found = [one for one in same if _start(one) > cursor]
        else:
            held = [one for one in base if _start(one) <= cursor < (one.end or 0)]
            limit = min((_start(one) for one in held), default=cursor)
            found = [one for one in reversed(same) if _start(one) < limit]
        if not found:
            where = "further on" if forward else "further back"
            self.say(f"None {where} with {' or '.join(sorted(tags))}.")
            return
        one = found[0]
        self.jump(_start(one))
        shared = " · ".join(tag for tag in one.tags if tag in tags)
        self.say(f"{shared} · {same.index(one) + 1:,} of {len(same):,} here")

    # What a place is about --------------------------------------------------

    def words_at_hand(self) -> str:
        """The selection, else the entity at the cursor, else the word."""
        if self.page is None:
            return ""
        if self.reader.selected is None:
            spans = self.reader.spans_at(self.reader.cursor_offset, "entity")
            for span in spans:
                mention = self.page.mention(span.ref)
                if mention is not None and mention.name:
                    return f"entity:{mention.name}"
        return self._quoted_words()

    def _quoted_words(self) -> str:
        """The selection or the word at the cursor, as a phrase to look for."""
        words = self.reader.selected_text[:_LONGEST]
        if not words and self.page is not None:
            text, cursor = self.page.text, self.reader.cursor_offset
            found = word_at(text, cursor)
            words = text[slice(*found)] if found else ""
        words = " ".join(words.replace('"', " ").split())
        return f'"{words}"' if words else ""

    def action_elsewhere(self) -> None:
        """Other places with the words selected, or the word at the cursor."""
        words = self._quoted_words()
        if words:
            self.postilla.action_show_concordance(words)
        else:
            self.say("There is no word here; select what to look for.")


def placed_in(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Those that have a place in the text, in its order."""
    placed = [
        one
        for one in annotations
        if one.start is not None and one.anchor_state != "orphan"
    ]
    return sorted(placed, key=_start)


def here_or_before(placed: Sequence[Annotation], cursor: int) -> list[Annotation]:
    """Those that hold the cursor; else the last one that begins before it."""
    here = [one for one in placed if _start(one) <= cursor < (one.end or 0)]
    return here or [one for one in placed if _start(one) <= cursor][-1:]


def _start(annotation: Annotation) -> int:
    return annotation.start or 0
