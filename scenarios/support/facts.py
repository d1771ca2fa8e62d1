"""Reads the facts that a text states, each in one writing: ``7天``, ``七日`` and ``seven days`` are the same duration.

What is read: amounts of money, percentages (a discount counts as what is left and as what is taken off), durations,
multiples, dates and times of day, links, mail addresses and telephone numbers, and other figures written in digits.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from workbench.language import figures, without_markers

from .numbers import ENGLISH, NUMBER, number, plain

Kind = Literal["amount", "percent", "duration", "date", "multiple", "link", "figure"]

_WORDS = Path(__file__).with_name("facts.yaml")
_RANGE = rf"(?:(?P<low>{NUMBER})\s*(?:[-–—~～至到或]|to|or)\s*)?"
_LINK = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>(?:https?://|www\.)[^\s，。；、）)」』”\"'<>\]]+"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|io|gov|edu|shop|store|info|app|hk)\b(?:/[^\s，。；、）)”\"'<>\]]*)?)"
    r"|(?<![\w-])(?P<phone>\+?(?:\d{1,3}[- ])?(?:\(\d{3}\) ?|\d{3}[- .])\d{3,4}[- .]\d{4}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|0\d{2,3}-\d{7,8}|[48]00-?\d{3,4}-?\d{3,4}|\+\d{8,14})(?![\w-]*\d)",
    re.IGNORECASE,
)
_ORDER = re.compile(r"\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9-]{6,}\b", re.IGNORECASE | re.ASCII)
_FIGURE = re.compile(r"(?<![A-Za-z\d.])(?<![A-Za-z]-)\d[\d,]*(?:\.\d+)?")
_LISTED = re.compile(r"^\s*(?:\d{1,2}(?:\.(?!\d)|[、)])|[（(]\d{1,2}[）)])\s*", re.MULTILINE)
_ALONE = re.compile(r"(?:(?<=[|:：\"\[,])|^)\s*[¥$]?(\d[\d,]*(?:\.\d+)?)\s*(?=[|,}\]\n\"]|$)", re.MULTILINE)


_WHOLE = r"(?:whole|full|free|extra|additional|further)"
_MANY = {"千": 1000, "k": 1000, "thousand": 1000, "万": 10_000, "million": 1_000_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated fact. ``value`` is its one writing, ``also`` others that say no more than it does (a day of a date),
    ``number`` the bare number in it, ``said`` the words."""

    kind: Kind
    value: str
    said: str
    number: str = ""
    also: frozenset[str] = frozenset()


Make = Callable[[re.Match[str]], Iterator[Fact]]
Reader = tuple[re.Pattern[str], Make]


@dataclass
class _Text:
    """A text being read: what one reader took is blanked for the next."""

    left: str
    found: list[Fact] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str], make: Make) -> None:
        for match in list(pattern.finditer(self.left)):
            made = list(make(match))
            if made:
                self.found += made
                blank = " " * len(match.group())
                self.left = self.left[: match.start()] + blank + self.left[match.end() :]


def facts(text: str) -> list[Fact]:
    """The facts of ``text``, kind by kind. Citation markers and the numbers of a list count for nothing."""
    reading = _Text(_LISTED.sub("", folded(text)))
    reading.take(_LINK, _link)
    reading.take(_ORDER, lambda match: iter([Fact("figure", match.group().casefold(), match.group())]))
    for pattern, make in _readers():
        reading.take(pattern, make)
    reading.take(_FIGURE, _figure)
    return reading.found


def folded(text: str) -> str:
    """Half width, without citation markers."""
    return unicodedata.normalize("NFKC", without_markers(text))


@dataclass(frozen=True)
class Stated:
    """What a source states. ``bare`` are numbers that stand alone in a table or a record, their unit elsewhere."""

    values: frozenset[tuple[Kind, str]]
    bare: frozenset[str]
    numbers: frozenset[str]

    def holds(self, fact: Fact) -> bool:
        """Whether the source states ``fact``."""
        if fact.kind == "figure":
            return fact.value in self.numbers or (fact.kind, fact.value) in self.values
        alike = {fact.value, *fact.also} if fact.kind == "percent" else {fact.value}
        return any((fact.kind, value) in self.values for value in alike) or (
            bool(fact.number) and fact.number in self.bare
        )


@lru_cache(2048)
def stated(source: str) -> Stated:
    """Everything that ``source`` states."""
    found = facts(source)
    values = {(fact.kind, value) for fact in found for value in (fact.value, *fact.also)}
    bare = {plain(Decimal(digits.replace(",", ""))) for digits in _ALONE.findall(folded(source))}
    numbers = {figure.removesuffix("%") for figure in figures(folded(source))} | {fact.number for fact in found}
    return Stated(frozenset(values), frozenset(bare), frozenset(numbers))


@cache
def words() -> dict[str, Any]:
    """The words of ``facts.yaml``."""
    return cast("dict[str, Any]", yaml.safe_load(_WORDS.read_text("utf-8")))


def _link(match: re.Match[str]) -> Iterator[Fact]:
    said = match.group()
    if match["phone"]:
        yield Fact("link", re.sub(r"\D", "", said), said)
        return
    value = re.sub(r"^(https?://)?(www\.)?", "", said.casefold()).rstrip("/.,;:!?")
    yield Fact("link", value, said, also=frozenset({value.partition("/")[0]}))


def _figure(match: re.Match[str]) -> Iterator[Fact]:
    value = plain(Decimal(match.group().rstrip(",").replace(",", "")))
    yield Fact("figure", value, match.group(), value)


@cache
def _readers() -> list[Reader]:
    """Pattern and reader for each kind, in the order in which they take their words."""
    from .calendar_words import dates  # it makes facts, so it stands on this module

    known = words()
    sign, name, unit = (_named(known[group]) for group in ("currency_before", "currency_after", "durations"))
    many = r"(?P<many>[千万亿]|k\b|thousand\b|million\b)?"
    patterns: list[tuple[str, Make]] = [
        *dates(),
        (rf"(?:{sign})\s*{_RANGE}(?P<n>{NUMBER})\s*{many}(?:\s*(?:元|yuan\b))?", _amount),
        (
            rf"{_RANGE}(?P<n>{NUMBER})\s*{many}\s*-?(?:{name})(?P<tenths>[一二三四五六七八九\d](?=毛|角|(?!\w)))?",
            _amount,
        ),
        (
            rf"{_RANGE}(?P<n>{NUMBER})\s*(?:%|percent\b|per cent\b|个百分点)\s*(?P<off>off\b|discount\b|的?折扣)?",
            _percent,
        ),
        (rf"百分之(?P<n>{NUMBER})", _percent),
        (rf"(?P<n>{NUMBER})\s*(?P<left>折(?!叠|扣|旧|合))", _percent),
        (r"半价|\bhalf[- ](?:price|off)\b|一半|\bhalf (?:of|the|your)\b", _half),
        (rf"(?P<n>{NUMBER}|双)\s*倍|(?:退一|假一|买一|一)\s*[赔罚]\s*(?P<times>{NUMBER})", _multiple),
        (
            r"\b(?P<word>twice|double|triple|quadruple)\b|\b(?P<n>\d+|two|three|four|five|ten)[- ]?(?:times|fold)\b",
            _multiple,
        ),
        (rf"{_RANGE}(?P<n>{NUMBER}|半|half an?)(?P<half>个半|半)?\s*[- ]?个?(?:{unit})(?P<more>半)?", _duration),
        (rf"\b(?P<n>an?|one) (?:{unit}) and (?P<half>a half)(?P<more>)", _duration),
        (
            r"\b(?:within|lasts?|for|takes?|in|after|about|over) "
            rf"(?P<n>an?) (?:{_WHOLE} )?(?P<half>)(?:{unit})(?P<more>)",
            _duration,
        ),
        (rf"\b(?P<n>an?) {_WHOLE} (?P<half>)(?:{unit})(?P<more>)", _duration),
        (rf"满\s*(?P<n>{NUMBER})(?=\s*[就即可免包减送])", _yuan),
        (r"(?<=[收付扣花])\s*(?P<n>[二两三四五六七八九十百千][零一二三四五六七八九十百千]*)(?=[。，,;；!！]|$)", _yuan),
        (
            rf"(?P<n>[二两三四五六七八九十百]+|\b{ENGLISH}\b)\s*"
            r"(?:[次张台件遍回套只把]|个(?!月)|(?= (?!digits?\b)[a-z]))",
            _count,
        ),
    ]
    return [(re.compile(pattern, re.IGNORECASE), make) for pattern, make in patterns]


def _named(patterns: dict[str, Any]) -> str:
    """One pattern for all, each a group by its name."""
    return "|".join(f"(?P<{name}>{one['words'] if isinstance(one, dict) else one})" for name, one in patterns.items())


def _numbers(match: re.Match[str]) -> Iterator[Decimal]:
    """The numbers of a match, the lower end of a range first."""
    for said in (match.groupdict().get("low"), match["n"]):
        value = number(said) if said else None
        if value is not None:
            yield value


def _of(group: str, match: re.Match[str]) -> str:
    """Which name of a group of ``facts.yaml`` matched."""
    return next(str(name) for name in words()[group] if match.groupdict().get(name))


def _amount(match: re.Match[str]) -> Iterator[Fact]:
    before = "tenths" not in match.groupdict()
    currency = _of("currency_before" if before else "currency_after", match)
    times = _MANY[match["many"].casefold()] if match["many"] else 1
    tenths = number(match["tenths"]) if not before and match["tenths"] else None
    for value in _numbers(match):
        total = plain(value * times + (tenths or Decimal()) / 10)
        yield Fact("amount", f"{currency} {total}", match.group().strip(), total)


def _percent(match: re.Match[str]) -> Iterator[Fact]:
    """``八折`` and ``20% off`` state what is left (80) and what is taken off (20)."""
    parts = match.groupdict()
    for value in _numbers(match):
        bare = plain(value)
        if parts.get("left"):
            value = value * 10 if value < 10 else value
        also = {plain(100 - value)} if parts.get("left") or parts.get("off") else set()
        yield Fact("percent", plain(value), match.group().strip(), bare, frozenset(also))


def _half(match: re.Match[str]) -> Iterator[Fact]:
    yield Fact("percent", "50", match.group())


def _yuan(match: re.Match[str]) -> Iterator[Fact]:
    """An amount without its unit: ``满三百包邮``, ``只收二十``."""
    for value in _numbers(match):
        yield Fact("amount", f"CNY {plain(value)}", match.group().strip(), plain(value))


def _count(match: re.Match[str]) -> Iterator[Fact]:
    """How many in words: ``两次``, ``two cleanings``. One says nothing: ``一个``, ``this one``."""
    for value in _numbers(match):
        if value > 1:
            yield Fact("figure", plain(value), match.group().strip(), plain(value))


def _multiple(match: re.Match[str]) -> Iterator[Fact]:
    """``三倍``, ``双倍``, ``假一赔十``, ``double``, ``ten times``."""
    parts = match.groupdict()
    said = next(filter(None, (parts.get(name) for name in ("n", "times", "word"))), "")
    value = {"双": 2, "twice": 2, "double": 2, "triple": 3, "quadruple": 4}.get(said.casefold(), number(said))
    if value is not None:
        yield Fact("multiple", plain(Decimal(value)), match.group(), plain(Decimal(value)))


def _duration(match: re.Match[str]) -> Iterator[Fact]:
    unit = words()["durations"][_of("durations", match)]
    half = Decimal("0.5") if match["half"] or match["more"] else Decimal(0)
    for value in list(_numbers(match)) or [Decimal(1)]:  # within a week
        length = plain((value + half) * unit["times"])
        yield Fact("duration", f"{length} {unit['of']}", match.group().strip(), plain(value + half))
