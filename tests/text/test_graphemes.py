"""Borders of signs: the local answer is the answer of a walk over the whole text."""

from __future__ import annotations

from hypothesis import given, settings
from texts import texts

from store import safe
from tui.text import graphemes


def borders(text: str) -> list[int]:
    """All borders, found by walking each line from its beginning."""
    found, start = [0], 0
    for line in text.split("\n"):
        end = start + len(line)
        found += [cluster.end for cluster in safe.clusters(text, start, end)]
        found.append(min(end + 1, len(text)))
        start = end + 1
    return sorted(set(found))


@given(texts)
@settings(max_examples=60, deadline=None)
def test_floor_and_ceil_agree_with_a_full_walk(text: str) -> None:
    known = borders(text)
    for offset in range(len(text) + 1):
        assert graphemes.floor(text, offset) == max(b for b in known if b <= offset)
        assert graphemes.ceil(text, offset) == min(b for b in known if b >= offset)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_walking_forward_and_back_visits_every_border(text: str) -> None:
    known, place = borders(text), 0
    forward = [0]
    while place < len(text):
        place = graphemes.following(text, place)
        forward.append(place)
    back = [place]
    while place > 0:
        place = graphemes.preceding(text, place)
        back.append(place)
    assert forward == known
    assert back == known[::-1]


def test_a_long_row_of_flags_is_cut_in_pairs() -> None:
    text = "🇮🇹" * 300
    assert graphemes.floor(text, 401) == 400
    assert graphemes.following(text, 400) == 402


def test_ten_thousand_marks_on_one_letter_end_in_good_time() -> None:
    text = "e" + "\u0301" * 10_000
    assert 0 <= graphemes.floor(text, 9_000) <= 9_000
    assert graphemes.following(text, 0) > 0
