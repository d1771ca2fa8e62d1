"""How near each resume is to a job's description as a whole: by meaning, by the titles held, by words.

Nothing here depends on who else applied: the same resume and job give the same closeness alone or among a thousand.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean

from .wording import terms

Likeness = Callable[[str, Sequence[str]], Sequence[float]]
"""How near in meaning each text is to a query: ``workbench.knowledge.Knowledge.likeness``."""

MEANING, TITLES, WORDS = 0.45, 0.3, 0.25
"""Shares of the three, chosen on public resumes by occupation (the dev half of ``bench.hr``'s data)."""
HEAD = 600
"""Characters of a resume that are compared by meaning: its top, where summary and strengths stand."""
NO_TITLE = 0.35
"""What stands for the titles of a resume that shows none: about what an unrelated career gets."""
STRANGERS = (
    "Registered nurse, patient care on a hospital ward", "Java developer, back-end services and databases",
    "Accountant, general ledger and tax filing", "Sales representative, retail customers and targets",
    "Primary school teacher, lessons and parents", "Chef, kitchen and food safety",
    "Truck driver, deliveries and vehicle checks", "Graphic designer, brochures and packaging",
    "机械工程师，设备维护与图纸", "人力资源专员，招聘与薪酬", "律师，合同审核与诉讼", "客服主管，投诉处理与排班",
)  # fmt: skip
"""One line each of many trades. How near a job is to them on average is what "not near" means to an encoder."""
_SPAN = 0.35
"""The share of the way from there to identity at which two texts of this kind are as near as they come."""
_K1, _B, _LENGTH, _ALL = 1.5, 0.75, 450, 0.3
"""BM25's saturation and length norm over resumes of about 450 telling words; the share of a description that a fitting
resume holds in the same words."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a resume: its whole text and the titles of its jobs, empty where none could be read."""

    text: str
    titles: str


def closeness(job: str, profiles: Sequence[Profile], likeness: Likeness) -> list[float]:
    """0 to 1 for each resume."""
    if not profiles:
        return []
    job_head = job[:2000]
    low = mean(likeness(job_head, STRANGERS))
    high = low + _SPAN * (1 - low)
    heads = likeness(job_head, [profile.text[:HEAD] for profile in profiles])
    named = iter(likeness(job_head, [profile.titles for profile in profiles if profile.titles]))
    wanted = Counter(terms(job))
    found = []
    for profile, head in zip(profiles, heads, strict=True):
        titles = _placed(next(named), low, high) if profile.titles else NO_TITLE
        words = _placed(shared(wanted, profile.text), 0, _ALL)
        found.append(MEANING * _placed(head, low, high) + TITLES * titles + WORDS * words)
    return found


def _placed(value: float, low: float, high: float) -> float:
    """Where ``value`` stands between ``low``, 0, and ``high``, 1."""
    return min(max((value - low) / (high - low), 0.0), 1.0)


def shared(wanted: Counter[str], text: str) -> float:
    """The share of the telling words ``wanted`` that ``text`` holds, 0 to 1, repeated ones counting more on both sides,
    with the saturation and the length norm of BM25 but no count over other texts."""
    held = Counter(terms(text))
    norm = _K1 * (1 - _B + _B * held.total() / _LENGTH)
    weights = {word: 1 + math.log(count) for word, count in wanted.items()}
    gained = sum(weights[word] * held[word] / (held[word] + norm) for word in sorted(wanted.keys() & held.keys()))
    return gained / total if (total := sum(weights.values())) else 0.0
