"""Whether what was found is evidence at all: nearest passages exist for every question, also for one without answer.

A logistic regression on three facts of one search, fitted by ``bench.answerability`` on the tuning halves of ten sets
in Chinese and English: each question once with the documents that answer it, and once with these taken out, so that
only near ones are left.
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
ANSWERABLE = 0.45
"""From this score on a question counts as answerable. ``bench.answerability`` prints what other thresholds do."""
WEIGHTS = {"bias": -10.94, "found": 1.0, "lead": 26.04, "agreement": 9.36}
WEIGHTS_OF_WORDS = {"bias": -1.98, "found": 2.93}
"""Where there are no vectors."""


def features(hits: Sequence[Hit]) -> dict[str, float]:
    """The facts that tell, from ``LOOK`` hits of a hybrid search, best first.

    ``found``: the largest share of the question's words in one of the first hits. With vectors also ``lead``, the best
    cosine of the first hits over the mean of the later ones, and ``agreement``, the best fused score, which is 1 where
    words and meaning agree on a passage.
    """
    facts = {"found": max((min(hit.found, 1.0) for hit in hits[:ANSWERING]), default=0.0)}
    cosines = [hit.dense for hit in hits if hit.dense is not None]
    if cosines:
        later = cosines[OTHERS:] or cosines[-1:]
        facts["lead"] = max(cosines[:ANSWERING]) - sum(later) / len(later)
        facts["agreement"] = hits[0].score
    return facts


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
