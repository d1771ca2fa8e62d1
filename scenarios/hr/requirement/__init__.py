"""What a job asks for, one requirement at a time: its words read into conditions that code can test."""

from ..quantities import CLAIM, years_said
from .conditions import (
    Condition,
    DegreeLevel,
    Either,
    Lives,
    Pays,
    School,
    Score,
    Shown,
    Speaks,
    Starts,
    TeamSize,
    Words,
    Years,
)
from .keywords import concept as keyword
from .keywords import nouns
from .levels import last_level, level, spoken
from .reading import conditions
from .teams import team_sizes
from .unlawful import is_discriminatory

__all__ = [
    "CLAIM", "Condition", "DegreeLevel", "Either", "Lives", "Pays", "School", "Score", "Shown", "Speaks", "Starts",
    "TeamSize", "Words", "Years", "conditions", "is_discriminatory", "keyword", "last_level", "level", "nouns",
    "spoken", "team_sizes", "years_said",
]  # fmt: skip
