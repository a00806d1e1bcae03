"""Attributes: what may be defined, which values they take, whose value is shown."""

from __future__ import annotations

import pytest
import shelf
from shelf import MakeLibrary

from store.errors import NotFound, UsageError
from store.library import Library


@pytest.fixture
def coded(library: Library) -> Library:
    """Three documents; an attribute of each kind."""
    for number in range(3):
        shelf.add_text(library, f"Text {number}.", title=f"Title {number}")
    library.attributes.define("tone", "scale", values=["-2", "2"], definition="How?")
    library.attributes.define("genre", "choice", values=["report", "opinion"])
    library.attributes.define("about us", "yesno")
    library.attributes.define("remark", "text")
    return library


def shown(library: Library, document: int) -> dict[str, object]:
    return library.documents.get(document).attributes


def test_attributes_are_listed_as_defined(coded: Library) -> None:
    listed = coded.attributes.list()
    assert [one.name for one in listed] == ["tone", "genre", "about us", "remark"]
    assert [one.values_in_words() for one in listed] == [
        "-2 to +2",
        "one of report, opinion",
        "yes or no",
        "any text",
    ]
    assert listed[0].values == ("-2", "-1", "0", "1", "2")
    assert listed[0].definition == "How?"


@pytest.mark.parametrize(
    ("name", "kind", "values", "why"),
    [
        ("", "text", (), "needs a name"),
        ("=SUM(A1)", "text", (), "begins with a letter"),
        ("a=b", "text", (), "no = in it"),
        ("title", "text", (), "already"),
        ("Coder", "text", (), "already"),
        ("TONE", "text", (), "There is an attribute tone already"),
        ("x" * 61, "text", (), "at most 60"),
        ("x", "number", (), "choice, scale, yesno, text"),
        ("x", "choice", ("one",), "from 2 to 100"),
        ("x", "choice", ("a", "A"), "twice"),
        ("x", "scale", ("1",), "two whole numbers"),
        ("x", "scale", ("1", "many"), "two whole numbers"),
        ("x", "scale", ("2", "1"), "from a lower to a higher"),
        ("x", "scale", ("0", "1000"), "at most 100 steps"),
    ],
)
def test_what_cannot_be_defined(
    coded: Library, name: str, kind: str, values: tuple[str, ...], why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        coded.attributes.define(name, kind, values=values)
    assert len(coded.attributes.list()) == 4


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("tone", "-1", -1),
        ("Tone", "+2", 2),
        ("tone", "\N{MINUS SIGN}2", -2),
        ("tone", "00", 0),
        ("genre", " OPINION ", "opinion"),
        ("about us", "y", "yes"),
        ("about us", "No", "no"),
        ("remark", " a word \n", "a word"),
    ],
)
def test_values_are_kept_as_they_are_meant(
    coded: Library, name: str, typed: str, kept: object
) -> None:
    coded.attributes.set([1], name, typed)
    assert shown(coded, 1) == {coded.attributes.get(name).name: kept}


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("tone", "3", "tone is -2 to +2; it cannot be 3."),
        ("tone", "--1", "tone is -2 to +2; it cannot be --1."),
        ("tone", "1.5", "tone is -2 to +2; it cannot be 1.5."),
        ("genre", "poem", "genre is one of report, opinion; it cannot be poem."),
        ("about us", "maybe", "about us is yes or no; it cannot be maybe."),
    ],
)
def test_other_values_are_refused_in_one_sentence(
    coded: Library, name: str, typed: str, sentence: str
) -> None:
    with pytest.raises(UsageError) as caught:
        coded.attributes.set([1], name, typed)
    assert str(caught.value) == sentence
    with pytest.raises(NotFound, match="Did you mean: genre"):
        coded.attributes.set([1], "gnre", "report")
    with pytest.raises(NotFound, match="gone"):
        coded.attributes.set([1, 99], "tone", "1")
    assert shown(coded, 1) == {}


def test_a_value_goes_to_all_documents_in_one_act(coded: Library) -> None:
    coded.attributes.set([2], "tone", "1")
    coded.attributes.set([1, 2, 3], "tone", "-1")
    assert [shown(coded, one)["tone"] for one in (1, 2, 3)] == [-1, -1, -1]
    assert coded.history.entries()[0].act == "filled in tone = -1 for 3 documents"
    coded.history.undo()
    assert [shown(coded, one).get("tone") for one in (1, 2, 3)] == [None, 1, None]
    coded.history.redo()
    coded.attributes.set([1, 3], "tone", None)
    assert coded.attributes.list()[0].documents == 1
    coded.history.undo()
    assert coded.attributes.list()[0].documents == 3


def test_a_coder_sees_the_own_value_first(
    coded: Library, make_library: MakeLibrary
) -> None:
    other = make_library(coder="anna")
    other.attributes.set([1, 2], "tone", "2")
    coded.attributes.set([1], "tone", "-2")
    assert (shown(coded, 1)["tone"], shown(other, 1)["tone"]) == (-2, 2)
    assert shown(coded, 2)["tone"] == 2
    assert [(one.coder, one.value) for one in coded.attributes.values([1])] == [
        ("anna", "2"),
        ("tester", "-2"),
    ]
    assert coded.attributes.own([1, 2]) == {1: {1: "-2"}}
    assert coded.attributes.counts("tone") == {"2": 2, "-2": 1}
    coded.attributes.set([1], "tone", None)
    assert shown(coded, 1)["tone"] == 2


def test_what_others_gave_is_hidden_while_coding_is_blind(
    coded: Library, make_library: MakeLibrary
) -> None:
    other = make_library(coder="anna")
    other.attributes.set([1], "tone", "2")
    coded.core.writer.run(
        lambda pen: (
            pen.connection.execute("INSERT INTO meta(key, value) VALUES ('blind', '1')")
            and None
        )
    )
    assert shown(coded, 1) == {}
    assert coded.attributes.values([1]) == []
    assert coded.attributes.list()[0].documents == 0
    assert list(coded.attributes.table([1], by_coder=True)) == []
    assert other.attributes.list()[0].documents == 1


def test_correcting_a_document_fills_in_what_is_defined(coded: Library) -> None:
    coded.documents.correct(1, {"tone": "-1", "section": "Politics", "title": "New"})
    assert shown(coded, 1) == {"section": "Politics", "tone": -1}
    assert coded.attributes.own([1]) == {1: {1: "-1"}}
    with pytest.raises(UsageError, match="tone is"):
        coded.documents.correct(1, {"tone": "9", "section": "Sport"})
    coded.documents.correct(1, {"tone": "", "section": ""})
    assert shown(coded, 1) == {}
    coded.history.undo()
    coded.history.undo()
    assert shown(coded, 1) == {}
    assert coded.documents.get(1).title == "Title 0"


def test_imported_values_stand_until_a_coder_gives_one(coded: Library) -> None:
    document = shelf.add_text(coded, "Text.", attributes={"tone": "mild", "page": 3})
    assert shown(coded, document) == {"tone": "mild", "page": 3}
    coded.attributes.set([document], "tone", "1")
    assert shown(coded, document) == {"tone": 1, "page": 3}


def test_values_in_use_are_not_lost_by_a_change(coded: Library) -> None:
    coded.attributes.set([1, 2], "genre", "report")
    coded.attributes.set([3], "genre", "opinion")
    with pytest.raises(UsageError, match="genre is report in 2 documents"):
        coded.attributes.change("genre", values=["news", "opinion", "interview"])
    assert coded.attributes.lost("genre", "choice", ["news", "opinion"]) == {
        "report": 2
    }
    changed = coded.attributes.change(
        "genre",
        new_name="form",
        values=["news", "Opinion", "interview"],
        definition="What it is.",
        mapping={"report": "news"},
    )
    assert (changed.name, changed.definition) == ("form", "What it is.")
    assert coded.attributes.counts("form") == {"news": 2, "Opinion": 1}
    coded.history.undo()
    assert coded.attributes.counts("genre") == {"report": 2, "opinion": 1}


def test_a_scale_may_grow_and_a_choice_become_a_text(coded: Library) -> None:
    coded.attributes.set([1], "tone", "2")
    assert coded.attributes.change("tone", values=["-3", "3"]).values[-1] == "3"
    with pytest.raises(UsageError, match="tone is 2 in 1 document"):
        coded.attributes.change("tone", values=["-1", "1"])
    coded.attributes.set([1], "genre", "report")
    coded.attributes.change("genre", kind="text")
    coded.attributes.set([1], "genre", "whatever")
    with pytest.raises(UsageError, match="needs its values"):
        coded.attributes.change("genre", kind="choice")
    with pytest.raises(UsageError, match="already"):
        coded.attributes.change("genre", new_name="Tone")


def test_deleting_takes_the_values_along_and_back(coded: Library) -> None:
    coded.attributes.set([1, 2], "tone", "1")
    coded.attributes.delete("tone")
    assert shown(coded, 1) == {}
    assert coded.history.entries()[0].act == "deleted the attribute tone with 2 values"
    coded.history.undo()
    assert shown(coded, 2) == {"tone": 1}
    assert coded.attributes.list()[0].name == "tone"


def test_the_table_has_a_row_for_each_document_or_coder(
    coded: Library, make_library: MakeLibrary
) -> None:
    other = make_library(coder="anna")
    other.attributes.set([1, 2], "tone", "2")
    coded.attributes.set([1], "tone", "-2")
    coded.attributes.set([1], "genre", "report")
    assert list(coded.attributes.table([3, 1, 2])) == [
        (3, None, {}),
        (1, None, {"tone": -2, "genre": "report"}),
        (2, None, {"tone": 2}),
    ]
    assert list(coded.attributes.table([3, 1, 2], by_coder=True)) == [
        (1, "anna", {"tone": 2}),
        (1, "tester", {"tone": -2, "genre": "report"}),
        (2, "anna", {"tone": 2}),
    ]
