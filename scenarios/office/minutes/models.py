"""What minutes are asked with, and what they are."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request


class MinutesRequest(Request):
    """Notes as text or file. ``day`` is the meeting's: "next Friday" is counted from it; today unless told."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["notes"]}, {"required": ["file"]}]})

    notes: str = Field("", max_length=100_000)
    file: FilePath | None = None
    title: str = Field("", max_length=200)
    day: date | None = None
    attendees: list[str] = []


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Item(Strict):
    """A decision or an open question. ``quote`` is the sentence of the notes that it comes from."""

    text: str
    quote: str
    topic: str = ""


class Action(Strict):
    """Something to do. ``due_words`` are those of the notes; an empty owner or no date was not stated."""

    text: str
    owner: str = ""
    due: date | None = None
    due_words: str = ""
    quote: str
    topic: str = ""


class Topic(Strict):
    """What was talked about under one heading, as sentences of the notes."""

    heading: str
    points: list[str] = []


class Minutes(Deliverable):
    """Minutes of a meeting. ``text`` is the whole as people edit it."""

    title: str
    day: date
    attendees: list[str] = []
    topics: list[Topic] = []
    decisions: list[Item] = []
    actions: list[Action] = []
    questions: list[Item] = []
    notes: str = ""
    text: str = ""


class DraftItem(BaseModel):
    """An item as a model gives it; without its quote in the notes it is dropped."""

    text: str = Field(max_length=300)
    quote: str = Field(max_length=400, description="the sentence of the notes, word for word")
    owner: str = Field("", max_length=40, description="only a name that the notes hold")


class MinutesDraft(BaseModel):
    """What a model may sort the notes into. Dates are read by code from the quote."""

    decisions: list[DraftItem] = Field(default=[], max_length=20)
    actions: list[DraftItem] = Field(default=[], max_length=30)
    questions: list[DraftItem] = Field(default=[], max_length=20)
