"""Agreement of coders: a figure for each tag, with all that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from store.agreement import Agreement, Question, of_attributes, of_tags
from store.document_rows import DocumentFilter
from store.errors import PostillaError
from tui.keys import bindings, by_id, show_keys
from tui.screens.agreement_dialog import AgreementDialog, Asked
from tui.screens.agreement_places import show_differences
from tui.screens.agreement_text import (
    COLUMNS,
    HEADER,
    NOTHING,
    agreement_row,
    basis,
    coding_state,
    explained,
    out_row,
)
from tui.screens.base import LibraryScreen
from tui.screens.table_out import save_table
from tui.screens.which_documents import in_words
from tui.widgets.columns import Row
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

_KEYS = {
    "done": "reader.done",
    "narrow": "agreement.narrow",
    "blind": "agreement.blind",
}
"""Actions that are named where there is nothing to compare."""

_LOW = 20
"""Lines of a screen on which there is no room for long explanations."""


class AgreementList(VirtualList, inherit_bindings=False):
    """The figures, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    def action_leave(self) -> None:
        """Nothing is at the left of this list."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found out, or why nothing could be."""

    rows: Sequence[Agreement]
    problem: str
    blind: bool
    done: int


class AgreementScreen(LibraryScreen):
    """Lies over the five screens."""

    PLACE = "agreement"
    AUTO_FOCUS = "AgreementList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("agreement")]
    DEFAULT_CSS = """
    AgreementScreen {
        & AgreementList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus { border: solid $border; border-title-color: $border; }
        }
        & #basis { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked(Question())
        self._rows: Sequence[Agreement] = ()
        self._answer: Answer | None = None
        self._number = 0

    def compose_body(self) -> Iterable[Widget]:
        """The figures, and what they rest on."""
        yield AgreementList(self._row, COLUMNS, markable=False)
        yield Plain(id="basis")

    @property
    def list(self) -> AgreementList:
        """The figures."""
        return self.query_one(AgreementList)

    def _row(self, ids: Sequence[int]) -> dict[int, Row]:
        return {at: agreement_row(self._rows[at]) for at in ids if at < len(self._rows)}

    def refresh_from_library(self) -> None:
        """Ask again."""
        self._number += 1
        number, asked = self._number, self.asked
        set_title(self.list, "Agreement · comparing …")

        def show(answer: Answer) -> None:
            if number == self._number and self.is_mounted:
                self._show(answer)

        self.hand.ask(lambda library: compare(library, asked), show)

    def _show(self, answer: Answer) -> None:
        self._rows = answer.rows
        keys = {
            name: show_keys(by_id(action, self.postilla.key_actions)).partition(" ")[0]
            for name, action in _KEYS.items()
        }
        self.list.set_empty(NOTHING.format(reason=answer.problem, **keys))
        self.list.set_ids(range(len(answer.rows)))
        self.list.refresh_rows()
        documents = self.asked.question.documents
        where = ""
        if documents != DocumentFilter():
            where = in_words(self.library, documents)
        title = f"Agreement · {basis(answer.rows)}"
        set_title(self.list, title, subtitle=where)
        self._answer = answer
        self._explain()

    def _explain(self) -> None:
        answer = self._answer
        if answer is None:
            return
        state = coding_state(blind=answer.blind, done=answer.done)
        is_low = self.size.height < _LOW
        lines = [explained(self.asked.of, is_low=is_low), state]
        self.query_one("#basis", Plain).show(
            "\n".join(lines if self._rows else [state])
        )

    def on_resize(self) -> None:
        """Explain more where there is room."""
        self._explain()

    @on(VirtualList.Opened, "AgreementList")
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        if event.id < len(self._rows):
            show_differences(self.postilla, self.asked, self._rows[event.id].what)

    def words_at_hand(self) -> str:
        """Other questions are about the tag under the cursor."""
        at = self.list.cursor_id
        if self.asked.of != "tags" or at is None or at >= len(self._rows):
            return ""
        return f"tag:{self._rows[at].what}"

    def action_narrow(self) -> None:
        """Choose coders, unit, and what is done with untagged text."""
        coders = [one.name for one in self.library.coders.list()]
        dialog = AgreementDialog(self.asked, coders)

        def chosen(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self.asked = dialog.asked(answer)
                self.refresh_from_library()

        self.app.push_screen(dialog, chosen)

    def action_toggle_blind(self) -> None:
        """Hide coders from each other, or no longer."""
        on = not self.library.coders.blind
        words = "on: coders are hidden until both are done" if on else "off"
        self.hand.write(
            lambda library: library.coders.set_blind(on),
            lambda _: self.say(f"Blind coding is {words} · u undo"),
        )

    def action_copy(self) -> None:
        """Copy the figures as lines."""
        if not self._rows:
            self.say("There is nothing to copy.")
            return
        lines = ["\t".join(HEADER)]
        lines += ["\t".join(map(str, out_row(one))) for one in self._rows]
        self.postilla.copy_text("\n".join(lines))

    def action_export(self) -> None:
        """Take the figures out as CSV."""
        if not self._rows:
            self.say("There is nothing to export.")
            return
        rows = [out_row(one) for one in self._rows]
        save_table(self.postilla, "agreement.csv", HEADER, rows)


def compare(library: Library, asked: Asked) -> Answer:
    """The figures, or the sentence that says why there are none."""
    coders = library.coders
    done = next((one.done for one in coders.list() if one.you), 0)
    answer = of_attributes if asked.of == "attributes" else of_tags
    try:
        return Answer(answer(library.core, asked.question), "", coders.blind, done)
    except PostillaError as error:
        return Answer((), str(error), coders.blind, done)


def toggle_done(app: Postilla, document: int) -> None:
    """Say that one's coding of a document is done, or no longer."""

    def work(library: Library) -> bool:
        done = document not in library.coders.done([document])
        library.coders.mark_done([document], done)
        return done

    def told(done: bool) -> None:
        hidden = app.library.coders.blind
        shown = "; others who are done are shown" if done and hidden else ""
        app.tell(f"Coding here is {'done' if done else 'not done'}{shown} · u undo")

    app.hand.write(work, told)
