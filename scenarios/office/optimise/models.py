"""What an optimisation is asked with, and what it gives. Times are elapsed hours unless a name says days."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from workbench.files import FilePath
from workbench.findings import Severity
from workbench.scenario import Deliverable, Request

Column = Literal["case", "activity", "start", "end", "resource"]


class OptimiseRequest(Request):
    """A table of what was done: a row for each activity of each case with its start and end.

    ``columns`` names a column by hand where its header is not understood. ``expected`` are the steps of the rule in
    their order, as far as conformance is to be judged.
    """

    log: FilePath | None = None
    expected: list[str] = []
    columns: dict[Column, str] = {}


Action = Literal["wait", "rework", "work", "variant", "conformance"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Throughput(Strict):
    """How long cases take from their first start to their last end, in days of 24 hours."""

    cases: int
    events: int
    first: str
    last: str
    median_days: float
    mean_days: float
    p90_days: float
    shortest_days: float
    longest_days: float
    work_share: float = Field(description="hours worked on a case as a share of the hours it was open, 0 to 1")


class ActivityTimes(Strict):
    """One activity. ``wait`` is the time from the end of what came before in the case to the start of this."""

    name: str
    count: int
    cases: int
    work_median: float
    work_mean: float
    wait_median: float
    wait_mean: float
    wait_p90: float
    wait_share: float = Field(description="share of all waiting, 0 to 1")
    repeated_cases: int = Field(description="cases in which it was done more than once")
    resources: int = 0


class Handover(Strict):
    """How often one activity directly follows another, and how long that took."""

    before: str
    after: str
    count: int
    wait_median: float


class Variant(Strict):
    """A sequence of activities that some cases share."""

    steps: list[str]
    cases: int
    share: float
    median_days: float


class Deviation(Strict):
    """Where cases leave the expected steps. ``example`` is the id of one of them."""

    kind: Literal["skipped", "extra", "repeated", "order"]
    step: str
    cases: int
    share: float
    example: str


class Conformance(Strict):
    """``fitting`` cases have every expected step once and in order, and nothing else."""

    expected: list[str]
    fitting: int
    share: float
    deviations: list[Deviation] = []


class Proposal(Strict):
    """What to do, and the days that it would save a case on average, at most, by the cases at hand."""

    action: Action
    target: str
    words: str
    saving_days: float
    share: float = Field(description="of the mean time of a case, 0 to 1")
    cases: int


class Issue(Strict):
    """Something about the file that a person should know."""

    rule: str
    severity: Severity
    quote: str = ""
    values: dict[str, Any] = {}


class Optimisation(Deliverable):
    """The whole. ``text`` is the summary that people edit."""

    throughput: Throughput | None = None
    activities: list[ActivityTimes] = []
    handovers: list[Handover] = []
    variants: list[Variant] = []
    conformance: Conformance | None = None
    proposals: list[Proposal] = []
    issues: list[Issue] = []
    text: str = ""


class OptimiseDraft(BaseModel):
    """A model may only find other words for the summary."""

    text: str = Field("", max_length=3000)
