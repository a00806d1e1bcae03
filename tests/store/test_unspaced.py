"""Scripts without blanks between words, and scripts that vowel signs cut."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from unicodedata import normalize

import pytest
import search_library
from hypothesis import given, settings
from hypothesis import strategies as st

from store.model import Hit
from store.search import grams, index, search
from store.search.fold import Folded, find_inside, fold
from store.search.service import up_to_date
from store.search.vocabulary import Vocabulary

TEXTS = (
    ("金融", "中国人民银行周五宣布下调利率。上海股市上涨。"),
    ("東京2026年大会", "新しいiPad版アプリを公開。カラスがガラスを割った。"),
    ("ข่าว", "รัฐบาลไทยประกาศนโยบายใหม่ กรุงเทพมหานคร"),
    ("서울 회의", "서울에서 열린 회의에 대통령이 참석했다."),
    ("समाचार", "दिल्ली में सरकार ने घोषणा की। हिन्दी भाषा"),
    ("Half", "ｶﾀｶﾅ と ＡＢＣ"),
    ("A bank", "The 中国 bank said so."),
    ("ຂ່າວ", "ປະເທດລາວ"),
    ("Khmer", "ព្រះរាជាណាចក្រកម្ពុជា"),
    ("Myanmar", "မြန်မာနိုင်ငံ"),
    ("Wrapped", "各国政府代表团在北\n京举行会谈"),
    ("Bengali", "বাংলাদেশ সরকার"),
    ("Tamil", "தமிழ் நாடு அரசு"),
    ("Plain", "The bank and nothing else."),
    ("金", "上海に行く"),
)

Library = tuple[sqlite3.Connection, Vocabulary]


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    connection = search_library.make(TEXTS, hidden=())
    yield connection, up_to_date(connection)
    connection.close()


def documents(library: Library, typed: str, **how: bool) -> list[int]:
    hits = search(*library, typed, kinds=("document",), **how)  # type: ignore[arg-type]
    return [hit.id for hit in hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("中国", [7, 1]),
        ("中国人民银行宣布", []),  # not one piece
        ("中国人民银行", [1]),
        ("人民", [1]),
        ("国", [11, 7, 1]),
        ("北京", [11]),  # broken by the end of a line
        ("ガラス", [2]),
        ("カラス", [2]),
        ("バラス", []),
        ("カタカナ", [6]),
        ("ｶﾀｶﾅ", [6]),
        ("中國", []),
        ("東京2026", [2]),
        ("ไทย", [3]),
        ("กรุงเทพ", [3]),
        ("서울", [4]),
        ("대통령", [4]),
        ("दिल्ली", [5]),
        ("हिन्दी", [5]),
        ("ລາວ", [8]),
        ("កម្ពុជា", [9]),
        ("မြန်မာ", [10]),
        ("বাংলা", [12]),
        ("தமிழ்", [13]),
        ("金", [15, 1]),  # both in the title: the newest first
        ("上海", [15, 1]),
        # with other words
        ("中国 bank", [7]),
        ("bank 中国", [7]),
        ("中国 bnak", [7]),
        ("アプリ iPad", [2]),  # glued to its neighbours
        ("중국 서울", []),
        ("대통령 서울", [4]),
        ('"東京 2026"', [2]),
        ('"The 中国"', [7]),
        ('"A 中国"', []),
        ("中国 -bank", [1]),
        ("bank -中国", [14]),
        ("中国 -人民银行", [7]),
        ("国 -国政", [7, 1]),
    ],
)
def test_finds(library: Library, typed: str, found: list[int]) -> None:
    assert documents(library, typed) == found


def test_words_alone_are_found_in_the_title_first() -> None:
    texts = [("n", "在上海。"), ("上海", "n"), ("n", "到上海去。")]
    connection = search_library.make(texts, hidden=())
    assert documents((connection, up_to_date(connection)), "上海") == [2, 3, 1]


def test_exact_means_as_typed(library: Library) -> None:
    assert documents(library, "中国 bank", exact=True) == [7]
    assert documents(library, "中国 bnak", exact=True) == []
    assert documents(library, "대통렁", exact=True) == []
    assert documents(library, "대통령이", exact=True) == [4]


def test_korean_words_may_be_misspelt(library: Library) -> None:
    assert documents(library, "참석헸다") == [4]


def test_without_a_vocabulary(library: Library) -> None:
    found = search(library[0], None, "中国 bank", kinds=("document",))
    assert [hit.id for hit in found] == [7]


def test_hidden_documents_are_never_shown() -> None:
    connection = search_library.make(TEXTS, hidden=(1,))
    assert documents((connection, up_to_date(connection)), "中国") == [7]
    assert documents((connection, up_to_date(connection)), "国") == [11, 7]


def test_the_place_is_marked(library: Library) -> None:
    for typed, marked in (
        ("人民银行", ["人民银行"]),
        ("中国 bank", ["中国", "bank"]),
        ("대통령", ["대통령"]),
        ("ｶﾀｶﾅ", ["ｶﾀｶﾅ"]),
        ("กรุงเทพ", ["กรุงเทพ"]),
    ):
        (hit, *_) = search(*library, typed, kinds=("document",))
        assert [hit.snippet[a:b] for a, b in hit.marks] == marked


def test_more_documents_than_a_page(library: Library) -> None:
    connection = search_library.make([("n", "的事")] * 450 + [("n", "x")], hidden=())
    words = up_to_date(connection)
    for typed in ("的", "的事", "的事 -y"):
        hits = search(connection, words, typed, kinds=("document",), limit=430)
        assert [hit.id for hit in hits] == list(range(450, 20, -1))


# Names ----------------------------------------------------------------------------


@pytest.fixture
def names() -> sqlite3.Connection:
    connection = search_library.make(TEXTS, hidden=())
    connection.executescript("""
        INSERT INTO coders VALUES (1, 'c', 'ada', '');
        INSERT INTO entities(id, guid, name, type, created, merged_into) VALUES
            (1, 'e1', '中国人民银行', 'ORG', '', NULL),
            (2, 'e2', '中国', 'LOC', '', NULL),
            (3, 'e3', '人行', 'ORG', '', 1),
            (4, 'e4', '서울특별시', 'LOC', '', NULL);
        INSERT INTO aliases(entity, name, form, type) VALUES (3, '人行', '', 'ORG');
        INSERT INTO tags(id, guid, name, folded, definition, created) VALUES
            (1, 't1', '中国政策', '', '关于利率', '');
        INSERT INTO annotations(id, guid, kind, document, start, "end", exact,
            revision, note, coder, created, modified) VALUES
            (1, 'a1', 'span', 1, 0, 2, '中国', 1, 'see 利率 here', 1, '', '');
    """)
    for kind, rows in (("entity", (1, 2, 3, 4)), ("tag", (1,)), ("annotation", (1,))):
        index.refresh_names(connection, kind, rows)
    return connection


def found(connection: sqlite3.Connection, typed: str) -> list[tuple[str, int]]:
    kinds = ("entity", "tag", "annotation")
    hits: list[Hit] = search(connection, None, typed, kinds=kinds)
    return [(hit.kind, hit.id) for hit in hits]


def test_names_tags_and_notes(names: sqlite3.Connection) -> None:
    assert found(names, "中国")[0] == ("entity", 2)
    assert set(found(names, "中国")) == {
        *(("entity", 1), ("entity", 2), ("tag", 1), ("annotation", 1)),
    }
    assert found(names, "银行") == [("entity", 1)]
    assert found(names, "行") == [("entity", 1)]
    assert found(names, "人行") == [("entity", 1)], "an alias of what was merged"
    assert found(names, "서울") == [("entity", 4)]
    assert set(found(names, "利率")) == {("tag", 1), ("annotation", 1)}
    assert found(names, "利率 see") == [("annotation", 1)]
    assert ("annotation", 1) not in found(names, "利率 -中国")


def test_names_that_go_are_not_found(names: sqlite3.Connection) -> None:
    names.execute("UPDATE entities SET name = '美国' WHERE id = 2")
    index.refresh_names(names, "entity", [2])
    index.drop_name(names, "tag", 1)
    assert found(names, "中国")[0] == ("entity", 1)
    assert ("tag", 1) not in found(names, "中国")
    assert found(names, "美国") == [("entity", 2)]
    index.set_name(names, "tag", 1, "中国政策\n")
    assert ("tag", 1) in found(names, "中国")


# What is held -----------------------------------------------------------------------


def test_what_is_held_never_changes() -> None:
    """What was indexed by these rules is taken out by them: should this fail, the
    rules changed, and libraries that exist need a migration (see ``grams``)."""
    assert grams.held("Plain “title”", "só texto, Ελλάδα, Łódź, العربية 🙂") == ""
    held = grams.held("ＡＢ東京", "ｶﾞ2026年x、한국어 हि\u200dन्दी\n事\n的")
    assert held == (
        "東京 京 ab ガ 2026 年 x 한국 국어 어 हि िन न् ्द दी ी 事的 的 ¦東京 ¦京 ¦ab"
    )


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="中国人民銀行かがｶﾞทยำक्ि한국a1 、\n。", min_size=2, max_size=24),
    st.integers(0, 22),
    st.integers(1, 5),
)
def test_whatever_stands_in_a_text_is_found(text: str, start: int, length: int) -> None:
    part = text[start : start + length].strip()
    if not part or "\n" in part or '"' in part or not grams.has_any(part):
        return
    if normalize("NFKC", part) not in normalize(
        "NFKC", text
    ):  # half a sign: a mark without its letter
        return
    connection = search_library.make([("n", text)], hidden=())
    query = f'"{part}"'
    assert documents((connection, up_to_date(connection)), query) == [1]


def test_a_voiced_kana_is_not_taken_for_the_unvoiced_one() -> None:
    text = Folded.of("かくとがく、カクとガク")
    assert [(one.start, one.end) for one in find_inside(text, fold("がく"))] == [(3, 5)]
    assert [(one.start, one.end) for one in find_inside(text, fold("カク"))] == [(6, 8)]
