"""The weights of a tagger: read from a packed file, laid out for NumPy.

A file holds a line of JSON (labels, scale, transitions), then, packed, the sorted
checksums of the observations and one row of small whole numbers for each. An
observation is known by its checksum alone; strings are not stored.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from store.extract.labels import LABELS
from store.extract.vocabulary import DATA

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MODELS = DATA / "models"
OWN: tuple[str, ...] = ("it",)
"""Languages with a model of their own."""

SHARED = "joint"
"""The model of all other languages with capitals."""

_FORMAT = 1

_BITS = 18
"""Leading bits of a checksum by which its place is looked up: some two rows share
them, so a search takes no more time than a dictionary, which takes long to fill."""


@dataclass(frozen=True)
class Model:
    """A linear chain: weights of labels by observation, and from label to label."""

    keys: memoryview
    """The sorted checksums of the observations; the first has row 1."""
    starts: memoryview
    """For each beginning of a checksum (``_BITS``), the place of its first key."""
    weights: Floats
    """One row an observation, one column a label; row 0 is empty."""
    moves: Floats
    """From label (row) to label (column)."""

    def number(self, observation: str) -> int | None:
        """Return the row of an observation, if it has one."""
        key = zlib.crc32(observation.encode("utf-8", "replace"))
        among = key >> (32 - _BITS)
        after = self.starts[among + 1]
        at = bisect_left(self.keys, key, self.starts[among], after)
        return at + 1 if at < after and self.keys[at] == key else None


def pack(
    weights: Mapping[str, Mapping[str, float]],
    moves: Mapping[tuple[str, str], float],
    clip: float = 6.0,
) -> bytes:
    """Return the file of a model; weights beyond ``clip`` are cut to it."""
    import numpy as np

    scale = clip / 127
    known: dict[int, list[int]] = {}
    for observation, of in weights.items():
        row = [
            round(max(-clip, min(clip, of.get(label, 0.0))) / scale) for label in LABELS
        ]
        if any(row):
            known[zlib.crc32(observation.encode("utf-8", "replace"))] = row
    order = sorted(known)
    keys = np.array(order, dtype="<u4")
    table = np.array([known[key] for key in order], dtype=np.int8)
    head: dict[str, Any] = {
        "format": _FORMAT,
        "labels": LABELS,
        "scale": scale,
        "rows": len(order),
        "moves": [
            [round(moves.get((one, other), 0.0), 4) for other in LABELS]
            for one in LABELS
        ],
    }
    steps = np.diff(keys, prepend=np.uint32(0)).astype("<u4")
    body = steps.view(np.uint8).reshape(-1, 4).T.tobytes() + table.T.tobytes()
    return json.dumps(head).encode() + b"\n" + zlib.compress(body, 9)


def unpack(content: bytes) -> Model:
    """Return the model of a file's content."""
    import numpy as np

    line, _, packed = content.partition(b"\n")
    head = json.loads(line)
    count = head["rows"]
    body = np.frombuffer(zlib.decompress(packed), dtype=np.uint8)
    steps = np.ascontiguousarray(body[: 4 * count].reshape(4, count).T).view("<u4")
    keys = np.cumsum(steps[:, 0], dtype=np.uint32)
    table = body[4 * count :].view(np.int8).reshape(len(LABELS), count).T
    weights = np.zeros((count + 1, len(LABELS)), dtype=np.float32)
    weights[1:] = table * np.float32(head["scale"])
    bounds = np.arange(2**_BITS + 1, dtype=np.uint64) << np.uint64(32 - _BITS)
    starts = np.searchsorted(keys, bounds).astype(np.uint32)
    moves = np.array(head["moves"], dtype=np.float32)
    return Model(keys.data, starts.data, weights, moves)


@lru_cache(maxsize=4)
def load(name: str) -> Model:
    """Return a shipped model by its name; the first call reads it."""
    return unpack((MODELS / f"{name}.crf").read_bytes())


def serving(lang: str) -> str:
    """Return the name of the model that serves a language (ISO 639-1, or "")."""
    return lang if lang in OWN else SHARED
