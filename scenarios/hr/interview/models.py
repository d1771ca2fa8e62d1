"""What ``hr interview`` is asked for, what it makes, and how answers are kept beside it."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request

from ..models import Requirement

QuestionKind = Literal["behavioural", "technical"]
About = Literal["gap", "claim", "timeline", "terms"]
BEST = 5
"""Answers are rated from 1 to this."""


class InterviewRequest(Request):
    """A job and a resume: each its text, or the path of a file that holds it.

    ``requirements`` are taken from the job unless given, or from the run of ``hr match`` that ``match_run`` names, as
    they were weighted there.
    """

    job: str = Field(min_length=1, max_length=40_000)
    resume: FilePath = Field(min_length=1, max_length=200_000)
    requirements: list[Requirement] = Field(default_factory=list, max_length=60)
    match_run: str = Field("", max_length=64)
    questions: int = Field(10, ge=4, le=20)


class Quote(BaseModel):
    """Words of the resume or of the job, from ``start`` to ``end`` of the text that was read."""

    quote: str
    source: Literal["resume", "job"] = "resume"
    page: int | None = None
    start: int = 0
    end: int = 0


class Question(BaseModel):
    """One question. ``why`` says what it finds out; ``evidence`` are the words that it comes from; ``requirement`` is
    the id of the one that it tests, empty where it tests the resume itself."""

    id: str
    kind: QuestionKind
    about: About = "claim"
    question: str
    why: str
    evidence: list[Quote]
    good_answer: str
    red_flags: list[str]
    requirement: str = ""
    minutes: int = 4


class Anchor(BaseModel):
    """What a rating means."""

    points: int
    means: str


class Criterion(BaseModel):
    """One line of the scorecard. ``score`` is the mean of ``ratings`` (1 to 5), ``spread`` their range: who is far
    apart should talk. Ratings that are anchored in words: Smith and Kendall, J. Applied Psychology 47 (1963)."""

    question: str
    criterion: str
    weight: float
    anchors: list[Anchor]
    score: float | None = None
    ratings: int = 0
    spread: int | None = None


class Answer(BaseModel):
    """What the person answered, as one interviewer noted and rated it; no rating where the question was not asked."""

    question: str
    interviewer: str = ""
    answer: str = ""
    score: int | None = Field(None, ge=1, le=BEST)


class Interview(Deliverable):
    """The guide and its record. ``summary`` is what people edit as text; ``score`` (0 to 100) follows from the
    ``answers``."""

    title: str = ""
    file: str = ""
    name: str = ""
    summary: str
    requirements: list[Requirement] = []
    questions: list[Question]
    scorecard: list[Criterion]
    answers: list[Answer] = []
    score: float | None = None
    answered: int = 0
    match_run: str = ""


class DraftQuestion(BaseModel):
    """A question as a model writes it. ``quote`` must stand word for word in the resume or the job."""

    kind: QuestionKind
    requirement: str = Field(max_length=40, description="id of the requirement, or empty")
    quote: str = Field(max_length=300, description="words copied from the resume or the job")
    question: str = Field(max_length=400)
    why: str = Field(max_length=300)
    good_answer: str = Field(max_length=500)
    red_flags: list[Annotated[str, Field(max_length=160)]] = Field(max_length=4)


class InterviewDraft(BaseModel):
    """What a chat model writes: questions. Code checks their quotes, adds what is missing and keeps the record."""

    questions: list[DraftQuestion] = Field(max_length=14)
