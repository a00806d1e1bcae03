"""The parts of the panel in which attributes are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from store.attribute_rows import Attribute, Value
from tui.screens.document_text import about
from tui.screens.filling_text import Known, lines
from tui.widgets.plain import joined

if TYPE_CHECKING:
    from textual.geometry import Size

    from store.library import Library


class AttributeLine(Widget):
    """One attribute: its value, and the keys that give one."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "AttributeLine { height: auto; width: 100%; margin-bottom: 1; }"

    class Chosen(Message):
        """It was clicked."""

        def __init__(self, line: AttributeLine) -> None:
            super().__init__()
            self.line = line

    def __init__(self, attribute: Attribute) -> None:
        super().__init__()
        self.attribute = attribute
        self.known = Known()
        self.current = False
        self.low = False

    def show(
        self,
        known: Known | None = None,
        *,
        current: bool | None = None,
        low: bool | None = None,
    ) -> None:
        """Show something else of it than before."""
        self.known = self.known if known is None else known
        self.current = self.current if current is None else current
        self.low = self.low if low is None else low
        self.refresh(layout=True)

    def _lines(self, width: int) -> list[list[tuple[str, str]]]:
        return lines(
            self.attribute, self.known, width, current=self.current, low=self.low
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it needs."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Its lines."""
        parts: list[tuple[str, str]] = []
        for number, line in enumerate(self._lines(self.size.width)):
            parts += [("\n" if number else "", ""), *line]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """To this attribute."""
        event.stop()
        self.post_message(self.Chosen(self))


def head_of(library: Library, documents: Sequence[int]) -> Content:
    """Title, source and opening of a document, or how many there are."""
    if len(documents) > 1:
        rows = library.documents.rows(documents[:3])
        titles = [rows[one].title for one in documents[:3] if one in rows]
        more = len(documents) - len(titles)
        last = [f"and {more:,} more"] if more else []
        return joined(("\n".join([*titles, *last]), "bold"))
    rows = library.documents.rows(documents)
    if not rows:
        return joined(("This document was removed.", "bold"))
    row = rows[documents[0]]
    opening = " ".join(library.documents.opening(row.id, 500).split())
    return joined(
        (row.title, "bold"), (f"\n{about(row)}", "$text-muted"), (f"\n{opening}", "")
    )


def known_of(
    attribute: Attribute, values: Sequence[Value], documents: int, coder: str
) -> Known:
    """What is known of one attribute of the documents."""
    of_it = [one for one in values if one.attribute == attribute.id]
    own = [one.value for one in of_it if one.coder == coder]
    others = (
        ()
        if documents > 1
        else tuple((one.coder, one.value) for one in of_it if one.coder != coder)
    )
    same = len(own) == documents and len(set(own)) == 1
    return Known(own[0] if same else None, bool(own) and not same, True, others)
