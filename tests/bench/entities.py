"""How well and how fast names are found, on text kept back from training.

    python tests/bench/entities.py CORPUS [SET …]

``CORPUS`` is the open annotated text (see ``store/extract/training``). Strict spans:
start, end and type must be right. ``three`` counts PER, ORG, LOC; ``six`` the other
types of names too, where the source marks them. Speed is tokens a CPU second of the
whole extraction.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
THREE = ("PER", "ORG", "LOC")


def sets(corpus: Path) -> Iterator[tuple[str, list[object]]]:
    """Yield the kept-back documents of each source that has some."""
    from store.extract.training.corpus import SOURCES, development, split

    for source in SOURCES:
        test = split(corpus, source)[1]
        if source.name == "own/it_wikinews":
            yield f"{source.name} (dev)", list(development(corpus, source))
        if test:
            yield source.name, list(test)


def f1(right: int, reported: int, marked: int) -> float:
    """Return F1 in percent."""
    return 200 * right / (reported + marked) if reported + marked else 0.0


def row(name: str, documents: Sequence[object]) -> str:
    """Return the line of one set."""
    from store.extract import extract
    from store.extract.labels import TYPES
    from store.extract.tokens import tokens
    from store.extract.training.corpus import Annotated

    counts = {kind: [0, 0, 0] for kind in TYPES}
    spent, size = 0.0, 0
    for document in documents:
        assert isinstance(document, Annotated)
        started = time.process_time()
        mentions = extract(document.text, document.lang)
        spent += time.process_time() - started
        size += len(tokens(document.text, document.lang))
        found = {(one.start, one.end, one.type) for one in mentions}
        gold = set(document.spans)
        for kind, count in counts.items():
            mine = {one for one in found if one[2] == kind}
            marked = {one for one in gold if one[2] == kind}
            count[0] += len(mine & marked)
            count[1] += len(mine)
            count[2] += len(marked)
    three = [sum(column) for column in zip(*(counts[k] for k in THREE), strict=True)]
    six = [sum(column) for column in zip(*counts.values(), strict=True)]
    kinds = "".join(f"{f1(*counts[kind]):8.1f}" for kind in TYPES)
    speed = size / spent if spent else 0.0
    return f"{name:24}{f1(*three):7.1f}{f1(*six):7.1f}{kinds}{speed:9.0f}"


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    from store.extract import EXTRACTOR, extract
    from store.extract.labels import TYPES

    started = time.process_time()
    extract("Load the model of Rome.", "en")
    print(f"{EXTRACTOR}: {time.process_time() - started:.2f} s of CPU to load")
    print(
        f"{'':24}{'three':>7}{'six':>7}{''.join(f'{k:>8}' for k in TYPES)}{'tok/s':>9}"
    )
    for name, documents in sets(Path(arguments[0])):
        if len(arguments) < 2 or any(part in name for part in arguments[1:]):
            print(row(name, documents), flush=True)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
