"""Which passage and which annotation an act of the reader is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from store.annotations import Passage
from tui.screens import reading_text
from tui.screens.base import LibraryScreen
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Annotation
    from tui.screens.reading_parts import TextReader
    from tui.screens.reading_text import Page
    from tui.widgets.annotation_form import AnnotationForm


class ReadingChoice(LibraryScreen):
    """What the acts of the reader have in common."""

    page: Page | None

    def __init__(self) -> None:
        super().__init__()
        self.last_tags: tuple[int, ...] = ()
        """What was last put on a passage in this window, for the key that repeats."""

    @property
    def reader(self) -> TextReader:
        """The text."""
        raise NotImplementedError

    @property
    def form(self) -> AnnotationForm | None:
        """The open form, if one is open."""
        raise NotImplementedError

    def may_write(self) -> bool:
        """Whether the library can be changed; says so if not."""
        if self.library.read_only:
            self.say("This library is open for reading only.", error=True)
        return not self.library.read_only

    def chosen_passage(self) -> Passage | None:
        """The selection; without one the sentence at the cursor, shown selected."""
        if self.page is None or not self.may_write():
            return None
        if self.reader.selected is None and not self.reader.select_object("sentence"):
            self.say("There is no sentence here to annotate.")
            return None
        chosen = self.reader.selected
        return None if chosen is None else Passage(*chosen)

    def with_annotation(self, then: Callable[[Annotation], None]) -> None:
        """Do something with the annotation at the cursor; ask which of several."""
        found = self.annotations_here()
        if found:
            self.with_one_of(found, then)
        else:
            self.say("There is no annotation here; ]a goes to the next.")

    def with_one_of(
        self, found: Sequence[Annotation], then: Callable[[Annotation], None]
    ) -> None:
        """Do something with the one of these annotations that is meant."""
        from tui.screens.reading_pick import PickAnnotation

        if len(found) == 1 or self.page is None:
            then(found[0])
            return
        numbers = reading_text.numbered(self.page.annotations)
        by_id = {str(one.id): one for one in found}

        def chosen(id: str | None) -> None:
            if id is not None:
                then(by_id[id])

        self.app.push_screen(PickAnnotation(found, numbers), chosen)

    def annotations_here(self) -> list[Annotation]:
        """Those at the cursor, smallest first; in the side panel the one pointed at."""
        if self.page is None:
            return []
        by_id = {one.id: one for one in self.page.annotations}
        panel = self.query_one("#marked", VirtualList)
        if panel.has_focus and panel.cursor_id in by_id:
            return [by_id[panel.cursor_id]]
        spans = self.reader.spans_at(self.reader.cursor_offset, "annotation")
        return [by_id[span.ref] for span in spans if span.ref in by_id]


def own_on(
    library: Library, annotations: Iterable[Annotation], passage: Passage | None
) -> list[Annotation]:
    """Those that this coder made on exactly this passage; ``None``: the document."""
    place = None if passage is None else (passage.start, passage.end)
    kind = "document" if passage is None else "span"
    return [
        one
        for one in annotations
        if one.coder == library.core.coder
        and one.kind == kind
        and (place is None or (one.start, one.end) == place)
        and one.anchor_state in ("exact", "moved")
    ]


def tag_ids(library: Library, paths: Iterable[str]) -> tuple[int, ...]:
    """The tags of these paths by id, so that renaming them changes nothing.

    Raises ``NotFound`` for one that is not in the codebook.
    """
    return tuple(library.codebook.find(path) for path in paths)


def tag_paths(library: Library, ids: Iterable[int]) -> tuple[str, ...]:
    """The paths that these tags have now, without those that are gone."""
    known = {tag.id: tag.path for tag in library.codebook.tags(counted=False)}
    return tuple(known[id] for id in ids if id in known)
