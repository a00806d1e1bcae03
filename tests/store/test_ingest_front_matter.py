"""The head of a Markdown file is metadata; a bad one costs nothing but itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.ingest import read
from store.model import Incoming


def documents(*paths: Path | str, **wishes: object) -> list[Incoming]:
    found = read(paths, **wishes)  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Incoming)]


def test_front_matter_is_metadata_and_leaves_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Bridge opens\nauthors: [Ada Bruni, Carl Dell]\ndate: 2026-01-30\n"
        "lang: en-GB\nurl: https://g.example/1\npublisher: The Gazette\n"
        "tags: [bridges, towns]\n---\n\n# Heading\n\nThe bridge was opened.\n"
    )
    (found,) = documents(path)
    assert found.text == "# Heading\n\nThe bridge was opened.\n"
    assert (found.title, found.author) == ("Bridge opens", "Ada Bruni, Carl Dell")
    assert (found.published, found.language) == ("2026-01-30", "en")
    assert (found.source, found.url) == ("The Gazette", "https://g.example/1")
    assert found.attributes == {"tags": ["bridges", "towns"]}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "head",
    [
        BOMB,
        "x: " + "[" * 20_000,
        "x: !!python/object/apply:os.system ['true']",
        "a: &a [*a]",
        "date: 2026-02-31",
        "just words",
        "x: {unclosed",
        "x: " + "9" * 5000,
        "y: " + "z" * 70_000,
        "? [a, b]\n: c",
    ],
    ids=[
        "bomb",
        "deep",
        "python",
        "cycle",
        "date",
        "words",
        "open",
        "int",
        "huge",
        "key",
    ],
)
def test_a_bad_head_costs_the_metadata_never_the_text(
    tmp_path: Path, head: str
) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\n{head}\n---\n\nThe bridge was opened on Monday.\n")
    (found,) = documents(path)
    assert found.text.endswith("The bridge was opened on Monday.\n")
    assert len(str(found.attributes)) < 20_000
