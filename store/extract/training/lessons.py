"""Documents as labelled sentences with their observations, out of fold.

Every document is described with the lexicon of the other parts of the text, as a
document in use is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.extract.features import Observer
from store.extract.lexicon import Counts
from store.extract.sentences import MOST_TOKENS, sentences_of
from store.extract.tokens import Token, tokens
from store.extract.training.corpus import Annotated

PARTS = 5
"""The text is cut into so many parts for the lexicon."""

LOUD_EVERY = 25
"""Each so many-th document is learnt once more in capitals."""

Lesson = tuple[list[list[str]], list[str]]


@dataclass(frozen=True)
class Prepared:
    """A document in tokens, and their labels."""

    document: Annotated
    toks: list[Token]
    labels: list[str]


def prepared(document: Annotated) -> Prepared:
    """Return the tokens and labels of a document."""
    toks = tokens(document.text, document.lang)
    labels = ["O"] * len(toks)
    at = 0
    for start, end, kind in sorted(document.spans):
        while at < len(toks) and toks[at].end <= start:
            at += 1
        first = at
        while at < len(toks) and toks[at].start < end:
            labels[at] = f"{'B' if at == first else 'I'}-{kind}"
            at += 1
    return Prepared(document, toks, labels)


def loud(document: Annotated) -> Annotated:
    """Return a document in capitals, where no sign changes its length."""
    text = "".join(
        sign.upper() if len(sign.upper()) == 1 else sign for sign in document.text
    )
    return Annotated(
        document.lang, text, document.spans, document.source, document.partial
    )


def parts(documents: Sequence[Prepared]) -> list[list[Prepared]]:
    """Cut each source into contiguous parts, and put equal parts together."""
    found: list[list[Prepared]] = [[] for _ in range(PARTS)]
    sources = list(dict.fromkeys(one.document.source for one in documents))
    for source in sources:
        of = [one for one in documents if one.document.source == source]
        for at, one in enumerate(of):
            found[at * PARTS // len(of)].append(one)
    return found


def counted(documents: Sequence[Prepared]) -> Counts:
    """Count the words and phrases of documents."""
    counts = Counts()
    for one in documents:
        counts.add(one.toks, one.labels, one.document.partial)
    return counts


def lessons(
    chosen: Sequence[tuple[Prepared, bool]], everything: Counts, own: Counts
) -> Iterator[tuple[Prepared, Lesson]]:
    """Yield the sentences of one part; ``own`` are the counts of that part.

    With each document stands whether it is learnt once more in capitals.
    """
    observer: Observer[str] = Observer(everything.lexicon(own), str)
    for one, is_loud in chosen:
        for lesson in _taught(observer, one):
            yield one, lesson
        if is_loud and one.document.lang != "de":
            for lesson in _taught(observer, prepared(loud(one.document))):
                yield one, lesson


def _taught(observer: Observer[str], one: Prepared) -> Iterator[Lesson]:
    document = one.document
    spans = list(sentences_of(document.text, one.toks, document.lang))
    rows = observer.document(one.toks, spans, document.lang)
    for (first, after), found in zip(spans, rows, strict=True):
        if document.partial:
            # what such a source leaves unmarked is learnt as its own habit
            for row in found:
                row.append(f"@{document.source}")
                row.append("@partial")
        if after - first <= MOST_TOKENS:
            yield found, one.labels[first:after]
