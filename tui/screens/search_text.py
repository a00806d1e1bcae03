"""Hits as rows and as previews: values in, what is shown out.

The functions that read are run off the screen's thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from store.errors import NotFound
from store.model import Document, Entity, Hit, Tag
from tui.screens.annotation_text import unquoted
from tui.screens.document_text import about
from tui.screens.entity_text import TYPE_WORDS
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.plain import joined

if TYPE_CHECKING:
    from store.library import Library

KINDS = ("document", "entity", "annotation", "tag")

KIND_WORDS = {
    KINDS: "all kinds",
    ("document",): "documents",
    ("entity",): "entities",
    ("annotation",): "annotations",
    ("tag",): "tags",
}
"""What tab goes through, and what each is called."""

COLUMNS = (Column(width=3), Column(width=8, flex=1))

_SIGNS = {"document": "DOC", "entity": "ENT", "annotation": "ANN", "tag": "TAG"}

MATCH = "bold underline $match-foreground on $match-background"

_BEFORE, _AFTER = 500, 1200
"""Code points of a document shown in front of a hit and behind it."""

_MOST_MARKS = 200

Part = tuple[object, str]
"""A string of any origin and its style."""
