"""How near each resume is to a job's description as a whole: meaning and words."""

import math
from collections import Counter
from collections.abc import Callable, Sequence

from .wording import terms

Likeness = Callable[[str, Sequence[str]], Sequence[float]]
"""How near in meaning each text is to a query: ``workbench.knowledge.Knowledge.likeness``."""

K1, B = 1.2, 0.75
DENSE = 0.6
"""The share of meaning against words."""
PROFILE = 1200
"""Characters of a resume that are compared by meaning: its top, where title, summary and latest job stand."""


def closeness(job: str, resumes: Sequence[str], likeness: Likeness) -> list[float]:
    """0 to 1 for each resume, compared within this batch."""
    if not resumes:
        return []
    lexical = bm25(job, resumes)
    best = max(lexical) or 1.0
    dense = scaled(likeness(job[:2000], [text[:PROFILE] for text in resumes]))
    return [DENSE * meaning + (1 - DENSE) * words / best for meaning, words in zip(dense, lexical, strict=True)]


def scaled(values: Sequence[float]) -> list[float]:
    """From the lowest, 0, to the highest, 1."""
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 1.0 for value in values]


def bm25(query: str, texts: Sequence[str]) -> list[float]:
    """Okapi BM25 of each text for the distinct words of ``query``."""
    wanted = set(terms(query))
    counts = [Counter(terms(text)) for text in texts]
    lengths = [sum(count.values()) for count in counts]
    mean = sum(lengths) / len(lengths) or 1.0
    held = Counter(word for count in counts for word in wanted & count.keys())
    idf = {word: math.log(1 + (len(texts) - held[word] + 0.5) / (held[word] + 0.5)) for word in wanted}
    return [
        sum(
            idf[word] * count[word] * (K1 + 1) / (count[word] + K1 * (1 - B + B * length / mean))
            for word in wanted & count.keys()
        )
        for count, length in zip(counts, lengths, strict=True)
    ]
