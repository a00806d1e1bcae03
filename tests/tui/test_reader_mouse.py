"""The reader by mouse: what is under the pointer is what is meant."""

from __future__ import annotations

from reader_desk import LEFT, LONG, TEXT, desk, drag, named, said
from textual.events import MouseMove, MouseScrollDown
from textual.geometry import Offset
from waiting import settled

from tui.widgets.reader import Reader, Span


async def test_dragging_over_wide_signs_takes_what_is_under_the_pointer() -> None:
    text = "日本語の記事です。\nplain"
    async with desk(text) as (reader, pilot):
        await drag(pilot, (LEFT + 2, 0), (LEFT + 7, 0))
        assert reader.selected_text == "本語の"
        await drag(pilot, (LEFT + 3, 0), (LEFT + 6, 0))
        assert reader.selected_text == "本語の"
        await drag(pilot, (LEFT + 7, 0), (LEFT + 2, 0))
        assert reader.selected_text == "本語の"
        await drag(pilot, (LEFT + 16, 0), (LEFT + 2, 1))
        assert reader.selected_text == "。\npla"


async def test_dragging_over_joined_signs_and_tabs() -> None:
    text = "a👩\u200d👩\u200d👧b\tc e\u0301f"
    async with desk(text) as (reader, pilot):
        await drag(pilot, (LEFT + 2, 0), (LEFT + 3, 0))
        assert reader.selected_text == "👩\u200d👩\u200d👧b"
        await drag(pilot, (LEFT + 5, 0), (LEFT + 8, 0))
        assert reader.selected_text == "\tc"
        await drag(pilot, (LEFT + 10, 0), (LEFT + 11, 0))
        assert reader.selected_text == "e\u0301f"


async def test_a_double_press_takes_the_word_and_drags_by_words() -> None:
    async with desk("one two-fold three four") as (reader, pilot):
        await pilot.double_click(offset=(LEFT + 6, 0))
        assert reader.selected_text == "two-fold"
        await pilot.click(offset=(LEFT + 20, 0))
        assert reader.selected is None
        await pilot.click(offset=(LEFT + 6, 0))
        await drag(pilot, (LEFT + 6, 0), (LEFT + 15, 0))
        assert reader.selected_text == "two-fold three"
        assert reader.unit == "word"


async def test_a_triple_press_takes_the_paragraph() -> None:
    async with desk() as (reader, pilot):
        await pilot.triple_click(offset=(LEFT + 6, 3))
        assert reader.selected_text == TEXT.split("\n")[2]


async def test_a_double_press_drags_by_words_backwards_too() -> None:
    async with desk("one two-fold three four") as (reader, pilot):
        await pilot.click(offset=(LEFT + 15, 0))
        await drag(pilot, (LEFT + 15, 0), (LEFT + 6, 0))
        assert reader.selected_text == "two-fold three"


async def test_a_triple_press_drags_by_paragraphs() -> None:
    async with desk() as (reader, pilot):
        await pilot.click(offset=(LEFT + 6, 0))
        await pilot.click(offset=(LEFT + 6, 0))
        await drag(pilot, (LEFT + 6, 0), (LEFT + 2, 3))
        first, _, second, *_ = TEXT.split("\n")
        assert reader.selected_text == f"{first}\n\n{second}"
        assert reader.unit == "paragraph"


async def test_shift_and_click_extend_what_keys_selected() -> None:
    async with desk() as (reader, pilot):
        await pilot.press("w", *["shift+right"] * 3)
        await pilot.click(offset=(LEFT + 15, 0), shift=True)
        assert reader.selected_text == "harbour plan"


async def test_shift_and_click_extend() -> None:
    async with desk() as (reader, pilot):
        await pilot.click(offset=(LEFT + 4, 0))
        await pilot.click(offset=(LEFT + 10, 0), shift=True)
        assert reader.selected_text == "harbour"
        await pilot.click(offset=(LEFT + 15, 0), shift=True)
        assert reader.selected_text == "harbour plan"


async def test_dragging_beyond_the_edge_scrolls_and_goes_on_selecting() -> None:
    async with desk(LONG, size=(60, 10)) as (reader, pilot):
        await pilot.mouse_down(offset=(5, 4))
        reader._pointer += Offset(0, 40)
        for _ in range(3):
            reader._scroll_on()
        assert reader.top_offset > 0
        assert reader.selected is not None
        assert reader.selected[1] > LONG.index("Paragraph 60 ")
        await pilot.mouse_up(offset=(5, 4))
        assert reader.selected[1] > LONG.index("Paragraph 60 ")


async def test_dragging_above_the_edge_scrolls_back() -> None:
    async with desk(LONG, cursor=len(LONG), size=(60, 10)) as (reader, pilot):
        top = reader.top_offset
        await pilot.mouse_down(offset=(LEFT + 3, 4))
        reader._pointer += Offset(0, -20)
        for _ in range(3):
            reader._scroll_on()
        assert reader.top_offset < top
        assert reader.selected is not None
        assert reader.selected[0] <= reader.top_offset + LEFT
        await pilot.mouse_up(offset=(LEFT + 3, 4))


async def test_holding_the_pointer_beyond_the_edge_goes_on_by_itself() -> None:
    async with desk(LONG, size=(60, 10)) as (reader, pilot):
        await pilot.mouse_down(offset=(LEFT, 4))
        reader.on_mouse_move(MouseMove(reader, LEFT, 14, 0, 0, 1, False, False, False))
        assert reader._scrolling is not None
        await settled(pilot, lambda: reader.top_offset > 0)
        await pilot.mouse_up(offset=(LEFT, 4))
        assert reader._scrolling is None


async def test_the_wheel_scrolls_and_reading_goes_on_from_there() -> None:
    async with desk(LONG, size=(60, 10)) as (reader, pilot):
        for _ in range(8):
            reader.post_message(
                MouseScrollDown(reader, 5, 5, 0, 1, 0, False, False, False)
            )
        await pilot.pause()
        assert reader.top_offset == LONG.index("Paragraph 24 ")
        assert reader.cursor_offset == 0
        await pilot.press("down")
        assert reader.top_offset == LONG.index("Paragraph 24 ")
        assert reader.cursor_offset == LONG.index("Paragraph 25 ")


async def test_a_click_opens_the_annotation_or_else_the_entity() -> None:
    async with desk() as (reader, pilot):
        reader.set_layer("entity", named(TEXT, ("Monday", "DATE"), ("harbour", "ORG")))
        reader.set_layer("annotation", [Span(0, 11, 77, "", 1)])

        def opened() -> list[tuple[str, int]]:
            found = [m for m in said(reader) if isinstance(m, Reader.SpanOpened)]
            return [(m.kind, m.ref) for m in found]

        await pilot.click(offset=(LEFT + 5, 0))
        await settled(pilot, lambda: opened() == [("annotation", 77)])
        await pilot.click(offset=(LEFT + 34, 0))
        await settled(pilot, lambda: opened()[1:] == [("entity", 1)])
        await pilot.click(offset=(LEFT + 20, 0))
        await drag(pilot, (LEFT + 5, 0), (LEFT + 9, 0))
        await pilot.click(offset=(1, 0))
        await settled(pilot, lambda: opened()[2:] == [("annotation", 77)])


async def test_a_double_press_on_an_annotation_takes_the_word() -> None:
    async with desk() as (reader, pilot):
        reader.set_layer("annotation", [Span(0, 30, 77, "", 1)])
        await pilot.double_click(offset=(LEFT + 5, 0))
        assert reader.selected_text == "harbour"
        assert reader._opening is None
        await pilot.click(offset=(LEFT + 20, 0))
        assert reader._opening is not None
        await pilot.press("w")
        assert reader._opening is None
        assert not [m for m in said(reader) if isinstance(m, Reader.SpanOpened)]


async def test_the_number_beside_a_row_opens_what_begins_there() -> None:
    async with desk() as (reader, pilot):
        reader.set_layer("annotation", [Span(0, 100, 7, "", 1), Span(80, 95, 8, "", 2)])
        await pilot.click(offset=(1, 1))
        (opened,) = [m for m in said(reader) if isinstance(m, Reader.SpanOpened)]
        assert opened.ref == 8
