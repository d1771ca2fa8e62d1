"""What ``marketing performance`` is asked with and what it makes."""

from typing import Literal

from pydantic import BaseModel, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request

FIELDS = ("date", "channel", "campaign", "creative", "impressions", "clicks", "conversions", "cost", "revenue")
COUNTS = ("impressions", "clicks", "conversions", "cost", "revenue")
ColumnField = Literal[
    "date", "channel", "campaign", "creative", "impressions", "clicks", "conversions", "cost", "revenue"
]  # fmt: skip
Judgement = Literal["stop", "keep", "scale"]


class PerformanceRequest(Request):
    """An export of advertising platforms: CSV, TSV or Excel, a row for each day, channel or creative.

    ``columns`` says by hand which column holds a field (``{"cost": "消费"}``); the rest is guessed from the names.
    ``target_cpa`` (cost of a conversion) and ``target_roas`` (revenue for each unit of cost) are the aims; without
    them the file's own average is. ``alpha`` is the level of significance; ``shift_share`` the share of a stopped
    channel's cost that the simulation moves.
    """

    file: FilePath = ""
    columns: dict[ColumnField, str] = {}
    target_cpa: float | None = Field(None, gt=0)
    target_roas: float | None = Field(None, gt=0)
    alpha: float = Field(0.05, gt=0, lt=0.5)
    shift_share: float = Field(0.2, gt=0, le=1)


class Figures(BaseModel):
    """Sums, and ratios that are None where nothing stands below the line.

    ctr = clicks / impressions, cvr = conversions / clicks, cpc = cost / clicks, cpa = cost / conversions,
    cpm = 1000 cost / impressions, roas = revenue / cost. A sum is None where the file has no such column.
    """

    impressions: float | None = None
    clicks: float | None = None
    conversions: float | None = None
    cost: float | None = None
    revenue: float | None = None
    ctr: float | None = None
    cvr: float | None = None
    cpc: float | None = None
    cpa: float | None = None
    cpm: float | None = None
    roas: float | None = None


class ChannelFigures(Figures):
    channel: str


class CampaignFigures(Figures):
    campaign: str


class CreativeFigures(Figures):
    creative: str
    channel: str = ""


class DayFigures(Figures):
    date: str


class Comparison(BaseModel):
    """``a`` against ``b`` in ``metric``: ``difference`` is a's share less b's. ``test`` is ``z`` (two proportions,
    pooled) or ``fisher`` (exact, for small counts); ``adjusted`` is the p-value after Holm over its ``family``.

    ``low`` and ``high`` bound the difference at level 1 - alpha (Wald), before correction.
    """

    level: Literal["channel", "creative", "angle"]
    family: str
    a: str
    b: str
    metric: Literal["ctr", "cvr"]
    value_a: float
    value_b: float
    difference: float
    low: float
    high: float
    test: Literal["z", "fisher"]
    p_value: float
    adjusted: float
    significant: bool


class Fatigue(BaseModel):
    """A creative whose CTR fell: ``first_ctr`` and ``last_ctr`` are those of the first and last third of its days."""

    creative: str
    channel: str = ""
    days: int
    first_ctr: float
    last_ctr: float
    drop: float
    p_value: float
    adjusted: float


class Anomaly(BaseModel):
    """A day that is far from the days around it. ``score`` is the modified z-score."""

    date: str
    channel: str
    metric: str
    value: float
    expected: float
    score: float


class Action(BaseModel):
    """What to do with a channel or creative, and the figures that say so. ``low`` and ``high`` bound what ``metric``
    may really be, at 95%."""

    action: Judgement
    level: Literal["channel", "creative"]
    name: str
    channel: str = ""
    metric: Literal["roas", "cpa"]
    value: float | None
    target: float
    low: float | None = None
    high: float | None = None
    cost: float
    evidence: str
    tired: bool = False


class Outcome(BaseModel):
    """What the file's period gives, or would."""

    cost: float
    conversions: float
    revenue: float | None = None


class Shift(BaseModel):
    """A budget moved from ``source`` to ``target`` under response curves conversions = a x cost ** elasticity.

    ``fitted`` names the channels whose elasticity comes from the file; the others take the stated assumption.
    """

    source: str
    target: str
    amount: float
    elasticity: dict[str, float]
    fitted: list[str] = []
    before: Outcome
    after: Outcome
    gain_conversions: float
    gain_revenue: float | None = None


class Issue(BaseModel):
    """Something about the file or the figures that a person should know; ``values`` fill its sentence."""

    rule: str
    severity: Literal["error", "warning", "info"]
    quote: str = ""
    values: dict[str, str | list[str]] = {}


class Performance(Deliverable):
    """The report. ``columns`` says which column was read as which field; ``summary`` is the text people edit."""

    columns: dict[str, str] = {}
    rows: int = 0
    start: str = ""
    end: str = ""
    totals: Figures = Figures()
    by_channel: list[ChannelFigures] = []
    by_campaign: list[CampaignFigures] = []
    by_creative: list[CreativeFigures] = []
    by_day: list[DayFigures] = []
    by_channel_day: dict[str, list[DayFigures]] = {}
    comparisons: list[Comparison] = []
    fatigue: list[Fatigue] = []
    anomalies: list[Anomaly] = []
    actions: list[Action] = []
    shift: Shift | None = None
    issues: list[Issue] = []
    summary: str


class PerformanceDraft(BaseModel):
    """What a chat model writes: the words around figures that are already there."""

    summary: str = Field(max_length=4000)
