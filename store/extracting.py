"""Having texts read for names: some at a time, here or by other processes.

Nothing is written here; ``store.naming`` does that. Whichever extractor was chosen
is loaded once in each process. One that fails on a text gives nothing for that text,
and the reason; the others are read all the same.
"""

from __future__ import annotations

import signal
import sqlite3
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess

from store.core import Core
from store.errors import UsageError
from store.extract import plugins
from store.extract.plugins import BUILT_IN
from store.model import Found

_CHUNK_SIGNS = 60_000
"""Code points that are read in about a second: as long as a stop has to wait."""
_CHUNK_DOCUMENTS = 50
_FEW_SIGNS = 20_000
"""Code points that are read sooner than another process has begun."""

_LOOK_UP = 0.2
"""Seconds after which whoever waits for an answer looks whether it was stopped."""

_TOLD = 20
"""Failures that are told one by one; all of them are counted."""
_REASON = 200
"""Code points of a reason; what an error says may be of any length."""

Text = tuple[str, str | None, str | None]
"""Text, language, date of publication."""


@dataclass(frozen=True, slots=True)
class ExtractProgress:
    """How far the extraction has come."""

    done: int
    total: int
    mentions: int
    seconds: float
    extractor: str = ""
    """Name and version of what serves."""
    failed: int = 0
    """Documents on which the extractor failed; they stay as they were."""
    failures: tuple[tuple[int, str], ...] = ()
    """The first of them, each with the reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an extractor says of some texts."""

    extractor: str
    """Its name and version."""
    found: list[list[Found] | str]
    """For each text its mentions, or the sentence why there are none."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some documents as they were read: ids, revisions, texts."""

    size: int
    """How many were asked for; one may have been purged meanwhile."""
    documents: list[tuple[int, int]]
    texts: list[Text]

    def found(self, answer: Answer) -> list[tuple[int, int, list[Found]]]:
        """Id, revision and mentions of each document that could be read."""
        return [
            (id, revision, found)
            for (id, revision), found in zip(self.documents, answer.found, strict=True)
            if not isinstance(found, str)
        ]

    def failed(self, answer: Answer) -> list[tuple[int, int]]:
        """Id and revision of each document that could not be read."""
        return [
            one
            for one, found in zip(self.documents, answer.found, strict=True)
            if isinstance(found, str)
        ]


def steps(
    core: Core, ids: Sequence[int], *, jobs: int = 1, extractor: str = BUILT_IN
) -> Iterator[tuple[ExtractProgress, Chunk, Answer]]:
    """Have these documents read, chunk by chunk, in their order.

    With ``jobs`` above 1 as many processes read. Raises ``NotFound`` and
    ``UsageError`` for an extractor that cannot be had, before anything is read.
    """
    plugins.chosen(extractor)
    began = time.monotonic()
    mentions = done = failed = 0
    told: tuple[tuple[int, str], ...] = ()
    for chunk, answer in _answers(core, _chunks(core.reader, ids), jobs, extractor):
        done += chunk.size
        for (id, _), found in zip(chunk.documents, answer.found, strict=True):
            if isinstance(found, str):
                failed += 1
                told = (*told, (id, found))[:_TOLD]
            else:
                mentions += len(found)
        seconds = time.monotonic() - began
        step = ExtractProgress(
            done, len(ids), mentions, seconds, answer.extractor, failed, told
        )
        yield step, chunk, answer


def find_all(texts: Sequence[Text], extractor: str = BUILT_IN) -> Answer:
    """The mentions of some texts; a function of its own for other processes."""
    plugin = _loaded(extractor)
    return Answer(plugin.name, [_mentions(plugin, *text) for text in texts])


@lru_cache(maxsize=2)
def _loaded(extractor: str) -> plugins.Plugin:
    return plugins.chosen(extractor)


def _mentions(
    plugin: plugins.Plugin, text: str, language: str | None, published: str | None
) -> list[Found] | str:
    try:
        return plugin(text, language, published=published)
    except Exception as error:  # whatever it is, the next document is read
        said = " ".join(str(error).split())[:_REASON]
        kind = type(error).__name__
        if isinstance(error, UsageError):
            return said
        return f"{plugin.name} failed: {kind}: {said}" if said else f"{kind}."


def _answers(
    core: Core, chunks: Iterator[list[int]], jobs: int, extractor: str
) -> Iterator[tuple[Chunk, Answer]]:
    read = (_read(core.reader, ids) for ids in chunks)
    ahead: list[Chunk] = []
    if jobs > 1:
        ahead = [one for one in (next(read, None), next(read, None)) if one is not None]
    few = len(ahead) < 2 and sum(_signs(one) for one in ahead) < _FEW_SIGNS
    if jobs <= 1 or few:
        for chunk in chain(ahead, read):
            yield chunk, find_all(chunk.texts, extractor)
        return
    try:
        yield from _by_others(chain(ahead, read), jobs, extractor)
    except BrokenProcessPool as error:
        raise UsageError(
            "A process that looked for entities ended unexpectedly, perhaps for want"
            " of memory; what was found until now is in the library."
        ) from error


def _by_others(
    chunks: Iterator[Chunk], jobs: int, extractor: str
) -> Iterator[tuple[Chunk, Answer]]:
    others: set[BaseProcess] = set()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[Chunk, Future[Answer]]] = deque()
        try:
            for chunk in chunks:
                waiting.append((chunk, _submit(pool, chunk, extractor, others)))
                if len(waiting) > jobs:  # never more texts in memory than needed
                    one, future = waiting.popleft()
                    yield one, _result(future)
            while waiting:
                one, future = waiting.popleft()
                yield one, _result(future)
        except BaseException:  # stopped: nobody waits for what is being read
            for other in others:
                other.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _submit(
    pool: ProcessPoolExecutor, chunk: Chunk, extractor: str, others: set[BaseProcess]
) -> Future[Answer]:
    """Hand a chunk over. A process that is begun for it is deaf to ctrl+c, which the
    terminal sends to all of them: this one hears it and ends the ``others``."""
    there = set(active_children())
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(find_all, chunk.texts, extractor)
    finally:
        others |= set(active_children()) - there
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(future: Future[Answer]) -> Answer:
    """Wait, and look up now and then: the system may hand ctrl+c to another thread
    while this one is deaf to it, and that does not wake who waits."""
    while True:
        try:
            return future.result(_LOOK_UP)
        except TimeoutError:
            if future.done():
                return future.result()


def _signs(chunk: Chunk) -> int:
    return sum(len(text) for text, *_ in chunk.texts)


def _read(connection: sqlite3.Connection, ids: Sequence[int]) -> Chunk:
    chunk = Chunk(len(ids), [], [])
    for id in ids:
        row = connection.execute(
            "SELECT revision, text, language, published FROM documents WHERE id = ?",
            [id],
        ).fetchone()
        if row:
            chunk.documents.append((id, row[0]))
            chunk.texts.append(row[1:])
    return chunk


def _chunks(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[list[int]]:
    chunk: list[int] = []
    signs = 0
    for id in ids:
        row = connection.execute(
            "SELECT words FROM documents WHERE id = ?", [id]
        ).fetchone()
        chunk.append(id)
        signs += 8 * (row[0] if row else 0)
        if len(chunk) >= _CHUNK_DOCUMENTS or signs >= _CHUNK_SIGNS:
            yield chunk
            chunk, signs = [], 0
    if chunk:
        yield chunk
