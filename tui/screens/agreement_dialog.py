"""What is compared: coders, tags or attributes, unit, untagged text, documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, get_args

from textual.binding import BindingType
from textual.widget import Widget

from store.agreement import UNITS, Question, Untagged
from tui.keys import bindings
from tui.screens.dialog_frame import Dialog, Wrong
from tui.screens.dialog_options import Options, Tick
from tui.widgets.plain import Plain

ALL = ""
"""Of the documents: no collection."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the screen compares."""

    question: Question
    of: str = "tags"
    """``tags`` or ``attributes``."""
    collection: str = ALL


class AgreementDialog(Dialog[Asked | None]):
    """Rows of choices; enter takes them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog")]
    DEFAULT_CSS = """
    AgreementDialog {
        & .agreement--label { color: $text-muted; height: 1; margin-top: 1; }
        & Tick { height: 1; }
    }
    """

    def __init__(
        self, asked: Asked, coders: Sequence[str], collections: Sequence[str]
    ) -> None:
        """Begin with what is ``asked`` now."""
        super().__init__("What is compared")
        self._asked = asked
        self._coders = tuple(coders)
        self._collections = tuple(collections)

    def compose_box(self) -> Iterable[Widget]:
        """One row a question."""
        question = self._asked.question
        yield Plain("Compare", classes="agreement--label")
        kinds = [("tags", "tags"), ("attributes", "document attributes")]
        yield Options(kinds, self._asked.of, id="of")
        yield Plain("Unit (of tags)", classes="agreement--label")
        yield Options([(one, one) for one in UNITS], question.unit, id="unit")
        yield Plain("Text that nobody tagged", classes="agreement--label")
        treatments = [(one, one) for one in get_args(Untagged)]
        yield Options(treatments, question.untagged, id="untagged")
        if self._collections:
            yield Plain("Documents", classes="agreement--label")
            sets = [(ALL, "all"), *((one, one) for one in self._collections)]
            yield Options(sets, self._asked.collection, id="collection")
        yield Plain("Coders", classes="agreement--label")
        for number, name in enumerate(self._coders):
            ticked = not question.coders or name in question.coders
            yield Tick(name, ticked, id=f"coder-{number}")
        yield Wrong()

    def key_enter(self) -> None:
        """Take the choices; there is no field that would answer enter."""
        self.action_take()

    def action_take(self) -> None:
        """Answer with what is chosen."""
        ticked = tuple(
            name
            for number, name in enumerate(self._coders)
            if self.query_one(f"#coder-{number}", Tick).ticked
        )
        if len(ticked) < 2 and len(self._coders) > 1:
            self.wrong("Agreement needs two coders.")
            return
        everyone = len(ticked) == len(self._coders)
        chosen = {one.id: one.value for one in self.query(Options)}
        unit = next(one for one in UNITS if one == chosen["unit"])
        untagged = next(one for one in get_args(Untagged) if one == chosen["untagged"])
        question = replace(
            self._asked.question,
            coders=() if everyone else ticked,
            unit=unit,
            untagged=untagged,
        )
        self.dismiss(Asked(question, str(chosen["of"]), chosen.get("collection", ALL)))
