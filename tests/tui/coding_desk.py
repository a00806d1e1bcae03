"""Passages of the news and annotations on them, for the tests of coding."""

from __future__ import annotations

from news_desk import NEWS, number, reader
from textual.pilot import Pilot
from waiting import settled

from store.annotations import Passage
from store.library import Library
from store.model import Annotation

TEXT = NEWS["ferry"][4]
FIRST = TEXT[: TEXT.index(" She said")]
SAID = "She said that the ferry was safe."
NOBODY = "Nobody believed her."


def mark(library: Library, quote: str, *tags: str, note: str = "") -> Annotation:
    """Annotate a passage of the ferry's text."""
    start = TEXT.index(quote)
    return library.annotations.create(
        number(library, "ferry"),
        Passage(start, start + len(quote)),
        note=note,
        tags=tags,
    )


def kept(library: Library) -> list[tuple[str, tuple[str, ...]]]:
    """Quote and tags of every annotation."""
    return [(one.quote, one.tags) for one in library.annotations.select()]


async def go_to(pilot: Pilot[None], words: str) -> None:
    """Put the cursor where these words begin."""
    reader(pilot).reader.goto(TEXT.index(words))
    await pilot.pause()


async def shown(pilot: Pilot[None], count: int) -> None:
    """Wait until the reader shows so many annotations."""

    def is_so() -> bool:
        page = reader(pilot).page
        return page is not None and len(page.annotations) == count

    await settled(pilot, is_so)
