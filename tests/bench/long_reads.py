"""Documents for the reader's bench: of any size, densely named and annotated.

The words are made of syllables, so that nothing is anybody's text. Every tenth word
is a name. The library has one document, and nothing is left to extract in it.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from pathlib import Path

from store import anchors, codebook, naming
from store.acts import Act
from store.library import Library
from store.model import ENTITY_TYPES, Found

WORDS_BETWEEN = 10
"""Every so many words one is a name."""

AWAITED = "Zyxomarket"
"""A word that is painted with the first screen of the text and nowhere else: it
stands behind what a list shows of a document."""

SENTENCE = "Nothing happened in the harbour today."
_AWAITED_AT = 900
_ONSETS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr")
_RHYMES = ("a", "e", "i", "o", "u", "an", "el", "or", "is", "um", "ain", "est")
_NAMES = 400
_TAGS = 12
_PASSAGE = 350


def text_of(size: int, seed: int = 1) -> tuple[str, list[Found]]:
    """A text of about ``size`` code points and the mentions in it, in order."""
    chance = random.Random(seed)
    words = ["".join(_word(chance)) for _ in range(3000)]
    names = [_name(chance) for _ in range(_NAMES)]
    parts: list[str] = []
    found: list[Found] = []
    at = count = sentence = 0
    awaited = False
    while at < size:
        count += 1
        word = chance.choice(words)
        if not awaited and at >= _AWAITED_AT:
            word, awaited = AWAITED, True
        elif count % WORDS_BETWEEN == 0:
            word = chance.choice(names)
            type = ENTITY_TYPES[sum(map(ord, word)) % 6]
            found.append(Found(at, at + len(word), word, type))
        elif sentence == 0:
            word = word.capitalize()
        sentence = (sentence + 1) % 17
        gap = " " if sentence else (". " if chance.random() < 0.75 else ".\n\n")
        parts += (word, gap)
        at += len(word) + len(gap)
    return "".join(parts).rstrip(), found


def _word(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.choice((1, 1, 2, 2, 3))):
        yield chance.choice(_ONSETS)
        yield chance.choice(_RHYMES)


def _name(chance: random.Random) -> str:
    first = "".join(_word(chance)).capitalize()
    return f"{first} {''.join(_word(chance)).capitalize()}"


def make_library(path: Path, size: int, annotations: int) -> Path:
    """A library of one document; its annotations overlap here and there."""
    text, found = text_of(size)
    file = path.with_suffix(".txt")
    file.write_text(text or SENTENCE, encoding="utf-8")
    with Library(path, create=True) as library:
        for _ in library.add([file]):
            pass
        document = library.documents.ids()[0]
        library.core.writer.run(
            lambda pen: naming.store(
                pen, [(document, found)], "bench", "2026-01-01T00:00:00Z"
            ),
            durable=False,
        )
        if annotations:
            library.core.act(
                "annotated for the bench",
                lambda act: _annotate(act, document, text, annotations),
            )
    return path


def _annotate(act: Act, document: int, text: str, count: int) -> None:
    tags = [codebook.ensure(act, f"theme/part {number}") for number in range(_TAGS)]
    for number, tag in enumerate(tags):
        act.update("tags", tag, {"colour": number % 8})
    step = max(1, len(text) // count)
    for number in range(count):
        start = number * step
        end = min(len(text), start + min(_PASSAGE, step + step // 4))
        found = anchors.anchor(text, start, end)
        values = {
            "guid": str(uuid.uuid4()),
            "kind": "span",
            "document": document,
            "start": found.start,
            "end": found.end,
            "exact": found.exact,
            "prefix": found.prefix,
            "suffix": found.suffix,
            "revision": 1,
            "coder": act.coder,
            "created": act.now,
            "modified": act.now,
        }
        tagging = {
            "guid": str(uuid.uuid4()),
            "annotation": act.insert("annotations", values),
            "tag": tags[number % len(tags)],
            "coder": act.coder,
            "created": act.now,
        }
        act.insert("annotation_tags", tagging)
