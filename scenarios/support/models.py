"""What a support reply is asked with and what it is."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field, field_validator

from workbench.scenario import Deliverable, Request
from workbench.texts import Lang

Decision = Literal["reply", "clarify", "escalate"]
Intent = Literal[
    "return", "exchange", "refund", "shipping", "order", "invoice", "warranty", "product", "price", "account",
    "complaint", "human", "greeting", "thanks", "other",
]  # fmt: skip
Emotion = Literal["calm", "worried", "disappointed", "angry", "pleased"]
Priority = Literal["low", "normal", "high", "urgent"]
Channel = Literal["chat", "app", "email", "sms", "phone"]
Tone = Literal["warm", "brief", "formal", "apologetic"]


class Turn(BaseModel):
    """One earlier message of the conversation."""

    role: Literal["customer", "agent"]
    text: str

    @field_validator("role", mode="before")
    @classmethod
    def _other_names(cls, role: object) -> object:
        """Chat exports say ``user`` and ``assistant``."""
        return {"user": "customer", "assistant": "agent"}.get(str(role), role)


class ReplyRequest(Request):
    """A customer's message and what is known around it. ``as_of``: the day whose policies apply; today when empty.

    ``customer`` holds what the company knows of this customer (name, order, tier); its figures count as sourced.
    """

    message: str = Field(min_length=1, max_length=8000)
    history: list[Turn] = []
    channel: Channel = "chat"
    customer: dict[str, Any] = {}
    tone: Tone = "warm"
    as_of: date | None = None


class Policy(BaseModel):
    """A document that a reply cites, in the version that was in force on the reply's day."""

    title: str
    version: int = 1
    valid_from: date | None = None
    valid_to: date | None = None


class Reply(Deliverable):
    """A reply to send. ``reply`` carries citation markers; ``reason`` says why this decision; ``team`` is whom to pass
    the message to, empty unless ``decision`` is escalate or a part of the message stayed open. ``buttons`` are quick
    replies; ``policies`` the versions of what is cited, as of ``as_of`` (None: the day of the run); ``open`` says
    which questions of the message (from 1) no document answered, without repeating the customer's words."""

    reply: str
    decision: Decision
    reason: str
    intent: Intent
    emotion: Emotion
    priority: Priority
    language: Lang
    team: str = ""
    buttons: list[str] = []
    as_of: date | None = None
    policies: list[Policy] = []
    open: list[int] = []


class ReplyDraft(BaseModel):
    """What a chat model writes; code fills the rest."""

    decision: Decision = Field(
        description="reply when the passages answer, clarify when a detail is missing, else escalate"
    )
    reply: str = Field(
        max_length=3000, description="the text to the customer, each fact followed by its marker such as [1]"
    )
    reason: str = Field(max_length=300, description="one sentence for the agent: why this decision")
