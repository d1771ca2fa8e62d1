# ruff: noqa: E501  # a pattern is read best in one piece
"""Salaries in Chinese and English, as yuan or another currency's units a month."""

import re
from dataclasses import dataclass

from .taxonomy import folded

_N = r"\d[\d,]*(?:\.\d+)*"
_U = r"k|千|w|万元?|元|块"
_RANGE = re.compile(
    rf"(?P<cur>s\$|hk\$|us\$|[$¥￥₹£€]|rmb|usd|cny|inr|rs\.?|sgd|hkd|eur|gbp|myr|pln|chf|cad|aud|jpy|krw|thb|sek|czk|人民币|新币|新元|港币|美元)?\s*(?P<a>{_N})\s*(?P<ua>{_U})?(?:\s*(?:-|–|~|～|至|到|\bto\b)\s*[$¥￥₹£€]?\s*(?P<b>{_N})\s*(?P<ub>{_U})?)?"
    rf"\s*(?P<cur2>元|rmb|usd|美元|人民币|dollars|sgd|hkd|eur|gbp|inr|myr|pln|chf|cad|aud|jpy|krw|thb|sek|czk|新币|新元|港币|€|£)?\s*(?P<per>(?:/|每|per |a |an )?\s*(?:年|月|year|annum|month|hour|小时|yr|mo\b|p\.?a\b\.?|annually|monthly))?",
    re.IGNORECASE,
)
_CODES = {
    "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "usd": "USD", "us$": "USD", "美元": "USD", "sgd": "SGD", "s$": "SGD",
    "新币": "SGD", "新元": "SGD", "hkd": "HKD", "hk$": "HKD", "港币": "HKD", "eur": "EUR", "€": "EUR", "gbp": "GBP",
    "£": "GBP", "inr": "INR", "₹": "INR", "myr": "MYR", "pln": "PLN", "chf": "CHF", "cad": "CAD", "aud": "AUD",
    "jpy": "JPY", "krw": "KRW", "thb": "THB", "sek": "SEK", "czk": "CZK",
}  # fmt: skip
_YEARLY = frozenset(("$", "us$", "usd", "dollars", "eur", "€", "gbp", "£", "欧元"))
_A_YEAR = 20_000
"""From this figure a salary in these currencies is a year's where nothing is said."""
_HOURS = 160
"""Hours of a month, for what is paid by the hour."""
_SCALE = {"k": 1e3, "千": 1e3, "w": 1e4, "万": 1e4, "万元": 1e4}


@dataclass(frozen=True, slots=True)
class Salary:
    """``low`` to ``high`` a month, at ``start`` to ``end`` of a text. A yearly figure is divided by twelve.

    ``currency`` is its ISO code, empty where the text does not say: 元 and $ are used for several.
    """

    low: float
    high: float
    start: int
    end: int
    currency: str = ""


def _amount(figure: str) -> float:
    """A figure with a comma, or in German a point, between its thousands."""
    plain = figure.replace(",", "")
    return float(plain.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain) else plain)


def salaries(text: str) -> list[Salary]:
    """The salaries that a text names, in order. A bare figure counts when it can be one: 1,000 and more."""
    plain = folded(text)
    found = []
    yearly_text = bool(re.search(r"年薪|年包|/年|annual|per year|a year|per annum|/year|yearly|\bp\.?a\b", plain))
    for match in _RANGE.finditer(plain):
        unit_b = (match["ub"] or match["ua"] or "").rstrip()
        unit_a = (match["ua"] or (unit_b if match["b"] else "")).rstrip()
        low = _amount(match["a"]) * _SCALE.get(unit_a, 1)
        high = _amount(match["b"]) * _SCALE.get(unit_b, 1) if match["b"] else low
        per = match["per"] or ""
        hourly = "hour" in per or "小时" in per or bool(re.search(r"\ban? hour\b|per hour|/hour|hourly", plain))
        if hourly and (match["cur"] or match["cur2"]):
            low, high = low * _HOURS, high * _HOURS
        if low < 1000 or (
            not match["b"] and not unit_a and not match["cur"] and not match["cur2"] and not per and low < 3000
        ):
            continue
        if not unit_a and not match["cur"] and not match["cur2"] and per.startswith("年") and 1900 <= low <= 2100:
            continue  # a date
        yearly = bool(re.search(r"年|year|annum|yr|annually|p\.?a", per)) or (not per and yearly_text)
        western = (match["cur"] or match["cur2"] or "") in _YEARLY
        month = 12 if (not hourly and yearly) or (not per and western and low >= _A_YEAR) else 1
        code = _CODES.get(match["cur"] or "") or _CODES.get(match["cur2"] or "", "")
        found.append(Salary(low / month, high / month, match.start(), match.end(), code))
    return found
