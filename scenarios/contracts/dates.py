"""Dates and spans of time in a text."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from .numerals import HAN, NUMBER, english_number, number

_Y = r"(?P<year>(?:19|20)\d\d|[一二][〇零○九一二三四五六七八]{3})"
_N = r"(?:\d{{1,{0}}}|[一二三四五六七八九十]{{1,3}})"
_CHINESE = re.compile(rf"(?<!\d){_Y}\s*年\s*(?P<month>{_N.format(2)})\s*月\s*(?:(?P<day>{_N.format(2)})\s*[日号])")
_NO_YEAR = re.compile(rf"(?<![\d.零一二三四五六七八九十]){_N.format(2)}\s*月\s*{_N.format(2)}\s*[日号]")
_NUMERIC = re.compile(
    r"(?<![\d./])(?<![A-Za-z_\u4e00-\u9fff][-/])(?P<year>(?:19"
    r"|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d|(?P=sep)\d{1,2}(?!\d))"
)
_MONTHS = {name: i for i, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join([*_MONTHS, *(name[:3] + r"\.?" for name in _MONTHS)])
_ENGLISH = re.compile(
    rf"\b(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>(?:19|20)\d\d)\b|"
    rf"\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day\s+of)?\s+(?P<m2>{_MONTH}),?\s+(?P<y2>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"(?<![\d.第{HAN}])(?P<number>{NUMBER})\s*(?:\(\s*(?P<again>{NUMBER})\s*\))?\s*"
    r"(?P<unit>周年|整年|年|个月|个自然月|个?日历天|天|日|个?工作日|周)(?![代度号])"
)
_ENGLISH_PERIOD = re.compile(
    r"\b(?:(?P<word>(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|"
    r"thirty-six|sixty|ninety)(?:-\w+)?)\s*(?:\((?P<again>\d+)\))?"
    r"|(?P<number>\d+))[\s-]+(?P<unit>year|month|day|week)s?\b",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s*(?:起算?|开始|零时起?|\(含\)|\(含当日\)|\(含本日\)|当日)?\s*[,，]?\s*(?:至|到|-+|~|止于|直至|截至|to"
    r"|through|until|till"
    r"|(?:and )?(?:shall )?(?:(?:continu|run)(?:e|es|ing)? (?:until|through|to)|(?:end|expir|terminat)(?:s|e|es"
    r"|ing)?(?: on)?))\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written; ``day`` is None when there is no such day in the calendar."""

    start: int
    end: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time: ``count`` of years, months or days (``unit``)."""

    start: int
    end: int
    count: Decimal
    unit: str

    @property
    def months(self) -> Decimal:
        """The span in months, thirty days counted as one."""
        return self.count * {"year": Decimal(12), "month": Decimal(1), "day": Decimal(1) / 30}[self.unit]

    def after(self, first: date) -> date | None:
        """The day on which the span that begins on ``first`` is over (not a part of it); None past the calendar."""
        try:
            if self.unit == "day":
                return first + timedelta(days=int(self.count))
            months = self.count * (12 if self.unit == "year" else 1)
            if months != int(months):
                return None
            return add_months(first, int(months))
        except (OverflowError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class DateRange:
    """From a date to a date, both inside the range as written."""

    first: DateMention
    last: DateMention


def add_months(day: date, months: int) -> date:
    """The same day some months later, the month's last where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def dates(text: str) -> list[DateMention]:
    """The full dates of a folded text and those days without a year that no year has, in order."""
    found: list[DateMention] = []
    for pattern in (_CHINESE, _NUMERIC):
        for match in pattern.finditer(text):
            year = _year(match["year"])
            found.append(_mention(match, year, _small(match["month"]), _small(match["day"])))
    for match in _ENGLISH.finditer(text):
        month = _month(match["m1"] or match["m2"])
        found.append(_mention(match, int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"])))
    for match in _NO_YEAR.finditer(text):
        month, day = (_small(part) for part in re.findall(_N.format(2), match.group()))
        taken = any(other.start <= match.start() < other.end for other in found)
        if not taken and _day(2024, month, day) is None:
            found.append(DateMention(match.start(), match.end(), None))
    return sorted(found, key=lambda mention: mention.start)


def ranges(text: str, found: list[DateMention]) -> Iterator[DateRange]:
    """Neighbouring dates joined by 至, 到, a dash, "to" and the like."""
    for first, last in pairwise(found):
        if last.start - first.end <= 30 and _RANGE.fullmatch(text, first.end, last.start):
            yield DateRange(first, last)


def periods(text: str) -> list[Period]:
    """The spans of time of a folded text, in order."""
    found = []
    for match in _PERIOD.finditer(text):
        unit = match["unit"]
        kind = "year" if "年" in unit else "month" if "月" in unit else "day"
        if kind == "year" and re.match(r"\s*\d{1,2}\s*月|\s*_+\s*月", text[match.end() : match.end() + 8]):
            continue
        if kind == "day" and unit == "日" and text[max(match.start() - 1, 0)] in "月 ":
            continue
        if re.fullmatch("[零〇一二三四五六七八九]{2,}", match["number"]):
            continue  # 一九__年, 二〇二五年: digits of a year
        count = number(match["number"])
        if kind == "year" and count > 200:
            continue
        times = 7 if unit == "周" else 1
        found.append(Period(match.start(), match.end(), Decimal(str(count)) * times, kind))
    for match in _ENGLISH_PERIOD.finditer(text):
        unit = match["unit"].lower()
        count = int(match["number"] or match["again"] or english_number(match["word"]))
        found.append(
            Period(
                match.start(),
                match.end(),
                Decimal(count * (7 if unit == "week" else 1)),
                {"week": "day"}.get(unit, unit),
            )
        )
    return sorted(found, key=lambda period: period.start)


def _mention(match: re.Match[str], year: int, month: int, day: int) -> DateMention:
    return DateMention(match.start(), match.end(), _day(year, month, day))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(written: str) -> int:
    return int(written) if written.isdigit() else int(number(written.replace("○", "〇")))


def _small(written: str) -> int:
    return int(number(written))


def _month(name: str) -> int:
    return next(i for full, i in _MONTHS.items() if full.lower().startswith(name.rstrip(".").lower()))
