"""The main job from an empty library to files in hand, by keyboard only."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from .terminal import ROOT, Terminal

MATERIAL = ROOT.parent / "shared" / "material"
"""Where the article of the project's owner lies, if this copy of the project has it."""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A copy of the sample news in a folder of the test's own."""
    folder = tmp_path / "news"
    shutil.copytree(ROOT / "seeds" / "news", folder)
    return folder


def make_tag(window: Terminal, path: str) -> None:
    """Add a tag on the Codebook screen."""
    window.press("5")
    window.wait_for(r"\[5 ")
    window.press("a")
    window.wait_for("New tag")
    window.type(path)
    window.press("enter")
    window.wait_for(f"Tag {path} added")


def annotate_fully(window: Terminal, known: str, new: str, note: str) -> None:
    """Annotate the selection with a tag there is, a new one and a note."""
    window.press("a")
    window.wait_for("New annotation")
    window.type(known[-5:])
    window.wait_for(f"▌{known}")
    window.press("enter")
    window.wait_for(f"{known} ×")
    window.type(new)
    window.wait_for(f'create tag "{new}"')
    window.press("enter", "tab")
    window.wait_cursor(window.line_of("Note"))
    window.type(note)
    window.wait_for(re.escape(note[-12:]))
    window.press("ctrl+s")
    window.wait_for("Annotation saved")


def export(window: Terminal, file: Path, *, change_format: bool = False) -> None:
    """Export what is shown; the dialog proposes ``file``."""
    window.press("E")
    window.wait_for("Export annotations")
    if change_format:
        window.press("tab", "right")
    window.wait_for(re.escape(file.name))
    window.press("enter")
    window.wait_for(f"written to ~/{re.escape(file.name)}")


def test_from_news_to_files(tmp_path: Path, news: Path) -> None:
    note = "ask what the second bay costs"
    with Terminal(tmp_path, "-L", "x.db", "open", str(news)) as window:
        window.wait_for(r"Documents · \d+")
        window.wait_for(r"\d+ documents added")
        window.press("3")
        window.wait_for(r"\[3 Entities\]")
        window.wait_for(r"ORG +Kestrelis|Kestrelis +ORG")
        make_tag(window, "energy/geothermal")
        window.press("1")
        window.wait_for(r"\[1 Doc")

        window.press("s")
        window.wait_for("Opened or added last")
        window.type("Wanjru Kamnde")
        window.wait_for("ENT Wanjiru Kamande")
        window.press("tab")
        window.wait_for("▌DOC Steam first")
        window.press("enter")
        window.wait_for(r"\[2 Read")
        window.wait_for("Named in this document · [1-9]")
        window.press("m", "s")
        window.wait_for("SELECT sentence")
        annotate_fully(window, "energy/geothermal", "doubts", note)

        window.press(")")
        before = window.keys
        window.press("a")
        window.wait_for("New annotation")
        window.press("d")
        window.wait_for("doubts +used")
        window.press("enter")
        window.press("ctrl+s")
        window.wait_for("Annotations in this document · 2")
        assert window.keys - before <= 5

        window.press("q")
        window.wait_for(r"\[1 Doc")
        window.press("q")
        assert window.wait_end() == 0

    with Terminal(tmp_path, "-L", "x.db", size=(80, 24)) as window:
        window.wait_for(r"\[1 Doc")
        window.press("4")
        window.wait_for("There is steam")
        window.wait_for("energy/geothermal")
        export(window, tmp_path / "annotations.md")
        export(window, tmp_path / "annotations.csv", change_format=True)
        window.press("q", "q")
        assert window.wait_end() == 0

    written = (tmp_path / "annotations.md").read_text(encoding="utf-8")
    assert note in written
    assert "There is steam, a switchyard with two empty bays" in written
    assert "doubts" in written
    with (tmp_path / "annotations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    tags = {tag for row in rows for tag in row["tags"].split("; ")}
    assert len({row["guid"] for row in rows}) == 2
    assert tags == {"energy/geothermal", "doubts"}


@pytest.mark.skipif(not MATERIAL.is_dir(), reason="the owner's article is not here")
def test_the_owners_article(tmp_path: Path) -> None:
    article = shutil.copy(next(MATERIAL.glob("*.txt")), tmp_path / "article.txt")
    text = Path(article).read_text(encoding="utf-8")
    shares = re.findall(r"\d+,\d+%", text)
    rise = max(shares, key=lambda share: float(share[:-1].replace(",", ".")))
    with Terminal(
        tmp_path, "-L", "x.db", "open", str(article), size=(80, 24)
    ) as window:
        window.wait_for("1 document added")
        window.press("enter")
        window.wait_for(r"\[2 Read")
        window.press("/")
        window.wait_for("words in this document")
        window.type(rise)
        window.wait_for("1 of 1")
        window.press("enter", "m", "s")
        window.wait_for("SELECT sentence")
        window.press("a")
        window.wait_for("New annotation")
        window.type("growth")
        window.wait_for('create tag "growth"')
        window.press("enter", "tab")
        window.wait_cursor(window.line_of("Note"))
        window.type("Whose figure is it?")
        window.press("ctrl+s")
        window.wait_for("Annotation saved")
        window.press("E")
        window.wait_for("Export annotations")
        window.press("enter")
        window.wait_for("written to")
        window.press("Q")
        assert window.wait_end() == 0
    (written,) = tmp_path.glob("*.md")
    lines = written.read_text(encoding="utf-8")
    assert rise in lines
    assert "Whose figure is it?" in lines
    assert "growth" in lines
