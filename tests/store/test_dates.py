"""Dates as people give them, and what they let through."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import pytest
import shelf
from hypothesis import given
from hypothesis import strategies as st

from store import dates
from store.document_rows import DocumentFilter
from store.errors import UsageError
from store.library import Library


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", datetime(2026, 1, 1), datetime(2027, 1, 1)),
        ("2026-12", datetime(2026, 12, 1), datetime(2027, 1, 1)),
        ("2026-2", datetime(2026, 2, 1), datetime(2026, 3, 1)),
        ("2028-02-29", datetime(2028, 2, 29), datetime(2028, 3, 1)),
        (" 2026-01-30 ", datetime(2026, 1, 30), datetime(2026, 1, 31)),
        (
            "2026-01-30 09:30",
            datetime(2026, 1, 30, 9, 30),
            datetime(2026, 1, 30, 9, 31),
        ),
        (
            "2026-01-30T09:30:15",
            datetime(2026, 1, 30, 9, 30, 15),
            datetime(2026, 1, 30, 9, 30, 16),
        ),
        ("9999", datetime(9999, 1, 1), datetime.max),
        ("9999-12", datetime(9999, 12, 1), datetime.max),
        ("9999-12-31", datetime(9999, 12, 31), datetime.max),
    ],
)
def test_a_date_lasts_from_until(text: str, first: datetime, last: datetime) -> None:
    assert dates.span(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-13", "2026-02-30", "2026-01-30T25:00", "yesterday", "2026-01-30x"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no date; write 2026"):
        dates.span(text)


@pytest.mark.parametrize("text", ["0001", "9999", "9999-12-31T23:59:59", "0001-01-01"])
def test_the_ends_of_time_are_dates_too(text: str) -> None:
    assert dates.stamped_from(text)[:4] in (text[:4], f"{int(text[:4]) - 1:04}")
    assert dates.stamped_before(text) >= dates.stamped_from(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        first, last = dates.span(text)
    except UsageError:
        return
    assert first < last


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2026", "2026", {"2026", "2026-01", "2026-01-30", "2026-01-30T22:00:00Z"}),
        ("2026-01-30", "2026-01-30", {"2026-01-30", "2026-01-30T22:00:00Z"}),
        ("2026-01-30T12:00", None, {"2026-01-30T22:00:00Z", "2027"}),
        (None, "2025", {"2025-12-31"}),
        ("2026-02", None, {"2027"}),
        (None, "9999", None),
    ],
)
def test_documents_of_a_time(
    library: Library, since: str | None, until: str | None, found: set[str] | None
) -> None:
    published = [
        *("2025-12-31", "2026", "2026-01", "2026-01-30", "2026-01-30T22:00:00Z"),
        *("2027",),
    ]
    for one in published:
        shelf.add_text(library, f"Published {one}.", published=one)
    shelf.add_text(library, "Undated.")
    rows = library.documents.select(DocumentFilter(since=since, until=until))
    assert {row.published for row in rows} == (found or set(published))


@pytest.fixture
def far_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nine hours before Greenwich."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_stamps_are_asked_for_in_local_time(far_zone: None) -> None:
    assert dates.stamped_from("2026-01-30") == "2026-01-29T15:00:00"
    assert dates.stamped_before("2026-01-30") == "2026-01-30T15:00:00"
