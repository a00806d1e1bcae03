"""Who may import whom: by contract, and by what a fresh interpreter has loaded."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from .sources import ROOT

TERMINAL = {"textual", "tui"}
HEAVY = {
    *("textual", "rich", "sqlite_utils", "rapidfuzz", "numpy", "trafilatura", "lxml"),
    *("regex", "frontmatter", "yaml", "charset_normalizer", "sqlite3"),
}


def loaded(code: str, *arguments: str) -> set[str]:
    """Packages that a new interpreter holds after running some code."""
    tail = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tail}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


def modules(package: str) -> list[str]:
    """Every module of a package."""
    folder = ROOT / package.replace(".", "/")
    found = pkgutil.walk_packages([str(folder)], f"{package}.")
    return [package, *(one.name for one in found if ".data." not in one.name)]


def test_the_store_loads_no_terminal() -> None:
    names = modules("store")
    assert "store.library" in names and "store.search.index" in names
    code = f"import importlib\nfor name in {names}:\n    importlib.import_module(name)"
    assert loaded(code) & TERMINAL == set()


def test_text_geometry_loads_no_terminal_and_no_library() -> None:
    names = modules("tui.text")
    assert "tui.text.wrap" in names
    code = f"import importlib\nfor name in {names}:\n    importlib.import_module(name)"
    have = loaded(code)
    assert have & {"textual", "sqlite3", "sqlite_utils"} == set()


RUN = """
import io, sys
from tui.cli.environment import Environment
from tui.cli.main import run
stdout, sys.stdout = sys.stdout, io.StringIO()
status = run(sys.argv[1:], Environment.real())
sys.stdout = stdout
assert status in (0, 1, 3), status
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["add", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert loaded(RUN, *arguments) & HEAVY == set()


def test_commands_load_no_screen(tmp_path: Path) -> None:
    library = str(tmp_path / "library.db")
    have = loaded(RUN, "-L", library, "list", "-f", "json")
    assert "textual" not in have
    (tmp_path / "a.txt").write_text("It rained.\n")
    have = loaded(RUN, "-L", library, "add", str(tmp_path / "a.txt"), "--no-entities")
    assert "textual" not in have
    have = loaded(RUN, "-L", library, "list", "-f", "json")
    assert have & {"textual", "numpy", "trafilatura", "sqlite_utils"} == set()


def test_the_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    command = [str(lint)] if lint.exists() else [sys.executable, "-m", "importlinter"]
    done = subprocess.run(
        [*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert "0 broken" in done.stdout
