"""What ``marketing voice`` is asked with and what it makes."""

from typing import Literal

from pydantic import BaseModel, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request

Trait = Literal[
    "sentence", "clause", "rhythm", "exclamations", "questions", "emoji", "figures", "you", "we", "formal", "casual"
]  # fmt: skip
TRAITS: tuple[Trait, ...] = (
    "sentence", "clause", "rhythm", "exclamations", "questions", "emoji", "figures", "you", "we", "formal", "casual",
)  # fmt: skip


class VoiceRequest(Request):
    """Past copy that the brand is proud of, one piece each in ``copies`` or one a line of ``copy_file``.

    ``favourites`` are words that it likes to use beside those found, ``banned`` ones that it never uses.
    """

    name: str = Field(min_length=1, max_length=60)
    copies: list[str] = Field(default=[], max_length=500)
    copy_file: FilePath = ""
    favourites: list[str] = Field(default=[], max_length=50)
    banned: list[str] = Field(default=[], max_length=200)


class Measured(BaseModel):
    """A trait over all pieces: its median and the range that the middle four fifths lie in.

    ``sentence`` and ``clause`` are lengths in characters (words in English), ``rhythm`` the standard deviation of
    clause lengths over their mean; all others are counts in a hundred characters (words in English).
    """

    trait: Trait
    median: float
    low: float
    high: float


class Voice(Deliverable):
    """A voice by its ``name``. ``summary`` tells it in words; a person may write it anew."""

    name: str
    pieces: int
    traits: list[Measured]
    favourites: list[str]
    banned: list[str]
    summary: str


class Likeness(BaseModel):
    """How near a text comes to a voice: 0 to 100, with what speaks against it in words."""

    score: int
    reasons: list[str]


class VoiceDraft(BaseModel):
    """What a chat model writes: the voice in a few sentences."""

    summary: str = Field(max_length=800)
