"""Sets and lists of words written as running text, which keeps them readable."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text`` as a set."""
    return frozenset(text.split())


def word_list(text: str) -> list[str]:
    """Return the words of ``text`` in order."""
    return text.split()
