"""Other extractors, found by entry point: who installs one may choose it by name.

A distribution names a factory in the entry point group ``postilla.extractors``. The
factory is called without arguments and returns an object with ``name`` (name and
version, stored with every mention) that is called as ``store.extract.extract`` is
and keeps its promises on offsets and order; ``checked`` holds it to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from store.errors import NotFound
from store.model import Found

GROUP = "postilla.extractors"
BUILT_IN = "built-in"


class Plugin(Protocol):
    """What a factory returns."""

    name: str

    def __call__(
        self, text: str, language: str | None = None, *, published: str | None = None
    ) -> list[Found]:
        """Return the mentions of ``text``."""


class _BuiltIn:
    """The extractor of the program itself, in the form of a plug-in."""

    def __init__(self) -> None:
        from store.extract import EXTRACTOR

        self.name = EXTRACTOR

    def __call__(
        self, text: str, language: str | None = None, *, published: str | None = None
    ) -> list[Found]:
        from store.extract import extract

        return extract(text, language, published=published)


class _Checked:
    """A plug-in whose answers are held to what is promised to the library."""

    def __init__(self, plugin: Plugin) -> None:
        self._plugin = plugin
        self.name = plugin.name

    def __call__(
        self, text: str, language: str | None = None, *, published: str | None = None
    ) -> list[Found]:
        return checked(text, self._plugin(text, language, published=published))


def available() -> list[str]:
    """Return the names to choose from; the built-in extractor comes first."""
    from importlib.metadata import entry_points

    return [BUILT_IN, *sorted({one.name for one in entry_points(group=GROUP)})]


def chosen(name: str = BUILT_IN) -> Plugin:
    """Return an extractor by its name; raises ``NotFound`` where there is none."""
    from importlib.metadata import entry_points

    if name == BUILT_IN:
        return _BuiltIn()
    for one in entry_points(group=GROUP, name=name):
        return _Checked(cast("Plugin", one.load()()))
    known = ", ".join(available())
    raise NotFound(f"There is no extractor {name}. There are: {known}.")


def checked(text: str, found: Sequence[Found]) -> list[Found]:
    """Return mentions in order, without those that overlap or are not in the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        inside = 0 <= one.start < one.end <= len(text)
        if not inside or text[one.start : one.end] != one.surface:
            continue
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
    return kept
