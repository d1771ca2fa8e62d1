# ruff: noqa: E501  # a pattern is read best in one piece
"""What no rule knows: the requirement's own nouns first, then a line in much the same words."""

import re

from .. import requirement as asked
from ..resume import Resume
from ..taxonomy import folded
from ..wording import terms
from .mentions import LEARNING
from .part import Part, Say, best
from .shown import shown

_OR = re.compile(r"或者|或|／|/|\bor\b", re.IGNORECASE)
_LACKS = re.compile(
    r"^\W*(?:没有|没|无(?!论|线|缝)|未(?!来)|不会|不能|不具备|不接受|不考虑|缺乏|no\b(?! only)|not\b|never\b|without\b|lacks?\b)"
)
_FAR, _NEAR = 0.35, 0.6
"""Shares of a requirement's telling words from which a line is taken for it in part, or wholly."""


def words(resume: Resume, wanted: str, say: Say) -> Part:
    """Whether the resume speaks of it: of all of it, or of one of what "or" joins."""
    return best([_one(resume, part, say) for part in _OR.split(wanted) if part.strip()])


def _one(resume: Resume, wanted: str, say: Say) -> Part:
    if named := asked.nouns(wanted):
        literal = shown(resume, asked.Shown(tuple(map(asked.keyword, named)), words=wanted), say)
        if literal.decision != "not_stated":
            return literal
    return _alike(resume, wanted, say)


def _alike(resume: Resume, wanted: str, say: Say) -> Part:
    share, place = 0.0, (0, 0)
    telling = frozenset(terms(wanted))
    for unit, held in zip(resume.units, resume.unit_words, strict=True):
        like = len(telling & held) / len(telling) if telling else 0.0
        if like > share:
            share, place = like, unit
    if share < _FAR:
        return Part("not_stated", [], say("reason.silent"))
    line = folded(resume.seen[place[0] : place[1]])
    if _LACKS.match(line):
        return Part("not_met", [place], say("reason.lacks"))
    return Part("met" if share >= _NEAR and not LEARNING.search(line) else "partly", [place], "")
