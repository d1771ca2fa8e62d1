"""Reads days and times of day: ``11月11日``, ``2026/11/11``, ``Nov 11th``, ``周六``, ``晚上9点半``, ``明天``."""

import re
from collections.abc import Iterator
from functools import cache

from .facts import Fact, Make, words
from .numbers import NUMBER, number

_AFTERNOON = re.compile(r"下午|晚|傍晚|夜|p\.?m", re.IGNORECASE)
_PART_OF_DAY = "上午|下午|早上|中午|晚上|傍晚|凌晨|晚|早"


@cache
def dates() -> list[tuple[str, Make]]:
    """Patterns over half-width text with what each match states, in the order in which they are to be tried."""
    known = words()
    months = "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in known["months"])
    day = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in known["relative_dates"].items())
    week = "|".join(f"(?P<w{place}>{pattern})" for place, pattern in enumerate(known["weekdays"]))
    return [
        (
            rf"(?P<y>\d{{4}}|[二两][零〇一二三四五六七八九]{{3}})\s*年\s*(?P<m>{NUMBER})\s*月(?:\s*(?P<d>{NUMBER})\s*[日号])?",
            _day,
        ),
        (r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)", _day),
        (r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})(?!\d)", _either),
        (
            rf"\b(?P<name>{months})\.?\s+{day}\b(?:,?\s+(?P<y>\d{{4}}))?(?!\s*(?:days?|weeks?|months?|years?|hours?|%))",
            _day,
        ),
        (rf"\b{day}\s+(?:of\s+)?(?P<name>{months})\b\.?(?:,?\s+(?P<y>\d{{4}}))?", _day),
        (
            rf"\b(?:in|by|until|since|of|from|before|early|late)\s+(?P<name>{months})\b(?:\s+(?P<y>\d{{4}}))?(?P<d>)",
            _day,
        ),
        (rf"(?P<m>{NUMBER})\s*月\s*(?P<d>{NUMBER})\s*[日号]", _day),
        (r"(?<![\d个])(?P<m>1[0-2]|[1-9])月(?:份|底|初|中旬|上旬|下旬)(?P<d>)", _day),
        (r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*年(?P<m>)(?P<d>)", _day),
        (r"(?P<n>\d{1,2})\s*[号日](?=前|之前|起|以?后|至|到)", _day_of_month),
        (
            rf"(?P<part>{_PART_OF_DAY})?\s*(?P<h>[01]?\d|2[0-4])[:：](?P<min>[0-5]\d)(?:\s*(?P<ampm>[ap]\.?m\b\.?))?",
            _time,
        ),
        (r"\b(?P<h>1[0-2]|[1-9])(?P<min>)(?P<part>)\s*(?P<ampm>[ap]\.?m\b\.?)", _time),
        (rf"(?P<part>{_PART_OF_DAY})\s*(?P<h>{NUMBER})\s*点钟?(?P<min>半|{NUMBER}分)?(?P<ampm>)", _time),
        (
            r"(?P<part>)(?P<h>\d{1,2})\s*点钟?(?P<min>半)?(?P<ampm>)(?:(?=\s*(?:[-–—~至到开关前后以之]|打烊|营业))|(?<=[至到]..点)|(?<=[至到].点))",
            _time,
        ),
        (week, _named),
        (named, _named),
    ]


def _day(match: re.Match[str]) -> Iterator[Fact]:
    groups = match.groupdict()
    year = _whole(groups.get("y"))
    month = _month(groups["name"]) if groups.get("name") else _whole(groups.get("m"))
    day = _whole(groups.get("d"))
    if (month or 1) > 12 or (day or 1) > 31:
        return
    yield _date(year, month, day, match.group())


def _either(match: re.Match[str]) -> Iterator[Fact]:
    """``11/12/2026``: month and day in either order."""
    year, first, second = (int(match[name]) for name in ("y", "m", "d"))
    one, other = (_date(year, *pair, match.group()) for pair in ((first, second), (second, first)))
    yield one if first <= 12 else other


def _date(year: int | None, month: int | None, day: int | None, said: str) -> Fact:
    """A day says its month, its year and the day without the year too."""

    def written(with_year: int | None, with_day: int | None) -> str:
        parts = (with_year and f"{with_year}", month and f"{month:02}", with_day and f"{with_day:02}")
        return "-".join(str(part or "?") for part in parts)

    also = {written(year, None), written(None, day), written(None, None), f"{year or '?'}-?-?"} if month else set()
    return Fact("date", written(year, day), said.strip(), also=frozenset(also - {"?-?-?"}))


def _day_of_month(match: re.Match[str]) -> Iterator[Fact]:
    yield Fact("date", f"?-?-{int(match['n']):02}", match.group())


def _time(match: re.Match[str]) -> Iterator[Fact]:
    hour = _whole(match["h"]) or 0
    minute = 30 if match["min"] == "半" else _whole((match["min"] or "0").rstrip("分")) or 0
    later = _AFTERNOON.search((match["part"] or "") + (match["ampm"] or ""))
    if later and hour < 12:
        hour += 12
    if hour <= 24 and minute < 60:
        yield Fact("date", f"{hour:02}:{minute:02}", match.group().strip())


def _named(match: re.Match[str]) -> Iterator[Fact]:
    yield Fact("date", next(name for name, said in match.groupdict().items() if said), match.group())


def _month(name: str) -> int:
    return next(place for place, month in enumerate(words()["months"], 1) if month[:3] == name[:3].casefold())


def _whole(said: str | None) -> int | None:
    value = number(said) if said else None
    return None if value is None else int(value)
