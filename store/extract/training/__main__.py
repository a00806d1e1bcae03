"""Makes the lexicon and the models of ``data``: one command, the same to the byte.

    python -m store.extract.training --data CORPUS [--models it,joint] [--out DIR]

Needs python-crfsuite (the extra ``train``), which the program itself does not.
"""

from __future__ import annotations

import argparse
import importlib
import random
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from store.extract.lexicon import written
from store.extract.model import pack
from store.extract.training.corpus import Annotated, gathered
from store.extract.training.lessons import counted, lessons, parts, prepared
from store.extract.vocabulary import DATA

SETTINGS: dict[str, Any] = {
    "c1": 0.05,
    "c2": 0.1,
    "max_iterations": 75,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}
"""Of L-BFGS: weights pulled to nothing (c1), kept small (c2)."""

JOINT = "joint"
"""Name of the model that belongs to no language."""

AUXILIARY = 0.25
"""Share of the documents of other languages, but for news, that a language's own
model learns."""

JOINT_SHARE = {
    "own/it_wikinews": 0.25,
    "en_btc_a": 0.5,
    "en_btc_b": 0.5,
    "en_btc_e": 0.5,
    "en_btc_h": 0.3,
    "en_wnut17_train": 0.5,
    "de_europeana_sbb": 0.3,
    "pt_bosque_train": 0.7,
    "da_ddt_train": 0.5,
}
"""Share of the documents of some sources in the joint model; others are whole."""

AGAIN = ("own/news_", "annotated/")
"""Sources whose documents count three times."""


def share(model: str, document: Annotated) -> float:
    """Return which share of a document's sentences a model learns."""
    if model == JOINT:
        return JOINT_SHARE.get(document.source, 1.0)
    if document.lang == model or document.source.startswith(AGAIN):
        return 1.0
    if document.source.startswith(("en_btc", "en_wnut", "de_europeana")):
        return 0.0
    return AUXILIARY


def train(documents: Sequence[Annotated], models: Sequence[str], work: Path) -> None:
    """Train models into ``work``, and write the lexicon there."""
    crfsuite = importlib.import_module("pycrfsuite")
    divided = parts([prepared(one) for one in documents])
    counts = [counted(part) for part in divided]
    everything = counted([one for part in divided for one in part])
    (work / "lexicon.txt").write_text(written(everything.lexicon()), encoding="utf-8")
    trainers = {
        name: crfsuite.Trainer("lbfgs", SETTINGS, verbose=False) for name in models
    }
    sizes: defaultdict[str, int] = defaultdict(int)
    chance = random.Random(7)
    for part, own in zip(divided, counts, strict=True):
        learners = {id(one): _learners(models, one.document, chance) for one in part}
        wanted = [one for one in part if learners[id(one)]]
        for one, (rows, labels) in lessons(wanted, everything, own):
            ready = crfsuite.ItemSequence(rows)
            for name in learners[id(one)]:
                trainers[name].append(ready, labels)
                sizes[name] += len(labels)
    for name, trainer in trainers.items():
        started = time.process_time()
        print(f"{name}: {sizes[name]} tokens", flush=True)
        path = work / f"{name}.crfsuite"
        trainer.train(str(path))
        print(f"{name}: {time.process_time() - started:.0f} s of CPU", flush=True)
        (work / f"{name}.crf").write_bytes(packed(path))


def _learners(
    models: Sequence[str], document: Annotated, chance: random.Random
) -> list[str]:
    """Return the models that learn a document, as often as they learn it."""
    found = []
    for name in models:
        if chance.random() < share(name, document):
            mine = name in (JOINT, document.lang)
            found += [name] * (3 if mine and document.source.startswith(AGAIN) else 1)
    return found


def packed(path: Path) -> bytes:
    """Return the file of the program for a model of crfsuite."""
    crfsuite = importlib.import_module("pycrfsuite")
    tagger = crfsuite.Tagger()
    tagger.open(str(path))
    told = tagger.info()
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (observation, label), weight in told.state_features.items():
        if not re.match("@", observation):
            weights[observation][label] = weight
    return pack(weights, told.transitions)


def main() -> None:
    """Train the models asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--models", default="it,joint")
    asked.add_argument("--out", type=Path, default=DATA / "models")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    train(gathered(given.data), given.models.split(","), given.out)


if __name__ == "__main__":
    main()
