"""What ``marketing channels`` is asked with and what it makes."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request

Goal = Literal["awareness", "traffic", "leads", "sales", "retention"]
ResultKind = Literal["impressions", "clicks", "conversions"]


class ChannelsRequest(Request):
    """A budget with its goal. ``goal``, ``audience`` and ``season`` are free words in Chinese or English.

    ``channels`` names those to use, the best fitting when empty; ``history`` is an export as ``marketing performance``
    reads it. ``start`` dates the calendar; without it weeks are numbered. ``lift`` is the smallest relative rise
    that the experiment should see, ``alpha`` and ``power`` its error rates.
    """

    goal: str = Field(min_length=1, max_length=500)
    budget: float = Field(gt=0, le=1e12)
    audience: str = Field(default="", max_length=500)
    season: str = Field(default="", max_length=200)
    product: str = Field(default="", max_length=200)
    channels: list[str] = Field(default=[], max_length=12)
    history: FilePath = ""
    start: date | None = None
    weeks: int = Field(default=4, ge=1, le=52)
    currency: str = Field(default="CNY", max_length=3)
    lift: float = Field(default=0.2, gt=0, le=2)
    alpha: float = Field(default=0.05, gt=0, lt=0.5)
    power: float = Field(default=0.8, gt=0.5, lt=1)


class Range(BaseModel):
    """What may be expected: about four times in five between ``low`` and ``high``."""

    low: float
    expected: float
    high: float


class Response(BaseModel):
    """A channel's curve over the whole plan: results = scale x budget ** elasticity.

    ``source`` says whether it was fitted to the history (``points`` periods, R squared ``fit``), runs through the
    history's sums with an assumed elasticity, or rests on assumptions alone. ``spread`` is the factor up or down of its
    range. ``worth`` weighs a result against those of other channels.
    """

    scale: float = Field(ge=0)
    elasticity: float = Field(gt=0, le=1)
    source: Literal["fitted", "history", "assumed"]
    points: int = 0
    fit: float | None = None
    spread: float = 1.6
    worth: float = 1.0


class Share(BaseModel):
    """A channel of the mix. ``least`` and ``most`` bound its budget in the split by the model."""

    channel: str
    name: str
    reason: str
    budget: float = Field(ge=0)
    share: float
    least: float = 0.0
    most: float = 0.0
    response: Response
    cpm: float
    ctr: float
    cvr: float
    results: Range = Range(low=0, expected=0, high=0)
    next_result: float | None = None


class Kpi(BaseModel):
    """A measure of a channel, ``all`` for the whole plan."""

    channel: str
    metric: Literal["impressions", "clicks", "conversions", "cpc", "cpa", "ctr", "cvr"]
    low: float
    expected: float
    high: float


class Week(BaseModel):
    """What a channel does in a week. ``start`` and ``end`` are YYYY-MM-DD, empty where the plan has no day."""

    week: int
    start: str = ""
    end: str = ""
    stage: str
    channel: str
    budget: float
    task: str


class Experiment(BaseModel):
    """A test of two versions. ``per_arm`` tries each; ``days`` to collect them; ``fits`` says whether that is in time.

    ``possible_lift`` is the smallest lift that the plan's time would show.
    """

    channel: str
    metric: Literal["ctr", "cvr"]
    baseline: float
    lift: float
    alpha: float
    power: float
    per_arm: int
    tries_a_day: float
    days: int
    cost: float
    fits: bool
    possible_lift: float | None = None
    hypothesis: str
    decision: str
    formula: str = "n = (z(1-a/2)*sqrt(2*p*(1-p)) + z(power)*sqrt(p1*(1-p1)+p2*(1-p2)))^2 / (p1-p2)^2"
    source: str = "Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 3rd ed., 2003, ch. 4"


class Channels(Deliverable):
    """The plan. The budgets of ``mix`` sum to ``budget`` to the cent, those of ``calendar`` to each channel's.

    ``split`` says whether the model or a person set the budgets; with ``model``, changing a response sets them anew.
    """

    goal: Goal
    result: ResultKind
    budget: float
    currency: str = "CNY"
    season: str = ""
    split: Literal["model", "hand"] = "model"
    mix: list[Share]
    calendar: list[Week] = []
    kpis: list[Kpi] = []
    experiment: Experiment | None = None
    assumptions: list[str] = []
    notes: list[str] = []
    summary: str


class ChannelsDraft(BaseModel):
    """What a chat model writes: the words around a plan that is already reckoned."""

    summary: str = Field(max_length=4000)
