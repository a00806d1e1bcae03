"""The reader on the screen: marks that need no colour, nothing that acts."""

from __future__ import annotations

import unicodedata

import pytest
from reader_desk import HEAD, LEFT, LONG, TEXT, desk, lines, named, segments, worn
from rich.style import Style
from textual.color import Color
from waiting import settled

from tui.widgets.reader import Span
from tui.widgets.reader_paint import readable


async def test_head_and_text_stand_on_the_page() -> None:
    async with desk(head=HEAD) as (reader, _):
        assert lines(reader)[:5] == [
            " " * LEFT + "A harbour waits",
            " " * LEFT + "Daily · 2026-01-30 · 40 words",
            "",
            " " * LEFT + TEXT[:69],
            " " * LEFT + "why, and the ministry would not answer.",
        ]


async def test_narrow_text_stands_in_the_middle_when_wished() -> None:
    async with desk("Short.", size=(100, 10)) as (reader, pilot):
        left = lines(reader)[0].index("Short")
        reader.centred = True
        await pilot.pause()
        assert lines(reader)[0].index("Short") > left
        reader.text_width = None
        await pilot.pause()
        assert lines(reader)[0].index("Short") == left


async def test_entities_are_underlined_and_annotations_numbered() -> None:
    async with desk() as (reader, pilot):
        reader.set_layer("entity", named(TEXT, ("Monday", "DATE"), ("Ana Reis", "PER")))
        reader.set_layer("annotation", named(TEXT, ("“We waited", "")))
        await pilot.press("end")
        assert worn(reader, "underline") == "MondayAna Reis"
        assert lines(reader)[3].startswith("  1│ “We waited")
        assert lines(reader)[0].startswith("     The")


async def test_overlapping_annotations_show_without_colour() -> None:
    async with desk("some words overlap here") as (reader, pilot):
        reader.set_layer("annotation", [Span(0, 18, 1, "", 1), Span(11, 23, 2, "", 2)])
        await pilot.pause()
        bold = worn(reader, "bold")
        assert "overlap" in bold
        assert "words" not in bold
        assert "here" not in bold
        assert lines(reader)[0].startswith("1,2║ some")


async def test_annotations_of_one_colour_can_be_followed_through_one_another() -> None:
    text = "one two three four five six"
    async with desk(text) as (reader, pilot):
        reader.set_layer(
            "annotation", [Span(0, 13, 1, "tag-1", 1), Span(8, 23, 2, "tag-1", 2)]
        )
        await pilot.press("end", "dollar_sign")
        assert worn(reader, "bold").removeprefix("1,2║").strip() == "three"
        assert worn(reader, "italic") == " four five"
        reader.set_layer(
            "annotation", [Span(0, 23, 1, "tag-1", 1), Span(8, 13, 2, "tag-1", 2)]
        )
        await pilot.pause()
        assert worn(reader, "bold").removeprefix("1,2║").strip() == "three"
        assert worn(reader, "italic") == ""
        reader.set_layer("annotation", [Span(0, 20, n, "tag-1", n) for n in (1, 2, 3)])
        await pilot.pause()
        assert worn(reader, "underline2") == text[:20]
        assert lines(reader)[0].startswith("1-3┃")


async def test_a_quotation_beside_an_annotation_can_be_told_from_it() -> None:
    async with desk("one two three four five six") as (reader, pilot):
        reader.set_layer("entity", [Span(0, 27, 1, "quote")])
        reader.set_layer("annotation", [Span(0, 13, 1, "", 1), Span(8, 23, 2, "", 2)])
        await pilot.press("end", "dollar_sign")
        assert worn(reader, "italic").startswith("one two three six")


async def test_an_annotation_has_the_ground_of_its_tag() -> None:
    async with desk("one two three four") as (reader, pilot):
        grounds = set()
        styles = ["", *(f"tag-{number}" for number in range(8))]
        for style in styles:
            reader.set_layer("annotation", [Span(4, 7, 1, style, 1)])
            await pilot.pause()
            (word,) = [s for s in segments(reader)[0] if s.text == "two"]
            (number,) = [s for s in segments(reader)[0] if s.text.strip() == "1"]
            assert word.style is not None and number.style is not None
            grounds.add((word.style.bgcolor, number.style.color))
        assert len(grounds) == len(styles)


async def test_hits_and_selection_are_told_apart_without_colour() -> None:
    async with desk("find the word here", cursor=17) as (reader, pilot):
        reader.set_layer("hit", [Span(9, 13, 0)])
        await pilot.pause()
        assert "word" in worn(reader, "bold")
        assert "word" in worn(reader, "reverse")
        reader.goto(0, select=(0, 4))
        await pilot.pause()
        assert "ind" in worn(reader, "reverse")
        assert "ind" not in worn(reader, "bold")


async def test_only_the_rows_touched_are_painted_again() -> None:
    async with desk(LONG, size=(60, 30)) as (reader, pilot):
        painted: list[int] = []
        original = reader.render_line

        def counted(y: int):  # type: ignore[no-untyped-def]
            painted.append(y)
            return original(y)

        reader.render_line = counted  # type: ignore[method-assign]
        await pilot.press("down")
        await settled(pilot, lambda: bool(painted))
        assert sorted(set(painted)) == [0, 1]


HOSTILE = (
    "".join(
        chr(code)
        for block in (range(0, 0x20), range(0x7F, 0xA1), range(0x2000, 0x2070))
        for code in block
    )
    + "\ufeff\U000e0041a\u202e]52;c;aGk=\x07\x1b]0;title\x07🇮🇹👍🏽❤\ufe0f\u0600 end"
)


async def test_nothing_that_acts_reaches_the_screen() -> None:
    async with desk(HOSTILE * 3, head=(HOSTILE, HOSTILE)) as (reader, pilot):
        await pilot.press("v", "w", "v")
        for line in segments(reader):
            for segment in line:
                for sign in segment.text:
                    assert unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl")
            assert sum(segment.cell_length for segment in line) == reader.size.width


async def test_every_theme_can_paint_it() -> None:
    async with desk(head=HEAD) as (reader, pilot):
        reader.set_layer("entity", named(TEXT, ("Monday", "DATE"), ("Ana Reis", "PER")))
        reader.set_layer("annotation", [Span(0, 20, 1, "", 1), Span(10, 30, 2, "", 2)])
        reader.set_layer("hit", [Span(60, 70, 0, "current")])
        for theme in list(reader.app.available_themes):
            reader.app.theme = theme
            await pilot.pause()
            assert "Monday" in worn(reader, "underline")
            assert lines(reader)[3].startswith("1,2║ The")


@pytest.mark.parametrize("colour", ["#204080", "#ffffff", "#808080"])
@pytest.mark.parametrize("ground", ["#101010", "#f8f8f8", "#7a7a7a", "#305080"])
def test_no_colour_vanishes_in_its_background(colour: str, ground: str) -> None:
    page = Style(color="#909090", bgcolor=ground)
    style = readable(page + Style(color=colour, underline=True), page)
    assert style.color is not None
    assert style.underline
    text, back = Color.from_rich_color(style.color), Color.parse(ground)
    assert abs(text.brightness - back.brightness) > 0.2


def test_colours_of_the_terminal_are_left_to_it() -> None:
    style = Style(color="red", bgcolor="default")
    assert readable(style, Style(color="default", bgcolor="default")) == style
