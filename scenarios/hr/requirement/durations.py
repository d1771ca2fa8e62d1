# ruff: noqa: E501  # a pattern is read best in one piece
"""Requirements of so many years of something."""

import re
from collections.abc import Sequence

from ..quantities import COUNT, YEARS, number
from ..taxonomy import Key, Mention, folded
from .conditions import Condition, Years
from .mentioned import ANY, EXPERIENCE, Places, between, groups, without_double

_PART_OF = re.compile(
    rf"\s*(?:including|of which|with)\s+(?:at least |a minimum of )?(?P<low>{COUNT})(?P<high>(?!))?(?P<zh>(?!))?(?=\s+(?:in|as|of|on)\b|\s*in-)"
)
"""Years within years: "6+ years, including at least 2 in-house"."""
_RELEVANT = re.compile(r"相关|同类|同岗|类似|对口|relevant|related|similar", re.IGNORECASE)
_MOST = re.compile(r"不超过|最多|以内|以下|no more than|at most|up to|less than|maximum", re.IGNORECASE)
_EVERYWHERE = frozenset(("manager",))
"""What says nothing beside a field."""
_CODE: Key = ("skill", "programming")
_SIDES = frozenset(("back end", "front end", "full stack", "mobile development", "programming"))
"""Sides of software that a language beside them makes plain."""
FILLER = re.compile(
    r"相关|工作|行业|专业|经验|经历|背景|以上|及以上|从业|具有|具备|拥有|有|的|年|从事|方面|领域|岗位|优先|者|至少|不少于|全职|"
    r"\b(?:of|in|with|as|an?|the|relevant|related|professional|work|working|experience|at|least|minimum|total|industry|"
    r"full|time|over|above|than|practical|proven|prior|previous|similar|role|position|field|hands|on|or|and|more|using|for|preferred|required|progressive|must|have|is|plus|combined|overall|years?|exp|needed|doing|s|candidates?|should|possess)\b|\b(?:including|post|qualification|background|some|candidate|who|from|environment|within|your|our|we|you|be|been|worked|practice|practi[cs]ing|post-qualification)\b|\b(?:building|doing|handling|running|performing|providing)\b|其中|管理|方向|满|足|及其|以及|工龄|任职|岗|等|或|和|与|及|[\W_]|(?<![A-Za-z])\d+(?![A-Za-z])",
    re.IGNORECASE,
)


def _either(text: str, about: Sequence[Mention]) -> bool:
    """Whether fields written as one word mean either of them: 仓储物流, 人事行政."""
    kinds = {mention.concept.kind for mention in about}
    code = any(_CODE in mention.concept.wider for mention in about)
    return len(about) > 1 and kinds == {"skill"} and not code and not between(text, about)


def years(text: str, start: int, end: int, mentions: Sequence[Mention], taken: Places) -> list[Condition]:
    """The years that the clause from ``start`` to ``end`` asks for."""
    clause = text[start:end]
    match = YEARS.search(folded(clause)) or _PART_OF.match(folded(clause))
    if not match or not (
        match.re is _PART_OF
        or match["zh"]
        or EXPERIENCE.search(clause)
        or "year" in match.group().lower()
        or "yr" in match.group().lower()
    ):
        return []
    if re.search(r"岁|years? old", clause):
        return []
    low, high = number(match["low"]), number(match["high"]) if match["high"] else None
    if high is None and _MOST.search(clause) and not _MOST.search(folded(text[:start])):
        low, high = 0.0, low
    about = [
        mention
        for mention in mentions
        if start <= mention.start < end
        and (mention.concept.kind in ("skill", "role", "industry") or mention.concept.name == "team leadership")
    ]
    named = about
    about = [mention for mention in without_double(about) if mention.concept.name not in _EVERYWHERE or len(about) == 1]
    taken.append((start, end))
    if any(mention.concept.kind == "skill" for mention in about):  # "Java development" asks for Java
        about = [mention for mention in about if mention.concept.name != "software development"]
        if len(about) > 1 and any(_CODE in mention.concept.wider for mention in about):
            about = [mention for mention in about if mention.concept.name not in _SIDES]
    wanted = groups(text, about)
    rest = clause[: match.start()] + " " * (match.end() - match.start()) + clause[match.end() :]
    for mention in named:
        rest = rest[: mention.start - start] + " " * (mention.end - mention.start) + rest[mention.end - start :]
    rest = " ".join(FILLER.sub(" ", rest).split())
    subject = rest if len(rest.replace(" ", "")) >= 2 else ""
    any_group = bool(ANY.search(clause[: match.start()] + " " + clause[match.end() :]))
    return [Years(low, high, wanted, subject, any_group or _either(text, about), bool(_RELEVANT.search(clause)))]
