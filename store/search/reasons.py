"""Why a hit was found: what was typed, and what stands for it. Pure.

A search knows for each word of a query which words were asked for in its place;
here that becomes what a person can read beside a row.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.model import Hit, Reason
from store.search.fold import fold
from store.search.query import Query, plain

_ALIKE = 3
"""Letters that a joined word and what stands for it differ by, at most."""


def of_document(query: Query, hit: Hit) -> tuple[Reason, ...]:
    """How each word of the query was matched in a document, in the order typed."""
    shown = [hit.snippet[start:end] for start, end in hit.marks]
    surfaces = {plain(surface): surface for surface in reversed(shown)}
    number = len(hit.terms) - len(query.phrases)
    if hit.inside and number != len(query.words):
        # Some of the words are looked for as text that stands anywhere.
        return tuple(Reason("exact", word.raw) for word in query.words)
    reasons = _of_words(query, hit.terms[:number])
    reasons += [Reason("exact", phrase) for phrase in query.phrases]
    reasons += [Reason("exact", part) for part in query.inside]
    return tuple(
        Reason(reason.how, reason.typed, surfaces.get(reason.found, reason.found))
        for reason in reasons
    )


def _of_words(query: Query, terms: Sequence[Sequence[str]]) -> list[Reason]:
    words = query.words
    if terms and len(terms) == len(words) - 1:
        at = _joint(query, terms)
        typed = f"{words[at].raw} {words[at + 1].raw}"
        whole = words[at].key + words[at + 1].key
        found = whole if whole in terms[at] else next(iter(terms[at]), "")
        return [
            *(_of_word(w.raw, w.key, terms[n]) for n, w in enumerate(words[:at])),
            Reason("joined", typed, found),
            *(
                _of_word(w.raw, w.key, terms[n])
                for n, w in enumerate(words[at + 2 :], at + 1)
            ),
        ]
    return [
        _of_word(word.raw, word.key, some)
        for word, some in zip(words, terms, strict=False)
    ]


def _joint(query: Query, terms: Sequence[Sequence[str]]) -> int:
    """Which two neighbouring words were taken for one."""
    from rapidfuzz.distance import OSA

    words = query.words

    def unlike(at: int) -> int:
        whole = words[at].key + words[at + 1].key
        nearest = min((OSA.distance(whole, term) for term in terms[at]), default=99)
        # Words before and after it stand for themselves where they can.
        others = sum(words[n].key not in terms[n] for n in range(at))
        others += sum(
            words[n + 1].key not in terms[n] for n in range(at + 1, len(terms))
        )
        return nearest + _ALIKE * others

    return min(range(len(terms)), key=unlike)


def _of_word(typed: str, key: str, terms: Sequence[str]) -> Reason:
    """How one word was matched by the words that were asked for in its place."""
    if key in terms and len(terms) == 1:
        return Reason("exact", typed)
    only = terms[0] if len(terms) == 1 else ""
    if not terms or all(term.startswith(key) for term in terms):
        return Reason("beginning", typed, only)
    if " " in only:
        return Reason("split", typed, only)
    if only and key in only:
        return Reason("part", typed, only)
    return Reason("near", typed, only or terms[0])


def of_name(query: Query, names: Sequence[str]) -> tuple[Reason, ...]:
    """How a name matched that has all words of the query; ``names``: how the thing
    is called, then its other names."""
    wanted = query.folded
    typed = " ".join((*(word.raw for word in query.words), *query.phrases))
    typed = typed or " ".join(query.inside)
    for number, name in enumerate(names):
        if plain(name) == wanted:
            return (Reason("alias", typed, name) if number else Reason("exact", typed),)
    for name in names:
        if plain(name).startswith(wanted):
            return (Reason("beginning", typed, name),)
    return (Reason("exact", typed),)


def near(query: Query, name: str) -> tuple[Reason, ...]:
    """How a name matched that is only like what was typed; ``name`` is empty where
    that is no name but a long text."""
    typed = " ".join((*(word.raw for word in query.words), *query.phrases))
    typed = typed or " ".join(query.inside)
    return (Reason("part" if fold(typed) in fold(name) else "near", typed, name),)
