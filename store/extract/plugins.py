"""Other extractors, found by entry point: who installs one may choose it by name.

A distribution names a factory in the entry point group ``postilla.extractors``. The
factory is called without arguments and returns an object with ``name`` (name and
version, stored with every mention) that is called as ``store.extract.extract`` is
and keeps its promises on offsets and order; ``checked`` holds it to them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from store.errors import NotFound, PostillaError, UsageError
from store.measures import measure
from store.model import ENTITY_TYPES, Found

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
    """Return an extractor by its name; raises ``NotFound`` where there is none, and
    ``UsageError`` where there is one that cannot be used."""
    from importlib.metadata import entry_points

    if name == BUILT_IN:
        return _BuiltIn()
    for one in entry_points(group=GROUP, name=name):
        return _made(name, one.load)
    known = ", ".join(available())
    raise NotFound(f"There is no extractor {name}. There are: {known}.")


def _made(name: str, load: Callable[[], Any]) -> Plugin:
    """What a factory makes, whatever goes wrong in it being said in one sentence."""
    try:
        plugin = load()()
    except PostillaError:
        raise
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise UsageError(f"The extractor {name} cannot be loaded ({what}).") from error
    called = getattr(plugin, "name", None)
    if not callable(plugin) or not isinstance(called, str) or not called.strip():
        raise UsageError(
            f"The extractor {name} is made wrongly: its factory must give something"
            " that can be called and has a name."
        )
    return _Checked(plugin)


def checked(text: str, found: Sequence[Found]) -> list[Found]:
    """Return mentions in order, without those that are of no known type, not in the
    text, or overlap. Quotations may hold names; they are a layer of their own."""
    kept: list[Found] = []
    ends = {True: 0, False: 0}
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        is_quote = one.type == "QUOTE"
        inside = 0 <= one.start < one.end <= len(text)
        if not inside or text[one.start : one.end] != one.surface:
            continue
        if one.type not in ENTITY_TYPES or one.start < ends[is_quote]:
            continue
        ends[is_quote] = one.end
        kept.append(_plain(one))
    return kept


def _plain(one: Found) -> Found:
    """A mention that can be stored: a value that says nothing is left out."""
    value = one.value
    try:
        json.dumps(value)
        measure(one.type, value)
    except (TypeError, ValueError, LookupError, AttributeError):
        value = None
    return Found(
        one.start,
        one.end,
        one.surface,
        one.type,
        value,
        float(one.confidence),
        one.speaker,
    )
