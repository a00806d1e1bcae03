"""Tagging every place of a search at once: by match, sentence or paragraph.

Places in one sentence make one annotation. Where the same coder has annotated
exactly that passage already, the annotation gets the tags; where it bears them,
nothing happens. First one looks (``preview``), then it is done (``code``): however
many places, it is one act, and one undo takes it back.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Literal

from store import anchors, bulk, codebook
from store.acts import Act
from store.core import Core
from store.errors import Conflict, NotFound, PostillaError, UsageError
from store.passages import UNITS, Unit, passages
from store.places import Place

__all__ = ["UNITS", "Coded", "Place", "Preview", "Unit", "code", "preview"]

_BATCH = 200
"""Documents whose passages are worked out or written before progress is told."""

_SHOWN = 5
_TOLD_SECONDS = 0.1

Tagging = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What coding would do, so far; complete when ``looked`` is all documents."""

    places: int = 0
    looked: int = 0
    documents: int = 0
    new: int = 0
    """Annotations that would be made."""
    changed: int = 0
    """Annotations that would get tags."""
    unchanged: int = 0
    """Annotations that bear the tags already."""
    passages: tuple[tuple[int, str], ...] = ()
    """The first few passages, each with its document."""

    @property
    def is_complete(self) -> bool:
        """Whether every document was looked into."""
        return self.looked == self.documents


@dataclass(frozen=True, slots=True)
class Coded:
    """What coding did, so far; ``share`` of 0 to 1 is done, 1 when it is saved."""

    share: float
    places: int
    documents: int
    annotations: int = 0
    """New ones."""
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class _Text:
    """The passages of one document that are to bear the tags."""

    document: int
    revision: int
    passages: Sequence[anchors.Anchor]


def preview(
    core: Core, places: Sequence[Place], tags: Sequence[str], unit: Unit
) -> Iterator[Preview]:
    """What :func:`code` would do, counted a few hundred documents at a time.

    Without tags every passage that is annotated already counts as unchanged.
    """
    connection = core.reader
    wanted = _known(connection, tags)
    coder = _coder(connection, core.coder)
    documents = len({place.document for place in places})
    so_far = Preview(places=len(places), documents=documents)
    counts: dict[Tagging, int] = {"new": 0, "changed": 0, "unchanged": 0}
    shown: list[tuple[int, str]] = []
    looked = 0
    for batch in _texts(connection, places, unit):
        for text in batch:
            looked += 1
            there = _there(connection, text.document, coder)
            for passage in text.passages:
                if len(shown) < _SHOWN:
                    shown.append((text.document, passage.exact))
                counts[_tagging(there.get((passage.start, passage.end)), wanted)] += 1
        so_far = replace(so_far, looked=looked, passages=tuple(shown), **counts)
        yield so_far
    if not places:
        yield so_far


def code(
    core: Core,
    places: Sequence[Place],
    tags: Sequence[str],
    unit: Unit,
    *,
    what: str = "a search",
) -> Iterator[Coded]:
    """Put tags on every place, in one act; missing tags are made.

    ``what`` says in the undo log what was coded. Yields progress; closing the
    generator before its end leaves the library as it was. Raises ``UsageError``
    without tags or places, and ``Conflict`` where a text was changed meanwhile.
    """
    paths = list(dict.fromkeys(tags))
    if not paths:
        raise UsageError("Say which tag the places are to bear.")
    for path in paths:
        codebook.check_path(path)
    if not places:
        raise NotFound("There is no place to tag.")
    documents = len({place.document for place in places})
    told = Coded(0.0, len(places), documents)
    texts: list[_Text] = []
    for batch in _texts(core.reader, places, unit):
        texts += batch
        told = replace(told, share=0.4 * len(texts) / documents)
        yield told
    work = _Work(texts, paths, told, f"{what} with {', '.join(paths)}")
    yield from work.done(core)


# Passages --------------------------------------------------------------------


def _texts(
    connection: sqlite3.Connection, places: Sequence[Place], unit: Unit
) -> Iterator[list[_Text]]:
    """The passages of each document, some documents at a time."""
    spans_of: dict[int, list[tuple[int, int]]] = {}
    for place in places:
        spans_of.setdefault(place.document, []).append((place.start, place.end))
    batch: list[_Text] = []
    for document, spans in spans_of.items():
        row = connection.execute(
            "SELECT text, language, revision FROM documents"
            " WHERE id = ? AND removed IS NULL",
            [document],
        ).fetchone()
        text, language, revision = row or ("", None, 0)
        found = [
            anchors.anchor(text, start, end)
            for start, end in passages(text, spans, unit, language)
        ]
        batch.append(_Text(document, revision, found))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(slots=True)
class _Annotation:
    """One that stands exactly there."""

    id: int
    tags: set[int] = field(default_factory=set)


_THERE = """
SELECT a.start, a."end", a.id, t.tag FROM annotations a
LEFT JOIN annotation_tags t ON t.annotation = a.id
WHERE a.document = ? AND a.coder = ? AND a.kind = 'span' AND a.deleted IS NULL
AND a.anchor_state IN ('exact', 'moved') ORDER BY a.id
"""

_Ends = tuple[int, int]


def _there(
    connection: sqlite3.Connection, document: int, coder: int
) -> dict[_Ends, list[_Annotation]]:
    """The coder's own annotations of a document, by their ends."""
    found: dict[_Ends, dict[int, _Annotation]] = {}
    for start, end, id, tag in connection.execute(_THERE, [document, coder]):
        one = found.setdefault((start, end), {}).setdefault(id, _Annotation(id))
        if tag is not None:
            one.tags.add(tag)
    return {ends: list(those.values()) for ends, those in found.items()}


def _tagging(there: Sequence[_Annotation] | None, wanted: set[int]) -> Tagging:
    """What becomes of a passage, given the annotations that stand exactly there."""
    if not there:
        return "new"
    return "unchanged" if any(wanted <= one.tags for one in there) else "changed"


def _known(connection: sqlite3.Connection, tags: Sequence[str]) -> set[int]:
    """The tags that there are; a number that is no tag for those to be made."""
    found: set[int] = set()
    for path in tags:
        try:
            found.add(codebook.find(connection, path))
        except PostillaError:
            found.add(0)
    return found


def _coder(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT id FROM coders WHERE name = ?", [name]).fetchone()
    return 0 if row is None else int(row[0])


# Doing it --------------------------------------------------------------------


class _Stopped(Exception):
    """Nobody waits for the act any more; nothing of it is kept."""


class _Work:
    """The act, on a thread of its own, telling how far it has come."""

    def __init__(
        self, texts: Sequence[_Text], tags: Sequence[str], told: Coded, words: str
    ) -> None:
        self._texts = texts
        self._tags = tags
        self._told = told
        self._words = words
        self._stop = threading.Event()

    def done(self, core: Core) -> Iterator[Coded]:
        """Do it in one act."""
        with ThreadPoolExecutor(1, thread_name_prefix="postilla-coding") as pool:
            future = pool.submit(core.act, f"coded {self._words}", self._do)
            try:
                while not _settled(future.exception, _TOLD_SECONDS):
                    yield self._told
                result = future.result()
            finally:
                self._stop.set()
        yield replace(result, share=1.0)

    def _do(self, act: Act) -> Coded:
        wanted = [codebook.ensure(act, path) for path in self._tags]
        for at in range(0, len(self._texts), _BATCH):
            if self._stop.is_set():
                raise _Stopped
            self._write(act, self._texts[at : at + _BATCH], wanted)
            share = 0.4 + 0.4 * (at + _BATCH) / len(self._texts)
            self._told = replace(self._told, share=min(share, 0.8))
        # What is left is the index and the undo log, which tell nothing meanwhile.
        return self._told

    def _write(self, act: Act, texts: Sequence[_Text], wanted: Sequence[int]) -> None:
        fresh: list[tuple[_Text, anchors.Anchor]] = []
        taggings: list[tuple[int, int]] = []
        counts: dict[Tagging, int] = {"new": 0, "changed": 0, "unchanged": 0}
        for text in texts:
            _require(act, text)
            there = _there(act.connection, text.document, act.coder)
            for passage in text.passages:
                own = there.get((passage.start, passage.end))
                state = _tagging(own, set(wanted))
                counts[state] += 1
                if not own:
                    fresh.append((text, passage))
                elif state == "changed":
                    missing = [tag for tag in wanted if tag not in own[0].tags]
                    taggings += [(own[0].id, tag) for tag in missing]
                    act.update("annotations", own[0].id, {"modified": act.now})
        taggings += [(id, tag) for id in _annotate(act, fresh) for tag in wanted]
        bulk.insert(
            act,
            "annotation_tags",
            ("guid", "annotation", "tag", "coder", "created"),
            (
                (str(uuid.uuid4()), annotation, tag, act.coder, act.now)
                for annotation, tag in taggings
            ),
        )
        self._told = replace(
            self._told,
            annotations=self._told.annotations + counts["new"],
            changed=self._told.changed + counts["changed"],
            unchanged=self._told.unchanged + counts["unchanged"],
        )


def _settled(
    exception: Callable[[float], BaseException | None], seconds: float
) -> bool:
    """Whether something has ended, well or not, within some time."""
    try:
        exception(seconds)
    except TimeoutError:
        return False
    return True


def _require(act: Act, text: _Text) -> None:
    """The passages were worked out on this text; refuse them for any other."""
    if not text.passages:
        return
    row = act.connection.execute(
        "SELECT revision FROM documents WHERE id = ? AND removed IS NULL",
        [text.document],
    ).fetchone()
    if row is None or row[0] != text.revision:
        raise Conflict(
            f"Nothing was tagged: document {text.document} was changed meanwhile;"
            " search again."
        )


_COLUMNS = (
    *("guid", "kind", "document", "start", '"end"', "exact", "prefix", "suffix"),
    *("revision", "coder", "created", "modified"),
)


def _annotate(act: Act, fresh: Sequence[tuple[_Text, anchors.Anchor]]) -> Sequence[int]:
    """New annotations of passages; their ids in the same order."""
    count = bulk.insert(
        act,
        "annotations",
        _COLUMNS,
        (
            (
                *(str(uuid.uuid4()), "span", text.document, one.start, one.end),
                *(one.exact, one.prefix, one.suffix, text.revision),
                *(act.coder, act.now, act.now),
            )
            for text, one in fresh
        ),
    )
    return [change.row for change in act.changes[-count:]] if count else []
