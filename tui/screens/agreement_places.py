"""What lies behind a figure of agreement: the units on which coders differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import safe, tagexpr
from store.agreement_places import Difference, of_attribute, of_tag
from store.annotation_rows import AnnotationFilter
from tui.screens.agreement_dialog import Asked
from tui.screens.agreement_text import difference_line
from tui.screens.dialogs import Choose

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

_MOST = 500
"""So many units are offered; a table of more is no choice."""

_PASSAGE = 160
"""Code points of a unit that are shown at most."""

_ANNOTATIONS = "annotations"


@dataclass(frozen=True, slots=True)
class Found:
    """The units that are offered, with their lines, and how many there are."""

    places: list[Difference]
    lines: list[str]
    count: int


class ChooseDifference(Choose):
    """Wide, for passages."""

    DEFAULT_CSS = """
    ChooseDifference > Box { width: 110; }
    """


def show_differences(app: Postilla, asked: Asked, what: str) -> None:
    """Let a person choose among the units on which coders differ about a tag or an
    attribute, and open it in the reader; or see the annotations with the tag."""
    asked_on = app.screen

    def show(found: Found) -> None:
        if app.screen is asked_on:
            _offer(app, asked, what, found)

    app.hand.ask(lambda library: find(library, asked, what), show)


def find(library: Library, asked: Asked, what: str) -> Found:
    """The units, with their lines. Runs off the screen's thread. Raises
    ``PostillaError``."""
    differing = of_tag if asked.of == "tags" else of_attribute
    every = differing(library.core, asked.question, what)
    shown = every[:_MOST]
    documents = library.documents.rows(list({one.document for one in shown}))
    shown = [one for one in shown if one.document in documents]
    lines, read, text = [], 0, ""
    for one in shown:
        passage = ""
        if one.start is not None and one.end is not None:
            if read != one.document:
                read, text = one.document, library.documents.text(one.document)
            passage = text[one.start : min(one.end, one.start + _PASSAGE)]
        line = difference_line(one, asked.of, documents[one.document], passage)
        lines.append(line)
    return Found(shown, lines, len(every))


def _offer(app: Postilla, asked: Asked, what: str, found: Found) -> None:
    options = [(str(number), line) for number, line in enumerate(found.lines)]
    if asked.of == "tags":
        options.append((_ANNOTATIONS, "all annotations with this tag"))
    elif not options:
        app.tell("Their values are the same everywhere.")
        return

    def chosen(value: str | None) -> None:
        if value == _ANNOTATIONS:
            _show_annotations(app, what)
        elif value is not None:
            one = found.places[int(value)]
            app.reading_list = tuple(
                dict.fromkeys(place.document for place in found.places)
            )
            app.open_document(one.document, one.start, one.end)

    some = "1 place" if found.count == 1 else f"{found.count:,} places"
    title = f"{safe.line(what, 40)} · coders differ at {some}"
    hint = ""
    if found.count > len(found.lines):
        hint = f"The first {len(found.lines):,} are listed."
    app.push_screen(ChooseDifference(title, options, hint=hint), chosen)


def _show_annotations(app: Postilla, path: str) -> None:
    from tui.screens.annotations import AnnotationsScreen

    app.action_go_to("annotations")
    screen = app.screen
    if isinstance(screen, AnnotationsScreen):
        screen.show_filters(AnnotationFilter(tag=tagexpr.quoted(path)))
