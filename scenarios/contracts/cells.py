"""Tables in a text: lines of cells drawn with bars, tabs or wide gaps."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .contract import Contract

_NUMBER = re.compile(
    r"[¥$€£]?\s*(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?"
    r"|\d+(?:\.\d+)?)\s*(?P<multiple>万)?\s*[元圆台套件个吨箱辆只米]?"
)
_SHARE = re.compile(r"(?P<share>\d{1,3}(?:\.\d+)?)\s*%")
_DRAWN = re.compile(r"[|│\t]")


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell and where they stand in the text."""

    words: str
    start: int
    end: int

    @property
    def number(self) -> Decimal | None:
        """The figure that the cell holds and nothing else, 万 multiplied out."""
        match = _NUMBER.fullmatch(self.words)
        if match is None:
            return None
        return Decimal(re.sub("[,，]", "", match["number"])) * (10000 if match["multiple"] else 1)

    @property
    def share(self) -> Decimal | None:
        """30 for a cell that holds 30% and nothing else."""
        match = _SHARE.fullmatch(self.words)
        return Decimal(match["share"]) if match else None


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it, each of as many cells."""

    header: list[Cell]
    rows: list[list[Cell]]

    def column(self, place: int) -> list[Cell]:
        """The cells below a head."""
        return [row[place] for row in self.rows]


def cells(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a line; the words of one that is no table's."""
    line = text[start:end]
    if "|" in line or "│" in line:
        parts = re.finditer(r"[^|│]+", line.strip().strip("|│"))
        shift = start + len(line) - len(line.lstrip()) + (1 if line.strip()[:1] in "|│" else 0)
    else:
        parts, shift = re.finditer(r"\S+(?: \S+)*", line), start
        if not re.search(r"\S\s{2,}\S", line):
            parts = re.finditer(r"\S+", line)
    found = []
    for part in parts:
        words = part.group()
        s = shift + part.start() + len(words) - len(words.lstrip())
        found.append(Cell(words.strip(), s, s + len(words.strip())))
    return found


def is_rule(row: list[Cell]) -> bool:
    """Whether a row is a line drawn between others."""
    return all(set(cell.words) <= set("-: ─┼├┤") for cell in row)


def drawn_tables(contract: "Contract") -> list[Table]:
    """The tables drawn with bars or tabs whose rows have as many cells as their header."""
    found: list[Table] = []
    last = -1
    for start, end in contract.lines:
        if not _DRAWN.search(contract.folded, start, end):
            continue
        row = cells(contract.folded, start, end)
        if is_rule(row):
            last = end
        elif found and start - last <= 1 and len(row) == len(found[-1].header):
            found[-1].rows.append(row)
            last = end
        elif len(row) > 1:
            found.append(Table(row, []))
            last = end
    return [table for table in found if table.rows]
