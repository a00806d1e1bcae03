"""The open annotated text as documents, and which part of it is kept back for tests.

Two forms are read: stand-off JSON Lines (``id``, ``lang``, ``text``, ``spans``) and
token files (word, TAB, IOB label; a blank line ends a sentence). Token files are
written out as running text again, so that training sees what use sees.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.extract.vocabulary import DATA

Span = tuple[int, int, str]

TOGETHER = 10
"""Neighbouring sentences that make one document, where a source gives sentences."""

DROPPED = 5
"""Sentences left out at each border between training and test."""

_TIGHT_LEFT = frozenset(".,;:!?)]}»”%…'’")
_TIGHT_RIGHT = frozenset("([{«“„$£€#@")
_TYPES = frozenset(("PER", "ORG", "LOC", "PRODUCT", "EVENT", "WORK"))
_SCATTERED = frozenset(("wiki_en", "wiki_de", "wiki_fr", "wiki_es", "de_germeval_dev"))


@dataclass(frozen=True)
class Source:
    """A file of annotated text: how it is called and what is marked in it."""

    name: str
    lang: str
    partial: bool = False
    """Only PER, ORG and LOC are marked."""


SOURCES = (
    *(Source(f"own/news_{lang}", lang) for lang in ("it", "en", "de", "fr", "es")),
    Source("own/it_wikinews", "it"),
    *(Source(f"own/wiki_{lang}", lang) for lang in ("en", "de", "fr", "es")),
    Source("en_wikigold", "en", partial=True),
    Source("en_wnut17_train", "en", partial=True),
    Source("en_btc_a", "en", partial=True),
    Source("en_btc_b", "en", partial=True),
    Source("en_btc_e", "en", partial=True),
    Source("en_btc_h", "en", partial=True),
    Source("en_btc_f", "en", partial=True),
    Source("en_btc_g", "en", partial=True),
    Source("en_wnut17_dev", "en", partial=True),
    Source("en_ewt_dev", "en", partial=True),
    Source("de_germeval_dev", "de", partial=True),
    Source("de_europeana_sbb", "de", partial=True),
    Source("de_europeana_lft", "de", partial=True),
    Source("de_europeana_onb", "de", partial=True),
    Source("fr_europeana_part", "fr", partial=True),
    Source("nl_europeana_kb", "nl", partial=True),
    Source("pt_bosque_train", "pt", partial=True),
    Source("pt_bosque_dev", "pt", partial=True),
    Source("da_ddt_train", "da", partial=True),
)


@dataclass(frozen=True)
class Annotated:
    """A document with its marked spans."""

    lang: str
    text: str
    spans: tuple[Span, ...]
    source: str
    partial: bool = False


def gathered(corpus: Path) -> list[Annotated]:
    """Return all training documents, in their fixed order."""
    found: list[Annotated] = []
    for source in SOURCES:
        found += split(corpus, source)[0]
    for path in sorted((DATA / "annotated").glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").split("\n")
        found += standoff(lines, f"annotated/{path.stem}")
    return found


def whole(corpus: Path, source: Source) -> list[Annotated]:
    """Return all documents of a source, whatever is kept back of it elsewhere."""
    return _documents(list(_pieces(corpus, source)), source)


def split(corpus: Path, source: Source) -> tuple[list[Annotated], list[Annotated]]:
    """Return (training, test) documents of a source; the division is fixed."""
    pieces = list(_pieces(corpus, source))
    name = source.name
    train: list[Annotated] = []
    test: list[Annotated] = []
    if name in ("en_ewt_dev", "pt_bosque_dev"):
        test = pieces
    elif name == "own/it_wikinews":
        # 70 parts for training, 15 for development, 15 for the test
        train, test = _cut(pieces, 70, 85)
    elif name == "de_germeval_dev":
        train, test = _cut(pieces, 70, 70)
    elif name.startswith("own/news_"):
        train, test = _cut(pieces, 80, 80, dropped=0)
    elif name.startswith("own/wiki_"):
        train, test = _cut(pieces, 85, 85)
    else:
        train = pieces
    return _documents(train, source), _documents(test, source)


def development(corpus: Path, source: Source) -> list[Annotated]:
    """Return the documents to choose settings on: the part before the test."""
    pieces = list(_pieces(corpus, source))
    first, after = len(pieces) * 70 // 100, len(pieces) * 85 // 100
    return _documents(pieces[first + DROPPED : after - DROPPED], source)


def _cut(
    pieces: Sequence[Annotated], last: int, first: int, dropped: int = DROPPED
) -> tuple[list[Annotated], list[Annotated]]:
    """Cut at percentages, leaving out some pieces at each border."""
    before, after = len(pieces) * last // 100, len(pieces) * first // 100
    return list(pieces[: before - dropped]), list(pieces[after + dropped :])


def _documents(pieces: Sequence[Annotated], source: Source) -> list[Annotated]:
    """Join neighbouring sentences, so that a word meets its other mentions."""
    name = source.name.rpartition("/")[2]
    if name.startswith("news_") or name in _SCATTERED:
        return list(pieces)
    return [
        _joined(pieces[at : at + TOGETHER]) for at in range(0, len(pieces), TOGETHER)
    ]


def _joined(parts: Sequence[Annotated]) -> Annotated:
    spans: list[Span] = []
    text = ""
    for one in parts:
        spans += [(a + len(text), b + len(text), kind) for a, b, kind in one.spans]
        text += one.text + "\n"
    first = parts[0]
    return Annotated(first.lang, text, tuple(spans), first.source, first.partial)


def _pieces(corpus: Path, source: Source) -> Iterator[Annotated]:
    if source.name.startswith("own/"):
        path = corpus / f"{source.name}.jsonl.xz"
        yield from standoff(lines_of(path), source.name)
        return
    lines = lines_of(corpus / f"{source.name}.conll.xz")
    for words in _sentences(lines):
        text, spans = written_out(words)
        known = tuple(span for span in spans if span[2] in _TYPES)
        yield Annotated(source.lang, text, known, source.name, source.partial)


def standoff(lines: Sequence[str], name: str) -> Iterator[Annotated]:
    """Yield the documents of JSON Lines; literals are left to their grammar."""
    for line in filter(None, lines):
        one: dict[str, Any] = json.loads(line)
        spans = tuple(
            (int(a), int(b), str(kind)) for a, b, kind in one["spans"] if kind in _TYPES
        )
        yield Annotated(str(one["lang"]), str(one["text"]), spans, name)


def _sentences(lines: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    words: list[tuple[str, str]] = []
    for line in lines:
        word, _, label = line.partition("\t")
        if word.strip():
            words.append((word, label.strip()))
        elif words:
            yield words
            words = []
    if words:
        yield words


def written_out(words: Sequence[tuple[str, str]]) -> tuple[str, list[Span]]:
    """Return the running text of labelled words, and the spans in it."""
    text = ""
    spans: list[Span] = []
    for at, (word, label) in enumerate(words):
        if text and not _is_tight(words[at - 1][0], word):
            text += " "
        start = len(text)
        text += word
        kind = label.partition("-")[2]
        if not kind:
            continue
        continues = label[0] == "I" and at and words[at - 1][1][2:] == kind and spans
        if continues:
            spans[-1] = (spans[-1][0], len(text), kind)
        else:
            spans.append((start, len(text), kind))
    return text, spans


def _is_tight(before: str, word: str) -> bool:
    """Tell whether no blank stands between two words."""
    if word[0] in _TIGHT_LEFT or word in ("n't", "n’t"):
        return True
    return before in _TIGHT_RIGHT or (before[-1] in "'’" and len(before) > 1)


def lines_of(path: Path) -> list[str]:
    """Return the lines of a packed text file."""
    with lzma.open(path, "rt", encoding="utf-8") as packed:
        return packed.read().split("\n")
