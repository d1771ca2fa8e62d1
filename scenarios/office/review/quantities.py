"""Quantities that a rule states, each with what it does in its sentence: a limit, a threshold, a lead, how often."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import yaml

from workbench.language import han_number

Bearing = Literal["over", "under", "most", "least", "exact"]
"""``over`` and ``under`` say when a sentence holds (10 万元以上的 ...), the others what it asks for."""

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90, "half": 0.5,
}  # fmt: skip
_CODE = {"¥": "CNY", "￥": "CNY", "rmb": "CNY", "cny": "CNY", "yuan": "CNY", "元": "CNY", "块": "CNY", "人民币": "CNY",
         "$": "USD", "usd": "USD", "dollars": "USD", "dollar": "USD", "美元": "USD", "us$": "USD",
         "€": "EUR", "eur": "EUR", "euros": "EUR", "euro": "EUR", "欧元": "EUR", "£": "GBP", "gbp": "GBP",
         "pounds": "GBP", "hkd": "HKD", "港元": "HKD"}  # fmt: skip
_SCALE = {"": 1, "千": 10**3, "k": 10**3, "thousand": 10**3, "万": 10**4, "百万": 10**6, "million": 10**6, "亿": 10**8}
_DAYS = {"working days": 1.0, "minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.4,
         "quarters": 91.3, "years": 365.0}  # fmt: skip
_EVER = 1e6  # days: longer than any other time
_YEARLY = {"年": 1, "年度": 1, "半年": 2, "季": 4, "季度": 4, "月": 12, "周": 52, "星期": 52, "日": 365, "天": 365,
           "year": 1, "quarter": 4, "month": 12, "week": 52, "day": 365, "annually": 1, "yearly": 1, "quarterly": 4,
           "monthly": 12, "weekly": 52, "daily": 365, "half-yearly": 2, "semi-annually": 2, "biannually": 2,
           "fortnightly": 26, "一年": 1, "全年": 1, "一季度": 4, "一个月": 12, "一月": 12, "一周": 52, "按年": 1,
           "按季": 4, "按季度": 4, "按月": 12, "按周": 52, "逐日": 365, "逐月": 12, "月度": 12}  # fmt: skip


@cache
def _written() -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("quantities.yaml").read_text("utf-8"))
    return written


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The pattern of that name; those of a group and of a line as ``lead.before`` and ``before.0``."""
    found: Any = _written()
    for key in name.split("."):
        found = found[int(key)][1] if key.isdigit() else found[key]
    words = {key: value for key, value in _written().items() if isinstance(value, str)}
    return re.compile(re.sub(r"\|\s+", "|", re.sub(r"\)\*\s+", ")*", found)).format(**words), re.IGNORECASE)


@cache
def _quantity() -> re.Pattern[str]:
    money = "|".join(sorted(map(re.escape, _CODE), key=len, reverse=True))
    units = "|".join(f"(?P<{name.replace(' ', '_')}>{words})" for name, words in _written()["time"].items())
    scale, number = _pattern("scale").pattern, _pattern("number").pattern
    amount = rf"(?P<before>{money})\s*(?P<sum>\d+(?:,\d{{3}})*(?:\.\d+)?)\s*(?P<times>{scale})?(?:元)?"
    thing = rf"(?:[a-z]+ )?(?P<thing>{_pattern('thing').pattern})(?![a-z])"
    counted = rf"(?P<count>{number})\s*(?P<scale>{scale})?\s*(?:余|多)?(?:(?P<money>{money})|{units}|{thing})"
    return re.compile(rf"(?P<percent>{_pattern('percent').pattern})|{amount}|{counted}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """``low`` to ``high`` is what it may mean: money in its currency, percent, days, else a count of ``kind``.

    A working day is one to 1.4 days and more, so that ten of them and two weeks are the same. ``unit`` is as it was
    written; ``lead`` days lie before something. ``per`` is what it counts for: a night, a person.
    """

    kind: str
    unit: str
    value: float
    low: float
    high: float
    bearing: Bearing
    shown: str
    start: int
    end: int
    lead: bool = False
    per: frozenset[str] = frozenset()

    def same(self, other: "Quantity") -> bool:
        """Whether they may mean the same."""
        if self.unit == other.unit:
            return abs(self.value - other.value) < 1e-9
        return self.low <= other.high and other.low <= self.high


def plain(sentence: str) -> str:
    """Half width but for the stops, and days of the calendar and numbers of articles blotted out: no quantities."""
    half = re.sub(r"[^，；：。]+", lambda part: unicodedata.normalize("NFKC", part.group()), sentence)
    return _pattern("calendar").sub(lambda day: " " * len(day.group()), half)


def quantities(sentence: str) -> list[Quantity]:
    """The quantities in a sentence, in order, without those that say how often."""
    words = plain(sentence)
    often = [found.span() for found in _pattern("often").finditer(words) if _yearly(found, words)]
    made = []
    for found in _quantity().finditer(words):
        one = _read(found, words)
        idle = (one.kind == "次" and often) or (one.kind == "个" and one.value == 1)
        if not idle and not any(begin < found.end() and found.start() < end for begin, end in often):
            made.append(one)
    if same := _pattern("same day").search(words):
        made.append(Quantity("time", "days", 0, 0, 1, "most", same.group(), same.start(), same.end()))
    if ever := _pattern("ever").search(words):
        made.append(Quantity("time", "days", _EVER, _EVER, _EVER, "exact", ever.group(), ever.start(), ever.end()))
    for day in _pattern("yearly day").finditer(unicodedata.normalize("NFKC", sentence)):
        at = int(day["month"]) * 31.0 + int(day["day"])
        made.append(Quantity("day of the year", "day", at, at, at, "exact", day.group(), day.start(), day.end()))
    return _ranges(made, words)


def _ranges(found: list[Quantity], words: str) -> list[Quantity]:
    """``2 万元至 20 万元的`` and ``between 1,000 and 2,000`` say when it holds: over the one, under the other."""
    made = list(found)
    for at, (low, high) in enumerate(pairwise(found)):
        between, before, after = words[low.end : high.start], words[: low.start], words[high.end :]
        if low.kind != high.kind or not _pattern("range.joined").fullmatch(between):
            continue
        if _pattern("range.before").search(before) or _pattern("range.after").match(after):
            made[at], made[at + 1] = replace(made[at], bearing="over"), replace(high, bearing="under")
    return made


def _read(found: re.Match[str], words: str) -> Quantity:
    before, after = words[max(found.start() - 16, 0) : found.start()].lower(), words[found.end() :][:14].lower()
    part = found.groupdict()
    kind, unit, value = "percent", "percent", 0.0
    if part["percent"]:
        value = _percent(part["percent"])
    elif part["before"] or part["money"]:
        kind = unit = _CODE[(part["before"] or part["money"]).lower()]
        value = _number(part["sum"] or part["count"]) * _SCALE[(part["times"] or part["scale"] or "").lower()]
    elif part["thing"]:
        kind = unit = _thing(part["thing"].lower())
        value = _number(part["count"]) * _SCALE[(part["scale"] or "").lower()]
    else:
        unit = next(name for name in _written()["time"] if part[name.replace(" ", "_")])
        kind, value = "time", _number(part["count"])
    low = high = value
    if kind == "time" and re.search(r"(?:每|次|当|本)月\s*(?:前)?$", before):
        kind = unit = "day of the month"
    if kind == "time":
        low = high = value * _DAYS[unit]
        if unit == "working days":
            high = value * 1.4 + 2 * (value >= 2)
        elif unit in ("weeks", "months", "quarters", "years"):
            low, high = low * 0.97, high * 1.03
    near = _pattern("lead.before").search(before) or _pattern("lead.after").match(after)
    lead = kind == "time" and bool(near) and not _pattern("lead.never").search(before)
    bearing = _bearing(before, after, lead)
    clause = re.split(r"[，。；;,]", words[: found.start()])[-1] + re.split(r"[，。；;,]", words[found.start() :])[0]
    per = frozenset(_unit_of(one) for one in _pattern("per").findall(clause))
    return Quantity(kind, unit, value, low, high, bearing, found.group().strip(), found.start(), found.end(), lead, per)


def _bearing(before: str, after: str, lead: bool) -> Bearing:
    """What a quantity is by the words around it."""
    for side, words in (("before", before), ("after", after)):
        for number, (bearing, _) in enumerate(_written()[side]):
            pattern = _pattern(f"{side}.{number}")
            if pattern.search(words) if side == "before" else pattern.match(words):
                found: Bearing = bearing
                return found
    return "least" if lead else "exact"


def _percent(words: str) -> float:
    if words[1:3] == "分之":
        whole, _, part = words[3:].partition("点")
        value = han_number(whole) + (han_number(part) / 10 ** len(part) if part else 0.0)
        return value * (1 if words[0] == "百" else 0.1)
    if words[-1] in "成折":
        return 50.0 if words[0] == "半" else 10 * _number(words[0])
    digits = re.match(r"[\d.]+|[a-z]+", words.lower())
    return _number(digits.group() if digits else "0") * (0.1 if words.endswith("‰") else 1)


def _number(words: str) -> float:
    words = words.strip().lower()
    if words in _WORDS:
        return _WORDS[words]
    if words == "半":
        return 0.5
    return float(words.replace(",", "")) if words[0].isascii() else float(han_number(words.replace("两", "二")))


def _thing(word: str) -> str:
    word = re.sub(r"ies$", "y", word)
    word = word.rstrip("s") if word.isascii() and not word.endswith("ss") else word
    alike = {"名": "人", "quotation": "quote", "bid": "quote", "offer": "quote", "person": "people", "time": "次"}
    return alike.get(word, word)


def _unit_of(word: str) -> str:
    plain = word.lower().removeprefix("per ").removeprefix("a ").strip()
    known = {"每天": "day", "每日": "day", "daily": "day", "每晚": "night", "nightly": "night", "每月": "month",
             "monthly": "month", "每年": "year", "annual": "year", "yearly": "year", "每人": "person", "人均": "person",
             "每位": "person"}  # fmt: skip
    return known.get(plain, plain)


def frequency(sentence: str) -> list[tuple[float, str]]:
    """How often a sentence asks for something, times a year, and the words; not what an amount is counted by."""
    words = plain(sentence)
    found = [(_yearly(one, words), one.group().strip()) for one in _pattern("often").finditer(words)]
    return [(times, shown) for times, shown in found if times]


def _yearly(found: re.Match[str], words: str) -> float:
    part = {name: value or "" for name, value in found.groupdict().items()}
    behind = words[found.end() : found.end() + 12]
    if part["unit"] and _pattern("amount").match(behind):
        return 0.0  # 每天 80 元
    if part["word"] and _pattern("rate").match(behind):
        return 0.0
    if part["word"] or part["han"]:
        return float(_YEARLY[(part["word"] or part["han"]).lower()])
    unit = (part["unit"] or part["unit2"] or part["unit3"].rstrip("s") or part["unit4"]).lower()
    n = part["n"] or part["n3"].strip().lower()
    if unit == "年" and n == "半":
        n, unit = "", "半年"
    every = 1.0
    if n and n not in ("other", "calendar", "single"):
        every = _number(n) if n in _WORDS or n[0].isdigit() or not n.isascii() else 1.0
    times4 = part["times4"].lower().removesuffix(" times").strip()
    later = re.match(r"[^，。；\d]{0,10}?(\d+|[一二两三四五六七八九十]+)次", behind)
    told = part["times"] or part["times2"] or (later.group(1) if later and part["unit"] else "")
    often = {"once": 1.0, "twice": 2.0} | _WORDS
    times = often.get(times4, 1.0) if times4 else _number(told) if told else 1.0
    return times * _YEARLY[unit] / (every or 1.0)


def unquantified(sentence: str) -> str:
    """The sentence without its quantities and without how often: what it speaks of."""
    return _quantity().sub(" ", _pattern("often").sub(" ", plain(sentence)))
