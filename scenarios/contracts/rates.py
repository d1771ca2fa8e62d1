"""Rates in a text: percentages, 千分之, 万分之 and ‰."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.language import han_number

if TYPE_CHECKING:
    from .contract import Contract

_FRACTION = re.compile(r"(?P<base>[千万])分之(?P<n>[零一二两三四五六七八九十百\d.]+)|(?P<mille>\d+(?:\.\d+)?)\s*‰")


def rates(contract: "Contract", start: int, end: int) -> list[tuple[int, int, Decimal]]:
    """(start, end, per cent) of percentages, 千分之, 万分之 and ‰ in a stretch of the text, in order."""
    found = [(p.start, p.end, p.share) for p in contract.percents if start <= p.start < end]
    for match in _FRACTION.finditer(contract.folded, start, end):
        if match["mille"]:
            share = Decimal(match["mille"]) / 10
        else:
            written = match["n"]
            count = Decimal(written) if re.fullmatch(r"\d+(?:\.\d+)?", written) else _han(written)
            share = count / (10 if match["base"] == "千" else 100)
        found.append((match.start(), match.end(), share))
    return sorted(found)


def _han(written: str) -> Decimal:
    return Decimal(han_number(re.sub(r"[\d.]", "", written) or "零"))


_PARTS = {
    "一半": Decimal(50), "半数": Decimal(50), "二分之一": Decimal(50), "三分之一": Decimal(100) / 3,
    "三分之二": Decimal(200) / 3, "四分之一": Decimal(25), "四分之三": Decimal(75), "五分之二": Decimal(40),
    "五分之三": Decimal(60),
}  # fmt: skip
_TENTHS = re.compile(r"(?P<n>[一二两三四五六七八九])成(?=[的,，。；;作为即]|$)")


def shares(contract: "Contract", start: int, end: int) -> list[tuple[int, int, Decimal]]:
    """(start, end, per cent) of the shares of a whole in a stretch: 30%, 百分之三十, 三成, 三分之一."""
    text = contract.folded
    found = [(p.start, p.end, p.share) for p in contract.percents if start <= p.start < end]
    found += [(m.start(), m.end(), _PARTS[m.group()]) for m in re.compile("|".join(_PARTS)).finditer(text, start, end)]
    found += [(m.start(), m.end(), Decimal(han_number(m["n"]) * 10)) for m in _TENTHS.finditer(text, start, end)]
    return sorted(found)
