"""What ``hr assess`` is asked for and what it makes: items with keys and rubrics, marks, statistics."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request

ItemKind = Literal["single", "multiple", "short", "case"]
KINDS: tuple[ItemKind, ...] = get_args(ItemKind)
OBJECTIVE: tuple[ItemKind, ...] = ("single", "multiple")
POINTS: dict[ItemKind, float] = {"single": 2, "multiple": 4, "short": 8, "case": 15}


class Response(BaseModel):
    """One person's answers by item id: letters for a choice, words for the others."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    candidate: str = Field(min_length=1, max_length=200)
    answers: dict[str, str]


def _one_of(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [{"required": ["job"]}, {"required": ["test_run"]}]


class AssessRequest(Request):
    """A job (text or file) and material (files or texts; knowledge bases are searched too) make a test; the four
    numbers say how many items of each kind.

    ``test_run`` names an earlier test instead; with it, or with a new test, ``answers`` (tables with a column for each
    item, or a file for each person) and ``responses`` are marked.
    """

    model_config = ConfigDict(json_schema_extra=_one_of)

    job: str = Field("", max_length=40_000)
    material: list[FilePath] = Field(default_factory=list, max_length=200)
    single: int = Field(5, ge=0, le=40)
    multiple: int = Field(3, ge=0, le=20)
    short: int = Field(2, ge=0, le=10)
    case: int = Field(1, ge=0, le=5)
    test_run: str = Field("", max_length=64)
    answers: list[FilePath] = Field(default_factory=list, max_length=2000)
    responses: list[Response] = Field(default_factory=list, max_length=5000)


class Source(BaseModel):
    """Words of the material: ``quote`` is exactly the text of ``source`` from ``start`` to ``end``."""

    quote: str
    source: str
    page: int | None = None
    start: int = 0
    end: int = 0
    marker: str = ""


class Option(BaseModel):
    """One choice: its letter and its words."""

    key: str
    text: str


class Criterion(BaseModel):
    """One point of a rubric: what an answer should say, what that is worth, and where the material says it."""

    id: str
    text: str
    points: float
    evidence: list[Source]


class Item(BaseModel):
    """One question of the test. ``key`` are letters for a choice; open items have a ``rubric`` instead. ``explains``
    says why the key is right."""

    id: str
    kind: ItemKind
    stem: str
    options: list[Option] = []
    key: list[str] = []
    rubric: list[Criterion] = []
    points: float
    explains: str = ""
    evidence: list[Source]


class Hit(BaseModel):
    """What an open answer got for one criterion, with the words of the answer that earned it."""

    criterion: str
    points: float
    quote: str = ""
    start: int = 0
    end: int = 0
    reason: str = ""


class Mark(BaseModel):
    """One answer marked. ``second_look``: a person should read it before it counts; ``reason`` says why."""

    item: str
    given: str
    points: float
    max: float
    right: bool | None = None
    hits: list[Hit] = []
    second_look: bool = False
    reason: str = ""


class Result(BaseModel):
    """One person's test."""

    candidate: str
    file: str = ""
    score: float
    max: float
    marks: list[Mark]


class Statistics(BaseModel):
    """How an item did over a batch. ``difficulty`` is the mean share of its points (1: everybody had it right),
    ``discrimination`` the correlation with the rest of the test, ``upper_lower`` the difference between the best and
    the weakest 27 percent, ``chosen`` how often each option was ticked."""

    item: str
    taken: int
    difficulty: float
    discrimination: float | None = None
    upper_lower: float | None = None
    chosen: dict[str, int] = {}
    note: str = ""


class Unread(BaseModel):
    """A file that gave no answers or no material, and why."""

    file: str
    error: str


class Assessment(Deliverable):
    """The test and, once answers came, its marks. ``summary`` is what people edit as text; ``reliability`` is
    Cronbach's alpha over the batch."""

    title: str = ""
    summary: str
    items: list[Item]
    results: list[Result] = []
    statistics: list[Statistics] = []
    reliability: float | None = None
    unreadable: list[Unread] = []
    test_run: str = ""


class DraftItem(BaseModel):
    """An item as a model writes it. ``quote`` must stand word for word in the material."""

    kind: ItemKind
    stem: str = Field(max_length=800)
    options: list[Annotated[str, Field(max_length=200)]] = Field(max_length=6)
    right: list[Annotated[str, Field(max_length=200)]] = Field(
        max_length=4, description="the right options, word for word"
    )
    rubric: list[Annotated[str, Field(max_length=240)]] = Field(max_length=6)
    quote: str = Field(max_length=400, description="words copied from the material that prove the key")


class AssessDraft(BaseModel):
    """What a chat model writes. Code checks each key against its quote and fills up what is missing."""

    items: list[DraftItem] = Field(max_length=40)
