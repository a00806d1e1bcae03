"""The names of all lists cut into tokens once, so that the program need not do it.

What it reads is made again whenever a list changes; a test tells when.
"""

from __future__ import annotations

from store.extract.gazetteers import gazetteers
from store.extract.lexicon import Phrases
from store.extract.tokens import tokens


def listed() -> Phrases:
    """Return the names of all lists by their tokens, each with a letter a list."""
    lists = gazetteers()
    kinds = (
        ("L", lists.places),
        ("O", lists.organisations),
        ("C", lists.companies),
        ("P", lists.products),
    )
    return Phrases.of(
        (_as_looked_up(name), letter) for letter, names in kinds for name in names
    )


def _as_looked_up(name: str) -> str:
    """Return the tokens of a name in lower case, with blanks between them."""
    return " ".join(one.low for one in tokens(name))
