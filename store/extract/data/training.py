"""The open annotated text, read for the scripts of this directory."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NEWS = ("news_it", "news_en", "news_de", "news_fr", "news_es")
IN_ORDER = ("it_wikinews",)
OTHER = ("it_wikinews", "wiki_en", "wiki_de", "wiki_fr", "wiki_es")


@dataclass(frozen=True)
class Annotated:
    """A text with its marked spans (start, end, type)."""

    lang: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    news: bool


def documents(corpus: Path) -> Iterator[Annotated]:
    """Yield every document of the corpus; lone sentences count as documents."""
    for name in (*NEWS, *OTHER):
        found: list[Annotated] = []
        path = corpus / "own" / f"{name}.jsonl.xz"
        for line in filter(None, lines_of(path)):
            one = json.loads(line)
            spans = tuple(tuple(span) for span in one["spans"])
            found.append(Annotated(one["lang"], one["text"], spans, name in NEWS))
        if name in IN_ORDER:
            found = [_joined(found[at : at + 8]) for at in range(0, len(found), 8)]
        yield from found


def lines_of(path: Path) -> list[str]:
    """Return the lines of a packed text file."""
    with lzma.open(path, "rt", encoding="utf-8") as packed:
        return packed.read().split("\n")


def _joined(parts: list[Annotated]) -> Annotated:
    """Join neighbouring sentences, so that a word meets its other mentions."""
    spans: list[tuple[int, int, str]] = []
    text = ""
    for one in parts:
        spans += [(a + len(text), b + len(text), kind) for a, b, kind in one.spans]
        text += one.text + "\n"
    return Annotated(parts[0].lang, text, tuple(spans), parts[0].news)
