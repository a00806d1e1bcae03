"""The command as a process of its own: start, pipes, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .commandline import INTERRUPTED, PORT, Cli, hears_interrupts

POSTILLA = [sys.executable, "-m", "tui"]
HEAVY = {"textual", "rich", "sqlite_utils", "rapidfuzz", "numpy", "sqlite3", "regex"}


def _environ(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }


def _modules(*arguments: str) -> set[str]:
    """Packages that a fresh process has after running one command."""
    code = (
        "import sys\n"
        "from tui.cli.environment import Environment\n"
        "from tui.cli.main import run\n"
        f"status = run({list(arguments)!r}, Environment.real())\n"
        "print()\n"
        "print(*{name.split('.')[0] for name in sys.modules})\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("option", ["--help", "--version", "-h"])
def test_help_and_version_import_nothing_heavy(option: str) -> None:
    assert not HEAVY & _modules(option)


@pytest.mark.parametrize("command", ["list", "add", "export", "annotate", "open"])
def test_help_of_commands_imports_nothing_heavy(command: str) -> None:
    assert not HEAVY & _modules(command, "-h")


def test_commands_do_without_the_screen(tmp_path: Path) -> None:
    cli = Cli(tmp_path).with_documents()
    loaded = _modules("-L", str(cli.library), "list")
    assert not {"textual", "numpy", "rapidfuzz"} & loaded


def test_a_reader_that_leaves_early(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    many = [{"id": str(n), "text": f"Number {n} of many."} for n in range(3000)]
    assert cli.run("add", cli.records(*many), "--no-entities").status == 0
    with subprocess.Popen(
        [*POSTILLA, "list"],
        env=_environ(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"id\tguid\ttitle")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


def test_standard_input_and_exact_text(tmp_path: Path) -> None:
    environ = _environ(tmp_path)
    text = "\ufeff" + PORT.replace("\n", "\r\n") + "日本 😀\r\n"
    added = subprocess.run(
        [*POSTILLA, "add", "-"],
        input=text.encode(),
        env=environ,
        capture_output=True,
        check=True,
    )
    assert added.stdout.startswith(b"Added 1 document")
    assert added.stderr == b""
    shown = subprocess.run(
        [*POSTILLA, "show", "1"], env=environ, capture_output=True, check=True
    )
    assert shown.stdout.decode() == PORT + "日本 😀\n"


def test_json_where_the_encoding_cannot_hold_it(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    cli.run("add", cli.records({"id": "1", "title": "日本 ☔", "text": "rain"}))
    done = subprocess.run(
        [*POSTILLA, "list", "-f", "json"],
        env={**_environ(tmp_path), "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=True,
    )
    assert rb"\u65e5\u672c \u2614" in done.stdout


def test_interrupted_while_it_reads(tmp_path: Path) -> None:
    many = Cli(tmp_path).records(
        *({"id": str(n), "text": f"Maria met Peter {n}. " * 40} for n in range(1500))
    )
    with subprocess.Popen(
        [*POSTILLA, "add", many],
        env=_environ(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hears_interrupts,  # noqa: PLW1509 -- it only sets a signal
    ) as process:
        library = tmp_path / "data" / "postilla" / "library.db"
        while not library.exists() and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode in INTERRUPTED
    assert b"interrupted" in err
    assert b"Traceback" not in err


def test_closed_streams(tmp_path: Path) -> None:
    line = " ".join(POSTILLA)
    for closed in ("2>&-", ">&-", "<&-"):
        done = subprocess.run(
            ["sh", "-c", f"{line} nonsense {closed}"],
            env=_environ(tmp_path),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 2
