"""How well "is there evidence?" is told: python -m bench.answerability --data FOLDER [--documents 400] [--queries 120]

Each question is asked of a knowledge base with the documents that answer it, and again with these left out: what is
then found is near and no answer. Prints, for the score of ``workbench.answerability`` at each threshold, the share of
answerable questions that pass (of those whose answer is among the first four hits) and of unanswerable ones, and the
constants that these questions would give.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.answerability import (
    ANSWERABLE,
    ANSWERING,
    LOOK,
    WEIGHTS,
    WEIGHTS_OF_WORDS,
    features,
    logistic,
)
from workbench.knowledge import Mode

from .retrieval import WORK, filled, kept
from .sets import find, load

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
LEFT_OUT = ("covidqa", "drcd-long", "xquad", "multihop", "support-en/dstc")
"""Sets that say little here: several documents needed, a history needed, texts that other sets hold too."""
Facts = list[dict[str, float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--queries", type=int, default=120)
    parser.add_argument("--work", type=Path, default=WORK)
    asked = parser.parse_args()
    embedder = kept(asked.work)
    found: dict[Mode, dict[str, tuple[Facts, Facts]]] = {"hybrid": {}, "lexical": {}}
    for folder in find(asked.data):
        name = folder.relative_to(asked.data).as_posix()
        if name.startswith(LEFT_OUT):
            continue
        chosen = load(folder, asked.data, asked.documents, asked.queries)
        everything = {str(line["id"]) for line in chosen.documents}
        with tempfile.TemporaryDirectory() as place:
            bases = filled(Path(place), chosen, embedder)
            for mode, sets in found.items():
                good: Facts = []
                bad: Facts = []
                for query in chosen.queries:
                    hits = bases.search(query.text, names=["kb"], limit=LOOK, mode=mode)
                    if any(hit.chunk.document_id in query.relevant for hit in hits[:ANSWERING]):
                        good.append(features(hits))
                    others = everything - query.relevant.keys()
                    hits = bases.search(query.text, names=["kb"], limit=LOOK, mode=mode, documents=others)
                    bad.append(features(hits))
                sets[name] = good, bad
            bases.close()
    for mode, title, weights in (
        ("hybrid", "words and vectors", WEIGHTS),
        ("lexical", "words only", WEIGHTS_OF_WORDS),
    ):
        pairs = found[mode]
        print(f"\n{title}: answerable / unanswerable questions that pass; the threshold in use is {ANSWERABLE}")
        print(f"{'':26}{'AUC':>6}" + "".join(f"{threshold:>11}" for threshold in THRESHOLDS))
        for name, (good, bad) in pairs.items():
            _print(name, good, bad, weights)
        everybody = [[fact for pair in pairs.values() for fact in pair[side]] for side in (0, 1)]
        _print("all", everybody[0], everybody[1], weights)
        print("constants that these questions give:", fit(list(pairs.values())))


def fit(sets: Sequence[tuple[Facts, Facts]], ridge: float = 0.01) -> dict[str, float]:
    """Logistic regression by Newton's method; each set counts the same, and so does each side of it."""
    names = list(sets[0][0][0])
    rows = np.array([[fact[name] for name in names] for pair in sets for side in pair for fact in side])
    truth = np.array([float(number == 0) for pair in sets for number, side in enumerate(pair) for _ in side])
    weight = np.array([1 / len(side) for pair in sets for side in pair for _ in side])
    weight /= weight.mean()
    mean, spread = rows.mean(0), rows.std(0)
    scaled = np.c_[np.ones(len(rows)), (rows - mean) / spread]
    penalty = np.diag([0.0, *[ridge * len(rows)] * len(names)])
    found: npt.NDArray[Any] = np.zeros(len(names) + 1)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (weight * (chance - truth)) + penalty @ found
        found -= np.linalg.solve((scaled.T * (weight * chance * (1 - chance))) @ scaled + penalty, slope)
    slopes = found[1:] / spread
    values = {"bias": found[0] - float(slopes @ mean)} | dict(zip(names, slopes, strict=True))
    return {name: round(float(value), 2) for name, value in values.items()}


def _print(name: str, good: Facts, bad: Facts, weights: dict[str, float]) -> None:
    yes, no = (np.array([logistic(weights, fact) for fact in side]) for side in (good, bad))
    area = float(np.mean((yes[:, None] > no[None]) + 0.5 * (yes[:, None] == no[None])))
    shares = "".join(f"{np.mean(yes >= t):6.2f} /{np.mean(no >= t):4.2f}" for t in THRESHOLDS)
    print(f"{name:26}{area:6.3f}{shares}")


if __name__ == "__main__":
    main()
