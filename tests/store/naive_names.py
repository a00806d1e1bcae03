"""What decisions about names should come to: everything done anew from the beginning,
without what was undone, in lists and dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from store.aliases import same_form

Place = tuple[int, int, int]
"""Document, start and end."""

NAMES = ("Alba", "Brio", "Brio's", "Cora Dune", "Cora")


def found_in(text: str) -> list[tuple[int, int, str]]:
    """Start, end and type of every name; the first word says which type."""
    type = text.partition(":")[0]
    out: list[tuple[int, int, str]] = []
    at = 0
    while at < len(text):
        for name in sorted(NAMES, key=len, reverse=True):
            if text.startswith(name, at):
                out.append((at, at + len(name), type))
                at += len(name)
                break
        else:
            at += 1
    return out


@dataclass
class Who:
    """An entity."""

    name: str
    type: str
    state: str = "new"
    into: int | None = None


@dataclass
class Standing:
    """A mention."""

    who: int
    type: str
    state: str = "new"


@dataclass
class Naive:
    """Texts, entities, aliases, mentions."""

    texts: dict[int, str] = field(default_factory=dict)
    people: list[Who] = field(default_factory=list)
    aliases: list[tuple[str, str, int]] = field(default_factory=list)
    """Name, type, entity."""
    mentions: dict[Place, Standing] = field(default_factory=dict)

    def root(self, who: int) -> int:
        into = self.people[who].into
        return who if into is None else into

    def at(self, place: Place) -> int:
        return self.root(self.mentions[place].who)

    def surface(self, place: Place) -> str:
        document, start, end = place
        return self.texts[document][start:end]

    # What extraction does --------------------------------------------------

    def extract(self, document: int) -> None:
        for place, one in list(self.mentions.items()):
            if place[0] == document and one.state == "new":
                del self.mentions[place]
        for start, end, type in found_in(self.texts[document]):
            place = (document, start, end)
            if place not in self.mentions and not self._taken(place):
                who = self.meant(self.surface(place), type)
                self.mentions[place] = Standing(who, type)

    def _taken(self, place: Place) -> bool:
        return any(one.state == "accepted" for _, one in self.overlapping(place))

    def overlapping(self, place: Place) -> list[tuple[Place, Standing]]:
        document, start, end = place
        return [
            (other, one)
            for other, one in self.mentions.items()
            if other[0] == document and other[1] < end and other[2] > start
        ]

    def meant(self, name: str, type: str) -> int:
        for alias in self._named(name, type):
            if alias[0] != name:
                self._add_alias(name, type, alias[2])
            return alias[2]
        self.people.append(Who(name, type))
        self._add_alias(name, type, len(self.people) - 1)
        return len(self.people) - 1

    def _named(self, name: str, type: str) -> list[tuple[str, str, int]]:
        """The alias that says who is meant, if any does."""
        same = [a for a in self.aliases if same_form(a[0]) == same_form(name)]
        exact = [a for a in same if a[1] == type]
        exact.sort(key=lambda a: a[0] != name)
        told = [a for a in same if self.people[self.root(a[2])].state != "new"]
        told.sort(key=lambda a: self.people[self.root(a[2])].state == "rejected")
        return (exact + told)[:1]

    def _add_alias(self, name: str, type: str, who: int) -> None:
        if not any(a[:2] == (name, type) for a in self.aliases):
            self.aliases.append((name, type, who))

    # What a person does ----------------------------------------------------

    def accept(self, place: Place) -> None:
        who = self.people[self.at(place)]
        who.state = "retyped" if who.state == "retyped" else "accepted"

    def reject(self, place: Place) -> None:
        self.people[self.at(place)].state = "rejected"

    def retype(self, place: Place, type: str) -> None:
        who = self.people[self.at(place)]
        who.type, who.state = type, "retyped"

    def rename(self, place: Place, name: str) -> None:
        root = self.at(place)
        who = self.people[root]
        who.state = "accepted" if who.state == "new" else who.state
        for one in (who.name, name):
            self._add_alias(one, who.type, root)
        who.name = name

    def merge(self, keep: Place, other: Place) -> None:
        kept, gone = self.at(keep), self.at(other)
        for id, who in enumerate(self.people):
            if gone in (id, who.into):
                who.into = kept
        self.people[kept].state = "accepted"

    def split(self, place: Place) -> None:
        old = self.at(place)
        form = same_form(self.surface(place))
        left = {
            same_form(self.surface(other))
            for other, one in self.mentions.items()
            if other != place and self.root(one.who) == old and one.state != "rejected"
        }
        new = self._new(self.surface(place), self.people[old].type, "accepted")
        self.mentions[place].who = new
        self.mentions[place].state = "accepted"
        if form not in left:
            self._move(old, new, form)

    def split_form(self, place: Place) -> None:
        old, form = self.at(place), same_form(self.surface(place))
        new = self._new(self.surface(place), self.people[old].type, "accepted")
        for other, one in self.mentions.items():
            is_kept = one.state == "accepted" and self.root(one.who) == old
            if is_kept and same_form(self.surface(other)) == form:
                one.who = new
        self._move(old, new, form)

    def reject_form(self, place: Place) -> None:
        form = same_form(self.surface(place))
        bearing = {self.root(a[2]) for a in self.aliases if same_form(a[0]) == form}
        for root in bearing:
            who = self.people[root]
            forms = {same_form(a[0]) for a in self.aliases if self.root(a[2]) == root}
            if who.state == "rejected":
                continue
            if forms == {form}:
                who.state = "rejected"
            else:
                new = self._new(self.surface(place), who.type, "rejected")
                self._move(root, new, form)

    def reject_mention(self, place: Place) -> None:
        self.mentions[place].state = "rejected"

    def accept_mention(self, place: Place) -> None:
        self.mentions[place].state = "accepted"

    def add(self, place: Place, type: str) -> None:
        who = self._known(self.surface(place), type)
        for other, one in self.overlapping(place):
            if other != place:
                one.state = "rejected"
        if who is None:
            self.people.append(Who(self.surface(place), type))
            who = len(self.people) - 1
            self._add_alias(self.surface(place), type, who)
        self.mentions[place] = Standing(who, type, "accepted")

    def _known(self, name: str, type: str) -> int | None:
        for alias in self._named(name, type):
            if self.people[self.root(alias[2])].state != "rejected":
                return alias[2]
        return None

    def _new(self, name: str, type: str, state: str) -> int:
        self.people.append(Who(name, type, state))
        return len(self.people) - 1

    def _move(self, old: int, new: int, form: str) -> None:
        for place, one in self.mentions.items():
            follows = one.state == "new" and self.root(one.who) == old
            if follows and same_form(self.surface(place)) == form:
                one.who = new
        self.aliases = [
            (name, type, new)
            if same_form(name) == form and self.root(who) == old
            else (name, type, who)
            for name, type, who in self.aliases
        ]

    # What is seen ----------------------------------------------------------

    def seen(self) -> Any:
        """Type and state of every mention, and which of them are one entity."""
        return seen(
            (
                place,
                self.people[self.root(one.who)].type,
                "rejected"
                if self.people[self.root(one.who)].state == "rejected"
                else one.state,
                self.root(one.who),
            )
            for place, one in self.mentions.items()
        )


def seen(mentions: Iterable[tuple[Place, str, str, int]]) -> Any:
    """A picture of mentions that does not depend on the numbers of entities."""
    kinds: dict[Place, tuple[str, str]] = {}
    together: dict[int, set[Place]] = {}
    for place, type, state, who in mentions:
        kinds[place] = ("", state) if state == "rejected" else (type, state)
        if state != "rejected":
            together.setdefault(who, set()).add(place)
    return kinds, {frozenset(places) for places in together.values()}


@dataclass
class Event:
    """Something that happened: done anew unless it was undone."""

    does: Callable[[Naive], None]
    undone: bool = False


def replayed(events: Iterable[Event]) -> Naive:
    """The library as it is when all that holds is done in its order."""
    naive = Naive()
    for event in events:
        if not event.undone:
            event.does(naive)
    return naive
