"""Small enough to be read at once; what grows too large is divided, not excused."""

from __future__ import annotations

import ast

from .sources import Source, sources

FILE, CLASS, FUNCTION = 400, 300, 50

OURS = ("store", "tui")


def lines(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def is_data(source: Source) -> bool:
    """Tables of words and numbers are data in the form of Python."""
    return "/data/" in source.path


def test_files_have_at_most_400_lines() -> None:
    long = [
        f"{one.path}: {count} lines"
        for one in sources("store", "tui", "tests")
        if (count := one.text.count("\n")) > FILE and not is_data(one)
    ]
    assert long == []


def test_classes_have_at_most_300_lines() -> None:
    long = [
        one.at(node, f"class {node.name} has {lines(node)} lines")
        for one in sources(*OURS)
        for node in ast.walk(one.tree)
        if isinstance(node, ast.ClassDef) and lines(node) > CLASS
    ]
    assert long == []


def test_functions_have_at_most_50_lines() -> None:
    long = [
        one.at(node, f"{node.name} has {lines(node)} lines")
        for one in sources(*OURS)
        for node in ast.walk(one.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and lines(node) > FUNCTION
    ]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        one.path
        for one in sources("store", "tui", "tests")
        if not ast.get_docstring(one.tree)
    ]
    assert silent == []
