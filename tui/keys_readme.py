"""Puts the table of keys into README, between its two markers."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.keys import readme_table

BEGIN, END = "<!-- keys -->", "<!-- /keys -->"


def with_table(readme: str) -> str:
    """The text with the table as the declaration of keys has it now."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{readme_table()}{END}{after}"


def main() -> None:
    """Rewrite the README of the folder one is in, or the one named."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "README.md")
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
