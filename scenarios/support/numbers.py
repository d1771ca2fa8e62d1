"""Numbers as people write them: ``1,299.00``, ``三百二十``, ``九五``, ``twenty-one``, ``half``."""

import re
from decimal import Decimal

from workbench.language import han_number

_ONES = """
    one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: value for value, word in enumerate(_ONES.split(), 1)}
_VALUES |= {word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)}
_VALUES |= {"hundred": 100, "thousand": 1000}
ENGLISH = rf"(?:{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
_HAN = "零〇一二两三四五六七八九十百千万亿"

NUMBER = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|[{_HAN}]+(?:点[{_HAN}]+)?|\b{ENGLISH}(?:[- ](?:and )?{ENGLISH})*\b)"
"""A pattern for one number, without groups; case must be ignored."""


def number(said: str) -> Decimal | None:
    """The number that ``said`` writes; None when it writes none."""
    said = said.strip().casefold()
    if re.match(r"\d", said):
        return Decimal(said.replace(",", ""))
    if said and said[0] in _HAN:
        whole, _, part = said.partition("点")
        return Decimal(f"{han_number(whole)}.{''.join(str(han_number(digit)) for digit in part) or 0}")
    if said.startswith(("半", "half")):
        return Decimal("0.5")
    return _english(re.findall(ENGLISH, said))


def _english(words: list[str]) -> Decimal | None:
    total = current = 0
    for word in words:
        value = _VALUES[word]
        if value == 100:
            current = max(current, 1) * 100
        elif value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        else:
            current += value
    return Decimal(total + current) if words else None


def plain(value: Decimal) -> str:
    """``7.50`` as ``7.5`` and ``1000`` as ``1000``."""
    return f"{value.normalize():f}"
