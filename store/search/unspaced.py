"""Documents for a query in a script without blanks between words.

The full text index cannot tell the words of such scripts apart.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import replace

from store.search.documents import match_of
from store.search.expansion import as_typed
from store.search.fold import is_unspaced
from store.search.found import Found
from store.search.query import Query, quoted
from store.search.vocabulary import Vocabulary
from store.search.within import EVERYWHERE, Within

_INDEXED = "IN (SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?)"


def is_for(query: Query) -> bool:
    """Whether a query needs what is done here."""
    return bool(query.inside) or any(map(is_unspaced, query.without))


def find(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary | None,
    query: Query,
    *,
    limit: int = 50,
    within: Within = EVERYWHERE,
) -> list[Found]:
    """For scripts without blanks, whose words the index cannot tell apart: read the
    texts, newest first, of the documents that match the rest."""
    conditions: list[str] = [within.condition]
    values: list[object] = [*within.values]
    for part in query.inside:
        forms = dict.fromkeys((part, unicodedata.normalize("NFKC", part)))
        tests = []
        for form in forms:
            tests.append("instr(d.text, ?) OR instr(d.title, ?)")
            values += [form, form]
        conditions.append(f"({' OR '.join(tests)})")
    for part in query.without:
        if is_unspaced(part):
            conditions.append("NOT instr(d.text, ?) AND NOT instr(d.title, ?)")
            values += [part, part]
        else:
            conditions.append(f"d.id NOT {_INDEXED}")
            values.append(quoted(part))
    typed = [as_typed(vocabulary, word) for word in query.words]
    if typed or query.phrases:
        conditions.append(f"d.id {_INDEXED}")
        values.append(match_of(replace(query, without=()), typed))
    rows = connection.execute(
        f"SELECT d.id FROM documents d WHERE {' AND '.join(conditions)}"
        " ORDER BY d.id DESC LIMIT ?",
        [*values, limit],
    )
    marks = tuple(choice.marks for choice in typed)
    marks += tuple((phrase,) for phrase in query.phrases)
    return [Found(row, 0.0, marks, query.inside) for (row,) in rows]
