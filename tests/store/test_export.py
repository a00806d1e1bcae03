"""What leaves a library: complete, in order, and nothing in it acts."""

from __future__ import annotations

import csv
import io
import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from store import connections, export
from store.annotation_rows import AnnotationFilter
from store.annotations import Annotations, Passage
from store.bringing_in import read_jsonl
from store.core import Core
from store.errors import UsageError
from store.export import escape, tables

EVERYTHING = AnnotationFilter()
HOSTILE = (
    "Start. A *bold* _claim_ `code` [link](https://evil.example) ![x](y) <script>x\n"
    "</script> <!-- hidden --> [[Other note]] #tag ==mark== %%comment%% $x$ ~~gone~~\n"
    "# heading\n> quoted\n- item\n+ item\n* item\n12. item\n3) item\n---\n===\n"
    "```\nfenced\n~~~\n\n    indented\n\ttabbed\n| a | b |\n| - | - |\n"
    "https://evil.example www.evil.example me@evil.example &lt;b&gt; a ^p-1 [^1]\n"
    "[ref]: https://evil.example\n<https://evil.example> \\*not\\* - [ ] end."
)


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    path = tmp_path / "library.db"
    connections.prepare(path, create=True)
    opened = Core(path, coder="anna")
    yield opened
    opened.close()


def add(core: Core, text: str, **more: Any) -> int:
    """A document, brought in as any other; returns its id."""
    guid = str(uuid.uuid4())
    said = {"type": "document", "guid": guid, "identity": guid, "title": "Prices"}
    head = {"type": "library", "format": "postilla", "version": 1}
    lines = [json.dumps(one) for one in (head, {**said, "text": text, **more})]
    report = read_jsonl(core, io.BytesIO("\n".join(lines).encode()))
    assert report.documents_added == 1, report
    return int(core.reader.execute("SELECT max(id) FROM documents").fetchone()[0])


def annotate(core: Core, document: int, quote: str | None = None, **more: Any) -> str:
    """An annotation of a quote, or of the document; returns its guid."""
    where = None
    if quote is not None:
        (start,) = Annotations(core).places(document, quote)
        where = Passage(start, start + len(quote))
    return Annotations(core).create(document, where, **more).guid


def exported(core: Core, name: str, **more: Any) -> str:
    return "".join(export.render(core.reader, EVERYTHING, name, **more))


def rows(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written, newline="")))


# -- Markdown ------------------------------------------------------------------


def parsed(written: str) -> tuple[dict[str, Any], list[Token]]:
    """Front matter, and every token of the body, as a strict reader sees them."""
    opening, front, body = written.split("---\n", 2)
    assert opening == ""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    flat: list[Token] = []
    for token in reader.parse(body):
        flat += [token, *(token.children or [])]
    return yaml.safe_load(front), flat


ALLOWED = {
    *("inline", "text", "softbreak", "text_special"),
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close"),
    *("blockquote_open", "blockquote_close"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
}


@pytest.mark.parametrize("group_by", ["tag", "document", "date"])
def test_nothing_in_a_quote_acts_in_markdown(core: Core, group_by: str) -> None:
    title = "A *title* <b> [[x]] #y\n# z"
    document = add(core, HOSTILE, title=title, source="- The <i>Paper</i>", author="=")
    annotate(core, document, HOSTILE, tags=["actors/big companies"])
    written = exported(core, "markdown", group_by=group_by)
    front, tokens = parsed(written)
    assert {token.type for token in tokens} <= ALLOWED
    assert front["title"] == title
    assert sum(token.type == "bullet_list_open" for token in tokens) <= 1
    shown = [token.content for token in tokens if token.type == "text"]
    assert "</script> <!-- hidden --> [[Other note]] #tag" in "".join(shown)
    assert "| a | b |" in "".join(shown)
    for sign in ("==", "%%", "[[", " #tag", "https://", " www.", "e@e", " ^p-1", " $x"):
        quoted = [line for line in written.split("\n") if line.startswith("> ")]
        assert not any(sign in line for line in quoted), sign


SIGNS = st.sampled_from(
    [*"ab \n\t*_[]()<>#|`\\~=^$%&!-+.1:/@\"'é漢😀\u202e\u2028", "www.", "http://"]
)


@settings(max_examples=150, deadline=None)
@given(text=st.lists(SIGNS, min_size=1, max_size=60).map("".join))
def test_escaped_text_is_only_text(text: str) -> None:
    body = "\n".join(f"> {line}".rstrip() for line in escape.lines(text))
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    shown = []
    for token in reader.parse(body):
        assert token.type in ALLOWED
        for child in token.children or []:
            assert child.type in ALLOWED
            shown.append(" " if child.type == "softbreak" else child.content)
    plain = text.replace("\u202e", "").split()
    assert "".join("".join(shown).split()) == "".join(plain)


def test_a_note_is_markdown_and_ends_where_it_ends(core: Core) -> None:
    document = add(core, "One. Two. Three. Four. Five.")
    annotate(core, document, "One.", note="- **strong** <https://good.example>\n- b")
    annotate(core, document, "Two.", note="```\nnever closed <div>")
    annotate(core, document, "Three.", note="- ```\n  in a list\n\n<script>\nopen %%")
    annotate(core, document, "Four.", note="```py\nx = 1\n```\n<!-- open")
    annotate(core, document, "Five.", tags=["last"], note="~~~\na\n ~~~\n")
    _, tokens = parsed(exported(core, "markdown", group_by="document"))
    kinds = {token.type for token in tokens}
    assert {"strong_open", "link_open", "fence"} <= kinds
    assert not kinds & {"html_block", "html_inline"}
    inline = [token.content for token in tokens if token.type == "inline"]
    assert inline[-1] == "#last"


def test_markdown_says_what_a_vault_needs(core: Core) -> None:
    document = add(
        core,
        "First line.\nSecond line.",
        title="Prices rise",
        published="2026-01-30",
        source="no",
        url="https://paper.example/a?b=c&d",
    )
    guid = annotate(
        core,
        document,
        "First line.\nSecond line.",
        note="A *note*.",
        tags=["actors/big companies", "2026-01"],
    )
    written = exported(core, "markdown")
    front, _ = parsed(written)
    assert front["tags"] == ["_2026-01", "actors/big-companies"]
    assert (front["source"], front["date"]) == ("no", "2026-01-30")
    assert (
        "## actors/big companies\n\n"
        "> [!quote] Prices rise, 2026-01-30\n"
        "> First line.\n"
        "> Second line.\n\n"
        f"^p-{guid[:8]}\n\n"
        "A *note*.\n\n"
        "#actors/big-companies #_2026-01\n"
    ) in written
    assert f"^p-{guid[:8]}-2\n" in written
    assert "<https://paper.example/a?b=c&d>" in written
    assert exported(core, "markdown") == written


def test_groups_are_tags_documents_or_days(core: Core) -> None:
    late = add(core, "Late news.", title="Late", published="2026-02-01T10:00:00Z")
    early = add(core, "Early news.", title="Early", published="2026-01-01")
    undated = add(core, "Old news.", title="Old")
    annotate(core, late, "Late", tags=["b", "a/c"])
    annotate(core, early, "Early")
    annotate(core, undated)

    def headings(group_by: str) -> list[str]:
        written = exported(core, "markdown", group_by=group_by)
        found = [line[3:] for line in written.split("\n") if line.startswith("## ")]
        return [heading for heading in found if heading != "Documents"]

    assert headings("tag") == ["b", "a/c", "Without a tag"]
    assert headings("document") == ["Early", "Late", "Old"]
    assert headings("date") == ["2026-01-01", "2026-02-01", "Without a date"]
    with pytest.raises(UsageError, match="cannot be grouped by colour"):
        headings("colour")


def test_the_sentence_around_a_quote_comes_when_asked_for(core: Core) -> None:
    document = add(core, "It rained. The minister said no to all. Nobody cared.")
    annotate(core, document, "said no")
    sentence = "The minister said no to all."
    assert f"> *Context:* {sentence}\n" in exported(core, "markdown", context=True)
    assert rows(exported(core, "csv", context=True))[0]["context"] == sentence
    assert "context" not in rows(exported(core, "csv"))[0]


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("actors/big companies", "actors/big-companies"),
        ("actors/A&B (old)", "actors/AB-old"),
        ("größe/漢字", "größe/漢字"),
        ("c++", "c"),
        ("19.84", "_1984"),
        ("?!/x", "tag/x"),
        ("a\u202e]]#b", "ab"),
    ],
)
def test_tags_become_slugs(path: str, slug: str) -> None:
    assert escape.tag_slug(path) == slug


def test_two_tags_never_share_a_slug() -> None:
    slugs = escape.tag_slugs(["c++", "c", "C#"])
    assert len({slug.lower() for slug in slugs.values()}) == 3


# -- CSV -----------------------------------------------------------------------


def test_csv_has_the_fields_in_order(core: Core) -> None:
    document = add(core, 'He said "no,\nnever" again.', title="A, B", source=None)
    guid = annotate(
        core, document, '"no,\nnever"', note="a\nb", tags=["money", "actors/x"]
    )
    written = exported(core, "csv")
    assert written.split("\r\n")[0] == (
        "id,guid,document,title,source,published,start,end,quote,before,after,tags,"
        "note,coder,created,modified,anchor_state"
    )
    (row,) = rows(written)
    assert row["guid"] == guid
    assert row["quote"] == '"no,\nnever"'
    assert (row["before"], row["after"]) == ("He said ", " again.")
    assert row["tags"] == "money; actors/x"
    assert (row["note"], row["source"], row["start"]) == ("a\nb", "", "8")


FORMULAS = st.text(
    st.sampled_from(list("=+-@＝＋－＠ \t\r\n'\"a1;,\u00a0\u3000\ufeff\u200b")),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(text=FORMULAS)
def test_no_cell_is_a_formula_and_values_can_be_restored(text: str) -> None:
    written = tables.cell(text)
    seen = "".join(
        sign for sign in written if not sign.isspace() and sign.isprintable()
    )
    assert not seen.startswith(tuple("=+-@＝＋－＠"))
    assert not written.startswith(("\t", "\r"))
    assert tables.uncell(written) == escape.clean(text)


def test_foreign_text_is_harmless_in_a_spreadsheet(core: Core) -> None:
    document = add(core, "@SUM(1+1) and more", title="=1+1", source="\t+2", author="x")
    annotate(core, document, "@SUM(1+1)", note="-2+3", tags=["=cmd|calc"])
    (row,) = rows(exported(core, "csv"))
    for field in ("title", "source", "quote", "note", "tags"):
        assert row[field].startswith("'"), field


# -- selection, JSON Lines -----------------------------------------------------


@pytest.mark.parametrize("name", export.FORMATS)
def test_filters_hold_in_every_format(core: Core, name: str) -> None:
    first, second = add(core, "Apples are red."), add(core, "Pears are green.")
    annotate(core, first, "Apples", tags=["fruit/apples"])
    annotate(core, first, "red", tags=["colours"])
    annotate(core, second, "Pears", tags=["fruit/pears"])
    filters = AnnotationFilter(tag="fruit and not colours", document=first)
    written = "".join(export.render(core.reader, filters, name))
    quotes = [line for line in written.splitlines() if "Apples" in line]
    assert quotes
    assert not [line for line in written.splitlines() if line == "> red"]
    assert "Pears" not in written


def test_json_lines_carry_nothing_a_terminal_would_act_on(core: Core) -> None:
    document = add(core, "before \u202e after", title="t")
    annotate(core, document, "\u202e after", note="\x1b[2J\u009b")
    written = exported(core, "jsonl")
    assert written.replace("\n", "").isprintable()
    found = [json.loads(line) for line in written.splitlines()][-1]
    assert (found["quote"], found["note"]) == ("\u202e after", "\x1b[2J\u009b")


# -- files ---------------------------------------------------------------------


def test_a_file_is_written_whole_or_not_at_all(core: Core, tmp_path: Path) -> None:
    annotate(core, add(core, "Some news."), "news")
    target = tmp_path / "out" / "notes.csv"
    with pytest.raises(UsageError, match="No such file"):
        export.write(target, core.reader, EVERYTHING)
    target.parent.mkdir()
    export.write(target, core.reader, EVERYTHING)
    assert target.read_bytes().decode() == exported(core, "csv")
    with pytest.raises(UsageError, match="--force"):
        export.write(target, core.reader, EVERYTHING)
    with pytest.raises(UsageError, match="sign 1"):
        broken = AnnotationFilter(tag="nothing")
        export.write(target, core.reader, broken, force=True)
    assert target.read_bytes().decode() == exported(core, "csv")
    export.write(target, core.reader, EVERYTHING, "jsonl", force=True)
    assert target.read_text(encoding="utf-8") == exported(core, "jsonl")
    assert [path.name for path in target.parent.iterdir()] == ["notes.csv"]
    assert not core.reader.in_transaction


def test_folders_and_devices_are_refused(core: Core, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        export.write(tmp_path, core.reader, EVERYTHING, "csv", force=True)
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match="not an ordinary file"):
        export.write(pipe, core.reader, EVERYTHING, force=True)


def test_a_link_is_followed_and_stays(core: Core, tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    export.write(link, core.reader, EVERYTHING, force=True)
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"id,guid")


def test_the_ending_says_the_format() -> None:
    endings = [("a.md", "markdown"), ("b.CSV", "csv"), ("c.jsonl", "jsonl")]
    for name, expected in endings:
        assert export.format_for(Path(name)) == expected
    with pytest.raises(UsageError, match="does not say which format"):
        export.format_for(Path("notes.docx"))
    with pytest.raises(UsageError, match="There is no format docx"):
        export.render(None, EVERYTHING, "docx")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Prices: up, again?", "Prices-up,-again"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("a\x00\x1b\u202eb\n", "a-b"),
        ("", "untitled"),
        ("...", "untitled"),
        ("漢" * 100, "漢" * 26),
    ],
)
def test_titles_become_names_of_files(title: str, slug: str) -> None:
    assert export.file_slug(title) == slug
    assert len(export.file_slug(title).encode()) <= 81
