"""Adding files and folders: a path with completion, and what would be read.

Reading goes on in the background after the dialog has closed; the footer tells
how far it is. A file of annotations or a codebook can be brought in as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from store.errors import PostillaError
from tui.keys import bindings
from tui.screens import import_text
from tui.screens.dialog_choose import PickList
from tui.screens.dialog_frame import Dialog, Wrong
from tui.screens.dialog_options import Options
from tui.screens.import_text import Kind, Offer, Plan
from tui.widgets.columns import Column, Row
from tui.widgets.plain import Plain, SafeInput
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.bringing_in import Report
    from store.library import Library
    from tui.app import Postilla

LOOK_SECONDS = 0.08
"""After typing this long passes before the disk is looked at."""

_AROUND = 9
"""Lines of the screen that the list leaves to the rest of the dialog."""

_AS_DOCUMENTS = ("documents", "documents")
_KIND_WORDS = {"jsonl": "annotations", "codebook": "a codebook", "qdc": "a codebook"}


def _moves_on(binding: BindingType) -> bool:
    return isinstance(binding, Binding) and binding.action == "app.focus_next"


class ImportScreen(Dialog[None]):
    """Asks for a path and starts reading it."""

    FOOTER = "dialog-import"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(one for one in bindings("dialog") if not _moves_on(one)),
        Binding("tab", "complete", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("enter", "take", show=False),
    ]
    DEFAULT_CSS = """
    ImportScreen {
        & PickList { height: 8; width: 100%; background: $surface; }
        & #more, & #plan { height: auto; width: 100%; color: $text-muted; }
        & #plan { color: $text; text-style: bold; }
        & #as-label { color: $text-muted; }
    }
    """

    def __init__(self, title: str = "Import files") -> None:
        """Nothing is typed yet."""
        super().__init__(title)
        self._offer = Offer()
        self._plan: Plan | None = None
        self._timer: Timer | None = None

    @property
    def postilla(self) -> Postilla:
        """The application, as what it is."""
        app: Postilla = self.app  # type: ignore[assignment]
        return app

    def compose_box(self) -> Iterable[Widget]:
        """Field, paths that fit, what would be read, and as what."""
        yield SafeInput(placeholder="a file or a folder", compact=True)
        yield PickList(
            lambda ids: {n: Row((self._offer.paths[n],)) for n in ids},
            (Column(width=8, flex=1),),
            markable=False,
            empty="Nothing here begins like that.",
        )
        yield Plain(id="more")
        yield Plain(id="plan")
        yield Plain("Take it as", id="as-label")
        yield Options([_AS_DOCUMENTS], "documents", id="as")
        yield Wrong()

    def on_mount(self) -> None:
        """Offer what is in the present folder."""
        super().on_mount()
        self._show_plan(None)
        self._look()

    def on_resize(self) -> None:
        """Offer as many paths as there is room for."""
        lines = min(import_text.MOST, self.size.height - _AROUND)
        self.query_one(PickList).styles.height = max(1, lines)

    @property
    def field(self) -> Input:
        """Where the path is typed."""
        return self.query_one(Input)

    # Looking at the disk ---------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.wrong("")
        self._show_plan(None)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        typed = self.field.value

        def show_offer(offer: Offer) -> None:
            if self.is_open and typed == self.field.value:
                self._show_offer(offer)

        def show_plan(plan: Plan | None) -> None:
            if self.is_open and typed == self.field.value:
                self._show_plan(plan)

        ask = self.postilla.hand.ask
        ask(lambda _: import_text.offers(typed), show_offer)
        if typed.strip():
            ask(lambda _: import_text.planned(typed), show_plan)

    def _show_offer(self, offer: Offer) -> None:
        self._offer = offer
        offered = self.query_one(PickList)
        offered.set_ids(range(len(offer.paths)), keep=False)
        offered.refresh_rows()
        more = self.query_one("#more", Plain)
        more.show(f"… and {offer.more:,} more; type on" if offer.more else "")
        more.display = bool(offer.more)

    def _show_plan(self, plan: Plan | None) -> None:
        """What would be read; a path that is still being typed is not blamed."""
        self._plan = plan
        line = self.query_one("#plan", Plain)
        line.show(plan.words if plan is not None and plan.files else "")
        line.display = bool(plan and plan.files)
        kind: Kind = plan.kind if plan else ""
        self.query_one("#as-label").display = bool(kind)
        ways = self.query_one("#as", Options)
        ways.display = bool(kind)
        if kind:
            documents = [] if kind == "qdc" else [_AS_DOCUMENTS]
            ways.set_options([(kind, _KIND_WORDS[kind]), *documents], kind)

    # Keys ------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Bar down, or up for a negative number, round the ends."""
        offered = self.query_one(PickList)
        if offered.ids:
            offered.move_to((offered.cursor_index + rows) % len(offered.ids))

    def action_complete(self) -> None:
        """Type on as far as the paths agree, else take the one the bar is on.

        When there is nothing to complete, go on to the next field.
        """
        typed = self.field.value
        if not self.field.has_focus:
            self.app.action_focus_next()
            return
        self.postilla.hand.ask(
            lambda _: import_text.offers(typed),
            lambda offer: self._complete(typed, offer),
        )

    def _complete(self, typed: str, offer: Offer) -> None:
        if not self.is_open or typed != self.field.value:
            return
        if offer != self._offer:
            self._show_offer(offer)
        further = offer.common
        if len(further) <= len(typed) and offer.paths:
            further = offer.paths[max(0, self.query_one(PickList).cursor_index)]
        if further in ("", typed):
            self.app.action_focus_next()
        else:
            self._fill(further)

    @on(VirtualList.Opened)
    def _picked(self, event: VirtualList.Opened) -> None:
        event.stop()
        self._fill(self._offer.paths[event.id])

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()

    @on(Options.Changed)
    def _chosen(self, event: Options.Changed) -> None:
        event.stop()

    def _fill(self, path: str) -> None:
        self.field.value = path
        self.field.cursor_position = len(path)
        self.field.focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Begin to read what is typed."""
        typed = self.field.value
        if not typed.strip():
            self.wrong("Name a file or a folder.")
        elif self._plan is not None:
            self._begin(self._plan)
        else:
            self.postilla.hand.ask(lambda _: import_text.planned(typed), self._begin)

    def _begin(self, plan: Plan) -> None:
        if not self.is_open:
            return
        if not plan.files:
            self.wrong(plan.words)
            return
        if self._plan is None and plan.kind:
            # Entered before it was looked at: where there is a choice, it is shown.
            self._show_plan(plan)
            if plan.kind != "qdc":
                self.wrong("It can be taken in two ways; enter takes the marked one.")
                return
        if self.query_one("#as", Options).value in _KIND_WORDS and plan.kind:
            self._bring_in(plan)
        elif self.postilla.jobs.running:
            self.wrong("Something is being added already; wait or stop it first.")
        else:
            self.postilla.jobs.add([plan.path])
            self.dismiss(None)

    def _bring_in(self, plan: Plan) -> None:
        from tui.screens.dialogs import Reading

        app = self.postilla

        def show(report: Report) -> None:
            if self.is_open:
                self.dismiss(None)
            title = f"Brought in {plan.path.name}"
            text = import_text.report_text(report)
            app.call_later(app.push_screen, Reading(title, text))

        def failed(error: PostillaError) -> None:
            if self.is_open:
                self.wrong(str(error))
            else:
                app.trouble(error)

        def work(library: Library) -> Report:
            from store.bringing_in import bring_in

            return bring_in(library.core, plan.path)

        app.hand.write(work, show, failed)
