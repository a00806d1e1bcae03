"""Makes ``countries.txt``; run by hand, never imported by the program.

    python -m store.aliases.data.build

Needs babel, which the program itself does not.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path

from store.extract.words import word_list

LANGUAGES = word_list("en it de fr es pt nl pl sv tr ro ru uk ar zh ja ko")
LEFT_OUT = ("ZZ", "EU", "UN", "XA", "XB", "EZ", "QO")


def main() -> None:
    """Write one line a country or region, its names between semicolons (CLDR)."""
    babel = importlib.import_module("babel")
    groups: dict[str, dict[str, None]] = {}
    for language in LANGUAGES:
        for code, name in babel.Locale(language).territories.items():
            if code not in LEFT_OUT:
                names = groups.setdefault(code, {})
                names[name] = None
                names[re.sub(r"\s*[(（].*$", "", name)] = None
    lines = [";".join(groups[code]) for code in sorted(groups)]
    path = Path(__file__).parent / "countries.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
