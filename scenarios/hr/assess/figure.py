# ruff: noqa: E501  # a pattern is read best in one piece
"""A number with its unit in a rule, and the same figure with another number, spelt as it was: 三天, $500, two nurses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.language import han_number

_TIME = "个?工作日|个?自然日|天|日|小时|分钟|个月|周"
_TIMES = r"(?:business |working |calendar )?days?|hours?|minutes?|months?|weeks?|years?"
_UNIT = (
    rf"{_TIME}|年(?!度|龄|版|\s?\d{{1,2}}\s?月)|万元|元|%|％|个百分点|次|人|名|件|份|倍|公里|厘米|毫米|米|公斤|千克|吨|℃|级|个(?=货位|样本|点)|"
    rf"{_TIMES}|percent|yuan|rmb|cny|usd|dollars?|euros?|pounds?|times|people|copies|kilometres|kilometers|metres|meters|km|cm|kg"
)
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FIGURE = re.compile(
    rf"(?<![\d.,\-–/第:：另每同任某各])(?P<n>\d[\d,]*(?:\.\d+)?|(?!一[次人名件份米级倍])[一二两三四五六七八九十百]{{1,4}})(?P<gap>\s?)(?P<unit>{_UNIT})(?![a-z])"
    rf"|(?P<sign>[$¥￥€£]\s?)(?P<money>\d[\d,]*(?:\.\d+)?)(?![\d%])"
    rf"|\b(?P<one>one)\s(?P<time>{_TIMES})\b|\b(?P<word>{'|'.join(_WORDS[2:])})\s(?P<thing>{_TIMES}|[a-z]{{3,}}s)\b",
    re.IGNORECASE,
)
"""A single 一 with a thing (另一名, 一次) is a manner of speaking more often than a rule; with a time it is one."""


@dataclass(frozen=True)
class Figure:
    """``unit`` without its plural; ``before`` and ``after`` are what stands around the number itself."""

    start: int
    end: int
    value: float
    unit: str
    before: str
    digits: str
    after: str

    def spelt(self, value: float) -> str:
        """The figure with another number."""
        if self.digits[0].isdigit():
            number = plain(value, commas="," in self.digits)
        elif self.digits[0].isascii():
            whole = value == int(value) and value < len(_WORDS)
            number = _WORDS[int(value)] if whole else plain(value)
            number = number.capitalize() if self.digits[0].isupper() else number
        else:
            number = han(value)
        after = self.after
        if after.strip().isascii() and re.search("[a-z]{3}", after) and after.strip() not in ("percent", "people"):
            after = after.removesuffix("s") + ("" if value == 1 else "s") if self._counted else after
        return f"{self.before}{number}{after}"

    @property
    def _counted(self) -> bool:
        return bool(re.search(r"(?:day|hour|minute|month|week|year|dollar|euro|pound|time)s?$", self.after)) or (
            not self.digits[0].isdigit()
        )


def figures_in(text: str) -> Iterator[Figure]:
    """The figures of a statement, in order."""
    for match in _FIGURE.finditer(text):
        digits = match["n"] or match["money"] or match["one"] or match["word"]
        name = match["unit"] or match["time"] or match["thing"] or match["sign"].strip()
        place = match.start() + len(match["sign"] or "")
        after = text[place + len(digits) : match.end()]
        unit = name.lower().removeprefix("个").replace("％", "%")
        unit = unit.removesuffix("s") if unit.isascii() else unit
        yield Figure(*match.span(), _value(digits), unit, match["sign"] or "", digits, after)


def _value(digits: str) -> float:
    if digits[0].isdigit():
        return float(digits.replace(",", ""))
    return float(_WORDS.index(digits.lower()) if digits.isascii() else han_number(digits))


def plain(value: float, *, commas: bool = False) -> str:
    """A number without needless decimals."""
    return f"{round(value, 2):,}".removesuffix(".0") if commas else f"{round(value, 2)}".removesuffix(".0")


def han(value: float) -> str:
    """A whole number below 200 in Chinese numerals."""
    number, digits = int(value), "零一二三四五六七八九"
    if number >= 100:
        rest = number - 100
        return "一百" + ("零" + digits[rest] if 0 < rest < 10 else han(rest) if rest else "")
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")
