"""Tagging every place of a search: which tags, what unit, what it would come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from store import autocode, places
from store.autocode import Coded, Place, Preview, Unit
from store.codebook import problem_with_path
from tui.keys import bindings
from tui.screens.concordance_text import counted
from tui.screens.dialog_frame import Dialog, Wrong
from tui.screens.dialog_options import Options
from tui.screens.place_hunt import Hunt
from tui.widgets.plain import Plain, joined
from tui.widgets.tag_picker import TagPicker

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

UNIT_WORDS: tuple[tuple[Unit, str], ...] = (
    ("sentence", "its sentence"),
    ("paragraph", "its paragraph"),
    ("match", "only the words found"),
)

_LONG = 1000
"""Tagging more places than this takes long enough to say that it has begun."""


def code_places(app: Postilla, places: Sequence[Place], what: str) -> None:
    """Ask for tags and a unit, show what it would come to, and tag these places.

    ``what`` is the question that found them, for the title and the undo log.
    """
    if places:
        app.push_screen(CodingDialog(app, what, places))


def code_words(app: Postilla, words: str) -> None:
    """The same for every place of a question, which is looked for first."""
    problem = places.problem_with(words)
    if problem is None:
        app.push_screen(CodingDialog(app, words))
    else:
        app.tell(problem, error=True)


def ask_what_to_code(app: Postilla, words: str) -> None:
    """Ask for the question, then as above; ``words`` is where it begins."""
    from tui.screens.dialogs import Prompt

    def asked(answer: str | None) -> None:
        if answer:
            code_words(app, answer)

    question = "Tag every place of: words, entity:NAME, tag:PATH or /regex/"
    app.push_screen(Prompt(question, words, check=places.problem_with), asked)


class CodingDialog(Dialog[None]):
    """Tags, unit, and live what would be done; enter does it."""

    FOOTER = "dialog-code"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("enter", "take", show=False),
    ]
    DEFAULT_CSS = """
    CodingDialog {
        & > Box { width: 78; }
        & .coding--row { height: auto; width: 100%; }
        & .coding--name { width: 7; height: 1; color: $text-muted; text-style: bold; }
        & TagPicker VirtualList { height: 6; background: $surface; }
        & #preview { height: auto; width: 100%; margin-top: 1; }
        &.-short TagPicker VirtualList { height: 3; }
        &.-short #preview { margin-top: 0; }
    }
    """

    def __init__(
        self,
        app: Postilla,
        what: str,
        found: Sequence[Place] | None = None,
        hunt: Hunt | None = None,
    ) -> None:
        """Tag the places ``found``, or those that ``hunt`` is still to find; without
        either those of the question ``what``."""
        super().__init__(f"Tag every place of {places.named(what)}")
        self._what = what
        self._postilla = app
        self._found = found
        self._note = ""
        self._hunt = hunt
        self._asked = 0
        self._preview: Preview | None = None

    def compose_box(self) -> Iterable[Widget]:
        """The picker, the unit, what it comes to."""
        choices = self._postilla.library.codebook.choices()
        yield Horizontal(
            Plain("Tags", classes="coding--name"),
            TagPicker(choices, validate=problem_with_path),
            classes="coding--row",
        )
        yield Horizontal(
            Plain("Unit", classes="coding--name"),
            Options(UNIT_WORDS, "sentence"),
            classes="coding--row",
        )
        yield Wrong()
        yield Plain(id="preview")

    def on_mount(self) -> None:
        """Look for the places, or count at once."""
        super().on_mount()
        self.query_one(TagPicker).focus_input()
        if self._found is not None:
            self._weigh()
            return
        if self._hunt is None:
            self._hunt = Hunt(self._what)
        self._hunt.start(self._postilla.hand, self._told)
        self._show_text("Looking…")

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self._asked += 1
        if self._hunt is not None:
            self._hunt.stop()

    @property
    def tags(self) -> tuple[str, ...]:
        """The chosen tags."""
        return self.query_one(TagPicker).tags

    @property
    def unit(self) -> Unit:
        """The chosen unit."""
        value = self.query_one(Options).value
        return next(unit for unit, _ in UNIT_WORDS if unit == value)

    # What it comes to ------------------------------------------------------

    def _told(self, hunt: Hunt) -> None:
        if not self.is_open:
            return
        if hunt.problem:
            self.wrong(hunt.problem)
            self._show_text("")
        elif hunt.is_complete:
            self._found, self._note = hunt.places, hunt.note
            self._weigh()
        else:
            so_far = counted(len(hunt.places), hunt.documents)
            self._show_text(f"Looking… {so_far}, {hunt.share:.0%} looked through")

    def _weigh(self) -> None:
        """Count what would be new, a bit at a time, with the present tags and unit."""
        found, tags, unit = self._found, self.tags, self.unit
        self._asked += 1
        asked, self._preview = self._asked, None
        if found is None:
            return
        if not found:
            self._show_text(f"{places.named(self._what)} stands nowhere.")
            return
        reading: list[Iterator[Preview]] = []

        def step(library: Library) -> Preview | None:
            if asked != self._asked:
                return None
            if not reading:
                reading.append(autocode.preview(library.core, found, tags, unit))
            return next(reading[0])

        def told(preview: Preview | None) -> None:
            if preview is None or asked != self._asked or not self.is_open:
                return
            self._preview = preview
            self.query_one("#preview", Plain).show(self._shown(preview))
            if not preview.is_complete:
                self._postilla.hand.ask(step, told)

        self._postilla.hand.ask(step, told)

    def _shown(self, preview: Preview) -> Content:
        room = self.query_one("#preview").size.width - 4
        parts: list[tuple[object, str]] = [
            (f"{counted(preview.places, preview.documents)}", "bold"),
            ("" if preview.is_complete else "  counting…", "$text-muted"),
            (f"\n{outcome(preview, tagged=bool(self.tags))}", ""),
        ]
        if self._note:
            parts.append((f"\n{self._note}", "$text-warning"))
        for _, passage in preview.passages[: 3 if self.has_class("-short") else 5]:
            line = " ".join(passage[:400].split())
            parts.append((f"\n  {_clipped(line, room)}", "$text-muted"))
        return joined(*parts)

    def _show_text(self, sentence: str) -> None:
        self.query_one("#preview", Plain).show(sentence)

    # Answering -------------------------------------------------------------

    @on(TagPicker.Changed)
    def _tags_changed(self, event: TagPicker.Changed) -> None:
        event.stop()
        self.wrong("")
        self._weigh()

    @on(TagPicker.Typed)
    def _typed(self, event: TagPicker.Typed) -> None:
        event.stop()
        self.wrong("")

    @on(Options.Changed)
    def _unit_changed(self, event: Options.Changed) -> None:
        event.stop()
        self.wrong("")
        self._weigh()

    @on(TagPicker.Done)
    def _done(self, event: TagPicker.Done) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Do it, if it is known what."""
        problem = self._problem()
        if problem or self._found is None:
            self.wrong(problem)
            return
        found, tags, unit, what = self._found, self.tags, self.unit, self._what
        self.dismiss(None)
        carry_out(self._postilla, found, tags, unit, what)

    def _problem(self) -> str:
        picker = self.query_one(TagPicker)
        if not picker.take_typed():
            return f'Enter makes the tag "{picker.typed}"; or clear the field.'
        if not self.tags:
            return "Choose a tag first: type its name, then enter."
        if self._found is None:
            return "Not all places are found yet."
        if not self._found:
            return "There is no place to tag."
        preview = self._preview
        is_known = preview is not None and preview.is_complete
        if preview and is_known and not (preview.new or preview.changed):
            return "Every place is tagged so already."
        return ""


def carry_out(
    app: Postilla, found: Sequence[Place], tags: Sequence[str], unit: Unit, what: str
) -> None:
    """Tag the places, in one act, and say what came of it."""

    def work(library: Library) -> Coded:
        *_, last = autocode.code(
            library.core, found, tags, unit, what=places.named(what)
        )
        return last

    if len(found) > _LONG:
        app.tell(f"Tagging {len(found):,} places…")
    app.hand.write(work, lambda coded: app.tell(said(coded)))


def said(coded: Coded) -> str:
    """What tagging came to, in one line."""
    count = coded.annotations + coded.changed
    if not count:
        return "Every place is tagged so already."
    some = "1 annotation" if count == 1 else f"{count:,} annotations"
    return f"{some} tagged · u undo"


def outcome(preview: Preview, *, tagged: bool) -> str:
    """What would be done, in one line."""
    new = _several(preview.new, "new annotation")
    if not tagged:
        there = preview.changed + preview.unchanged
        return f"{new}, {there:,} there already" if there else new
    parts = [new]
    if preview.changed:
        verb = "gets" if preview.changed == 1 else "get"
        parts.append(f"{preview.changed:,} {verb} the tag besides others")
    if preview.unchanged:
        verb = "bears" if preview.unchanged == 1 else "bear"
        parts.append(f"{preview.unchanged:,} {verb} it already")
    return ", ".join(parts)


def _several(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"


def _clipped(text: str, cells: int) -> str:
    from store import safe

    return safe.line(text, max(10, cells))
