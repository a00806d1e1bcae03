"""Colours can be read, tags told apart, and NO_COLOR is heeded."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import dist

import pytest
from textual.app import App
from textual.color import Color, rgb_to_lab
from textual.theme import BUILTIN_THEMES

from store import tag_colours
from store.codebook import COLOURS
from store.model import ENTITY_TYPES
from tui.themes import (
    DARK,
    LIGHT,
    choose,
    entity_colour,
    register,
    tag_colour,
    themes,
    usable,
    variables,
    without_colour,
)

GROUNDS = ("background", "surface", "panel")
TEXTS = (
    "foreground",
    "primary",
    "accent",
    "warning",
    "error",
    "success",
    "footer-key-foreground",
    "text-success",
    "text-error",
    *(f"tag-{n}" for n in range(8)),
    *(f"entity-{kind.lower()}" for kind in ENTITY_TYPES),
)
PAIRS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("match-foreground", "match-background"),
    ("selected-foreground", "selected-background"),
)


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.r / 255, colour.g / 255, colour.b / 255)
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it, 1 to 21."""
    dark, light = sorted(luminance(Color.parse(each)) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_everything_can_be_read(theme: object) -> None:
    """4.5 to 1 or better, on every ground a text may have."""
    app: App[None] = App()
    register(app)
    app.theme = theme.name  # type: ignore[attr-defined]
    colours = app.get_css_variables()
    for ground in GROUNDS:
        for text in TEXTS:
            ratio = contrast(colours[text], colours[ground])
            assert ratio >= 4.5, (text, ground, ratio)
    for text, ground in PAIRS:
        assert contrast(colours[text], colours[ground]) >= 4.5, text


Vector = tuple[float, float, float]

# How colours look to those who lack one kind of cone (Machado and others, 2009),
# for linear red, green and blue.
SIGHT: dict[str, tuple[Vector, Vector, Vector]] = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def times(matrix: tuple[Vector, Vector, Vector], vector: Vector) -> Vector:
    """A matrix times a vector."""
    a, b, c = (sum(x * y for x, y in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def linear(value: int) -> float:
    """A channel as light."""
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def perceived(colour: str, sight: str) -> Vector:
    """A colour as OKLab, in which distances are as the eye has them."""
    one = Color.parse(colour)
    light = times(SIGHT[sight], (linear(one.r), linear(one.g), linear(one.b)))
    red, green, blue = (min(1.0, max(0.0, part)) for part in light)
    cones = times(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        ),
        (red, green, blue),
    )
    long, mid, short = (part ** (1 / 3) for part in cones)
    return times(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        ),
        (long, mid, short),
    )


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("dark", [True, False])
def test_tags_are_told_apart_by_every_eye(dark: bool, sight: str) -> None:
    """0.02 is a difference that is just seen; neighbours have far more."""
    seen = [perceived(tag_colour(n, dark=dark), sight) for n in range(8)]
    for one, other in combinations(range(8), 2):
        apart = dist(seen[one], seen[other])
        assert apart >= (0.10 if dark else 0.065), (one, other, apart)
        if (other - one) in (1, 7):  # the last is followed by the first
            assert apart >= (0.105 if dark else 0.14), (one, other, apart)


def test_the_eight_have_a_name_each() -> None:
    """The screen and the files count the same colours."""
    assert len(set(tag_colours.NAMES)) == len(set(tag_colours.RGB)) == 8
    assert COLOURS == 8


@pytest.mark.parametrize("dark", [True, False])
def test_tags_differ_in_lightness_too(dark: bool) -> None:
    """All eight, and neighbours so much that greys suffice."""
    colours = [tag_colour(n, dark=dark) for n in range(8)]
    assert len(set(colours)) == 8
    light = [rgb_to_lab(Color.parse(colour)).L for colour in colours]
    assert all(abs(a - b) >= 7 for a, b in pairwise(light))
    assert all(b - a >= 1.5 for a, b in pairwise(sorted(light)))


def test_every_index_and_type_has_a_colour() -> None:
    """Also those of a library made elsewhere."""
    assert tag_colour(8) == tag_colour(0) and tag_colour(-1) == tag_colour(7)
    for kind in (*ENTITY_TYPES, "SOMETHING"):
        assert entity_colour(kind) != entity_colour(kind, dark=False)
    names = [entity_colour(kind) for kind in ("PER", "ORG", "LOC", "EVENT", "WORK")]
    assert len(set(names)) == 5


def test_other_themes_know_our_names() -> None:
    """The same variables, whatever the ground."""
    assert set(variables(dark=True)) == set(variables(dark=False))
    for theme in themes():
        assert set(variables(dark=theme.dark)) <= set(theme.variables)


def test_the_theme_follows_wish_and_terminal() -> None:
    """Ours by default; the terminal's background where it tells."""
    known = {*BUILTIN_THEMES, DARK, LIGHT}
    assert choose("nord", {}, known) == "nord"
    assert choose(None, {}, known) == DARK
    assert choose("auto", {"COLORFGBG": "0;15"}, known) == LIGHT
    assert choose("auto", {"COLORFGBG": "15;0"}, known) == DARK
    assert choose("no such theme", {}, known) == DARK


def test_no_color_never_uses_the_terminals_sixteen() -> None:
    """They would become black on black."""
    known = {*BUILTIN_THEMES, DARK, LIGHT}
    no_color = {"NO_COLOR": "1"}
    assert choose("ansi-dark", no_color, known) == DARK
    assert choose(LIGHT, no_color, known) == LIGHT
    assert without_colour(no_color) and not without_colour({})


def test_the_application_gets_a_theme_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the configuration says, and whatever the environment forbids."""
    app: App[None] = App()
    register(app)
    assert usable(app, "nord") == "nord"
    assert usable(app, "none such") == DARK
    assert usable(app, "auto", {"COLORFGBG": "0;15"}) == LIGHT
    monkeypatch.setenv("NO_COLOR", "1")
    grey: App[None] = App()
    register(grey)
    assert usable(grey, "ansi-dark") == DARK
