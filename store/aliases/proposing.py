"""From verdicts on pairs to proposals: types, parts that several bear, documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from store.aliases import bodies, keys, people
from store.aliases.forms import Form, taken_apart
from store.aliases.model import THRESHOLD, Name, Proposal, Verdict

_SHARED = 0.6
"""The score of a part that fits several bearers."""
_BESIDE = 0.03
_ELSEWHERE = 0.1

Judged = tuple[Verdict, Form, Form]


def propose(
    names: Sequence[Name], limit: int | None = None, least: float = THRESHOLD
) -> list[Proposal]:
    """Return the pairs that may be one entity, surest first.

    Types must agree, unless one is unknown (``None`` or empty) or both name the same
    international body. Kept is the form that is mentioned more often, then the more
    complete one. A part of a name that several may bear is offered for each of them
    below ``THRESHOLD``, unless only one of them stands in its documents. ``least``
    leaves out what scores less (0: nothing), ``limit`` cuts the list.
    """
    taken = map(taken_apart, names)
    forms = [form for form in taken if form.plain]  # of signs only: no name
    judged: dict[tuple[int, int], Judged] = {}
    seen: set[tuple[int, int]] = set()
    for one, other in keys.pairs(forms):
        low, high = one.name.id, other.name.id
        pair = (low, high) if low < high else (high, low)
        if low == high or pair in seen or not _types_agree(one, other):
            continue
        seen.add(pair)
        verdict = compare(one, other)
        if verdict is not None:
            judged[pair] = (_beside(verdict, one, other), one, other)
    _share_parts(judged)
    found = [_ordered(*one) for one in judged.values() if one[0].score >= least]
    found.sort(key=lambda one: (-one.score, one.id, one.other))
    return found if limit is None else found[:limit]


def compare(one: Form, other: Form) -> Verdict | None:
    """Say whether two names whose types agree may be one."""
    kinds = {one.kind, other.kind}
    if kinds == {"LOC"}:
        return _places(one, other)
    if "PER" in kinds:
        return _persons(one, other)
    verdict = _places(one, other) if "LOC" in kinds else bodies.compare(one, other)
    if verdict is None and kinds == {""} and _looks_personal(one, other):
        verdict = _persons(one, other)
    return verdict


def _types_agree(one: Form, other: Form) -> bool:
    if one.kind == other.kind or not one.kind or not other.kind:
        return True
    same_body = one.meaning is not None and one.meaning == other.meaning
    return same_body and {one.kind, other.kind} == {"ORG", "LOC"}


def _places(one: Form, other: Form) -> Verdict | None:
    """Places are never compared by letters: spelling and tables only."""
    if one.meaning is not None and one.meaning == other.meaning:
        return Verdict(0.95, "Two names of the same place or body.")
    if one.plain == other.plain:
        return Verdict(0.98, "The same but for case, accents, signs or blanks.")
    return None


def _persons(one: Form, other: Form) -> Verdict | None:
    if one.digits != other.digits:
        return None
    verdict = None
    if one.person is not None and other.person is not None:
        ids = (one.name.id, other.name.id)
        verdict = people.compare(
            one.person, other.person, ids, (one.name.name, other.name.name)
        )
    if verdict is not None:
        return verdict
    short, long = sorted((one, other), key=lambda form: len(form.joined))
    if bodies.torn_head(short, long):
        return bodies.damaged(one, other)
    short, long = sorted((one, other), key=lambda form: len(form.words))
    if len(long.words) > 2 and short.acronym and short.name.name.isupper():
        return bodies.acronym(short, long)
    return None


def _looks_personal(one: Form, other: Form) -> bool:
    """Of two names without a type: a forename begins one of them."""
    return any(
        form.person is not None
        and len(form.person.tokens) > 1
        and people.is_forename(form.person.tokens[0])
        for form in (one, other)
    )


def _beside(verdict: Verdict, one: Form, other: Form) -> Verdict:
    """A part in the same document as the whole name is surer than elsewhere."""
    if verdict.short is None or not (one.name.documents and other.name.documents):
        return verdict
    if one.name.documents.isdisjoint(other.name.documents):
        score = round(verdict.score - _ELSEWHERE, 2)
        return replace(verdict, score=score)
    reason = f"{verdict.reason} Both stand in one document."
    return replace(
        verdict, score=round(min(0.98, verdict.score + _BESIDE), 2), reason=reason
    )


def _share_parts(judged: dict[tuple[int, int], Judged]) -> None:
    """Lower the score of parts that fit people or bodies who are not one."""
    bearers: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair, (verdict, _, _) in judged.items():
        if verdict.short is not None:
            bearers[verdict.short].append(pair)
    for part, found in bearers.items():
        if len(found) < 2:
            continue
        longs = [_other(judged[pair], part) for pair in found]
        if not _several(longs):
            continue
        mine = _other_is(judged[found[0]], part).name.documents
        beside = [
            bool(mine) and not mine.isdisjoint(long.name.documents) for long in longs
        ]
        alone = sum(beside) == 1 or not _several(
            [long for long, near in zip(longs, beside, strict=True) if near]
        )
        for pair, near in zip(found, beside, strict=True):
            if not (near and alone):
                verdict, one, other = judged[pair]
                judged[pair] = (_shared(verdict, len(found)), one, other)


def _several(longs: list[Form]) -> bool:
    """Tell whether two of the names cannot be one."""
    few = longs[: keys.MOST_BEARERS]
    return any(compare(one, other) is None for one, other in combinations(few, 2))


def _shared(verdict: Verdict, count: int) -> Verdict:
    reason = verdict.reason.removesuffix(".")
    return replace(
        verdict,
        score=min(verdict.score, _SHARED),
        reason=f"{reason}, but {count} names here fit it.",
    )


def _other(judged: Judged, part: int) -> Form:
    _, one, other = judged
    return other if one.name.id == part else one


def _other_is(judged: Judged, part: int) -> Form:
    _, one, other = judged
    return one if one.name.id == part else other


def _ordered(verdict: Verdict, one: Form, other: Form) -> Proposal:
    def weight(form: Form) -> tuple[int, bool, int, int]:
        name = form.name
        tidy = not name.name.isupper() and (form.kind != "PER" or "," not in name.name)
        return name.count, tidy, len(name.name), -name.id

    keep, drop = (one, other) if weight(one) >= weight(other) else (other, one)
    return Proposal(keep.name.id, drop.name.id, verdict.score, verdict.reason)
