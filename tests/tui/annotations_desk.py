"""Four annotations in two news items, and how the tests look at their table."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from waiting import settled

from store.annotations import Passage
from store.library import Library
from store.model import Annotation
from tui.app import Postilla
from tui.screens.annotations import AnnotationsScreen

FERRY = (
    "The ferry stayed in port on Monday.\n\nThe operator denied every fault. The"
    " captain did not want to speak.\n\nTickets are refunded."
)
INQUIRY = "An inquiry opened. It heard the captain, who denied nothing."


def noted(tmp_path: Path) -> Library:
    """Two news items, four annotations."""
    for name, title, date, text in (
        ("one", "The ferry stays", "2025-03-01", FERRY),
        ("two", "An inquiry", "2025-03-04", INQUIRY),
    ):
        head = f"---\ntitle: {title}\ndate: {date}\nsource: Tromsby Post\n---\n"
        (tmp_path / f"{name}.md").write_text(head + text + "\n", encoding="utf-8")
    library = Library(tmp_path / "library.db", create=True, coder="tester")
    list(library.add([tmp_path / "one.md", tmp_path / "two.md"]))
    for quote, note, tags in (
        ("The operator denied every fault.", "Who asked?", ["claims/denial"]),
        ("The captain did not want to speak.", "", []),
        ("It heard the captain, who denied nothing.", "Compare!", ["claims", "tone"]),
    ):
        for document in library.documents.ids():
            start = library.documents.text(document).find(quote)
            if start >= 0:
                place = Passage(start, start + len(quote))
                library.annotations.create(document, place, note=note, tags=tags)
    first = library.documents.ids(order="title")[0]
    library.annotations.create(first, None, note="The whole of it.", tags=["tone"])
    return library


def text_of(app: Postilla) -> str:
    """The screen as it would be sent to the terminal."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


async def shown(pilot: Pilot[None], app: Postilla, count: int = 4) -> AnnotationsScreen:
    """Go to the screen and wait for its rows."""
    app.action_go_to("annotations")
    await settled(pilot, lambda: isinstance(app.screen, AnnotationsScreen))
    screen = app.screen
    assert isinstance(screen, AnnotationsScreen)
    await settled(pilot, lambda: len(screen.list.ids) == count)
    return screen


def quotes(screen: AnnotationsScreen) -> list[str]:
    """The first words of the rows, in the order shown."""
    found = {one.id: one for one in screen.library.annotations.select()}
    return [" ".join(found[id].quote.split()[:2]) for id in screen.list.ids]


def by_quote(library: Library, start: str) -> Annotation:
    """The annotation whose passage begins so."""
    return next(a for a in library.annotations.select() if a.quote.startswith(start))
