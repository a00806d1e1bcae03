"""Colours: two themes of our own, the colours of tags and entity types, NO_COLOR.

The eight tag colours differ in lightness as well as in hue, so that they stay apart
also for those who see red and green, or blue and yellow, alike, and in greys; those
whose numbers follow each other are the farthest apart, since new branches get them
in turn. Every one of them can be read as text on the background, the surface and
the panels of both themes (4.5 to 1 or better). A test computes all of it. No colour
carries meaning alone: a tag shows its marker and name, an annotation is underlined,
an entity underlined otherwise. Their names are in ``store.tag_colours``.

Other themes may be used: ``variables`` gives them the same names, so that styles
can rely on ``$tag-0`` to ``$tag-7``, ``$entity-per`` and so on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from textual.theme import Theme

from store.model import ENTITY_TYPES

if TYPE_CHECKING:
    from textual.app import App

DARK, LIGHT = "postilla-dark", "postilla-light"

_TAGS_DARK = (
    *("#568bfa", "#8edde3", "#f6644d", "#c6fecd"),
    *("#b0aafa", "#d985a7", "#f6e841", "#eeb67b"),
)
_TAGS_LIGHT = (
    *("#121f7c", "#1a6370", "#490002", "#35532e"),
    *("#8914e1", "#750f56", "#6a6a2f", "#572b00"),
)
_ENTITIES_DARK = {
    "PER": "#91c3f6",
    "ORG": "#e3b47d",
    "LOC": "#99ce9a",
    "PRODUCT": "#72d0d0",
    "EVENT": "#eba6c6",
    "WORK": "#c6b1f0",
    "QUOTE": "#f2a7a1",
}
_ENTITIES_LIGHT = {
    "PER": "#2d5b88",
    "ORG": "#784e14",
    "LOC": "#356537",
    "PRODUCT": "#026565",
    "EVENT": "#7d415f",
    "WORK": "#604b83",
    "QUOTE": "#83423e",
}
_LITERAL_DARK, _LITERAL_LIGHT = "#bec0aa", "#595a46"


def tag_colour(index: int, *, dark: bool = True) -> str:
    """The colour of a tag, ``#rrggbb``, by its index in the palette (any integer)."""
    colours = _TAGS_DARK if dark else _TAGS_LIGHT
    return colours[index % len(colours)]


def entity_colour(type_: str, *, dark: bool = True) -> str:
    """The colour of a type of entity, ``#rrggbb``; dates and sums share one."""
    names = _ENTITIES_DARK if dark else _ENTITIES_LIGHT
    return names.get(type_, _LITERAL_DARK if dark else _LITERAL_LIGHT)


def variables(*, dark: bool) -> dict[str, str]:
    """Our names for use in styles, and their colours on a dark or a light ground.

    ``tag-0`` to ``tag-7``, ``entity-per`` and so on, and ``match`` and ``selected``
    with ``-background`` and ``-foreground``. To be returned by
    ``App.get_theme_variable_defaults`` for themes of others.
    """
    tags = {f"tag-{n}": tag_colour(n, dark=dark) for n in range(8)}
    entities = {
        f"entity-{kind.lower()}": entity_colour(kind, dark=dark)
        for kind in ENTITY_TYPES
    }
    grounds = {
        "match-background": "#5a4a00" if dark else "#ffe58a",
        "match-foreground": "#ffffff" if dark else "#000000",
        "selected-background": "#1f4e79" if dark else "#b9d6f2",
        "selected-foreground": "#ffffff" if dark else "#000000",
    }
    return {**tags, **entities, **grounds}


def themes() -> tuple[Theme, Theme]:
    """Our dark and our light theme, to be registered with the application."""
    return _dark(), _light()


def _dark() -> Theme:
    return Theme(
        name=DARK,
        primary="#5aa9e6",
        secondary="#8fb8de",
        accent="#ffb75e",
        warning="#ffd166",
        error="#ff8a80",
        success="#8bd88f",
        foreground="#e4e6e9",
        background="#13161a",
        surface="#1a1e24",
        panel="#22272e",
        dark=True,
        variables={
            **variables(dark=True),
            "footer-key-foreground": "#ffb75e",
            "block-cursor-background": "#5aa9e6",
            "block-cursor-foreground": "#0b0d10",
            "border-blurred": "#414b58",
            "text-success": "#8bd88f",
            "text-error": "#ff8a80",
        },
    )


def _light() -> Theme:
    return Theme(
        name=LIGHT,
        primary="#0b5394",
        secondary="#35618e",
        accent="#8a4b00",
        warning="#7a5300",
        error="#a4161a",
        success="#1f6b2c",
        foreground="#1d1f21",
        background="#fbfaf7",
        surface="#f4f2ed",
        panel="#ebe8e0",
        dark=False,
        variables={
            **variables(dark=False),
            "footer-key-foreground": "#8a4b00",
            "block-cursor-background": "#0b5394",
            "block-cursor-foreground": "#ffffff",
            "border-blurred": "#b4ad9d",
            "text-success": "#1f6b2c",
            "text-error": "#a4161a",
        },
    )


def without_colour(environ: Mapping[str, str]) -> bool:
    """Whether no colour is asked for: ``NO_COLOR`` is set, as Textual reads it."""
    return "NO_COLOR" in environ


def choose(
    wanted: str | None, environ: Mapping[str, str], available: Collection[str]
) -> str:
    """The theme to use, given the configuration's and the environment.

    ``auto`` or nothing follows the terminal's background where ``COLORFGBG`` tells
    it, else dark. Under ``NO_COLOR`` a theme of ours is used whatever was wanted:
    Textual turns colours to greys there, and themes made of the terminal's own
    sixteen colours become black on black. An unknown name falls back to ``auto``.
    """
    if wanted in available and wanted is not None and not without_colour(environ):
        return wanted
    if without_colour(environ) and wanted in (DARK, LIGHT):
        return wanted
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if background in ("7", "15") else DARK


def register(app: App[Any]) -> None:
    """Make our themes known to the application."""
    for theme in themes():
        app.register_theme(theme)


def usable(
    app: App[Any], wanted: str | None, environ: Mapping[str, str] | None = None
) -> str:
    """The theme ``app`` can use when ``wanted`` is asked for; see ``choose``.

    Without ``environ`` only what the application itself found out is known, which
    is whether ``NO_COLOR`` was set.
    """
    known = dict(environ or {})
    if app.no_color:
        known["NO_COLOR"] = "1"
    return choose(wanted, known, app.available_themes)
