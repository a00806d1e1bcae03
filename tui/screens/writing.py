"""An annotation being written: what it is about, how it is saved and kept as a draft.

Used by the form in the reader and by the one over the list of annotations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from store.annotations import Passage
from store.errors import NotFound
from tui.widgets.annotation_form import FormValues

if TYPE_CHECKING:
    from store.library import Library
    from store.model import Annotation

BESIDE_THE_TEXT, OVER_THE_LIST = "text", "list"
"""Forms of one window; each has a draft of its own."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What an open form is about, whatever is shown meanwhile."""

    document: int
    passage: Passage | None
    """``None`` for the whole document."""
    edited: Annotation | None
    form: str = BESIDE_THE_TEXT

    @classmethod
    def of(cls, annotation: Annotation, form: str = BESIDE_THE_TEXT) -> Self:
        """Going on with an annotation there is."""
        return cls(annotation.document, passage_of(annotation), annotation, form)

    def save(self, library: Library, values: FormValues) -> None:
        """Write it into the library, and drop the draft of it.

        What was edited and is gone meanwhile is made anew: its words are not lost.
        """
        if self.edited is None or not _is_there(library, self.edited.id):
            library.annotations.create(
                self.document, self.passage, note=values.note, tags=values.tags
            )
        else:
            library.annotations.edit(self.edited.id, note=values.note, tags=values.tags)
        self.forget(library)

    def keep(self, library: Library, values: FormValues) -> None:
        """Write down what stands in the form now."""
        library.drafts.keep(
            self.document,
            start=self.passage.start if self.passage else None,
            end=self.passage.end if self.passage else None,
            note=values.note,
            tags=values.tags,
            annotation=self.edited.id if self.edited else None,
            form=self.form,
        )

    def forget(self, library: Library) -> None:
        """It was saved or discarded."""
        library.drafts.clear(self.form)


def passage_of(annotation: Annotation) -> Passage | None:
    """Where an annotation stands; ``None`` for one of the whole document."""
    if annotation.start is None or annotation.end is None:
        return None
    return Passage(annotation.start, annotation.end)


def _is_there(library: Library, annotation: int) -> bool:
    try:
        library.annotations.get(annotation)
    except NotFound:
        return False
    return True
