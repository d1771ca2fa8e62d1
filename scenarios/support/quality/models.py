"""What a quality check is asked with and what it is."""

from typing import Any

from pydantic import BaseModel, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request

CRITERIA = ("accuracy", "completeness", "tone", "policy")


class QualityRequest(Request):
    """Replies to look at: ``items`` are ``{"message", "reply", "agent"?, "customer"?}``, ``file`` a table with such
    columns. ``sample``: so many are drawn, the same ones for the same ``seed``; all when 0."""

    items: list[dict[str, Any]] = []
    file: FilePath = ""
    sample: int = Field(default=0, ge=0, le=1000)
    seed: int = 1


class Mark(BaseModel):
    """One criterion of one reply, 0 to 100, with what was found."""

    criterion: str
    score: int
    remarks: list[str] = []


class Marked(BaseModel):
    """One reply with its marks; ``score`` is their mean."""

    number: int
    agent: str = ""
    message: str
    reply: str
    score: int
    marks: list[Mark]


class Coaching(BaseModel):
    """What one agent's replies say about what to practise."""

    agent: str
    replies: int
    score: int
    notes: list[str]


class Quality(Deliverable):
    """The marks, the worst first, and a note for each agent. ``summary`` is what people edit."""

    summary: str
    drawn: int
    total: int
    marked: list[Marked]
    coaching: list[Coaching]


class QualityDraft(BaseModel):
    """What a chat model writes: the summary alone; marks are given by code."""

    summary: str = Field(max_length=1500)
