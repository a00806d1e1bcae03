"""The reader by keyboard: moving, selecting, sizes, and what it tells."""

from __future__ import annotations

import pytest
from reader_desk import HEAD, LONG, TEXT, desk, lines, named, said, worn

from tui.widgets.reader import Reader, Span


async def test_growing_and_shrinking_by_keys() -> None:
    async with desk() as (reader, pilot):
        seen = []
        await pilot.press("w", "w")
        for _ in range(5):
            await pilot.press("v")
            seen.append((reader.unit, reader.selected_text))
        assert seen == [
            ("char", "p"),
            ("word", "plan"),
            ("sentence", "The harbour plan failed again on Monday."),
            ("paragraph", TEXT[: TEXT.index("\n")]),
            ("all", TEXT),
        ]
        await pilot.press("V", "V", "V")
        assert (reader.unit, reader.selected_text) == seen[1]
        await pilot.press("w")
        assert reader.selected_text == "plan failed"
        await pilot.press("semicolon")
        assert (reader.selected, reader.unit) == (None, "")


async def test_shift_and_arrows_select_as_on_a_desktop() -> None:
    async with desk() as (reader, pilot):
        await pilot.press(*["shift+right"] * 3)
        assert reader.selected_text == "The"
        await pilot.press("ctrl+shift+right")
        assert reader.selected_text == "The "
        await pilot.press("shift+down", "shift+left")
        assert reader.selected is not None
        assert reader.selected[0] == 0
        await pilot.press("semicolon", "0", "ctrl+shift+right")
        assert reader.selected_text in TEXT


async def test_the_ends_can_be_swapped() -> None:
    async with desk() as (reader, pilot):
        await pilot.press("w", "v", "w", "percent_sign")
        assert reader.cursor_offset == 4
        before = reader.selected
        await pilot.press("b")
        assert before is not None
        assert reader.selected == (0, before[1])


async def test_units_are_selected_at_the_cursor() -> None:
    async with desk(cursor=TEXT.index("Reis")) as (reader, pilot):
        await pilot.press("1")
        assert reader.selected_text == "Reis"
        await pilot.press("2")
        assert reader.selected_text == "“We waited for an hour,” said Ana Reis."
        await pilot.press("3")
        assert reader.selected_text.endswith("She left at noon.")


async def test_moving_by_rows_keeps_the_column() -> None:
    text = "a long first line\nab\nanother long line"
    async with desk(text, cursor=9) as (reader, pilot):
        await pilot.press("down")
        assert reader.cursor_offset == text.index("\nanother")
        await pilot.press("down")
        assert reader.cursor_offset == text.index("another") + 9
        await pilot.press("0")
        assert reader.cursor_offset == text.index("another")
        await pilot.press("dollar_sign")
        assert reader.cursor_offset == len(text)


async def test_motions_by_sentence_paragraph_and_to_the_ends() -> None:
    async with desk() as (reader, pilot):
        await pilot.press("right_parenthesis")
        assert reader.cursor_offset == TEXT.index("Nobody")
        await pilot.press("right_curly_bracket")
        assert reader.cursor_offset == TEXT.index("“We")
        await pilot.press("left_parenthesis", "left_curly_bracket")
        assert reader.cursor_offset == 0
        await pilot.press("G")
        assert reader.cursor_offset == len(TEXT)
        await pilot.press("b", "b", "g")
        assert reader.cursor_offset == 0


async def test_paging_takes_the_cursor_along() -> None:
    async with desk(LONG, head=HEAD, size=(60, 20)) as (reader, pilot):
        assert reader.percent < 20
        await pilot.press("pagedown")
        first = reader.top_offset
        assert first > 0
        assert "▌" not in worn(reader, "reverse")
        assert worn(reader, "reverse") != ""
        await pilot.press("ctrl+d", "ctrl+u", "pageup")
        assert reader.top_offset == 0
        await pilot.press("G")
        assert reader.percent == 100
        await pilot.press("g")
        assert lines(reader)[0].strip() == HEAD[0]


async def test_opening_at_a_place_shows_it_with_its_context() -> None:
    place = LONG.index("Paragraph 150 ")
    async with desk(LONG, cursor=place, size=(60, 20)) as (reader, _):
        assert reader.cursor_offset == place
        shown = "\n".join(lines(reader))
        assert "Paragraph 149 " in shown
        assert "Paragraph 155 " in shown


async def test_going_to_a_passage_selects_it() -> None:
    async with desk(LONG, size=(60, 20)) as (reader, pilot):
        start = LONG.index("Paragraph 200 ")
        reader.goto(start, select=(start, start + 13))
        await pilot.pause()
        assert reader.selected_text == "Paragraph 200"
        assert worn(reader, "reverse") + "P" in ("Paragraph 200", "aragraph 200P")
        assert reader.cursor_offset == start


async def test_resizing_keeps_what_is_at_the_top() -> None:
    text = "\n".join(
        ("Some words of a paragraph that is long. " * 9).strip() for _ in range(90)
    )
    async with desk(text, head=HEAD, size=(80, 20)) as (reader, pilot):
        for _ in range(7):
            await pilot.press("pagedown")
        top = reader.top_offset
        for size in ((50, 12), (31, 20), (80, 20), (33, 9), (80, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert 0 <= top - reader.top_offset < 80
        assert reader.top_offset == top


@pytest.mark.parametrize("size", [(20, 5), (8, 3), (1, 1)])
async def test_no_size_and_no_text_is_too_small(size: tuple[int, int]) -> None:
    async with desk(head=HEAD, size=size) as (reader, pilot):
        for text in ("", "\n", TEXT, "漢" * 200, "e" + "\u0301" * 3000):
            reader.load(text, head=HEAD)
            await pilot.press("down", "G", "v", "v", "pageup", "shift+up", "3", "V")
            assert 0 <= reader.cursor_offset <= len(text)
        await pilot.resize_terminal(40, 10)
        await pilot.press("pagedown", "w", "b", "pageup")


async def test_a_reader_can_be_painted_before_it_has_a_size() -> None:
    reader = Reader()
    reader.load(TEXT, cursor=30)
    reader.set_layer("entity", [Span(0, 3, 1, "PER")])
    assert reader.cursor_offset == 30
    assert reader.top_offset == 0
    assert 0 <= reader.percent <= 100


async def test_spans_are_found_and_walked() -> None:
    async with desk() as (reader, pilot):
        spans = named(TEXT, ("Monday", "DATE"), ("Ana Reis", "PER"))
        reader.set_layer("entity", spans)
        assert reader.next_span("entity", True) == spans[0]
        assert reader.next_span("entity", True) == spans[1]
        assert reader.next_span("entity", True) is None
        assert reader.next_span("entity", False) == spans[0]
        assert reader.spans_at(reader.cursor_offset, "entity") == [spans[0]]
        assert reader.next_span("nothing", True) is None
        assert reader.select_object("entity")
        assert reader.selected_text == "Monday"
        await pilot.pause()


async def test_nested_spans_are_selected_from_inside_outwards() -> None:
    async with desk("one two three four", cursor=5) as (reader, _):
        reader.set_layer("annotation", [Span(0, 18, 1), Span(4, 7, 2), Span(4, 13, 3)])
        seen = []
        for _ in range(4):
            assert reader.select_object("annotation")
            seen.append(reader.selected_text)
        assert seen == ["two", "two three", "one two three four", "one two three four"]
        assert not reader.select_object("entity")


async def test_moves_and_selections_are_told_once() -> None:
    async with desk() as (reader, pilot):
        said(reader).clear()
        await pilot.press("w")
        await pilot.press("v")
        await pilot.press("semicolon")
        told = [
            (
                m.offset
                if isinstance(m, Reader.CursorMoved)
                else (m.start, m.end, m.unit)
            )
            for m in said(reader)
            if isinstance(m, Reader.CursorMoved | Reader.SelectionChanged)
        ]
        assert told == [4, (4, 5, "char"), (None, None, "")]
