"""Saying who is named by a passage: here, wherever it is written so, of what type."""

from __future__ import annotations

from typing import Any

import pytest
import shelf

from store import care, who
from store.errors import NotFound, UsageError
from store.library import Library
from store.search import near_names

FIRST = "Zumble met Bolt. Later Zumble Motors and Zumble left; a zumble stayed."
SECOND = "At Zumble nobody knew “Zumble”."


@pytest.fixture
def told(library: Library) -> Library:
    """Two documents in which little was found."""
    first = shelf.add_text(library, FIRST)
    shelf.add_text(library, SECOND)
    shelf.name(library, first, "Zumble Motors", "Bolt")
    return library


def places(library: Library) -> list[tuple[int, int, str, str | None, str, str]]:
    return [
        (one.document, one.start, one.surface, one.name, one.type, one.state)
        for one in library.entities.mentions()
        if one.state != "rejected"
    ]


def problems(library: Library) -> list[str]:
    return [one.what for one in care.check(library.core) if one.level == "problem"]


def test_a_missed_name_is_said_of_one_place(told: Library) -> None:
    before = places(told)
    said = who.say(told.core, 1, 0, 6, type="ORG")
    assert (said.places, said.documents) == (1, 1)
    assert (said.mention.name, said.mention.type) == ("Zumble", "ORG")
    assert places(told)[0] == (1, 0, "Zumble", "Zumble", "ORG", "accepted")
    assert problems(told) == [] and shelf.index_problems(told) == []
    assert told.history.undo().act.startswith('said that "Zumble" is a name in')
    assert places(told) == before
    told.history.redo()
    assert places(told)[0][2] == "Zumble"


def test_wherever_it_is_written_so_in_one_act(told: Library) -> None:
    before = places(told)
    said = who.say(told.core, 1, 0, 6, entity="Bolt", everywhere=True)
    assert (said.places, said.documents) == (4, 2)
    found = [one for one in places(told) if one[2] == "Zumble"]
    assert [(one[0], one[1]) for one in found] == [
        (1, 0),
        (1, FIRST.index("Zumble left")),
        (2, 3),
        (2, SECOND.index("Zumble”")),
    ], "not in a longer name, not in small letters"
    assert {one[3] for one in found} == {"Bolt"}
    assert problems(told) == [] and shelf.index_problems(told) == []
    told.history.undo()
    assert places(told) == before


def test_a_name_that_is_meant_everywhere_is_meant_later_too(told: Library) -> None:
    who.say(told.core, 1, 0, 6, entity="Bolt", everywhere=True)
    later = shelf.add_text(told, "Zumble is back.")
    shelf.name(told, later, "Zumble")
    assert [one[3] for one in places(told) if one[0] == later] == ["Bolt"]
    assert problems(told) == []


def test_what_was_decided_elsewhere_stays(told: Library) -> None:
    who.say(told.core, 2, 3, 9, type="LOC")
    taken = who.say(told.core, 2, SECOND.index("Zumble”"), 29, type="LOC").mention
    told.entities.reject_mentions([taken.id])
    said = who.say(told.core, 1, 0, 6, type="ORG", everywhere=True)
    assert (said.places, said.documents) == (2, 1)
    assert [(one[1], one[4]) for one in places(told) if one[0] == 2] == [(3, "LOC")]
    assert problems(told) == []


def test_somebody_else_than_was_found(told: Library) -> None:
    """The same words, of a type of their own, are another entity."""
    bolt = next(one for one in told.entities.mentions() if one.surface == "Bolt")
    told.entities.accept(["Bolt"])
    said = who.say(told.core, 1, bolt.start, bolt.end, type="PER")
    assert said.mention.id == bolt.id
    assert (said.mention.type, said.mention.entity != bolt.entity) == ("PER", True)
    told.history.undo()
    assert told.entities.mentions()[0].entity == bolt.entity
    assert problems(told) == []


@pytest.mark.parametrize("scope", ["mention", "form", "entity"])
def test_another_type_here_or_for_the_spelling_or_for_all(
    told: Library, scope: who.Scope
) -> None:
    said = who.say(told.core, 1, 0, 6, entity="Zumble Motors", everywhere=True)
    long = next(one for one in told.entities.mentions() if one.surface[-1] == "s")
    before = places(told)
    kept = who.retype(told.core, said.mention.id, "PRODUCT", scope)
    assert kept.type == "PRODUCT"
    changed = [(one[0], one[1]) for one in places(told) if one[4] == "PRODUCT"]
    everything = [(one[0], one[1]) for one in before if "Zumble" in one[2]]
    short = [place for place in everything if place != (1, long.start)]
    expected = {"mention": [(1, 0)], "form": short, "entity": everything}
    assert changed == expected[scope]
    assert problems(told) == [] and shelf.index_problems(told) == []
    told.history.undo()
    assert places(told) == before


def test_a_date_that_is_a_name_has_no_value_then(library: Library) -> None:
    shelf.add_text(library, "The group 30 January 2026 sang.", published="2026-01-01")
    list(library.extract_pending())
    (date,) = [one for one in library.entities.mentions() if one.type == "DATE"]
    said = who.say(library.core, 1, date.start, date.end, type="ORG")
    assert (said.mention.type, said.mention.value) == ("ORG", None)
    library.history.undo()
    assert date in library.entities.mentions()


@pytest.mark.parametrize(
    ("start", "end", "given"),
    [
        (0, 7, {"type": "ORG"}),
        (3, 3, {"type": "ORG"}),
        (0, 999, {"type": "ORG"}),
        (0, 6, {}),
        (0, 6, {"type": "DATE"}),
    ],
)
def test_what_cannot_be_meant_is_refused(
    told: Library, start: int, end: int, given: dict[str, Any]
) -> None:
    before = places(told)
    with pytest.raises(UsageError):
        who.say(told.core, 1, start, end, **given)
    with pytest.raises(NotFound):
        who.say(told.core, 9, 0, 6, type="ORG")
    with pytest.raises(NotFound):
        who.retype(told.core, 99, "ORG", "form")
    assert places(told) == before


def test_the_nearest_names_come_first(told: Library) -> None:
    assert [one.name for one in who.near(told.core.reader, "Zumble Motors")] == [
        "Zumble Motors"
    ]
    assert [one.name for one in who.near(told.core.reader, "Zumbel Motors")] == [
        "Zumble Motors"
    ]
    assert [one.name for one in who.near(told.core.reader, "bol")] == ["Bolt"]
    titled = who.near(told.core.reader, "chief of Zumble Motors")
    assert [one.name for one in titled] == ["Zumble Motors"]
    assert who.near(told.core.reader, '"-:*') == []


def test_the_names_that_are_compared_are_not_sorted_first(told: Library) -> None:
    """Of very many names only those that matter most are read: an index has them."""
    plan = told.core.reader.execute(
        f"EXPLAIN QUERY PLAN {near_names._BODIES['entity']}", [10]
    ).fetchall()
    assert not [row for row in plan if "TEMP B-TREE" in row[3]]
