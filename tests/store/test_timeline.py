"""Timelines: spans without gaps, known answers, and as when counted one by one."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from counting_library import Shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from store import timeline
from store.document_rows import DocumentFilter
from store.errors import NotFound, UsageError
from store.search import index
from store.time_spans import STEPS, fitting_step, place_of, spans_between
from store.timeline import Subject, Tally, Timeline


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def asked(
    shelf: Shelf, *subjects: Subject, by: str | None = None, source: str | None = None
) -> Timeline:
    *_, last = timeline.count(shelf.connection, subjects, DocumentFilter(source=source))
    assert last.tallies is not None
    return timeline.laid_out(last.tallies, by)


def bars(found: Timeline) -> dict[str, int]:
    labels = [span.label for span in found.spans]
    return dict(zip(labels, found.series[0].counts, strict=True))


def test_documents_by_every_step(shelf: Shelf) -> None:
    for published in ("2025-12-29", "2026-01-01T23:59:00+02:00", "2026-01-13"):
        shelf.document("x", published=published)
    shelf.document("x", published="2026-01-02", removed=True)
    subject = Subject()
    assert bars(asked(shelf, subject, by="year")) == {"2025": 1, "2026": 2}
    assert bars(asked(shelf, subject, by="month")) == {"2025-12": 1, "2026-01": 2}
    by_week = asked(shelf, subject, by="week")
    assert bars(by_week) == {"2026-W01": 2, "2026-W02": 0, "2026-W03": 1}
    assert (by_week.spans[0].since, by_week.spans[0].until) == (
        "2025-12-29",
        "2026-01-04",
    )
    by_day = bars(asked(shelf, subject, by="day"))
    assert len(by_day) == 16 and by_day["2025-12-30"] == 0 and sum(by_day.values()) == 3
    assert asked(shelf, subject).step == "day"


def test_without_a_date_or_with_a_coarse_one(shelf: Shelf) -> None:
    for published in (None, "", "someday", "2026", "2026-02", "2026-02-03"):
        shelf.document("x", published=published)
    by_day = asked(shelf, Subject(), by="day").series[0]
    assert (by_day.counts, by_day.undated, by_day.coarse) == ((1,), 3, 2)
    by_year = asked(shelf, Subject(), by="year").series[0]
    assert (by_year.counts, by_year.undated, by_year.coarse) == ((3,), 3, 0)
    assert by_year.total == 6


def test_nothing_at_all(shelf: Shelf) -> None:
    found = asked(shelf, Subject())
    assert found.spans == () and found.series[0].total == 0


def test_mentions_of_entities_beside_each_other(shelf: Shelf) -> None:
    ada, bo = shelf.entity("Ada"), shelf.entity("Bo")
    merged = shelf.entity("A. Byron", merged_into=ada)
    first = shelf.document("x", published="2026-01-05")
    last = shelf.document("x", published="2026-03-05", source="Elsewhere")
    for document, entity, state in (
        (first, ada, "new"),
        (first, ada, "rejected"),
        (first, merged, "new"),
        (last, bo, "accepted"),
    ):
        shelf.mention(document, entity, 0, 1, state=state)
    subjects = [Subject("mentions", "Ada"), Subject("mentions", str(bo))]
    found = asked(shelf, *subjects, by="month")
    assert [(one.label, one.counts) for one in found.series] == [
        ("Ada", (2, 0, 0)),
        ("Bo", (0, 0, 1)),
    ]
    only = asked(shelf, *subjects, by="month", source="Elsewhere")
    assert [one.counts for one in only.series] == [(0,), (1,)]
    with pytest.raises(NotFound):
        asked(shelf, Subject("mentions", "Cy"))


def test_annotations_by_tag_and_by_when_they_were_made(shelf: Shelf) -> None:
    blame = shelf.tag("blame")
    denial = shelf.tag("denial", blame)
    document = shelf.document("x" * 20, published="2026-01-05")
    shelf.annotate(document, [denial], 0, 3, created="2026-05-01T12:00:00.5Z")
    shelf.annotate(document, [], 0, 3, created="2026-06-01T12:00:00Z")
    shelf.annotate(document, [blame], deleted=True)
    everything = Subject("annotations")
    assert bars(asked(shelf, everything, by="month")) == {"2026-01": 2}
    tagged = Subject("annotations", "blame")
    assert bars(asked(shelf, tagged, by="month")) == {"2026-01": 1}
    made = Subject("annotations", dated="created")
    assert bars(asked(shelf, made, by="month")) == {"2026-05": 1, "2026-06": 1}


def test_words_are_counted_where_they_stand(shelf: Shelf) -> None:
    rows = []
    for text, published in (
        ("The ferry stays. The ferry is late.", "2026-01-05"),
        ("No ferries, but one ferry.", "2026-02-05"),
        ("Trams only.", "2026-02-06"),
    ):
        document = shelf.document(text, title="T", published=published)
        rows.append((document, "T", text))
    index.add_documents(shelf.connection, rows)
    found = asked(shelf, Subject("words", "ferry"), by="month")
    assert bars(found) == {"2026-01": 2, "2026-02": 1}


@pytest.mark.parametrize(
    "subject",
    [
        Subject("verbs"),
        Subject("mentions"),
        Subject("words", " "),
        Subject(dated="created"),
        Subject("annotations", dated="read"),
        Subject("annotations", "blame and"),
    ],
)
def test_what_cannot_be_counted_is_said(shelf: Shelf, subject: Subject) -> None:
    with pytest.raises(UsageError):
        asked(shelf, subject)


def test_too_many_spans_are_refused() -> None:
    tally = Tally("documents", {"0999-01-01": 1, "2026-01-01": 1})
    with pytest.raises(UsageError, match="days"):
        timeline.laid_out([tally], "day")
    assert len(timeline.laid_out([tally], "year").spans) == 1028
    assert timeline.laid_out([tally]).step == "year"


@pytest.mark.parametrize("step", STEPS)
def test_the_ends_of_time(step: str) -> None:
    for edge in ("0001-01-01", "9999-12-31"):
        (span,) = spans_between([edge], step)
        assert place_of(edge, step) == span.label
        assert span.since <= edge <= span.until


DAYS = st.lists(st.dates(date(1999, 12, 20), date(2001, 1, 20)), min_size=1, max_size=9)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sampled_from(STEPS))
def test_every_day_is_in_the_span_that_counts_it(days: list[date], step: str) -> None:
    tally = Tally("documents", Counter(day.isoformat() for day in days))
    found = timeline.laid_out([tally], step)
    one_by_one = [
        sum(span.since <= day.isoformat() <= span.until for day in days)
        for span in found.spans
    ]
    assert list(found.series[0].counts) == one_by_one
    assert sum(one_by_one) == len(days)
    for before, after in zip(found.spans, found.spans[1:], strict=False):
        gap = date.fromisoformat(after.since) - date.fromisoformat(before.until)
        assert gap == timedelta(days=1)
    assert one_by_one[0] and one_by_one[-1]
    assert len({span.label for span in found.spans}) == len(found.spans)


def test_steps_that_fit() -> None:
    start = date(2026, 1, 1)

    def over(days: int) -> str:
        return fitting_step([start.isoformat(), str(start + timedelta(days=days))])

    assert [over(days) for days in (0, 50, 300, 1500, 9000)] == [
        "day",
        "day",
        "week",
        "month",
        "year",
    ]
    assert fitting_step(["2026"]) == "year"
    assert fitting_step([]) == "year"
