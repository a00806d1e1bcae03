"""The tag tree read once: paths, what lies below, the order of the codebook."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

DEEPEST = 12
"""Twelve levels: nobody reads deeper paths."""


@dataclass(frozen=True, slots=True)
class TagPaths:
    """Parents, names and children of every tag, by id."""

    parents: dict[int, int | None]
    names: dict[int, str]
    children: dict[int | None, list[int]]
    """In the order of the codebook: position, then name."""

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> TagPaths:
        """The tree as it is now."""
        parents: dict[int, int | None] = {}
        names: dict[int, str] = {}
        children: dict[int | None, list[int]] = {}
        rows = connection.execute(
            "SELECT id, parent, name FROM tags ORDER BY position, folded, id"
        )
        for tag, parent, name in rows:
            parents[tag] = parent
            names[tag] = name
            children.setdefault(parent, []).append(tag)
        return cls(parents, names, children)

    @property
    def ids(self) -> set[int]:
        """Every tag."""
        return set(self.names)

    def path(self, tag: int) -> str:
        """Names from the root, joined by ``/``."""
        parts: list[str] = []
        current: int | None = tag
        while current is not None:
            parts.append(self.names[current])
            current = self.parents[current]
        return "/".join(reversed(parts))

    def all_paths(self) -> list[str]:
        """The path of every tag."""
        return [self.path(tag) for tag in self.names]

    def subtree(self, tag: int) -> list[int]:
        """The tag and everything below it; empty for an unknown tag."""
        if tag not in self.names:
            return []
        found = [tag]
        for child in self.children.get(tag, ()):
            found.extend(self.subtree(child))
        return found

    def in_order(self) -> list[tuple[int, int]]:
        """Every tag with its depth, parents before children."""
        out: list[tuple[int, int]] = []

        def walk(parent: int | None, depth: int) -> None:
            for tag in self.children.get(parent, ()):
                out.append((tag, depth))
                walk(tag, depth + 1)

        walk(None, 0)
        return out

    def below(self, tag: int, other: int | None) -> bool:
        """Whether ``other`` is ``tag`` itself or lies below it."""
        while other is not None:
            if other == tag:
                return True
            other = self.parents[other]
        return False
