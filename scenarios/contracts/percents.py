"""Percentages in a text."""

import re
from dataclasses import dataclass
from decimal import Decimal

from workbench.language import han_number

_PERCENT = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)\s*%|百分之(?P<han>[零一二三四五六七八九十百]+)(?:点(?P<dot>[零一二三四五六七八九]+))?"
    r"|(?P<en>\d+(?:\.\d+)?) per ?cent",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage; ``share`` is 30 for 30%, 百分之三十 and 30 per cent."""

    start: int
    end: int
    share: Decimal


def percents(text: str) -> list[Percent]:
    """The percentages of a folded text, in order; one repeated in brackets behind itself counts once."""
    found: list[Percent] = []
    for match in _PERCENT.finditer(text):
        share = _share(match)
        if found and found[-1].share == share and text[found[-1].end : match.start()].strip() in ("(", "[", ""):
            continue
        found.append(Percent(match.start(), match.end(), share))
    return found


def _share(match: re.Match[str]) -> Decimal:
    if match["han"]:
        digits = "".join(str(han_number(char)) for char in match["dot"] or "")
        return Decimal(f"{han_number(match['han'])}.{digits or 0}")
    return Decimal(match["number"] or match["en"])
