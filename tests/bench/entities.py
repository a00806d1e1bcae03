"""How well and how fast names are found, on text kept back from training.

    python tests/bench/entities.py CORPUS [--yardstick] [SET …]

``CORPUS`` is the annotated text (see ``store/extract/training``). Strict spans: start,
end and type must be right. ``three`` counts PER, ORG, LOC; ``six`` the other types of
names too, where the source marks them. Speed is tokens a CPU second of the whole
extraction. A second table counts names and literals together, on the news kept back.

``--yardstick`` also trains a model on Italian text that is free for non-commercial use
only (KIND, Wikinews part) and prints its figures beside those of the shipped models.
It is measured on the part of KIND kept back alone: it has learnt the sentences of the
other Italian news. It shows what such text would give; it stays in a folder for the
moment and is never shipped. Needs python-crfsuite and some minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from store.extract import EXTRACTOR, extract, lexicon, model, tagger  # noqa: E402
from store.extract.labels import TYPES  # noqa: E402
from store.extract.tokens import tokens  # noqa: E402
from store.extract.training.corpus import (  # noqa: E402
    SOURCES,
    Annotated,
    Source,
    development,
    lines_of,
    split,
    whole,
)

LOADING = """
import time
from store.extract import extract
extract("Load the model of Rome.", "en")
print(f"{time.process_time():.2f}")
"""
"""Counts the start of Python too."""

THREE = ("PER", "ORG", "LOC")
LITERALS = ("DATE", "MONEY", "PERCENT", "QUANTITY")
MEASURED = Source("it_kind_WN_dev", "it", partial=True)
YARDSTICK = Source("it_kind_WN_train", "it", partial=True)
"""Free for non-commercial use only: measured on, never learnt from for shipping."""


def sets(corpus: Path) -> Iterator[tuple[str, list[Annotated]]]:
    """Yield the kept-back documents of each source that has some."""
    for source in SOURCES:
        test = split(corpus, source)[1]
        if source.name == "own/it_wikinews":
            yield f"{source.name} (dev)", development(corpus, source)
        if test:
            yield source.name, test
    if (corpus / f"{MEASURED.name}.conll.xz").exists():
        yield MEASURED.name, whole(corpus, MEASURED)


def f1(right: int, reported: int, marked: int) -> float:
    """Return F1 in percent."""
    return 200 * right / (reported + marked) if reported + marked else 0.0


def row(name: str, documents: Sequence[Annotated]) -> str:
    """Return the line of one set."""
    counts = {kind: [0, 0, 0] for kind in TYPES}
    spent, size = 0.0, 0
    for document in documents:
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


def with_literals(corpus: Path) -> Iterator[str]:
    """Yield the lines of the second table: all, names, literals, by language."""
    total = {part: [0, 0, 0] for part in ("all", "names", "literals")}
    for lang in ("it", "en", "de", "fr", "es"):
        lines = [*filter(None, lines_of(corpus / f"own/news_{lang}.jsonl.xz"))]
        counts = {part: [0, 0, 0] for part in total}
        for line in lines[len(lines) * 80 // 100 :]:
            one = json.loads(line)
            gold = {(a, b, kind) for a, b, kind in one["spans"]}
            found = {
                (each.start, each.end, each.type)
                for each in extract(one["text"], lang, published=one.get("published"))
                if each.type != "QUOTE"
            }
            for part, count in counts.items():
                for at, spans in enumerate((gold & found, found, gold)):
                    count[at] += sum(
                        part == "all" or (kind in LITERALS) == (part == "literals")
                        for _, _, kind in spans
                    )
        for part, count in counts.items():
            total[part] = [a + b for a, b in zip(total[part], count, strict=True)]
        yield _parts(f"own/news_{lang}", counts)
    yield _parts("together", total)


def _parts(name: str, counts: dict[str, list[int]]) -> str:
    return f"{name:24}" + "".join(f"{f1(*one):9.1f}" for one in counts.values())


def yardstick(corpus: Path, work: Path) -> None:
    """Train the model that is not shipped into ``work``, and use it from now on."""
    from store.extract.training.__main__ import train

    train(whole(corpus, YARDSTICK), ["it"], work)
    model.MODELS, lexicon.FILE = work, work / "lexicon.txt"
    model.load.cache_clear()
    lexicon.shipped.cache_clear()
    tagger.observer.cache_clear()


def heading() -> str:
    """Return the line above the first table."""
    kinds = "".join(f"{kind:>8}" for kind in TYPES)
    return f"{'':24}{'three':>7}{'six':>7}{kinds}{'tok/s':>9}"


def main(arguments: Sequence[str]) -> int:
    """Print the tables."""
    asked = [one for one in arguments[1:] if not one.startswith("--")]
    corpus = Path(arguments[0])
    seconds = subprocess.run(
        [sys.executable, "-c", LOADING], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    print(f"{EXTRACTOR}: {seconds.strip()} s of CPU to import and load")
    started = time.process_time()
    sum(number * number for number in range(10**7))
    print(f"ten million squares: {time.process_time() - started:.2f} s of CPU")
    print(heading())
    for name, documents in sets(corpus):
        if not asked or any(part in name for part in asked):
            print(row(name, documents), flush=True)
    if not asked:
        print(f"\n{'':24}{'all':>9}{'names':>9}{'literals':>9}")
        for line in with_literals(corpus):
            print(line, flush=True)
    if "--yardstick" in arguments:
        with tempfile.TemporaryDirectory() as folder:
            yardstick(corpus, Path(folder))
            print(f"\nlearnt from {YARDSTICK.name} alone, not shipped:\n{heading()}")
            print(row(MEASURED.name, whole(corpus, MEASURED)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
