"""What ``hr match`` is asked for and what it makes."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request

Decision = Literal["met", "partly", "not_met", "not_stated"]
Choice = Literal["", "invite", "hold", "decline"]
VALUES: dict[Decision, float] = {"met": 1.0, "partly": 0.5, "not_met": 0.0, "not_stated": 0.0}
"""What a verdict adds to a score, as a share of the requirement's weight."""


class Requirement(BaseModel):
    """One testable requirement. ``hard``: who does not meet it stands below those who do. ``weight`` 0 is not scored.

    Left out of a request, ``hard`` and ``weight`` follow from the words.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: str = Field("", max_length=40)
    text: str = Field(min_length=1, max_length=600)
    hard: bool | None = None
    weight: float | None = Field(None, ge=0, le=100)


class MatchRequest(Request):
    """A job (its text, or the path of a file that holds it), resumes (files, folders, zips), requirements if edited.

    ``as_of`` is the day that "until today" means; ``blind`` covers name, gender, age and the like before scoring.
    ``groups`` tells of resumes, by file name, which group their person belongs to: for the four-fifths rule alone.
    """

    job: str = Field(min_length=1, max_length=40_000)
    resumes: list[FilePath] = Field(min_length=1, max_length=5000)
    requirements: list[Requirement] = Field(default_factory=list, max_length=60)
    as_of: date | None = None
    blind: bool = True
    groups: dict[str, str] = Field(default_factory=dict, max_length=5000)


class Evidence(BaseModel):
    """Words of the resume: ``quote`` is exactly its text from ``start`` to ``end``, on ``page`` where it has pages."""

    quote: str
    page: int | None = None
    start: int
    end: int


class Verdict(BaseModel):
    """One person against one requirement. ``reason`` shows the arithmetic; not stated is not the same as not met."""

    requirement: str
    verdict: Decision
    reason: str = ""
    evidence: list[Evidence] = []


class Remark(BaseModel):
    """Something a reader should look at: an id such as ``resume.gap``, the words, and what fills the sentence."""

    rule: str
    quote: str = ""
    page: int | None = None
    start: int | None = None
    end: int | None = None
    detail: str = ""


class Candidate(BaseModel):
    """One person, ``name`` empty in blind mode. ``score`` is 0 to 100, ``arithmetic`` how it came about.

    ``closeness`` (0 to 1): how near the resume is to the job's description. ``also``: other files of the same person.
    ``remarks``: what a reader should look at. ``decision`` is a person's, named in ``decided_by``; the program
    takes none.
    """

    file: str
    name: str = ""
    score: float
    rank: int
    arithmetic: str = ""
    closeness: float = 0.0
    verdicts: list[Verdict]
    also: list[str] = []
    years: float = 0.0
    remarks: list[Remark] = []
    decision: Choice = ""
    decided_by: str = ""


class GroupRate(BaseModel):
    """How many of a group are chosen; ``ratio`` is that rate over the best group's, None where nobody is chosen."""

    group: str
    people: int
    selected: int
    rate: float
    ratio: float | None = None


class Unreadable(BaseModel):
    """A file that no person was made of, and why."""

    file: str
    error: str


class Stability(BaseModel):
    """The same people matched ``runs`` times: the lowest Kendall's ``tau`` of the ranks (1: the same order), and the
    share of verdicts that are the ``same`` every time."""

    runs: int
    tau: float
    same: float


class Match(Deliverable):
    """The shortlist. ``summary`` is what people edit; decisions about people are taken by people. ``stability`` is
    told where a model took part."""

    title: str = ""
    summary: str
    requirements: list[Requirement]
    candidates: list[Candidate]
    unreadable: list[Unreadable] = []
    fairness: list[GroupRate] = []
    stability: Stability | None = None


class MatchDraft(BaseModel):
    """What a chat model writes; verdicts, scores and ranks are code's."""

    summary: str = Field(
        max_length=2000, description="a short comparison of the first candidates, naming only what the verdicts say"
    )
