"""The codebook as a tree: indented rows that fold, each with swatch, letter, counts.

A tag is never told by its colour alone: the swatch stands beside the letter, and
the name beside both.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message

from tui.widgets.columns import Cell, Column, Row, Run
from tui.widgets.virtual_list import VirtualList

COLOURS = 8
"""How many tag colours there are; ``TagNode.colour`` is below this."""

SWATCH = "■"
OPEN = "▾"
CLOSED = "▸"

_COLUMNS = (
    Column("tag", width=6, flex=1),
    Column("ann.", width=6, align="right", drop_below=24),
    Column("+below", width=6, align="right", drop_below=36),
    Column("docs", width=6, align="right", drop_below=44),
)

_INDENT = 2
_DEEPEST = 12
"""Deeper levels are not indented further: the name must stay on the screen."""


@dataclass(frozen=True, slots=True)
class TagNode:
    """One tag as the tree shows it. Nodes come parents first, children after them."""

    id: int
    depth: int
    """0 for a tag without parent."""
    name: str
    marker: str = ""
    colour: int | None = 0
    """``None`` for what is no tag and has no swatch."""
    annotations: int = 0
    documents: int = 0
    branch: int = 0
    """Annotations with the tag or one below it."""


class TagTree(VirtualList, inherit_bindings=False):
    """The codebook; opening, highlighting and marking are those of the list."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"list--colour-{number}" for number in range(COLOURS)
    }

    # Every theme has these; an app's style sheet may put its own palette here.
    DEFAULT_CSS = """
    TagTree {
        & > .list--colour-0 { color: $text-primary; }
        & > .list--colour-1 { color: $text-warning; }
        & > .list--colour-2 { color: $text-success; }
        & > .list--colour-3 { color: $text-error; }
        & > .list--colour-4 { color: $text-accent; }
        & > .list--colour-5 { color: $text-secondary; }
        & > .list--colour-6 { color: $foreground; }
        & > .list--colour-7 { color: $text-muted; }
    }
    """

    @dataclass
    class Folded(Message):
        """A tag was closed or opened."""

        source: TagTree
        id: int
        is_closed: bool

        @property
        def control(self) -> TagTree:
            """The tree, so that handlers can select by it."""
            return self.source

    def __init__(
        self,
        *,
        empty: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """An empty tree; ``set_nodes`` fills it."""
        super().__init__(self._node_rows, _COLUMNS, empty=empty, id=id, classes=classes)
        self._tag_nodes: tuple[TagNode, ...] = ()
        self._places: dict[int, int] = {}
        self._closed_ids: set[int] = set()

    @property
    def closed(self) -> frozenset[int]:
        """The ids of the closed tags, to be kept and given to ``set_nodes``."""
        return frozenset(self._closed_ids)

    def set_nodes(
        self, nodes: Sequence[TagNode], *, closed: Iterable[int] | None = None
    ) -> None:
        """Show another codebook; the cursor stays on its tag, closed tags closed."""
        self._tag_nodes = tuple(nodes)
        self._places = {node.id: place for place, node in enumerate(self._tag_nodes)}
        if closed is not None:
            self._closed_ids = set(closed)
        self._closed_ids &= self._places.keys()
        self._show()

    def node(self, wanted: int) -> TagNode | None:
        """The tag with an id."""
        place = self._places.get(wanted)
        return None if place is None else self._tag_nodes[place]

    def has_children(self, wanted: int) -> bool:
        """Whether tags are below this one."""
        place = self._places[wanted] + 1
        if place >= len(self._tag_nodes):
            return False
        return self._tag_nodes[place].depth > self._tag_nodes[place - 1].depth

    def reveal(self, wanted: int) -> bool:
        """Open what is above a tag and put the cursor on it; False if unknown."""
        if wanted not in self._places:
            return False
        self._closed_ids -= set(self._above(wanted))
        self._show()
        return self.move_to_id(wanted)

    def action_fold(self) -> None:
        """Close the tag under the cursor; a closed one or a leaf: go to its parent."""
        here = self.cursor_id
        if here is None:
            return
        if self.has_children(here) and here not in self._closed_ids:
            self._fold(here, True)
            return
        above = self._above(here)
        if above:
            self.move_to_id(above[-1])

    def action_unfold(self) -> None:
        """Open the tag under the cursor; if it is open, go to its first child."""
        here = self.cursor_id
        if here is None or not self.has_children(here):
            return
        if here in self._closed_ids:
            self._fold(here, False)
        else:
            self.action_cursor_down()

    def action_toggle_fold(self) -> None:
        """Open a closed tag, close an open one."""
        here = self.cursor_id
        if here is not None and self.has_children(here):
            self._fold(here, here not in self._closed_ids)

    def action_fold_all(self) -> None:
        """Close every tag; if all are closed, open them."""
        parents = {node.id for node in self._tag_nodes if self.has_children(node.id)}
        here = self.cursor_id
        above = self._above(here) if here is not None else []
        self._closed_ids = set() if self._closed_ids >= parents else parents
        self._show()
        if above and self._closed_ids:
            self.move_to_id(above[0])

    def _fold(self, wanted: int, is_closed: bool) -> None:
        self._closed_ids ^= {wanted}
        self._show()
        self.post_message(self.Folded(self, wanted, is_closed))

    def _above(self, wanted: int) -> list[int]:
        """Ids of the tags above one, from the root down."""
        place = self._places[wanted]
        depth = self._tag_nodes[place].depth
        above: list[int] = []
        while depth > 0 and place > 0:
            place -= 1
            if self._tag_nodes[place].depth < depth:
                depth = self._tag_nodes[place].depth
                above.append(self._tag_nodes[place].id)
        return above[::-1]

    def _show(self) -> None:
        shown: array[int] = array("q")
        hidden_below: int | None = None
        for node in self._tag_nodes:
            if hidden_below is not None and node.depth > hidden_below:
                continue
            hidden_below = node.depth if node.id in self._closed_ids else None
            shown.append(node.id)
        self.set_ids(shown)

    def _node_rows(self, ids: Sequence[int]) -> dict[int, Row]:
        return {i: self._row(self._tag_nodes[self._places[i]]) for i in ids}

    def _row(self, node: TagNode) -> Row:
        fold = below = " "
        if self.has_children(node.id):
            below = f"{node.branch:,}" if node.branch else "–"
            fold = CLOSED if node.id in self._closed_ids else OPEN
        swatch = Run(" ")
        if node.colour is not None:
            swatch = Run(SWATCH, f"colour-{node.colour % COLOURS}")
        indent = " " * (_INDENT * min(node.depth, _DEEPEST))
        lead = (
            Run(f"{indent}{fold} "),
            swatch,
            Run(f" {node.marker or '–'} "),
        )
        return Row(
            (
                Cell(node.name, lead=lead),
                f"{node.annotations:,}" if node.annotations else "–",
                below,
                f"{node.documents:,}" if node.documents else "–",
            )
        )
