"""What a deterministic check says about a deliverable."""

from typing import Literal

from pydantic import BaseModel

Severity = Literal["error", "warning", "info"]


class Where(BaseModel):
    """The place of a finding: the words, their character offsets in the checked text (end exclusive), the page."""

    quote: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None


class Finding(BaseModel):
    """One result of one rule. ``rule`` is a fixed id; ``basis`` is the statute, policy or logic behind it."""

    rule: str
    severity: Severity
    message: str
    where: Where = Where()
    basis: str = ""
    suggestion: str = ""
