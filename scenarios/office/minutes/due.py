"""Days that people name in notes: 12月5日, 下周五, 月底, 三天内, by Friday, within two weeks."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.language import han_number

from ..workdays import Workdays

_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3}|one|two|three|four|five|six|seven|ten)"
_WEEKDAY = r"(?P<weekday>[一二三四五六日天])"
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_MONTH = r"(?P<name>" + "|".join(_MONTHS) + r")[a-z]*\.?"

_PATTERNS = [
    ("iso", r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"),
    ("month_day", r"(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]"),
    ("english", rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+{_MONTH.replace('name', 'name2')})"
                r"(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>\d{4}))?"),
    ("slash", r"(?<![\d/.-])(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])"),
    ("week", rf"(?P<which>本|这|上|下下|下)\s*个?(?:周|星期|礼拜)\s*{_WEEKDAY}"),
    ("weekday", rf"(?:周|星期|礼拜)\s*{_WEEKDAY}"),
    ("english_weekday", rf"\b(?P<which>next|this|coming)?\s*(?P<weekday>{'|'.join(_NAMES)})\b"),
    ("working", rf"{_COUNT}\s*个?\s*(?:工作日|(?:working|business)\s+days?)"),
    ("span", rf"{_COUNT}\s*(?:个\s*)?(?P<unit>天|日(?=\s*(?:之?内|以内|之?后))|周|星期|礼拜|月|days?|weeks?|months?)"
             r"\s*(?:之?内|以内|后|之后)?"),
    ("day_only", r"(?<![\d月])(?P<day>\d{1,2})\s*[日号](?!\s*(?:内|后|之))"),
    ("month_end", r"(?P<which>本|这|下)?个?月底|(?:the\s+)?end\s+of\s+(?P<which2>this|next|the)\s+month"),
    ("week_end", r"(?P<which>本|这|下)周(?:内|末|底)|(?:the\s+)?end\s+of\s+(?P<which2>this|next|the)\s+week"),
    ("year_end", r"年底|end\s+of\s+(?:the\s+)?year"),
    ("near", r"(?P<near>今天|今日|明天|明日|后天|大后天|today|tonight|tomorrow)"),
]  # fmt: skip
_READ = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PATTERNS]
_LIMIT = re.compile(
    r"之?前|以前|截止|截至|不晚于|最迟|完成|提交|交付|给出|内|\b(?:by|before|within|until|due|no later)\b",
    re.IGNORECASE,
)
_NEAR = {"今天": 0, "今日": 0, "today": 0, "tonight": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3}


@dataclass(frozen=True, slots=True)
class Due:
    """A day and the words that named it, from ``start`` to ``end`` in the sentence."""

    day: date
    start: int
    end: int


def due(sentence: str, meeting: date) -> Due | None:
    """The day by which a sentence says that something is to be done; the last one that is named as a limit.

    Days without a year are those that come next after ``meeting``. Working days follow the Chinese calendar.
    """
    found: list[Due] = []
    taken: list[tuple[int, int]] = []
    for name, pattern in _READ:
        for match in pattern.finditer(sentence):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            day = _day(name, match, meeting)
            if day is None:  # 2月31日
                continue
            after = sentence[match.end() : match.end() + 14]
            before = sentence[max(0, match.start() - 12) : match.start()]
            if _LIMIT.search(after) or _LIMIT.search(before) or _LIMIT.search(match.group()):
                found.append(Due(day, match.start(), match.end()))
    return max(found, key=lambda one: one.start) if found else None


def _day(name: str, match: re.Match[str], meeting: date) -> date | None:
    part = match.groupdict()
    match name:
        case "iso":
            return _date(int(part["year"]), int(part["month"]), int(part["day"]))
        case "month_day" | "slash":
            return _coming(int(part["month"]), int(part["day"]), meeting)
        case "english":
            month = _MONTHS.index((part["name"] or part["name2"])[:3].lower()) + 1
            day = int(part["day"] or part["day2"])
            return _date(int(part["year"]), month, day) if part["year"] else _coming(month, day, meeting)
        case "week" | "weekday" | "english_weekday":
            return _of_week(part["weekday"], part.get("which") or "", meeting)
        case "working":
            count, workdays = _count(part["count"]), Workdays()
            return workdays.move(workdays.on_or_before(meeting), count)
        case "span":
            return _after(_count(part["count"]), part["unit"].lower(), meeting)
        case "day_only":
            day = int(part["day"])
            this = _date(meeting.year, meeting.month, day)
            return this if this and this >= meeting else _date(*_month_after(meeting, 1), day)
        case "month_end":
            ahead = 1 if (part["which"] or part["which2"] or "").lower() in ("下", "next") else 0
            year, month = _month_after(meeting, ahead)
            return date(year, month, calendar.monthrange(year, month)[1])
        case "week_end":
            ahead = 1 if (part["which"] or part["which2"] or "").lower() in ("下", "next") else 0
            return meeting - timedelta(days=meeting.weekday()) + timedelta(days=4 + 7 * ahead)
        case "year_end":
            return date(meeting.year, 12, 31)
        case "near":
            return meeting + timedelta(days=_NEAR[part["near"].lower()])
    return None


def _of_week(weekday: str, which: str, meeting: date) -> date:
    """周五 is the next one from the meeting on; 下周五 that of the week after the meeting's."""
    number = _NAMES.index(weekday.lower()) if weekday.isascii() else "一二三四五六日天".index(weekday) % 7
    number = 6 if weekday == "天" else number
    monday = meeting - timedelta(days=meeting.weekday())
    weeks = {"本": 0, "这": 0, "上": -1, "下": 1, "下下": 2, "this": 0, "next": 1}.get(which.lower())
    if weeks is None:
        return meeting + timedelta(days=(number - meeting.weekday()) % 7)
    return monday + timedelta(days=number + 7 * weeks)


def _after(count: int, unit: str, meeting: date) -> date | None:
    if unit.startswith(("月", "month")):
        year, month = _month_after(meeting, count)
        return date(year, month, min(meeting.day, calendar.monthrange(year, month)[1]))
    week = unit.startswith(("周", "星期", "礼拜", "week"))
    return meeting + timedelta(days=count * (7 if week else 1))


def _month_after(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1


def _coming(month: int, day: int, meeting: date) -> date | None:
    """The next such day, or that of this year where it is past by less than half a year: notes are written late."""
    this = _date(meeting.year, month, day)
    if this is None or this >= meeting - timedelta(days=182):
        return this
    return _date(meeting.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _count(words: str) -> int:
    if words.isdigit():
        return int(words)
    return _WORDS.get(words.lower()) or int(han_number(words.replace("两", "二")))
