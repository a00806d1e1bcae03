"""Putting tags on a passage with few keys: chosen, the same as before, by a letter.

A passage that this coder has annotated before gets the tags there; no second
annotation is made of it. Whether it has is looked up where it is written, since the
key before may still be on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.annotations import Passage
from store.codebook import problem_with_path
from store.errors import NotFound
from tui.screens.reading_choice import ReadingChoice, own_on, tag_ids, tag_paths

if TYPE_CHECKING:
    from store.library import Library

NO_MARKERS = "No tag has a marker yet: D on a tag in the Codebook gives it a letter."
NO_LAST = "No tags were put on in this window yet; t, a and ' do, . repeats them."


@dataclass(frozen=True, slots=True)
class Tagged:
    """What became of tags that were put on a passage."""

    ids: tuple[int, ...]
    """All of them."""
    added: tuple[str, ...]
    """Those the passage did not have."""
    is_new: bool
    """Whether the passage was not annotated before."""

    @property
    def sentence(self) -> str:
        """For the footer."""
        if self.is_new:
            return f"Tagged {', '.join(self.added)} · saved · u undo"
        if self.added:
            added = ", ".join(self.added)
            return f"{added} added to your annotation there · saved · u undo"
        return "Your annotation there has these tags already."


class ReadingTagging(ReadingChoice):
    """The keys that tag without a note."""

    def action_tag(self) -> None:
        """Put tags on the selection or the sentence, without a note."""
        from tui.screens.dialogs import TagDialog

        passage = self.chosen_passage()
        if passage is None:
            return

        def chosen(tags: tuple[str, ...] | None) -> None:
            if tags:
                self._put(passage, lambda _: tags)

        known = self.library.codebook.choices()
        dialog = TagDialog(known, title="Tags", validate=problem_with_path)
        self.app.push_screen(dialog, chosen)

    def action_same_tags(self) -> None:
        """Put the tags that were put on last on the selection or the sentence."""
        last = self.last_tags
        if not last:
            self.say(NO_LAST)
            return
        passage = self.chosen_passage()
        if passage is not None:
            self._put(passage, lambda library: _again(library, last))

    def action_marker(self) -> None:
        """Ask for a letter; the tag with that marker is put on."""
        from tui.screens.reading_markers import MarkerDialog

        tags = self.library.codebook.tags(counted=False)
        marked = [(tag.marker, tag.path) for tag in tags if tag.marker]
        if not marked:
            self.say(NO_MARKERS)
            return
        passage = self.chosen_passage()
        if passage is None:
            return

        def chosen(path: str | None) -> None:
            if path is not None:
                self._put(passage, lambda _: (path,))

        self.app.push_screen(MarkerDialog(marked), chosen)

    def _put(self, passage: Passage, which: Callable[[Library], Sequence[str]]) -> None:
        if self.page is None:
            return
        document = self.page.document.id

        def work(library: Library) -> Tagged:
            return put_tags(library, document, passage, which(library))

        def done(tagged: Tagged) -> None:
            self.last_tags = tagged.ids
            if self.reader.selected == (passage.start, passage.end):
                self.reader.action_drop_selection()
            self.say(tagged.sentence)

        self.hand.write(work, done)


def put_tags(
    library: Library, document: int, passage: Passage, tags: Sequence[str]
) -> Tagged:
    """Put tags on a passage, in one act; missing ones are made."""
    annotations = library.annotations
    before = own_on(library, annotations.of_document(document), passage)
    had: set[str] = set()
    if before:
        had = set(before[0].tags)
        (one,) = annotations.tag([before[0].id], tags)
    else:
        one = annotations.create(document, passage, tags=tags)
    added = tuple(path for path in one.tags if path not in had)
    return Tagged(tag_ids(library, tags), added, not before)


def _again(library: Library, last: Sequence[int]) -> tuple[str, ...]:
    """Last time's tags by what they are called now."""
    paths = tag_paths(library, last)
    if not paths:
        raise NotFound("The tags that were put on last are no longer in the codebook.")
    return paths
