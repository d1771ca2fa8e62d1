# ruff: noqa: E501  # a pattern is read best in one piece
"""Date spans of resumes in Chinese and English, and their arithmetic in months."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .taxonomy import folded

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_NAME = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = r"(?:[./-]\d{1,2}|\s?月\s?\d{1,2}\s?日)?"
_POINT = (
    rf"(?:(?:(?P<v{{n}}>{_YEAR})\s*年?\s*(?P<t{{n}}>spring|summer|fall|autumn|winter|[春夏秋冬](?:季|天)?))|"
    rf"(?P<y{{n}}>{_YEAR})\s?(?:年\s?(?:(?P<m{{n}}>\d{{{{1,2}}}})(?:\s?月(?:\s?\d{{{{1,2}}}}\s?日)?|(?=\D))|份)?"
    rf"|[./-]\s?(?P<k{{n}}>\d{{{{1,2}}}})(?:[./-]\d{{{{1,2}}}})?月?)?(?!\d)"
    rf"|(?:(?P<s{{n}}>spring|summer|fall|autumn|winter)(?: of)?,?\s+(?P<w{{n}}>{_YEAR}|[’']\d\d))"
    rf"|(?P<a{{n}}>{_NAME})\.?,?\s*(?:\d{{{{1,2}}}}(?:st|nd|rd|th)?,?\s+)?[’']?(?P<b{{n}}>{_YEAR}|(?<=[’'])\d\d)"
    rf"|(?P<c{{n}}>\d{{{{1,2}}}})\s?[./]\s?(?:\d{{{{1,2}}}}[./])?(?P<d{{n}}>{_YEAR}))"
)
_NOW = r"(?P<now>至今|迄今|到现在|现在|今|目前|现职|present|current|currently|now|to date|till date|ongoing)"
_TO = (
    r"\s*(?:-{1,3}|–|—{1,2}|―|~|～|至|到|\bto\b|\buntil\b|\bthrough\b|\bthru\b|\btill\b|－|‐|‑|−|→|˗|一|>{1,2}|⟶|=>)\s*"
)
_SPAN = re.compile(
    rf"(?<![\d.]){_POINT.format(n=1)}(?:{_TO}(?:{_POINT.format(n=2)}|{_NOW}(?![a-z]))|\s?(?P<open>至今|起|to date|till date|to present|onwards?\b|[～~](?=\s+[^\d\s])))",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"(?:since|自|从)\s*{_POINT.format(n=1)}", re.IGNORECASE)
_SINGLE = re.compile(rf"(?<![\d.]){_POINT.format(n=1)}", re.IGNORECASE)
_YEAR_SAID = re.compile(r"[0-9０-９]{2}")
_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12, "春": 3, "夏": 6, "秋": 9, "冬": 12}
_LEFT = re.compile(
    r"^[^。；;\n]{0,16}?(?:离职|离开|辞职|辞去|辞任|退休|结束|为止|止(?!损)|\bleft\b|\bended\b|\bresigned\b|\bquit\b)"
)
_AHEAD = 72
"""Months that a course or a contract may still run; what ends later is a slip of the pen."""
_SENTENCE_END = re.compile(r"[。；;\n]|\.\s")


@dataclass(frozen=True, slots=True)
class Span:
    """From month ``first`` to month ``last``, both included, counted from year 0. ``start``/``end``: where it stands.

    Months that are not given are taken as the middle of the year, so that 2018-2020 is two years. ``now``: it says
    "until today". ``valid`` is False for what cannot be: the end before the start, a thirteenth month, the future.
    """

    first: int
    last: int
    start: int
    end: int
    now: bool = False
    valid: bool = True
    by_year: bool = False

    @property
    def months(self) -> int:
        return max(self.last - self.first + 1, 0) if self.valid else 0


def spans(text: str, today: date) -> Iterator[Span]:
    """The date spans of ``text`` in order; one that is still running ends in the month of ``today``."""
    if not _YEAR_SAID.search(text):
        return
    plain = folded(text)
    this_month = today.year * 12 + today.month - 1
    matches = sorted([*_SPAN.finditer(plain), *_SINCE.finditer(plain)], key=lambda match: match.start())
    reached = -1
    for match in matches:
        if match.start() < reached:
            continue
        reached = end = match.end()
        first, first_ok, first_year = _point(match, 1, ending=False)
        groups = match.groupdict()
        running = bool(groups.get("now") or groups.get("open")) or match.re is _SINCE
        if running:
            last, last_ok, last_year = this_month, True, False
            if not groups.get("now") and (left := _left(plain, match.end())):
                last, end = left
                reached, running = end, False
        else:
            last, last_ok, last_year = _point(match, 2, ending=True)
        by_year = first_year or last_year
        if first_year and last_year and first // 12 == last // 12:
            first, last = first // 12 * 12, first // 12 * 12 + 11
            last = min(last, this_month) if first <= this_month else last
        valid = first_ok and last_ok and first <= last and first <= this_month and last <= this_month + _AHEAD
        yield Span(first, min(last, this_month) if valid else last, match.start(), end, running, valid, by_year)


def _left(plain: str, place: int) -> tuple[int, int] | None:
    """(the month, where it ends) in which what began before ``place`` is said to have ended, in the same sentence."""
    stop = _SENTENCE_END.search(plain, place)
    for month, _, end in points(plain[place : stop.start() if stop else len(plain)]):
        if _LEFT.match(plain[place + end : place + end + 24]):
            return month, place + end
    return None


def points(text: str) -> Iterator[tuple[int, int, int]]:
    """(month from year 0, start, end) of each single date of ``text``."""
    for match in _SINGLE.finditer(folded(text)):
        month, valid, _ = _point(match, 1, ending=True)
        if valid:
            yield month, match.start(), match.end()


def _point(match: re.Match[str], n: int, *, ending: bool) -> tuple[int, bool, bool]:
    """(month from year 0, whether there is such a month, whether only the year is given)."""
    part = match.groupdict()
    year, month = part.get(f"y{n}"), part.get(f"m{n}") or part.get(f"k{n}")
    if part.get(f"b{n}"):
        year, month = part[f"b{n}"], str(_MONTHS[part[f"a{n}"]])
    elif part.get(f"d{n}"):
        year, month = part[f"d{n}"], part[f"c{n}"]
    elif part.get(f"w{n}"):
        year, month = part[f"w{n}"].lstrip("’'"), str(_SEASONS[part[f"s{n}"]])
    elif part.get(f"v{n}"):
        year, month = part[f"v{n}"], str(_SEASONS[part[f"t{n}"].rstrip("季天")])
    number = int(year or 0)
    if number < 100:
        number += 2000 if number < 50 else 1900
    if not month:
        return number * 12 + (5 if ending else 6), True, True
    return number * 12 + int(month) - 1, 1 <= int(month) <= 12, False


def union(parts: Iterable[Span]) -> int:
    """How many months the spans cover together, months in several of them counted once."""
    total, reached = 0, -1
    for span in sorted((span for span in parts if span.valid), key=lambda span: span.first):
        total += max(span.last - max(span.first, reached + 1) + 1, 0)
        reached = max(reached, span.last)
    return total


def label(month: int) -> str:
    """A month from year 0 as ``2021-03``."""
    return f"{month // 12}-{month % 12 + 1:02d}"
