"""What is compared: coders, tags or attributes, unit, untagged text, documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, get_args

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from store.agreement import UNITS, Question, Untagged
from tui.keys import bindings
from tui.screens.counting_dialog import Ask, CountingDialog
from tui.screens.dialog_options import Tick
from tui.widgets.plain import Plain

_OF = (("tags", "tags"), ("attributes", "attributes of documents"))
_UNITS = tuple((one, one) for one in UNITS)
_UNTAGGED = tuple((one, one) for one in get_args(Untagged))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the screen compares."""

    question: Question
    of: str = "tags"
    """``tags`` or ``attributes``."""


class AgreementDialog(CountingDialog):
    """Rows of choices, and the coders to tick; enter takes them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog")]
    DEFAULT_CSS = """
    AgreementDialog {
        & .agreement--coders { height: auto; width: 1fr; }
        & .counting--coders .counting--label { width: 15; }
        & Tick { height: 1; }
    }
    """

    def __init__(self, asked: Asked, coders: Sequence[str]) -> None:
        """Begin with what is ``asked`` now."""
        self._coders = tuple(coders)
        self._chosen_before = asked.question.coders
        question = asked.question
        super().__init__(
            "What is compared",
            (
                Ask("of", "Compare", asked.of, _OF),
                Ask("unit", "Unit", question.unit, _UNITS),
                Ask("untagged", "Untagged text", question.untagged, _UNTAGGED),
            ),
            documents=question.documents,
            left_out=_left_out,
            check=self._problem,
        )

    def compose_more(self) -> Iterable[Widget]:
        """The coders."""
        before = self._chosen_before
        ticks = [
            Tick(name, not before or name in before, id=f"coder-{number}")
            for number, name in enumerate(self._coders)
        ]
        if ticks:
            yield Horizontal(
                Plain("Coders", classes="counting--label"),
                Vertical(*ticks, classes="agreement--coders"),
                classes="counting--row counting--coders",
            )

    def _ticked(self, answer: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(
            name
            for number, name in enumerate(self._coders)
            if answer[f"coder-{number}"] == "yes"
        )

    def _problem(self, answer: Mapping[str, str]) -> str | None:
        if len(self._ticked(answer)) < 2 <= len(self._coders):
            return "Agreement needs two coders: tick them with space."
        return None

    def asked(self, answer: Mapping[str, str]) -> Asked:
        """What is compared after this answer."""
        ticked = self._ticked(answer)
        question = Question(
            coders=() if len(ticked) == len(self._coders) else ticked,
            unit=next(one for one in UNITS if one == answer["unit"]),
            untagged=next(
                one for one in get_args(Untagged) if one == answer["untagged"]
            ),
            documents=self.documents,
        )
        return Asked(question, answer["of"])


def _left_out(answer: Mapping[str, str]) -> Sequence[str]:
    """Attributes are of whole documents."""
    return () if answer["of"] == "tags" else ("unit", "untagged")
