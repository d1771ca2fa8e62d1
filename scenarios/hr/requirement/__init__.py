"""What a job asks for, one requirement at a time: its words read into conditions that code can test."""

from ..quantities import CLAIM, years_said
from .conditions import (
    Condition,
    DegreeLevel,
    Either,
    Lives,
    Pays,
    Score,
    Shown,
    Speaks,
    Starts,
    TeamSize,
    Words,
    Years,
)
from .levels import last_level, level, spoken
from .reading import conditions
from .teams import team_sizes
from .unlawful import is_discriminatory

__all__ = [
    "CLAIM", "Condition", "DegreeLevel", "Either", "Lives", "Pays", "Score", "Shown", "Speaks", "Starts", "TeamSize",
    "Words", "Years", "conditions", "is_discriminatory", "last_level", "level", "spoken", "team_sizes", "years_said",
]  # fmt: skip
