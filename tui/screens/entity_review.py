"""Proposed merges, one after the other: a person says what is one and what is two.

Names alone often do not tell, so each stands with a passage in which it is named.
A decision is written at once and can be taken back here, or later like any act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from store.errors import PostillaError
from store.model import AliasProposal, Entity
from tui.keys import bindings
from tui.screens.annotation_text import around
from tui.screens.dialog_frame import Box, Dialog, Wrong
from tui.screens.entity_text import TYPE_WORDS
from tui.widgets.plain import Plain, joined, set_title

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

_CONTEXT = 90
"""Code points shown on each side of a name."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two names, with a passage in which it stands."""

    entity: Entity
    title: str = ""
    before: str = ""
    surface: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was said about a proposal."""

    index: int
    kind: Literal["merge", "apart"]
    keep: int
    other: int


class ReviewScreen(Dialog[int]):
    """Dismissed with how many decisions were made."""

    PLACE = "review"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]
    DEFAULT_CSS = """
    ReviewScreen {
        & > Box { width: 78; }
        & .side { height: auto; margin-bottom: 1; }
        & #reason { height: auto; color: $text-warning; }
    }
    """

    def __init__(self, postilla: Postilla, proposals: Sequence[AliasProposal]) -> None:
        """Ask about ``proposals``, at least one, in their order."""
        super().__init__("Are these one?")
        self._postilla = postilla
        self._proposals = tuple(proposals)
        self._index = 0
        self._swapped = False
        self._sides: dict[int, Side] = {}
        self._decisions: list[Decision] = []

    def compose_box(self) -> Iterable[Widget]:
        """Both names with their passages, the reason, what went wrong."""
        yield Plain(id="one", classes="side")
        yield Plain(id="two", classes="side")
        yield Plain(id="reason")
        yield Wrong()

    def on_mount(self) -> None:
        """Ask about the first."""
        super().on_mount()
        self._show()

    # What is asked ---------------------------------------------------------

    @property
    def proposal(self) -> AliasProposal:
        """What is asked now."""
        return self._proposals[self._index]

    @property
    def pair(self) -> tuple[int, int]:
        """The entity whose name stays, and the other, as things would be now."""
        keep, other = self.proposal.id, self.proposal.other
        return (other, keep) if self._swapped else (keep, other)

    def _show(self) -> None:
        """Ask about the proposal at the index: names at once, passages when read."""
        self._swapped, self._sides = False, {}
        place = f"{self._index + 1:,} of {len(self._proposals):,}"
        set_title(self.query_one(Box), f"Are these one? · {place}")
        self._draw()
        proposal = self.proposal

        def show(sides: dict[int, Side]) -> None:
            if self.is_mounted and self.proposal is proposal:
                self._sides = sides
                self._draw()

        wanted = (proposal.id, proposal.other)
        self._postilla.hand.ask(lambda library: _sides(library, wanted), show)

    def _draw(self) -> None:
        proposal = self.proposal
        names = {proposal.id: proposal.name, proposal.other: proposal.other_name}
        keep, other = self.pair
        one = _side(self._sides.get(keep), names[keep], stays=True)
        two = _side(self._sides.get(other), names[other], stays=False)
        self.query_one("#one", Plain).show(one)
        self.query_one("#two", Plain).show(two)
        self.query_one("#reason", Plain).show(proposal.reason)

    # What is answered ------------------------------------------------------

    def action_merge(self) -> None:
        """They are one; the first name stays."""
        keep, other = self.pair
        self._decide(Decision(self._index, "merge", keep, other))

    def action_apart(self) -> None:
        """They are two; nobody asks again."""
        self._decide(Decision(self._index, "apart", *self.pair))

    def action_swap(self) -> None:
        """Let the other name stay."""
        self._swapped = not self._swapped
        self._draw()

    def action_later(self) -> None:
        """Leave it open and go on."""
        self._go_on()

    def refuse(self) -> int:
        """Closing leaves the rest open; what was decided stays."""
        return len(self._decisions)

    def action_undo(self) -> None:
        """Take back the last decision and ask again."""
        if not self._decisions:
            self.wrong("Nothing was decided here yet.")
            return
        last = self._decisions.pop()
        self._index = last.index
        self._show()
        self._postilla.hand.write(
            lambda library: library.history.undo(), None, self._failed
        )

    def _decide(self, decision: Decision) -> None:
        self.wrong("")
        self._decisions.append(decision)

        def work(library: Library) -> None:
            if decision.kind == "merge":
                library.entities.merge(decision.keep, [decision.other])
            else:
                library.entities.distinguish(decision.keep, decision.other)

        def failed(error: PostillaError) -> None:
            if decision in self._decisions:
                self._decisions.remove(decision)
            self._failed(error)

        self._postilla.hand.write(work, None, failed)
        self._go_on()

    def _failed(self, error: PostillaError) -> None:
        if self.is_mounted and self.is_current:
            self.wrong(str(error))
        else:
            self._postilla.trouble(error)

    def _go_on(self) -> None:
        """To the next proposal that earlier decisions left open, else close."""
        for index in range(self._index + 1, len(self._proposals)):
            self._index = index
            if self._is_open(self.proposal):
                self._show()
                return
        self.dismiss(len(self._decisions))

    def _is_open(self, proposal: AliasProposal) -> bool:
        """Whether the two are not one already by what was decided here."""
        roots: dict[int, int] = {}
        for one in self._decisions:
            if one.kind == "merge":
                roots[_root(roots, one.other)] = _root(roots, one.keep)
        return _root(roots, proposal.id) != _root(roots, proposal.other)


def _root(roots: dict[int, int], entity: int) -> int:
    while roots.get(entity, entity) != entity:
        entity = roots[entity]
    return entity


def _sides(library: Library, wanted: Sequence[int]) -> dict[int, Side]:
    """The entities with their first passages; merged ones under the asked id."""
    found: dict[int, Side] = {}
    for one in wanted:
        entity = library.entities.get(one)
        found[one] = Side(entity)
        for mention in library.entities.mentions(entity=entity.id, limit=20):
            if mention.state != "rejected":
                text = library.documents.text(mention.document)
                before, after = around(text, mention.start, mention.end, _CONTEXT)
                title = library.documents.get(mention.document).title
                found[one] = Side(entity, title, before, mention.surface, after)
                break
    return found


def _side(side: Side | None, name: str, *, stays: bool) -> Content:
    """A name, how often it stands where, and one passage."""
    role = "this name stays" if stays else "becomes another spelling of it"
    parts: list[tuple[object, str]] = [(name, "bold"), (f"  {role}", "$text-muted")]
    if side is not None:
        entity = side.entity
        kind = TYPE_WORDS.get(entity.type, entity.type)
        documents = (
            "1 document" if entity.documents == 1 else f"{entity.documents:,} documents"
        )
        parts.append(
            (f"\n{kind} · {entity.mentions:,} × in {documents}", "$text-muted")
        )
        if side.surface:
            parts += [
                ("\n" + side.before, ""),
                (side.surface, "bold underline"),
                (side.after, ""),
                (f"\n— {side.title}", "$text-muted"),
            ]
    return joined(*parts)
