"""Makes the lexicon and the models of ``data``: one command, the same to the byte.

    python -m store.extract.training --data CORPUS [--models it,joint] [--out DIR]

``--models ""`` only cuts the names of the lists into tokens again, which is needed
when a list has changed; the models need not be made again for that.

Models need python-crfsuite (the extra ``train``), which the program itself does not.
"""

from __future__ import annotations

import argparse
import importlib
import re
import time
import zlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from store.extract.lexicon import written
from store.extract.model import OWN, pack
from store.extract.training.corpus import Annotated, gathered
from store.extract.training.lessons import LOUD_EVERY, counted, lessons, parts, prepared
from store.extract.training.lists import listed
from store.extract.vocabulary import DATA

SETTINGS: dict[str, Any] = {
    "c1": 0.05,
    "c2": 0.1,
    "max_iterations": 60,
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
    "en_btc_h": 0.5,
    "en_btc_f": 0.2,
    "en_btc_g": 0.3,
    "de_europeana_sbb": 0.3,
    "de_europeana_lft": 0.0,
    "de_europeana_onb": 0.0,
    "fr_europeana_part": 0.1,
    "nl_europeana_kb": 0.1,
    "pt_bosque_train": 0.6,
    "da_ddt_train": 0.3,
}
"""Share of the documents of some sources in the joint model; others are whole. What
is not learnt from still counts for the lexicon, which gains by it."""

AGAIN = ("own/news_", "annotated/")
"""Sources whose documents count twice."""


def share(model: str, document: Annotated) -> float:
    """Return which share of a document's sentences a model learns."""
    if model == JOINT:
        return JOINT_SHARE.get(document.source, 1.0)
    if document.lang == model or document.source.startswith(AGAIN):
        return 1.0
    if (
        document.source.startswith(("en_btc", "en_wnut"))
        or "europeana" in document.source
    ):
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
    for part, own in zip(divided, counts, strict=True):
        learners = {id(one): learners_of(one.document) for one in part}
        learnt = [one for one in part if learners[id(one)]]
        # the loud ones are told among all, so that they are the same for some models
        chosen = [
            (one, number % LOUD_EVERY == 0)
            for number, one in enumerate(learnt)
            if not trainers.keys().isdisjoint(learners[id(one)])
        ]
        for one, (rows, labels) in lessons(chosen, everything, own):
            ready = crfsuite.ItemSequence(rows)
            for name in learners[id(one)]:
                if name in trainers:
                    trainers[name].append(ready, labels)
                    sizes[name] += len(labels)
    for name, trainer in trainers.items():
        started = time.process_time()
        print(f"{name}: {sizes[name]} tokens", flush=True)
        path = work / f"{name}.crfsuite"
        trainer.train(str(path))
        print(f"{name}: {time.process_time() - started:.0f} s of CPU", flush=True)
        (work / f"{name}.crf").write_bytes(packed(path))


def learners_of(document: Annotated) -> list[str]:
    """Return the models that learn a document, as often as they learn it."""
    found = []
    for name in (*OWN, JOINT):
        if chance(name, document) < share(name, document):
            mine = name in (JOINT, document.lang)
            found += [name] * (2 if mine and document.source.startswith(AGAIN) else 1)
    return found


def chance(model: str, document: Annotated) -> float:
    """Return a number from 0 to 1 that is the same whatever else is trained."""
    drawn = f"{model} {document.source} {document.text}".encode("utf-8", "replace")
    return zlib.crc32(drawn) / 2**32


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
    asked.add_argument("--data", type=Path, default=Path())
    asked.add_argument("--models", default="it,joint")
    asked.add_argument("--out", type=Path, default=DATA / "models")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    given.out.joinpath("listed.txt").write_text(listed().written(), encoding="utf-8")
    if given.models:
        train(gathered(given.data), given.models.split(","), given.out)


if __name__ == "__main__":
    main()
