"""Writing an annotation: the shortest way, leaving, drafts, sizes."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from tui.widgets.annotation_form import AnnotationForm, FormValues, Question, quoted
from tui.widgets.plain import Plain

HOSTILE = "\x1b]52;c;aGk=\x07 \x1b[2J \x9b31m \u202eevil [@click=app.quit]x[/] [bold"
ACTIVE = frozenset("\x1b\x07\x9b\u202e")
CHOICES = (("blame-shifting", 9), ("operators", 14), ("safety", 2))
QUOTE = "The terminal operators walked away before we had finished, said Núñez. " * 4


class FormApp(App[None]):
    """A reader with the form beside it, or below it on a small screen."""

    CSS = """
    #reader { width: 1fr; height: 1fr; }
    #beside { width: 42; }
    #below { height: 14; }
    """

    def __init__(self, *, below: bool = False, **options: Any) -> None:
        super().__init__()
        self.below = below
        self.options = {"choices": CHOICES, "draft_seconds": 0, **options}
        self.saved: list[FormValues] = []
        self.edited: list[FormValues] = []
        self.cancelled = 0

    def compose(self) -> ComposeResult:
        quote = self.options.pop("quote", QUOTE)
        with Vertical() if self.below else Horizontal():
            yield Static("reader", id="reader")
            place = "below" if self.below else "beside"
            yield AnnotationForm(quote, id=place, **self.options)

    @property
    def form(self) -> AnnotationForm:
        return self.query_one(AnnotationForm)

    def on_annotation_form_saved(self, event: AnnotationForm.Saved) -> None:
        self.saved.append(event.values)

    def on_annotation_form_edited(self, event: AnnotationForm.Edited) -> None:
        self.edited.append(event.values)

    def on_annotation_form_outside(self, event: AnnotationForm.Outside) -> None:
        event.form.write_outside()

    def on_annotation_form_cancelled(self, event: AnnotationForm.Cancelled) -> None:
        self.cancelled += 1


def screen(app: App[Any]) -> str:
    """The screen, as it would be sent to the terminal."""
    return "\n".join(s.text for s in app.screen._compositor.render_strips())


def state(app: FormApp) -> str:
    """What the form says of itself."""
    return app.form.query_one(".form--state", Plain).shown


@pytest.mark.parametrize("below", [False, True])
async def test_the_shortest_way(below: bool) -> None:
    app = FormApp(below=below)
    async with app.run_test(size=(80, 24) if below else (120, 36)) as pilot:
        await pilot.press(*"blame", "enter", *"oper", "enter", "tab")
        await pilot.press(*"Who left?", "ctrl+s")
        wanted = FormValues(("blame-shifting", "operators"), "Who left?")
        assert app.saved == [wanted]
        assert "saving…" in screen(app)
        app.form.mark_saved()
        await pilot.pause()
        assert "saving" not in screen(app)
        assert "not saved" not in screen(app)
        assert "saved" in screen(app)
        await pilot.press("!")
        assert "not saved" in screen(app)
        assert app.edited[-1].note == "Who left?!"


async def test_enter_on_the_empty_field_goes_to_the_note() -> None:
    app = FormApp()
    async with app.run_test(size=(120, 36)) as pilot:
        assert isinstance(app.focused, Input)
        await pilot.press(*"saf", "enter", "enter", "x", "enter", "y")
        assert app.form.values == FormValues(("safety",), "x\ny")


async def test_tab_and_back() -> None:
    app = FormApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab")
        assert isinstance(app.focused, TextArea)
        await pilot.press("shift+tab")
        assert isinstance(app.focused, Input)


async def test_a_half_typed_tag_is_not_lost() -> None:
    app = FormApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"newish", "tab", "n", "ctrl+s")
        assert app.saved == []
        assert 'take the tag "newish"' in " ".join(screen(app).split())
        assert isinstance(app.focused, Input)
        await pilot.press("enter", *"safety", "ctrl+s")
        assert app.saved == [FormValues(("newish", "safety"), "n")]


async def test_esc_closes_what_is_unchanged() -> None:
    app = FormApp(tags=("safety",), note="as it was")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("escape")
        assert app.cancelled == 1


async def test_esc_asks_when_changed() -> None:
    app = FormApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "x", "escape")
        assert app.cancelled == 0
        assert "n discard" in screen(app)
        await pilot.press("q", "escape")
        assert "n discard" not in screen(app)
        await pilot.press("z")
        assert app.form.values.note == "xz"
        await pilot.press("escape", "y")
        assert app.saved == [FormValues((), "xz")]
        await pilot.press("escape", "n")
        assert app.cancelled == 1
        assert app.edited[-1].note == "xz"


async def test_going_elsewhere_takes_the_question_back() -> None:
    app = FormApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "x", "escape")
        await pilot.click(Input)
        assert not app.query_one(Question).display


async def test_a_draft_counts_as_not_saved() -> None:
    app = FormApp(note="half a thought", is_draft=True)
    async with app.run_test(size=(120, 36)) as pilot:
        assert "not saved" in screen(app)
        await pilot.press("escape")
        assert app.cancelled == 0


async def test_what_could_not_be_saved_says_why() -> None:
    app = FormApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "x", "ctrl+s")
        app.form.refuse("The library is busy; try again.")
        await pilot.pause()
        assert "library is busy" in screen(app)
        assert app.form.values.note == "x"


@pytest.mark.parametrize("note", ["a\u2028b", "a\x85b", "a\r\nb\r\n", HOSTILE, ""])
async def test_a_note_nobody_touched_comes_back_as_it_was(note: str) -> None:
    app = FormApp(note=note)
    async with app.run_test(size=(120, 36)):
        assert app.form.values.note == note
        assert not app.form.is_changed


async def test_edits_are_told_once_for_several_keys() -> None:
    app = FormApp(draft_seconds=3600)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", *"abc")
        assert app.edited == []
        app.form.tell()
        await pilot.pause()
        assert [values.note for values in app.edited] == ["abc"]


async def test_labels_stand_above_when_narrow_and_beside_when_wide() -> None:
    for below, size in ((False, (120, 36)), (True, (80, 24))):
        app = FormApp(below=below, about="Anchored by: quote")
        async with app.run_test(size=size) as pilot:
            await pilot.press(*"oper")
            lines = screen(app).split("\n")
            label = next(line for line in lines if "Tags" in line)
            assert ("oper" in label) is below
            assert any("used 14" in line for line in lines)
            assert sum("walked away" in line for line in lines) == (1 if below else 2)
            assert "Anchored by: quote" in screen(app)
            assert "New annotation" in screen(app)


@pytest.mark.parametrize(
    ("size", "below"),
    [((120, 36), False), ((80, 24), True), ((20, 5), True), ((20, 5), False)],
)
async def test_hostile_strings_only_show(size: tuple[int, int], below: bool) -> None:
    app = FormApp(
        below=below,
        quote=HOSTILE,
        note=HOSTILE,
        tags=(HOSTILE, "[b]x"),
        choices=((HOSTILE + "2", 1), ("[/]", 2)),
        title=HOSTILE,
        about=HOSTILE,
    )
    async with app.run_test(size=size) as pilot:
        await pilot.press("x", "tab", "y", "escape")
        app.form.refuse(HOSTILE)
        await pilot.pause()
        assert not ACTIVE & set(screen(app))
        await pilot.resize_terminal(120, 36)
        assert not ACTIVE & set(screen(app))
        assert app.is_running


async def test_the_cursor_stands_at_the_end_of_a_note() -> None:
    app = FormApp(note="one\ntwo", tags=("safety",))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", "!")
        assert app.form.values.note == "one\ntwo!"


@pytest.mark.parametrize("field", ["tags", "note"])
async def test_the_note_is_written_in_an_editor_outside(
    field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf " and *more*\\n" >> "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    app = FormApp(note="thought")
    monkeypatch.setattr(app, "suspend", nullcontext)
    async with app.run_test(size=(120, 36)) as pilot:
        if field == "note":
            await pilot.press("tab")
        await pilot.press("ctrl+e")
        await pilot.pause()
        assert app.form.values.note == "thought and *more*"
        assert app.edited[-1].note == "thought and *more*"
        assert isinstance(app.focused, TextArea)
        await pilot.press("!", "ctrl+z", "ctrl+z")
        assert app.form.values.note == "thought"


async def test_a_failing_editor_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = FormApp()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("tab", *"kept")
        await pilot.press("ctrl+e")  # this terminal cannot be handed over
        await pilot.pause()
        assert "No editor can be opened" in state(app)
        monkeypatch.setattr(app, "suspend", nullcontext)
        monkeypatch.setenv("VISUAL", str(tmp_path / "missing"))
        await pilot.press("ctrl+e")
        await pilot.pause()
        assert "could not be started" in state(app)
        assert app.form.values.note == "kept"
        assert app.edited[-1].note == "kept"


async def test_what_may_be_written_is_said_while_nothing_is() -> None:
    app = FormApp()
    async with app.run_test(size=(44, 24)) as pilot:
        app.form.styles.width = 44
        await pilot.pause()
        assert "Markdown" in screen(app)
        await pilot.press("tab", "x", "escape")
        assert "Save?  y yes · n discard · esc go on" in screen(app)
        assert "Markdown" not in screen(app)


def test_a_quotation_is_cut_by_lines() -> None:
    assert quoted("short", 40, 3) == "“short”"
    assert quoted('"said"', 40, 3) == '"said"'
    lines = quoted(QUOTE, 38, 3).split("\n")
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert max(map(len, lines)) <= 38
    assert "…" in quoted("新聞" * 100, 38, 3)
    assert quoted("  ", 38, 3) == ""
    assert quoted("x", 0, 3) == ""
