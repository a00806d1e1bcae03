"""The codebook: the tree of tags, what a tag means, and what has it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from store.annotation_rows import AnnotationFilter
from store.model import Tag
from tui.keys import bindings
from tui.screens.annotation_text import several, short_row
from tui.screens.codebook_files import CodebookFiles
from tui.screens.codebook_text import (
    NO_TAG,
    definition,
    first_match,
    nodes,
    untagged_page,
)
from tui.widgets import empty
from tui.widgets.columns import Column, Row
from tui.widgets.narrow import NarrowBar
from tui.widgets.plain import Plain, set_title
from tui.widgets.tag_tree import TagTree
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library

PAGE_SECONDS = 0.06
"""The cursor rests this long before a page is fetched, so that it can run."""


class CodebookTree(TagTree, inherit_bindings=False):
    """The tree with the keys of lists and trees."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("tree"), *bindings("lists")]
    DEFAULT_CSS = """
    CodebookTree {
        & > .list--colour-0 { color: $tag-0; }
        & > .list--colour-1 { color: $tag-1; }
        & > .list--colour-2 { color: $tag-2; }
        & > .list--colour-3 { color: $tag-3; }
        & > .list--colour-4 { color: $tag-4; }
        & > .list--colour-5 { color: $tag-5; }
        & > .list--colour-6 { color: $tag-6; }
        & > .list--colour-7 { color: $tag-7; }
    }
    """

    def action_leave(self) -> None:
        """Close the branch, or go to the tag above."""
        self.action_fold()


class TaggedList(VirtualList, inherit_bindings=False):
    """The annotations with a tag, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]

    @dataclass
    class Left(Message):
        """Back to the tree."""

    def action_leave(self) -> None:
        """Back to the tree at the left."""
        self.post_message(self.Left())


class CodebookScreen(CodebookFiles):
    """The fifth screen."""

    PLACE = "codebook"
    AUTO_FOCUS = "CodebookTree"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook")]
    DEFAULT_CSS = """
    CodebookScreen {
        & #body { height: 1fr; }
        & #tree, & #definition, & TaggedList {
            border: solid $border-blurred;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus-within { border: solid $border; border-title-color: $border; }
        }
        & #tree { width: 2fr; }
        & #right { width: 3fr; }
        & CodebookTree, & TaggedList { height: 1fr; }
        & #definition {
            height: auto;
            min-height: 6;
            max-height: 50%;
            padding: 0 1;
            scrollbar-size-vertical: 1;
            & Plain { height: auto; }
        }
        &.-narrow #right, &.-tiny #right { display: none; }
        &.-narrow.-page #right, &.-tiny.-page #right { display: block; }
        &.-narrow.-page #tree, &.-tiny.-page #tree { display: none; }
        &.-wide.-no-panel #right, &.-empty #right { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.tags = ()
        self.by_id = {}
        self.words = ""
        self._untagged = 0
        self._is_counted = False
        self._documents: Sequence[int] = ()
        self._wanted: int | None = None
        self._shown: int | None = None
        self._asked = 0
        self._timer: Timer | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The tree; at its right the definition and what has the tag."""
        with Horizontal(id="body"):
            with Vertical(id="tree"):
                yield CodebookTree()
                yield NarrowBar()
            with Vertical(id="right"):
                with VerticalScroll(id="definition"):
                    yield Plain(id="meaning")
                yield TaggedList(
                    self._rows,
                    (Column(width=10, flex=1),),
                    row_height=2,
                    markable=False,
                )

    def on_mount(self) -> None:
        """The tree at once; the counts, which take longer, come after it."""
        super().on_mount()
        self.query_one(NarrowBar).field.placeholder = "words of tag or definition"
        set_title(self.query_one("#definition"), "Definition")
        self._show_tags(self.library.codebook.tags(counted=False), 0)

    @property
    def tree_list(self) -> CodebookTree:
        """The tree of tags."""
        return self.query_one(CodebookTree)

    @property
    def tagged(self) -> TaggedList:
        """The annotations with the tag under the cursor."""
        return self.query_one(TaggedList)

    def words_at_hand(self) -> str:
        """The tag under the cursor."""
        tag = self.current
        return "" if tag is None else f"tag:{tag.path}"

    def _rows(self, ids: Sequence[int]) -> dict[int, Row]:
        found = self.library.annotations.select(AnnotationFilter(ids=ids))
        return {one.id: short_row(one) for one in found}

    # The tree --------------------------------------------------------------

    def refresh_from_library(self) -> None:
        """Ask again for the tags and how often they are used."""
        self._asked += 1
        asked = self._asked

        def read(library: Library) -> tuple[list[Tag], int]:
            return library.codebook.tags(), len(library.codebook.bearing(None))

        def show(found: tuple[list[Tag], int]) -> None:
            if asked == self._asked and self.is_mounted:
                self._is_counted = True
                self._show_tags(*found)

        self.hand.ask(read, show)

    def _show_tags(self, tags: Sequence[Tag], untagged: int) -> None:
        self.tags, self._untagged = tuple(tags), untagged
        self.by_id = {tag.id: tag for tag in tags}
        self._show_tree()
        if self._wanted is not None and self.tree_list.reveal(self._wanted):
            self._wanted = None
        self._page_soon()

    def _show_tree(self) -> None:
        tree = self.tree_list
        tree.set_nodes(nodes(self.tags, self._untagged, self.words))
        tree.refresh_rows()
        self.set_class(not self.tags, "-empty")
        self.show_place("codebook" if self.tags else "codebook-empty")
        tree.set_empty(empty.nothing_left() if self.tags else empty.no_tags())
        self._show_counts()

    def _show_counts(self) -> None:
        count = len(self.tags)
        parts = ["Codebook", "1 tag" if count == 1 else f"{count:,} tags"]
        if self.tree_list.marked:
            parts.append(f"{len(self.tree_list.marked):,} marked")
        narrowed = f'only "{self.words}" · esc shows all' if self.words else ""
        set_title(self.query_one("#tree"), " · ".join(parts), subtitle=narrowed)

    def show_tag(self, tag: int) -> None:
        """Put the cursor on a tag, at once or when the tree has been read again."""
        if self.words and self.tree_list.node(tag) is None:
            self._clear_words()
        if not self.tree_list.reveal(tag):
            self._wanted = tag
            self.refresh_from_library()

    @on(VirtualList.Highlighted, "CodebookTree")
    def _highlighted(self) -> None:
        self._page_soon()

    @on(VirtualList.MarksChanged, "CodebookTree")
    def _marked(self) -> None:
        self._show_counts()

    # The page --------------------------------------------------------------

    def _page_soon(self) -> None:
        if not self._is_counted:
            return  # it comes with the counts
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAGE_SECONDS, self._ask_page)

    def _ask_page(self) -> None:
        here, tag = self.tree_list.cursor_id, self.current
        if here is None or (tag is None and here != NO_TAG):
            self._show_page(None, array("q"))
            return
        wanted = None if tag is None else [tag.id]

        def read(library: Library) -> tuple[Sequence[int], Sequence[int]]:
            found = library.codebook.bearing(wanted)
            ids = array("q", (annotation for annotation, _ in found))
            return ids, tuple(dict.fromkeys(document for _, document in found))

        def show(found: tuple[Sequence[int], Sequence[int]]) -> None:
            if self.is_mounted and self.tree_list.cursor_id == here:
                ids, self._documents = found
                self._show_page(self.current, ids)

        self.hand.ask(read, show)

    def _show_page(self, tag: Tag | None, ids: Sequence[int]) -> None:
        here = self.tree_list.cursor_id
        page = untagged_page() if tag is None else definition(tag, len(ids))
        self.query_one("#meaning", Plain).show(page)
        self.tagged.set_empty(empty.nothing_tagged())
        self.tagged.set_ids(ids, keep=self._shown == here)
        self.tagged.refresh_rows()
        self._shown = here
        how = "without a tag" if tag is None else "with this tag or one below"
        set_title(self.tagged, f"{several(len(ids))} {how}")

    @on(VirtualList.Opened, "CodebookTree")
    def _to_page(self) -> None:
        self.add_class("-page")
        self.remove_class("-no-panel")
        self.tagged.focus()

    @on(TaggedList.Left)
    def _to_tree(self) -> None:
        self.remove_class("-page")
        self.tree_list.focus()

    @on(VirtualList.Opened, "TaggedList")
    def _open_annotation(self, event: VirtualList.Opened) -> None:
        shown = AnnotationFilter(ids=(event.id,))
        for one in self.library.annotations.select(shown):
            self.postilla.reading_list = self._documents
            self.postilla.open_document(one.document, one.start, one.end)

    def action_toggle_panel(self) -> None:
        """Show or hide the definition; in a narrow terminal in place of the tree."""
        if self.has_class("-wide"):
            self.toggle_class("-no-panel")
            self.tree_list.focus()
        elif self.has_class("-page"):
            self._to_tree()
        else:
            self._to_page()

    # Narrowing -------------------------------------------------------------

    def action_find(self) -> None:
        """Narrow the tree by words of a tag or its definition."""
        self._to_tree()
        self.query_one(NarrowBar).open(self.words)

    @on(NarrowBar.Changed)
    def _words_changed(self, event: NarrowBar.Changed) -> None:
        self.words = event.words
        self._show_tree()
        match = first_match(self.tags, self.words)
        if match is not None:
            self.tree_list.reveal(match)
        self._page_soon()

    @on(NarrowBar.Left)
    def _words_left(self) -> None:
        self.tree_list.focus()

    def _clear_words(self) -> None:
        self.query_one(NarrowBar).close()
        self.words = ""
        self._show_tree()

    def action_step_out(self) -> None:
        """From the page back; else drop marks; else show every tag again."""
        super().action_step_out()
        if not self.tree_list.has_focus:
            self._to_tree()
        elif self.tree_list.marked:
            self.tree_list.clear_marks()
        elif self.words:
            self._clear_words()
