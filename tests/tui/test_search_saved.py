"""Saved searches come back as they were; tagging keeps to where one looks."""

from __future__ import annotations

from pathlib import Path

from news_desk import app_of, desk, fill, number, says, seen, write
from test_search_history import answered, opened
from waiting import settled

from store.document_filter import DocumentFilter
from store.library import Library
from store.saved_searches import SavedSearch
from tui.screens.coding import CodingDialog


async def test_it_is_asked_again_as_it_was_saved(
    library: Library, tmp_path: Path
) -> None:
    """Kinds, mode and filter too; and it gets another name where it is offered."""
    fill(library, tmp_path / "news")
    saved = SavedSearch(
        "f.rry", ("document",), "regex", DocumentFilter(source="Coast Courier")
    )
    library.queries.save_search("boats", saved)
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await says(pilot, "saved as boats · regular expression · documents · only in")
        await pilot.press("ctrl+s")
        await says(pilot, 'Call the saved search "boats"')
        await pilot.press("ctrl+u")
        await write(pilot, "ships")
        await pilot.press("enter")
        await says(pilot, 'Renamed to "ships".')
        await says(pilot, "saved as ships")
        await pilot.press("enter")
        await answered(pilot, screen, "f.rry")
        await settled(pilot, lambda: screen._answer.asked.to_save == saved)  # type: ignore[union-attr]
        assert [hit.title for hit in screen._hits] == ["The ferry stays in port"]
        await says(pilot, "regex · documents")
        assert "only in Coast Courier" in seen(pilot)
        await pilot.press("ctrl+s")
        await says(pilot, "Save the search f.rry as")
        await pilot.press("enter")
        await says(pilot, 'Saved as "ships".')
        assert library.queries.search("ships") == saved


async def test_a_half_typed_pattern_only_says_so(
    library: Library, tmp_path: Path
) -> None:
    fill(library, tmp_path / "news")
    async with desk(library) as pilot:
        screen = await opened(pilot)
        await pilot.press("ctrl+g")
        await write(pilot, "(ferry")
        await answered(pilot, screen, "(ferry")
        await says(pilot, "missing )")
        await write(pilot, ")")
        await settled(pilot, lambda: screen._hits)


async def test_every_place_is_tagged_only_where_one_looks(
    library: Library, tmp_path: Path
) -> None:
    """By the filters in the query, those that exclude too."""
    fill(library, tmp_path / "news")
    async with desk(library) as pilot:
        screen = await opened(pilot)
        query = 'tromsby -title:"ferry stays" language:en'
        screen.type_in(query)
        await answered(pilot, screen, query)
        await pilot.press("ctrl+t")
        await settled(pilot, lambda: isinstance(app_of(pilot).screen, CodingDialog))
        await says(pilot, "1 place in 1 document")
        await write(pilot, "where")
        await pilot.press("enter", "enter")
        await settled(pilot, lambda: list(library.annotations.ids()))
        (one,) = library.annotations.select()
        assert one.document == number(library, "inquiry")


async def test_no_words_no_places(library: Library, tmp_path: Path) -> None:
    """Filters alone name no place, and one that means nothing is said."""
    fill(library, tmp_path / "news")
    async with desk(library) as pilot:
        screen = await opened(pilot)
        screen.type_in("language:en")
        await answered(pilot, screen, "language:en")
        await pilot.press("ctrl+t")
        await says(pilot, "Type the words whose places are to be tagged.")
        screen.type_in("ferry source:nobody")
        await answered(pilot, screen, "ferry source:nobody")
        await pilot.press("ctrl+t")
        await settled(pilot, lambda: isinstance(app_of(pilot).screen, CodingDialog))
        await says(pilot, "nobody")
