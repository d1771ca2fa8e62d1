"""One score from two: a convex sum of the scaled cosine and the scaled BM25.

Equal-weight reciprocal rank fusion loses to dense search alone where questions paraphrase; scores keep how much better
one passage is, ranks forget it (Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid Retrieval").
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

LEAST_LEXICAL, MOST_LEXICAL, MOST_IN_LONG = 0.1, 0.35, 0.65
"""The weight of words when none of the question's is found, and when one passage holds them all: among short documents
and in long ones. Tried on the tuning halves of sixteen sets (``bench.retrieval``): a fixed weight of 0.2 falls short of
words alone where questions repeat the text (by .008 on DRCD) and of vectors alone across languages (by .006); without
``MOST_IN_LONG`` both together are .017 below words alone on COVID-QA, with it .005 above."""
SHORT, LONG = 0.9, 0.6
"""From which ``spread`` on documents count as short, and down to which as long."""
NEAREST = 10
"""So many of the nearest passages tell the ``spread``."""


def lexical_weight(found: float, spread: float) -> float:
    """How much words count.

    ``found`` is the best BM25 score over what the question's words are worth, about 0 to 1; ``spread`` the number of
    documents that the ``NEAREST`` passages come from over theirs. Where few long documents hold them all, vectors tell
    what these are about and words which passage answers.
    """
    long = min(1.0, max(0.0, (SHORT - spread) / (SHORT - LONG)))
    most = MOST_LEXICAL + (MOST_IN_LONG - MOST_LEXICAL) * long
    return LEAST_LEXICAL + (most - LEAST_LEXICAL) * min(1.0, found)


def fuse(dense: Mapping[Key, float], lexical: Mapping[Key, float], floor: float, weight: float) -> dict[Key, float]:
    """Fused scores in [0, 1] of all candidates.

    ``dense`` are cosines, scaled between ``floor`` (what an unrelated passage has) and the query's best. ``lexical``
    are BM25 scores, divided by the query's best; a candidate that is missing there scores 0. ``weight`` is that of the
    lexical part.
    """
    top = max(dense.values(), default=0.0)
    span = max(top - floor, 1e-6)
    best = max(lexical.values(), default=0.0) or 1.0
    return {
        key: (1 - weight) * max(0.0, (dense.get(key, floor) - floor) / span) + weight * lexical.get(key, 0.0) / best
        for key in {*dense, *lexical}
    }
