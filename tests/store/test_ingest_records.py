"""Records of dumps and tables become documents; a broken one costs itself only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.ingest import Position, read
from store.ingest.records import REPORTED
from store.model import Failure, Incoming

RECORD = {
    "id": 7,
    "title": "Il ponte è aperto",
    "source": "La Voce",
    "published": "2026-02-11T08:30",
    "language": "it",
    "url": "https://voce.example/7",
    "text": "Il ponte è aperto da lunedì.\n\nCosì il sindaco.",
}


def outcome(path: Path, **wishes: object) -> tuple[list[Incoming], list[str]]:
    found = list(read([path], **wishes))  # type: ignore[arg-type]
    return (
        [item for item in found if isinstance(item, Incoming)],
        [item.reason for item in found if isinstance(item, Failure)],
    )


def write(path: Path, *records: object) -> Path:
    lines = (
        r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_record_keeps_every_field(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", RECORD)
    (found,), reasons = outcome(path)
    assert reasons == []
    assert found.text == RECORD["text"]
    assert found.title == RECORD["title"]
    assert found.source == RECORD["source"]
    assert found.published == RECORD["published"]
    assert found.language == RECORD["language"]
    assert found.url == RECORD["url"]
    assert found.identity == f"{path}#7"
    assert found.attributes == {"id": 7}


def test_the_names_of_other_programs_are_understood(tmp_path: Path) -> None:
    record = {
        "headline": "Bridge opens",
        "maintext": "The bridge opened on Monday.",
        "date_publish": "2026-01-30 09:00:00",
        "source_domain": "gazette.example",
        "authors": ["Ada Bruni", {"name": "Carl Dell"}],
        "lang": "en_GB",
        "link": "https://gazette.example/1",
        "section": "Local",
    }
    (found,), _ = outcome(write(tmp_path / "a.json", record))
    assert (found.title, found.published) == ("Bridge opens", "2026-01-30T09:00:00")
    assert (found.source, found.author) == ("gazette.example", "Ada Bruni, Carl Dell")
    assert (found.language, found.identity) == ("en", "https://gazette.example/1")
    assert found.attributes == {"section": "Local"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "x"', "line 2 is not JSON: "),
        ("[1, 2]", "line 2 is no object with fields"),
        ("null", "line 2 is no object with fields"),
        ('{"title": "t"}', "line 2 has no text"),
        ('{"text": " "}', "line 2 has no text"),
        ('{"text": 5}', "line 2 has no text"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "line 2 holds a number that is too"),
        ("[" * 100_000, "line 2 is nested too deeply"),
    ],
)
def test_a_broken_line_costs_itself_only(
    tmp_path: Path, line: str, reason: str
) -> None:
    found, reasons = outcome(
        write(tmp_path / "a.jsonl", RECORD, line, "", RECORD | {"id": 8})
    )
    assert [item.attributes["id"] for item in found] == [7, 8]
    assert len(reasons) == 1
    assert reasons[0].startswith(reason)


def test_a_flood_of_broken_lines_is_counted_not_listed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *["{"] * (REPORTED + 1234))
    _, reasons = outcome(path)
    assert len(reasons) == REPORTED + 1
    assert reasons[-1] == "1,234 more records of it could not be read"


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_table_without_text_says_which_columns_it_has(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    if name == "a.csv":
        path.write_text("title,url\nT,https://x.example/1\nU,https://x.example/2\n")
    else:
        record = {"title": "T", "url": "https://x.example/1"}
        path.write_text(json.dumps(record) + "\n")
    found, reasons = outcome(path)
    assert found == []
    assert len(reasons) == 1
    assert reasons[0].startswith(
        "has no column with the text; its columns are title, url: rename"
    )


def test_escapes_in_json_cannot_smuggle_controls(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"title": "T\\u001b[2J", '
        '"text": "a\\u0000b\\r\\nc\\ud800d\\u0085\\ud83d\\ude00", '
        '"source": "S\\u009b", "note": "\\u0007"}\n'
    )
    (found,), _ = outcome(path)
    assert found.text == "a\ufffdb\nc\ufffdd\ufffd😀"
    assert (found.title, found.source) == ("T\ufffd[2J", "S\ufffd")
    assert found.attributes == {"note": "\ufffd"}
    assert found.warnings == ("3 control characters were replaced by “\ufffd”",)


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=40), st.booleans())
def test_what_a_record_says_is_stored_in_the_same_places(
    tmp_path_factory: pytest.TempPathFactory, text: str, ascii_only: bool
) -> None:
    path = tmp_path_factory.mktemp("r") / "a.jsonl"
    written = json.dumps(
        {"text": "x" + text, "language": "en"}, ensure_ascii=ascii_only
    )
    path.write_bytes(written.encode("utf-8", "replace"))
    (found,), _ = outcome(path)
    expected = json.loads(path.read_bytes().decode())["text"]
    folded = expected.replace("\r\n", "\n").replace("\r", "\n")
    assert len(found.text) == len(folded)
    assert all(
        new in (old, "\ufffd") for old, new in zip(folded, found.text, strict=True)
    )
    assert not set(found.text) & {chr(n) for n in [*range(9), *range(11, 32), 127, 133]}


def test_an_id_used_twice_does_not_swallow_a_record(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", RECORD, RECORD | {"text": "Another text."})
    found, _ = outcome(path)
    assert [item.identity for item in found] == [f"{path}#7", f"{path}#line 2"]
    assert found[1].warnings == (
        "another record of this file has the same id or address",
    )


@pytest.mark.parametrize(
    "url", ["https://voce.example/", "https://voce.example", "x y"]
)
def test_the_first_page_of_a_site_is_no_identity(tmp_path: Path, url: str) -> None:
    path = write(tmp_path / "a.jsonl", {"text": "A text.", "url": url})
    (found,), _ = outcome(path)
    assert found.identity == f"{path}#line 1"


def test_records_through_a_pipe_are_known_by_address_or_text() -> None:
    from io import BytesIO

    raw = json.dumps(RECORD).encode() + b'\n{"id": 7, "text": "Other."}\n'
    found = [i for i in read(["-"], stdin=BytesIO(raw)) if isinstance(i, Incoming)]
    assert found[0].identity == RECORD["url"]
    assert found[1].identity.startswith("stdin:")
    assert found[0].path is None


@pytest.mark.parametrize(
    "wrap",
    [
        json.dumps,
        lambda records: json.dumps({"status": "ok", "articles": records}),
        lambda records: "\n".join(map(json.dumps, records)),
        lambda records: "\ufeff \n" + json.dumps(records, indent=2),
    ],
    ids=["array", "object", "lines", "indented"],
)
def test_json_files_of_every_shape(tmp_path: Path, wrap: object) -> None:
    path = tmp_path / "a.json"
    path.write_text(wrap([RECORD, RECORD | {"id": 8}]), encoding="utf-8")  # type: ignore[operator]
    found, reasons = outcome(path)
    assert reasons == []
    assert [item.text for item in found] == [RECORD["text"]] * 2


def test_an_array_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" + json.dumps(RECORD) + ',\n{"text": "x')
    found, reasons = outcome(path)
    assert len(found) == 1
    assert len(reasons) == 1
    assert reasons[0].startswith("record 2 is not JSON (line 2: ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_records_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes((json.dumps(RECORD, ensure_ascii=False) + "\n").encode(encoding))
    (found,), reasons = outcome(path)
    assert reasons == []
    assert found.text == RECORD["text"]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "json"])
def test_binary_data_with_the_ending_of_a_table(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(bytes(range(256)) * 40)
    found, reasons = outcome(path)
    assert found == []
    assert len(reasons) == 1
    assert reasons[0].startswith("is not text (binary data)")


def test_a_spreadsheet_with_semicolons_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        "Titolo;Testo;Data;Fonte;Pagina\r\n"
        'È così;"Perché «no»; sì,\r\nè vero";30/01/2026;La Voce;3\r\n'.encode("cp1252")
    )
    (found,), reasons = outcome(path)
    assert reasons == []
    assert (found.title, found.text) == ("È così", "Perché «no»; sì,\nè vero")
    assert (found.published, found.source) == ("2026-01-30", "La Voce")
    assert (found.encoding, found.encoding_guessed) == ("cp1252", True)
    assert found.attributes == {"Pagina": "3"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found_out(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    rows = ["title", "text", "url"], ["T", "A, text; here", "https://x.example/1"]
    path.write_text(
        "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    )
    (found,), _ = outcome(path)
    assert found.text == "A, text; here"


def test_the_line_that_names_the_delimiter_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\ntitle;text\nT;Body.\n")
    (found,), _ = outcome(path)
    assert (found.text, found.identity) == ("Body.", f"{path}#line 3")


def test_a_huge_cell_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title,text\nT,"' + "word " * 100_000 + '"\n')
    (found,), reasons = outcome(path)
    assert reasons == []
    assert len(found.text) == 500_000


def test_rows_with_too_many_cells_are_named_by_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title,text\nA,"two\nlines"\nB,one,more\nC,fine\n')
    found, reasons = outcome(path)
    assert [item.title for item in found] == ["A", "C"]
    assert len(reasons) == 1
    assert reasons[0].startswith("line 4 has 3 cells for 2 columns")


def test_a_date_that_is_none_is_kept_as_it_was_written(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", RECORD | {"published": "03/04/2026"})
    (found,), _ = outcome(path)
    assert found.published is None
    assert found.attributes["published_as_written"] == "03/04/2026"


def test_values_of_any_size_and_depth_are_bounded(tmp_path: Path) -> None:
    deep: object = "x"
    for _ in range(50):
        deep = [deep]
    odd = {"deep": deep, "many": list(range(5000)), "long": "y" * 50_000, "nan": 1e999}
    (found,), reasons = outcome(write(tmp_path / "a.jsonl", RECORD | odd))
    assert reasons == []
    assert len(json.dumps(found.attributes, allow_nan=False)) < 20_000


def test_the_position_is_told_inside_a_long_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *(RECORD | {"id": n} for n in range(1000)))
    told = [item for item in read([path]) if isinstance(item, Position)]
    places = [item.bytes_done for item in told]
    assert len(places) >= 6
    assert places == sorted(places)
    assert places[-1] == path.stat().st_size
