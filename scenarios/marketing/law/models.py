"""What ``marketing check`` is asked with and what it makes."""

from pydantic import BaseModel, ConfigDict, Field

from workbench.scenario import Deliverable, Request


class CheckRequest(Request):
    """Copy to check. White space stays as it is, so that offsets point into what was sent.

    ``industry`` and ``channel`` are free words in Chinese or English; without an industry the copy's own words decide
    which sector's rules apply. ``brand_words`` are names and trademarks, ``banned`` and ``competitors`` the company's
    own lists.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)

    text: str = Field(min_length=1, max_length=20_000, pattern=r"\S")
    industry: str = Field(default="", max_length=100)
    channel: str = Field(default="", max_length=100)
    brand_words: list[str] = []
    banned: list[str] = []
    competitors: list[str] = []


class CheckedCopy(Deliverable):
    """``text`` is the copy as it was read, ``rewritten`` a version that passes the check (``passes``), empty when
    nothing of the copy could stay. ``sectors`` are those whose rules applied."""

    text: str
    rewritten: str
    passes: bool
    sectors: list[str]


class RewriteDraft(BaseModel):
    """What a chat model writes for a check: a lawful version of the copy."""

    rewritten: str = Field(max_length=20_000, description="the copy with as little changed as makes it lawful")
