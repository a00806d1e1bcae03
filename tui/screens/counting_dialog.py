"""What is counted, asked in one box: rows of choices and lines to type in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from store import safe
from store.document_rows import DocumentFilter
from tui.keys import bindings
from tui.screens.dialog_frame import Dialog, Wrong
from tui.screens.dialog_options import Options
from tui.screens.documents_choice import DocumentsChoice
from tui.widgets.plain import Plain, SafeInput

Answer = dict[str, str]

_DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Ask:
    """One row of the box."""

    name: str
    label: str
    value: str
    options: Sequence[tuple[str, str]] = ()
    """Values and words to choose among; without any it is a line to type in."""
    hint: str = ""
    """What stands in an empty line."""


class CountingDialog(Dialog[Answer | None]):
    """Rows of choices; enter takes them, and the answer has each by its name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("enter,ctrl+s", "take", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    CountingDialog {
        & .counting--row { height: auto; width: 100%; }
        & .counting--label { color: $text-muted; text-style: bold; }
        & .counting--row Input { width: 1fr; }
    }
    """

    def __init__(
        self,
        title: str,
        rows: Sequence[Ask],
        *,
        documents: DocumentFilter,
        left_out: Callable[[Mapping[str, str]], Collection[str]] = lambda _: (),
        check: Callable[[Mapping[str, str]], str | None] = lambda _: None,
    ) -> None:
        """Ask ``rows``, and in which documents, beginning with ``documents``;
        ``left_out`` names rows that make no sense with the others as they are,
        ``check`` says why the answer cannot be taken, or ``None``."""
        super().__init__(title)
        self.documents = documents
        """In which documents, once it was answered."""
        self._rows = tuple(rows)
        self._left_out = left_out
        self._check = check

    def compose_box(self) -> Iterable[Widget]:
        """A row for each question."""
        for row in self._rows:
            answer: Widget
            if row.options:
                answer = Options(row.options, row.value, id=row.name)
            else:
                answer = SafeInput(
                    row.value,
                    placeholder=safe.line(row.hint),
                    compact=True,
                    select_on_focus=False,
                    id=row.name,
                )
            yield self._row(row.name, row.label, answer)
        which = DocumentsChoice(self.documents, id=_DOCUMENTS)
        yield self._row(_DOCUMENTS, "Documents", which)
        yield from self.compose_more()
        yield Wrong()

    def compose_more(self) -> Iterable[Widget]:
        """What stands below the rows."""
        return ()

    def _row(self, name: str, label: str, answer: Widget) -> Widget:
        labels = ["Documents", *(row.label for row in self._rows)]
        cells = max(safe.width(safe.line(one)) for one in labels) + 2
        before = Plain(safe.fit(label, cells), classes="counting--label")
        before.styles.width = cells
        return Horizontal(before, answer, classes=f"counting--row counting--{name}")

    def on_mount(self) -> None:
        """Leave out what makes no sense."""
        super().on_mount()
        self._adapt()

    @property
    def answer(self) -> Answer:
        """What is chosen and typed now."""
        found = {str(one.id): one.value for one in self.query(Options)}
        return found | {str(one.id): one.value.strip() for one in self.query(Input)}

    @on(Options.Changed)
    def _chosen(self, event: Options.Changed) -> None:
        event.stop()
        self.wrong("")
        self._adapt()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.wrong("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def _adapt(self) -> None:
        left_out = self._left_out(self.answer)
        for row in self._rows:
            self.query_one(f".counting--{row.name}").display = row.name not in left_out

    def action_take(self) -> None:
        """Answer, unless something is wrong."""
        answer = self.answer
        problem = self._check(answer)
        if problem is None:
            self.documents = self.query_one(DocumentsChoice).filters
            self.dismiss(answer)
        else:
            self.wrong(problem)
