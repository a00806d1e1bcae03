"""From what was found to the rows a person sees.

Every string in a hit is as it stands in the library: whoever shows it passes it
through the display door.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from store.model import Hit
from store.search.found import Found
from store.search.index import PATHS
from store.search.names import Named
from store.search.pattern import Match
from store.search.query import Query
from store.search.snippets import Snippet, snippet

_TYPED = 88.0
"""Score of the first document that has what was typed."""

_PER_COST = 14.0
_PER_ROW = 0.4
_PAGE = 200
# So many texts are in memory at one time, however many hits are asked for.

_NONE = Snippet("")

_Rows = dict[int, tuple[str, str, str]]
_Scores = dict[int, float]

_DOCUMENTS = """
    SELECT id, title, coalesce(source, ''), coalesce(published, ''), {text}
    FROM documents WHERE removed IS NULL AND id IN (SELECT value FROM json_each(?))
"""


def of_documents(
    connection: sqlite3.Connection, found: Sequence[Found], *, bare: bool = False
) -> list[Hit]:
    """Rows of documents in their order, with scores that never rise.

    ``bare``: without context, so that no text has to be read; :func:`snippets` adds
    it to those that are looked at.
    """
    hits: list[Hit] = []
    score = 100.0
    rows: _Rows = {}
    for number, document in enumerate(found):
        if number % _PAGE == 0:
            page = found[number : number + _PAGE]
            rows = _documents(connection, (other.id for other in page), bare=bare)
        if document.id not in rows:
            continue
        title, detail, text = rows[document.id]
        worth = _TYPED - _PER_COST * max(0.0, document.cost) - _PER_ROW * number
        score = max(1.0, min(score, worth))
        context = _NONE if bare else snippet(text, document.marks, document.inside)
        hit = _document_hit(document.id, title, detail, score, context)
        hits.append(replace(hit, terms=document.marks, inside=document.inside))
    return hits


def snippets(
    connection: sqlite3.Connection,
    hits: Sequence[Hit],
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Hit]:
    """The hits in their order, documents with the match in its context.

    Ends early, with fewer of them, once ``cancelled()``. A document that is gone by
    now, and what is no document, is as it was.
    """
    shown: list[Hit] = []
    for hit in hits:
        if cancelled():
            break
        row = None
        if hit.kind == "document":
            row = connection.execute(_TEXT, [hit.id]).fetchone()
        if row is None:
            shown.append(hit)
            continue
        context = snippet(row[0], hit.terms, hit.inside, cancelled=cancelled)
        start, end, marks = context.start, context.end, context.marks
        shown.append(
            replace(hit, snippet=context.text, start=start, end=end, marks=marks)
        )
    return shown


def of_matches(connection: sqlite3.Connection, matches: Sequence[Match]) -> list[Hit]:
    """Rows of documents in which a pattern matches."""
    hits: list[Hit] = []
    rows: _Rows = {}
    for number, match in enumerate(matches):
        if number % _PAGE == 0:
            page = matches[number : number + _PAGE]
            rows = _documents(connection, (other.document for other in page))
        if match.document in rows:
            title, detail, text = rows[match.document]
            context = Snippet.around(text, match.start, match.end)
            hits.append(_document_hit(match.document, title, detail, _TYPED, context))
    return hits


def of_recent(
    connection: sqlite3.Connection, limit: int, *, bare: bool = False
) -> list[Hit]:
    """What was opened last, then what was added last."""
    opened = connection.execute(
        "SELECT id FROM documents WHERE read IS NOT NULL AND removed IS NULL"
        " ORDER BY read DESC, id DESC LIMIT ?",
        [limit],
    )
    added = connection.execute(
        "SELECT id FROM documents WHERE removed IS NULL ORDER BY id DESC LIMIT ?",
        [limit],
    )
    both = dict.fromkeys(row for rows in (opened, added) for (row,) in rows)
    recent = [Found(row, 0.0, ()) for row in [*both][:limit]]
    return of_documents(connection, recent, bare=bare)


def _document_hit(
    document: int, title: str, detail: str, score: float, context: Snippet
) -> Hit:
    return Hit(
        kind="document",
        id=document,
        document=document,
        title=title,
        score=round(score, 1),
        snippet=context.text,
        start=context.start,
        end=context.end,
        detail=detail,
        marks=context.marks,
    )


def _documents(
    connection: sqlite3.Connection, wanted: Iterable[int], *, bare: bool = False
) -> _Rows:
    """Title, detail and text of documents; no text where they are to be bare."""
    sql = _DOCUMENTS.format(text="''" if bare else "text")
    rows = connection.execute(sql, [json.dumps(list(wanted))])
    return {
        document: (title, _joined(source, published[:10]), text)
        for document, title, source, published, text in rows
    }


def of_names(
    connection: sqlite3.Connection, query: Query, found: Sequence[Named]
) -> list[Hit]:
    """Rows of entities, tags and annotations, in no particular order."""
    scores: dict[str, _Scores] = {"entity": {}, "tag": {}, "annotation": {}}
    for named in found:
        scores[named.kind][named.id] = named.score
    words = [[word.key] for word in query.words] + [[p] for p in query.phrases]
    return [
        *_entities(connection, scores["entity"]),
        *_tags(connection, scores["tag"], words, query.inside),
        *_annotations(connection, scores["annotation"], words, query.inside),
    ]


def _entities(connection: sqlite3.Connection, scores: _Scores) -> Iterator[Hit]:
    rows = connection.execute(_ENTITIES, [json.dumps(list(scores))])
    for row, name, kind, documents, aliases in rows:
        detail = _joined(kind, _count(documents, "document"))
        yield Hit("entity", row, None, name, scores[row], aliases, detail=detail)


def _tags(
    connection: sqlite3.Connection,
    scores: _Scores,
    words: Sequence[Sequence[str]],
    inside: Sequence[str],
) -> Iterator[Hit]:
    rows = connection.execute(_TAGS, [json.dumps(list(scores))])
    for row, path, definition, count in rows:
        context = snippet(definition, words, inside)
        yield Hit(
            "tag",
            row,
            None,
            path,
            scores[row],
            context.text,
            detail=_count(count, "annotation"),
            marks=context.marks,
        )


def _annotations(
    connection: sqlite3.Connection,
    scores: _Scores,
    words: Sequence[Sequence[str]],
    inside: Sequence[str],
) -> Iterator[Hit]:
    rows = connection.execute(_ANNOTATIONS, [json.dumps(list(scores))])
    for row, document, start, end, note, quote, title in rows:
        context = _annotation_context(note, quote, words, inside)
        yield Hit(
            "annotation",
            row,
            document,
            snippet(note or quote, []).text or title,
            scores[row],
            context.text,
            start,
            end,
            detail=title,
            marks=context.marks,
        )


def _annotation_context(
    note: str, quote: str, words: Sequence[Sequence[str]], inside: Sequence[str]
) -> Snippet:
    """The quote where it has the words, else the note."""
    in_quote = snippet(quote, words, inside)
    if in_quote.marks or not note:
        return in_quote
    in_note = snippet(note, words, inside)
    return in_note if in_note.marks or not quote else in_quote


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


_TEXT = "SELECT text FROM documents WHERE id = ? AND removed IS NULL"

_ENTITIES = """
    SELECT e.id, e.name, e.type, e.documents, coalesce((
        SELECT group_concat(name, ', ') FROM (
            SELECT a.name FROM aliases a WHERE a.entity = e.id AND a.name <> e.name
            ORDER BY a.id LIMIT 8)), '')
    FROM entities e WHERE e.id IN (SELECT value FROM json_each(?))
"""

_TAGS = f"""
    WITH RECURSIVE {PATHS}
    SELECT t.id, p.path, t.definition, (
        SELECT count(DISTINCT g.annotation) FROM annotation_tags g
        JOIN seen_annotations n ON n.id = g.annotation
        JOIN documents d ON d.id = n.document AND d.removed IS NULL
        WHERE g.tag = t.id)
    FROM tags t JOIN paths p ON p.id = t.id
    WHERE t.id IN (SELECT value FROM json_each(?))
"""

_ANNOTATIONS = """
    SELECT n.id, n.document, n.start, n."end", n.note, n.exact, d.title
    FROM seen_annotations n JOIN documents d ON d.id = n.document
    WHERE n.id IN (SELECT value FROM json_each(?))
"""
