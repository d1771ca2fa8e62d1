"""What a deterministic check says about a deliverable."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel

from .language import folded

Severity = Literal["error", "warning", "info"]


class Where(BaseModel):
    """The place of a finding: the words, their character offsets in the checked text (end exclusive), the page."""

    quote: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None


class Finding(BaseModel):
    """One result of one rule. ``rule`` is a fixed id; ``basis`` is the statute, policy or logic behind it.

    ``suggestion`` says what to do; ``proposal`` are the very words to put in place of the quoted ones (empty: strike
    them), None where code cannot tell.
    ``role`` is whose to look at first, where a scenario shares its findings out: business, finance, legal and the like.
    """

    rule: str
    severity: Severity
    message: str
    where: Where = Where()
    basis: str = ""
    suggestion: str = ""
    proposal: str | None = None
    role: str = ""


def keyed(findings: Iterable[Finding]) -> list[tuple[str, Finding]]:
    """Each finding with a key that is the same in every version in which it persists.

    It is made of the rule, the quoted words and the message; not of the place, which moves when other words change.
    The second finding of the same words has a key of its own.
    """
    seen: Counter[str] = Counter()
    pairs = []
    for finding in findings:
        words = json.dumps([finding.rule, folded(finding.where.quote), folded(finding.message)])
        seen[words] += 1
        pairs.append((hashlib.sha256(f"{words}{seen[words]}".encode()).hexdigest()[:16], finding))
    return pairs
