"""A small distribution with an extractor, put where Python looks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

WORDS = """
from store.errors import UsageError
from store.model import Found


class Words:
    name = "words-7"

    def __call__(self, text, language=None, *, published=None):
        if "explode" in text:
            raise ValueError("too \\x1b[31mhot")
        if language == "xx":
            raise UsageError("Words has no pipeline for xx.")
        at = text.find("Zumble")
        return [] if at < 0 else [Found(at, at + 6, "Zumble", "ORG")]


class Nameless:
    name = None


def broken():
    raise OSError("no model file")
"""
"""Finds one word, and fails on texts that say so."""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, content: str = WORDS) -> str:
    """Install it with the extractors ``words``, ``broken``, ``nameless`` and
    ``missing``; returns the folder, for the path of other processes."""
    folder.mkdir()
    (folder / "wordy.py").write_text(content, encoding="utf-8")
    info = folder / "wordy-7.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wordy\nVersion: 7\n")
    (info / "entry_points.txt").write_text(
        "[postilla.extractors]\nwords = wordy:Words\nbroken = wordy:broken\n"
        "nameless = wordy:Nameless\nmissing = wordless:Words\n"
    )
    monkeypatch.syspath_prepend(str(folder))
    return str(folder)
