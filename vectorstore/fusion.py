"""One score from two: a convex sum of the scaled cosine and the scaled BM25.

Equal-weight reciprocal rank fusion loses to dense search alone where questions paraphrase; scores keep how much better
one passage is, ranks forget it (Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid Retrieval").
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

DENSE_WEIGHT = 0.8


def fuse(
    dense: Mapping[Key, float], lexical: Mapping[Key, float], floor: float, weight: float = DENSE_WEIGHT
) -> dict[Key, float]:
    """Fused scores in [0, 1] of all candidates.

    ``dense`` are cosines, scaled between ``floor`` (what an unrelated passage has) and the query's best. ``lexical``
    are BM25 scores, divided by the query's best; a candidate that is missing there scores 0.
    """
    top = max(dense.values(), default=0.0)
    span = max(top - floor, 1e-6)
    best = max(lexical.values(), default=0.0) or 1.0
    return {
        key: weight * max(0.0, (dense.get(key, floor) - floor) / span) + (1 - weight) * lexical.get(key, 0.0) / best
        for key in {*dense, *lexical}
    }
