"""The tagger: its arithmetic, its files, the lexicon, and who serves a language."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from store.extract import about, decoding
from store.extract.labels import LABELS
from store.extract.lexicon import Counts, Phrases, matches
from store.extract.model import pack, unpack
from store.extract.sentences import MOST_TOKENS, sentences_of
from store.extract.tokens import tokens
from store.extract.training.corpus import Source, split, written_out
from store.extract.training.lessons import prepared


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


def test_the_lexicon_leaves_out_what_the_text_itself_says() -> None:
    document = tokens("Brenta Foods opened. Brenta Foods closed.", "en")
    labels = ["B-ORG", "I-ORG", "O", "O", "B-ORG", "I-ORG", "O", "O"]
    everything, own = Counts(), Counts()
    everything.add(document, labels)
    own.add(document, labels)
    assert everything.lexicon().phrases == {"brenta foods": "O"}
    assert everything.lexicon().words["brenta"][:4] == "0400"
    assert not everything.lexicon(own).words
    assert not everything.lexicon(own).phrases


def test_the_longest_listed_phrase_is_marked() -> None:
    phrases = Phrases.of([("new york", "L"), ("new york times", "O")])
    lows = ["the", "new", "york", "times", "new", "york"]
    starts = [False, True, True, True, True, True]
    assert matches(lows, starts, phrases) == ["", "BO", "IO", "IO", "BL", "IL"]


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
