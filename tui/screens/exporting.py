"""Taking annotations out to a file: what, how, where to, and the same as a command."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from store.annotation_rows import AnnotationFilter
from store.errors import PostillaError
from tui.keys import bindings
from tui.screens import export_text
from tui.screens.annotation_text import several
from tui.screens.dialog_frame import Dialog, Wrong
from tui.screens.dialog_options import Options, Tick
from tui.screens.dialogs import Confirm
from tui.screens.export_text import Order
from tui.widgets.plain import Plain, SafeInput

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

LOOK_SECONDS = 0.1
"""After typing this long passes before the disk is asked for the file."""


class ExportScreen(Dialog[None]):
    """Asks, exports, and says what was written."""

    FOOTER = "dialog-export"
    AUTO_FOCUS = "#what"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("enter,ctrl+s", "take", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    ExportScreen {
        & .export--row { height: auto; width: 100%; }
        & .export--label { width: 10; color: $text-muted; text-style: bold; }
        & .export--row Input { width: 1fr; }
        & #exists { margin-left: 10; height: 1; color: $text-warning; }
        & #shell { height: auto; width: 100%; }
        & #shell-label { color: $text-muted; margin-top: 1; }
        &.-short #shell-label { margin-top: 0; }
    }
    """

    def __init__(
        self,
        filters: AnnotationFilter,
        shown: int,
        *,
        title: str = "Export annotations",
    ) -> None:
        """Export what ``filters`` lets through, ``shown`` annotations, or all."""
        super().__init__(title)
        self._filters = filters
        self._shown = shown
        self._total: int | None = None
        self._exists = False
        self._proposed = ""
        self._timer: Timer | None = None

    @property
    def postilla(self) -> Postilla:
        """The application, as what it is."""
        app: Postilla = self.app  # type: ignore[assignment]
        return app

    def compose_box(self) -> Iterable[Widget]:
        """One row for every question."""
        config = self.postilla.config.export
        self._proposed = export_text.proposed(self._filters, config.format)
        yield self._row("What", Options(self._whats(), "shown", id="what"))
        formats = Options(export_text.FORMAT_WORDS, config.format, id="format")
        yield self._row("Format", formats)
        groups = Options(export_text.GROUP_WORDS, config.group_by, id="group")
        yield self._row("Group by", groups)
        sentence = "the sentence around each quotation"
        yield self._row("Context", Tick(sentence, config.context, id="context"))
        field = SafeInput(self._proposed, compact=True, select_on_focus=False)
        yield self._row("To", field)
        yield Plain("exists: will ask before replacing", id="exists")
        yield Wrong()
        yield Plain("Same thing from the shell:", id="shell-label")
        yield Plain(id="shell")

    def _row(self, label: str, widget: Widget) -> Horizontal:
        name = Plain(label, classes="export--label")
        row = Horizontal(name, widget, classes="export--row")
        row.set_class(True, f"export--{widget.id}")
        return row

    def _whats(self) -> list[tuple[str, str]]:
        whats = [("shown", f"the {several(self._shown)} shown")]
        if self._shown == 1:
            whats = [("shown", "the annotation shown")]
        if self._total is not None and self._total > self._shown:
            whats.append(("all", f"all {self._total:,}"))
        return whats

    def on_mount(self) -> None:
        """Ask the library and the disk for what there is."""
        super().on_mount()
        self.query_one("#exists").display = False
        self._adapt()
        document = self._filters.document

        def read(library: Library) -> tuple[int, str]:
            title = "" if document is None else library.documents.get(document).title
            return len(library.annotations.select()), title

        self.postilla.hand.ask(read, self._know)
        self._look()

    def _know(self, found: tuple[int, str]) -> None:
        if not self.is_open:
            return
        self._total, title = found
        what = self.query_one("#what", Options)
        what.set_options(self._whats(), what.value)
        self._adapt()
        field = self.query_one(Input)
        if title and field.value == self._proposed:
            format = self.query_one("#format", Options).value
            field.value = export_text.proposed(self._filters, format, title)

    # What is asked for -----------------------------------------------------

    @property
    def order(self) -> Order:
        """What the dialog says now."""
        is_all = self.query_one("#what", Options).value == "all"
        return Order(
            AnnotationFilter() if is_all else self._filters,
            self.query_one("#format", Options).value,
            self.query_one("#group", Options).value,
            self.query_one("#context", Tick).ticked,
            self.query_one(Input).value.strip(),
        )

    @on(Options.Changed)
    def _chosen(self, event: Options.Changed) -> None:
        event.stop()
        self.wrong("")
        if event.source.id == "format":
            field = self.query_one(Input)
            field.value = export_text.with_ending(field.value, event.value)
        self._adapt()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.wrong("")
        meant = export_text.format_of(event.value)
        if meant is not None:
            self.query_one("#format", Options).choose(meant)
        self._adapt()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(LOOK_SECONDS, self._look)

    def _adapt(self) -> None:
        """Ask only what the format can do, and show the command."""
        if not self.is_open:
            return
        order = self.order
        self.query_one(".export--group").display = order.format == "markdown"
        self.query_one(".export--context").display = order.format != "jsonl"
        places, path = self.postilla.places, self.postilla.library.path
        is_default = places is not None and path == places.library
        library = "" if is_default else str(path)
        if order.filters.ids is not None and self._shown == self._total:
            order = replace(order, filters=AnnotationFilter())
        words = export_text.command(order, library=library, force=self._exists)
        shell = self.query_one("#shell", Plain)
        shell.show(words)
        shell.display = self.query_one("#shell-label").display = bool(words)

    def _look(self) -> None:
        """Ask the disk whether the file is there already."""
        if not self.is_open:
            return
        file = self.order.file

        def show(exists: bool) -> None:
            if self.is_open and file == self.order.file:
                self._exists = exists
                line = self.query_one("#exists", Plain)
                line.display = exists
                self._adapt()

        self.postilla.hand.ask(lambda _: bool(file) and _path(file).exists(), show)

    # Doing it --------------------------------------------------------------

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Export; a file that is there already is asked about first."""
        order = self.order
        if not order.file:
            self.wrong("Name the file to write.")
        elif self._count(order) == 0:
            self.wrong("There is no annotation to export.")
        else:
            self.postilla.hand.ask(
                lambda _: _path(order.file).is_file(),
                lambda exists: self._ask_or_write(order, exists),
            )

    def _count(self, order: Order) -> int:
        is_all = order.filters is not self._filters
        return (self._total or 0) if is_all else self._shown

    def _ask_or_write(self, order: Order, exists: bool) -> None:
        if not self.is_open:
            return
        if not exists:
            self._write(order, force=False)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._write(order, force=True)

        question = f"{order.file} exists. Replace it? This cannot be undone."
        self.app.push_screen(Confirm(question, "Replace"), answered)

    def _write(self, order: Order, *, force: bool) -> None:
        app, count = self.postilla, self._count(order)

        def work(library: Library) -> None:
            from store import export

            export.write(
                _path(order.file),
                library.core.reader,
                order.filters,
                order.format,
                group_by=order.group_by,
                context=order.context,
                force=force,
            )

        def written(_: None) -> None:
            if self.is_open:
                self.dismiss(None)
            app.tell(f"{several(count)} written to {order.file}")

        app.hand.write(work, written, self._failed)

    def _failed(self, error: PostillaError) -> None:
        if self.is_open:
            self.wrong(str(error))
        else:
            self.postilla.trouble(error)


def _path(file: str) -> Path:
    """The file that is meant; ``~`` is the home folder."""
    return Path(os.path.expanduser(file))  # noqa: PTH111 - never raises
