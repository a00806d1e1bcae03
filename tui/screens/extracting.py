"""Extracting entities again: what would change is shown, then done if wanted.

Both run beside the screen, with the processes of every long job. Looking changes
nothing and can be stopped at any moment; what is stopped while it changes is gone on
with the next time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from store import extract_preview
from store.errors import PostillaError
from store.extract_preview import Tally
from tui.jobs import Rest
from tui.keys import bindings
from tui.keys_run import actions_of
from tui.screens import extracting_text
from tui.screens.dialog_frame import Dialog, Wrong
from tui.screens.dialogs import Page
from tui.widgets.plain import Plain
from tui.widgets.status import Status

if TYPE_CHECKING:
    from store.naming import ExtractProgress
    from tui.app import Postilla

WENT_ON = "Last time it was stopped; these are the documents that are left.\n\n"


def extract_again(app: Postilla) -> None:
    """Show what extracting every document again would change, and ask."""
    core = app.library.core
    after = extract_preview.stopped_at(core) or 0
    rest = Rest(extract_preview.all_documents(core, after), after)
    if app.library.read_only:
        app.tell("This library is open for reading only.", error=True)
    elif app.jobs.running:
        app.tell("Documents are being added or read already; wait or stop it first.")
    elif not rest.documents:
        app.tell("There is no document yet.")
    else:
        app.push_screen(ExtractAgain(app, rest), lambda yes: _agreed(app, rest, yes))


def _agreed(app: Postilla, rest: Rest, yes: bool | None) -> None:
    if yes and app.jobs.extract_again(rest):
        app.tell("Extracting again; ctrl+p, Stop what is running, stops it.")


class ExtractAgain(Dialog[bool]):
    """Progress, then what would change; enter does it."""

    FOOTER = "dialog-comparing"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("enter", "take", show=False),
    ]
    DEFAULT_CSS = """
    ExtractAgain {
        & > Box { width: 84; }
        & Page { height: auto; scrollbar-size-vertical: 1; }
        & Plain { height: auto; width: 100%; }
    }
    """

    def __init__(self, app: Postilla, rest: Rest) -> None:
        """Look at the documents of ``rest``."""
        super().__init__("Extract entities again")
        self._postilla = app
        self._rest = rest
        self._tally: Tally | None = None

    def compose_box(self) -> Iterable[Widget]:
        """One text, and what is wrong."""
        yield Page(Plain(self._begins("Comparing with what is found now…"), id="seen"))
        yield Wrong()

    @property
    def is_done(self) -> bool:
        """Whether it is seen what would change."""
        return self._tally is not None

    def _begins(self, text: str) -> str:
        return f"{WENT_ON if self._rest.after else ''}{text}"

    def on_mount(self) -> None:
        """Begin to look."""
        self._fit()
        self._postilla.jobs.compare(self._rest, self._came_to, self._compared)

    def on_resize(self) -> None:
        """Keep the box inside the screen."""
        self._fit()

    def _fit(self) -> None:
        self.query_one(Page).styles.max_height = max(1, self.size.height - 3)

    def _came_to(self, step: ExtractProgress) -> None:
        if self.is_open:
            self._show(self._begins(extracting_text.progress(step)))

    def _compared(self, found: Tally | PostillaError) -> None:
        if not self.is_open:
            return
        if isinstance(found, PostillaError):
            self._show("Nothing was changed.")
            self.wrong(str(found))
            self._show_keys("dialog-reading")
            return
        self._tally = found
        ids = {one.document for some in found.examples.values() for one in some}
        rows = self._postilla.library.documents.rows(sorted(ids))
        titles = {id: row.title for id, row in rows.items()}
        room = self.query_one(Page).size.width - 1
        shown = extracting_text.findings(found, titles, room)
        self._show(Content.assemble(self._begins(""), shown))
        self._show_keys("dialog-reading" if found.is_empty else "dialog-extract")
        self.query_one(Page).focus()

    def _show(self, text: object) -> None:
        self.query_one("#seen", Plain).show(text)

    def _show_keys(self, place: str) -> None:
        self.query_one(Status).show_place(place, actions_of(self.app))

    def action_take(self) -> None:
        """Do it, once it is seen what; close where there is nothing to do."""
        if self._tally is not None:
            self.dismiss(not self._tally.is_empty)

    def refuse(self) -> bool:
        """Closing it is no; who still looks can stop."""
        if not self.is_done:
            self._postilla.jobs.cancel()
        return False
