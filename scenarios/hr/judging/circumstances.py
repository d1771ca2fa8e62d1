# ruff: noqa: E501  # a pattern is read best in one piece
"""Teams led, places, salaries and the day to begin."""

import re
from datetime import date

from .. import requirement as asked
from ..availability import days_said
from ..models import Decision
from ..money import salaries
from ..places import places
from ..resume import Resume
from .mentions import denied, negated
from .part import Part, Say, plain

_HERE = re.compile(
    r"现居|居住|所在地|所\s?在\s?地|现住|住址|地址|所在城市|目前城市|常驻|坐标|家在|家住|(?<![\u3400-\u9fff])住(?![宿院房户])|暂住|\bbased\b|location|address|residence|lives? in|current city|residing",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"期望|意向|求职|目标|希望|objective|只考虑|仅考虑|限(?:本地|市内)|可(?:到|去|赴|来)|均可|能(?:到|去)|愿意|desired|preferred location|expected|open to|relocat|looking|will move|willing to move|commute to", re.IGNORECASE
)  # fmt: skip
_ANYWHERE = re.compile(r"(?<!不)接受(?:异地|调动|外派|全国)|服从(?:调动|分配|安排)|可异地|全国(?:可|均可)|可(?:接受)?调动|愿意(?:搬|迁|到|去|前往)|relocat|will move|地点不限|城市不限|城市均可", re.IGNORECASE)  # fmt: skip
_ONLY = re.compile(
    r"不考虑|只在|只看|只想|仅在|只考虑|仅考虑|仅限|只限|不接受(?:外地|异地|出差以外)|not (?:willing|able|open) to (?:move|relocate)|no relocation|cannot relocate",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"期望薪|求职意向|\bexpectation\b|工资|薪资|薪酬|月薪|(?:期望|要求|想要|希望)\s*[:：]?\s*(?:月入)?\s*(?=[\d¥￥])|(?:asking|looking for|seeking|target(?:ing)?|sought|minimum|expect(?:ed|ing|s)?)\s+(?:for |of )?(?=[a-z]{0,3}\s?[$¥￥£€]?\s?\d)|月薪|年薪|薪水|待遇|工资要求|expected salary|salary|desired pay|compensation expectation|ctc|expected\s*[:：]|期望\s*[:：]?\s*(?=\d)",
    re.IGNORECASE,
)
_OPEN_TO_TALK = re.compile(r"可谈|可议|面议|可商量|negotiable|flexible|open to discuss", re.IGNORECASE)
_FLEXIBLE = 1.2
"""How far above the offer a wish still partly fits where it is open to talk."""
_HOPED = re.compile(r"期望|要求|希望|expect|desired|asking|looking for|seeking|target|sought", re.IGNORECASE)
_NOW = re.compile(r"目前|当前|现(?:在|薪)|上家|current|present|last drawn", re.IGNORECASE)


def team(resume: Resume, condition: asked.TeamSize, say: Say) -> Part:
    """Whether the largest team led is large enough."""
    sizes = asked.team_sizes(resume.seen)
    if sizes:
        size, start, end = max(sizes)
        decided: Decision = "met" if size >= condition.least else "not_met"
        return Part(decided, [(start, end)], f"{size} / {condition.least}")
    leading = next((m for m in resume.mentions if m.concept.name == "team leadership"), None)
    if leading and negated(resume, leading):
        return Part("not_met", [(leading.start, leading.end)], say("reason.denied", concept=leading.concept))
    if leading:
        return Part("partly", [(leading.start, leading.end)], say("reason.size"))
    return Part("not_stated", [], say("reason.silent"))


def lives(resume: Resume, condition: asked.Lives, say: Say) -> Part:
    """Whether somebody lives or wants to work there, or would move."""
    wanted = {place.name for place in condition.places}
    here: list[tuple[int, int, str, bool]] = []  # start, end, name, whether it is only hoped for
    ready: list[tuple[int, int]] = []
    refused: list[tuple[int, int]] = []
    top = [line for line in resume.lines[:8] if not line.heading]
    for line in resume.lines:
        row = resume.seen[line.start : line.end]
        told = _WANTED.search(row) or _HERE.search(row) or _ONLY.search(row)
        if line.section in ("work", "project", "education", "internship") and not told:
            continue
        if moves := _ANYWHERE.search(row):
            place = (line.start + moves.start(), line.start + moves.end())
            (refused if denied(resume.seen, *place) else ready).append(place)
        if line.section in ("project", "education", "internship") and not (_WANTED.search(row) or _ONLY.search(row)):
            continue
        if only := _ONLY.search(row):
            refused.append((line.start + only.start(), line.start + only.end()))
        named = places(row)
        if named and (told or (line in top and line.section in ("", "personal", "objective"))):
            here += [(line.start + one.start, line.start + one.end, one.name, _hoped(row, one.start)) for one in named]
    fitting = [(start, end, hoped) for start, end, name, hoped in here if name in wanted]
    living = [(start, end) for start, end, hoped in fitting if not hoped]
    if living or (fitting and not condition.resident):
        living.sort(key=lambda place: not _HERE.search(resume.seen[resume.line_at(place[0]).start : place[1]]))
        return Part("met", living[:1] or [fitting[0][:2]], "")
    if fitting:
        return Part("partly", [fitting[0][:2]], say("reason.moves"))
    if not here and (post := _at_work_now(resume, wanted)):
        return Part("met", [post], say("reason.post"))
    if ready and not refused:
        return Part("met" if condition.or_moves else "partly", ready[:1], say("reason.moves"))
    if refused or here:
        return Part("not_met", refused[:1] or [here[0][:2]], "")
    return Part("not_stated", [], say("reason.silent"))


def _at_work_now(resume: Resume, wanted: set[str]) -> tuple[int, int] | None:
    """Where the head of a job that still runs names one of the places: who works there lives there, if nothing says else."""
    for entry in resume.entries:
        if entry.kind == "work" and entry.span.now:
            for place in places(resume.seen[entry.start : entry.header_end]):
                if place.name in wanted:
                    return entry.start + place.start, entry.start + place.end
    return None


def _hoped(row: str, place: int) -> bool:
    """Whether a place is where somebody wants to be: the last such word before it says so, and none says it is home."""
    wanted = [match.end() for match in _WANTED.finditer(row) if match.end() <= place]
    home = [match.end() for match in _HERE.finditer(row) if match.end() <= place]
    return bool(wanted) and max(wanted) > max(home, default=0)


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
            near = wish.low <= offer.high * (_FLEXIBLE if _OPEN_TO_TALK.search(row) else 1.001)
            return Part("partly" if near else "not_met", place, reason)
    return Part("not_stated", [], say("reason.silent"))


def starts(resume: Resume, condition: asked.Starts, today: date, say: Say) -> Part:
    """Whether somebody can begin soon enough, as they say themselves."""
    most = condition.days
    if condition.month:
        most = (date((condition.month + 1) // 12, (condition.month + 1) % 12 + 1, 1) - today).days - 1
    for line in resume.lines:
        if said := days_said(resume.seen[line.start : line.end], today):
            days, start, end = said
            decided: Decision = "met" if days <= most else "not_met"
            return Part(decided, [(line.start + start, line.start + end)], say("reason.days", days=days, most=most))
    return Part("not_stated", [], say("reason.silent"))
