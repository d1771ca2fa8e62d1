"""Sums of money in a text: in figures, in Chinese words, in English words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbench.language import han_number

from .numerals import english_number

_DIGIT = "零〇壹贰貳弍叁參叄肆伍陆陸柒捌玖一二两三四五六七八九"
_UNIT = "十拾百佰千仟万萬亿億"
_CURRENCIES = {
    "人民币": "CNY", "RMB": "CNY", "CNY": "CNY", "¥": "CNY", "元": "CNY", "圆": "CNY", "圓": "CNY", "块": "CNY",
    "美元": "USD", "美金": "USD", "USD": "USD", "US$": "USD", "$": "USD", "DOLLARS": "USD", "DOLLAR": "USD",
    "港元": "HKD", "港币": "HKD", "HK$": "HKD", "HKD": "HKD", "欧元": "EUR", "EUR": "EUR", "€": "EUR", "EUROS": "EUR",
    "英镑": "GBP", "GBP": "GBP", "£": "GBP", "POUNDS": "GBP", "日元": "JPY", "JPY": "JPY",
}  # fmt: skip
_BEFORE = r"人民币|美元|美金|港币|港元|欧元|英镑|日元|RMB|CNY|USD|US\$|HK\$|HKD|EUR|GBP|JPY|[¥$€£]"
_AFTER = (
    r"(?:元人民币|圆人民币|人民币元?|美元|美金|港元|港币|欧元|日元|英镑|元|圆|圓|块|RMB|CNY|USD|HKD|EUR|GBP|(?:US "
    r"|U\.S\. )?[Dd]ollars?|[Ee]uros?)"
)
_MULTIPLES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 1000, "百": 100, "million": 10**6}
_MULTIPLES |= {"billion": 10**9, "": 1}
_FIGURES = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<gap>\s*:?\s*)(?<![\d.,])(?P<number>\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?"
    rf"|\d+(?:\.\d+)?)(?![\d])"
    rf"(?:\s*(?P<multiple>亿|千万|百万|万|千|百|[mb]illion))?(?:\s*(?P<after>{_AFTER}))?"
)
_WORDS = re.compile(
    rf"(?P<before>{_BEFORE})?\s*:?\s*(?P<whole>[{_DIGIT}{_UNIT}](?:[{_DIGIT}{_UNIT}]| (?=[{_DIGIT}{_UNIT}元圆]))*)"
    rf"(?P<after>美元|港元|港币|欧元|日元|英镑|元|圆|圓|(?=[整正]))"
    rf"(?:零?(?P<jiao>[{_DIGIT}])角)?(?:零?(?P<fen>[{_DIGIT}])分)?[整正]?"
)
_ENGLISH = re.compile(
    r"(?P<words>\b(?:(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|"
    r"million|billion)(?:[\s-]+and(?=[\s-]))?[\s-]*)+)(?P<after>(?:U\.?S\.? )?dollars|euros|pounds"
    r"|renminbi|RMB|yuan)\b",
    re.IGNORECASE,
)
_SAY = re.compile(
    r"\b(?:SAY\s+)?(?:US|U\.S\.)?\s*(?P<unit>DOLLARS|EUROS|POUNDS|RMB"
    r"|RENMINBI)\s*:?\s*(?P<words>[A-Za-z][A-Za-z\s-]{2,80}?)\s+ONLY\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile("[壹贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum: ``value`` in whole units of ``currency`` (ISO 4217). ``spelt``: in words; ``marked``: with a currency."""

    start: int
    end: int
    value: Decimal
    currency: str
    spelt: bool = False
    marked: bool = True
    before: str = ""
    after: str = ""


def amounts(text: str) -> list[Amount]:
    """The sums of a folded text, in order. Bare figures are no sums."""
    found = [*_figures(text), *_words(text), *_english(text), *_said(text)]
    return sorted(found, key=lambda amount: amount.start)


def bare_number(text: str, start: int, end: int) -> Amount | None:
    """The first number in ``text[start:end]`` as a sum without a currency."""
    match = _FIGURES.search(text, start, end)
    return _figure(match) if match else None


def shown(value: Decimal) -> str:
    """For people: thousands apart, no idle zeros."""
    plain = f"{value:,.2f}"
    return plain.removesuffix(".00")


def _figures(text: str) -> Iterator[Amount]:
    for match in _FIGURES.finditer(text):
        if match["before"] or match["after"]:
            yield _figure(match)


def _figure(match: re.Match[str]) -> Amount:
    value = Decimal(re.sub("[,，]", "", match["number"])) * _MULTIPLES[match["multiple"] or ""]
    before, after = match["before"] or "", match["after"] or ""
    start = match.start("before") if before else match.start("number")
    return Amount(start, match.end(), value, currency(before, after), False, bool(before or after), before, after)


def _words(text: str) -> Iterator[Amount]:
    for match in _WORDS.finditer(text):
        whole = match["whole"].replace(" ", "")
        capital = _CAPITAL.search(whole)
        round_ten = whole[0] == "十" and text[match.start() - 1 : match.start()] not in tuple("几数上")
        if not any(char in _DIGIT for char in whole) and not capital and not round_ten:
            continue  # 千元, 百元, 几十万元: a size, no sum
        if not match["after"] and not capital:
            continue
        value = Decimal(han_number(whole))
        value += Decimal(han_number(match["jiao"] or "零")) / 10 + Decimal(han_number(match["fen"] or "零")) / 100
        before, after = match["before"] or "", match["after"] or ""
        start = match.start("before") if before else match.start("whole")
        yield Amount(start, match.end(), value, currency(before, after), True, True, before, after)


def _english(text: str) -> Iterator[Amount]:
    for match in _ENGLISH.finditer(text):
        value = english_number(match["words"])
        if value:
            unit = match["after"].split()[-1].upper()
            yield Amount(match.start(), match.end(), Decimal(value), _CURRENCIES.get(unit, "CNY"), True, True)


def _said(text: str) -> Iterator[Amount]:
    for match in _SAY.finditer(text):
        value = english_number(match["words"])
        if value:
            yield Amount(
                match.start(), match.end(), Decimal(value), _CURRENCIES.get(match["unit"].upper(), "CNY"), True
            )


def currency(before: str, after: str) -> str:
    """ISO code of the mark before or after a figure; the one before counts when both stand there."""
    for mark in (before, after):
        mark = (
            mark.upper().replace("元人民币", "元").replace("圆人民币", "元").removeprefix("US ").removeprefix("U.S. ")
        )
        mark = "人民币" if mark.startswith("人民币") else mark
        if mark:
            return _CURRENCIES.get(mark, "CNY")
    return ""
