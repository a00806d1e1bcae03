"""The peer of the search: tantivy with every means it has against slips.

A word may stand as it is, within one edit, within two (from six letters), and the
last one as a beginning, each with a weight of its own; all words must be there.
Title and text are one field: in two of them it is half as quick and finds less.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from figures import Stopwatch

# By name, because it is seldom there: who has not installed it can check types too.
tantivy: Any = import_module("tantivy")

_WORD = re.compile(r"[^\W_]+")
_EXACT, _BEGINNING, _ONE, _TWO = 8.0, 3.0, 1.0, 0.3
_BEGUN, _SHORT, _LONG = 2, 3, 6
"""Letters from which on a word is completed, allowed one edit, allowed two."""


def engine(lines: Path, folder: Path, limit: int) -> Callable[[str], Sequence[int]]:
    """Index a corpus, unless the folder has its index; gives the function that
    answers a query with its ids."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, fast=True)
    builder.add_text_field("text", tokenizer_name="folded")
    schema = builder.build()
    is_there = (folder / "meta.json").exists()
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema, path=str(folder), reuse=is_there)
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    analyzer = analyzer.filter(tantivy.Filter.lowercase())
    analyzer = analyzer.filter(tantivy.Filter.ascii_fold())
    index.register_tokenizer("folded", analyzer.build())
    if not is_there:
        _fill(index, lines)
    index.reload()
    searcher = index.searcher()

    def answer(text: str) -> Sequence[int]:
        query = _query(schema, text)
        if query is None:
            return ()
        hits = searcher.search(query, limit).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return answer


def _fill(index: Any, lines: Path) -> None:
    watch = Stopwatch()
    writer = index.writer(100_000_000, 1)
    count = 0
    with lines.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            text = record["title"] + "\n" + record["text"]
            writer.add_document(tantivy.Document(id=record["id"], text=text))
            count += 1
    writer.commit()
    writer.wait_merging_threads()
    print(f"tantivy indexed {count / watch.lap().cpu:,.0f} documents a CPU second")


def _query(schema: Any, text: str) -> Any:
    plain = unicodedata.normalize("NFKD", text.lower())
    words = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    if not words:
        return None
    last = len(words) - 1
    parts = [
        (tantivy.Occur.Must, _word(schema, word, is_last=at == last))
        for at, word in enumerate(words)
    ]
    return tantivy.Query.boolean_query(parts)


def _word(schema: Any, word: str, *, is_last: bool) -> Any:
    query = tantivy.Query
    ways = [(query.term_query(schema, "text", word), _EXACT)]
    if len(word) >= _SHORT:
        ways.append((query.fuzzy_term_query(schema, "text", word, 1), _ONE))
    if len(word) >= _LONG:
        ways.append((query.fuzzy_term_query(schema, "text", word, 2), _TWO))
    if is_last and len(word) >= _BEGUN:
        beginning = query.fuzzy_term_query(schema, "text", word, 0, prefix=True)
        ways.append((beginning, _BEGINNING))
    return query.boolean_query(
        [(tantivy.Occur.Should, query.boost_query(way, boost)) for way, boost in ways]
    )
