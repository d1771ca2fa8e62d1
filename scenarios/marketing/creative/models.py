"""What ``marketing creative`` is asked with and what it makes."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from workbench.scenario import Deliverable, Request

from ..voice.models import Likeness

Channel = Literal[
    "moments", "xiaohongshu", "douyin", "weibo", "baidu_search", "google_search", "sms", "email", "product_page",
    "poster",
]  # fmt: skip
Tone = Literal["plain", "warm", "lively"]
Angle = Literal["fab", "aida", "pas", "bab", "question", "number", "scene"]


class CreativeRequest(Request):
    """A brief. ``facts`` are what the person vouches for, one statement each; more come from the knowledge bases.

    ``audiences`` and ``angles`` span the matrix; each cell gives one variant for each channel. ``past_copy`` is what
    ran before: too near a likeness to it is reported. ``brand`` signs text messages. ``link`` is the page
    that variants lead to: the A/B kit tracks it under ``campaign``. ``voice`` is a run of ``marketing voice`` to write
    like, ``learn_from`` are runs of ``marketing results`` whose lessons this brief follows.
    """

    product: str = Field(min_length=1, max_length=100)
    facts: list[str] = Field(default=[], max_length=60)
    audiences: list[str] = Field(default=[], max_length=8)
    angles: list[Angle] = []
    channels: list[Channel] = ["moments", "xiaohongshu", "sms"]
    tone: Tone = "plain"
    offer: str = Field(default="", max_length=200)
    brand: str = Field(default="", max_length=40)
    must_say: list[str] = Field(default=[], max_length=10)
    never_say: list[str] = Field(default=[], max_length=200)
    competitors: list[str] = Field(default=[], max_length=100)
    past_copy: list[str] = Field(default=[], max_length=500)
    industry: str = Field(default="", max_length=100)
    link: str = Field(default="", max_length=500, pattern=r"^(https?://\S+)?$")
    campaign: str = Field(default="", max_length=100)
    voice: str = Field(default="", max_length=64)
    learn_from: list[str] = Field(default=[], max_length=20)
    as_of: date | None = None


class Claim(BaseModel):
    """A statement of fact in a variant. ``source`` is a marker with the document's title, ``brief`` or ``unproven``."""

    text: str
    source: str


class Variant(BaseModel):
    """One piece of copy for a channel; ``voice`` says how near it comes to the brand's, where the brief names one."""

    id: str
    channel: Channel
    angle: Angle
    audience: str = ""
    headline: str = ""
    body: str
    call_to_action: str = ""
    hashtags: list[str] = []
    claims: list[Claim] = []
    voice: Likeness | None = None


class Creative(Deliverable):
    """All variants. ``edited`` is the text of all as a person last wrote it, empty while it is as made.

    ``lessons`` of earlier results were followed; ``voice`` is the name of the voice that variants are scored against.
    """

    variants: list[Variant]
    lessons: list[str] = []
    voice: str = ""
    edited: str = ""


class VariantDraft(BaseModel):
    """One variant as a model writes it."""

    channel: Channel
    angle: Angle
    audience: str = Field(default="", max_length=60)
    headline: str = Field(default="", max_length=80)
    body: str = Field(max_length=1200)
    call_to_action: str = Field(default="", max_length=30)
    hashtags: list[str] = Field(default=[], max_length=6)


class CreativeDraft(BaseModel):
    """What a chat model writes for a brief."""

    variants: list[VariantDraft] = Field(min_length=1, max_length=60)
