"""What a message is about: by telling words, and by the nearest labelled examples where these do not decide."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import cast

import yaml

from workbench.knowledge import Knowledge

from . import reading
from .models import Intent

_EXAMPLES = Path(__file__).with_name("intents.yaml")
NEAREST = 7
SHARPNESS = 25.0
"""Each of the nearest examples votes with ``exp(SHARPNESS * cosine)``: a very near one outweighs several others."""
NEAR = 0.55
"""An example less alike than this says nothing of a message in which no word tells."""
_FIRST: tuple[Intent, ...] = ("human", "complaint")
"""Named along with others these stand: who complains about a delivery wants more than a delivery time."""
_LAST: tuple[Intent, ...] = ("greeting", "thanks")
"""A greeting opens many messages; it is the subject only where there is no other."""


def intent(message: str, knowledge: Knowledge) -> Intent:
    """What ``message`` is about."""
    named = reading.intents(message)
    told = [one for one in named if one not in _LAST] or named
    if len(told) == 1 or (told and told[0] in _FIRST):
        return told[0]
    examples, labels = _examples()
    likeness = knowledge.likeness(message, examples)
    if told:
        among = [(like, label) for like, label in zip(likeness, labels, strict=True) if label in told]
        return cast("Intent", nearest_intent([like for like, _ in among], [label for _, label in among]))
    return cast("Intent", nearest_intent(likeness, labels)) if max(likeness) >= NEAR else "other"


def nearest_intent(likeness: Sequence[float], labels: Sequence[str]) -> str:
    """The intent that the nearest examples vote for. ``likeness`` is of the message and each example, by label."""
    votes: dict[str, float] = defaultdict(float)
    best = sorted(zip(likeness, labels, strict=True), reverse=True)[:NEAREST]
    for like, label in best:
        votes[label] += exp(SHARPNESS * (like - best[0][0]))
    return max(votes, key=votes.__getitem__)


@cache
def _examples() -> tuple[list[str], list[str]]:
    read: dict[str, list[str]] = yaml.safe_load(_EXAMPLES.read_text("utf-8"))
    pairs = [(example, label) for label, examples in read.items() for example in examples]
    return [example for example, _ in pairs], [label for _, label in pairs]
