"""A query taken apart: what the full text index can be asked for, and what stands in
scripts whose words it cannot tell apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

from store.search.grams import Part, has_any
from store.search.query import Query


@dataclass(frozen=True, slots=True)
class Asked:
    """A query taken apart."""

    parts: tuple[Part, ...]
    """What is to stand anywhere."""
    without: tuple[Part, ...]
    """What is to stand nowhere."""
    rest: Query
    """What the full text index can be asked for."""

    @property
    def pairs_without(self) -> list[Part]:
        """Of these the index knows who has them …"""
        return [part for part in self.without if part.is_pair]

    @property
    def long_without(self) -> list[Part]:
        """… and of these only the texts."""
        return [part for part in self.without if not part.is_pair]

    @classmethod
    def of(cls, query: Query) -> Asked:
        """Take a query apart."""
        words = [word for word in query.words if not has_any(word.raw)]
        phrases = [phrase for phrase in query.phrases if not has_any(phrase)]
        without = [part for part in query.without if not has_any(part)]
        raw = (
            *query.inside,
            *(word.raw for word in query.words if word not in words),
            *(phrase for phrase in query.phrases if phrase not in phrases),
        )
        rest = replace(
            query,
            words=tuple(words),
            phrases=tuple(phrases),
            inside=(),
            without=tuple(without),
            is_open=query.is_open and words[-1:] == [*query.words[-1:]],
        )
        excluded = (part for part in query.without if part not in without)
        return cls(
            tuple(map(Part.of, raw)),
            tuple(Part.of(part.lstrip("-")) for part in excluded),
            rest,
        )
