"""However a library came to be what it is, it is found as if indexed only now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import shelf

from store import care, export
from store.annotation_rows import AnnotationFilter
from store.annotations import Passage
from store.bringing_in import bring_in
from store.errors import PostillaError
from store.library import Library
from store.search import index, search
from store.search.service import up_to_date
from store.writer import Pen

ROUNDS = 200

WORDS = (
    *("harbour", "strike", "Núñez", "Straße", "bank", "Bolt", "Acme", "ferry"),
    *(
        "中国人民",
        "上海股市",
        "東京の港",
        "カラス",
        "รัฐบาลไทย",
        "서울에서",
        "दिल्ली",
        "2026年",
    ),
)
NAMES = ("Bolt", "Acme", "中国人民", "上海股市", "서울에서")
PROBES = (
    *("harbour", "strik", "nunez", "strasse", "bnak", "acme bolt", '"bank ferry"'),
    *("中国", "中国人民", "国", "东京", "東京の", "ガラス", "カラス", "ไทย", "서울"),
    *("दिल्ली", "上海 bank", "bank -上海", "2026", "note", "policy", "政策"),
)
TABLES = ("documents_fts", "names_fts", "documents_grams", "names_grams")

Content = dict[str, Counter[tuple[Any, ...]]]


def content(pen: Pen) -> Content:
    """All that the indexes hold: every word, of which row, at which place."""
    found: Content = {}
    for table in TABLES:
        pen.connection.execute(
            f"CREATE VIRTUAL TABLE temp.all_{table}"
            f" USING fts5vocab(main, {table}, 'instance')"
        )
        rows = pen.connection.execute(f"SELECT * FROM temp.all_{table}")
        found[table] = Counter(rows)
        pen.connection.execute(f"DROP TABLE temp.all_{table}")
    return found


def answers(library: Library) -> dict[str, list[tuple[str, int, float]]]:
    """What is found, in which order, and how well."""
    reader = library.core.reader
    words = up_to_date(reader)
    return {
        probe: [(hit.kind, hit.id, hit.score) for hit in search(reader, words, probe)]
        for probe in PROBES
    }


class Worker:
    """Does random work to a library, by the ways that are open to a person."""

    def __init__(self, library: Library, seed: int) -> None:
        self.library = library
        self.random = Random(seed)
        self.identities: list[str] = []

    def work(self) -> None:
        """One thing or another; what is refused changes nothing."""
        often = [self.add, self.update, self.annotate, self.name, self.undo]
        rare = [self.hide, self.redo, self.correct, self.merge_entities, self.rename]
        chosen = self.random.choice(
            [*often * 3, *rare * 2, self.add, self.retag, self.purge]
        )
        try:
            chosen()
        except PostillaError:
            return

    def text(self) -> str:
        words = self.random.choices(WORDS, k=self.random.randint(1, 12))
        return self.random.choice([" ", "", "、", "\n"]).join(words)

    def document(self) -> int:
        ids = [one.id for one in self.library.documents.select()]
        return self.random.choice(ids) if ids else 0

    def entity(self) -> int:
        ids = self.library.entities.ids()
        return self.random.choice(ids) if ids else 0

    def add(self) -> None:
        self.identities.append(f"test:{len(self.identities)}")
        one = shelf.incoming(
            self.text(), self.text(), identity=self.identities[-1], url=None
        )
        shelf.add(self.library, one)

    def update(self) -> None:
        if self.identities:
            identity = self.random.choice(self.identities)
            shelf.add(
                self.library,
                shelf.incoming(self.text(), self.text(), identity=identity),
            )

    def annotate(self) -> None:
        self.library.annotations.create(
            self.document(),
            self.random.choice([None, Passage(0, 2)]),
            note=self.random.choice(["note", self.text()]),
            tags=[self.random.choice(["policy", "政策", "policy/上海"])],
        )

    def name(self) -> None:
        document = self.document()
        text = self.library.documents.text(document)
        names = [one for one in NAMES if one in text]
        if names:
            shelf.name(self.library, document, *names)

    def hide(self) -> None:
        self.library.documents.remove([self.document()])

    def correct(self) -> None:
        self.library.documents.correct(self.document(), {"title": self.text() or "t"})

    def undo(self) -> None:
        self.library.history.undo()

    def redo(self) -> None:
        self.library.history.redo()

    def merge_entities(self) -> None:
        self.library.entities.merge(self.entity(), [self.entity()])

    def rename(self) -> None:
        self.library.entities.rename(self.entity(), self.text())

    def retag(self) -> None:
        tags = [tag.path for tag in self.library.codebook.tags()]
        if len(tags) > 1 and self.random.random() < 0.3:
            self.library.codebook.merge(*self._two(tags))
        elif tags:
            path = self.random.choice(tags)
            self.library.codebook.rename(path, self.random.choice(["policy", "銀行"]))

    def _two(self, tags: list[str]) -> tuple[str, list[str]]:
        keep, other = self.random.sample(tags, 2)
        return keep, [other]

    def purge(self) -> None:
        self.library.documents.purge(self.document())


@pytest.mark.parametrize("seed", range(3))
def test_after_any_work_as_if_indexed_anew(
    make_library: Callable[..., Library], tmp_path: Path, seed: int
) -> None:
    library = make_library()
    worker = Worker(library, seed)
    for _ in range(ROUNDS):
        worker.work()
    assert library.documents.count() > 3
    assert shelf.index_problems(library) == []
    library.backup(tmp_path / "anew.db")
    anew = make_library("anew.db")
    anew.core.writer.run(lambda pen: index.rebuild(pen.connection))
    assert shelf.index_problems(anew) == []
    held, expected = (one.core.writer.run(content) for one in (library, anew))
    for table in TABLES:
        assert held[table] == expected[table], table
        assert held[table], f"nothing in {table} was compared"
    assert answers(library) == answers(anew)
    assert answers(library) != answers(make_library("empty.db"))


def test_nothing_of_a_purged_document_is_left(
    make_library: Callable[..., Library], tmp_path: Path
) -> None:
    library = make_library()
    kept = shelf.add_text(library, "上海股市", "中国")
    gone = shelf.add_text(library, "秘密文件東京カラス서울 दिल्ली", "機密扱い")
    shelf.name(library, gone, "秘密文件")
    library.annotations.create(gone, Passage(0, 4), note="極秘情報")
    library.documents.purge(gone)
    library.core.close()
    data = b"".join(file.read_bytes() for file in tmp_path.glob("library.db*"))
    for pair in ("秘密", "文件", "カラ", "서울", "दि", "機密", "極秘", "扱"):
        assert pair.encode() not in data, pair
    again = make_library()
    assert "上海".encode() in data
    assert [hit.id for hit in search(again.core.reader, None, "上海")] == [kept]


def test_what_is_brought_in_is_found_at_once(
    make_library: Callable[..., Library], tmp_path: Path
) -> None:
    other = make_library("other.db")
    shelf.add_text(other, "在上海的股市", "中国")
    other.annotations.create(1, Passage(1, 3), note="看北京")
    lines = export.render(other.core.reader, AnnotationFilter(), "jsonl")
    (tmp_path / "other.jsonl").write_text("".join(lines), encoding="utf-8")
    library = make_library()
    bring_in(library.core, tmp_path / "other.jsonl")
    for typed, kinds in (("股市", {"document"}), ("北京", {"annotation"})):
        hits = search(library.core.reader, None, typed)
        assert {hit.kind for hit in hits} == kinds
    assert shelf.index_problems(library) == []


# Making anew, and libraries from before ----------------------------------------------


TEXTS = [(f"Title {n}", f"word{n} 北京{chr(0x4E00 + n)}市 the end") for n in range(30)]


def spoil(library: Library) -> None:
    """As if a program that knows nothing of the indexes had changed texts."""
    library.core.writer.run(
        lambda pen: pen.connection.execute(
            "UPDATE documents SET text = text || ' 南京 added' WHERE id > 3"
        )
    )


def test_repair_is_done_in_pieces_that_others_may_write_between(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title, text in TEXTS:
        shelf.add_text(library, text, title)
    spoil(library)
    monkeypatch.setattr(index.fill, "__defaults__", (7,))
    monkeypatch.setattr(index, "_A_FEW", 2)
    shares: list[float] = []

    def meanwhile(share: float) -> None:
        shares.append(share)
        if len(shares) == 2:
            shelf.add_text(library, "天津 meanwhile")
            library.documents.correct(1, {"title": "Changed 重庆"})
            library.documents.correct(30, {"title": "Changed 成都"})

    findings = care.check(library.core, repair=True, progress=meanwhile)
    assert any(one.mended for one in findings)
    assert len(shares) > 8
    assert shares == sorted(shares) and shares[-1] == 1
    assert shelf.index_problems(library) == []
    reader = library.core.reader
    for typed, found in (("南京", 27), ("天津", 1), ("重庆", 1), ("成都", 1)):
        assert len(search(reader, None, typed)) == found, typed
    assert len(search(reader, None, "added")) == 27


def test_what_was_interrupted_is_said_and_goes_on(library: Library) -> None:
    for title, text in TEXTS:
        shelf.add_text(library, text, title)
    writer = library.core.writer
    writer.run(lambda pen: index.start_rebuild(pen.connection))
    writer.run(lambda pen: index.fill(pen.connection, 10))
    (problem,) = shelf.index_problems(library)
    assert problem == "The full text index was not made to its end."
    assert [hit.id for hit in search(library.core.reader, None, "word25")] == [26]
    library.documents.correct(2, {"title": "Not held yet 重庆"})
    shelf.add_text(library, "whatever is added takes some of them in")
    while writer.run(lambda pen: index.fill(pen.connection, 10)):
        pass
    assert shelf.index_problems(library) == []
    assert [hit.id for hit in search(library.core.reader, None, "重庆")] == [2]


def test_an_index_is_emptied_in_pieces_and_keeps_its_settings(library: Library) -> None:
    shelf.add_text(library, "The harbour of Genoa")
    reader, writer = library.core.reader, library.core.writer
    tables = "SELECT name, sql FROM sqlite_master ORDER BY name"
    settings = "SELECT k, v FROM documents_fts_config ORDER BY k"
    before = [*reader.execute(tables)], [*reader.execute(settings)]
    for _ in range(2):  # the second while the first is not ended
        writer.run(lambda pen: index.start_rebuild(pen.connection))
        assert search(reader, None, "harbour") == []
        writer.run(lambda pen: index.fill(pen.connection))
        assert [hit.id for hit in search(reader, None, "harbour")] == [1]
        assert len([*reader.execute(tables)]) > len(before[0])
    while writer.run(lambda pen: index.fill(pen.connection)):
        pass
    assert ([*reader.execute(tables)], [*reader.execute(settings)]) == before
    assert shelf.index_problems(library) == []


def test_nothing_of_a_purged_document_stays_in_an_index_put_aside(
    library: Library,
) -> None:
    shelf.add_text(library, "The secret harbour")
    writer = library.core.writer
    writer.run(lambda pen: index.start_rebuild(pen.connection))
    writer.run(lambda pen: index.forget_removed(pen.connection))
    names = library.core.reader.execute("SELECT name FROM sqlite_master")
    assert not [name for (name,) in names if "aside" in name]
