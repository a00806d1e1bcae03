"""Which names are compared at all: those that share a key some rule could use.

Three kinds of key keep this linear in the number of names. Names that are whole meet
under one key (a family of spellings). A name that may be part of others *seeks* a key
that longer names *hold*. Where a key is shared by very many, each name meets those
mentioned most and its neighbours in alphabetical order, so that no block is dropped
and none grows with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from store.aliases.forms import Form

MOST_ALL = 24
"""Up to this many names under one key, each meets each."""
MOST_BEARERS = 12
"""A part is compared with this many of the names it may belong to."""
_NEIGHBOURS = 4
_LEADERS = 3
_LOST = (1, 2, 3)

Pair = tuple[Form, Form]


def pairs(forms: Sequence[Form]) -> Iterator[Pair]:
    """Pairs worth comparing, some of them more than once."""
    yield from _whole(forms)
    yield from _parts(forms)
    yield from _damaged(forms)
    yield from _slips(forms)


def _whole(forms: Sequence[Form]) -> Iterator[Pair]:
    blocks: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        for key in _same_keys(form):
            blocks[key].append(form)
    for block in blocks.values():
        if len(block) > 1:
            yield from _all_or_near(block)


def _all_or_near(block: list[Form]) -> Iterator[Pair]:
    if len(block) <= MOST_ALL:
        yield from combinations(block, 2)
        return
    ranked = sorted(block, key=lambda form: (-form.name.count, form.name.id))
    leaders = ranked[:_LEADERS]
    for form in ranked:
        for leader in leaders:
            if leader is not form:
                yield leader, form
    near = sorted(block, key=lambda form: (form.joined, form.name.name, form.name.id))
    for at, form in enumerate(near):
        for other in near[at + 1 : at + 1 + _NEIGHBOURS]:
            yield form, other


def _same_keys(form: Form) -> set[str]:
    """Keys of names that are the same as a whole."""
    keys = {f"= {form.plain}"}
    if form.meaning is not None:
        keys.add(f"m {form.meaning}")
    if form.kind == "LOC":
        return keys
    if form.kind != "PER":
        keys.add(f"o {form.joined}")
        keys.add(f"o {''.join(form.bare)}")
        if form.concepts:
            keys.add("c " + " ".join(form.concepts))
    who = form.person
    if who is not None:
        keys.add("p " + "".join(who.tokens))
        keys.add("p " + "".join(sorted(who.tokens)))
        if who.given and len(who.given[0]) > 1:
            keys.add(f"g {who.given[0]} {' '.join(who.family)}")
        if len(who.given) > 1:
            keys.add(f"g {who.given[-1]} {' '.join(who.family)}")
    return keys


def _parts(forms: Sequence[Form]) -> Iterator[Pair]:
    seekers: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        for key in _sought(form):
            seekers[key].append(form)
    holders: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        for key in _held(form):
            if key in seekers:
                holders[key].append(form)
    for key, bearers in holders.items():
        bearers.sort(key=lambda form: (-form.name.count, form.name.id))
        for form in seekers[key]:
            for bearer in _likeliest(form, bearers):
                yield form, bearer


def _likeliest(form: Form, bearers: list[Form]) -> Sequence[Form]:
    """Those named in the same documents first, then those mentioned most."""
    if len(bearers) <= MOST_BEARERS:
        return bearers
    mine = form.name.documents
    beside = [
        one for one in bearers if mine and not mine.isdisjoint(one.name.documents)
    ]
    return [*beside[:MOST_BEARERS], *bearers[:MOST_BEARERS]]


def _sought(form: Form) -> Iterator[str]:
    if form.acronym and form.kind != "LOC":
        yield f"a {form.acronym}"
    who = form.person
    if who is not None:
        if not who.given:
            yield f"f {' '.join(who.family)}"
        elif len(who.given[0]) == 1:
            yield f"i {who.given[0]} {' '.join(who.family)}"
        if len(who.tokens) == 1:
            yield f"w {who.tokens[0]}"
        elif len(who.tokens) < 4:
            yield f"l {' '.join(who.tokens)}"
    if form.kind in ("ORG", "") or form.digits:
        yield f"b {' '.join(form.bare)}"
        if form.digits:
            yield f"e {' '.join(form.bare)}"


def _held(form: Form) -> Iterator[str]:
    if form.kind != "LOC":
        for initials in form.initials:
            yield f"a {initials}"
    who = form.person
    if who is not None and len(who.tokens) > 1:
        family = " ".join(who.family)
        if who.given:
            yield f"f {family}"
            yield f"i {who.given[0][0]} {family}"
            for word in set(who.given):
                yield f"w {word}"
        for size in (2, 3):
            if len(who.tokens) > size:
                yield f"l {' '.join(who.tokens[:size])}"
    if form.kind not in ("PER", "LOC") and len(form.bare) > 1:
        for size in range(1, min(4, len(form.bare))):
            yield f"b {' '.join(form.bare[:size])}"
            if form.digits:
                yield f"e {' '.join(form.bare[-size:])}"


def _damaged(forms: Sequence[Form]) -> Iterator[Pair]:
    """Names that lost letters at the head or the tail meet the whole ones."""
    by_joined: dict[str, list[Form]] = defaultdict(list)
    torn: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        if form.torn:
            torn[form.joined].append(form)
        if form.kind not in ("PER", "LOC") and len(form.joined) >= 6:
            by_joined[form.joined].append(form)
    for form in forms:
        whole = form.joined
        if torn and form.core:
            for tail in {
                one[lost:] for one in (whole, form.core[-1]) for lost in _LOST
            }:
                for short in torn.get(tail, ()):
                    yield short, form
        if form.kind not in ("PER", "LOC") and len(whole) > 6:
            for cut in (whole[1:], whole[:-1], whole[:-2]):
                for short in by_joined.get(cut, ()):
                    yield short, form


def _slips(forms: Sequence[Form]) -> Iterator[Pair]:
    """Names of one slip share what is left when a letter is taken from each."""
    blocks: dict[int, list[Form]] = defaultdict(list)
    for form in forms:
        whole = form.joined
        if form.kind in ("PER", "LOC") or len(whole) < 6 or len(whole) > 60:
            continue
        for at in range(1, len(whole)):
            blocks[hash(whole[:at] + whole[at + 1 :])].append(form)
        blocks[hash(whole)].append(form)
    for block in blocks.values():
        if 1 < len(block) <= MOST_ALL:
            yield from combinations(block, 2)
