"""A contract's text and what is found in it; everything is found once, when first asked for."""

import re
from bisect import bisect_right
from functools import cached_property

from workbench.language import detect
from workbench.texts import Lang

from .amounts import Amount, amounts
from .dates import DateMention, DateRange, Period, dates, periods, ranges
from .definitions import Term, definitions
from .folding import fold
from .kinds import kind_of
from .outline import Attachment, Label, attachments, labels
from .parties import Party, introduced, signatures
from .percents import Percent, percents
from .statements import statements
from .totals import totals

_END = re.compile(r"[。；;！？!?\n]|\.(?=\s)")


_GOES_ON = ("，", ",", "；")
"""Behind the first words of a clause: they may be a part of its sentence and no title."""
_ITEM = re.compile(
    r"[ #*>|-]*(?:\(?\d{1,2}[).、]|\d{1,2}\.\d|[(（][一二三四五六七八九十]+[)）]|[a-zA-Z][).]|[|•·●-]"
    r"|[①-⑩]|\n|第[一二三四五六七八九十\d]+[期笔次批阶])"
)


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
    def kind(self) -> str:
        """The contract's type, a key of ``kinds.yaml`` or ``other``."""
        return kind_of(self.folded, self.asked_kind)

    @cached_property
    def headings(self) -> list[str]:
        """What stands behind each label, as far as it can be a title."""
        found = []
        for label in self.labels:
            line = self.folded[label.end : self.line_at(label.end)[1]].strip(" *#:、.")
            title = re.split(r"[:。；，,\s]", line, maxsplit=1)[0]
            goes_on = line[len(title) : len(title) + 1] in _GOES_ON and re.search("方|的$|[如若应]|.{8}", title)
            if 0 < len(title) <= 16 and not goes_on:
                found.append(title)
        return found

    @cached_property
    def labels(self) -> list[Label]:
        return labels(self.folded)

    @cached_property
    def attachments(self) -> list[Attachment]:
        return attachments(self.folded)

    @cached_property
    def definitions(self) -> list[Term]:
        return definitions(self.folded)

    @cached_property
    def head(self) -> int:
        """Where the numbered clauses begin, the place up to which parties are introduced."""
        clauses = [label.start for label in self.labels if label.style in ("article", "han", "dot", "chapter")]
        return max(clauses[0] if clauses else 0, min(len(self.text) // 4, 800))

    @cached_property
    def tail(self) -> int:
        """Where the signatures may begin: behind most of the text, or in its last 1500 characters."""
        return min(int(len(self.text) * 0.8), max(len(self.text) - 1500, len(self.text) // 3))

    @cached_property
    def parties(self) -> list[Party]:
        return introduced(self.folded, self.head)

    @cached_property
    def signatures(self) -> list[Party]:
        first = max((party.end for party in self.parties), default=0)
        return signatures(self.folded, max(self.tail, first))

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
    def statements(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence of an English text, those that only a line end cuts put together again."""
        return list(statements(self.folded))

    def continues(self, start: int, end: int, limit: int) -> bool:
        """Whether what stands at ``end`` goes on from ``start``: near, in one paragraph or an item of its list."""
        if end - start > limit:
            return False
        for match in re.finditer("\n", self.folded[start:end]):
            behind = start + match.end()
            if not _ITEM.match(self.folded, behind):
                return False
        return True

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """(start, end) of the sentence that holds ``offset``."""
        return self.sentences[max(bisect_right(self._starts, offset) - 1, 0)]
