"""Languages and their tests."""

import re

from .. import requirement as asked
from ..degrees import named
from ..language_tests import LANGUAGE_OF, level
from ..models import Decision
from ..resume import Resume
from ..taxonomy import Mention
from .mentions import clause, mentions_of, negated, points
from .part import Part, Say, plain

_NEARLY = 0.5
_UNSAID = 2.5
"""The level of a language that a resume names without saying how well."""
_WHERE = ("languages", "skills", "summary", "personal", "certificates", "")


def speaks(resume: Resume, condition: asked.Speaks, say: Say) -> Part:
    """Whether the language is spoken well enough, by what is said of it or by a test."""
    found: list[tuple[float, int, int]] = []
    for mention in resume.mentions:
        kind, name = mention.concept.kind, mention.concept.name
        if kind == "language" and name == condition.language.name:
            if (said := _said(resume, mention)) is not None:
                found.append((said, mention.start, mention.end))
        elif kind == "certificate" and LANGUAGE_OF.get(name) == condition.language.name:
            found.append((_certified(resume, mention), mention.start, mention.end))
    if not found:
        return Part("not_stated", [], say("reason.missing", concept=condition.language))
    decided: Decision
    best = max(found, key=lambda one: (one[0], -one[1]))
    gap = condition.level - best[0]
    if condition.instead and (gap > _NEARLY or best[0] == _UNSAID):
        decided = "not_stated" if best[0] == _UNSAID else "not_met"
        return Part(
            decided, [] if best[0] == _UNSAID else [best[1:]], say("reason.missing", concept=condition.language)
        )
    decided = "met" if gap <= _NEARLY else "partly" if gap <= 1.5 else "not_met"
    return Part(decided, [best[1:]], "")


def score(resume: Resume, condition: asked.Score, say: Say) -> Part:
    """Whether a test's result is high enough."""
    for mention in mentions_of(resume, condition.test):
        found = points(resume, mention)
        if found:
            decided: Decision = "met" if found >= condition.least else "not_met"
            return Part(decided, [(mention.start, mention.end)], f"{plain(found)} / {plain(condition.least)}")
        return Part("partly", [(mention.start, mention.end)], "")
    return Part("not_stated", [], say("reason.missing", concept=condition.test))


def _said(resume: Resume, mention: Mention) -> float | None:
    """How well, 1 to 5; below 1 where it is denied; None where it is a subject studied or taught."""
    around = clause(resume, mention)
    line = resume.line_at(mention.start)
    if line.section == "education" and (named(resume.seen[line.start : line.end]) or not asked.spoken(around, 0)):
        return None
    if negated(resume, mention):
        return 0.5
    if line.section not in (*_WHERE, "education") and not asked.spoken(around, 0):
        return None
    after = re.split(r"[，,；;、|\n]", resume.seen[mention.end : mention.end + 48].lstrip("：: "))[0]
    return asked.spoken(after, asked.spoken(around, _UNSAID))


def _certified(resume: Resume, mention: Mention) -> float:
    return 1.0 if negated(resume, mention) else level(mention.concept.name, points(resume, mention))
