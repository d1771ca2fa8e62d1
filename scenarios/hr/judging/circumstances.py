# ruff: noqa: E501  # a pattern is read best in one piece
"""Teams led, places, salaries, and what no rule knows."""

import re

from .. import requirement as asked
from ..models import Decision
from ..money import salaries
from ..places import places
from ..resume import Resume
from ..wording import terms
from .mentions import denied
from .part import Part, Say, plain

_HERE = re.compile(
    r"现居|居住|所在地|所\s?在\s?地|现住|住址|地址|所在城市|目前城市|常驻|坐标|家在|based in|location|address|residence|lives? in|current city|residing",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"期望|意向|求职|目标|希望|可(?:到|去|赴)|能(?:到|去)|愿意|desired|preferred location|expected|open to|relocat|looking", re.IGNORECASE
)  # fmt: skip
_ANYWHERE = re.compile(r"(?<!不)接受(?:异地|调动|外派|全国)|服从(?:调动|分配|安排)|可异地|全国(?:可|均可)|可(?:接受)?调动|愿意(?:搬|迁|到|去|前往)|relocat|地点不限|城市不限", re.IGNORECASE)  # fmt: skip
_PAY = re.compile(
    r"期望薪|薪资|薪酬|月薪|年薪|薪水|待遇|工资要求|expected salary|salary|desired pay|compensation expectation|ctc|expected\s*[:：]|期望\s*[:：]?\s*(?=\d)",
    re.IGNORECASE,
)
_HOPED = re.compile(r"期望|要求|希望|expect|desired", re.IGNORECASE)
_NOW = re.compile(r"目前|当前|现(?:在|薪)|上家|current|present|last drawn", re.IGNORECASE)
_FAR, _NEAR = 0.35, 0.6
"""Shares of a requirement's telling words from which a line is taken for it in part, or wholly."""


def team(resume: Resume, condition: asked.TeamSize, say: Say) -> Part:
    """Whether the largest team led is large enough."""
    sizes = asked.team_sizes(resume.seen)
    if sizes:
        size, start, end = max(sizes)
        decided: Decision = "met" if size >= condition.least else "not_met"
        return Part(decided, [(start, end)], f"{size} / {condition.least}")
    leading = next((m for m in resume.mentions if m.concept.name == "team leadership"), None)
    if leading:
        return Part("partly", [(leading.start, leading.end)], say("reason.size"))
    return Part("not_stated", [], say("reason.silent"))


def lives(resume: Resume, condition: asked.Lives, say: Say) -> Part:
    """Whether somebody lives or wants to work there, or would move."""
    wanted = {place.name for place in condition.places}
    here: list[tuple[int, int, str]] = []
    ready: list[tuple[int, int]] = []
    refused: list[tuple[int, int]] = []
    top = [line for line in resume.lines[:8] if not line.heading]
    for line in resume.lines:
        row = resume.seen[line.start : line.end]
        told = _WANTED.search(row) or _HERE.search(row)
        if line.section in ("work", "project", "education", "internship") and not told:
            continue
        if moves := _ANYWHERE.search(row):
            place = (line.start + moves.start(), line.start + moves.end())
            (refused if denied(resume.seen, *place) else ready).append(place)
        if line.section in ("project", "education", "internship"):
            continue
        named = places(row)
        if named and (told or (line in top and line.section in ("", "personal", "objective"))):
            here += [(line.start + place.start, line.start + place.end, place.name) for place in named]
    fitting = [(start, end) for start, end, name in here if name in wanted]
    if fitting:
        return Part("met", fitting[:1], "")
    if ready and not refused:
        return Part("met" if condition.or_moves else "partly", ready[:1], say("reason.moves"))
    if refused or here:
        return Part("not_met", refused[:1] or [here[0][:2]], "")
    return Part("not_stated", [], say("reason.silent"))


def pays(resume: Resume, condition: asked.Pays, say: Say) -> Part:
    """Whether what somebody expects is within the offer; what they earn now is no expectation."""
    for start, end in resume.units:
        row = resume.seen[start:end]
        if not _PAY.search(row) and not _PAY.search(resume.seen[max(0, start - 12) : start].rsplit("\n", 1)[-1]):
            continue
        found = salaries(row)
        hoped = _HOPED.search(row)
        if hoped:
            found = [one for one in found if one.start >= hoped.start()] or found
        elif _NOW.search(row):
            continue
        for wish in found:
            place = [(start + wish.start, start + wish.end)]
            offer = condition.salary
            if wish.currency and offer.currency and wish.currency != offer.currency:
                return Part("not_stated", [], say("reason.currency", wish=wish.currency, offer=offer.currency))
            reason = say("reason.pay", low=plain(wish.low), high=plain(wish.high), offer=plain(offer.high))
            if wish.high <= offer.high * 1.001:
                return Part("met", place, reason)
            return Part("partly" if wish.low <= offer.high * 1.001 else "not_met", place, reason)
    return Part("not_stated", [], say("reason.silent"))


def words(resume: Resume, wanted: str, say: Say) -> Part:
    """Whether a line speaks of it in much the same words."""
    best, place = 0.0, (0, 0)
    telling = frozenset(terms(wanted))
    for unit, held in zip(resume.units, resume.unit_words, strict=True):
        like = len(telling & held) / len(telling) if telling else 0.0
        if like > best:
            best, place = like, unit
    if best >= _NEAR:
        return Part("met", [place], "")
    return Part("partly", [place], "") if best >= _FAR else Part("not_stated", [], say("reason.silent"))
