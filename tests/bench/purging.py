"""How long it takes until no byte of a document is left in a large library.

Purges one document, then several at once, each in a library of its own, and checks
the bytes of the file and its log for a word that only they had. The peer is what
one would do by hand with SQLite for one document: delete the row, tell the full
text index, have it merged, and have the file written anew. It looks after nothing
else; the difference is the undo log, the entities and the copies.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from figures import Stopwatch, Table, ratio

from store.library import Library

WORD = "zyxwvquux"
"""A word that no corpus has."""


def main() -> None:
    """Measure and report."""
    made = corpus.parser(__doc__ or "")
    made.add_argument("--many", type=int, default=100, help="at once (%(default)s)")
    options = made.parse_args()
    lines = corpus.corpus_file(options)
    options.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=options.work) as folder:
        path = corpus.make_library(Path(folder) / "library.db", lines)
        _add_words(path, Path(folder))
        print(f"{options.docs:,} documents, {path.stat().st_size / 1e6:.0f} MB")
        table = Table(["", "seconds", "of the peer", "left"])
        peer = _by_hand(_copy(path))
        table.add("by hand, 1", f"{peer:.2f}", "", "")
        for count in (1, options.many):
            seconds, left = _purge(_copy(path), count)
            table.add(
                f"purge {count}", f"{seconds:.2f}", ratio(seconds, peer), str(left)
            )
        table.show("Purging")


def _add_words(path: Path, folder: Path) -> None:
    """One more document, with words of its own, an annotation and a history."""
    file = folder / f"{WORD}title.txt"
    file.write_text(f"{WORD}name met {WORD}. " * 200, encoding="utf-8")
    with Library(path) as library:
        list(library.add([file]))
        one = library.documents.ids(order="added")[0]
        for number in range(50):
            library.annotations.create(one, note=f"{WORD}{number}", tags=["t"])


def _copy(path: Path) -> Path:
    target = path.with_name("purged.db")
    for old in path.parent.glob("purged.db*"):
        old.unlink()
    return Path(shutil.copy(path, target))


def _purge(path: Path, count: int) -> tuple[float, int]:
    """Seconds, and how often the word is still in a byte of the library."""
    library = Library(path)
    ids = library.documents.ids(order="added")[:count]
    watch = Stopwatch()
    library.documents.purge(*ids)
    seconds = watch.lap().wall
    left = sum(
        one.read_bytes().lower().count(WORD.encode())
        for one in path.parent.glob("purged.db*")
    )
    library.close()
    return seconds, left


def _by_hand(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    watch = Stopwatch()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO documents_fts(documents_fts, rowid, title, text)"
        " SELECT 'delete', id, title, text FROM documents ORDER BY id DESC LIMIT 1"
    )
    connection.execute(
        "DELETE FROM documents WHERE id = (SELECT max(id) FROM documents)"
    )
    connection.execute("INSERT INTO documents_fts(documents_fts) VALUES ('optimize')")
    connection.execute("COMMIT")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    seconds = watch.lap().wall
    connection.close()
    return seconds


if __name__ == "__main__":
    main()
