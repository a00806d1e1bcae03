"""Score the extractor on news it has never seen: strict spans, by type and language.

Run ``python tests/store/score_entities.py [FILE]`` from the root of the
checkout; a test imports ``load`` and ``score``. A mention counts only when
start, end and type are all right; ``untyped`` forgives the type.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ITEMS = ROOT / "tests" / "data" / "unseen_news" / "items.jsonl"

TYPES = (
    "PER",
    "ORG",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK",
    "DATE",
    "MONEY",
    "PERCENT",
    "QUANTITY",
)
"""The types that are marked; what else an extractor reports is not scored."""

NAMES = ("PER", "ORG", "LOC")
"""The types other tools report too."""

Span = tuple[int, int, str]
Extract = Callable[[str, str, str | None], Iterable[Span]]


@dataclass
class Tally:
    """Right, reported and marked spans, and what follows from them."""

    right: int = 0
    reported: int = 0
    marked: int = 0

    def count(self, gold: set[Any], found: set[Any]) -> None:
        """Add one document's spans."""
        self.right += len(gold & found)
        self.reported += len(found)
        self.marked += len(gold)

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 in percent, and the number marked."""
        precision = self.right / self.reported if self.reported else 0.0
        recall = self.right / self.marked if self.marked else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return {
            "p": round(100 * precision, 1),
            "r": round(100 * recall, 1),
            "f1": round(100 * f1, 1),
            "marked": self.marked,
            "reported": self.reported,
        }


def load(path: Path = ITEMS) -> list[dict[str, Any]]:
    """The items of a JSON Lines file, in their order."""
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def built_in(text: str, language: str, published: str | None) -> list[Span]:
    """What the library's own extractor finds."""
    from store.extract import extract

    found = extract(text, language, published=published)
    return [(mention.start, mention.end, mention.type) for mention in found]


def score(
    items: Sequence[Mapping[str, Any]], extractor: Extract = built_in
) -> dict[str, dict[str, float]]:
    """Strict figures in percent, by row.

    Rows: ``all``, ``names`` (PER, ORG, LOC), ``untyped``, each type, each
    language. Every row has ``p``, ``r``, ``f1``, ``marked``, ``reported``.
    """
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for item in items:
        language = str(item["language"])
        gold: set[Span] = {(int(s), int(e), str(t)) for s, e, t in item["entities"]}
        spans = extractor(item["text"], language, item.get("published"))
        found = {span for span in spans if span[2] in TYPES}
        tallies["all"].count(gold, found)
        tallies[language].count(gold, found)
        tallies["untyped"].count({s[:2] for s in gold}, {s[:2] for s in found})
        tallies["names"].count(
            {s for s in gold if s[2] in NAMES}, {s for s in found if s[2] in NAMES}
        )
        for kind in TYPES:
            tallies[kind].count(
                {s for s in gold if s[2] == kind}, {s for s in found if s[2] == kind}
            )
    order = ["all", "names", "untyped", *TYPES]
    rows = order + sorted(set(tallies) - set(order))
    return {row: tallies[row].figures() for row in rows}


def table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """The figures as lines for a terminal."""
    lines = [f"{'':10}{'P':>7}{'R':>7}{'F1':>7}{'marked':>8}{'found':>7}"]
    for row, of in figures.items():
        lines.append(
            f"{row:10}{of['p']:7.1f}{of['r']:7.1f}{of['f1']:7.1f}"
            f"{of['marked']:8.0f}{of['reported']:7.0f}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print the table for FILE, or for the unseen news."""
    path = Path(arguments[0]) if arguments else ITEMS
    print(table(score(load(path))))
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
