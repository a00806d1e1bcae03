"""The queue of open decisions about names: what is asked, why, and never again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from named import name

from store import review, review_acts, review_cards, suggesting
from store.errors import NotFound, UsageError
from store.library import Library
from store.review import Question

TEXT = (
    "Agnes Holloway spoke in Tromsby. Holloway said that Harrow was safe, and Tromsby"
    " believed her. Nordhavn Lines and Nordhavn Lines Ltd denied it. Zrk was quiet."
)
LATER = "In Harrow the inquiry heard Agnes Holloway, and Zrk wrote of Nordhavn Lines."

NAMES = (
    ("Agnes Holloway", "PER", 0.95),
    ("Holloway", "PER", 0.9),
    ("Tromsby", "LOC", 0.97),
    ("Harrow", "ORG", 0.9),
    ("Nordhavn Lines", "ORG", 0.9),
    ("Nordhavn Lines Ltd", "ORG", 0.9),
    ("Zrk", "ORG", 0.55),
)


@pytest.fixture
def named(library: Library, tmp_path: Path) -> Library:
    """Two documents whose names leave three kinds of questions open."""
    folder = tmp_path / "news"
    folder.mkdir()
    for file, text in (("a.txt", TEXT), ("b.txt", LATER)):
        (folder / file).write_text(text, encoding="utf-8")
    list(library.add([folder]))
    first, second = sorted(library.documents.ids())
    name(library, first, NAMES)
    name(library, second, [("Harrow", "LOC", 0.9), *NAMES[:1], *NAMES[4:]])
    return library


def asked(library: Library) -> list[tuple[str, tuple[str, ...]]]:
    """The open questions by kind and names."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for one in review.open_questions(library.core):
        card = review_cards.card(library.core, one)
        assert card is not None
        found.append((one.kind, tuple(side.entity.name for side in card.sides)))
    return found


def question(library: Library, kind: str) -> Question:
    """The first open question of a kind."""
    return next(one for one in review.open_questions(library.core) if one.kind == kind)


def test_three_kinds_in_order_with_their_reasons(named: Library) -> None:
    assert asked(named) == [
        ("one", ("Agnes Holloway", "Holloway")),
        ("one", ("Nordhavn Lines", "Nordhavn Lines Ltd")),
        ("types", ("Harrow", "Harrow")),
        ("doubt", ("Zrk",)),
    ]
    reasons = [one.reason for one in review.open_questions(named.core)]
    assert "surname" in reasons[0] and "one document" in reasons[0]
    assert "legal form" in reasons[1]
    assert question(named, "doubt").sure == pytest.approx(0.55)


def test_a_card_shows_the_name_in_its_text(named: Library) -> None:
    card = review_cards.card(named.core, question(named, "doubt"))
    assert card is not None
    passages = card.sides[0].passages
    assert len(passages) == 2
    for one in passages:
        text = named.documents.text(one.document)
        assert text[one.start : one.end] == one.surface == "Zrk"
        assert text.endswith(one.surface + one.after)
        assert (one.before + one.surface) in text


def test_offsets_and_surroundings_behind_signs_of_several_bytes(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "emoji.txt"
    text = "🦊 é 中文 " * 60 + "Zrk" + " ø👩‍👩‍👧 end" * 60
    path.write_text(text, encoding="utf-8")
    list(library.add([path]))
    (document,) = library.documents.ids()
    name(library, document, NAMES[-1:])
    card = review_cards.card(library.core, question(library, "doubt"))
    assert card is not None
    one = card.sides[0].passages[0]
    room = review_cards.CONTEXT
    kept = library.documents.text(document)
    assert one.before == kept[one.start - room : one.start]
    assert one.after == kept[one.end : one.end + room]


@pytest.mark.parametrize("type", [None, "LOC", "PRODUCT"])
def test_what_was_made_one_never_comes_again_and_can_be_undone(
    named: Library, type: str | None
) -> None:
    before = asked(named)
    one = question(named, "types")
    keep, *others = one.entities
    kept = review_acts.make_one(named.core, keep, others, type)
    assert kept.type == (type or "ORG")
    assert ("types", ("Harrow", "Harrow")) not in asked(named)
    assert review_cards.card(named.core, one) is None
    with Library(named.path, coder="tester") as again:
        assert ("types", ("Harrow", "Harrow")) not in asked(again)
    named.history.undo()
    assert asked(named) == before


def test_what_was_kept_apart_never_comes_again(named: Library) -> None:
    for kind in ("types", "one"):
        one = question(named, kind)
        review_acts.keep_apart(named.core, one.entities)
        assert one not in review.open_questions(named.core)
        assert review_cards.card(named.core, one) is None


def test_three_types_are_one_question_and_a_new_fourth_is_asked_alone(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "four"
    folder.mkdir()
    for file in "abcd":
        (folder / f"{file}.txt").write_text(f"{file} Kent said so.", encoding="utf-8")
    list(library.add([folder]))
    documents = sorted(library.documents.ids())
    for document, type in zip(documents, ("PER", "ORG", "LOC"), strict=False):
        name(library, document, [("Kent", type, 0.9)])
    (one,) = review.open_questions(library.core)
    assert (one.kind, len(one.entities)) == ("types", 3)
    review_acts.keep_apart(library.core, one.entities)
    assert review.open_questions(library.core) == []
    name(library, documents[3], [("Kent", "WORK", 0.9)])
    (fresh,) = review.open_questions(library.core)
    new = library.entities.rows(fresh.entities)
    assert len(new) == 2 and "WORK" in {entity.type for entity in new.values()}


@pytest.mark.parametrize("act", ["accept", "reject", "retype", "rename", "mention"])
def test_a_doubt_is_over_once_something_was_said(named: Library, act: str) -> None:
    one = question(named, "doubt")
    (entity,) = one.entities
    entities = named.entities
    mentions = [mention.id for mention in entities.mentions(entity=entity)]
    acts: dict[str, Callable[[], object]] = {
        "accept": lambda: entities.accept([entity]),
        "reject": lambda: entities.reject([entity]),
        "retype": lambda: entities.retype(entity, "PER"),
        "rename": lambda: entities.rename(entity, "Zerk"),
        "mention": lambda: entities.accept_mentions(mentions),
    }
    acts[act]()
    assert one not in review.open_questions(named.core)
    if act != "mention":
        assert review_cards.card(named.core, one) is None
    # a later document does not ask again
    name(named, max(named.documents.ids()), NAMES)
    assert one not in review.open_questions(named.core)


def test_a_name_that_is_sure_somewhere_is_not_doubted(named: Library) -> None:
    (entity,) = question(named, "doubt").entities
    name(named, min(named.documents.ids()), [("Zrk", "ORG", 0.9)])
    doubted = [one.entities for one in review.open_questions(named.core)]
    assert (entity,) not in doubted


def test_removed_documents_and_rejected_mentions_are_not_shown(named: Library) -> None:
    one = question(named, "doubt")
    first, second = sorted(named.documents.ids())
    named.documents.remove([first])
    card = review_cards.card(named.core, one)
    assert card is not None
    assert {passage.document for passage in card.sides[0].passages} == {second}
    named.entities.reject_mentions([card.sides[0].passages[0].mention])
    assert review_cards.card(named.core, one) is None


def test_a_question_is_about_whoever_the_names_are_now(named: Library) -> None:
    one = question(named, "types")
    keep, other = one.entities
    lines = named.entities.find("Nordhavn Lines")
    named.entities.merge(lines, [keep])
    card = review_cards.card(named.core, one)
    assert card is not None and card.question.entities == (lines, other)
    named.history.undo()
    named.entities.reject([other])
    assert review_cards.card(named.core, one) is None


def test_acts_refuse_what_is_not_there(named: Library) -> None:
    keep, *others = question(named, "one").entities
    with pytest.raises(UsageError):
        review_acts.make_one(named.core, keep, others, "NOBODY")
    with pytest.raises(NotFound):
        review_acts.make_one(named.core, keep, [10_000])
    assert named.entities.get(keep).id == keep


def test_documents_help_to_tell_whose_surname_it_is(
    library: Library, tmp_path: Path
) -> None:
    """Two bear the surname; only one of them stands in its document."""
    folder = tmp_path / "surnames"
    folder.mkdir()
    (folder / "a.txt").write_text("Agnes Holloway spoke. Holloway left.", "utf-8")
    (folder / "b.txt").write_text("Peter Holloway was elsewhere.", "utf-8")
    list(library.add([folder]))
    first, second = sorted(library.documents.ids())
    name(library, first, [("Agnes Holloway", "PER", 0.9), ("Holloway", "PER", 0.9)])
    name(library, second, [("Peter Holloway", "PER", 0.9)])
    (one,) = suggesting.suggest(library.core.reader)
    assert {one.name, one.other_name} == {"Agnes Holloway", "Holloway"}
    assert "one document" in one.reason
