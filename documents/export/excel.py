"""Excel: one sheet a section, the label in the first row, text that is never a formula."""

import json
import re
from itertools import chain, count
from pathlib import Path
from typing import Any

from workbench.scenario import Section

from .paper import Paper

_LONGEST = 32_767  # characters in a cell
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write_excel(paper: Paper, path: Path) -> None:
    """Write ``paper`` as .xlsx. Raises ``OSError``."""
    from openpyxl import Workbook
    from openpyxl.packaging.custom import StringProperty

    book = Workbook()
    book.remove(book.active)
    names = {"history"}  # Excel keeps this name for itself
    for section in paper.sections or (Section(),):
        sheet = book.create_sheet(_sheet_name(section.heading or paper.title, names))
        _fill(sheet, section, paper)
    book.properties.title, book.properties.creator = paper.title, paper.author
    book.custom_doc_props.append(StringProperty(name="AIGC", value=json.dumps(paper.metadata, ensure_ascii=False)))
    with path.open("wb") as file:
        book.save(file)


def _fill(sheet: Any, section: Section, paper: Paper) -> None:
    from openpyxl.styles import Alignment, Font

    def put(row: int, column: int, words: str, bold: bool = False) -> None:
        cell = sheet.cell(row, column, words)
        # A text that begins like a formula stays the text that it is, also when somebody edits the cell.
        cell.data_type, cell.quotePrefix = "s", words.startswith(("=", "+", "-", "@", "\t"))
        cell.alignment = Alignment(wrap_text=bool(section.table), vertical="top")
        if bold:
            cell.font = Font(bold=True)

    put(1, 1, paper.label)
    put(2, 1, section.heading or paper.title, bold=True)
    sheet["A1"].alignment = sheet["A2"].alignment = Alignment(wrap_text=False)
    row = 3
    for paragraph in section.paragraphs:
        for start in range(0, len(paragraph), _LONGEST):
            put(row, 1, paragraph[start : start + _LONGEST])
            sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
            row += 1
    for number, cells in enumerate(section.table):
        for column, words in enumerate(cells, 1):
            put(row + number, column, words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…", number == 0)
    if section.table:
        sheet.print_title_rows = f"{row}:{row}"
    _set_widths(sheet, section)


def _set_widths(sheet: Any, section: Section) -> None:
    from openpyxl.utils import get_column_letter

    if not section.table:
        sheet.column_dimensions["A"].width = 100
    for column, words in enumerate(zip(*section.table, strict=True), 1):
        longest = max(sum(2 if ord(char) > 0x2E7F else 1 for char in word[:60]) for word in words)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 10), 60)


def _sheet_name(heading: str, taken: set[str]) -> str:
    """A name that Excel takes (31 UTF-16 units) and that is not in ``taken``, whatever the case; added to it."""
    base = _NOT_IN_NAMES.sub(" ", heading).strip(" '") or "1"
    tails = chain([""], (f" {number}" for number in count(2)))
    names = (_cut(base, 31 - len(tail)) + tail for tail in tails)
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return name


def _cut(words: str, units: int) -> str:
    return words.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").strip(" '")
