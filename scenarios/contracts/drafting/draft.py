"""What a draft is: the contract, clause by clause, with where each came from and what is still blank."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field

from workbench.scenario import Deliverable
from workbench.texts import Lang

from .form import DraftKind


class DraftParty(BaseModel):
    """A party as the contract names it."""

    role: str
    name: str
    identity: str = ""


class Clause(BaseModel):
    """A clause. ``number`` and ``text`` as they stand in the contract; ``source`` names the library's entry."""

    id: str
    number: str
    heading: str
    text: str
    source: str = ""


class DraftAttachment(BaseModel):
    """An attachment as it is called in the contract."""

    number: str
    title: str
    text: str = ""


class Payment(BaseModel):
    """An instalment with its sum worked out."""

    name: str
    percent: Decimal | None = None
    amount: Decimal | None = None
    when: str = ""
    due: date | None = None


class Blank(BaseModel):
    """Something that the form did not say: the field, its name for people, and the clause that needs it."""

    field: str
    label: str
    clause: str = ""


class KeyDate(BaseModel):
    """A day that matters; ``remind`` is so many days before it."""

    day: date
    kind: Literal["signing", "start", "delivery", "payment", "renewal", "expiry"]
    label: str
    remind: int = 7


class Drafted(Deliverable):
    """The contract. ``text`` is all of it: head, clauses, signatures, attachments. ``notes`` are what to know about it,
    ``explanations`` a model's words on its clauses, which are no part of the contract.
    """

    title: str
    type: DraftKind
    side: str = ""
    risk: str = "standard"
    language: Lang
    parties: list[DraftParty]
    amount: Decimal | None = None
    currency: str = "CNY"
    amount_words: str = ""
    payments: list[Payment] = []
    dates: list[KeyDate] = []
    clauses: list[Clause]
    attachments: list[DraftAttachment] = []
    blanks: list[Blank] = []
    notes: list[str] = []
    explanations: list[str] = []
    text: str


class ClauseNote(BaseModel):
    """A model's words on a clause: why it is there, and a wording that fits the deal better, if any."""

    id: str = Field(max_length=40)
    explanation: str = Field(max_length=300)
    wording: str = Field("", max_length=1500, description="the clause's paragraphs, one a line, without numbers")


class DraftNotes(BaseModel):
    """What a chat model adds to a draft."""

    clauses: list[ClauseNote] = Field([], max_length=30)
