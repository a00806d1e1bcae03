"""The engines that are compared: the library's own search, and its peers."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from figures import Stopwatch
from search_scores import PAGE, Engine

from store.library import Library
from store.search import Cancelled, documents, query, search, service
from store.search.vocabulary import Vocabulary

OURS = "postilla"
"""Ids alone, which is all that peers give."""

ROWS = "as rows"
"""The same with entities, tags and notes, as rows of the screen; the context of a
match is looked up for the visible ones only."""

TANTIVY = "tantivy"
PLAIN = "index alone"


class Ours:
    """The library's own search."""

    def __init__(self, library: Library) -> None:
        """Learns the words, and says how long that took and how much they weigh."""
        before = anonymous()
        self.connection = library.core.connect()
        self.words = _words(library, self.connection)
        self._before = before

    @property
    def weight(self) -> float:
        """Anonymous memory added since it was made, in MB."""
        return anonymous() - self._before

    def ids(self, text: str) -> Sequence[int]:
        """Corpus ids of the documents."""
        wanted = query.parse(text)
        if wanted.is_empty:
            return ()
        found = documents.find(self.connection, self.words, wanted, limit=PAGE)
        return [one.id - 1 for one in found]

    def rows(self, text: str) -> Sequence[int]:
        """The same from rows as they are shown."""
        hits = search(self.connection, self.words, text, limit=PAGE, bare=True)
        return [hit.id - 1 for hit in hits if hit.kind == "document"]

    def goes_after(self, text: str, seconds: float) -> float | None:
        """Ask, change one's mind after some seconds: milliseconds until the search
        has ended; ``None`` if it was answered before."""
        unwanted = threading.Event()
        ended: list[float] = []

        def work() -> None:
            try:
                search(
                    self.connection,
                    self.words,
                    text,
                    limit=PAGE,
                    bare=True,
                    cancelled=unwanted.is_set,
                )
            except Cancelled:
                ended.append(time.perf_counter())

        thread = threading.Thread(target=work)
        thread.start()
        time.sleep(seconds)
        began = time.perf_counter()
        unwanted.set()
        self.connection.interrupt()
        thread.join()
        return (ended[0] - began) * 1000 if ended else None


def _words(library: Library, connection: sqlite3.Connection) -> Vocabulary:
    watch = Stopwatch()
    if service.stored(connection) is None:
        learnt = service.up_to_date(connection)
        print(f"vocabulary learnt in {watch.lap().cpu:.2f} CPU s")
        library.core.writer.run(lambda pen: service.save(pen.connection, learnt))
        del learnt
    watch.lap()
    words = service.up_to_date(connection)
    spent = watch.lap()
    print(
        f"vocabulary of {len(words.counts):,} words loaded in {spent.wall:.2f} s,"
        f" {spent.cpu:.2f} CPU s"
    )
    return words


def plain(library: Library) -> Engine:
    """The full text index by itself: all words, the last as a beginning."""
    connection = library.core.connect()

    def engine(text: str) -> Sequence[int]:
        words = ['"' + word.replace('"', '""') + '"' for word in text.split()]
        if not words:
            return ()
        try:
            rows = connection.execute(
                "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?"
                " ORDER BY rank LIMIT ?",
                [" ".join(words) + "*", PAGE],
            ).fetchall()
        except sqlite3.OperationalError:  # a word of nothing but signs
            return ()
        return [id - 1 for (id,) in rows]

    return engine


def tantivy(lines: Path, folder: Path) -> Engine | None:
    """The peer to beat, if it is installed."""
    try:
        import tantivy_peer
    except ImportError:
        print("tantivy is not installed; it is left out. `pip install tantivy`")
        return None
    return tantivy_peer.engine(lines, folder, PAGE)


def anonymous() -> float:
    """Memory of this process that is no mapped file, in MB; 0 where unknown."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    for line in status.splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1000
    return 0.0
