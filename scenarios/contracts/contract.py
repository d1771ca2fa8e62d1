"""A contract's text and what is found in it; everything is found once, when first asked for."""

import re
from bisect import bisect_right
from functools import cached_property

from workbench.language import detect
from workbench.texts import Lang

from .amounts import Amount, amounts
from .dates import DateMention, DateRange, Period, dates, periods, ranges
from .folding import fold
from .percents import Percent, percents
from .totals import totals

_END = re.compile(r"[。；;！？!?\n]|\.(?=\s)")


class Contract:
    """``text`` as read; ``folded`` is the same in half width, with the same offsets."""

    def __init__(self, text: str, kind: str = "") -> None:
        self.text = text
        self.folded = fold(text)
        self.lang: Lang = detect(text)
        self.asked_kind = kind

    @cached_property
    def amounts(self) -> list[Amount]:
        return amounts(self.folded)

    @cached_property
    def totals(self) -> list[Amount]:
        return totals(self.folded, self.amounts)

    @cached_property
    def percents(self) -> list[Percent]:
        return percents(self.folded)

    @cached_property
    def dates(self) -> list[DateMention]:
        return dates(self.folded)

    @cached_property
    def ranges(self) -> list[DateRange]:
        return list(ranges(self.folded, self.dates))

    @cached_property
    def periods(self) -> list[Period]:
        return periods(self.folded)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """(start, end) of each line that is not blank."""
        found, start = [], 0
        for line in self.folded.split("\n"):
            if line.strip():
                found.append((start, start + len(line)))
            start += len(line) + 1
        return found

    def line_at(self, offset: int) -> tuple[int, int]:
        """(start, end) of the line that holds ``offset``."""
        start = self.folded.rfind("\n", 0, offset) + 1
        end = self.folded.find("\n", offset)
        return start, len(self.folded) if end < 0 else end

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence, cut at stops, semicolons and line ends."""
        found, start = [], 0
        for match in _END.finditer(self.folded):
            if self.folded[start : match.end()].strip():
                found.append((start, match.end()))
            start = match.end()
        if self.folded[start:].strip():
            found.append((start, len(self.folded)))
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """(start, end) of the sentence that holds ``offset``."""
        return self.sentences[max(bisect_right(self._starts, offset) - 1, 0)]
