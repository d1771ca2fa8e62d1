"""What a process norm is asked with and what it is; what a review of a rule is asked with and gives."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request

from .workdays import Workdays, days_of

Size = Literal["small", "medium", "large"]
Process = Literal[
    "", "change_management", "contract_approval", "customer_complaint", "document_control", "expense", "general",
    "incident_response", "it_access", "leave_travel", "marketing_campaign", "onboarding", "procurement",
    "project_start", "quality_inspection", "recruiting", "release",
]  # fmt: skip
"""The starting processes, one file each in ``families/``; empty: guessed from the purpose."""


Days = Annotated[list[date], BeforeValidator(days_of)]
"""Days, each written as one day or as a stretch: ``2026-08-03`` or ``2026-08-03 ~ 2026-08-14``."""


class NormRequest(Request):
    """The form. ``departments`` lend their names to the roles that mean the same. A line of ``constraints`` becomes
    part of the control of the step that it speaks of; it may cap its days or bring an approver in. ``level`` puts the
    steps of one role in a row. The company rests on ``days_off`` and works on ``days_on``, whatever the state says.
    """

    purpose: str = Field(min_length=1, max_length=4000)
    departments: list[str] = []
    constraints: list[str] = []
    deadline: date | None = Field(None, ge=date(1990, 1, 1), le=date(2100, 12, 31))
    start: date | None = Field(None, ge=date(1990, 1, 1), le=date(2100, 12, 31))
    size: Size = "medium"
    process: Process = ""
    trigger: str = Field("", max_length=1000)
    scope: str = Field("", max_length=2000)
    level: bool = False
    days_off: Days = []
    days_on: Days = []
    as_of: date | None = None


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Role(Strict):
    """A role with what it is there for."""

    name: str
    duties: str = ""


class NormTask(Strict):
    """One step. ``duration_days`` are working days; ``start`` and ``finish`` are days, both included.

    ``record`` is the form or file that proves the step; ``risk`` is what ``control`` guards against. A decision has
    ``branches``: outcome to the id of the task that follows (``end`` for none). It can start ``wait_days`` after the
    steps before it and may slip by ``slack_days``. ``source`` is the citation marker of the case that a duration or the
    step came from.
    """

    id: str
    name: str
    responsible: str
    accountable: str
    consulted: list[str] = []
    informed: list[str] = []
    duration_days: float = Field(ge=0, le=10_000)
    depends_on: list[str] = []
    wait_days: float = Field(0, ge=0, le=10_000)
    start: date | None = None
    finish: date | None = None
    deliverable: str = ""
    control: str = ""
    risk: str = ""
    record: str = ""
    inputs: list[str] = []
    branches: dict[str, str] = {}
    duty: Literal["", "request", "approve", "execute", "record", "pay", "reconcile", "verify"] = ""
    slack_days: float | None = None
    critical: bool = False
    source: str = ""


class Stage(Strict):
    """A part of the process. ``inputs`` are what it needs from outside or from earlier stages."""

    id: str
    name: str
    owner: str
    inputs: list[str] = []
    outputs: list[str] = []
    tasks: list[NormTask]


class Record(Strict):
    """A form or file that the process leaves, who keeps it and for how long."""

    name: str
    keeper: str
    years: int


class Risk(Strict):
    """What can go wrong at a step and what is done against it."""

    task: str
    risk: str
    control: str


class Metric(Strict):
    """How the process is measured: what, how it is counted, the target."""

    name: str
    formula: str
    target: str


class Term(Strict):
    term: str
    meaning: str


class Revision(Strict):
    """A line of the revision record."""

    version: str
    day: date
    change: str


class Norm(Deliverable):
    """A process norm. ``basis`` are sentences from past cases with their markers; ``notes`` what the schedule says."""

    title: str
    process: str
    purpose: str
    scope: str
    trigger: str = ""
    terms: list[Term] = []
    roles: list[Role]
    stages: list[Stage]
    records: list[Record] = []
    risks: list[Risk] = []
    exceptions: list[str] = []
    metrics: list[Metric] = []
    basis: list[str] = []
    constraints: list[str] = []
    notes: list[str] = []
    revisions: list[Revision] = []
    start: date | None = None
    finish: date | None = None
    deadline: date | None = None
    total_days: int = 0
    level: bool = False
    days_off: list[date] = []
    days_on: list[date] = []
    text: str = ""

    def tasks(self) -> list[NormTask]:
        """All steps in order."""
        return [task for stage in self.stages for task in stage.tasks]

    def workdays(self) -> Workdays:
        """The calendar that it is scheduled on."""
        return Workdays(frozenset(self.days_off), frozenset(self.days_on))


class NormDraft(BaseModel):
    """What a chat model may adapt: words and durations of the starting process, never dates, which code computes."""

    title: str = Field(max_length=100)
    scope: str = Field(max_length=600)
    exceptions: list[str] = Field(default=[], max_length=6)
    durations: dict[str, float] = Field(default={}, description="task id to working days, only where a passage says so")


class RuleRequest(Request):
    """A rule to review: a file or its text."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["text"]}, {"required": ["file"]}]})

    file: FilePath | None = None
    text: str = Field("", max_length=400_000)
    as_of: date | None = None


class FoundStep(Strict):
    """A step as it was read from the rule; an empty field was not stated."""

    name: str
    owner: str
    time: str
    record: str


class RuleReview(Deliverable):
    """A rule as it was read. The findings are the review; their offsets point into ``text``."""

    title: str
    text: str
    steps: list[FoundStep] = []


class ReviewDraft(BaseModel):
    """A model adds nothing to a review: the findings are code."""

    remark: str = Field("", max_length=500)
