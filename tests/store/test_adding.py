"""Documents in: new, known, changed, copied, failing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import shelf

from store.adding import AddOptions, AddReport
from store.annotations import Passage
from store.document_rows import DocumentFilter
from store.library import Library

OLD = (
    "The harbour council met on Monday.\n\n"
    "Dockers will extend their strike into a third week, the union said.\n\n"
    "Nobody was hurt.\n"
)


def last(library: Library, *paths: Path, **options: object) -> AddReport:
    *_, report = library.add(paths, AddOptions(**options))  # type: ignore[arg-type]
    return report


def counts(report: AddReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.duplicates


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with three files of which two say the same."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(OLD)
    (folder / "b.txt").write_text(OLD)
    (folder / "c.txt").write_text("Something else happened in Bergen.\n")
    return folder


def test_adding_twice_changes_nothing(library: Library, news: Path) -> None:
    report = last(library, news)
    assert counts(report) == (3, 0, 0, 1)
    assert report.finished and report.failed == []
    assert counts(last(library, news)) == (0, 0, 3, 0)
    rows = library.documents.select(order="added")
    assert [row.duplicate_of for row in rows] == [None, 1, None]
    assert library.documents.text(1) == OLD
    assert shelf.index_problems(library) == []
    assert library.history.entries() == []


def test_a_dry_run_counts_and_writes_nothing(library: Library, news: Path) -> None:
    assert counts(last(library, news, dry_run=True)) == (3, 0, 0, 1)
    assert library.documents.count() == 0
    last(library, news)
    (news / "a.txt").write_text("Changed.\n")
    assert counts(last(library, news, dry_run=True)) == (0, 1, 2, 0)
    assert library.documents.text(1) == OLD


def test_a_changed_source_is_updated_and_annotations_find_their_place(
    library: Library, news: Path
) -> None:
    last(library, news / "a.txt")

    def at(quote: str) -> int:
        start = OLD.index(quote)
        return library.annotations.create(
            1, Passage(start, start + len(quote)), note=quote
        ).id

    moved = at("Dockers will extend their strike")
    exact = at("harbour council")
    proposed = at("into a third week, the union said")
    orphan = at("Nobody was hurt")
    whole = library.annotations.create(1, note="whole").id
    deleted = at("on Monday")
    library.annotations.delete([deleted])
    library.documents.mark_read([1])
    new = (
        "The harbour council met on Monday, late.\n\n"
        "A correction.\n\n"
        "Dockers will extend their strike in to a third week, a union said.\n"
    )
    (news / "a.txt").write_text(new)
    assert counts(last(library, news / "a.txt")) == (0, 1, 0, 0)
    found = {one.id: one for one in library.annotations.select()}
    assert {id: one.anchor_state for id, one in found.items()} == {
        moved: "moved",
        exact: "exact",
        proposed: "proposed",
        orphan: "orphan",
        whole: "exact",
    }
    for id in (moved, exact):
        one = found[id]
        assert one.start is not None and new[one.start : one.end] == one.quote
    assert found[orphan].quote == "Nobody was hurt"
    assert found[proposed].quote == "into a third week, the union said"
    assert not library.documents.get(1).read
    revisions = library.core.reader.execute(
        "SELECT revision, text FROM document_revisions"
    ).fetchall()
    assert revisions == [(1, OLD)]
    assert shelf.index_problems(library) == []
    library.history.undo()  # the deletion, of an annotation that was moved since
    assert library.annotations.get(deleted).anchor_state == "exact"
    (news / "a.txt").write_text(OLD)
    last(library, news / "a.txt")
    assert {one.anchor_state for one in library.annotations.select()} <= {
        "exact",
        "moved",
    }


def test_removed_documents_stay_removed(library: Library, news: Path) -> None:
    last(library, news)
    library.documents.remove([3])
    assert counts(last(library, news)) == (0, 0, 3, 0)
    (news / "c.txt").write_text("Something else happened in Oslo.\n")
    last(library, news)
    assert [row.id for row in library.documents.select(order="added")] == [2, 1]
    library.history.undo()
    assert library.documents.text(3) == "Something else happened in Oslo.\n"


def test_purged_documents_come_back_when_added_again(
    library: Library, news: Path
) -> None:
    last(library, news / "c.txt")
    library.documents.purge(1)
    assert counts(last(library, news / "c.txt")) == (1, 0, 0, 0)


def test_corrections_of_a_person_survive_an_update(
    library: Library, make_library: shelf.MakeLibrary
) -> None:
    one = shelf.incoming("Old text.", "Old title", identity="x", source="Post")
    shelf.add(library, one)
    library.documents.correct(1, {"title": "My title"})
    library.documents.correct(1, {"source": "Gazette"})
    library.history.undo()
    shelf.add(
        library,
        shelf.incoming("New text.", "New title", identity="x", source="Herald"),
    )
    row = library.documents.get(1)
    assert (row.title, row.source) == ("My title", "Herald")
    assert shelf.index_problems(library) == []
    library.history.undo()
    assert library.documents.get(1).title == "Old title"


def test_copies_follow_when_the_first_of_them_changes(library: Library) -> None:
    def say(identity: str, text: str) -> None:
        shelf.add(library, shelf.incoming(text, identity=identity))

    def originals() -> list[int | None]:
        rows = library.documents.select(order="added")
        return [row.duplicate_of for row in sorted(rows, key=lambda row: row.id)]

    for identity in ("a", "b", "c"):
        say(identity, "Same.")
    assert originals() == [None, 1, 1]
    say("a", "Changed.")
    assert originals() == [None, None, 2]
    say("a", "Same.")
    assert originals() == [2, None, 2]


def test_one_batch_with_a_source_that_comes_three_times(library: Library) -> None:
    texts = ("First.", "Second.", "First.")
    report = shelf.add(library, *(shelf.incoming(t, identity="x") for t in texts))
    assert counts(report) == (1, 2, 0, 0)
    assert library.documents.text(1) == "First."
    assert shelf.index_problems(library) == []


def test_bad_files_are_listed_and_the_rest_is_in(library: Library, news: Path) -> None:
    (news / "empty.txt").write_bytes(b"")
    (news / "broken.jsonl").write_text(
        '{"title": "Fine", "text": "It rained."}\n{oops\n'
    )
    report = last(library, news, news.parent / "absent.txt")
    assert report.added == 4
    failed = {Path(one.path.split(":")[0]).name for one in report.failed}
    assert "absent.txt" in failed
    assert all(one.reason for one in report.failed)
    (record,) = library.core.reader.execute(
        "SELECT added, failed FROM imports"
    ).fetchall()
    assert record[0] == 4
    assert "absent.txt" in record[1]


def test_names_that_are_not_unicode(library: Library, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("It rained.\n")
    report = last(library, tmp_path / name)
    assert counts(report) == (1, 0, 0, 0), report.failed
    assert counts(last(library, tmp_path / name)) == (0, 0, 1, 0)


def test_adding_can_be_stopped_between_batches(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(f"Document number {number}.\n")
    running = library.add([folder])
    first = next(running)
    running.close()  # type: ignore[attr-defined]
    assert library.documents.count() == first.added == 50
    assert shelf.index_problems(library) == []
    assert counts(last(library, folder))[:3] == (70, 0, 50)


def test_what_is_added_goes_into_a_collection(library: Library, news: Path) -> None:
    last(library, news / "a.txt")
    last(library, news, collection="pilot")
    rows = library.documents.select(DocumentFilter(collection="pilot"))
    assert len(rows) == 3
