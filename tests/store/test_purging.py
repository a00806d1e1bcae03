"""Purging: nothing of a document is left in any byte of the library."""

from __future__ import annotations

from pathlib import Path

import pytest
import shelf

from store.annotations import Passage
from store.errors import NotFound, NothingToDo
from store.library import Library

TEXT, OLD, TITLE, AUTHOR, NAME = "zyxwvquux", "grault", "Plugh", "Fredauthor", "Qqsur"
NOTE, OLDER, DRAFT, VALUE, PATH = (
    "xyzzynote",
    "garplynote",
    "frobdraft",
    "thud",
    "waldo",
)
WORDS = (TEXT, OLD, TITLE, AUTHOR, NAME, NOTE, OLDER, DRAFT, VALUE, PATH)


def everything(path: Path) -> bytes:
    """The library with whatever lies beside it, without regard to case."""
    files = sorted(path.glob("library.db*"))
    return b"".join(one.read_bytes() for one in files).lower()


def found(path: Path, words: tuple[str, ...] = WORDS) -> list[str]:
    content = everything(path)
    return [word for word in words if word.lower().encode() in content]


def document(library: Library, first: int = 0) -> int:
    """A document with words of its own in all that can be said of it."""
    text = f"{TEXT}{first} met {NAME}{first}. " * 40
    identity, path = f"{TITLE}:{first}", f"/news/{PATH}{first}.txt"
    one = shelf.incoming(
        f"{OLD}{first} met {NAME}{first}.", TITLE, identity=identity, path=path
    )
    shelf.add(library, one)
    new = shelf.add_text(library, text, TITLE, identity=identity, path=path)
    shelf.name(library, new, f"{NAME}{first}")
    note = library.annotations.create(new, Passage(0, 9), note=OLDER, tags=["t"])
    library.annotations.edit(note.id, note=NOTE)
    library.documents.correct(new, {"author": AUTHOR, "desk": VALUE})
    library.attributes.set([new], "about", VALUE)
    library.coders.mark_done([new])
    library.drafts.keep(new, start=0, end=9, note=DRAFT, tags=[])
    return new


@pytest.fixture
def library(make_library: shelf.MakeLibrary) -> Library:
    """One document that stays, and an attribute."""
    library = make_library()
    kept = shelf.add_text(library, "The harbour council met Bolt.", "Harbour")
    shelf.name(library, kept, "Bolt")
    library.attributes.define("about", "text")
    return library


def test_nothing_is_left_in_the_file_or_the_log(
    library: Library, tmp_path: Path
) -> None:
    gone = document(library)
    library.annotations.create(1, note="stays", tags=["t"])
    library.annotations.edit(2, note=f"{NOTE} undone")
    library.annotations.delete([1])
    library.history.undo()
    library.history.undo()
    library.annotations.edit(1, note=f"{NOTE} again")
    library.collections.make("pilot")
    library.collections.add("pilot", [1, gone])
    assert set(found(tmp_path)) == set(WORDS)

    done = library.documents.purge(gone)
    assert [one.title for one in done.documents] == [TITLE]
    assert done.is_clean
    assert found(tmp_path) == [], "also while it is still open"
    library.close()
    assert found(tmp_path) == []


def test_the_rest_stays_as_it_was(
    library: Library, make_library: shelf.MakeLibrary
) -> None:
    gone = document(library)
    library.annotations.create(1, note="stays", tags=["t"])
    library.attributes.set([1], "about", "ports")
    library.documents.purge(gone)
    again = make_library()
    assert [one.title for one in again.documents.select()] == ["Harbour"]
    assert [one.name for one in again.entities.select()] == ["Bolt"]
    assert [one.note for one in again.annotations.select()] == ["stays"]
    assert [one.act for one in again.history.entries(2)][1] == "annotated document 1"
    assert again.documents.get(1).attributes == {"about": "ports"}
    assert shelf.index_problems(again) == []


def test_several_are_purged_at_once(library: Library, tmp_path: Path) -> None:
    gone = [document(library, number) for number in range(3)]
    library.documents.remove([gone[1]])
    done = library.documents.purge(*gone, gone[0])
    assert [one.id for one in done.documents] == gone
    assert found(tmp_path) == []
    assert library.documents.count() == 1
    with pytest.raises(NotFound):
        library.documents.purge(1, gone[0])
    assert library.documents.count() == 1, "nothing is purged if one is not there"


def test_an_undone_act_is_forgotten_too(library: Library, tmp_path: Path) -> None:
    gone = shelf.add_text(library, f"{TEXT} {TEXT}")
    library.annotations.create(gone, note=NOTE)
    library.history.undo()
    library.documents.purge(gone)
    with pytest.raises(NothingToDo):
        library.history.redo()
    assert found(tmp_path) == []


def test_a_removed_document_can_be_purged(library: Library) -> None:
    library.documents.remove([1])
    assert library.documents.purge(1).documents[0].title == "Harbour"
    with pytest.raises(NotFound):
        library.documents.purge(1)


def test_what_was_done_to_others_can_still_be_undone(library: Library) -> None:
    gone, kept = shelf.add_text(library, "One."), shelf.add_text(library, "Two.")
    library.codebook.add("a")
    library.annotations.create(gone, tags=["b"])
    library.annotations.create(kept, tags=["b"])
    library.annotations.tag([1, 2], ["c"])
    library.codebook.merge("a", ["b"])
    library.documents.purge(gone)
    for tags in (("b", "c"), ("b",)):
        library.history.undo()
        assert library.annotations.get(2).tags == tags
    assert shelf.index_problems(library) == []


def test_a_name_is_written_as_in_what_is_left(library: Library, tmp_path: Path) -> None:
    gone = shelf.add_text(library, "Quuxcorp Incorporated fell.")
    shelf.name(library, gone, "Quuxcorp Incorporated")
    kept = shelf.add_text(library, "The firm rose.")
    mention = shelf.name(library, kept, "The firm")[0]
    entity = library.entities.get("Quuxcorp Incorporated").id

    def same(pen: object) -> None:
        execute = pen.connection.execute  # type: ignore[attr-defined]
        execute("UPDATE mentions SET entity = ? WHERE id = ?", [entity, mention])
        execute("UPDATE aliases SET entity = ? WHERE name = 'The firm'", [entity])
        execute("DELETE FROM entities WHERE name = 'The firm'")

    library.core.writer.run(same)
    library.documents.purge(gone)
    assert library.entities.get(entity).name == "The firm"
    assert library.entities.get(entity).aliases == ()
    assert found(tmp_path, ("Quuxcorp",)) == []


def test_what_a_person_decided_about_an_entity_stays(library: Library) -> None:
    document = shelf.add_text(library, "Acme and Cog.")
    shelf.name(library, document, "Acme", "Cog")
    library.entities.reject(["Acme"])
    library.documents.purge(document)
    later = shelf.add_text(library, "Acme again, and Cog.")
    shelf.name(library, later, "Acme", "Cog")
    names = [one.name for one in library.entities.select()]
    assert sorted(names) == ["Bolt", "Cog"]


def test_copies_of_a_purged_document_stay_together(library: Library) -> None:
    same = [shelf.add_text(library, "The same.", f"Copy {n}") for n in range(3)]
    library.documents.purge(same[0])
    rows = library.documents.rows(same[1:])
    assert [rows[one].duplicate_of for one in same[1:]] == [None, same[1]]


def test_another_window_that_reads_on_is_told_of(
    library: Library, make_library: shelf.MakeLibrary, tmp_path: Path
) -> None:
    """Its picture of the library lies in the log until it looks away."""
    gone = document(library)
    there = make_library()
    reading = there.core.reader.execute("SELECT id FROM documents")
    reading.fetchone()
    library.core.writer.run(lambda pen: pen.connection.execute("PRAGMA busy_timeout=1"))
    assert not library.documents.purge(gone).is_clean
    reading.close()
    there.close()
    library.close()
    assert found(tmp_path) == []
