"""How well "is there evidence?" is told: python -m bench.answerability --data FOLDER [--documents 400] [--queries 120]

Each question is asked of a knowledge base with the documents that answer it, and again with these left out: what is
then found is near and no answer. Prints, for the score of ``workbench.answerability`` at each threshold, the share of
answerable questions that pass (of those whose answer is among the first four hits) and of unanswerable ones; the same
with each set scored by constants fitted on the others; and the constants that all these questions give. A set's own
unanswerable questions, where people wrote some, are printed beside and fitted on by none.
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
from .sets import find, lines, load

THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
LEFT_OUT = ("covidqa", "drcd-long", "xquad", "multihop", "support-en/dstc")
"""Sets that say little here: several documents needed, a history needed, texts that other sets hold too."""
ANSWERED = 0.55
"""So many of the questions that people ask have an answer: the fit leans as far."""
UNANSWERABLE = "queries.unanswerable.jsonl"
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
    hard: dict[Mode, dict[str, tuple[Facts, Facts]]] = {"hybrid": {}, "lexical": {}}
    for folder in find(asked.data):
        name = folder.relative_to(asked.data).as_posix()
        if name.startswith(LEFT_OUT):
            continue
        chosen = load(folder, asked.data, asked.documents, asked.queries)
        everything = {str(line["id"]) for line in chosen.documents}
        own = folder / UNANSWERABLE
        unanswerable = [
            str(line["text"])
            for line in (lines(own) if own.exists() else ())
            if line.get("topical_doc", "") in everything
        ]
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
                if unanswerable:
                    asked_for = (bases.search(text, names=["kb"], limit=LOOK, mode=mode) for text in unanswerable)
                    hard[mode][f"{name}, on the subject"] = good, [features(hits) for hits in asked_for]
            bases.close()
    for mode, title, weights in (
        ("hybrid", "words and vectors", WEIGHTS),
        ("lexical", "words only", WEIGHTS_OF_WORDS),
    ):
        pairs = found[mode]
        print(f"\n{title}: answerable / unanswerable questions that pass; the threshold in use is {ANSWERABLE}")
        print(f"{'':26}{'AUC':>6}" + "".join(f"{threshold:>11}" for threshold in THRESHOLDS))
        rows = [_row(good, bad, weights) for good, bad in pairs.values()]
        for name, row in zip(pairs, rows, strict=True):
            _print(name, row)
        _print("mean", np.mean(rows, axis=0))
        for name, (good, bad) in hard[mode].items():
            _print(name, _row(good, bad, weights))
        from_others = {
            name: fit([pair for other, pair in pairs.items() if _family(other) != _family(name)]) for name in pairs
        }
        _print("mean, fitted on others", np.mean([_row(*pairs[name], from_others[name]) for name in pairs], axis=0))
        print("constants that these questions give:", fit(list(pairs.values())))


def fit(sets: Sequence[tuple[Facts, Facts]], ridge: float = 0.01) -> dict[str, float]:
    """Logistic regression by Newton's method; each set counts the same, and of it ``ANSWERED`` the answerable ones."""
    names = list(sets[0][0][0])
    rows = np.array([[fact[name] for name in names] for pair in sets for side in pair for fact in side])
    truth = np.array([float(number == 0) for pair in sets for number, side in enumerate(pair) for _ in side])
    shares = (ANSWERED, 1 - ANSWERED)
    weight = np.array(
        [share / len(side) for pair in sets for share, side in zip(shares, pair, strict=True) for _ in side]
    )
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


def _family(name: str) -> str:
    """Sets of one family share texts in two languages."""
    return name.rpartition("/")[2]


def _row(good: Facts, bad: Facts, weights: dict[str, float]) -> npt.NDArray[Any]:
    """The area under the curve, then at each threshold the share of both sides that pass."""
    yes, no = (np.array([logistic(weights, fact) for fact in side]) for side in (good, bad))
    area = float(np.mean((yes[:, None] > no[None]) + 0.5 * (yes[:, None] == no[None])))
    return np.array([area, *(float(np.mean(side >= t)) for t in THRESHOLDS for side in (yes, no))])


def _print(name: str, row: npt.NDArray[Any]) -> None:
    shares = "".join(f"{yes:6.2f} /{no:4.2f}" for yes, no in row[1:].reshape(-1, 2))
    print(f"{name:26}{row[0]:6.3f}{shares}")


if __name__ == "__main__":
    main()
