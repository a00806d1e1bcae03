"""When two names of organisations, products, events or works may be one's."""

from __future__ import annotations

from functools import lru_cache

from store.aliases import tables, words
from store.aliases.folding import fold
from store.aliases.forms import Form, has_inner_capital
from store.aliases.model import Verdict


def compare(one: Form, other: Form) -> Verdict | None:
    """Say whether the two may be one; None if not."""
    if one.plain == other.plain:
        return Verdict(0.98, "The same but for case, accents, signs or blanks.")
    if one.digits != other.digits:
        return None
    if one.meaning is not None and other.meaning is not None:
        if one.meaning != other.meaning:
            return None
        return Verdict(0.95, "Two names of the same body.")
    verdict = _same_core(one, other) or acronym(one, other) or _translated(one, other)
    if verdict is None and one.kind == other.kind == "":
        return None  # a person's or a place's name for all that is known
    return verdict or _part(one, other) or damaged(one, other)


def _same_core(one: Form, other: Form) -> Verdict | None:
    if one.joined == other.joined:
        if one.legal and other.legal and one.legal != other.legal:
            return Verdict(0.7, "The same but for the legal form, which differs.")
        return Verdict(0.97, "The same without legal form, articles and small words.")
    if one.bare == other.bare and (one.bare == one.core or other.bare == other.core):
        return Verdict(0.96, "The same without a general word such as “Group”.")
    return None


def acronym(one: Form, other: Form) -> Verdict | None:
    """One is made of the first letters of the other."""
    for short, long in ((one, other), (other, one)):
        if short.acronym and short.acronym in long.initials:
            reason = f"“{short.name.name}” are the initials."
            return Verdict(0.93, reason, short.name.id)
    return None


def _translated(one: Form, other: Form) -> Verdict | None:
    if not one.concepts or one.concepts != other.concepts:
        return None
    if sorted(one.core) == sorted(other.core):
        return None  # one language: the order of the words matters
    certain = any(not word.startswith("=") for word in one.concepts)
    return Verdict(0.9 if certain else 0.82, "The same name in another language.")


def _part(one: Form, other: Form) -> Verdict | None:
    """The first words of a firm's name, or a product without its maker."""
    short, long = sorted((one, other), key=lambda form: len(form.bare))
    few, many = short.bare, long.bare
    if len(few) >= len(many):
        return None
    if short.digits and few == many[-len(few) :] and len(many) - len(few) <= 2:
        if len(few) == 1 and few[0].isdigit():
            return None
        return Verdict(0.85, "One leaves out the maker.", short.name.id)
    if short.kind not in ("ORG", "") or long.kind not in ("ORG", ""):
        return None
    if few != many[: len(few)] or not leads(few, many):
        return None
    reason = f"“{short.name.name}” begins “{long.name.name}”."
    return Verdict(0.85, reason, short.name.id)


def leads(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Tell whether a longer name's first words name it, and not its mother."""
    added = many[len(few) :]
    if len(few) == 1 and (len(few[0]) < 4 or few[0] in words.HEADS):
        return False
    if all(word in words.HEADS or word in _places() for word in few):
        return False
    if len(few) == 1 and tables.concept(few[0]) is not None:
        return False
    if len(added) > 1 or any(char.isdigit() for word in added for char in word):
        return False
    return not any(word in words.DIVISION or word in _places() for word in added)


def damaged(one: Form, other: Form) -> Verdict | None:
    """Lost letters and slips, for names that are long enough to tell."""
    short, long = sorted((one, other), key=lambda form: len(form.joined))
    few, many = short.joined, long.joined
    lost = len(many) - len(few)
    if torn_head(short, long):
        return Verdict(0.95, "The first letters are missing.")
    if short.kind in ("PER", "LOC") or long.kind in ("PER", "LOC") or len(few) < 6:
        return None
    rare = _rare(one, other)
    if few[0] != many[0]:
        if lost == 1 and many.endswith(few) and rare and not _known(short):
            return Verdict(0.8, "The first letter is missing, and only once.")
        return None
    if 1 <= lost <= 2 and many.startswith(few) and len(one.core) == len(other.core):
        if _known(short) or many.endswith("s"):
            return None
        return Verdict(0.85 if rare else 0.8, f"The last {_count(lost)} missing.")
    if not _one_slip(one, other):
        return None
    if rare:
        return Verdict(0.9, "One letter differs, and one form occurs only once.")
    return Verdict(0.7, "One letter differs.")


def torn_head(short: Form, long: Form) -> bool:
    """One begins small and ends a longer name that lost one to three letters."""
    few = short.joined
    if not short.torn or long.torn or len(few) < 4:
        return False
    wholes = (long.joined, long.core[-1])
    if not any(
        whole.endswith(few) and 1 <= len(whole) - len(few) <= 3 for whole in wholes
    ):
        return False
    return has_inner_capital(short.name.name) or len(short.joined) > 5


def _one_slip(one: Form, other: Form) -> bool:
    """One long word differs by one slip, and is not another known word."""
    from rapidfuzz.distance import OSA

    if len(one.core) != len(other.core):
        return OSA.distance(one.joined, other.joined, score_cutoff=1) == 1
    pairs = [
        pair for pair in zip(one.core, other.core, strict=True) if len({*pair}) > 1
    ]
    if len(pairs) != 1:
        return False
    left, right = pairs[0]
    if min(len(left), len(right)) < 6 or left[0] != right[0]:
        return False
    if _is_known(left) and _is_known(right):
        return False
    return bool(OSA.distance(left, right, score_cutoff=1) == 1)


def _rare(one: Form, other: Form) -> bool:
    low, high = sorted((one.name.count, other.name.count))
    return low == 1 and high >= 3


def _count(letters: int) -> str:
    return "letter is" if letters == 1 else f"{letters} letters are"


def _known(form: Form) -> bool:
    return form.joined in words.HEADS or _is_known(form.joined)


def _is_known(word: str) -> bool:
    return word in _vocabulary() or word in _places()


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    from store.extract.gazetteers import gazetteers

    return frozenset(fold(name) for name in gazetteers().places)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Companies, names and ordinary words, folded: no slips of each other."""
    from store.extract.gazetteers import gazetteers

    lists = gazetteers()
    known = {fold(name) for name in lists.companies | lists.organisations}
    known |= {fold(name) for name in lists.forenames | lists.surnames}
    return frozenset(known.union(*lists.common.values()))
