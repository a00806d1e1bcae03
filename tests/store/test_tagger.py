"""The tagger: its arithmetic, its files, the lexicon, and who serves a language."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from store.extract import about, decoding
from store.extract.heads import heads_beside, heads_of
from store.extract.labels import LABELS
from store.extract.lexicon import LISTED, Counts, Phrases, matches
from store.extract.model import pack, unpack
from store.extract.sentences import MOST_TOKENS, sentences_of
from store.extract.tokens import tokens
from store.extract.training.corpus import Annotated, Source, split, written_out
from store.extract.training.lessons import prepared
from store.extract.training.lists import listed


def test_best_labels_and_marginals_are_those_of_all_ways() -> None:
    chance = np.random.default_rng(1)
    lengths = [4, 1, 3]
    scores = chance.normal(size=(8, 3)).astype(np.float32)
    moves = chance.normal(size=(3, 3)).astype(np.float32)
    table, order = decoding.laid(scores, lengths)
    falling = [lengths[at] for at in order]
    paths = decoding.viterbi(table, falling, moves)
    sure = decoding.marginals(table, falling, moves)
    starts = np.cumsum([0, *lengths])
    for column, at in enumerate(order):
        of = scores[starts[at] : starts[at + 1]]
        sums = np.zeros((lengths[at], 3))
        ways: list[tuple[float, tuple[int, ...]]] = []
        for way in product(range(3), repeat=lengths[at]):
            total = float(sum(of[place, label] for place, label in enumerate(way)))
            total += float(sum(moves[a, b] for a, b in pairwise(way)))
            ways.append((total, way))
            for place, label in enumerate(way):
                sums[place, label] += np.exp(total)
        assert paths[column] == list(max(ways)[1])
        expected = sums / sums.sum(1, keepdims=True)
        assert np.allclose(expected, sure[: lengths[at], column], atol=1e-5)


def test_a_model_comes_back_from_its_file() -> None:
    weights = {"wrome": {"B-LOC": 2.5, "O": -1.0}, "sX": {"B-PER": 99.0}}
    content = pack(weights, {("B-PER", "I-PER"): 1.5, ("O", "I-PER"): -9.0})
    assert content == pack(weights, {("B-PER", "I-PER"): 1.5, ("O", "I-PER"): -9.0})
    model = unpack(content)
    row = model.number("wrome")
    assert row is not None
    assert model.weights[row][LABELS.index("B-LOC")] == pytest.approx(2.5, abs=0.03)
    assert model.number("unknown") is None
    assert model.moves[LABELS.index("B-PER")][LABELS.index("I-PER")] == 1.5
    assert not model.weights[0].any()


def test_every_observation_of_a_large_model_has_its_own_row() -> None:
    kinds = LABELS[1:]
    weights = {
        f"w{number}": {kinds[number % 12]: 1 + number % 5} for number in range(3000)
    }
    model = unpack(pack(weights, {}))
    for observation, of in weights.items():
        row = model.number(observation)
        assert row is not None
        for label, weight in of.items():
            assert model.weights[row][LABELS.index(label)] == pytest.approx(
                weight, 0.03
            )
    assert sum(model.number(f"x{number}") is None for number in range(3000)) > 2990


def test_an_empty_model_knows_nothing() -> None:
    assert unpack(pack({}, {})).number("wrome") is None


def test_training_gives_the_same_bytes_whatever_else_is_trained(
    tmp_path: Path,
) -> None:
    pytest.importorskip("pycrfsuite")
    from store.extract.training.__main__ import train

    places = ("Ravello", "Dornach", "Lindow", "Quimper")
    documents = [
        Annotated(lang, f"Nr {number}. {place} is here.", ((7, 7 + len(place), "LOC"),),
                  "own/wiki_en")
        for number in range(10, 50)
        for lang, place in zip(("it", "en", "de", "fr"), places, strict=True)
    ]  # fmt: skip
    ways = (["it", "joint"], ["joint", "it"], ["joint"], ["it"])
    made: dict[str, set[bytes]] = {}
    for number, models in enumerate(ways):
        folder = tmp_path / str(number)
        folder.mkdir()
        train(documents, models, folder)
        for path in (folder / "lexicon.txt", *folder.glob("*.crf")):
            made.setdefault(path.name, set()).add(path.read_bytes())
    assert {name: len(files) for name, files in made.items()} == {
        "lexicon.txt": 1, "it.crf": 1, "joint.crf": 1
    }  # fmt: skip
    assert unpack((tmp_path / "0" / "joint.crf").read_bytes()).number("wis") is not None


@pytest.mark.parametrize(
    ("lang", "text", "name", "says"),
    [
        ("en", "The drug Xoflim costs much.", "Xoflim", "<r"),
        ("en", "She left Lumen, the maker of hearing aids.", "Lumen", ",c"),
        ("it", "Abita a Cembra, un paese di montagna.", "Cembra", ",l"),
        ("de", "Der Roman Nebelgang liegt vor.", "Nebelgang", "<w"),
        ("fr", "Les actions Morvel montent.", "Morvel", "<c"),
    ],
)
def test_words_beside_a_name_tell_its_kind(
    lang: str, text: str, name: str, says: str
) -> None:
    toks = tokens(text, lang)
    at = next(n for n, one in enumerate(toks) if one.text == name)
    assert says in heads_beside(heads_of([one.low for one in toks]), at, at + 1)


def test_the_lexicon_leaves_out_what_the_text_itself_says() -> None:
    document = tokens("Brenta Foods opened. Brenta Foods closed.", "en")
    labels = ["B-ORG", "I-ORG", "O", "O", "B-ORG", "I-ORG", "O", "O"]
    everything, own = Counts(), Counts()
    everything.add(document, labels)
    own.add(document, labels)
    assert everything.lexicon().phrases.kinds() == {"brenta foods": "O"}
    assert everything.lexicon().words["brenta"][:4] == "0400"
    assert not everything.lexicon(own).words
    assert not everything.lexicon(own).phrases.kinds()


def test_the_longest_listed_phrase_is_marked() -> None:
    phrases = Phrases.of([("new york", "L"), ("new york times", "O")])
    lows = ["the", "new", "york", "times", "new", "york"]
    starts = [False, True, True, True, True, True]
    assert matches(lows, starts, phrases) == ["", "BO", "IO", "IO", "BL", "IL"]


def test_phrases_come_back_from_their_file() -> None:
    kinds = {"york": "L", "new york": "LO", "new york times": "O", "a b c d e f": "O"}
    phrases = Phrases.of([*kinds.items(), ("new york", "O"), ("a b c d e f g", "O")])
    assert phrases.kinds() == Phrases.read(phrases.written()).kinds() == kinds


def test_what_is_read_of_the_lists_is_what_they_hold() -> None:
    # else: python -m store.extract.training --models ""
    assert listed().written() == LISTED.read_text(encoding="utf-8")


def test_long_sentences_are_cut() -> None:
    text = "word " * (2 * MOST_TOKENS + 1)
    toks = tokens(text, "en")
    spans = list(sentences_of(text, toks, "en"))
    assert [after - first for first, after in spans] == [MOST_TOKENS, MOST_TOKENS, 1]


def test_who_serves_a_language() -> None:
    assert about("it").kind == "own"
    assert about("pt").kind == about(None).kind == "joint"
    assert about("zh-Hans").kind == "lists"
    assert about("zh-Hans").model == ""


def test_token_files_are_written_out_as_text() -> None:
    words = [("La", "O"), ("Rossi", "B-ORG"), ("SpA", "I-ORG"), ("(", "O")]
    words += [("Roma", "B-LOC"), (")", "O"), ("cresce", "O"), (".", "O")]
    text, spans = written_out(words)
    assert text == "La Rossi SpA (Roma) cresce."
    assert [(text[a:b], kind) for a, b, kind in spans] == [
        ("Rossi SpA", "ORG"),
        ("Roma", "LOC"),
    ]


def test_the_parts_of_a_split_do_not_touch(tmp_path: object) -> None:
    import json
    import lzma
    from pathlib import Path

    folder = Path(str(tmp_path)) / "own"
    folder.mkdir()
    with lzma.open(folder / "it_wikinews.jsonl.xz", "wt", encoding="utf-8") as out:
        for number in range(1000):
            one = {"lang": "it", "text": f"Frase {number}.", "spans": [[0, 5, "ORG"]]}
            out.write(json.dumps(one) + "\n")
    train, test = split(folder.parent, Source("own/it_wikinews", "it"))
    last = int(train[-1].text.split()[-1].rstrip("."))
    first = int(test[0].text.split()[1].rstrip("."))
    assert (last, first) == (694, 855)
    assert all(prepared(one).labels.count("B-ORG") == 10 for one in test[:-1])
