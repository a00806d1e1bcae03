"""The sample material keeps the promises its README makes, read from the bytes."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
NEWS = SEEDS / "news"
MATERIAL = ROOT.parent / "shared" / "material"

PLAIN_LANGUAGES = {
    "de-02-abwaerme-sossenheim.txt": "de",
    "de-03-isarnetz-korrektur.html": "de",
    "el-01-kozani.txt": "el",
    "en-01-dublin-turbines.html": "en",
    "en-02-phoenix-tariff.txt": "en",
    "en-04-kestrelis-wire.txt": "en",
    "en-05-singapore-relabelled.txt": "en",
    "en-08-hartwell-stake.txt": "en",
    "es-02-sequia.txt": "es",
    "es-03-larranaga.txt": "es",
    "fr-02-dementi.txt": "fr",
    "fr-03-riverains.txt": "fr",
    "it-02-sindaca.txt": "it",
    "it-03-220-megawatt.html": "it",
    "it-04-smentita.txt": "it",
    "it-06-senza-titolo.txt": "it",
    "it-08-audizione.txt": "it",
    "ja-01-henatsuki.txt": "ja",
}
"""Languages of the files that do not say theirs."""

CP1252 = "it-04-smentita.txt"
CRLF = "it-08-audizione.txt"


def files(ending: str = "") -> list[Path]:
    """The documents' files, in the order of their names."""
    return sorted(p for p in NEWS.iterdir() if p.name.endswith(ending))


def text_of(name: str) -> str:
    """A file as text; the one that is not UTF-8 by its own encoding."""
    raw = (NEWS / name).read_bytes()
    return raw.decode("cp1252" if name == CP1252 else "utf-8")


def records() -> list[dict[str, Any]]:
    """The records of the JSON Lines file."""
    return [json.loads(line) for line in text_of("wire.jsonl").splitlines()]


def front_matter(name: str) -> dict[str, str]:
    """The simple ``key: value`` lines at the head of a Markdown file."""
    head = text_of(name).split("---\n", 2)[1]
    return dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)


def languages() -> Counter[str]:
    """How many documents each language has."""
    found = Counter(PLAIN_LANGUAGES.values())
    found.update(front_matter(p.name)["language"] for p in files(".md"))
    found.update(record["language"] for record in records())
    return found


def fold(text: str) -> str:
    """Without accents, for telling a lost accent from another name."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def test_there_is_enough_to_read() -> None:
    single = [p for p in files() if p.suffix != ".jsonl"]
    assert len(single) + len(records()) >= 26
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    unnamed = [p.name for p in files() if f"**news/{p.name}**" not in readme]
    assert not unnamed


def test_only_documents_lie_in_news() -> None:
    assert {p.name for p in SEEDS.iterdir()} == {"news", "README.md", "codebook.csv"}
    assert {p.suffix for p in files()} == {".txt", ".md", ".html", ".jsonl"}


def test_languages() -> None:
    found = languages()
    assert found["it"] >= 7
    assert found["en"] >= 7
    assert min(found["de"], found["fr"], found["es"]) >= 3
    assert found["ja"] + found["zh"] >= 1
    assert found["el"] >= 1
    spoken = {p.name for p in files() if p.suffix in {".txt", ".html"}}
    assert spoken == set(PLAIN_LANGUAGES)


def test_markdown_has_front_matter() -> None:
    heads = [front_matter(p.name) for p in files(".md")]
    assert all({"title", "source", "date", "language"} <= set(h) for h in heads)
    assert any("tags" in h for h in heads)
    assert any("tags" not in h for h in heads)
    assert all(re.fullmatch(r"2026-0[1-3]-\d\d", h["date"]) for h in heads)


def test_saved_pages_have_what_surrounds_an_article() -> None:
    pages = [text_of(p.name) for p in files(".html")]
    assert 2 <= len(pages) <= 3
    for page in pages:
        for part in ("<nav", "<footer", "<article", "<button", "og:title"):
            assert part in page


def test_records_have_all_fields() -> None:
    fields = {"id", "title", "source", "published", "language", "url", "text"}
    assert len(records()) >= 4
    assert all(set(record) == fields for record in records())
    assert len({record["id"] for record in records()}) == len(records())
    assert len({record["language"] for record in records()}) >= 3
    assert [r["id"] for r in records() if r["title"] is None] == ["mc-2026-0303-002"]


def test_lengths() -> None:
    for name, language in PLAIN_LANGUAGES.items():
        if name.endswith(".txt") and language != "ja":
            assert 120 <= len(text_of(name).split()) <= 400, name
    long = [p.name for p in files() if len(text_of(p.name).split()) >= 3000]
    assert long == ["it-07-la-fila-per-la-corrente.md"]
    body = text_of(long[0]).split("---\n", 2)[2]
    assert len(body.split()) >= 3000
    paragraphs = [part for part in body.split("\n\n") if part.strip()]
    assert len(paragraphs) == len(set(paragraphs))


def test_one_file_is_cp1252_and_the_rest_is_utf8() -> None:
    raw = (NEWS / CP1252).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert {b"\xab", b"\x80", b"\xe8"} <= {bytes([b]) for b in raw}
    for path in files():
        if path.name != CP1252:
            path.read_bytes().decode("utf-8")


def test_one_file_has_windows_line_ends() -> None:
    raw = (NEWS / CRLF).read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") > 5
    assert all(b"\r" not in p.read_bytes() for p in files() if p.name != CRLF)


@pytest.mark.parametrize(
    ("first", "second", "changed"),
    [
        ("it-04-smentita.txt", "it-09-smentita-ripresa.md", ("230", "240")),
        (
            "en-03-kestrelis-numbers.md",
            "en-04-kestrelis-wire.txt",
            ("26,500", "26,000"),
        ),
    ],
)
def test_syndicated_copies_differ_a_little(
    first: str, second: str, changed: tuple[str, str]
) -> None:
    one, two = text_of(first), text_of(second)
    alike = SequenceMatcher(None, one.split(), two.split(), autojunk=False).ratio()
    assert 0.7 < alike < 0.99
    assert changed[0] in one
    assert changed[0] not in two
    assert changed[1] in two
    assert one.splitlines()[0] != two.splitlines()[0]


def test_a_recurring_name_is_damaged_once() -> None:
    every = "\n".join(text_of(p.name) for p in files())
    assert len(re.findall(r"(?<![Kk])\bestrelis\b", every)) == 1
    assert every.count("Kestrelis") > 30


@pytest.mark.parametrize("name", ["Solène Marchadier", "Begoña Larrañaga"])
def test_names_stand_with_and_without_accents(name: str) -> None:
    every = [text_of(p.name) for p in files()]
    assert sum(name in text for text in every) >= 3
    assert sum(fold(name) in text for text in every) >= 1


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("Kestrelis", 5),
        ("Meridian Halls", 5),
        ("Naviglio Energia", 3),
        ("Niamh Corrigan", 2),
        ("San Rocco al Lambro", 4),
    ],
)
def test_actors_recur_across_languages(name: str, least: int) -> None:
    spoken = {
        PLAIN_LANGUAGES.get(p.name) or p.name[:2]
        for p in files()
        if name in text_of(p.name)
    }
    assert len(spoken - {"wi"}) >= least


def test_untitled_item_with_a_newsletter_footer() -> None:
    lines = text_of("it-06-senza-titolo.txt").rstrip().splitlines()
    assert len(lines[0]) > 200
    assert not re.search(r"\b2026\b", lines[0])
    assert "casella" in lines[-2]
    assert "Unsubscribe" in text_of("en-07-newsletter.md")


def test_emoji_inside_and_outside_the_basic_plane() -> None:
    text = text_of("en-07-newsletter.md")
    assert "☔" in text
    assert any(ord(sign) > 0xFFFF for sign in text)


def test_layouts_with_and_without_blank_lines() -> None:
    tight = [p.name for p in files(".txt") if "\n\n" not in text_of(p.name)]
    assert "it-02-sindaca.txt" in tight
    assert len(tight) >= 3
    loose = [p for p in files(".txt") if text_of(p.name).count("\n\n") >= 4]
    assert len(loose) >= 5


def test_quotations_and_figures_contradict() -> None:
    assert "160 megawatt" in text_of(CP1252)
    assert "erano 220" in text_of(CRLF)
    assert "40 000" in text_of("fr-01-kestrelis-levee.md")
    assert "26,500" in text_of("en-03-kestrelis-numbers.md")
    assert "9,4 Gigawatt" in text_of("de-01-isarnetz-warteschlange.md")
    assert "11,8" in text_of("de-03-isarnetz-korrektur.html")


def test_codebook() -> None:
    with (SEEDS / "codebook.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["path", "definition", "marker", "colour"]
    assert 20 <= len(rows) <= 26
    assert len({row["path"] for row in rows}) == len(rows)
    assert all(re.fullmatch(r"[a-z]+(/[a-z]+)?", row["path"]) for row in rows)
    markers = [row["marker"] for row in rows if "/" in row["path"]]
    assert len(set(markers)) == len(markers)
    assert all(re.fullmatch(r"[a-z]", marker) for marker in markers)
    assert {row["colour"] for row in rows} == set("01234567")
    for row in rows:
        assert "Use when" in row["definition"], row["path"]
        assert "Not when" in row["definition"], row["path"]


@pytest.mark.skipif(not MATERIAL.is_dir(), reason="no material beside the checkout")
def test_no_line_is_shared_with_the_material() -> None:
    theirs = {
        line.strip()
        for path in MATERIAL.iterdir()
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line.strip()) > 20
    }
    ours = {line.strip() for p in files() for line in text_of(p.name).splitlines()}
    assert not theirs & ours
    sentences = {s.strip() for line in theirs for s in re.split(r"[.!?]", line)}
    every = "\n".join(text_of(p.name) for p in files())
    assert not [s for s in sentences if len(s) > 30 and s in every]


def test_few_items_touch_the_subject_of_the_material() -> None:
    touching = [
        p
        for p in files()
        if re.search("Zhenwu|T-Head|ByteDance|平頭哥", text_of(p.name))
    ]
    assert 1 <= len(touching) <= len(files()) / 3
