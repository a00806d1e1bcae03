"""Entities: counted right, and what a person decides is undone and kept."""

from __future__ import annotations

import pytest
import shelf

from store import care, entity_rows, name_acts, review, review_acts
from store.entity_rows import EntityFilter
from store.errors import Conflict, NotFound, UsageError
from store.library import Library


@pytest.fixture
def named(library: Library) -> Library:
    """Three documents that name some of Acme, Acme Ltd, Bolt and Cy."""
    first = shelf.add_text(
        library, "Acme Ltd sued Bolt. Acme won.", published="2026-01-01"
    )
    second = shelf.add_text(library, "Acme Ltd again, and Cy.", published="2026-01-02")
    third = shelf.add_text(library, "Bolt met Cy.", published="2026-01-03")
    library.core.writer.run(lambda pen: None)
    text = library.documents.text(first)
    assert text.index("Acme won") == 20
    shelf.name(library, first, "Acme Ltd", "Bolt", "Acme")
    shelf.name(library, second, "Acme Ltd", "Cy")
    shelf.name(library, third, "Bolt", "Cy")
    return library


def counted(library: Library) -> dict[str, tuple[int, int]]:
    return {
        one.name: (one.mentions, one.documents) for one in library.entities.select()
    }


def right(library: Library) -> bool:
    findings = care.check(library.core)
    return not [one for one in findings if one.level == "problem"]


def test_counts(named: Library) -> None:
    assert counted(named) == {
        "Acme Ltd": (2, 2),
        "Bolt": (2, 2),
        "Cy": (2, 2),
        "Acme": (1, 1),
    }
    assert right(named)


def test_merging_adds_up_and_counts_documents_once(named: Library) -> None:
    before = shelf.visible(named)
    merged = named.entities.merge("Acme", ["Acme Ltd"])
    assert (merged.mentions, merged.documents) == (3, 2)
    assert merged.aliases == ("Acme Ltd",)
    assert named.entities.get("Acme Ltd") == merged
    assert named.entities.rows([1, merged.id]) == {merged.id: merged}
    assert {one.entity for one in named.entities.mentions(entity=merged.id)} == {
        merged.id
    }
    assert [row.entities for row in named.documents.select(order="added")] == [2, 2, 2]
    again = named.entities.merge("Bolt", ["Acme"])
    assert (again.mentions, again.documents) == (5, 3)
    assert sorted(again.aliases) == ["Acme", "Acme Ltd"]
    assert right(named) and shelf.index_problems(named) == []
    named.history.undo()
    assert named.entities.get("Acme") == merged
    named.history.undo()
    assert shelf.visible(named) == before
    assert right(named)


@pytest.mark.parametrize("others", [["Acme"], ["Bolt", "Acme"]])
def test_merging_with_itself_is_refused(named: Library, others: list[str]) -> None:
    with pytest.raises(UsageError, match="merged with itself"):
        named.entities.merge("Acme", others)


def test_splitting_takes_mentions_out_of_a_merge(named: Library) -> None:
    merged = named.entities.merge("Acme Ltd", ["Acme"])
    mention = named.entities.mentions(entity=merged.id, document=2)[0]
    new = named.entities.split(merged.id, [mention.id])
    assert (new.name, new.mentions, new.documents) == ("Acme Ltd", 1, 1)
    assert named.entities.get(merged.id).mentions == 2
    with pytest.raises(NotFound, match="not mentions of"):
        named.entities.split("Bolt", [mention.id])
    with pytest.raises(NotFound):
        named.entities.split("Bolt", [])
    with pytest.raises(NotFound, match="More than one entity is called Acme Ltd"):
        named.entities.get("Acme Ltd")
    for one in (merged.id, new.id):
        entity = named.entities.get(one)
        words = entity_rows.called(named.core.reader, entity)
        assert named.entities.get(words).id == one
    assert right(named)
    named.history.undo()
    assert named.entities.get("Acme Ltd").mentions == 3
    assert right(named) and shelf.index_problems(named) == []


def test_a_name_that_two_bear_is_told_apart_by_type(named: Library) -> None:
    bolt = named.entities.get("Bolt")
    other = named.entities.get("Cy")
    named.entities.rename("Cy", "Bolt")
    changed = "ORG" if bolt.type == "PER" else "PER"
    named.entities.retype(other.id, changed)
    kinds = {bolt.type: bolt.id, changed: other.id}
    with pytest.raises(NotFound, match=r"write Bolt \("):
        named.entities.get("Bolt")
    for type, id in kinds.items():
        assert named.entities.get(f"Bolt ({type})").id == id
        entity = named.entities.get(id)
        called = entity_rows.called(named.core.reader, entity)
        assert called == f"Bolt ({type})"


def test_rejected_entities_leave_every_list(named: Library) -> None:
    named.entities.reject(["Bolt", "Cy"])
    assert set(counted(named)) == {"Acme Ltd", "Acme"}
    assert {one.state for one in named.entities.mentions(document=3)} == {"rejected"}
    assert named.documents.get(3).entities == 0
    assert named.entities.neighbours(1) == [(3, "Acme", 1)]
    assert shelf.index_problems(named) == []
    named.history.undo()
    assert set(counted(named)) == {"Acme Ltd", "Acme", "Bolt", "Cy"}


def test_retyping(named: Library) -> None:
    assert named.entities.retype("Cy", "PER").type == "PER"
    assert [one.name for one in named.entities.select(EntityFilter(type="PER"))] == [
        "Cy"
    ]
    assert {one.type for one in named.entities.mentions(entity=4)} <= {"PER", "ORG"}
    for wrong in ("MONEY", "per", ""):
        with pytest.raises(UsageError, match="is no type"):
            named.entities.retype("Cy", wrong)


def test_renaming_keeps_both_names(named: Library) -> None:
    renamed = named.entities.rename("Cy", " Cyrus   Cole ")
    assert (renamed.name, renamed.aliases) == ("Cyrus Cole", ("Cy",))
    assert named.entities.get("Cy") == named.entities.get("Cyrus Cole") == renamed
    assert shelf.index_problems(named) == []
    with pytest.raises(UsageError, match="needs a name"):
        named.entities.rename("Cy", " \n")
    named.history.undo()
    assert named.entities.get("Cy").aliases == ()
    with pytest.raises(NotFound):
        named.entities.get("Cyrus Cole")


def test_who_is_named_beside_whom(named: Library) -> None:
    acme = named.entities.get("Acme Ltd").id
    assert [(name, n) for _, name, n in named.entities.neighbours(acme)] == [
        ("Acme", 1),
        ("Bolt", 1),
        ("Cy", 1),
    ]
    named.documents.remove([2])
    assert [name for _, name, _ in named.entities.neighbours(acme)] == ["Acme", "Bolt"]
    assert named.entities.documents(named.entities.get("Bolt").id) == [(3, 1), (1, 1)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (EntityFilter(name="acme"), {"Acme Ltd", "Acme"}),
        (EntityFilter(name="LTD acme"), {"Acme Ltd"}),
        (EntityFilter(document=3), {"Bolt", "Cy"}),
        (EntityFilter(least=2), {"Acme Ltd", "Bolt", "Cy"}),
        (EntityFilter(type="PER"), set()),
    ],
)
def test_filters(named: Library, filters: EntityFilter, expected: set[str]) -> None:
    assert {one.name for one in named.entities.select(filters)} == expected


def test_unknown_types_and_orders_are_refused(named: Library) -> None:
    with pytest.raises(UsageError, match="There is no type ROBOT"):
        named.entities.ids(EntityFilter(type="ROBOT"))
    with pytest.raises(UsageError, match="cannot be ordered by size"):
        named.entities.ids(order="size")


def test_names_in_other_scripts_are_found_in_any_case(library: Library) -> None:
    document = shelf.add_text(library, "Москва и Ärztebund.")
    shelf.name(library, document, "Москва", "Ärztebund")
    for typed in ("москва", "ÄRZTE"):
        assert len(library.entities.select(EntityFilter(name=typed))) == 1


def test_proposals_end_when_a_person_says_no(library: Library) -> None:
    document = shelf.add_text(library, "Velora Holdings Ltd and Velora Holdings.")
    shelf.name(library, document, "Velora Holdings Ltd")
    other = shelf.add_text(library, "Velora Holdings alone.")
    shelf.name(library, other, "Velora Holdings")
    (proposal,) = library.entities.suggest()
    library.entities.distinguish(proposal.id, proposal.other)
    assert library.entities.suggest() == []
    library.entities.distinguish(proposal.id, proposal.other)
    assert len(library.history.entries()) == 1
    library.history.undo()
    assert library.entities.suggest() == [proposal]


def test_windows_cannot_merge_into_what_was_merged(
    make_library: shelf.MakeLibrary,
) -> None:
    here, there = make_library(), make_library()
    document = shelf.add_text(here, "Ann, Bo and Cy.")
    shelf.name(here, document, "Ann", "Bo", "Cy", type="PER")
    here.entities.merge("Bo", ["Ann"])
    here.history.undo()
    there.entities.merge("Cy", ["Bo"])
    with pytest.raises(Conflict, match="Bo was merged into another entity"):
        here.history.redo()
    assert counted(here) == {"Ann": (1, 1), "Cy": (2, 1)}
    there.history.undo()
    here.history.redo()
    assert counted(here) == {"Bo": (2, 1), "Cy": (1, 1)}


def test_what_is_not_the_same_is_not_proposed_after_a_merge(library: Library) -> None:
    document = shelf.add_text(library, "Velora Holdings Ltd, Velora Holdings, Zed.")
    shelf.name(library, document, "Velora Holdings Ltd")
    for name in ("Velora Holdings", "Zed"):
        shelf.name(library, shelf.add_text(library, f"{name} alone."), name)
    (proposal,) = library.entities.suggest()
    library.entities.distinguish(proposal.other, proposal.id)
    library.entities.merge("Zed", [proposal.id])
    library.entities.rename("Zed", "Velora Holdings Plc")
    assert library.entities.suggest() == []


def test_a_name_in_capitals_that_a_person_gave_stays(library: Library) -> None:
    shelf.name(library, shelf.add_text(library, "Bolt."), "Bolt")
    library.entities.rename("Bolt", "BOLT")
    shelf.name(library, shelf.add_text(library, "bolt again."), "bolt")
    assert [one.name for one in library.entities.select()] == ["BOLT"]


def test_what_was_split_off_is_used_later_and_still_undone(library: Library) -> None:
    first = shelf.add_text(library, "Kent Corp and Kent.")
    corp, town = shelf.name(library, first, "Kent Corp", "Kent.")
    merged = library.entities.mentions(document=first)
    if merged[0].entity != merged[1].entity:
        library.entities.merge(merged[0].entity or 0, [merged[1].entity or 0])
    new = library.entities.split(merged[0].entity or 0, [town])
    later = shelf.add_text(library, "Kent. is far.")
    (mention,) = shelf.name(library, later, "Kent.")
    found = library.entities.mentions(document=later)
    assert [(one.id, one.entity) for one in found] == [(mention, new.id)]
    library.history.undo()
    (back,) = library.entities.mentions(document=later)
    (kept,) = [one for one in library.entities.mentions() if one.id == corp]
    assert back.entity == kept.entity
    assert right(library) and shelf.index_problems(library) == []
    library.history.redo()
    (again,) = library.entities.mentions(document=later)
    assert again.entity == new.id
    assert right(library) and shelf.index_problems(library) == []


def test_lists_of_what_is_open_decided_and_rejected(named: Library) -> None:
    gone = named.entities.reject(["Cy", "Cy"])
    assert [(one.name, one.state) for one in gone] == [("Cy", "rejected")]
    named.entities.accept(["Bolt"])

    def listed(state: str | None) -> set[str]:
        return {one.name for one in named.entities.select(EntityFilter(state=state))}

    assert listed("rejected") == {"Cy"}
    assert listed("decided") == {"Bolt"}
    assert listed("open") | {"Bolt"} == listed(None)
    assert "Cy" not in listed(None)
    document = EntityFilter(state="rejected", document=3)
    assert [one.name for one in named.entities.select(document)] == ["Cy"]
    with pytest.raises(UsageError, match="Names are not done"):
        named.entities.ids(EntityFilter(state="done"))


def test_acts_name_what_is_called_the_same_by_its_type(library: Library) -> None:
    document = shelf.add_text(library, "Kent met Kent.")
    shelf.name(library, document, "Kent", type="PER")
    other = shelf.add_text(library, "Kent is a town.")
    shelf.name(library, other, "Kent", type="LOC")
    both = ["Kent (PER)", "Kent (LOC)"]
    library.entities.distinguish(*both)
    assert library.history.entries()[0].act == "kept Kent (PER) and Kent (LOC) apart"
    library.entities.merge(both[0], [both[1], both[1]])
    assert library.history.entries()[0].act == "merged Kent (LOC) into Kent (PER)"


def test_several_get_a_type_as_one_act(named: Library) -> None:
    ids = [named.entities.find("Bolt"), named.entities.find("Cy")]
    review_acts.retype(named.core, ids, "PER")
    assert [named.entities.get(one).type for one in ids] == ["PER", "PER"]
    assert len(named.history.entries()) == 1
    named.history.undo()
    assert "PER" not in {named.entities.get(one).type for one in ids}
    with pytest.raises(UsageError, match='"HERO" is no type'):
        review_acts.retype(named.core, ids, "HERO")


def test_a_mention_cannot_be_of_who_was_said_to_be_nobody(named: Library) -> None:
    """It would be stored and never be seen."""
    named.entities.reject(["Cy"])
    place = next(one for one in named.entities.mentions() if one.name == "Cy")
    with pytest.raises(UsageError, match="Cy was said to be no name: accept it first"):
        named.entities.add_mention(place.document, place.start, place.end, entity="Cy")
    made = named.entities.add_mention(
        place.document, place.start, place.end, type="PER"
    )
    assert made.state == "accepted" and made.entity != place.entity
    assert named.entities.get(place.entity or 0).state == "rejected"


def test_who_bears_a_name(named: Library) -> None:
    named.entities.rename("Bolt", "Bolt Corp")
    bolt = named.entities.find("Bolt Corp")
    for written in ("Bolt", "BOLT  CORP"):
        assert name_acts.bearing(named.core.reader, written) == [bolt]
    named.entities.reject([bolt])
    assert name_acts.bearing(named.core.reader, "Bolt") == []
    with pytest.raises(UsageError, match="that was empty"):
        named.entities.reject_form(" ")


def test_long_names_are_cut_in_the_history_and_not_given(named: Library) -> None:
    with pytest.raises(UsageError, match="at most 300 signs"):
        named.entities.rename("Bolt", "x" * 301)
    named.entities.rename("Bolt", "x" * 300)
    named.entities.merge("Cy", ["x" * 300])
    merged, renamed, *_ = named.history.entries()
    assert len(merged.act) < 80 and len(renamed.act) < 80


def test_a_form_is_split_off_as_it_is_written_in_the_texts(named: Library) -> None:
    named.entities.merge("Cy", ["Bolt"])
    assert named.entities.split("Cy", form="BOLT").name == "Bolt"


def test_the_whole_name_of_a_person_would_stay(library: Library) -> None:
    """Also where texts use the surname alone more often."""
    document = shelf.add_text(library, "Joe Biden spoke. Biden left, Biden slept.")
    shelf.name(library, document, "Joe Biden", "Biden", type="PER")
    for _ in range(2):
        more = shelf.add_text(library, "Biden again.")
        shelf.name(library, more, "Biden", type="PER")
    (proposal,) = library.entities.suggest()
    assert (proposal.name, proposal.other_name) == ("Joe Biden", "Biden")
    (question,) = review.merges(library.core)
    assert question.entities == (proposal.id, proposal.other)


def test_a_title_does_not_make_a_name_whole(library: Library) -> None:
    document = shelf.add_text(
        library, "President Biden spoke. Biden left, Biden slept."
    )
    shelf.name(library, document, "President Biden", "Biden", type="PER")
    more = shelf.add_text(library, "Biden again.")
    shelf.name(library, more, "Biden", type="PER")
    for proposal in library.entities.suggest():
        assert proposal.name == "Biden"
