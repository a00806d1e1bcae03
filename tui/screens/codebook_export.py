"""Writing the codebook to a file: where to, and whether over one that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.export.codebook import FORMATS
from tui.screens.import_text import counted, path_of

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

WAYS = (
    ("qdc", "for NVivo, ATLAS.ti, MAXQDA … (.qdc)"),
    ("tags", "for a spreadsheet (.csv)"),
    ("codebook", "to read and print (.md)"),
)
"""Formats and what they are for."""


def ask_where_to(app: Postilla, format: str) -> None:
    """Ask for the file, and before replacing one; then write it and say so."""
    from tui.screens.dialogs import Prompt

    def check(file: str) -> str | None:
        return None if file.strip() else "Name the file to write."

    def named(file: str | None) -> None:
        if file:
            app.hand.ask(
                lambda _: path_of(file).is_file(),
                lambda exists: _ask_or_write(app, format, file, exists=exists),
            )

    start = f"~/codebook{FORMATS[format]}"
    app.push_screen(Prompt("Write the codebook to", start, check=check), named)


def _ask_or_write(app: Postilla, format: str, file: str, *, exists: bool) -> None:
    from tui.screens.dialogs import Confirm

    if not exists:
        _write(app, format, file, force=False)
        return

    def answered(yes: bool | None) -> None:
        if yes:
            _write(app, format, file, force=True)

    question = f"{file} exists. Replace it? This cannot be undone."
    app.push_screen(Confirm(question, "Replace"), answered)


def _write(app: Postilla, format: str, file: str, *, force: bool) -> None:
    def work(library: Library) -> tuple[int, str]:
        from store.export import codebook

        reader = library.core.reader
        codebook.write(path_of(file), reader, format, force=force)
        count = len(library.codebook.tags(counted=False))
        return count, codebook.left_out(reader, format)

    def written(done: tuple[int, str]) -> None:
        count, left_out = done
        said = f"{counted(count, 'tag')} written to {file}. {left_out}"
        app.tell(said.rstrip() if left_out else said.rstrip(". "))

    app.hand.ask(work, written)
