"""What ``marketing seo`` is asked with and what it makes."""

from typing import Literal

from pydantic import BaseModel, Field

from workbench.scenario import Deliverable, Request

Intent = Literal["learn", "compare", "buy", "use", "service"]
Engine = Literal["baidu", "google"]


class SeoRequest(Request):
    """``seeds`` are the words to be found by, ``product`` and ``brand`` what the pages are about.

    ``facts`` are what the person vouches for; more come from the knowledge bases. ``engine`` decides how titles and
    descriptions are measured.
    """

    product: str = Field(min_length=1, max_length=100)
    seeds: list[str] = Field(default=[], max_length=20)
    brand: str = Field(default="", max_length=40)
    facts: list[str] = Field(default=[], max_length=60)
    engine: Engine = "baidu"


class Keyword(BaseModel):
    """A phrase people may search. ``source`` is the marker and title of the passage that answers it, empty for none."""

    text: str
    source: str = ""


class Group(BaseModel):
    """Keywords of one seed and one intent, for one page. Lengths are as the engine counts, see ``measures``."""

    seed: str
    intent: Intent
    keywords: list[Keyword]
    title: str
    title_length: int
    description: str
    description_length: int


class Seo(Deliverable):
    """All groups. ``summary`` says what to write first; ``gaps`` are keywords that no material answers."""

    product: str
    engine: Engine
    groups: list[Group]
    gaps: list[str]
    summary: str


class PageDraft(BaseModel):
    """Title and description of a group, by its number from 1."""

    group: int = Field(ge=1, le=100)
    title: str = Field(max_length=120)
    description: str = Field(max_length=400)


class SeoDraft(BaseModel):
    """What a chat model writes."""

    pages: list[PageDraft] = Field(max_length=100)
