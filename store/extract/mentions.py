"""Names and literals of a text put together, none overlapping, and quotations."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from store.extract import fragments, literals, names, quotations, scripts
from store.extract.flowing import flowing
from store.extract.tokens import Token, tokens
from store.model import Found


def find(text: str, language: str | None, published: str | None) -> list[Found]:
    """Return every mention of ``text``; see ``store.extract.extract``."""
    lang = (language or "")[:2].lower()
    flown = flowing(text)
    found = _find(flown, lang, published)
    if flown == text:
        return found
    return [replace(one, surface=text[one.start : one.end]) for one in found]


def _find(text: str, lang: str, published: str | None) -> list[Found]:
    toks = tokens(text, lang)
    values = literals.find(text, toks, lang or None, published)
    named = names.find(text, toks, lang, [(one.start, one.end) for one in values])
    found = [
        Found(
            one.start,
            one.end,
            text[one.start : one.end],
            one.type,
            None,
            round(one.sure, 2),
        )
        for one in named
    ]
    torn = list(fragments.find(text, toks, found))
    places = {one.start for one in torn}
    found = [one for one in found if one.start not in places] + torn
    found += scripts.find(text, toks)
    kept = _settled(text, toks, found, values)
    said = quotations.find(text, kept, lang)  # a layer of its own, over the names
    return sorted([*kept, *said], key=lambda one: (one.start, -one.end))


def _settled(
    text: str, toks: Sequence[Token], found: list[Found], values: list[Found]
) -> list[Found]:
    """Drop overlaps: a name that holds a whole literal wins, else the literal."""
    kept: list[Found] = []
    for one in sorted([*found, *values], key=lambda one: (one.start, -one.end)):
        if not is_whole(text, one.start, one.end):
            continue
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
    return kept


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a span neither begins nor ends inside a word."""
    return not _joined(text, start) and not _joined(text, end)


def _joined(text: str, at: int) -> bool:
    """Tell whether the signs on both sides of a place belong to one word."""
    if at <= 0 or at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M" or after in "\u200d\u00ad":
        return True
    if not (_of_word(before) and _of_word(after)):
        return False
    return not (_is_eastern(before) or _is_eastern(after))


def _of_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M" or sign == "_"


def _is_eastern(sign: str) -> bool:
    """Scripts that put no blanks between words have no inside of a word."""
    return "\u0e00" <= sign <= "\u0eff" or "\u2e80" <= sign <= "\ud7af"
