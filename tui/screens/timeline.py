"""How often, when: bars over days, weeks, months or years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from store import places, tagexpr, timeline
from store.document_rows import DocumentFilter
from store.errors import PostillaError
from store.time_spans import STEPS
from store.timeline import (
    ANNOTATIONS,
    CREATED,
    MENTIONS,
    WORDS,
    Subject,
    Tally,
    Timeline,
)
from tui.keys import bindings
from tui.screens.counting_base import CountingScreen
from tui.screens.counting_dialog import Ask, CountingDialog
from tui.screens.documents import DocumentsScreen
from tui.screens.table_out import save_table
from tui.screens.timeline_text import (
    ABOUT_HINTS,
    COLUMNS,
    DATED_WORDS,
    HEADER,
    NOTHING,
    OF_WORDS,
    apart,
    bar_cells,
    bar_row,
    left_out,
    out_rows,
    subject_of,
    title,
    within,
)
from tui.widgets.columns import Row
from tui.widgets.plain import set_title
from tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from store.library import Library
    from tui.app import Postilla


class SpanList(VirtualList, inherit_bindings=False):
    """The spans, with the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lists")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--bar"}
    DEFAULT_CSS = """
    SpanList {
        & > .list--bar { color: $primary; }
        /* Reversed, a bar would look like what it is not. */
        & > .list--cursor { text-style: bold; background: $panel; }
    }
    """

    def on_resize(self) -> None:
        """Draw the bars for the new width."""
        super().on_resize()
        self.refresh_rows()

    def action_leave(self) -> None:
        """Nothing is at the left of this list."""


class TimelineScreen(CountingScreen[tuple[Tally, ...]]):
    """Lies over the five screens."""

    PLACE = "timeline"
    AUTO_FOCUS = "SpanList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("timeline")]
    DEFAULT_CSS = """
    TimelineScreen SpanList {
        height: 1fr;
        border: solid $border-blurred;
        border-title-color: $text-muted;
        border-subtitle-color: $text-muted;
        &:focus { border: solid $border; border-title-color: $border; }
    }
    """

    def __init__(self, words: str = "") -> None:
        """Show the mentions of ``entity:NAME``, the annotations of ``tag:PATH`` or the
        places of words; without any the documents."""
        super().__init__()
        self._words = words
        self.subject = _subject_of_words(words)
        self.step: str | None = None
        """``None``: whichever fits what was counted."""
        self.found: Timeline | None = None
        self._tallies: tuple[Tally, ...] = ()
        self._said = ""

    def compose_body(self) -> Iterable[Widget]:
        """The bars."""
        yield SpanList(self._rows, COLUMNS, markable=False)

    @property
    def list(self) -> SpanList:
        """The spans."""
        return self.query_one(SpanList)

    def words_at_hand(self) -> str:
        """Other questions are about the same."""
        return self._words

    # Counting --------------------------------------------------------------

    def steps(
        self, library: Library
    ) -> Iterator[tuple[int, int, tuple[Tally, ...] | None]]:
        """Count what is asked for."""
        for step in timeline.count(library.core.reader, [self.subject], self.filters):
            self._said = step.note
            yield step.done, step.total, step.tallies

    def show_answer(self, answer: tuple[Tally, ...]) -> None:
        """Show the bars."""
        self._tallies = answer
        self._lay_out()
        if self._said:
            self.say(self._said)

    def _lay_out(self) -> None:
        """Put what was counted into spans; into longer ones where they are too many."""
        try:
            self.found = timeline.laid_out(self._tallies, self.step)
        except PostillaError as error:
            self.say(str(error), error=True)
            self.step = None
            self.found = timeline.laid_out(self._tallies)
        self.list.set_ids(range(len(self.found.spans)), keep=False)
        self.list.refresh_rows()
        self.show_counts()

    def _rows(self, numbers: Sequence[int]) -> dict[int, Row]:
        found = self.found
        if found is None:
            return {}
        counts = found.series[0].counts
        most = max(counts, default=0)
        cells = bar_cells(self.list.scrollable_content_region.width)
        return {
            n: bar_row(found.spans[n], counts[n], most, cells)
            for n in numbers
            if n < len(found.spans)
        }

    def show_counts(self) -> None:
        """What is counted, and what is counted apart."""
        below = [self.documents_in_words(), self.note()]
        if self.found is not None and not self.is_counting:
            below[1:1] = apart(self.found.series[0], self.found.step)
        set_title(
            self.list,
            title(self.subject, self.found, self.step),
            subtitle=" · ".join(part for part in below if part),
        )
        key = self.first_key("timeline.narrow")
        nothing = NOTHING.format(narrow=key)
        nothing = self.no_documents() or nothing
        self.list.set_empty("Counting …" if self.is_counting else nothing)

    # What can be done ------------------------------------------------------

    def action_step(self) -> None:
        """By day, week, month or year: the next longer one, and round again."""
        if self.found is None:
            return
        here = STEPS.index(self.found.step)
        self.step = STEPS[(here + 1) % len(STEPS)]
        self._lay_out()

    def action_narrow(self) -> None:
        """Choose what is counted, and in which documents."""
        subject = self.subject
        rows = [
            Ask("of", "Count", subject.of, tuple(OF_WORDS.items())),
            Ask("about", "Which", subject.about, hint=ABOUT_HINTS),
            Ask("dated", "Dated by", subject.dated, tuple(DATED_WORDS.items())),
        ]
        dialog = CountingDialog(
            "How often, when",
            rows,
            documents=self.filters,
            left_out=left_out,
            check=self._problem,
        )
        self.ask(dialog, self._asked)

    def _problem(self, answer: Mapping[str, str]) -> str | None:
        return problem_with(self.library, subject_of(answer))

    def _asked(self, answer: dict[str, str]) -> None:
        self.subject = subject_of(answer)
        self._words = _words_of_subject(self.subject)
        self.step = self.found = None
        self.list.set_ids(())
        self.count_now()

    @on(VirtualList.Opened, "SpanList")
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        found = self.found
        if found is None or event.id >= len(found.spans):
            return
        if self.subject.dated == CREATED:
            self.say("These are the days on which annotations were made; 4 lists them.")
            return
        filters = within(self.filters, found.spans[event.id])
        show_in_documents(self.postilla, self._with_subject(filters))

    def _with_subject(self, filters: DocumentFilter) -> DocumentFilter:
        """The documents that hold what is counted, as far as a filter can say it."""
        subject = self.subject
        try:
            if subject.of == MENTIONS and filters.entity is None:
                return replace(
                    filters, entity=self.library.entities.find(subject.about)
                )
            if subject.of == ANNOTATIONS and subject.about and filters.tag is None:
                return replace(filters, tag=self.library.codebook.find(subject.about))
        except PostillaError:
            pass  # an expression is no tag: all that is annotated, then
        if subject.of == ANNOTATIONS:
            return replace(filters, annotated=True)
        return filters

    def action_copy(self) -> None:
        """Copy the spans and figures as lines."""
        if self.found is not None:
            lines = ["\t".join(map(str, row)) for row in out_rows(self.found)]
            self.postilla.copy_text("\n".join(lines))

    def action_export(self) -> None:
        """Take the spans out as CSV."""
        if self.found is None or not self.found.series[0].total:
            self.say("There is nothing to export.")
            return
        save_table(self.postilla, "timeline.csv", HEADER, out_rows(self.found))


def show_in_documents(app: Postilla, filters: DocumentFilter) -> None:
    """Show Documents narrowed to these."""
    app.action_go_to("documents")
    screen = app.screen
    if isinstance(screen, DocumentsScreen):
        values = {
            "source": filters.source,
            "language": filters.language,
            "entity": filters.entity,
            "tag": filters.tag,
            "collection": filters.collection,
            "state": "unread" if filters.unread else None,
        }
        if filters.annotated:
            values["state"] = "annotated"
        chosen = {name: str(value) for name, value in values.items() if value}
        screen.narrow_to(chosen, filters.title)
        screen.filters = filters  # dates that no single value can say
        screen.refresh_from_library()


def problem_with(library: Library, subject: Subject) -> str | None:
    """Why it cannot be counted, in one sentence, as far as can be told at once."""
    try:
        if subject.of == MENTIONS:
            library.entities.find(subject.about)
        elif subject.of == WORDS:
            return places.problem_with(subject.about)
        elif subject.of == ANNOTATIONS and subject.about:
            from store.annotation_rows import AnnotationFilter

            library.annotations.ids(AnnotationFilter(tag=subject.about))
    except PostillaError as error:
        return str(error)
    return None


def _subject_of_words(words: str) -> Subject:
    """What is counted when one comes with these words at hand."""
    if not words.strip():
        return Subject()
    try:
        kind, name = places.kind_of(words)
    except PostillaError:
        return Subject()
    if kind == "entity":
        return Subject(MENTIONS, name)
    if kind == "tag":
        return Subject(ANNOTATIONS, tagexpr.quoted(name))
    return Subject(WORDS, words)


def _words_of_subject(subject: Subject) -> str:
    if subject.of == MENTIONS:
        return f"entity:{subject.about}"
    return subject.about if subject.of == WORDS else ""
