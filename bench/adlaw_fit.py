"""Fits the suspicion of the advertising check: python -m bench.adlaw_fit [--without PART]...

A logistic regression over runs of one to four signs (``scenarios.marketing.law.suspicion.grams``), by Newton's method on
its dual, so that numpy is enough. It learns from the labelled parts in ``bench/data``, from the lawful everyday copy in
``adlaw_everyday.txt`` there, and from the sample company's documents, which are lawful too; it writes
``rules/suspicion.tsv``. ``--without`` leaves a part out, to measure on it what the model has not seen.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from bench.adlaw import DATA, PARTS, labelled
from scenarios.marketing.law.folding import fold, sentence_starts
from scenarios.marketing.law.rulebook import RULES
from scenarios.marketing.law.suspicion import BIAS, grams

COMPANY = Path(__file__).parent.parent / "knowledge" / "sample_company" / "support"
TRUST = 10.0
"""How far the data may pull the weights: the inverse of the penalty on their squares."""
LEAST = 0.2
"""Smaller weights are left out of the file: half its length, and what it tells hardly changes."""
OWN = 0.6
"""A run speaks for a family when this share of the violations that hold it are of the family."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", choices=PARTS, action="append", default=[])
    asked = parser.parse_args()
    rows = [(fold(row.copy).text, row.family if row.bad else "")
            for part in PARTS if part not in asked.without for row in labelled(DATA / f"adlaw_{part}.tsv")]  # fmt: skip
    rows += [(fold(line).text, "") for line in _lawful()]
    held = [grams(sentence) for sentence, _ in rows]
    often = Counter(gram for found in held for gram in found)
    names = sorted(gram for gram, count in often.items() if count > 1)
    weights, bias = _fitted(held, names, np.array([bool(family) for _, family in rows]))
    families = _families(held, [family for _, family in rows])
    kept = [(gram, weight) for gram, weight in zip(names, weights, strict=True) if abs(weight) >= LEAST]
    lines = [f"{BIAS}\t{bias:.2f}\t", *(f"{gram}\t{weight:.2f}\t{families.get(gram, '')}" for gram, weight in kept)]
    (RULES / "suspicion.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(rows)} sentences, {len(kept)} of {len(names)} weights kept")


def _lawful() -> list[str]:
    everyday = (DATA / "adlaw_everyday.txt").read_text("utf-8").splitlines()
    documents = [path.read_text("utf-8") for path in sorted(COMPANY.glob("*.md"))]
    sentences = [text[start:end].strip(" #-*|") for text in documents for start, end in sentence_starts(text)]
    return everyday + [sentence for sentence in sentences if 8 <= len(sentence) <= 120]


def _fitted(held: list[set[str]], names: list[str], bad: np.ndarray) -> tuple[np.ndarray, float]:
    """(weights, bias): the minimum of half the squares plus TRUST times the logistic loss."""
    place = {gram: at for at, gram in enumerate(names)}
    data = np.zeros((len(held), len(names) + 1), dtype=np.float32)
    for row, found in enumerate(held):
        data[row, [place[gram] for gram in found if gram in place]] = 1 / np.sqrt(len(found) or 1)
    data[:, -1] = 1
    kernel, dual = (data @ data.T).astype(np.float64), np.zeros(len(held))
    for _ in range(8):
        margin = kernel @ dual
        chance = 1 / (1 + np.exp(-margin))
        spread = np.maximum(chance * (1 - chance), 1e-6)
        dual = np.linalg.solve(kernel + np.diag(1 / (TRUST * spread)), margin + (bad - chance) / spread)
    primal = data.T @ dual
    return primal[:-1], float(primal[-1])


def _families(held: list[set[str]], families: list[str]) -> dict[str, str]:
    """Run of signs -> the family that most violations with it are of."""
    counts = defaultdict[str, Counter[str]](Counter)
    for found, family in zip(held, families, strict=True):
        for gram in found if family else ():
            counts[gram][family] += 1
    best = {gram: count.most_common(1)[0] for gram, count in counts.items()}
    return {gram: family for gram, (family, count) in best.items() if count >= OWN * counts[gram].total()}


if __name__ == "__main__":
    main()
