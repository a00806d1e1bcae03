"""Rows of the reader as strips of styled cells.

No meaning rests on colour alone: an entity is underlined, a hit bold and reversed,
what is selected reversed, the cursor reversed against what is around it, and an
annotation has its number in the gutter; where annotations overlap the text is bold.

Every segment carries a whole style, blanks too: a widget that paints its own lines
is not filled with its background by Textual.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from store import safe
from tui.text import cells
from tui.text.layers import PLAIN, Look, Run, Span
from tui.text.wrap import Row

ENTITY_STYLES = (
    "per",
    "org",
    "loc",
    "product",
    "event",
    "work",
    "date",
    "money",
    "percent",
    "quantity",
    "quote",
)
"""Entity types that have a component class of their own."""

_QUIET_CURSOR = Style(bold=True, underline=True)
_HIGHEST_NUMBER = 99
_BLACK, _WHITE = Color(0, 0, 0), Color(255, 255, 255)
_READABLE = 4.5
"""The least contrast of text that WCAG asks for."""


class Palette:
    """The style of every look, worked out once for a theme and focus."""

    def __init__(
        self, base: Style, named: Callable[[str], Style], *, focused: bool
    ) -> None:
        """``named`` gives a component's own style, without its surroundings'."""
        self.base = base
        self._named = named
        self._focused = focused
        self._looks: dict[Look, Style] = {PLAIN: base}

    def part(self, name: str) -> Style:
        """The whole style of a part of the page: title, head, gutter."""
        return readable(self.base + self._named(name), self.base)

    def look(self, look: Look) -> Style:
        """The whole style of a piece of text."""
        style = self._looks.get(look)
        if style is None:
            style = self._looks[look] = self._mixed(look)
        return style

    def _mixed(self, look: Look) -> Style:
        style = self.base
        if look.annotations:
            deep = look.annotations > 1
            style += self._named("annotation-deep" if deep else "annotation")
        if look.entity is not None:
            kind = look.entity.lower()
            style += self._named(kind if kind in ENTITY_STYLES else "entity")
        if look.hit is not None:
            style += self._named("hit-current" if look.hit == "current" else "hit")
        if look.selected:
            style += self._named("selection")
        if look.cursor:
            style += self._cursor(reversed_already=bool(style.reverse))
        return readable(style, self.base)

    def _cursor(self, *, reversed_already: bool) -> Style:
        if not self._focused:
            return _QUIET_CURSOR
        return self._named("cursor") + Style(reverse=not reversed_already)


def readable(style: Style, base: Style) -> Style:
    """``style`` with its colour drawn towards that of ``base`` until it can be read.

    Themes choose their colours for their own background; over an annotation's some
    would vanish. Colours that the terminal chooses are left alone.
    """
    colour, ground, towards = style.color, style.bgcolor, base.color
    if colour is None or ground is None or towards is None:
        return style
    if colour.is_system_defined or ground.is_system_defined:
        return style
    text, page = Color.from_rich_color(colour), Color.from_rich_color(ground)
    goal = Color.from_rich_color(towards)
    extreme = max(_BLACK, _WHITE, key=lambda colour: _contrast(colour, page))
    candidates = [text.blend(goal, share) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    candidates += [goal.blend(extreme, share) for share in (0.25, 0.5, 0.75, 1.0)]
    mixed = next((c for c in candidates if _contrast(c, page) >= _READABLE), extreme)
    return style if mixed == text else style + Style(color=mixed.rich_color)


def _contrast(one: Color, other: Color) -> float:
    """How far apart two colours are in lightness, 1 to 21, as WCAG counts it."""
    low, high = sorted((_lightness(one), _lightness(other)))
    return (high + 0.05) / (low + 0.05)


def _lightness(colour: Color) -> float:
    parts = (part / 255 for part in colour.rgb)
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def row_segments(
    text: str,
    row: Row,
    pieces: Sequence[Run],
    tail: Look,
    palette: Palette,
) -> list[Segment]:
    """The signs of a text row; ``tail`` is the look of the cell behind them."""
    if safe.is_ordinary(text, row.start, row.end):
        segments = [
            Segment(text[a:b].replace("\u00a0", " "), palette.look(look))
            for a, b, look in pieces
            if a < b
        ]
    else:
        segments = _odd_segments(text, row, pieces, palette)
    if tail != PLAIN:
        segments.append(Segment(" ", palette.look(tail)))
    return segments


def _odd_segments(
    text: str, row: Row, pieces: Sequence[Run], palette: Palette
) -> list[Segment]:
    """Signs of any width: each wears the look of the piece it begins in."""
    index, worn = 0, []
    for glyph in cells.glyphs(text, row.start, row.end):
        while pieces[index].end <= glyph.start:
            index += 1
        worn.append((pieces[index].look, glyph.shown))
    return [
        Segment("".join(shown for _, shown in group), palette.look(look))
        for look, group in groupby(worn, key=lambda pair: pair[0])
    ]


def gutter_mark(spans: Sequence[Span]) -> str:
    """What stands in front of a row: a number, ``+`` for several, a bar for none."""
    if not spans:
        return ""
    if len({span.ref for span in spans}) > 1:
        return "+"
    number = spans[0].number
    if number is None:
        return "▌"
    return str(number) if 0 < number <= _HIGHEST_NUMBER else "+"


def gutter_text(mark: str, cells_wide: int) -> str:
    """The mark in the gutter, one blank before the text."""
    if len(mark) >= cells_wide:
        mark = "+"
    return (
        mark.rjust(cells_wide - 1) + " " if len(mark) > 1 else f"{mark:^{cells_wide}}"
    )
