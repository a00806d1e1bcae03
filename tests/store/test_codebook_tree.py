"""Where tags stand, what is done with several at once, what is offered first."""

from __future__ import annotations

import pytest
import shelf

from store.annotations import Passage
from store.errors import Conflict, UsageError
from store.library import Library


def paths(library: Library) -> list[str]:
    """The codebook in its order."""
    return [tag.path for tag in library.codebook.tags()]


@pytest.fixture
def grown(library: Library) -> Library:
    """Two branches of two, and one tag alone."""
    for path in ("a/x", "a/y", "b/x", "b/z", "c"):
        library.codebook.add(path)
    return library


def test_several_are_placed_in_one_act(grown: Library) -> None:
    before = paths(grown)
    grown.codebook.place([("a/y", "c"), ("b/z", "c"), ("a/x", None)])
    assert paths(grown) == ["a", "x", "b", "b/x", "c", "c/y", "c/z"]
    assert grown.history.entries(1)[0].act == "moved 3 tags"
    grown.history.undo()
    assert paths(grown) == before


def test_one_that_cannot_be_placed_keeps_all_where_they_are(grown: Library) -> None:
    before = paths(grown)
    with pytest.raises(UsageError, match="merge them instead"):
        grown.codebook.place([("a/y", "c"), ("a/x", "b")])
    with pytest.raises(UsageError, match="below itself"):
        grown.codebook.place([("c", "a"), ("a", "a/x")])
    assert paths(grown) == before


def test_several_are_deleted_in_one_act(grown: Library) -> None:
    shelf.add_text(grown, "Text.")
    grown.annotations.create(1, tags=["a/x", "c"])
    before, seen = paths(grown), shelf.visible(grown)
    grown.codebook.delete_all(["a", "a/x", "c"])
    assert paths(grown) == ["b", "b/x", "b/z"]
    assert grown.history.entries(1)[0].act == "deleted 3 tags"
    grown.history.undo()
    assert paths(grown) == before
    assert shelf.visible(grown) == seen


def test_the_order_among_siblings(grown: Library) -> None:
    grown.codebook.shift("c", -1)
    assert paths(grown) == ["a", "a/x", "a/y", "c", "b", "b/x", "b/z"]
    grown.codebook.shift("b", -9)
    assert paths(grown)[0] == "b"
    grown.codebook.shift("b", 99)
    assert paths(grown)[-3:] == ["b", "b/x", "b/z"]
    done = len(grown.history.entries())
    grown.codebook.shift("b", 1)  # the last already
    assert len(grown.history.entries()) == done
    for _ in range(3):
        grown.history.undo()
    assert paths(grown)[0] == "a" and paths(grown)[-1] == "c"


def test_new_tags_at_the_top_get_the_next_colour(library: Library) -> None:
    for name in "abcdefghi":
        library.codebook.add(name)
        library.codebook.add(f"{name}/below")
    tops = [tag for tag in library.codebook.tags() if tag.parent is None]
    assert [tag.colour for tag in tops] == [*range(8), 0]
    for tag in library.codebook.tags():
        assert tag.colour == library.codebook.get(tag.path.partition("/")[0]).colour
    library.codebook.delete("d")
    assert library.codebook.add("j").colour == 3


def test_counts_with_what_is_below(grown: Library) -> None:
    shelf.add_text(grown, "The harbour.")
    for place, tags in ((0, ["a", "a/x"]), (1, ["a/y"]), (2, ["c"])):
        grown.annotations.create(1, Passage(place, place + 2), tags=tags)
    grown.annotations.delete([grown.annotations.create(1, tags=["a"]).id])
    counts = {t.path: (t.annotations, t.branch) for t in grown.codebook.tags()}
    assert counts["a"] == (1, 2)
    assert counts["a/x"] == counts["a/y"] == counts["c"] == (1, 1)
    assert counts["b"] == (0, 0)
    a = grown.codebook.get("a")
    assert (a.annotations, a.documents, a.branch) == (1, 1, 2)
    assert grown.codebook.bearing([a.id]) == [(1, 1), (2, 1)]
    assert all(t.annotations == 0 for t in grown.codebook.tags(counted=False))


def test_annotations_without_a_tag(grown: Library) -> None:
    shelf.add_text(grown, "The harbour.")
    grown.annotations.create(1, tags=["a"])
    bare = grown.annotations.create(1, Passage(0, 2)).id
    assert grown.codebook.bearing(None) == [(bare, 1)]


def test_what_was_used_last_is_offered_first(grown: Library) -> None:
    shelf.add_text(grown, "The harbour.")
    for tags in (["a"], ["a"], ["c"], ["a/x"]):
        grown.annotations.create(1, tags=tags)
    offered = grown.codebook.choices()
    assert [path for path, _, _ in offered] == paths(grown)
    lately = sorted(offered, key=lambda one: -one[2])
    assert [(path, used) for path, used, recent in lately if recent] == [
        *(("a/x", 1), ("c", 1), ("a", 2))
    ]


def test_counting_others_work_tells_nothing_while_coding_is_blind(
    make_library: shelf.MakeLibrary,
) -> None:
    anna, ben = make_library(coder="anna"), make_library(coder="ben")
    shelf.add_text(anna, "The harbour.")
    ben.annotations.create(1, tags=["secret"])
    anna.annotations.create(1, tags=["mine"])
    anna.core.writer.run(
        lambda pen: pen.connection.execute(
            "INSERT INTO meta(key, value) VALUES ('blind', '1')"
        )
    )
    counts = {path: (used, recent) for path, used, recent in anna.codebook.choices()}
    assert counts == {"secret": (0, 0), "mine": (1, 0)}
    assert anna.codebook.get("secret").annotations == 0


def test_a_memo_that_was_changed_meanwhile_is_not_written_over(
    grown: Library,
) -> None:
    grown.codebook.define("a", memo="mine", before="")
    with pytest.raises(Conflict, match="changed in another window"):
        grown.codebook.define("a", memo="theirs", before="")
    assert grown.codebook.define("a", memo="theirs").memo == "theirs"
    assert grown.history.entries(1)[0].act == "wrote the memo of a"
