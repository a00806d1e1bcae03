"""The codebook out to other programs, and back the same."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import shelf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.bringing_in import bring_in
from store.errors import UsageError
from store.export import codebook
from store.library import Library
from store.model import Tag

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COLOUR = re.compile(r"#[0-9a-f]{6}")
NAMESPACE = "{urn:QDA-XML:codebook:1.0}"


@pytest.fixture
def drawn_up(library: Library) -> Library:
    """A codebook with everything a codebook can have."""
    library.codebook.add("actors", "Who acts: <all> & sundry.", marker="a")
    library.codebook.add("actors/firms", "Two\nlines", colour=5, memo="Ask Eva.")
    library.codebook.add("actors/firms/small")
    library.codebook.add("=claims", "-1 is *no* formula")
    shelf.add_text(library, "Text.")
    library.annotations.create(1, tags=["actors/firms"])
    return library


def rendered(library: Library, format: str) -> str:
    """The whole export."""
    return "".join(codebook.render(library.core.reader, format))


def test_qdc_is_as_the_schema_wants_it(drawn_up: Library) -> None:
    text = rendered(drawn_up, "qdc")
    root = ElementTree.fromstring(text.encode())
    assert root.tag == f"{NAMESPACE}CodeBook"
    assert set(root.keys()) == {"origin"}
    assert [one.tag for one in root] == [f"{NAMESPACE}Codes"]  # and no empty Sets
    codes = list(root.iter(f"{NAMESPACE}Code"))
    assert [one.get("name") for one in codes] == [
        *("actors", "firms", "small", "=claims")
    ]
    for code in codes:
        assert set(code.keys()) == {"guid", "name", "isCodable", "color"}
        assert GUID.fullmatch(code.get("guid", ""))
        assert COLOUR.fullmatch(code.get("color", ""))
        assert code.get("isCodable") == "true"
        # A description comes first, if there is one; then what is below.
        below = [one.tag.removeprefix(NAMESPACE) for one in code]
        assert below in ([], ["Code"], ["Description"], ["Description", "Code"])
    assert codes[0].findtext(f"{NAMESPACE}Description") == "Who acts: <all> & sundry."


def test_what_qdc_cannot_hold_is_said(drawn_up: Library) -> None:
    said = codebook.left_out(drawn_up.core.reader, "qdc")
    assert "1 memo and 1 marker" in said
    assert codebook.left_out(drawn_up.core.reader, "tags") == ""
    drawn_up.codebook.define("actors", marker=None)
    drawn_up.codebook.define("firms", memo="")
    assert codebook.left_out(drawn_up.core.reader, "qdc") == ""


def test_the_table_for_a_spreadsheet(drawn_up: Library) -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(drawn_up, "tags"), newline="")))
    assert list(rows[0]) == list(codebook.FIELDS)
    assert [row["path"] for row in rows] == [
        *("actors", "actors/firms", "actors/firms/small", "'=claims")
    ]
    assert rows[0]["branch"] == "1" and rows[1]["annotations"] == "1"
    assert rows[3]["definition"] == "'-1 is *no* formula"


def test_markdown_to_read(drawn_up: Library) -> None:
    text = rendered(drawn_up, "codebook")
    assert text.startswith("# Codebook\n\n4 tags.\n")
    assert "\n## actors\n" in text and "\n### firms\n" in text
    assert "*actors/firms · pink · 1 annotation in 1 document*" in text
    assert "\n> Ask Eva.\n" in text
    assert "Who acts: \\<all> & sundry." in text


def test_an_empty_codebook_is_not_written(library: Library, tmp_path: Path) -> None:
    for format in codebook.FORMATS:
        with pytest.raises(UsageError, match="codebook is empty"):
            codebook.write(tmp_path / "out", library.core.reader, format)
    assert list(tmp_path.glob("out")) == []
    with pytest.raises(UsageError, match="no format docx"):
        codebook.render(library.core.reader, "docx")


def test_a_file_is_replaced_only_if_told_to(drawn_up: Library, tmp_path: Path) -> None:
    path = tmp_path / "codebook.qdc"
    path.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        codebook.write(path, drawn_up.core.reader, "qdc")
    codebook.write(path, drawn_up.core.reader, "qdc", force=True)
    assert "CodeBook" in path.read_text()


def look(tag: Tag) -> tuple[str, str, str, int]:
    """What must come back of a tag."""
    return tag.path, tag.guid, tag.definition, tag.colour


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Two files for libraries, gone after the test."""
    yield tmp_path / "one.db", tmp_path / "other.db"


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    min_size=1,
    max_size=8,
).filter(lambda name: name.strip() and "/" not in name and not name.strip().isdecimal())
PROSE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30
).map(
    lambda text: "".join(
        c for c in text if c in "\n\t" or ord(c) > 0x9F or " " <= c <= "~"
    )
)


@given(
    tags=st.lists(
        st.tuples(st.lists(NAMES, min_size=1, max_size=4), PROSE, st.integers(0, 7)),
        min_size=1,
        max_size=6,
    ),
    format=st.sampled_from(["qdc", "tags"]),
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_out_and_into_a_new_library_is_the_same(
    two: tuple[Path, Path], tags: list[tuple[list[str], str, int]], format: str
) -> None:
    one, other = two
    file = one.parent / f"codebook{codebook.FORMATS[format]}"
    try:
        with Library(one, create=True) as library:
            for names, definition, colour in tags:
                library.codebook.add("/".join(names), definition, colour=colour)
            before = [look(tag) for tag in library.codebook.tags()]
            codebook.write(file, library.core.reader, format)
        with Library(other, create=True) as library:
            report = bring_in(library.core, file)
            assert report.dropped == report.remarks == ()
            after = [look(tag) for tag in library.codebook.tags()]
        # A definition of nothing but blanks is none.
        assert after == [
            (path, guid, text if text.strip() else "", colour)
            for path, guid, text, colour in before
        ]
    finally:
        for left in one.parent.iterdir():
            if left.is_file():
                left.unlink()
