"""How a screen shows a string that somebody else wrote, and nothing else.

Textual reads markup in most strings it is given and hands control signs on to
the terminal unchanged. So foreign strings come to the screen by this module only:
as ``Content`` of safe text in ``Plain``, in titles by ``set_title``, in toasts by
``say``, and in fields that can be typed into by ``SafeInput`` and
``SafeTextArea``, whose text stays as it is while what is drawn of it is safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Input, Static, TextArea

from store import safe

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

Severity = Literal["information", "warning", "error"]


def plain(text: object) -> Content:
    """Safe content of any string: line breaks stay, nothing in it acts."""
    return Content(safe.block(text))


def joined(*parts: tuple[object, str]) -> Content:
    """Safe content of several strings, each with a Textual style (``""`` for none).

    The styles are written by us (``bold``, ``$text-muted``), never by a document.
    """
    return Content.assemble(*((safe.block(text), style) for text, style in parts))


class Plain(Static):
    """A static text that is never read as markup."""

    def __init__(
        self,
        text: object = "",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show ``text``: a string of any origin, or ``Content`` made here."""
        super().__init__(_content(text), markup=False, id=id, classes=classes)

    def show(self, text: object) -> None:
        """Show another text: a string of any origin, or ``Content``.

        Where the size is fixed nothing else on the screen has to move.
        """
        height, width = self.styles.height, self.styles.width
        fixed = height is not None and not height.is_auto
        fixed = fixed and (width is None or not width.is_auto)
        self.update(_content(text), layout=not fixed)

    @property
    def shown(self) -> str:
        """What stands there now, as safe text."""
        return str(self.content)


def _content(text: object) -> Content:
    return text if isinstance(text, Content) else plain(text)


def set_title(widget: Widget, text: object, *, subtitle: object | None = None) -> None:
    """Put a safe line into the widget's border, and another below if given."""
    widget.border_title = Content(safe.line(text))
    if subtitle is not None:
        widget.border_subtitle = Content(safe.line(subtitle))


def say(
    target: App[Any] | Widget,
    text: object,
    severity: Severity = "information",
    *,
    title: object = "",
    seconds: float | None = None,
) -> None:
    """Show a toast with safe text; ``seconds`` is how long it stays."""
    target.notify(
        safe.block(text),
        title=safe.line(title),
        severity=severity,
        timeout=seconds,
        markup=False,
    )


def safe_strip(strip: Strip, width: int) -> Strip:
    """The strip with every segment's text made safe, ``width`` cells wide."""
    if all(safe.is_ordinary(segment.text) for segment in strip):
        return strip
    segments = [
        Segment(safe.line(segment.text), segment.style)
        for segment in strip
        if segment.control is None
    ]
    last = segments[-1].style if segments else None
    return Strip(segments).adjust_cell_length(width, last)


class SafeInput(Input):
    """A one-line field whose text may come from anywhere."""

    def render_line(self, y: int) -> Strip:
        """One drawn line, with only signs that show."""
        strip = super().render_line(y)
        return safe_strip(strip, strip.cell_length)


class SafeTextArea(TextArea):
    """A field of several lines whose text may come from anywhere."""

    def render_line(self, y: int) -> Strip:
        """One drawn line, with only signs that show."""
        strip = super().render_line(y)
        return safe_strip(strip, strip.cell_length)
