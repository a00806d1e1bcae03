"""The files around the code say what the code says, and nothing about machines."""

from __future__ import annotations

import re

from .sources import ROOT, tracked

BEGIN, END = "<!-- keys -->", "<!-- /keys -->"

# In pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(
    "|".join(f"(?<![\\w.~])/{name}/" for name in ("work", "root"))
)


def test_the_key_table_in_the_readme_is_the_one_that_is_true() -> None:
    from tui.keys import readme_table

    text = (ROOT / "README.md").read_text("utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    shown = text.partition(BEGIN)[2].partition(END)[0].strip()
    assert shown == readme_table().strip()


def test_no_file_holds_a_path_of_the_machine_it_was_made_on() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE_PATHS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []


def test_every_part_of_the_project_is_typed() -> None:
    assert (ROOT / "store/py.typed").exists()
    assert (ROOT / "tui/py.typed").exists()
