"""What is exported as JSON Lines comes back exactly, and nothing else gets in."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import connections, export
from store.annotation_rows import AnnotationFilter
from store.annotations import Annotations, Passage
from store.bringing_in import Report, read_jsonl
from store.codebook import Codebook
from store.core import Core
from store.errors import UsageError
from store.search import index
from store.undo import History

EVERYTHING = AnnotationFilter()
TEXT = "Prices rose in May.\nThe minister said that they would fall. 😀 Few agreed."


@contextmanager
def library(folder: Path, coder: str = "anna") -> Iterator[Core]:
    path = folder / f"{uuid.uuid4().hex}.db"
    connections.prepare(path, create=True)
    core = Core(path, coder=coder)
    try:
        yield core
    finally:
        core.close()


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    with library(tmp_path) as opened:
        yield opened


def header(**more: Any) -> dict[str, Any]:
    return {"type": "library", "format": "postilla", "version": 1, **more}


def document(text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {
        "type": "document",
        "guid": str(uuid.uuid4()),
        "identity": str(uuid.uuid4()),
        "title": "Prices",
        "text": text,
        "text_sha256": hashlib.sha256(text.encode(errors="replace")).hexdigest(),
        "added": "2026-01-02T03:04:05Z",
        **more,
    }


def annotation(of: dict[str, Any], start: int, end: int, **more: Any) -> dict[str, Any]:
    return {
        "type": "annotation",
        "guid": str(uuid.uuid4()),
        "kind": "span",
        "document": of["guid"],
        "start": start,
        "end": end,
        "quote": of["text"][start:end],
        "before": of["text"][max(0, start - 32) : start],
        "after": of["text"][end : end + 32],
        "note": "",
        "coder": {"guid": str(uuid.uuid5(uuid.NAMESPACE_URL, "ben")), "name": "ben"},
        "created": "2026-01-02T03:04:05Z",
        "modified": "2026-01-02T03:04:05Z",
        **more,
    }


def lines(*records: Any) -> io.BytesIO:
    said = (r if isinstance(r, str) else json.dumps(r) for r in records)
    return io.BytesIO("\n".join(said).encode())


def take(core: Core, *records: Any, dry_run: bool = False) -> Report:
    return read_jsonl(core, lines(header(), *records), dry_run=dry_run)


def exported(core: Core) -> str:
    return "".join(export.render(core.reader, EVERYTHING, "jsonl"))


def only(core: Core) -> Any:
    (one,) = Annotations(core).select()
    return one


# -- round trips ---------------------------------------------------------------

SIGNS = st.one_of(
    st.sampled_from(list("ab \n\t\"'=+-@,;|`*_[]<>#é漢😀\u0301\u202e\u200d\u2028")),
    st.characters(exclude_categories=("Cs", "Cc")),
)
TEXTS = st.text(SIGNS, min_size=1, max_size=80).filter(lambda text: bool(text.strip()))
NOTES = st.text(SIGNS, max_size=40)
TAGS = st.lists(
    st.sampled_from(
        ["money", "actors/big companies", "actors/=1+1", "größe/漢", 'a "b"']
    ),
    max_size=3,
    unique=True,
)
PICKS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 60), NOTES, TAGS), max_size=3
)


def passage(text: str, start: int, size: int) -> Passage | None:
    """Some passage of a text that is not of blanks, else the whole document."""
    begin = start % len(text)
    end = min(len(text), begin + size)
    return Passage(begin, end) if text[begin:end].strip() else None


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.tuples(TEXTS, PICKS), min_size=1, max_size=2))
def test_round_trip_is_exact(texts: list[tuple[str, list[Any]]]) -> None:
    with (
        TemporaryDirectory() as folder,
        library(Path(folder)) as here,
        library(Path(folder), "cleo") as there,
    ):
        take(here, *(document(text) for text, _ in texts))
        for number, (text, picks) in enumerate(texts, start=1):
            for start, size, note, tags in picks:
                where = passage(text, start, size)
                Annotations(here).create(number, where, note=note, tags=tags)
        before = exported(here)
        report = read_jsonl(there, io.BytesIO(before.encode()))
        assert (report.dropped, report.remarks) == ((), ())
        assert exported(there) == before

        again = read_jsonl(here, io.BytesIO(before.encode()))
        assert (again.taken, again.changed, again.dropped) == (0, 0, ())
        assert again.unchanged == report.taken
        assert exported(here) == before
        for one in Annotations(there).select():
            (whole,) = there.reader.execute(
                "SELECT text FROM documents WHERE id = ?", [one.document]
            ).fetchone()
            assert one.start is None or whole[one.start : one.end] == one.quote


def test_undo_takes_back_annotations_and_tags_and_redo_restores(core: Core) -> None:
    doc = document()
    tagging = {
        "guid": str(uuid.uuid4()),
        "tag": str(uuid.uuid4()),
        "path": "money/prices",
        "coder": {"guid": str(uuid.uuid4()), "name": "cleo"},
        "created": "2026-01-02T03:04:05Z",
    }
    take(core, doc, annotation(doc, 0, 6, tags=[tagging]))
    after = exported(core)
    assert only(core).tags == ("money/prices",)
    assert "brought in 1 annotation" in History(core).undo().act
    assert Annotations(core).select() == []
    assert Codebook(core).tags() == []
    History(core).redo()
    assert exported(core) == after


def test_a_trial_run_reports_and_writes_nothing(core: Core) -> None:
    doc = document()
    report = take(core, doc, annotation(doc, 0, 6), dry_run=True)
    assert (report.taken, report.documents_added) == (1, 1)
    assert exported(core).count("\n") == 1
    assert History(core).entries() == []


def test_documents_that_come_along_are_found_by_search(core: Core) -> None:
    doc = document()
    take(core, doc, annotation(doc, 0, 6))
    found = core.reader.execute(
        "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH 'minister'"
    )
    assert found.fetchone() == (1,)
    assert core.writer.run(lambda pen: index.check(pen.connection)) == []


def test_two_people_named_alike_are_one_coder(core: Core) -> None:
    doc = document()
    named = {"guid": str(uuid.uuid4()), "name": "anna"}
    take(core, doc)
    mine = Annotations(core).create(1, Passage(0, 6))
    take(core, annotation(doc, 7, 11, coder=named))
    assert {one.coder for one in Annotations(core).select()} == {mine.coder}


# -- meeting what is here ------------------------------------------------------


def test_newer_wins_and_older_is_kept_and_named(core: Core) -> None:
    doc = document()
    first = annotation(doc, 0, 6, note="first")
    take(core, doc, first)
    newer = {**first, "note": "second", "modified": "2026-01-03T00:00:00.5Z"}
    assert take(core, doc, newer).changed == 1
    assert only(core).note == "second"
    report = take(core, doc, first)
    assert (report.kept, report.changed) == (1, 0)
    assert first["guid"][:8] in report.remarks[0]
    assert only(core).note == "second"
    History(core).undo()
    assert only(core).note == "first"


def test_what_was_deleted_here_stays_deleted(core: Core) -> None:
    doc = document()
    given = annotation(doc, 0, 6)
    take(core, doc, given)
    Annotations(core).delete([given["guid"]])
    assert "deleted here" in take(core, doc, given).remarks[0]
    assert Annotations(core).select() == []


def test_the_same_document_is_known_by_identity_or_text(core: Core) -> None:
    doc = document()
    take(core, doc)
    same_identity = {**doc, "guid": str(uuid.uuid4())}
    same_text = document(TEXT)
    report = take(
        core,
        same_identity,
        same_text,
        annotation(same_identity, 0, 6),
        annotation(same_text, 7, 11),
    )
    assert (report.documents_added, report.taken) == (0, 2)
    assert {one.document for one in Annotations(core).select()} == {1}


def test_passages_are_found_again_in_another_text(core: Core) -> None:
    old = document(
        "The bank failed today. Shares of the old bank fell sharply at noon."
    )
    here = {**old, "text": "News. " + old["text"].replace("sharply", "a little")}
    take(core, {**here, "text_sha256": None})
    fell = old["text"].index("Shares")
    report = take(
        core,
        old,
        annotation(old, 0, 22),
        annotation(old, fell, len(old["text"])),
        {**annotation(old, 4, 8), "quote": "brand new words of another world"},
    )
    assert (report.taken, report.moved, report.proposed, report.orphans) == (3, 1, 1, 1)
    by_state = {one.anchor_state: one for one in Annotations(core).select()}
    moved = by_state["moved"]
    assert (moved.start, moved.quote) == (6, "The bank failed today.")
    assert by_state["orphan"].quote == "brand new words of another world"


def test_wrong_offsets_are_put_right_by_the_quote(core: Core) -> None:
    doc = document()
    wrong = {**annotation(doc, 20, 32), "start": 25, "end": 37}
    assert take(core, doc, wrong).moved == 1
    assert (only(core).start, only(core).quote) == (20, TEXT[20:32])


def tag(path: str, **more: Any) -> dict[str, Any]:
    return {"type": "tag", "guid": str(uuid.uuid4()), "path": path, **more}


def test_tags_are_known_by_guid_then_path(core: Core) -> None:
    mine = Codebook(core).add("actors/companies", "firms")
    renamed = tag("firms", guid=mine.guid, definition="firms")
    report = take(core, renamed, tag("ACTORS/Companies", definition="firms"))
    assert (report.tags_added, report.remarks) == (0, ())
    report = take(core, tag("companies", marker="c"), tag("firms/banks"))
    assert report.tags_added == 3
    assert {one.path for one in Codebook(core).tags()} == {
        "actors",
        "actors/companies",
        "companies",
        "firms",
        "firms/banks",
    }


def test_a_marker_that_is_taken_is_not_given(core: Core) -> None:
    Codebook(core).add("actors", marker="a")
    report = take(core, tag("animals", marker="a"))
    assert "the marker a of animals belongs to actors" in report.remarks[0]
    assert Codebook(core).get("animals").marker is None


# -- hostile files -------------------------------------------------------------

DOC = document()
GOOD = annotation(DOC, 0, 6)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("not json", "not JSON"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        ('{"type": "annotation", "start": NaN}', "not JSON"),
        ('{"type": "annotation", "start": ' + "9" * 5_000 + "}", "not JSON"),
        ({"type": ["x"]}, "its type"),
        ({**GOOD, "guid": "x"}, "guid is missing"),
        ({**GOOD, "start": True}, "start is not a whole number"),
        ({**GOOD, "start": 2**70}, "start is out of range"),
        ({**GOOD, "start": 6}, "its passage is empty"),
        ({**GOOD, "kind": "page"}, "kind is neither"),
        ({**GOOD, "created": "yesterday"}, "created is not a time"),
        ({**GOOD, "modified": "0001-01-01T00:00:00+23:59"}, "modified is not a time"),
        ({**GOOD, "note": 5}, "note is not a text"),
        ({**GOOD, "coder": "ben"}, "coder is missing"),
        ({**GOOD, "tags": ["money"]}, "tags is not a list of objects"),
        ({**GOOD, "anchor_state": "lost"}, "anchor_state"),
        ({**GOOD, "document": str(uuid.uuid4())}, "neither in the file nor here"),
        (document(identity=""), "identity is missing"),
        (document(published="soon"), "published is not a date"),
        (document(attributes=[1]), "attributes is not an object"),
        (tag("1984"), "cannot be digits only"),
        (tag("a/" * 40 + "b"), "at most twelve"),
        (tag("x", colour=9), "colour is out of range"),
    ],
    ids=lambda value: (
        value.replace(" ", "-")
        if isinstance(value, str) and len(value) < 40
        else "line"
    ),
)
def test_a_bad_line_costs_itself_only(core: Core, bad: Any, reason: str) -> None:
    report = take(core, DOC, bad, GOOD)
    assert (report.taken, len(report.dropped)) == (1, 1)
    assert report.dropped[0].startswith("line 3: ")
    assert reason in report.dropped[0]


def test_signs_that_cannot_be_stored_are_replaced(core: Core) -> None:
    doc = document("a\x00b\ud800c and more", text_sha256=None, title="x\udfff")
    made = {**annotation(doc, 8, 16), "note": "n\x00\ud83d", "before": "", "after": ""}
    report = take(core, doc, made)
    assert report.dropped == ()
    assert only(core).note == "n\ufffd\ufffd"
    assert exported(core).encode()


def test_one_guid_used_twice_does_no_harm(core: Core) -> None:
    tagging = {
        "guid": str(uuid.uuid4()),
        "tag": str(uuid.uuid4()),
        "path": "money",
        "coder": GOOD["coder"],
        "created": "2026-01-02T03:04:05Z",
    }
    twice = {**GOOD, "tags": [tagging, tagging]}
    other = {**annotation(DOC, 7, 11), "tags": [tagging]}
    report = take(core, DOC, DOC, twice, twice, other)
    assert (report.taken, report.unchanged, report.documents_added) == (2, 1, 1)
    assert [one.tags for one in Annotations(core).select()] == [("money",), ("money",)]


def test_a_file_cut_short_is_noticed(core: Core) -> None:
    report = read_jsonl(core, lines(header(annotations=5), DOC, GOOD))
    assert "cut short" in report.dropped[-1]


@pytest.mark.parametrize(
    "first",
    ["{}", "", "[]", '{"type": "library"}', "\x00\x01", '{"id": 1, "text": "x"}'],
)
def test_what_is_not_ours_is_refused(core: Core, first: str) -> None:
    with pytest.raises(UsageError, match="not a postilla export"):
        read_jsonl(core, lines(first, GOOD))


def test_a_newer_format_is_refused(core: Core) -> None:
    with pytest.raises(UsageError, match="newer postilla"):
        read_jsonl(core, lines({**header(), "version": 2}))
