"""Documents to measure with: the generator's corpus, and libraries made of it."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from store import naming
from store.library import Library
from store.model import Found

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = ROOT.parent / "shared" / "bench" / "make_corpus.py"
WORK = ROOT / ".run" / "bench"

_NAME = re.compile(r"\b[A-ZÀ-Ý]\w{2,}(?: [A-ZÀ-Ý]\w+)?")
_MOST_NAMES = 40


def parser(purpose: str, *, docs: int = 10_000) -> argparse.ArgumentParser:
    """A command line with what every bench over a corpus takes."""
    made = argparse.ArgumentParser(description=purpose)
    made.add_argument("--docs", type=int, default=docs, help="documents (%(default)s)")
    made.add_argument("--seed", type=int, default=1, help="of the corpus (%(default)s)")
    made.add_argument(
        "--corpus", type=Path, help="JSON Lines to take instead of generated ones"
    )
    made.add_argument(
        "--generator",
        type=Path,
        default=GENERATOR,
        help="script that writes a corpus given --docs and --seed (../shared/bench)",
    )
    made.add_argument(
        "--work",
        type=Path,
        default=WORK,
        help="folder where corpora are kept and libraries made (.run/bench)",
    )
    return made


def corpus_file(options: argparse.Namespace) -> Path:
    """The corpus as JSON Lines, generated unless it is there from another run."""
    if options.corpus is not None:
        return Path(options.corpus)
    return _generated(options, f"corpus-{options.seed}-{options.docs}.jsonl")


def queries_file(options: argparse.Namespace) -> Path:
    """Queries with the ids of the documents that answer them, as JSON Lines."""
    name = f"queries-{options.seed}-{options.docs}-{options.per_kind}.jsonl"
    # Every right answer, or the newest documents of a frequent word count as wrong.
    more = [f"--per-kind={options.per_kind}", f"--max-rel={options.docs}", "--queries"]
    return _generated(options, name, more)


def _generated(
    options: argparse.Namespace, name: str, more: list[str] | None = None
) -> Path:
    target = Path(options.work) / name
    if target.exists():
        return target
    if not options.generator.exists():
        sys.exit(
            f"There is no generator at {options.generator}; give one with --generator,"
            " or a corpus with --corpus."
        )
    print(f"Making {name} …", file=sys.stderr)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(name + ".part")
    command = [sys.executable, str(options.generator), f"--seed={options.seed}"]
    if more is None:
        _in_shards(command, options.docs, part)
    else:
        command.append(f"--docs={options.docs}")
        subprocess.run([*command, *more, str(part)], check=True)
    part.rename(target)
    return target


def _in_shards(command: list[str], docs: int, target: Path) -> None:
    """Several generators at once: a document depends on nothing but its number."""
    count = min(os.cpu_count() or 1, docs // 1000 + 1)
    bounds = [docs * number // count for number in range(count + 1)]
    shards = [target.with_name(f"{target.name}-{number}") for number in range(count)]
    running = []
    for shard, (start, end) in zip(shards, pairwise(bounds), strict=True):
        with shard.open("wb") as out:
            limits = [f"--start={start}", f"--docs={end}"]
            running.append(subprocess.Popen([*command, *limits], stdout=out))
    if any(process.wait() for process in running):
        sys.exit("The generator failed.")
    with target.open("wb") as out:
        for shard in shards:
            with shard.open("rb") as part:
                shutil.copyfileobj(part, out)
            shard.unlink()


@contextmanager
def kept_in(options: argparse.Namespace) -> Iterator[Path]:
    """Where libraries are made: a folder that stays, or one for this run only."""
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
        yield options.keep
        return
    with TemporaryDirectory(dir=options.work) as name:
        yield Path(name)


def newest(corpus: Path, count: int, target: Path) -> Path:
    """The ``count`` newest documents of a corpus, so that both begin alike."""
    lines = corpus.read_text(encoding="utf-8").splitlines(keepends=True)
    chosen = sorted(lines, key=_published)[-count:]
    target.write_text("".join(chosen), encoding="utf-8")
    return target


def _published(line: str) -> str:
    return json.loads(line).get("published") or ""


def make_library(path: Path, corpus: Path, *, named: bool = True) -> Path:
    """A library of a corpus.

    With ``named`` every document gets the capitalised words of its text as
    entities: as many as an extraction finds, in a tenth of the time, and nothing is
    left for the screen to extract while its keys are measured.
    """
    with Library(path, create=True) as library:
        for _ in library.add([corpus]):
            pass
        if named:
            _name(library)
    return path


def _name(library: Library) -> None:
    ids = naming.pending(library.core)
    for start in range(0, len(ids), 500):
        chunk = [
            (id, _names(library.documents.text(id))) for id in ids[start : start + 500]
        ]
        library.core.writer.run(
            lambda pen, c=chunk: naming.store(pen, c, "bench", "2026-01-01T00:00:00Z"),  # type: ignore[misc]
            durable=False,
        )


def _names(text: str) -> list[Found]:
    found = []
    for match in _NAME.finditer(text):
        surface = match.group()
        type = ("PER", "ORG", "LOC")[sum(map(ord, surface)) % 3]
        found.append(Found(match.start(), match.end(), surface, type))
        if len(found) == _MOST_NAMES:
            break
    return found
