# a pattern is read best in one piece
"""Requirements of so many years of something."""

import re
from collections.abc import Sequence

from ..quantities import YEARS, number
from ..taxonomy import Mention, folded
from .conditions import Condition, Years
from .mentioned import ANY, EXPERIENCE, Places, groups, without_double

_MOST = re.compile(r"不超过|最多|以内|以下|no more than|at most|up to|less than|maximum", re.IGNORECASE)
FILLER = re.compile(
    r"相关|工作|行业|专业|经验|经历|背景|以上|及以上|从业|具有|具备|拥有|有|的|年|从事|方面|领域|岗位|优先|者|至少|不少于|全职|"
    r"\b(?:of|in|with|as|an?|the|relevant|related|professional|work|working|experience|at|least|minimum|total|industry|"
    r"full|time|over|above|than|practical|proven|prior|previous|similar|role|position|field|hands|on|or|and|more|using|for|preferred|required|progressive|must|have|is|plus|combined|overall|years?|exp|needed|doing|s|candidates?|should|possess)\b|[\W\d_]",
    re.IGNORECASE,
)


def years(text: str, start: int, end: int, mentions: Sequence[Mention], taken: Places) -> list[Condition]:
    """The years that the clause from ``start`` to ``end`` asks for."""
    clause = text[start:end]
    match = YEARS.search(folded(clause))
    if not match or not (
        EXPERIENCE.search(clause) or match["zh"] or "year" in match.group().lower() or "yr" in match.group().lower()
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
    about = without_double(about)
    taken.append((start, end))
    if any(mention.concept.kind == "skill" for mention in about):  # "Java development" asks for Java
        about = [mention for mention in about if mention.concept.name != "software development"]
    wanted = groups(text, about)
    left = FILLER.sub("", clause[: match.start()] + " " + clause[match.end() :])
    subject = (clause[: match.start()] + " " + clause[match.end() :]).strip() if not wanted and len(left) >= 2 else ""
    any_group = bool(ANY.search(clause[: match.start()] + " " + clause[match.end() :]))
    return [Years(low, high, wanted, subject, any_group)]
