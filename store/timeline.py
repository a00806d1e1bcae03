"""How many, when: documents, mentions, annotations and words over time.

What is counted is dated by its document, as the date is written there, so that a span
of time means the same here and in the list of documents; annotations can also be
dated by when they were made, in local time. Spans in which there is nothing are there,
with nothing in them. What has no date, or none exact enough for the spans asked for,
is counted apart.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from store.document_rows import DocumentFilter, conditions
from store.errors import UsageError
from store.time_spans import Span, check_step, fitting_step, place_of, spans_between

DOCUMENTS, MENTIONS, ANNOTATIONS, WORDS = (
    "documents",
    "mentions",
    "annotations",
    "words",
)

COUNTED = (DOCUMENTS, MENTIONS, ANNOTATIONS, WORDS)
"""What can be counted."""

PUBLISHED, CREATED = "published", "created"


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is counted over time."""

    of: str = DOCUMENTS
    about: str = ""
    """Of whom the mentions are (a name, or the digits of an id), which annotations (a
    tag expression; empty: all), which words (as for words in context)."""
    dated: str = PUBLISHED
    """``created``: annotations by when they were made."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One subject, counted by date as it is written."""

    label: str
    dates: Mapping[str, int]
    """``2026-01-30``, or as much of it as is known; empty where nothing is."""

    @property
    def total(self) -> int:
        """All that was counted, with a date or without."""
        return sum(self.dates.values())


@dataclass(frozen=True, slots=True)
class Series:
    """One subject over the spans of a timeline."""

    label: str
    counts: tuple[int, ...]
    undated: int
    """How many have no date."""
    coarse: int
    """How many have a date that is not exact enough: a year, where days are asked."""

    @property
    def total(self) -> int:
        """All that was counted."""
        return sum(self.counts) + self.undated + self.coarse


@dataclass(frozen=True, slots=True)
class Timeline:
    """Spans of time, one after the other without a gap, and what falls in them."""

    step: str
    spans: tuple[Span, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """How far the counting is; the last one has the tallies."""

    done: int
    total: int
    tallies: tuple[Tally, ...] | None = None
    note: str = ""
    """One sentence where not everything could be looked at."""


@dataclass(slots=True)
class _Found:
    """What is known of one subject so far."""

    label: str
    dates: Counter[str] = field(default_factory=Counter)
    note: str = ""


def count(
    connection: sqlite3.Connection,
    subjects: Sequence[Subject],
    documents: DocumentFilter | None = None,
) -> Iterator[Step]:
    """Count subjects in the documents a filter lets through, a step at a time.

    May be left after any step. Raises ``UsageError`` and ``NotFound``.
    """
    filters = documents or DocumentFilter()
    for subject in subjects:
        _check(subject)
    found: list[_Found] = []
    for subject in subjects:
        if subject.of == WORDS:
            one = _Found(subject.about)
            yield from _words(connection, subject.about, filters, one)
        else:
            one = _ASK[subject.of](connection, subject, filters)
        found.append(one)
    notes = dict.fromkeys(one.note for one in found if one.note)
    tallies = tuple(Tally(one.label, dict(one.dates)) for one in found)
    yield Step(1, 1, tallies, " ".join(notes))


def laid_out(tallies: Sequence[Tally], step: str | None = None) -> Timeline:
    """The tallies over days, weeks, months or years; ``None``: whichever fits them.

    Raises ``UsageError`` where there would be more spans than anyone can use.
    """
    dates = {date for tally in tallies for date in tally.dates}
    if step is None:
        step = fitting_step(dates)
    check_step(step)
    spans = spans_between(dates, step)
    number_of = {span.label: number for number, span in enumerate(spans)}
    return Timeline(
        step, spans, tuple(_series(tally, step, number_of) for tally in tallies)
    )


def _series(tally: Tally, step: str, number_of: Mapping[str, int]) -> Series:
    counts = [0] * len(number_of)
    undated = coarse = 0
    for date, times in tally.dates.items():
        place = place_of(date, step)
        if place is not None:
            counts[number_of[place]] += times
        elif place_of(date, "year") is None:
            undated += times
        else:
            coarse += times
    return Series(tally.label, tuple(counts), undated, coarse)


def _check(subject: Subject) -> None:
    if subject.of not in COUNTED:
        raise UsageError(
            f"{subject.of} cannot be counted over time; choose {', '.join(COUNTED)}."
        )
    if subject.dated not in (PUBLISHED, CREATED):
        raise UsageError(f"There is no date {subject.dated}; published or created.")
    if subject.dated == CREATED and subject.of != ANNOTATIONS:
        raise UsageError("Only annotations have a date on which they were made.")
    if subject.of in (MENTIONS, WORDS) and not subject.about.strip():
        what = "whose mentions" if subject.of == MENTIONS else "which words"
        raise UsageError(f"Say {what} are to be counted.")


def _documents(
    connection: sqlite3.Connection, subject: Subject, filters: DocumentFilter
) -> _Found:
    where, values = conditions(connection, filters)
    rows = connection.execute(
        "SELECT substr(d.published, 1, 10), count(*) FROM documents d"
        f" WHERE {where} GROUP BY 1",
        values,
    )
    return _by_date("documents", rows)


def _mentions(
    connection: sqlite3.Connection, subject: Subject, filters: DocumentFilter
) -> _Found:
    from store import entity_rows

    entity = entity_rows.find(connection, subject.about)
    where, values = conditions(connection, filters)
    rows = connection.execute(
        "SELECT substr(d.published, 1, 10), sum(m.times) FROM ("
        " SELECT document, count(*) AS times FROM mentions WHERE entity IN"
        " (SELECT id FROM entities WHERE id = ? OR merged_into = ?)"
        " AND state <> 'rejected' GROUP BY document"
        f") m JOIN documents d ON d.id = m.document WHERE {where} GROUP BY 1",
        [entity, entity, *values],
    ).fetchall()
    (name,) = connection.execute(
        "SELECT name FROM entities WHERE id = ?", [entity]
    ).fetchone()
    return _by_date(name, rows)


def _annotations(
    connection: sqlite3.Connection, subject: Subject, filters: DocumentFilter
) -> _Found:
    where, values = conditions(connection, filters)
    chosen: list[str] = []
    expression = subject.about.strip()
    if expression:
        from store import annotation_ids
        from store.annotation_rows import AnnotationFilter

        ids = annotation_ids.ids(connection, AnnotationFilter(tag=expression))
        where += " AND a.id IN (SELECT value FROM json_each(?))"
        chosen.append(json.dumps(list(ids)))
    is_made = subject.dated == CREATED
    date = "date(a.created, 'localtime')" if is_made else "substr(d.published, 1, 10)"
    rows = connection.execute(
        f"SELECT {date}, count(*) FROM seen_annotations a"
        f" JOIN documents d ON d.id = a.document WHERE {where} GROUP BY 1",
        [*values, *chosen],
    )
    return _by_date(expression or "annotations", rows)


_ASK = {DOCUMENTS: _documents, MENTIONS: _mentions, ANNOTATIONS: _annotations}


def _by_date(label: str, rows: Iterable[tuple[str | None, int]]) -> _Found:
    found = _Found(label)
    for date, times in rows:
        found.dates[date or ""] += int(times)
    return found


def _words(
    connection: sqlite3.Connection, words: str, filters: DocumentFilter, found: _Found
) -> Iterator[Step]:
    """Count the places of words, by the dates of their documents."""
    from store import places

    times: Counter[int] = Counter()
    for page in places.find(connection, words, filters):
        times.update(place.document for place in page.places)
        found.note = page.note
        yield Step(page.looked, page.looked if page.of is None else page.of)
    dates = connection.execute(
        "SELECT id, substr(published, 1, 10) FROM documents"
        " WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(times))],
    )
    for document, date in dates:
        found.dates[date or ""] += times[document]
