"""How a drafted contract writes sums, days and numbers."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from workbench.texts import Lang

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLAIN = "零一二三四五六七八九"
_CENT = Decimal("0.01")
_UNITS = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "GBP": "英镑", "JPY": "日元"}
CURRENCIES = tuple(_UNITS)
"""ISO codes of the currencies that can be drafted in."""


def cents(value: Decimal) -> Decimal:
    """``value`` to the cent, halves up."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def figure(value: Decimal) -> str:
    """1234567.5 is ``1,234,567.50``; whole sums carry no decimals."""
    return f"{cents(value):,}".removesuffix(".00")


def capital(value: Decimal) -> str:
    """A sum in yuan in the numerals of Chinese cheques: 1005.50 is 壹仟零伍元伍角整.

    After 《正确填写票据和结算凭证的基本规定》 (支付结算办法, annex 1).
    """
    return spelt(value, "元")


def spelt(value: Decimal, unit: str) -> str:
    """``capital`` in another ``unit``. Raises ``ValueError`` for a negative sum or one of 10^16 and more."""
    value = cents(value)
    if not 0 <= value < 10**16:
        raise ValueError(value)
    whole, part = divmod(int(value * 100), 100)
    jiao, fen = divmod(part, 10)
    words = _whole(whole) + unit if whole or not part else ""
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif fen and whole:
        words += "零"
    return words + (_DIGITS[fen] + "分" if fen else "整")


def _whole(number: int) -> str:
    """An integer in the numerals of cheques."""
    for scale, name in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            above, below = divmod(number, scale)
            gap = "零" if 0 < below < scale // 10 else ""
            return _whole(above) + name + gap + (_whole(below) if below else "")
    return _thousands(number) or _DIGITS[0]


def _thousands(group: int) -> str:
    words, gap = "", False
    for scale, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, group = divmod(group, scale)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words


def money(value: Decimal, currency: str, lang: Lang, *, words: bool = True) -> str:
    """A sum as a contract states it, in Chinese with 大写 unless ``words`` is off."""
    if lang == "en":
        return f"{'RMB' if currency == 'CNY' else currency} {figure(value)}"
    shown = f"人民币{figure(value)}元" if currency == "CNY" else f"{figure(value)}{_UNITS[currency]}"
    return f"{shown}（大写：{spelt(value, _UNITS[currency])}）" if words else shown


def day(value: date, lang: Lang) -> str:
    """2026年3月5日, or 5 March 2026."""
    if lang == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%B %Y}"


def numeral(number: int) -> str:
    """1 to 99 as clauses are numbered: 二十一."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _PLAIN[ones]
    return ("" if tens == 1 else _PLAIN[tens]) + "十" + (_PLAIN[ones] if ones else "")


def percent(value: Decimal) -> str:
    """``30%``, no idle zeros."""
    return f"{value.normalize():f}%"
