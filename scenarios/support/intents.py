"""What a message is about, by the labelled examples nearest in meaning: the company's own may be added."""

from collections import defaultdict
from collections.abc import Sequence

NEAREST = 7
SHARPNESS = 25.0
"""Each of the nearest examples votes with ``exp(SHARPNESS * cosine)``: a very near one outweighs several others."""


def nearest_intent(likeness: Sequence[float], labels: Sequence[str]) -> str:
    """The intent that the nearest examples vote for. ``likeness`` of the message and each example, with its label."""
    votes: dict[str, float] = defaultdict(float)
    best = sorted(zip(likeness, labels, strict=True), reverse=True)[:NEAREST]
    for like, label in best:
        votes[label] += 2.718281828 ** (SHARPNESS * (like - best[0][0]))
    return max(votes, key=votes.__getitem__)
