"""Intents of labelled sets: python -m bench.intents --data FOLDER

Prints for each set the accuracy of our reading, by the nearest examples, beside TF-IDF with logistic regression.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scenarios.support.intents import nearest_intent
from workbench.language import shingles

from .kept import KeptEmbeddings
from .retrieval import WORK, kept
from .sets import find, lines

Matrix = npt.NDArray[np.float64]


def compare(data: Path, embedder: KeptEmbeddings) -> None:
    """Print both accuracies for each set in ``data`` whose documents and questions name an intent."""
    print(f"{'':26}{'examples':>9}{'asked':>7}{'intents':>9}{'ours':>8}{'TF-IDF + LR':>13}")
    for folder in find(data):
        known = [(str(line["text"]), line.get("intent")) for line in lines(next(folder.glob("corpus.jsonl*")))]
        asked = [(str(line["text"]), line.get("intent")) for line in lines(folder / "queries.dev.jsonl")]
        if not all(intent for _, intent in known):
            continue
        fold = {intent: str(intent).casefold() for _, intent in [*known, *asked]}
        labels = [fold[intent] for _, intent in known]
        truth = [fold[intent] for _, intent in asked]
        texts, questions = [text for text, _ in known], [text for text, _ in asked]
        rows = np.array(embedder.embed_documents(texts))
        ours = [
            nearest_intent((rows @ np.array(embedder.embed_query(question))).tolist(), labels) for question in questions
        ]
        theirs = Regression.fit(texts, labels).predict(questions)
        shares = [np.mean([one == right for one, right in zip(said, truth, strict=True)]) for said in (ours, theirs)]
        name = folder.relative_to(data).as_posix()
        print(f"{name:26}{len(known):9}{len(asked):7}{len(set(labels)):9}{shares[0]:8.3f}{shares[1]:13.3f}")


class Regression:
    """Multinomial logistic regression on TF-IDF of words (Chinese: character pairs), by gradient descent."""

    def __init__(self, idf: dict[str, tuple[int, float]], weights: Matrix, names: Sequence[str]) -> None:
        self._idf, self._weights, self._names = idf, weights, names

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], ridge: float = 1e-4, steps: int = 400) -> "Regression":
        counts = Counter(word for text in texts for word in shingles(text))
        idf = {
            word: (place, float(np.log((1 + len(texts)) / (1 + count)) + 1))
            for place, (word, count) in enumerate(sorted(counts.items()))
        }
        names = sorted(set(labels))
        truth = np.eye(len(names))[[names.index(label) for label in labels]]
        rows = _vectors(texts, idf)
        weights = np.zeros((rows.shape[1], len(names)))
        moved = np.zeros_like(weights)
        for _ in range(steps):
            raw = rows @ weights
            chance = np.exp(raw - raw.max(1, keepdims=True))
            chance /= chance.sum(1, keepdims=True)
            moved = 0.9 * moved - 20 * (rows.T @ (chance - truth) / len(rows) + ridge * weights)
            weights += moved
        return cls(idf, weights, names)

    def predict(self, texts: Sequence[str]) -> list[str]:
        return [self._names[place] for place in (_vectors(texts, self._idf) @ self._weights).argmax(1)]


def _vectors(texts: Sequence[str], idf: dict[str, tuple[int, float]]) -> Matrix:
    """TF-IDF rows of length 1, with a last column of ones for the bias."""
    rows = np.zeros((len(texts), len(idf) + 1))
    for number, text in enumerate(texts):
        for word in shingles(text):
            if word in idf:
                place, weight = idf[word]
                rows[number, place] = weight
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    rows[:, -1] = 1
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=WORK)
    asked = parser.parse_args()
    compare(asked.data, kept(asked.work))


if __name__ == "__main__":
    main()
