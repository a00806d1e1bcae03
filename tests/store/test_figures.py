"""Figures by value, and quotations with their speakers, as a library keeps them."""

from __future__ import annotations

from typing import Any

import pytest
import shelf

from store import entity_rows, figure_rows, naming, quotations
from store.document_rows import DocumentFilter
from store.errors import UsageError
from store.extract import literals
from store.extract import quotations as speech
from store.extract.tokens import tokens
from store.figures import TYPES, Figure, FigureFilter, ids, select
from store.library import Library
from store.measures import measure
from store.model import Found
from store.schema_extract import FIGURES

STORY = (
    "Orvel paid 12 million euros for Tamarind. Nadia Brandt told us:"
    " “We will lose 300,000 dollars, or 4.5 percent.”\n"
    "The rest, 7 million euros, went to nobody."
)
NAMES = {"Orvel": "ORG", "Tamarind": "ORG", "Nadia Brandt": "PER"}


def extracted(library: Library, text: str, names: dict[str, str], **fields: Any) -> int:
    """Add a document with these names, its literals and its quotations."""
    document = shelf.add_text(library, text, language="en", **fields)
    named = [
        Found(at, at + len(name), name, type)
        for name, type in names.items()
        if (at := text.find(name)) >= 0
    ]
    named.sort(key=lambda one: one.start)
    found = [*named, *literals.find(text, tokens(text, "en"), "en", "2026-01-30")]
    found += speech.find(text, named, "en")
    library.core.writer.run(
        lambda pen: naming.store(pen, [(document, found)], "x", library.core.now())
    )
    return document


def listed(library: Library, order: str = "value", **parts: Any) -> list[str]:
    return [one.surface for one in figures(library, order, **parts)]


def figures(library: Library, order: str = "value", **parts: Any) -> list[Figure]:
    return select(library.core.reader, FigureFilter(**parts), order)


@pytest.fixture
def told(library: Library) -> Library:
    extracted(library, STORY, NAMES, published="2026-01-30", title="First")
    extracted(
        library,
        "In 2019 Orvel sold 40 tonnes for 5 million euros.",
        NAMES,
        published="2025-06-01",
        title="Second",
    )
    return library


def test_largest_sums_come_first(told: Library) -> None:
    assert listed(told, type="MONEY", unit="eur") == [
        "12 million euros",
        "7 million euros",
        "5 million euros",
    ]
    assert listed(told, type="PERCENT") == ["4.5 percent"]
    assert listed(told, type="QUANTITY", unit="Tonnes") == ["40 tonnes"]
    first = select(told.core.reader, FigureFilter(type="MONEY"), limit=1)
    assert [one.surface for one in first] == ["12 million euros"]


def test_a_figure_stands_in_its_sentence_beside_a_name(told: Library) -> None:
    sum, *_, last = figures(told, type="MONEY", document=1)
    assert sum.sentence == "Orvel paid 12 million euros for Tamarind."
    assert (sum.near_name, sum.speaker, sum.unit, sum.number) == (
        *("Orvel", None, "EUR", 12_000_000),
    )
    assert sum.value == {"amount": 12_000_000, "currency": "EUR"}
    assert (last.surface, last.near_name, last.speaker_name) == (
        *("300,000 dollars", "Nadia Brandt", "Nadia Brandt"),
    )
    assert (sum.title, sum.published) == ("First", "2026-01-30")
    alone = figures(told, order="document", type="MONEY", document=1)[-1]
    assert (alone.surface, alone.near) == ("7 million euros", None)


def test_figures_of_an_entity_are_near_it_or_said_by_it(told: Library) -> None:
    brandt = told.entities.find("Nadia Brandt")
    assert listed(told, entity=brandt) == ["300,000 dollars", "4.5 percent"]
    orvel = told.entities.find("Orvel")
    assert listed(told, entity=orvel, type="MONEY") == [
        "12 million euros",
        "5 million euros",
    ]


def test_figures_by_date_of_publication(told: Library) -> None:
    assert listed(told, order="date", type="MONEY", unit="EUR") == [
        "12 million euros",
        "7 million euros",
        "5 million euros",
    ]
    assert listed(told, until="2025", type="MONEY") == ["5 million euros"]
    assert listed(told, since="2026", type="QUANTITY") == []
    assert listed(told, type="DATE") == ["2019"]


def test_rejected_figures_and_removed_documents_are_left_out(told: Library) -> None:
    told.documents.remove([2])
    assert "5 million euros" not in listed(told)


def test_unknown_orders_and_types_are_refused(told: Library) -> None:
    with pytest.raises(UsageError, match="cannot be ordered by size"):
        figures(told, "size")
    with pytest.raises(UsageError, match="no figures of type PER"):
        figures(told, type="PER")


def test_who_says_what(told: Library) -> None:
    (said,) = quotations.select(told.core.reader)
    assert said.surface == "“We will lose 300,000 dollars, or 4.5 percent.”"
    assert said.name == "Nadia Brandt"
    mention = told.entities.mentions(type="QUOTE")[0]
    assert (mention.entity, mention.speaker) == (None, said.speaker)
    assert quotations.select(told.core.reader, document=2) == []


def test_quotations_follow_their_speaker_through_a_merge(told: Library) -> None:
    extracted(told, "Brandt said: “We are done with all of this.”", {"Brandt": "PER"})
    kept = told.entities.find("Nadia Brandt")
    assert len(quotations.select(told.core.reader, speaker=kept)) == 1
    told.entities.merge("Nadia Brandt", ["Brandt"])
    said = quotations.select(told.core.reader, speaker=kept)
    assert [one.name for one in said] == ["Nadia Brandt", "Nadia Brandt"]
    told.history.undo()
    assert len(quotations.select(told.core.reader, speaker=kept)) == 1


def test_extracting_again_leaves_nothing_twice(library: Library) -> None:
    text = "It cost 5 million euros in 2019."
    document = extracted(library, text, {})
    again = literals.find(text, tokens(text, "en"), "en", None)
    library.core.writer.run(
        lambda pen: naming.store(pen, [(document, again)], "y", library.core.now())
    )
    assert listed(library) == ["5 million euros", "2019"]


VALUES: list[tuple[str, Any, float | None, str | None]] = [
    ("DATE", "2026-01-30", 20260130, None),
    ("DATE", {"date": "2026-01", "inferred": True}, 20260101, None),
    ("DATE", "2026", 20260101, None),
    ("DATE", "2026-Q3", 20260701, None),
    ("DATE", "2026-H2", 20260701, None),
    ("DATE", "2026-24", 20261201, None),
    ("DATE", {"date": "2026-W05", "inferred": True}, 20260129, None),
    ("DATE", "199X", 19900101, None),
    ("DATE", "2026-04-12/2026-04-14", 20260412, None),
    ("DATE", "1998/2004", 19980101, None),
    ("DATE", None, None, None),
    ("MONEY", {"amount": 12, "currency": "EUR"}, 12, "EUR"),
    ("MONEY", {"amount": 1.5, "upto": 2, "currency": None}, 1.5, None),
    ("PERCENT", 17.6, 17.6, "%"),
    ("PERCENT", {"from": 3, "to": 4}, 3, "%"),
    ("QUANTITY", {"amount": 40, "unit": "Tonnes"}, 40, "tonnes"),
    ("QUANTITY", {"amount": 4000, "unit": None}, 4000, None),
    ("QUOTE", None, None, None),
]


def test_old_libraries_get_the_same_numbers_as_new_ones(library: Library) -> None:
    """The step of the tables and what is written from now on agree."""
    assert [measure(type, value) for type, value, *_ in VALUES] == [
        (number, unit) for *_, number, unit in VALUES
    ]
    document = shelf.add_text(library, "Nothing.")
    found = [
        Found(at, at + 1, "x", type, value)
        for at, (type, value, *_) in enumerate(VALUES)
    ]

    def fill(pen: Any) -> None:
        naming.store(pen, [(document, found)], "x", "")
        pen.connection.execute("UPDATE mentions SET number = NULL, unit = NULL")
        (update,) = (one for one in FIGURES.split(";") if "UPDATE" in one)
        pen.connection.execute(update)

    library.core.writer.run(fill)
    rows = library.core.reader.execute("SELECT number, unit FROM mentions ORDER BY id")
    assert rows.fetchall() == [(number, unit) for *_, number, unit in VALUES]


def every(library: Library, **parts: Any) -> list[list[int]]:
    """The pieces in which the ids of a list come."""
    wanted = FigureFilter(type="MONEY", **parts)
    return [list(one) for one in ids(library.core.reader, wanted, first=2)]


def test_the_first_figures_come_at_once_and_the_rest_after(told: Library) -> None:
    pieces = every(told)
    assert [len(one) for one in pieces] == [2, 2]
    whole = [one.id for one in figures(told, type="MONEY")]
    assert [id for piece in pieces for id in piece] == whole
    backwards = [
        id
        for one in ids(told.core.reader, FigureFilter(type="MONEY"), reverse=True)
        for id in one
    ]
    assert backwards == whole[::-1]


@pytest.mark.parametrize("order", ["value", "date", "document"])
def test_every_order_has_the_same_figures(told: Library, order: str) -> None:
    found = listed(told, order)
    assert sorted(found) == sorted(listed(told))
    assert len(found) == sum(len(listed(told, type=type)) for type in TYPES)


def test_only_what_is_said_and_by_whom(told: Library) -> None:
    said = ["300,000 dollars", "4.5 percent"]
    assert listed(told, said=True) == said
    (brandt, orvel) = (told.entities.find(name) for name in ("Nadia Brandt", "Orvel"))
    assert listed(told, said=True, entity=brandt) == said
    assert listed(told, said=True, entity=orvel) == []
    assert "12 million euros" in listed(told, entity=orvel)
    told.entities.merge(orvel, [brandt])
    assert listed(told, said=True, entity=brandt) == said
    assert quotations.select(told.core.reader, speaker=brandt)
    told.entities.reject([orvel])
    assert listed(told, said=True) == []


def test_figures_are_found_by_their_words_and_documents(told: Library) -> None:
    assert listed(told, words="MILLION 7") == ["7 million euros"]
    second = DocumentFilter(until="2025")
    assert listed(told, type="MONEY", documents=second) == ["5 million euros"]


def test_rows_come_as_asked_whatever_is_read_of_the_text(told: Library) -> None:
    """One figure of a text and many of it say the same; the place in the sentence is
    right."""
    wanted = [one.id for one in figures(told)][::-1]
    together = figure_rows.rows(told.core.reader, [*wanted, 999_999])
    assert list(together) == wanted
    for id, one in together.items():
        assert figure_rows.rows(told.core.reader, [id]) == {id: one}
        assert one.sentence[one.at :].startswith(one.surface)


def said(library: Library, order: str = "document", **parts: Any) -> list[str]:
    found = quotations.select(library.core.reader, order=order, **parts)
    return [one.title for one in found]


def test_quotations_in_every_order_and_by_words(library: Library) -> None:
    for title, name, date in (
        ("a", "Zora Quell", "2024-01-01"),
        ("b", "Anna Quell", "2025-01-01"),
        ("c", "", "2023-01-01"),
    ):
        who = f"{name} told us: " if name else "It was said that this is so: "
        extracted(
            library,
            f"{who}“We will not sell the {title} works to anyone this year.”",
            {name: "PER"} if name else {},
            published=date,
            title=title,
        )
    assert said(library) == ["a", "b", "c"]
    assert said(library, "date") == ["b", "a", "c"]
    assert said(library, "date", limit=1) == ["b"]
    assert said(library, "speaker") == ["b", "a", "c"]
    assert said(library, words="SELL quell") == ["a", "b"]
    reader = library.core.reader
    back = [list(one) for one in quotations.ids(reader, None, "date", reverse=True)]
    assert [quotations.rows(reader, one) for one in back]
    titles = [row.title for row in quotations.rows(reader, back[0]).values()]
    assert titles == ["c", "a", "b"]
    with pytest.raises(UsageError, match="choose document, date, speaker"):
        said(library, "value")


def test_mentions_by_value_and_the_ways_a_name_is_written(told: Library) -> None:
    found = told.entities.mentions(type="MONEY", order="value")
    assert [one.surface for one in found] == listed(told, type="MONEY")
    with pytest.raises(UsageError, match="choose document, value"):
        told.entities.mentions(order="name")
    reader = told.core.reader
    orvel = told.entities.find("Orvel")
    assert entity_rows.forms(reader, orvel) == [("Orvel", 2)]
    told.entities.merge(orvel, ["Tamarind"])
    told.entities.rename(orvel, "Orvel Group")
    assert entity_rows.forms(reader, orvel) == [
        *(("Orvel", 2), ("Tamarind", 1), ("Orvel Group", 0)),
    ]
    places = entity_rows.places_of(reader, [found[0].id, 999_999])
    assert places == [(found[0].document, found[0].start, found[0].end)]


def test_sums_of_one_currency_stand_together(told: Library) -> None:
    """Yen and euros cannot be compared: each currency begins with its largest."""
    extracted(told, "It cost 900 million yen, or 8 million dollars.", {})
    sums = figures(told, "unit", type="MONEY")
    units = [one.unit for one in sums]
    assert units == sorted(units, key=str) and {"EUR", "JPY", "USD"} <= set(units)
    for unit in set(units):
        numbers = [one.number for one in sums if one.unit == unit]
        assert numbers == sorted(numbers, reverse=True)
    assert {one.id for one in sums} == {one.id for one in figures(told, type="MONEY")}
