"""Codebooks of other programs, with the slips they are known for."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.bringing_in import bring_in, kind_of
from store.bringing_in_report import Report
from store.errors import UsageError
from store.export import codebook
from store.library import Library

ONE = "11111111-2222-4333-8444-555555555555"
TWO = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"


def code(name: str, inside: str = "", **attributes: str) -> str:
    """A code element; ``guid``, ``color`` and so on as given."""
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<Code name="{name}"{written}>{inside}</Code>'


def book(codes: str, more: str = "", start: str = "", attributes: str = "") -> str:
    """A file around codes."""
    space = attributes or 'xmlns="urn:QDA-XML:codebook:1.0" origin="Other 1.0"'
    return f"{start}<CodeBook {space}><Codes>{codes}</Codes>{more}</CodeBook>"


def take(library: Library, folder: Path, text: str | bytes) -> Report:
    """Bring a file of this text in."""
    path = folder / "theirs.qdc"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    assert kind_of(path) == "qdc"
    return bring_in(library.core, path)


def paths(library: Library) -> list[str]:
    """The codebook in its order."""
    return [tag.path for tag in library.codebook.tags()]


def test_a_tree_with_all_it_has(library: Library, tmp_path: Path) -> None:
    inner = code("firms", "<Description>Who sells.</Description>", guid=f"{{{TWO}}}")
    outer = code("actors", inner, guid=ONE.upper(), color="#F00", isCodable="true")
    report = take(library, tmp_path, book(outer))
    assert (report.tags_added, report.dropped) == (2, ())
    actors, firms = library.codebook.tags()
    assert (actors.path, actors.guid, actors.colour) == ("actors", ONE, 2)
    assert (firms.path, firms.guid, firms.definition) == (
        *("actors/firms", TWO, "Who sells."),
    )
    assert firms.colour == actors.colour
    library.history.undo()
    assert paths(library) == []


@pytest.mark.parametrize(
    "text",
    [
        book(code("a"), "<Sets/>"),
        "\ufeff" + book(code("a"), start='<?xml version="1.0" encoding="utf-8"?>\n'),
        book(code("a"), attributes='xmlns="urn:QDA-XML:codebook:0:4"'),
        book(code("a"), attributes='version="2"'),
        f"<!-- made by hand -->\n<CodeBook>{code('a')}</CodeBook>",
        f"<Project xmlns='urn:QDA-XML:project:1.0'>{book(code('a'))}</Project>",
        book(code("a"), attributes='xmlns:q="urn:x"').replace("Code", "q:Code"),
        book(code("a"), start='<?xml version="1.0"?>').encode("utf-16"),
        book(
            code("a") + code("à"), start='<?xml version="1.0" encoding="latin-1"?>'
        ).encode("latin-1"),
    ],
)
def test_slips_of_others_are_read(
    library: Library, tmp_path: Path, text: str | bytes
) -> None:
    report = take(library, tmp_path, text)
    assert paths(library)[0] == "a"
    assert report.dropped == ()
    if isinstance(text, bytes) and b"latin" in text:
        assert paths(library) == ["a", "à"]


def test_flat_lists_become_a_tree(library: Library, tmp_path: Path) -> None:
    """What is above may come later, or never."""
    codes = (
        code("Drinks::Tea", guid=ONE)
        + code("Drinks", "<Description>All.</Description>", guid=TWO)
        + code("Food::Bread::Rye")
    )
    report = take(library, tmp_path, book(codes))
    assert paths(library) == [
        *("Drinks", "Drinks/Tea", "Food", "Food/Bread", "Food/Bread/Rye")
    ]
    assert library.codebook.get("Drinks").definition == "All."
    assert library.codebook.get("Drinks").guid == TWO
    assert any("A::B" in line for line in report.remarks)


def test_names_with_colons_in_a_tree_or_of_our_own_stay(
    library: Library, tmp_path: Path
) -> None:
    take(library, tmp_path, book(code("a", code("b::c"))))
    library.codebook.delete("a")
    library.codebook.add("x::y")
    path = tmp_path / "own.qdc"
    codebook.write(path, library.core.reader, "qdc")
    library.codebook.delete("x::y")
    bring_in(library.core, path)
    assert paths(library) == ["x::y"]


def test_names_that_cannot_be_are_changed_and_named(
    library: Library, tmp_path: Path
) -> None:
    codes = "".join(code(name) for name in ("pros/cons", "1984", "", "x" * 100))
    report = take(library, tmp_path, book(codes + code("Cost") + code("cost")))
    assert paths(library) == [
        *("pros-cons", "tag 1984", "unnamed", "x" * 80, "Cost", "cost (2)")
    ]
    assert len(report.remarks) == 5
    assert "pros/cons is pros-cons here" in report.remarks


def test_what_cannot_be_held_is_said(library: Library, tmp_path: Path) -> None:
    sets = f'<Sets><Set guid="{ONE}" name="s"><MemberCode guid="{TWO}"/></Set></Sets>'
    codes = code("a", color="#123456") + code("f", isCodable="false", color="#777")
    report = take(library, tmp_path, book(codes, sets))
    said = "\n".join(report.remarks)
    for words in ("1 set of codes", "2 colours", "1 folder of codes"):
        assert words in said
    assert paths(library) == ["a", "f"]


def test_deeper_than_twelve_is_dropped_with_its_name(
    library: Library, tmp_path: Path
) -> None:
    codes = ""
    for level in range(14, 0, -1):
        codes = code(f"level {level}", codes)
    report = take(library, tmp_path, book(codes))
    assert report.tags_added == 12
    assert report.dropped == ("level 13: tags nest at most twelve deep",)


def test_again_changes_only_what_the_file_says(
    library: Library, tmp_path: Path
) -> None:
    library.codebook.add("here/theirs", "Mine.", marker="m")
    guid = library.codebook.get("theirs").guid
    codes = code("theirs", "<Description>New.</Description>", guid=guid.upper())
    report = take(library, tmp_path, book(codes + code("here")))
    assert (report.tags_added, report.tags_changed) == (0, 1)
    assert "theirs is here/theirs here and stays there" in report.remarks
    tag = library.codebook.get("here/theirs")
    assert (tag.definition, tag.marker) == ("New.", "m")
    assert take(library, tmp_path, book(codes)).tags_changed == 0


def test_two_codes_with_one_guid_are_two_tags(library: Library, tmp_path: Path) -> None:
    take(library, tmp_path, book(code("a", guid=ONE) + code("b", guid=ONE)))
    assert paths(library) == ["a", "b"]
    assert library.codebook.get("a").guid == ONE != library.codebook.get("b").guid


BOMB = '<!DOCTYPE CodeBook [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (book("&b;" + code("a"), start=BOMB), "document type"),
        (book(code("a"), start='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "type"),
        ("<CodeBook>" + "<x>" * 200 + "</x>" * 200 + "</CodeBook>", "100 deep"),
        ("<CodeBook><Codes/></CodeBook>", "no code in it"),
        ("<CodeBook><Codes>", "line 1 is not well-formed"),
        (book(code("&undeclared;")), "not well-formed"),
    ],
)
def test_files_that_are_refused(
    library: Library, tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        take(library, tmp_path, text)
    assert "theirs.qdc" in str(caught.value)
    assert paths(library) == []


def test_a_rehearsal_changes_nothing(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "theirs.qdc"
    path.write_text(book(code("a")))
    assert bring_in(library.core, path, dry_run=True).tags_added == 1
    assert paths(library) == []
