"""What ``marketing results`` is asked with and what it makes."""

from typing import Literal

from pydantic import BaseModel, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request

from ..creative.models import Angle, Channel
from ..performance.models import ColumnField, Figures, Issue


class ResultsRequest(Request):
    """An export with the ids or tracked links of the variants that the run ``creative_run`` made.

    ``columns`` says by hand which column holds a field, ``creative`` being the one with ids or links. ``alpha`` is the
    level of significance.
    """

    creative_run: str = Field(default="", max_length=64)
    file: FilePath = ""
    columns: dict[ColumnField, str] = {}
    alpha: float = Field(0.05, gt=0, lt=0.5)


class VariantResult(Figures):
    """What one variant brought."""

    id: str
    channel: Channel
    angle: Angle
    audience: str = ""
    headline: str = ""


class Lesson(BaseModel):
    """On ``channel`` the angle ``better`` beat ``worse`` by ``metric``; ``lift`` is the relative difference.

    ``tries`` are the impressions (clicks for cvr) behind both, ``adjusted`` the p-value corrected by Holm.
    """

    channel: Channel
    metric: Literal["ctr", "cvr"]
    better: Angle
    worse: Angle
    value_better: float
    value_worse: float
    lift: float | None
    tries: int
    adjusted: float
    significant: bool


class Results(Deliverable):
    """Results by variant and what they teach. ``unknown`` are names of the export that no variant has."""

    creative_run: str
    product: str
    rows: list[VariantResult] = []
    lessons: list[Lesson] = []
    unknown: list[str] = []
    issues: list[Issue] = []
    columns: dict[str, str] = {}
    summary: str


class ResultsDraft(BaseModel):
    """What a chat model writes: the lessons in other words."""

    summary: str = Field(max_length=2000)
