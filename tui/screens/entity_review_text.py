"""The review of names in words: what is asked, why, and what each key would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from store import safe
from store.model import NAME_TYPES, Entity
from store.review import Kind
from store.review_cards import Card, Passage
from tui.screens.annotation_text import around
from tui.screens.entity_text import TYPE_WORDS
from tui.widgets.plain import joined

ASKED: dict[Kind, str] = {
    "one": "Are these one?",
    "types": "What is this?",
    "doubt": "Is this a name?",
}

KIND_WORDS: dict[Kind, str] = {
    "one": "names that may be one",
    "types": "names with more than one type",
    "doubt": "names that may be none",
}

PLACES: dict[Kind | None, str] = {
    None: "review",
    "one": "review-one",
    "types": "review-types",
    "doubt": "review-doubt",
}
"""The footer of each kind of question."""

_TYPE_KEYS = tuple(f"review.{kind.lower()}" for kind in NAME_TYPES)
_KEY = "bold $footer-key-foreground"
_NAME_CELLS = 28
_LONGEST = 120
"""Cells of a name on the card, so that the answers to it stay in sight."""
_MOST_FORMS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """Some keys and what they do with this question."""

    actions: tuple[str, ...]
    words: str
    each: tuple[str, ...] = ()
    """Where every key does something else: a word for each, after ``words``."""
    decides: bool = True
    """Whether it takes a decision; what only moves is told where there is room."""


def title(kind: Kind, count: tuple[int, int], later: int) -> str:
    """What is asked, which question it is of how many, how many were put off."""
    number, total = count
    parts = [ASKED[kind], f"{number:,} of {total:,}"]
    if later:
        parts.append(f"{later:,} for later")
    return " · ".join(parts)


def only(kind: Kind | None, key: str) -> str:
    """Which questions are asked, where it is not all, and the key for the others."""
    return f"only {KIND_WORDS[kind]} · {key} others" if kind else ""


def reason(card: Card) -> Content:
    """Why it is asked, in a sentence or two."""
    question = card.question
    if question.kind == "one":
        why = question.reason
    elif question.kind == "doubt":
        percent = round(100 * question.sure)
        why = f"Nowhere is it sure that this is a name: {percent} % at best."
    else:
        taken = _and([_taken(side.entity) for side in card.sides])
        name = safe.line(card.sides[0].entity.name, _LONGEST)
        why = f"“{name}” was taken for {taken}."
    return joined((why, ""))


def head(card: Card, at: int, first: int) -> Content:
    """A name of the question, what would become of it, how often it stands."""
    entity = card.sides[at].entity
    kind = TYPE_WORDS.get(entity.type, entity.type)
    style = f"$entity-{entity.type.lower()}" if entity.type in NAME_TYPES else ""
    parts: list[tuple[object, str]] = []
    if card.question.kind != "types" or entity.name != card.sides[0].entity.name:
        parts.append((safe.line(entity.name, _LONGEST), "bold"))
        if card.question.kind == "one":
            role = "this name stays" if at == first else "becomes another spelling"
            parts.append((f"  {role}", "$text-muted"))
        parts.append(("\n", ""))
    parts += [(kind, f"bold {style}"), (f" · {_counts(entity)}", "$text-muted")]
    if entity.aliases:
        some = entity.aliases[:_MOST_FORMS]
        shown = ", ".join(safe.line(one, _LONGEST) for one in some)
        more = len(entity.aliases) - _MOST_FORMS
        shown += f" and {more:,} more" if more > 0 else ""
        parts.append((f" · also {shown}", "$text-muted"))
    return joined(*parts)


def passage(one: Passage, room: int) -> Content:
    """A passage with the name standing out, ``room`` code points around it."""
    text = one.before + one.surface + one.after
    at, end = len(one.before), len(one.before) + len(one.surface)
    before, after = around(text, at, end, room)
    name = safe.line(" ".join(one.surface.split()), _LONGEST)
    date = f", {one.published[:10]}" if one.published else ""
    where = f"— {safe.line(one.title, 44)}{date}"
    return joined(
        (before, ""),
        (name, "bold underline"),
        (after, ""),
        (f"  {where}", "$text-muted"),
    )


def answers(
    card: Card, first: int, beside: int, surface: str, *, may_split: bool
) -> list[Answer]:
    """What every key would do with this question, most useful first."""
    question = card.question
    name = safe.line(card.sides[first].entity.name, _NAME_CELLS)
    form = safe.line(" ".join(surface.split()), _NAME_CELLS)
    word = TYPE_WORDS[card.sides[first].entity.type]
    kinds = tuple(TYPE_WORDS.values())
    found: list[Answer] = []
    yes, no = ("review.yes",), ("review.no",)
    if question.kind == "one":
        found += [
            Answer(yes, f"one: {name} stays"),
            Answer(no, "two: keep them apart"),
            Answer(("review.swap",), "let the other name stay"),
            Answer(_TYPE_KEYS, "one:", kinds),
        ]
        if beside > 1:
            everyone = f"one, with all {beside:,} that may be {name}"
            found.append(Answer(("review.all",), everyone))
    elif question.kind == "types":
        found += [
            Answer(yes, f"everywhere {_a(word)}"),
            Answer(_TYPE_KEYS, "everywhere:", kinds),
            Answer(no, "each is right: they are different"),
        ]
    else:
        found += [
            Answer(yes, f"a name, and {_a(word)}"),
            Answer(_TYPE_KEYS, "a name:", kinds),
            Answer(no, "no name, here and later"),
        ]
    found.append(Answer(("review.form",), f"“{form}” is no name, wherever it stands"))
    if may_split:
        found.append(Answer(("review.split",), f"“{form}” is somebody else: split"))
    found.append(Answer(("review.here",), "no name in the marked passage only"))
    found.append(Answer(("review.rename",), f"rename {name}"))
    return [*found, *_MOVES]


_MOVES = (
    Answer(("review.later",), "decide later", decides=False),
    Answer(("review.before",), "the question before", decides=False),
    Answer(("review.undo",), "undo, and ask that again", decides=False),
    Answer(("review.narrow",), "ask only one kind of question", decides=False),
    Answer(("review.down", "review.up"), "mark another passage", decides=False),
    Answer(("review.open",), "read the passage in its document", decides=False),
)


def legend(
    found: Sequence[Answer], keys: Mapping[str, str], *, is_column: bool
) -> Content:
    """The answers with their keys: one a line, or one after the other and then only
    those that decide."""
    parts: list[tuple[object, str]] = []
    was_deciding = True
    for one in found:
        shown = [key for id in one.actions if (key := keys.get(id))]
        if not shown or not (is_column or one.decides):
            continue
        if parts:
            gap = "\n" if one.decides == was_deciding else "\n\n"
            parts.append((gap if is_column else " · ", "$text-muted"))
        was_deciding = one.decides
        if one.each:
            parts.append((one.words, ""))
            for id, word in zip(one.actions, one.each, strict=True):
                if id in keys:
                    parts += [(f" {keys[id]}", _KEY), (f" {word}", "")]
        else:
            parts += [(" ".join(shown), _KEY), (f" {one.words}", "")]
    return joined(*parts)


def _taken(entity: Entity) -> str:
    return f"{_a(TYPE_WORDS.get(entity.type, entity.type))} ({entity.mentions:,} ×)"


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _and(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _counts(entity: Entity) -> str:
    documents = (
        "1 document" if entity.documents == 1 else f"{entity.documents:,} documents"
    )
    return f"{entity.mentions:,} × in {documents}"
