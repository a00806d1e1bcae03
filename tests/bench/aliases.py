"""Proposals of names that may be one, on a hundred thousand invented names.

    python tests/bench/aliases.py [NAMES]

Two fifths are people (forename and surname, some with initials, surname alone, turned
or misspelt), two fifths firms (some with legal form, acronym, damaged head), a fifth
places. Reported: seconds of processor time, memory, and how many planted pairs were
found. The machine's speed stands beside them: one sum of ten million squares.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from figures import Table

from store.aliases import THRESHOLD, Name, propose

_STARTS = "bar cor del fan gor hel jas kel lam mor nar pol quin ros sel tor val wes"
_MIDDLES = "a ando ari e eli en i ino ira o ola on u uri"
_ENDS = "bi dello di ghi lli lotti mann ni rano ri rson s sso ti tto va vich zzi"
_FORENAMES = (
    "Aldo Anna Bruno Carla Clara Dario Elena Elio Enzo Fabio Gina Ida Ivo Lea Lina "
    "Luca Mara Marco Nina Olga Paolo Pia Rita Sara Silvia Teo Ugo Vera Vito Zeno"
)
_TRADES = "Systems Motors Foods Textiles Optics Ceramics Shipping Timber Marine Paper"
_LEGAL = "SpA GmbH Ltd Inc SA AG BV"


def names(count: int) -> tuple[list[Name], set[tuple[int, int]]]:
    """That many names, and the pairs among them that were planted as one."""
    dice = random.Random(7)
    words = [
        (start + middle + end).title()
        for start in _STARTS.split()
        for middle in _MIDDLES.split()
        for end in _ENDS.split()
    ]
    forenames = [f"{one}{tail}" for one in _FORENAMES.split() for tail in ("", "lina")]
    found: list[Name] = []
    planted: set[tuple[int, int]] = set()
    taken: set[str] = set()
    while len(found) < count:
        kind = dice.choices(("PER", "ORG", "LOC"), (4, 4, 2))[0]
        if kind == "PER":
            whole = f"{dice.choice(forenames)} {dice.choice(words)}"
        elif kind == "ORG":
            first = f"{dice.choice(words)}{dice.choice(words).lower()}"
            whole = f"{first} {dice.choice(_TRADES.split())}"
        else:
            whole = f"{dice.choice(words)} {dice.choice(words)}"
        if whole in taken:
            continue
        taken.add(whole)
        found.append(Name(len(found), whole, kind, dice.randint(3, 60)))
        other = _variant(dice, whole, kind)
        if other and other not in taken and dice.random() < 0.3:
            taken.add(other)
            planted.add((len(found) - 1, len(found)))
            found.append(Name(len(found), other, kind))
    return found, planted


def _variant(dice: random.Random, whole: str, kind: str) -> str:
    first, _, last = whole.partition(" ")
    if kind == "PER":
        forms = (f"{last}, {first}", f"{first[0]}. {last}", f"{first} B. {last}", last)
        return dice.choice(forms)
    if kind == "ORG":
        at = dice.randint(3, len(first) - 2)
        slip = first[:at] + first[at + 1 :]
        legal = dice.choice(_LEGAL.split())
        return dice.choice(
            (f"{whole} {legal}", f"{slip} {last}", whole[1:], f"{whole} Group")
        )
    return whole.upper()


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    given, planted = names(count)
    begun = time.process_time()
    sum(number * number for number in range(10**7))
    speed = time.process_time() - begun
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    proposals = propose(given)
    seconds = time.process_time() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sure = {
        (min(one.id, one.other), max(one.id, one.other))
        for one in proposals
        if one.score >= THRESHOLD
    }
    offered = {(min(one.id, one.other), max(one.id, one.other)) for one in proposals}
    table = Table(["what", "figure"])
    table.add("names", f"{len(given):,}")
    table.add("processor seconds", f"{seconds:.1f}")
    table.add("ten million squares, seconds", f"{speed:.2f}")
    table.add("memory grown by, MB", f"{grown:.0f}")
    table.add("proposals, well founded", f"{len(sure):,}")
    table.add("proposals, all", f"{len(offered):,}")
    table.add("planted pairs", f"{len(planted):,}")
    table.add("of them offered", f"{len(planted & offered) / len(planted):.1%}")
    table.add("of them well founded", f"{len(planted & sure) / len(planted):.1%}")
    table.show("Names that may be one")


if __name__ == "__main__":
    main()
