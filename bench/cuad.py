"""The clause categories of CUAD in English contracts by rules alone: precision, recall and F1 by category.

``python -m bench.cuad --data /path/to/data`` where the folder holds ``contracts/cuad/dev.jsonl.gz``. A category counts
once for a contract: found or not, there or not. ``spans`` is the share of annotated places that a sentence touches.
"""

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.contracts.rules.categories import places

_RARE = 6
"""Categories that fewer contracts have are reported pooled: one contract more or less is no measure."""


@dataclass(slots=True)
class Score:
    """Counts of one category over the contracts."""

    both: int = 0
    found: int = 0
    there: int = 0
    touched: int = 0
    spans: int = 0

    def __iadd__(self, other: "Score") -> "Score":
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.both / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def contracts(path: Path) -> Iterator[dict[str, Any]]:
    """The annotated contracts."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def measured(rows: list[dict[str, Any]]) -> dict[str, Score]:
    """The score of each category."""
    scores: dict[str, Score] = {}
    for row in rows:
        found = places(row["text"])
        for name, truth in row["labels"].items():
            spans = [tuple(place) for span in truth["spans"] for place in span["offsets"]]
            ours = found.get(name, [])
            scores.setdefault(name, Score())
            scores[name] += Score(
                bool(ours) and truth["present"],
                bool(ours),
                truth["present"],
                sum(any(a < end and start < b for a, b in ours) for start, end in spans),
                len(spans),
            )
    return scores


def main() -> None:
    """Print the table, the weakest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", default="dev", help="dev, or rest408 to look for what rules miss")
    parser.add_argument("--limit", type=int, default=0, help="only so many contracts")
    asked = parser.parse_args()
    rows = list(contracts(asked.data / "contracts" / "cuad" / f"{asked.set}.jsonl.gz"))
    rows = rows[: asked.limit or len(rows)]
    began = time.perf_counter()
    scores = measured(rows)
    seconds = time.perf_counter() - began
    rare = Score()
    for name, score in sorted(scores.items(), key=lambda entry: entry[1].f1):
        if score.there < _RARE:
            rare += score
        print(_line(f"{name}{' (rare)' if score.there < _RARE else ''}", score))
    print(_line("rare ones together", rare))
    common = [score.f1 for score in scores.values() if score.there >= _RARE]
    print(
        f"macro F1 {sum(score.f1 for score in scores.values()) / len(scores):.3f} of {len(scores)} categories,", end=" "
    )
    print(f"{sum(common) / len(common):.3f} of the {len(common)} that {_RARE} contracts have or more;", end=" ")
    print(f"{len(rows)} contracts, {seconds / len(rows):.2f} s each")


def _line(name: str, score: Score) -> str:
    touched = score.touched / score.spans if score.spans else 0.0
    figures = f"P {score.precision:.2f}  R {score.recall:.2f}  F1 {score.f1:.2f}  spans {touched:.2f}"
    return f"{name:40} {figures}  there {score.there:3} found {score.found:3}"


if __name__ == "__main__":
    main()
