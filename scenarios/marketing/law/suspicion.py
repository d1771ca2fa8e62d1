"""Wording that no rule names but that resembles labelled violations: a linear model over the signs of a sentence.

The model is data: ``rules/suspicion.tsv`` holds a weight for each run of one to four signs, fitted by
``bench.adlaw_fit`` on the labelled sentences in ``bench/data``. A sentence's score is the logistic function of the bias
plus the sum of its weights over the root of how many different runs it has. ``rules/suspicion.yaml`` gives each family
its article.
"""

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from workbench.language import detect

from .rulebook import RULES, Compiled, compiled

LONGEST = 4
THRESHOLD = 0.6
"""Above it a sentence is suspected: on a list that neither rules nor model had seen, recall rose from .82 to .94 at a
precision of .94, and 1% of the sentences of everyday fashion copy were suspected."""
BIAS = "(bias)"


@dataclass(frozen=True)
class Weight:
    """What a run of signs adds, and the family that it speaks for (empty when for none)."""

    value: float
    family: str


@dataclass(frozen=True)
class Suspicion:
    """A suspected sentence: its score from 0 to 1, its family, and where the telling clause stands in it."""

    score: float
    family: str
    start: int
    end: int


def grams(sentence: str) -> set[str]:
    """The different runs of one to four signs; every number is 0, white space and marks at the ends are left out."""
    plain = re.sub(r"\d[\d,.]*", "0", re.sub(r"\s+", " ", sentence)).strip(" 。.!?;,:")
    return {plain[at : at + size] for size in range(1, LONGEST + 1) for at in range(len(plain) - size + 1)}


def suspicion(sentence: str) -> Suspicion | None:
    """What a folded sentence is suspected of, or None."""
    found = grams(sentence)
    weights = _weights()
    total = sum(weights[gram].value for gram in found if gram in weights)
    score = 1 / (1 + math.exp(-weights[BIAS].value - total / math.sqrt(len(found) or 1)))
    if score < THRESHOLD:
        return None
    votes, english = defaultdict[str, float](float), detect(sentence) == "en"
    for gram in found & weights.keys():
        weight = weights[gram]
        if weight.value > 0 and weight.family and (weight.family == "english") == english:
            votes[weight.family] += weight.value
    if not votes:
        return None
    clauses = [
        match for match in re.finditer(r"(?:[^,、:—。.!?;\n]|(?<=\d)[.,](?=\d))+", sentence) if match.group().strip()
    ]
    telling = max(clauses, key=lambda match: _weight(match.group()))
    return Suspicion(score, max(votes, key=lambda family: votes[family]), *telling.span())


def _weight(clause: str) -> float:
    return sum(weight.value for gram in grams(clause) if (weight := _weights().get(gram)))


@cache
def _weights() -> dict[str, Weight]:
    lines = (RULES / "suspicion.tsv").read_text("utf-8").splitlines()
    fields = (line.split("\t") for line in lines)
    return {gram: Weight(float(value), family) for gram, value, family in fields}


@cache
def suspected() -> dict[str, Compiled]:
    """Family -> the rule that a suspicion of it cites."""
    return {one.rule.family: one for one in compiled("suspicion")}
