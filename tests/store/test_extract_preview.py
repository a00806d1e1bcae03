"""Extracting again: stopped, it is gone on with, and what is shown is what is done."""

from __future__ import annotations

from itertools import islice

import pytest
import shelf

from store import extract_preview, extracting, naming
from store.extract_preview import Tally
from store.library import Library


@pytest.fixture
def read(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Four documents, a chunk each."""
    monkeypatch.setattr(extracting, "_CHUNK_DOCUMENTS", 1)
    for number in range(4):
        shelf.add_text(library, f"Number {number}: Maria Rossi spoke in Berlin.")
    list(library.extract_pending())
    return library


def test_stopped_it_goes_on_with_the_rest(read: Library) -> None:
    steps = extract_preview.extract_again(read.core, Tally())
    assert len(list(islice(steps, 2))) == 2
    after = extract_preview.stopped_at(read.core)
    assert after == 2
    rest = Tally()
    *_, last = extract_preview.extract_again(read.core, rest, after=after)
    assert (last.done, rest.documents) == (2, 2)
    assert extract_preview.stopped_at(read.core) is None
    assert naming.pending(read.core) == []


def test_mentions_found_again_keep_their_numbers(read: Library) -> None:
    before = read.entities.mentions()
    list(extract_preview.extract_again(read.core, Tally()))
    assert read.entities.mentions() == before


def test_only_the_first_examples_are_kept(read: Library) -> None:
    read.core.writer.run(lambda pen: pen.connection.execute("DELETE FROM mentions"))
    tally = Tally()
    ids = extract_preview.all_documents(read.core)
    list(extract_preview.preview(read.core, ids, tally))
    assert sum(tally.new.values()) >= 8
    assert len(tally.examples["new"]) == 5
    assert read.entities.mentions() == []
