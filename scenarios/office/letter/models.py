"""What an official letter is asked with, and what it is."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from workbench.scenario import Deliverable, Request

Kind = Literal["notice", "meeting", "request", "report", "letter"]
"""通知、会议通知、请示、报告、函."""


class LetterRequest(Request):
    """The form. ``matter`` is what the title names (关于……的通知); ``facts`` are what happened or is to be known,
    ``asks`` what is wanted of the readers, each one line. ``number`` is the document's (综办〔2026〕3号).
    """

    kind: Kind = "notice"
    matter: str = Field(min_length=1, max_length=200)
    to: list[str] = []
    facts: list[str] = []
    sender: str = Field("", max_length=100)
    asks: list[str] = []
    issued: date | None = None
    number: str = Field("", max_length=40)
    reason: str = Field("", max_length=300)
    time: str = Field("", max_length=100)
    place: str = Field("", max_length=100)
    attendees: list[str] = []
    attachments: list[str] = []
    contact: str = Field("", max_length=100)
    as_of: date | None = None


class Letter(Deliverable):
    """``body`` are its paragraphs without head and foot; ``basis`` sentences of rules with their markers."""

    kind: Kind
    title: str
    number: str = ""
    to: list[str] = []
    body: list[str] = []
    basis: list[str] = []
    attachments: list[str] = []
    contact: str = ""
    sender: str = ""
    day: date
    text: str = ""


class LetterDraft(BaseModel):
    """What a model may word: the paragraphs, without head and foot."""

    body: list[str] = Field(
        default=[], max_length=12, description="paragraphs; only facts of the form and the passages"
    )
