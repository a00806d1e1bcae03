"""The reader's looks in the words of the style sheet, one component a look.

Themes give the colours of tags and of types of entities. In themes that keep the
terminal's own sixteen colours an annotation has one of these instead of a ground.
"""

from __future__ import annotations

from tui.widgets.reader_paint import ENTITY_STYLES, TAG_STYLES

_ANSI = ("blue", "yellow", "red", "green", "magenta", "cyan")
"""For the tags in turn."""

_UNTAGGED = "annotation"

COMPONENTS = frozenset(
    f"reader--{name}"
    for name in (
        *("title", "head", "gutter", "hit", "hit-current", "selection", "cursor"),
        *("entity", *ENTITY_STYLES),
        *(f"{name}{end}" for name in (_UNTAGGED, *TAG_STYLES) for end in ("", "-deep")),
        *(f"gutter-{name}" for name in TAG_STYLES),
    )
)


def _annotation(name: str, colour: str, ansi: str) -> str:
    return f"""
    & > .reader--{name} {{ background: {colour} 24%; }}
    & > .reader--{name}-deep {{ background: {colour} 40%; text-style: bold; }}
    &:ansi > .reader--{name} {{
        background: ansi_default; color: ansi_{ansi}; text-style: italic;
    }}
    &:ansi > .reader--{name}-deep {{
        background: ansi_default; color: ansi_{ansi}; text-style: bold italic;
    }}
    """


def _tag(number: int) -> str:
    name, ansi = TAG_STYLES[number], _ANSI[number % len(_ANSI)]
    return f"""
    {_annotation(name, f"${name}", ansi)}
    & > .reader--gutter-{name} {{ color: ${name}; text-style: bold; }}
    &:ansi > .reader--gutter-{name} {{ color: ansi_{ansi}; text-style: bold; }}
    """


def _entity(name: str) -> str:
    style = {"work": "underline italic", "quote": "italic"}.get(name, "underline")
    colour = "" if name == "quote" else f"color: $entity-{name};"
    return f"& > .reader--{name} {{ {colour} text-style: {style}; }}"


STYLES = f"""
Reader {{
    width: 1fr;
    height: 1fr;
    overflow-x: hidden;
    overflow-y: auto;
    scrollbar-gutter: stable;
    scrollbar-size-vertical: 1;
    background: $background;
    color: $foreground;

    & > .reader--title {{ text-style: bold; }}
    & > .reader--head {{ color: $secondary; }}
    & > .reader--gutter {{ color: $accent; text-style: bold; }}
    {_annotation(_UNTAGGED, "$primary", "bright_blue")}
    {"".join(_tag(number) for number in range(len(TAG_STYLES)))}
    & > .reader--entity {{ text-style: underline; }}
    {"".join(map(_entity, ENTITY_STYLES))}
    & > .reader--hit {{ color: $warning; text-style: bold reverse; }}
    & > .reader--hit-current {{ color: $error; text-style: bold reverse uu; }}
    & > .reader--selection {{ color: $foreground; text-style: reverse; }}
    & > .reader--cursor {{ color: $accent; text-style: bold; }}
}}
"""
