"""Fits the suspicion of the advertising check: python -m bench.adlaw_fit [--without PART]...

A logistic regression over runs of one to four signs (``scenarios.marketing.law.suspicion.grams``). It learns from the
labelled parts in ``bench/data`` and from lawful copy: ``adlaw_everyday.txt`` there, the sample company's documents, the
composer's own phrases. It writes ``rules/suspicion.tsv``. ``--without`` leaves a part out, to measure on it what the
model has not seen.
"""

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from bench.adlaw import DATA, PARTS, labelled
from scenarios.marketing.law.folding import fold, sentence_starts
from scenarios.marketing.law.rulebook import RULES
from scenarios.marketing.law.suspicion import BIAS, grams

FRAMES = Path(__file__).parent.parent / "scenarios" / "marketing" / "creative" / "frames.yaml"
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
    frames = yaml.safe_load(FRAMES.read_text("utf-8"))
    phrases = [re.sub(r"\{\w+\}", "", phrase) for phrase in _phrases(frames)]
    return everyday + [sentence for sentence in [*sentences, *phrases] if 6 <= len(sentence) <= 120]


def _phrases(frames: object) -> Iterator[str]:
    """Every phrase that the composer may write."""
    if isinstance(frames, str):
        yield frames
    elif isinstance(frames, dict | list):
        for part in frames.values() if isinstance(frames, dict) else frames:
            yield from _phrases(part)


def _fitted(held: list[set[str]], names: list[str], bad: np.ndarray) -> tuple[np.ndarray, float]:
    """(weights, bias): the minimum of half the squares plus TRUST times the logistic loss, by Nesterov's method."""
    place = {gram: at for at, gram in enumerate(names)} | {BIAS: len(names)}
    cells = [(row, place[gram], 1.0 if gram == BIAS else len(found) ** -0.5)
             for row, found in enumerate(held) for gram in (*found, BIAS) if gram in place]  # fmt: skip
    rows, columns, values = map(np.array, zip(*cells, strict=True))

    def forward(weights: np.ndarray) -> np.ndarray:
        return np.bincount(rows, values * weights[columns], len(held))

    def back(residuals: np.ndarray) -> np.ndarray:
        return np.bincount(columns, values * residuals[rows], len(place))

    top = np.ones(len(place))
    for _ in range(20):  # power iteration: how steep the loss can be
        top = back(forward(top / np.linalg.norm(top)))
    steep = 1 + TRUST * np.linalg.norm(top) / 4
    step = (math.sqrt(steep) - 1) / (math.sqrt(steep) + 1)
    weights = ahead = np.zeros(len(place))
    for _ in range(600):
        chance = 1 / (1 + np.exp(-forward(ahead)))
        last, weights = weights, ahead - (ahead + TRUST * back(chance - bad)) / steep
        ahead = weights + step * (weights - last)
    return weights[:-1], float(weights[-1])


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
