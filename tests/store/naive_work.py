"""Random work, done to a real library and a naive one alike.

Each kind of work is one act of a person. It says by ``False`` that there is nothing
to do it to; what the library must refuse is tried too, and must change nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from naive_library import DOCUMENTS, Naive, below

from store import memos
from store.annotations import Passage
from store.errors import PostillaError
from store.library import Library

NAMES = "abcd"
NOTES = ("", "note", "Ünïcode 東京", "x")

Work = Callable[[Library, Naive, Random], bool]


def annotate(library: Library, naive: Naive, random: Random) -> bool:
    document = random.choice([one for one in DOCUMENTS if one not in naive.removed])
    start = random.randrange(10)
    passage = random.choice([None, Passage(start, start + 4)])
    note = random.choice(NOTES)
    tags = _some_tags(naive, random)
    made = library.annotations.create(document, passage, note=note, tags=sorted(tags))
    naive.annotations[made.id] = (document, note, frozenset())
    naive.change_tags(made.id, more=tags)
    return True


def edit(library: Library, naive: Naive, random: Random) -> bool:
    if not (ids := naive.at_hand()):
        return False
    one, note = random.choice(ids), random.choice(NOTES)
    library.annotations.edit(one, note=note)
    naive.change_note(one, note)
    return True


def tag(library: Library, naive: Naive, random: Random) -> bool:
    ids, tags = _some_annotations(naive, random), _some_tags(naive, random)
    if not ids or not tags:
        return False
    library.annotations.tag(ids, sorted(tags))
    for one in ids:
        naive.change_tags(one, more=tags)
    return True


def untag(library: Library, naive: Naive, random: Random) -> bool:
    ids = _some_annotations(naive, random)
    tags = _some_tags(naive, random) & naive.tags
    if not ids or not tags:
        return False
    library.annotations.untag(ids, sorted(tags))
    for one in ids:
        naive.change_tags(one, less=tags)
    return True


def delete(library: Library, naive: Naive, random: Random) -> bool:
    if not (ids := _some_annotations(naive, random)):
        return False
    library.annotations.delete(ids)
    for one in ids:
        del naive.annotations[one]
    return True


def add_tag(library: Library, naive: Naive, random: Random) -> bool:
    path = "/".join(random.choices(NAMES, k=random.choice([1, 1, 2, 3])))
    library.codebook.add(path, random.choice(["", "defined"]))
    naive.add_tag(path)
    return True


def rename(library: Library, naive: Naive, random: Random) -> bool:
    if not naive.tags:
        return False
    path, name = random.choice(sorted(naive.tags)), random.choice(NAMES)
    above = path.rpartition("/")[0]
    new = f"{above}/{name}" if above else name
    if new != path and new in naive.tags:
        with pytest.raises(PostillaError):
            library.codebook.rename(path, name)
        return True
    library.codebook.rename(path, name)
    naive.put_below(path, new)
    return True


def move(library: Library, naive: Naive, random: Random) -> bool:
    if not naive.tags:
        return False
    path = random.choice(sorted(naive.tags))
    above = random.choice([None, *sorted(naive.tags)])
    name = path.rpartition("/")[2]
    new = f"{above}/{name}" if above else name
    taken = new != path and new in naive.tags
    if (above is not None and below(above, path)) or taken:
        with pytest.raises(PostillaError):
            library.codebook.move(path, above)
        return True
    library.codebook.move(path, above)
    naive.put_below(path, new)
    return True


def merge(library: Library, naive: Naive, random: Random) -> bool:
    if not naive.tags:
        return False
    keep, other = random.choices(sorted(naive.tags), k=2)
    if below(keep, other):
        with pytest.raises(PostillaError):
            library.codebook.merge(keep, [other])
        return True
    library.codebook.merge(keep, [other])
    naive.put_below(other, keep)
    return True


def drop_tag(library: Library, naive: Naive, random: Random) -> bool:
    if not naive.tags:
        return False
    path = random.choice(sorted(naive.tags))
    library.codebook.delete(path)
    naive.drop_tag(path)
    return True


def define(library: Library, naive: Naive, random: Random) -> bool:
    if not naive.tags:
        return False
    path = random.choice(sorted(naive.tags))
    library.codebook.define(path, memo=random.choice(NOTES), colour=random.randrange(8))
    return True


def write_memo(library: Library, naive: Naive, random: Random) -> bool:
    naive.memo = random.choice(NOTES)
    memos.write(library.core, naive.memo)
    return True


def attribute(library: Library, naive: Naive, random: Random) -> bool:
    name = random.choice(NAMES)
    if name not in naive.attributes:
        library.attributes.define(name, "text")
        naive.attributes[name] = {}
    elif random.random() < 0.3:
        library.attributes.delete(name)
        del naive.attributes[name]
    else:
        document = random.choice([one for one in DOCUMENTS if one not in naive.removed])
        value = random.choice(["", "x", "y"])
        library.attributes.set([document], name, value or None)
        naive.attributes[name].pop(document, None)
        if value:
            naive.attributes[name][document] = value
    return True


def collection(library: Library, naive: Naive, random: Random) -> bool:
    name = f"set {random.choice(NAMES)}"
    shown = [one for one in DOCUMENTS if one not in naive.removed]
    some = random.sample(shown, random.randint(1, len(shown)))
    if name not in naive.collections:
        library.collections.make(name, documents=some)
        naive.collections[name] = set(some)
        return True
    match random.choice(["add", "take", "drop"]):
        case "add":
            library.collections.add(name, some)
            naive.collections[name] |= set(some)
        case "take":
            library.collections.take_out(name, some)
            naive.collections[name] -= set(some)
        case _:
            library.collections.drop(name)
            del naive.collections[name]
    return True


def query(library: Library, naive: Naive, random: Random) -> bool:
    name = f"query {random.choice(NAMES)}"
    if name in naive.queries and random.random() < 0.4:
        library.queries.drop(name, "search")
        del naive.queries[name]
    else:
        naive.queries[name] = random.choice(["harbour", "ferry"])
        library.queries.save(name, naive.queries[name], "search")
    return True


def document(library: Library, naive: Naive, random: Random) -> bool:
    shown = [one for one in DOCUMENTS if one not in naive.removed]
    one = random.choice(shown)
    if len(shown) > 1 and random.random() < 0.3:
        library.documents.remove([one])
        naive.removed.add(one)
    else:
        naive.titles[one] = random.choice(["A title", "Another", "Bé"])
        library.documents.correct(one, {"title": naive.titles[one]})
    return True


WORK: tuple[Work, ...] = (
    *(annotate, annotate, edit, tag, tag, untag, delete),
    *(add_tag, rename, move, merge, drop_tag, define),
    *(write_memo, attribute, collection, query, document),
)
"""What is done, the commonest several times."""


def _some_annotations(naive: Naive, random: Random) -> list[int]:
    ids = naive.at_hand()
    return random.sample(ids, random.randint(1, min(3, len(ids)))) if ids else []


def _some_tags(naive: Naive, random: Random) -> set[str]:
    """Tags there are, or a new one below one of them."""
    paths = sorted(naive.tags)
    if not paths:
        return set()
    some = set(random.sample(paths, random.randint(0, min(2, len(paths)))))
    if random.random() < 0.2:
        some.add(f"{random.choice(paths)}/{random.choice(NAMES)}")
    return some
