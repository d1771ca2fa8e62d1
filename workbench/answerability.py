"""Whether what was found is evidence at all: nearest passages exist for every question, also for one without answer.

A logistic regression on four facts of one search, fitted by ``bench.answerability`` on the tuning halves of ten sets
in Chinese and English: each question once with the documents that answer it, and once with these taken out, so that
only near ones are left. Each set counts the same. Tried and left out, because on sets not fitted on
they added less than .01 to the area under the curve: figures and names of the question that the passages lack, the kind
of answer it asks for, its words in one sentence, pairs of its words, and the cosine of the nearest sentence, which
costs thirty times the search.
"""

import math
from collections.abc import Mapping, Sequence

from .evidence import Hit

LOOK = 32
"""How many hits of one hybrid search are looked at: the first may answer, the others show what is common here."""
ANSWERING = 4
OTHERS = 16
"""From this place on they are taken for hits that only share the subject."""
ENOUGH = 24
"""With fewer hits than this the others say nothing, and neither does the score."""
ANSWERABLE = 0.55
"""From this score on a question counts as answerable. On sets not fitted on 74% of the answerable ones pass and 19% of
those with only near passages; at 0.4 83% and 35%, at 0.7 62% and 10%. ``bench.answerability`` prints the curve."""
WEIGHTS = {"bias": -8.38, "ahead": 0.71, "single": 1.29, "lead": 7.98, "agreement": 6.37}
WEIGHTS_OF_WORDS = {"bias": -1.53, "ahead": 2.93, "single": 1.87}
"""Where there are no vectors."""


def features(hits: Sequence[Hit]) -> dict[str, float]:
    """The facts that tell, from ``LOOK`` hits of a hybrid search, best first; each about 0 to 1.

    ``ahead``: the largest share of the question's words in one of the first hits, less the later hits' mean.
    ``single``: how far the best hit by words is above the second, as a share of its score. With vectors also ``lead``,
    how much of the way from the later hits' mean cosine to 1 the best of the first goes, which makes embedders
    comparable, and ``agreement``, the best fused score, which is 1 where words and meaning agree on a passage.
    """
    best, second, *_ = sorted([hit.lexical for hit in hits] + [0.0, 0.0], reverse=True)
    first, later = _compared([min(hit.found, 1.0) for hit in hits])
    facts = {"ahead": first - later, "single": (best - second) / best if best else 0.0}
    cosines = [hit.dense for hit in hits if hit.dense is not None]
    if cosines:
        first, later = _compared(cosines)
        facts |= {"lead": (first - later) / max(1 - later, 1e-6), "agreement": hits[0].score}
    return facts


def _compared(values: Sequence[float]) -> tuple[float, float]:
    """The best of the first hits, and the mean of the later ones."""
    later = values[OTHERS:] or values[-1:] or (0.0,)
    return max(values[:ANSWERING], default=0.0), sum(later) / len(later)


def evidence(hits: Sequence[Hit]) -> float:
    """How likely it is that the first of these ``LOOK`` hits answer, 0 to 1. 0 without hits."""
    if not hits:
        return 0.0
    facts = features(hits)
    return logistic(WEIGHTS if "lead" in facts else WEIGHTS_OF_WORDS, facts)


def logistic(weights: Mapping[str, float], facts: Mapping[str, float]) -> float:
    """The logistic function of the weighted sum of ``facts`` and the bias."""
    total = weights["bias"] + sum(weight * facts[name] for name, weight in weights.items() if name != "bias")
    return 1 / (1 + math.exp(-total))
