"""What extracting again would change, as one text for a person to decide on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store import safe
from tui.screens.entity_text import TYPE_WORDS
from tui.widgets.plain import joined
from tui.widgets.status import duration

if TYPE_CHECKING:
    from store.extract_preview import Example, Tally
    from store.naming import ExtractProgress

_NAME = 34
"""Cells of a name that is given as an example."""

Parts = list[tuple[object, str]]


def progress(step: ExtractProgress) -> str:
    """How far the comparing has come, in one line."""
    parts = [f"Compared {step.done:,} of {step.total:,} documents"]
    if step.seconds > 0 and 0 < step.done < step.total:
        left = step.seconds * (step.total - step.done) / step.done
        parts.append(f"about {duration(max(1.0, left))} left")
    return " · ".join(parts)


def findings(tally: Tally, titles: Mapping[int, str], room: int) -> Content:
    """Counts by type and the first examples, each in a line of ``room`` cells;
    ``titles`` of their documents."""
    parts: Parts = [(_documents(tally.documents), "bold"), (" looked at", "")]
    for words, count in tally.served.most_common():
        parts.append((f"\n  {count:,} by: {words}", "$text-muted"))
    if tally.failed:
        reason = f": {tally.failures[0][1]}" if tally.failures else ""
        parts.append((f"\n  {tally.failed:,} failed{reason}", "$text-error"))
    if tally.is_empty:
        return joined(*parts, ("\n\nNothing would change.", "bold"))
    pairs = Counter(
        {
            f"{_type(was)} → {_type(now)}": n
            for (was, now), n in tally.other_type.items()
        }
    )
    _kind(
        parts, "new", _by_words(tally.new), _lines(tally.examples["new"], titles, room)
    )
    _kind(
        parts,
        "gone",
        _by_words(tally.gone),
        _lines(tally.examples["gone"], titles, room),
    )
    _kind(
        parts,
        "of another type",
        pairs,
        _lines(tally.examples["other_type"], titles, room),
    )
    values = _by_words(tally.other_value)
    _kind(parts, "of another value or speaker", values, ())
    if tally.decided:
        kept = sum(tally.decided.values())
        parts.append((f"\n\n{kept:,} stay as you decided", "$text-muted"))
    return joined(*parts)


def _kind(
    parts: Parts, words: str, counts: Counter[str], examples: Sequence[tuple[str, str]]
) -> None:
    if not counts:
        return
    by_type = ", ".join(f"{count:,} {type}" for type, count in counts.most_common())
    parts += [(f"\n\n{sum(counts.values()):,} {words}", "bold"), (f": {by_type}", "")]
    for name, about in examples:
        parts += [(f"\n  {name}", ""), (about, "$text-muted")]


def _lines(
    examples: Sequence[Example], titles: Mapping[int, str], room: int
) -> list[tuple[str, str]]:
    """Each name, and of what type it is in which document."""
    found = []
    for one in examples:
        name = safe.clip(safe.line(one.surface), _NAME)
        types = " → ".join(_type(type) for type in (one.was, one.type) if type)
        title = titles.get(one.document, f"document {one.document}")
        about = safe.line(f" · {types} · {title}")
        left = max(1, room - safe.width(name) - 2)
        found.append((name, safe.clip(about, left)))
    return found


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"


def _by_words(counts: Counter[str]) -> Counter[str]:
    return Counter({_type(type): count for type, count in counts.items()})


def _type(type: str) -> str:
    return TYPE_WORDS.get(type, type.lower())
