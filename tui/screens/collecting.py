"""Collections: the list of named sets, and putting documents into one."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from store.collections import Collection
from store.document_rows import DocumentFilter
from store.errors import PostillaError
from tui.keys import bindings
from tui.screens.base import LibraryScreen
from tui.screens.collecting_dialogs import (
    ChooseOrNew,
    New,
    NewCollection,
    Sample,
    SampleDialog,
)
from tui.screens.collecting_text import COLUMNS, about, collection_row, several
from tui.screens.documents import DocumentsScreen
from tui.widgets import empty
from tui.widgets.columns import Row
from tui.widgets.plain import Plain, set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla

    Making = Callable[[Library], Collection]

_ALL, _SHOWN, _INSIDE = "all", "shown", "inside"


class CollectionList(VirtualList, inherit_bindings=False):
    """The list of collections with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]


class CollectionsScreen(LibraryScreen):
    """Every collection with what is in it, and what it is."""

    PLACE = "collections"
    AUTO_FOCUS = "CollectionList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("collections")]
    DEFAULT_CSS = """
    CollectionsScreen {
        & CollectionList {
            height: 1fr;
            border: solid $border-blurred;
            border-title-color: $text-muted;
            &:focus { border: solid $border; }
        }
        & #about {
            height: 5;
            padding: 0 1;
            border: solid $border-blurred;
            border-title-color: $text-muted;
        }
        &.-empty #about, &.-no-panel #about { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[int, Collection] = {}

    def compose_body(self) -> Iterable[Widget]:
        """The list, and below it what the one under the cursor is."""
        yield CollectionList(self._rows, COLUMNS, markable=False)
        yield Plain(id="about")

    def on_mount(self) -> None:
        """Titles; the rows come with the first look into the library."""
        super().on_mount()
        set_title(self.list, "Collections")
        set_title(self.query_one("#about"), "What it is")

    @property
    def list(self) -> CollectionList:
        """The list."""
        return self.query_one(CollectionList)

    @property
    def current(self) -> Collection | None:
        """The collection under the cursor."""
        return self._found.get(self.list.cursor_id or 0)

    def _one(self) -> Collection | None:
        """The same, for what is done with it: says so where there is none."""
        if self.current is None:
            self.say("There is no collection here yet; a makes one.")
        return self.current

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        return {id: collection_row(self._found[id]) for id in ids if id in self._found}

    def refresh_from_library(self) -> None:
        """Count again what is in each."""
        self.hand.ask(lambda library: library.collections.list(), self._show)

    def _show(self, found: Sequence[Collection]) -> None:
        if not self.is_mounted:
            return
        self._found = {one.id: one for one in found}
        self.list.set_ids(array("q", self._found))
        self.list.refresh_rows()
        self.list.set_empty(empty.no_collections())
        self.set_class(not found, "-empty")
        self.show_place(f"{self.PLACE}-empty" if not found else self.PLACE)
        set_title(self.list, f"Collections · {len(found):,}")
        self._show_about()

    @on(VirtualList.Highlighted, "CollectionList")
    def _highlighted(self) -> None:
        self._show_about()

    def _show_about(self) -> None:
        one = self.current
        self.query_one("#about", Plain).show(about(one) if one else "")

    # What is done with them ------------------------------------------------

    @on(VirtualList.Opened, "CollectionList")
    def _opened(self) -> None:
        """Show its documents."""
        one = self.current
        if one is not None and one.problem and one.kind == "query":
            self.say(one.problem, error=True)
        elif one is not None:
            self.postilla.action_go_to("documents")
            screen = self.postilla.screen
            if isinstance(screen, DocumentsScreen):
                screen.show_only({"collection": one.name})

    def action_add(self) -> None:
        """A new collection of what Documents shows now."""
        shown = shown_documents(self.postilla)

        def read(library: Library) -> tuple[int, str]:
            words = library.collections.in_words(shown)
            return len(library.documents.ids(shown)), words

        def ask(found: tuple[int, str]) -> None:
            check = self.library.collections.problem_with_name
            if self.is_current:
                self.app.push_screen(NewCollection(*found, check=check), made)

        def made(answer: object) -> None:
            if isinstance(answer, New):
                self._make(
                    lambda library: library.collections.make(
                        answer.name, shown, living=answer.living
                    )
                )

        if self.may_write():
            self.hand.ask(read, ask)

    def action_sample(self) -> None:
        """Draw a random sample."""
        shown, inside = shown_documents(self.postilla), self.current
        froms = {_ALL: DocumentFilter()}
        if shown != DocumentFilter():
            froms[_SHOWN] = shown
        if inside is not None and inside.documents:
            froms[_INSIDE] = DocumentFilter(collection=inside.name)

        def read(library: Library) -> tuple[int, ...]:
            return tuple(len(library.documents.ids(one)) for one in froms.values())

        def ask(counts: Sequence[int]) -> None:
            if self.is_current:
                sources = _sources(froms, counts)
                dialog = SampleDialog(
                    sources,
                    source=_SHOWN if _SHOWN in froms else _ALL,
                    seed=self.library.collections.next_seed(),
                    check=self.library.collections.problem_with_name,
                )
                self.app.push_screen(dialog, asked)

        def asked(answer: object) -> None:
            if isinstance(answer, Sample):
                self._make(
                    lambda library: library.collections.sample(
                        answer.name,
                        answer.size,
                        seed=answer.seed,
                        filters=froms[answer.source],
                        by=answer.by,
                    )
                )

        if self.may_write():
            self.hand.ask(read, ask)

    def _make(self, work: Making) -> None:
        def made(one: Collection) -> None:
            self._found[one.id] = one
            self.list.set_ids(array("q", [*self._found]))
            self.list.move_to_id(one.id)
            self.say(f"{one.name}: {several(one.documents)} · u undo")

        self.hand.write(work, made, self._refused)

    def action_edit(self) -> None:
        """Rename the collection under the cursor."""
        from tui.screens.dialogs import Prompt

        one = self._one()
        if one is None or not self.may_write():
            return

        def problem(name: str) -> str | None:
            if name.casefold() == one.name.casefold():
                return None
            return self.library.collections.problem_with_name(name)

        def renamed(name: str | None) -> None:
            if name and name != one.name:
                self.hand.write(
                    lambda library: library.collections.rename(one.name, name),
                    lambda new: self.say(f"Now called {new.name} · u undo"),
                    self._refused,
                )

        self.app.push_screen(
            Prompt("Name of the collection", one.name, check=problem), renamed
        )

    def action_delete(self) -> None:
        """Drop the collection under the cursor; its documents stay."""
        one = self._one()
        if one is not None and self.may_write():
            self.hand.write(
                lambda library: library.collections.drop(one.name),
                lambda gone: self.say(f"{gone.name} dropped · u undo"),
                self._refused,
            )

    def action_export(self) -> None:
        """Export the annotations of the collection under the cursor."""
        from store.annotation_rows import AnnotationFilter
        from tui.screens.exporting import ExportScreen

        one = self._one()
        if one is not None:
            filters = AnnotationFilter(collection=one.name)
            self.app.push_screen(ExportScreen(filters, one.annotations))

    def action_copy(self) -> None:
        """Copy the name."""
        if self.current is not None:
            self.postilla.copy_text(self.current.name)

    def action_toggle_panel(self) -> None:
        """Show or hide what the collection is."""
        self.toggle_class("-no-panel")

    def _refused(self, error: PostillaError) -> None:
        self.say(str(error), error=True)


def _sources(
    froms: Mapping[str, DocumentFilter], counts: Sequence[int]
) -> list[tuple[str, str, int]]:
    """What can be drawn from: value, words, how many documents."""
    words = {_ALL: "all {}", _SHOWN: "the {} that Documents shows"}
    return [
        (
            value,
            words[value].format(several(count))
            if value in words
            else f"the {several(count)} in {filters.collection}",
            count,
        )
        for (value, filters), count in zip(froms.items(), counts, strict=True)
    ]


def shown_documents(app: Postilla) -> DocumentFilter:
    """What Documents is narrowed to now; everything if it was never shown."""
    for screen in app._screen_stacks.get("documents", ()):
        if isinstance(screen, DocumentsScreen):
            return screen.filters
    return DocumentFilter()


def collect(app: Postilla, documents: Sequence[int]) -> None:
    """Ask for a collection, there or new, and put documents in it; one undo."""
    if app.library.read_only:
        app.tell("This library is open for reading only.", error=True)
        return
    collections = app.library.collections
    names = collections.names("hand")
    wanted = tuple(documents)

    def put_in(name: str) -> None:
        def work(library: Library) -> int:
            if name in names:
                return library.collections.add(name, wanted)
            return library.collections.make(name, documents=wanted).documents

        def done(count: int) -> None:
            if count:
                app.tell(f"{several(count)} put in {name} · u undo")
            else:
                app.tell(f"Already in {name}.")

        app.hand.write(work, done)

    def chosen(name: str | None) -> None:
        if name is not None:
            put_in(name)

    title = f"Put {several(len(wanted))} in a collection"
    dialog = ChooseOrNew(title, names, check=collections.problem_with_name)
    app.push_screen(dialog, chosen)
