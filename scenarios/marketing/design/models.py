"""What ``marketing design`` is asked with and what it makes."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from workbench.scenario import Deliverable, Request

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Layout = Literal["split", "scene", "number", "centre", "diagonal", "column"]
Level = Literal["headline", "support", "proof", "offer", "action", "small_print"]


class DesignRequest(Request):
    """A business need. ``placements`` are free words (朋友圈, poster); ``colours`` the brand's own, as #rrggbb.

    ``facts`` are what the person vouches for; they become support and proof. ``must_show`` has to be in the picture,
    ``avoid`` must not.
    """

    product: str = Field(min_length=1, max_length=100)
    need: str = Field(default="", max_length=2000)
    audience: str = Field(default="", max_length=300)
    facts: list[str] = Field(default=[], max_length=30)
    placements: list[str] = Field(default=[], max_length=14)
    brand: str = Field(default="", max_length=40)
    colours: list[Colour] = Field(default=[], max_length=6)
    headline: str = Field(default="", max_length=60)
    offer: str = Field(default="", max_length=200)
    call_to_action: str = Field(default="", max_length=20)
    must_show: list[str] = Field(default=[], max_length=12)
    avoid: list[str] = Field(default=[], max_length=20)
    industry: str = Field(default="", max_length=100)
    directions: int = Field(default=3, ge=3, le=6)


class Message(BaseModel):
    """A level of the hierarchy: what is read first, second and so on, with the size beside the headline's."""

    level: Level
    order: int
    text: str
    size: str
    source: str = ""


class Placement(BaseModel):
    """A size. ``safe`` is the margin in pixels that stays free of words; ``headline_size`` the least size of type."""

    id: str
    name: str
    width: int
    height: int
    safe: int
    headline_size: int
    headline_limit: int
    source: str
    confirm: bool


class Swatch(BaseModel):
    role: Literal["ink", "paper", "main", "accent", "soft"]
    hex: Colour


class Contrast(BaseModel):
    """A pair of colours that a direction uses. ``ratio`` by WCAG 2.2; ``aa`` for text, ``aa_large`` for large text."""

    use: Literal["text", "headline", "button", "soft", "accent"]
    foreground: Colour
    background: Colour
    ratio: float
    aa: bool
    aa_large: bool
    aaa: bool


class Sketch(BaseModel):
    """A layout as SVG, marked as AI-made in the picture and its metadata."""

    placement: str
    width: int
    height: int
    svg: str


class Direction(BaseModel):
    """A style direction, and a prompt for an image model."""

    id: str
    name: str
    idea: str
    why: str
    palette: list[Swatch]
    contrasts: list[Contrast]
    typography: str
    composition: str
    layout: Layout
    do: list[str]
    dont: list[str]
    image_prompt: str
    sketches: list[Sketch] = []


class Design(Deliverable):
    """The brief. ``summary`` is the text that people edit."""

    product: str
    need: str
    audience: str
    messages: list[Message]
    placements: list[Placement]
    directions: list[Direction]
    must_show: list[str] = []
    avoid: list[str] = []
    summary: str


class DesignDraft(BaseModel):
    """What a chat model writes: the brief in words and the headline."""

    headline: str = Field(default="", max_length=40)
    summary: str = Field(max_length=4000)
