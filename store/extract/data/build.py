"""Makes the generated lists of this directory; run by hand, never imported.

    python -m store.extract.data.build CORPUS

``CORPUS`` holds the open annotated text and the gazetteers named in README.md of
this directory. Needs babel, which the program itself does not.
"""

from __future__ import annotations

import csv
import importlib
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from store.extract.training.corpus import gathered
from store.extract.words import word_list

HERE = Path(__file__).parent
TERRITORY_LANGUAGES = word_list(
    "en it de fr es pt nl pl ru uk tr ar he zh ja ko hi sv da nb fi cs ro hu el"
)
CITY_LANGUAGES = word_list("en it de fr es")
_SHARE_CLASS = re.compile(
    r"\s*(?:-|,)?\s*(?:common stock|ordinary shares?|american depositary|class [a-c]|"
    r"common shares?|units?|warrants?|rights?|depositary|preferred|%|each ).*",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"[ ,]+(?:inc|corp|corporation|ltd|limited|plc|llc|l\.p|lp|n\.v|s\.a|ag|se|co|"
    r"company|holdings?|group|trust|\(the\)|the)\.?$",
    re.IGNORECASE,
)
_FUNDS = re.compile(r"\b(?:etf|fund|acquisition|shares|index|notes|trust)\b", re.I)


def main() -> None:
    """Write every generated list."""
    corpus = Path(sys.argv[1])
    write("territories.txt", territories())
    for kind, column in (("forenames", -1), ("surnames", 5)):
        write(f"{kind}.txt", personal(corpus, kind, column))
    common = list(common_words(corpus))
    write("common.txt", common)
    write("companies.txt", companies(corpus, {word[3:] for word in common}))


def write(name: str, lines: Iterator[str] | list[str]) -> None:
    """Write a list, sorted and without doubles."""
    content = "\n".join(sorted(set(lines)))
    (HERE / name).write_text(content + "\n", encoding="utf-8")


def territories() -> Iterator[str]:
    """Yield names of countries, regions and time-zone cities (CLDR)."""
    babel = importlib.import_module("babel")
    for language in TERRITORY_LANGUAGES:
        locale = babel.Locale(language)
        for code, name in locale.territories.items():
            if code not in ("ZZ", "EU", "UN", "XA", "XB", "EZ", "QO"):
                yield name
                yield re.sub(r"\s*\(.*\)$", "", name)
    for language in CITY_LANGUAGES:
        for zone, names in babel.Locale(language).time_zones.items():
            if "city" in names and not zone.startswith("Etc"):
                yield names["city"]
    for zone in babel.Locale("en").time_zones:
        if zone.startswith(("Europe", "Asia", "Africa", "America", "Australia")):
            yield zone.rpartition("/")[2].replace("_", " ")


def personal(corpus: Path, kind: str, column: int) -> Iterator[str]:
    """Yield romanised forenames or surnames (CC0), lower case."""
    path = corpus / "gazetteers" / f"common-{kind}-by-country.csv.xz"
    with lzma.open(path, "rt", encoding="utf-8-sig") as lines:
        for row in list(csv.reader(lines))[1:]:
            for name in {row[column], row[column - 1]}:
                if name and name[0].isalpha():
                    yield name.lower()


def companies(corpus: Path, common: set[str]) -> Iterator[str]:
    """Yield names of listed companies (PDDL) without legal form and share class."""
    names: list[str] = []
    for file in ("nasdaq-listed", "nyse-listed", "sp500-constituents"):
        path = corpus / "gazetteers" / f"{file}.csv.xz"
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            names += [row[1] for row in list(csv.reader(lines))[1:]]
    for name in names:
        bare = _SHARE_CLASS.sub("", name.replace(" - ", " - ").split(" - ")[0])
        if _FUNDS.search(name) or not bare:
            continue
        for _ in range(3):
            bare = _LEGAL.sub("", bare).strip(" ,.-")
        if len(bare) > 2 and len(bare.split()) < 5 and bare.lower() not in common:
            yield bare


def common_words(corpus: Path) -> Iterator[str]:
    """Yield ``it word`` for words that are written small, or outside names (German)."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for one in gathered(corpus):
        if not one.source.startswith("own/"):
            continue
        spans = iter([*sorted(one.spans), (10**9, 10**9, "")])
        start, end, _ = next(spans)
        for match in re.finditer(r"[^\W\d_]{2,}", one.text):
            while match.start() >= end:
                start, end, _ = next(spans)
            word = match.group()
            if word.islower() or (one.lang == "de" and match.end() <= start):
                seen[one.lang][word.lower()] += 1
    for lang, words in seen.items():
        least = 6 if lang == "it" else 3
        yield from (f"{lang} {word}" for word, n in words.items() if n >= least)


if __name__ == "__main__":
    main()
