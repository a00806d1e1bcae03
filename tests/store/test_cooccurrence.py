"""Co-occurrence: known answers, and the same as counting one by one."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from counting_library import Shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from store import cooccurrence, cooccurrence_rows, units
from store.cooccurrence import Pairs, Question
from store.cooccurrence_rows import Pair
from store.document_rows import DocumentFilter
from store.errors import NotFound, UsageError
from store.occurrences import ENTITY, TAG, Thing

TEXT = "Ada met Bo. Bo left.\n\nCy saw Ada. Nobody else came."


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def answer(shelf: Shelf, question: Question) -> Pairs:
    *_, last = cooccurrence.count(shelf.connection, question)
    assert last.pairs is not None
    return last.pairs


def listed(shelf: Shelf, question: Question) -> dict[tuple[str, str], Pair]:
    pairs = answer(shelf, question)
    found = cooccurrence_rows.rows(shelf.connection, pairs, pairs.order().tolist())
    return {(one.a, one.b): one for one in found.values()}


def together(shelf: Shelf, question: Question) -> dict[tuple[str, str], int]:
    return {names: one.together for names, one in listed(shelf, question).items()}


def people(shelf: Shelf) -> dict[str, int]:
    """Ada, Bo and Cy in one text, Ada and Bo in another, Ada alone in a third."""
    found = {name: shelf.entity(name) for name in ("Ada", "Bo", "Cy")}
    for text in (TEXT, "Ada, then Bo.", "Ada again."):
        document = shelf.document(text)
        shelf.says(document, text, *found.items())
    shelf.recount()
    return found


def test_entities_by_document(shelf: Shelf) -> None:
    people(shelf)
    found = listed(shelf, Question())
    assert {names: one.together for names, one in found.items()} == {
        ("Ada", "Bo"): 2,
        ("Ada", "Cy"): 1,
        ("Bo", "Cy"): 1,
    }
    pair = found["Ada", "Bo"]
    assert (pair.a_total, pair.b_total, pair.units) == (3, 2, 3)
    assert pair.jaccard == pytest.approx(2 / 3, abs=1e-4)
    assert pair.a_type == "PER"


def test_by_paragraph_and_sentence(shelf: Shelf) -> None:
    people(shelf)
    by_paragraph = listed(shelf, Question(unit=units.PARAGRAPH))
    assert {names: one.together for names, one in by_paragraph.items()} == {
        ("Ada", "Bo"): 2,
        ("Ada", "Cy"): 1,
    }
    assert by_paragraph["Ada", "Bo"].units == 4
    by_sentence = listed(shelf, Question(unit=units.SENTENCE))
    pair = by_sentence["Ada", "Bo"]
    assert (pair.together, pair.a_total, pair.b_total, pair.units) == (2, 4, 3, 6)


def test_neighbours_are_counted_where_the_one_is(shelf: Shelf) -> None:
    found = people(shelf)
    beside = Question(beside=Thing(ENTITY, found["Cy"]))
    assert together(shelf, beside) == {("Cy", "Ada"): 1, ("Cy", "Bo"): 1}
    pair = listed(shelf, beside)["Cy", "Ada"]
    assert (pair.a_total, pair.b_total, pair.units) == (1, 3, 3)
    by_sentence = Question(beside=Thing(ENTITY, found["Cy"]), unit=units.SENTENCE)
    pair = listed(shelf, by_sentence)["Cy", "Ada"]
    assert (pair.together, pair.a_total, pair.b_total, pair.units) == (1, 1, 2, 4)


def test_neighbours_of_nobody(shelf: Shelf) -> None:
    alone = shelf.entity("Nobody")
    people(shelf)
    assert len(answer(shelf, Question(beside=Thing(ENTITY, alone)))) == 0


def test_merged_count_as_one_rejected_and_removed_not(shelf: Shelf) -> None:
    found = people(shelf)
    other = shelf.entity("A. Byron", merged_into=found["Ada"])
    only_other = shelf.document("A. Byron and Cy")
    shelf.mention(only_other, other, 0, 8)
    shelf.mention(only_other, found["Cy"], 13, 15)
    gone = shelf.document("Ada Cy", removed=True)
    shelf.mention(gone, found["Ada"], 0, 3)
    shelf.mention(gone, found["Cy"], 4, 6)
    doubtful = shelf.document("Bo Cy")
    shelf.mention(doubtful, found["Bo"], 0, 2, state="rejected")
    shelf.mention(doubtful, found["Cy"], 3, 5)
    shelf.recount()
    assert together(shelf, Question()) == {
        ("Ada", "Bo"): 2,
        ("Ada", "Cy"): 2,
        ("Cy", "Bo"): 1,
    }
    shelf.connection.execute(
        "UPDATE entities SET state = 'rejected' WHERE id = ?", [found["Bo"]]
    )
    assert set(together(shelf, Question())) == {("Ada", "Cy")}


def test_types_and_the_most_frequent(shelf: Shelf) -> None:
    found = people(shelf)
    shelf.connection.execute(
        "UPDATE entities SET type = 'ORG' WHERE id = ?", [found["Cy"]]
    )
    assert set(together(shelf, Question(type="PER"))) == {("Ada", "Bo")}
    assert set(together(shelf, Question(top=2))) == {("Ada", "Bo")}
    narrowed = Question(top=2, documents=DocumentFilter(source="Tidings"))
    assert set(together(shelf, narrowed)) == {("Ada", "Bo")}
    assert set(together(shelf, Question(least=2))) == {("Ada", "Bo")}


def test_only_the_documents_asked_about(shelf: Shelf) -> None:
    found = people(shelf)
    elsewhere = shelf.document("Ada Cy", source="Elsewhere")
    shelf.mention(elsewhere, found["Ada"], 0, 3)
    shelf.mention(elsewhere, found["Cy"], 4, 6)
    shelf.recount()
    only = Question(documents=DocumentFilter(source="Elsewhere"))
    assert together(shelf, only) == {("Ada", "Cy"): 1}
    assert listed(shelf, only)["Ada", "Cy"].units == 1


def test_tags_stand_for_those_below_and_never_pair_with_them(shelf: Shelf) -> None:
    actors = shelf.tag("actors")
    firms = shelf.tag("firms", actors)
    blame = shelf.tag("blame")
    for start in (0, 6):
        document = shelf.document("Alpha beta gamma")
        shelf.annotate(document, [firms], start, start + 5)
        shelf.annotate(document, [blame])
    found = together(shelf, Question(of="tags"))
    assert found == {("actors", "blame"): 2, ("actors/firms", "blame"): 2}
    itself = together(shelf, Question(of="tags", below=False))
    assert itself == {("actors/firms", "blame"): 2}
    shelf.annotate(document, [actors], 0, 3)
    itself = together(shelf, Question(of="tags", below=False))
    assert itself["actors/firms", "actors"] == 1


def test_tags_with_entities(shelf: Shelf) -> None:
    found = people(shelf)
    blame = shelf.tag("blame")
    first = shelf.connection.execute("SELECT min(id) FROM documents").fetchone()[0]
    shelf.annotate(first, [blame], 0, 3)
    shelf.annotate(first, [blame], 0, 3, deleted=True)
    assert together(shelf, Question(of="both")) == {
        ("blame", "Ada"): 1,
        ("blame", "Bo"): 1,
        ("blame", "Cy"): 1,
    }
    by_sentence = Question(of="both", unit=units.SENTENCE)
    assert set(together(shelf, by_sentence)) == {("blame", "Ada"), ("blame", "Bo")}
    overlapping = Question(of="both", unit=units.OVERLAP)
    assert set(together(shelf, overlapping)) == {("blame", "Ada")}
    beside = Question(of="entities", beside=Thing(TAG, blame), unit=units.OVERLAP)
    assert set(together(shelf, beside)) == {("blame", "Ada")}
    near_cy = Question(of="tags", beside=Thing(ENTITY, found["Cy"]))
    assert together(shelf, near_cy) == {("Cy", "blame"): 1}


def test_without_tags_no_tag_is_paired(shelf: Shelf) -> None:
    people(shelf)
    assert together(shelf, Question(of="both")) == {}


def test_overlap_counts_pairs_of_passages(shelf: Shelf) -> None:
    a, b = shelf.tag("a"), shelf.tag("b")
    document = shelf.document("x" * 100)
    shelf.annotate(document, [a], 0, 10)
    shelf.annotate(document, [b], 9, 20)
    shelf.annotate(document, [b], 20, 30)
    shelf.annotate(document, [a, b], 50, 60)
    shelf.annotate(document, [a], 70, 80)
    shelf.annotate(document, [b], 80, 90)
    shelf.annotate(document, [a])
    shelf.annotate(document, [a], 9, 12, anchor_state="orphan")
    pair = listed(shelf, Question(of="tags", unit=units.OVERLAP))["b", "a"]
    assert (pair.together, pair.a_total, pair.b_total) == (2, 4, 3)
    assert pair.jaccard == pytest.approx(3 / 6, abs=1e-4)
    assert pair.g2 is None


def test_a_library_without_anything(shelf: Shelf) -> None:
    for of in cooccurrence.KINDS:
        for unit in units.UNITS:
            if (of, unit) != ("entities", units.OVERLAP):
                assert len(answer(shelf, Question(of=of, unit=unit))) == 0


@pytest.mark.parametrize(
    "question",
    [
        Question(of="verbs"),
        Question(unit="page"),
        Question(type="CAT"),
        Question(unit=units.OVERLAP),
    ],
)
def test_what_cannot_be_asked_is_said(shelf: Shelf, question: Question) -> None:
    with pytest.raises(UsageError):
        answer(shelf, question)


def test_g2_is_dunnings_and_negative_below_chance(shelf: Shelf) -> None:
    one, two = shelf.entity("One"), shelf.entity("Two")
    for number in range(20):
        document = shelf.document("One Two")
        if number < 12:
            shelf.mention(document, one, 0, 3)
        if number >= 10:
            shelf.mention(document, two, 4, 7)
    shelf.recount()
    pair = listed(shelf, Question())["One", "Two"]
    seen = {(1, 1): 2, (1, 0): 10, (0, 1): 8, (0, 0): 0}
    rows, columns = {1: 12, 0: 8}, {1: 10, 0: 10}
    g2 = 2 * sum(
        n * math.log(n * 20 / (rows[i] * columns[j])) for (i, j), n in seen.items() if n
    )
    assert pair.g2 == pytest.approx(-g2, abs=0.01)


def test_where_a_pair_stands(shelf: Shelf) -> None:
    found = people(shelf)
    ada, bo = Thing(ENTITY, found["Ada"]), Thing(ENTITY, found["Bo"])
    cy = Thing(ENTITY, found["Cy"])
    meet = cooccurrence_rows.meetings
    assert [
        (m.document, m.start) for m in meet(shelf.connection, Question(), ada, bo)
    ] == [(2, 0), (1, 0)]
    by_sentence = Question(unit=units.SENTENCE)
    (place,) = meet(shelf.connection, by_sentence, ada, cy)
    assert TEXT[place.start : place.end] == "Ada" and place.start == 29
    assert meet(shelf.connection, by_sentence, bo, cy) == []
    blame = shelf.tag("blame")
    shelf.annotate(2, [blame])
    (place,) = meet(shelf.connection, Question(), Thing(TAG, blame), bo)
    assert (place.document, place.start) == (2, None)


def test_what_is_meant_by_words(shelf: Shelf) -> None:
    found = people(shelf)
    blame = shelf.tag("blame")
    find = cooccurrence_rows.find
    assert find(shelf.connection, "entity:Bo") == Thing(ENTITY, found["Bo"])
    assert find(shelf.connection, "tag:blame") == Thing(TAG, blame)
    assert find(shelf.connection, "Bo") == Thing(ENTITY, found["Bo"])
    assert find(shelf.connection, "blame") == Thing(TAG, blame)
    with pytest.raises(NotFound, match="no entity and no tag"):
        find(shelf.connection, "zzz zzz")


SPOTS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 38), st.integers(1, 6)), max_size=14
)
TEXTS = st.text(alphabet="aB .!\n", min_size=45, max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, SPOTS), min_size=1, max_size=4), st.data())
def test_as_many_as_when_counted_one_by_one(
    documents: list[tuple[str, list[tuple[int, int, int]]]], data: st.DataObject
) -> None:
    shelf = Shelf()
    names = [str(number) for number in range(6)]
    entities = [shelf.entity(name) for name in names]
    unit = data.draw(st.sampled_from(units.UNITS[:3]))
    sets: list[set[int]] = []
    for text, spots in documents:
        document = shelf.document(text)
        for number, start, length in spots:
            shelf.mention(document, entities[number], start, start + length)
        if not spots:
            # Without anything to count a document is not read.
            sets += [set()] if unit == units.DOCUMENT else []
            continue
        begins = [0] if unit == units.DOCUMENT else units.starts(text, unit, "en")
        held: list[set[int]] = [set() for _ in begins]
        for number, start, length in spots:
            for at, begin in enumerate(begins):
                stop = begins[at + 1] if at + 1 < len(begins) else len(text)
                # What stands in front of the first unit counts for it.
                if (begin if at else 0) < start + length and start < stop:
                    held[at].add(number)
        sets += held
    shelf.recount()
    expected = {
        frozenset((names[a], names[b])): n
        for a, b in combinations(range(6), 2)
        if (n := sum(a in one and b in one for one in sets))
    }
    found = listed(shelf, Question(unit=unit))
    assert {frozenset(k): one.together for k, one in found.items()} == expected
    for one in found.values():
        assert one.units == len(sets)
        assert one.a_total == sum(int(one.a) in held for held in sets)
        assert one.b_total == sum(int(one.b) in held for held in sets)
    everything = listed(shelf, Question(unit=unit, top=None))
    assert everything == found


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sets(st.integers(0, 3), min_size=1),
            st.integers(0, 30),
            st.integers(1, 10),
        ),
        max_size=9,
    )
)
def test_overlaps_as_when_every_two_passages_are_compared(
    passages: list[tuple[set[int], int, int]],
) -> None:
    shelf = Shelf()
    tags = [shelf.tag(f"t{number}") for number in range(4)]
    document = shelf.document("x" * 50)
    for those, start, length in passages:
        shelf.annotate(document, [tags[n] for n in those], start, start + length)
    found = listed(shelf, Question(of="tags", unit=units.OVERLAP))
    for a, b in combinations(range(4), 2):
        times, part, either = 0, set(), 0
        for at, (some, start, length) in enumerate(passages):
            either += a in some or b in some
            for place in range(at, len(passages)):
                others, begin, reach = passages[place]
                meets = start < begin + reach and begin < start + length
                crosses = (a in some and b in others) or (b in some and a in others)
                if meets and crosses:
                    times += 1
                    part |= {at, place}
        pair = found.get((f"t{a}", f"t{b}")) or found.get((f"t{b}", f"t{a}"))
        assert (pair.together if pair else 0) == times
        if pair:
            assert pair.jaccard == pytest.approx(len(part) / either, abs=1e-4)
