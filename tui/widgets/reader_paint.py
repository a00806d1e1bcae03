"""Rows of the reader as strips of styled cells.

No meaning rests on colour alone: an entity is underlined, a hit bold and reversed,
what is selected reversed, the cursor reversed against what is around it, and an
annotation has its number and a line in the gutter. Annotations have the colour of
their tag; where two overlap the text is bold in the colour of the smaller one, where
more do it is underlined twice too, and what began beside another and stands alone is
slanted, so that one can be followed through the other even if both have one colour.

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
from tui.text.looks import PLAIN, Look, Run
from tui.text.margin import Margin, fitted
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

TAG_STYLES = tuple(f"tag-{number}" for number in range(8))
"""The styles of annotations; one without a tag has none of these."""

_QUIET_CURSOR = Style(bold=True, underline=True)
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
        self._parts: dict[str, Style] = {}

    def part(self, name: str) -> Style:
        """The whole style of a part of the page: title, head, gutter."""
        style = self._parts.get(name)
        if style is None:
            style = readable(self.base + self._named(name), self.base)
            self._parts[name] = style
        return style

    def gutter(self, tag: str) -> Style:
        """The whole style of what stands beside a row, in the colour of a tag."""
        return self.part(f"gutter-{tag}" if tag in TAG_STYLES else "gutter")

    def look(self, look: Look) -> Style:
        """The whole style of a piece of text."""
        style = self._looks.get(look)
        if style is None:
            style = self._looks[look] = self._mixed(look)
        return style

    def _mixed(self, look: Look) -> Style:
        style = self.base
        if look.annotations:
            name = look.tag if look.tag in TAG_STYLES else "annotation"
            style += self._named(f"{name}-deep" if look.annotations > 1 else name)
        if look.annotations > 2:
            style += Style(underline2=True)
        if look.entity is not None:
            kind = look.entity.lower()
            style += self._named(kind if kind in ENTITY_STYLES else "entity")
        if look.second:
            # What is slanted already, a quotation, stands upright there.
            style += Style(italic=not style.italic)
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


def gutter_segments(margin: Margin, cells_wide: int, palette: Palette) -> list[Segment]:
    """What stands in front of a row: numbers, line, a blank."""
    if not margin.line:
        return [Segment(" " * cells_wide, palette.base)]
    numbers, line = fitted(margin, cells_wide)
    blank = " " * (cells_wide - len(numbers) - len(line))
    return [
        Segment(numbers, palette.gutter(margin.first)),
        Segment(line, palette.gutter(margin.top)),
        Segment(blank, palette.base),
    ]
