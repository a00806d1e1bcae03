"""The project's own source files, parsed once."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: str
    """From the root of the project."""
    text: str
    tree: ast.Module

    def at(self, node: ast.AST, what: str) -> str:
        """A finding as a line that an editor can jump to."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Python files below these folders."""
    out = []
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            text = file.read_text("utf-8")
            path = file.relative_to(ROOT).as_posix()
            out.append(Source(path, text, ast.parse(text, path)))
    assert out
    return tuple(out)


def calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the dotted name of what is called, as far as it has one."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def dotted(node: ast.expr) -> str:
    """``a.b.c``; what is no plain name is ``?``."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def strings(source: Source) -> Iterator[tuple[ast.Constant, str]]:
    """Every string literal that is no docstring, f-strings in pieces."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        )
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(source.tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in docs:
                yield node, text


def tracked() -> list[Path]:
    """Files that belong to the project: known to git, or new and not ignored.

    Without git (an unpacked archive) all that lies in the project's folders.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(
            command, cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        folders = ("store", "tui", "tests", "seeds")
        return [
            path
            for folder in folders
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        ]
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]
