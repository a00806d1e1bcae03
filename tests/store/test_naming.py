"""Extraction into the library: what a person decided holds for what comes later."""

from __future__ import annotations

import pytest
import shelf

from store import extracting, naming
from store.care import check
from store.library import Library
from store.model import Found


def listed(library: Library) -> list[tuple[str, str, int, int]]:
    return sorted(
        (one.name, one.type, one.mentions, one.documents)
        for one in library.entities.select()
    )


def problems(library: Library) -> list[str]:
    return [one.what for one in check(library.core) if one.level == "problem"]


@pytest.fixture
def decided(library: Library) -> Library:
    """A first document, and decisions about what was found in it."""
    first = shelf.add_text(library, "Acme Ltd, Acme, Bolt, Dan Ode and Mon.")
    shelf.name(library, first, "Acme Ltd", "Bolt", "Dan Ode", "Mon")
    shelf.add_text(library, "Acme.")
    shelf.name(library, 2, "Acme")
    library.entities.merge("Acme Ltd", ["Acme"])
    library.entities.reject(["Mon"])
    library.entities.retype("Dan Ode", "PER")
    library.entities.rename("Bolt", "Bolt Motors")
    return library


def test_decisions_hold_for_documents_added_later(decided: Library) -> None:
    before = listed(decided)
    assert before == [
        ("Acme Ltd", "ORG", 2, 2),
        ("Bolt Motors", "ORG", 1, 1),
        ("Dan Ode", "PER", 1, 1),
    ]
    later = shelf.add_text(decided, "Acme, Bolt Motors, Bolt, Dan Ode and Mon met.")
    shelf.name(decided, later, "Acme", "Bolt Motors", "Bolt,", "Dan Ode", "Mon")
    assert [row for row in listed(decided) if row[0] != "Bolt,"] == [
        ("Acme Ltd", "ORG", 3, 3),
        ("Bolt Motors", "ORG", 2, 2),
        ("Dan Ode", "PER", 2, 2),
    ]
    states = {
        one.surface: one.state for one in decided.entities.mentions(document=later)
    }
    assert states["Mon"] == "rejected"
    assert shelf.index_problems(decided) == []
    assert problems(decided) == []


def test_spellings_that_are_certainly_one_meet(library: Library) -> None:
    document = shelf.add_text(library, "Velora’s shares: VELORA rose, Velora fell.")
    shelf.name(library, document, "Velora’s", "VELORA", "Velora ")
    assert [(one.mentions, one.documents) for one in library.entities.select()] == [
        (3, 1)
    ]


def test_extracting_again_keeps_what_was_decided(decided: Library) -> None:
    mention = decided.entities.mentions(entity=decided.entities.find("Dan Ode"))[0]
    decided.entities.split("Dan Ode", [mention.id])
    before = decided.entities.mentions(document=1)
    text = decided.documents.text(1)
    found = [
        Found(text.index(word), text.index(word) + len(word), word, "ORG")
        for word in ("Acme Ltd", "Dan Ode", "Ode")
    ]
    decided.core.writer.run(
        lambda pen: naming.store(pen, [(1, found)], "again", decided.core.now())
    )
    after = {one.surface: one for one in decided.entities.mentions(document=1)}
    assert set(after) == {"Acme Ltd", "Dan Ode"}, "nothing overlaps a decided mention"
    assert after["Dan Ode"] in before
    assert problems(decided) == []


def test_pending_documents_are_extracted_once(library: Library) -> None:
    for number in range(3):
        shelf.add_text(library, f"Number {number}: Maria Rossi spoke in Berlin.")
    library.documents.remove([2])
    assert naming.pending(library.core) == [1, 3]
    *_, last = library.extract_pending()
    assert (last.done, last.total) == (2, 2)
    assert last.mentions == len(library.entities.mentions())
    assert naming.pending(library.core) == []
    assert list(library.extract_pending()) == []
    library.history.undo()
    assert naming.pending(library.core) == [2]
    assert problems(library) == []


def test_offsets_are_right_and_literals_have_values(library: Library) -> None:
    text = "👩‍👩‍👧 On 30 January 2026 Maria Rossi paid $14 million in Berlin.\n"
    shelf.add_text(library, text, published="2026-01-30")
    list(library.extract_pending())
    mentions = library.entities.mentions()
    assert mentions
    assert all(text[one.start : one.end] == one.surface for one in mentions)
    for one in mentions:
        literal = one.type in ("DATE", "MONEY")
        assert (one.entity is None) == literal == (one.value is not None)


def test_what_changed_while_it_was_read_stays_pending(
    make_library: shelf.MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another window updates one document and purges another in the meantime."""
    here, there = make_library(), make_library()
    for name in ("a", "b", "c"):
        shelf.add(here, shelf.incoming(f"{name}: Maria Rossi spoke.", identity=name))
    find_all = extracting.find_all

    def late(texts: list[extracting.Text], extractor: str) -> extracting.Answer:
        found = find_all(texts, extractor)
        shelf.add(there, shelf.incoming("Short.", identity="a"))
        there.documents.purge(2)
        return found

    monkeypatch.setattr(extracting, "find_all", late)
    *_, last = naming.extract_documents(here.core, [1, 2, 3])
    assert last.done == 3
    assert {one.document for one in here.entities.mentions()} == {3}
    assert naming.pending(here.core) == [1]
    assert problems(here) == []


def test_an_update_keeps_decided_mentions_where_their_words_stand(
    library: Library,
) -> None:
    shelf.add(library, shelf.incoming("Acme met Acme. Bolt left.", identity="x"))
    text = library.documents.text(1)
    found = [Found(0, 4, "Acme", "ORG"), Found(9, 13, "Acme", "ORG")]
    library.core.writer.run(
        lambda pen: naming.store(pen, [(1, found)], "test", library.core.now())
    )
    assert text[9:13] == "Acme"
    for mention in library.entities.mentions():
        library.entities.split(mention.entity or 0, [mention.id])
    shelf.add(library, shelf.incoming("Yesterday Acme met no one.", identity="x"))
    (kept,) = library.entities.mentions()
    assert (kept.start, kept.surface, kept.state) == (10, "Acme", "accepted")
    assert naming.pending(library.core) == [1]
    assert problems(library) == []
