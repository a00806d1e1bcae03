"""Taking the table of a screen out as CSV: asks where, and before it replaces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.screens.dialogs import Confirm, Prompt

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

Rows = Iterable[Sequence[object]]


def save_table(
    app: Postilla,
    name: str,
    header: Sequence[str],
    rows: Rows | Callable[[Library], Rows],
) -> None:
    """Ask for a file, ``name`` suggested, and write the table there.

    ``rows`` may be a function that reads them; it runs on the writing thread.
    """

    def write(path: Path, *, force: bool) -> None:
        def work(library: Library) -> None:
            from store.export import csv_rows

            table = rows(library) if callable(rows) else rows
            csv_rows.write(path, header, table, force=force)

        app.hand.write(work, lambda _: app.tell(f"Written to {path}"))

    def named(given: str | None) -> None:
        if not given:
            return
        path = Path(given).expanduser()
        app.hand.ask(lambda _: path.is_file(), lambda exists: checked(path, exists))

    def checked(path: Path, exists: bool) -> None:
        if not exists:
            write(path, force=False)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                write(path, force=True)

        question = f"{path} exists. Replace it? This cannot be undone."
        app.push_screen(Confirm(question, "Replace"), answered)

    app.push_screen(Prompt("Write this table as CSV to", name), named)
