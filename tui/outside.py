"""Writing a text in the person's own editor, and bringing it back unharmed.

The text lies in a file that only the person can read, in a folder of its own, for as
long as the editor runs. Whatever goes wrong is said in one sentence, and then the
text the caller has stays as it was; if the editor wrote something that cannot be
taken, its file is left and named.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

Run = Callable[[Sequence[str]], int]
"""Runs a command in the terminal to its end and gives its exit status."""

LAST_RESORT = "vi"
"""The editor of whoever has not said which."""


class EditorFailed(Exception):
    """The text was not changed; the message says why."""


def write_outside(app: App[Any], text: str, name: str = "note.md") -> str:
    """The text as it is after the person edited it, the screen given to the editor.

    ``name`` is what the editor sees as the file's name. Raises ``EditorFailed``.
    """
    from textual.app import SuspendNotSupported

    def run(command: Sequence[str]) -> int:
        try:
            with app.suspend():
                outcome = _call(command)
        except SuspendNotSupported:
            raise EditorFailed("No editor can be opened from this terminal.") from None
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    return edit(text, name, os.environ, run)


def _call(command: Sequence[str]) -> int | OSError:
    """Exit status, or why it did not start: an exception would lose the screen.

    An interrupt from the keyboard is meant for the editor alone.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(command, check=False).returncode
    except OSError as error:
        return error
    finally:
        signal.signal(signal.SIGINT, before)


def edit(text: str, name: str, environment: Mapping[str, str], run: Run) -> str:
    """The text after ``run`` has run the editor on it. Raises ``EditorFailed``."""
    command = command_of(environment)
    try:
        folder = Path(tempfile.mkdtemp(prefix="postilla-"))  # nobody else may look in
    except OSError as error:
        raise EditorFailed(f"No file can be made ({error.strerror}).") from error
    is_needed = False
    try:
        file = folder / name
        _write(file, text)
        status = _run(run, command, file)
        try:
            return _read_back(file, text, command[0], status)
        except EditorFailed:
            is_needed = _differs(file, text)
            raise
    finally:
        if not is_needed:
            shutil.rmtree(folder, ignore_errors=True)


def command_of(environment: Mapping[str, str]) -> list[str]:
    """The editor with its options. Raises ``EditorFailed`` where there is none."""
    for name in ("VISUAL", "EDITOR"):
        given = environment.get(name, "").strip()
        if given:
            try:
                return shlex.split(given)
            except ValueError as error:
                raise EditorFailed(f"${name} cannot be read: {given}") from error
    if shutil.which(LAST_RESORT, path=environment.get("PATH")):
        return [LAST_RESORT]
    raise EditorFailed("Which editor? Set $VISUAL or $EDITOR before you start.")


def _write(file: Path, text: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as opened:
        opened.write(text)


def _run(run: Run, command: Sequence[str], file: Path) -> int:
    try:
        return run([*command, str(file)])
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EditorFailed(
            f"{command[0]} could not be started ({reason}); see $VISUAL and $EDITOR."
        ) from error


def _read_back(file: Path, before: str, editor: str, status: int) -> str:
    left = f"; what it wrote is in {file}" if _differs(file, before) else ""
    if status != 0:
        raise EditorFailed(f"{editor} ended with an error ({status}){left}.")
    try:
        with file.open(encoding="utf-8-sig", newline=None) as opened:
            text = opened.read()
    except UnicodeDecodeError as error:
        raise EditorFailed(f"{editor} did not write UTF-8{left}.") from error
    except OSError as error:
        raise EditorFailed(f"{editor} left no file.") from error
    # Editors end the last line; whoever wrote the text had not.
    if text.endswith("\n") and not before.endswith("\n"):
        text = text[:-1]
    return text


def _differs(file: Path, before: str) -> bool:
    try:
        return file.read_bytes() != before.encode("utf-8", "surrogatepass")
    except OSError:
        return False
