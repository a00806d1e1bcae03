"""Who searches for a window: the newest query wins, failures are answers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.annotations import Passage
from store.library import Library
from store.model import Hit
from tui.screens import search_text
from tui.screens.search_thread import Answer, Asked, Searcher

HOSTILE = "[red]x[/] \u202eabc 日本"
STORIES = {
    "ferry.md": (
        "---\ntitle: The ferry stays in port\ndate: 2025-03-01\nsource: Tarn Post\n"
        "language: en\n---\nThe mayor Agnes Holloway spoke in Tromsby on Monday."
        " Holloway said that the ferry was safe.\n"
    ),
    "inquiry.md": (
        "---\ntitle: An inquiry opens\ndate: 2025-03-04\nlanguage: en\n---\n"
        "In Tromsby the inquiry heard Agnes Holloway about the captain.\n"
    ),
    "evil.md": f"---\ntitle: Evil {HOSTILE}\n---\nzeppelin {HOSTILE} text.\n",
}
SIZES = [(120, 36), (80, 24), (40, 12), (20, 5)]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of three documents, a tag and an annotation, closed."""
    path = tmp_path_factory.mktemp("search")
    folder = path / "news"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library(path / "library.db", create=True, coder="tester") as library:
        list(library.add([folder]))
        list(library.extract_pending())
        library.codebook.add("boats/ferries", definition="Ships that carry cars")
        found = [d for d in library.documents.select() if d.title.startswith("An inq")]
        library.annotations.create(
            found[0].id, Passage(3, 10), note="A quarrelsome sitting", tags=["boats"]
        )
    return library.path


@pytest.fixture
def searcher(original: Path, tmp_path: Path) -> Iterator[Searcher]:
    """A searcher over a copy of the library."""
    copy = shutil.copy(original, tmp_path / "library.db")
    with Library(copy, coder="tester") as library:
        one = Searcher(library, clock=lambda: 0.0)
        yield one
        one.close()


def test_only_the_newest_query_is_answered(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that runs is interrupted, those that wait are dropped."""
    import store.search

    running, go_on = threading.Event(), threading.Event()
    answers: list[Answer] = []
    answered = threading.Event()
    real = store.search.search

    def slow(connection: object, *given: object, **more: object) -> list[Hit]:
        if "first" in given:
            running.set()
            assert go_on.wait(10)
        return real(connection, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(store.search, "search", slow)

    def then(answer: Answer) -> None:
        answers.append(answer)
        answered.set()

    searcher.ask(Asked("first", search_text.KINDS), then)
    assert running.wait(10)
    searcher.ask(Asked("ferry", search_text.KINDS), then)
    searcher.ask(Asked("captain", search_text.KINDS), then)
    go_on.set()
    assert answered.wait(10)
    assert [answer.asked.text for answer in answers] == ["captain"]


def test_an_answer_comes_again_when_the_words_are_learnt(searcher: Searcher) -> None:
    """First exact words only, then in spite of slips."""
    answers: list[Answer] = []
    came = threading.Semaphore(0)

    def then(answer: Answer) -> None:
        answers.append(answer)
        came.release()

    searcher.ask(Asked("captian", search_text.KINDS), then)
    assert came.acquire(timeout=10)
    searcher.learn()
    assert came.acquire(timeout=10)
    assert [(len(one.hits), one.learnt) for one in answers] == [(0, False), (1, True)]


def test_words_that_are_learnt_during_a_search_are_used(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The query is answered again although nobody asks."""
    import store.search

    real = store.search.search

    def meanwhile(*given: object, **more: object) -> list[Hit]:
        searcher.learn()
        searcher._threads["postilla-words"].join(10)
        return real(*given, **more)  # type: ignore[arg-type]

    answers: list[Answer] = []
    came = threading.Semaphore(0)

    def then(answer: Answer) -> None:
        answers.append(answer)
        came.release()

    monkeypatch.setattr(store.search, "search", meanwhile)
    searcher.ask(Asked("captian", search_text.KINDS), then)
    assert came.acquire(timeout=10)
    assert came.acquire(timeout=10)
    assert [len(one.hits) for one in answers] == [0, 1]


def test_a_failure_is_an_answer(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread lives on and says why."""
    import sqlite3

    import store.search

    def broken(*_: object, **__: object) -> list[Hit]:
        raise sqlite3.DatabaseError("malformed")

    answers: list[Answer] = []
    came = threading.Semaphore(0)

    def then(answer: Answer) -> None:
        answers.append(answer)
        came.release()

    with monkeypatch.context() as patch:
        patch.setattr(store.search, "search", broken)
        searcher.ask(Asked("ferry", search_text.KINDS), then)
        assert came.acquire(timeout=10)
    searcher.ask(Asked("ferry", search_text.KINDS), then)
    assert came.acquire(timeout=10)
    assert str(answers[0].failure) == "malformed"
    assert answers[1].failure is None and answers[1].hits


def test_rows_say_what_a_hit_is() -> None:
    """Types in words, aliases, and marks where the context begins later."""
    entity = Hit("entity", 1, None, "A. Holloway", 90, "Agnes", detail="PER · 2 docs")
    assert search_text.row(entity).second == "person · 2 docs · also Agnes"
    document = Hit("document", 1, 1, "T", 90, "the ferry", 4, 9, "Post", ((4, 9),))
    row = search_text.row(document)
    start, end = row.marks[0]
    assert row.second[start:end] == "ferry"
    assert search_text.counted(1, 50, 0.0004) == "1 hit · 1 ms"
    assert search_text.counted(1200, 1200, None) == "first 1,200"
