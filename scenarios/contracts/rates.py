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
