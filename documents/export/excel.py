"""Excel: one sheet a section, the label in the first row, typed cells, text that is never a formula."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, count, groupby
from pathlib import Path
from typing import Any

from workbench.scenario import Cell, Formula, Picture, Section

from .look import ACCENT, EAST_ASIAN, MUTED, RULE, SHADE
from .paper import Paper, clean, is_number, kind_of, shown

_LONGEST = 32_767  # characters in a cell
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_ACTIVE = tuple("=+-@\t\r\n|%＝＋－＠")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Reckoned = dict[str, dict[str, str | float | Decimal]]
"""What formulas come to, by the part of the file that holds the sheet, then by cell."""
_DAY_ZERO = date(1899, 12, 30)  # from which a spreadsheet counts days
_FORMATS = {"money": "#,##0.00", "percent": "0.0%", "date": "yyyy-mm-dd"}


def write_excel(paper: Paper, path: Path) -> None:
    """Write ``paper`` as .xlsx. Raises ``OSError``."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    book._named_styles["Normal"].font = Font(name=EAST_ASIAN, size=10)
    names = {"history"}  # Excel keeps this name for itself
    reckoned: Reckoned = {}
    for section in _sheets(paper.sections) or [Section()]:
        sheet = book.create_sheet(_sheet_name(section.heading or paper.title, names))
        _fill(sheet, section, paper, reckoned)
    book.properties.title, book.properties.creator = paper.title, paper.author or paper.company
    book.properties.created = paper.created.replace(tzinfo=None)
    with path.open("wb") as file:
        book.save(file)
    if reckoned:
        _show(path, reckoned)


def _sheets(sections: Sequence[Section]) -> list[Section]:
    """A section a sheet, but words that follow one another without a table or a picture stand on one."""
    sheets: list[Section] = []
    for words, run in groupby(sections, key=lambda section: not section.table and section.picture is None):
        first, *rest = run
        if words and rest:
            told = [line for section in rest for line in ("", section.heading, *_lines(section))]
            first = Section(first.heading, (*_lines(first), *told))
            rest = []
        sheets += [first, *rest]
    return sheets


def _lines(section: Section) -> Iterator[str]:
    """Paragraphs and the items of the list, with their numbers or bullets."""
    yield from section.paragraphs
    for number, item in enumerate(section.items, 1):
        yield f"{number}. {item}" if section.ordered else f"• {item}"


def put(cell: Any, value: Cell, kind: str = "") -> None:
    """Set an openpyxl cell. Numbers and days stay what they are and get a format; a text is never a formula.

    A text that begins like a formula is stored as text and marked as such (``quotePrefix``), so that it stays the text
    that it is, also when somebody edits the cell or pastes it.
    """
    if isinstance(value, str):
        words = clean(value)
        cell.value = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
        cell.data_type, cell.quotePrefix = "s", words.lstrip(" ").startswith(_ACTIVE)
        return
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)  # a spreadsheet knows no zones
    elif isinstance(value, float) and value - value != 0:  # no number: infinite, or none at all
        put(cell, shown(value))
        return
    cell.value = value
    if kind in _FORMATS:
        cell.number_format = _FORMATS[kind]
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif is_number(value):
        cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.##"


def _show(path: Path, reckoned: Reckoned) -> None:
    """Write what the formulas come to beside them: openpyxl cannot, and what only reads or previews a file needs it."""
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(path) as book:
        parts = {entry: book.read(entry) for entry in book.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for entry, part in parts.items():
            values = reckoned.get(entry.filename)
            if values:
                root = etree.fromstring(part)
                for cell in root.iter(f"{_MAIN}c"):
                    if (value := values.get(cell.get("r", ""))) is not None:
                        cell.find(f"{_MAIN}v").text = str(value)
                        if isinstance(value, str):
                            cell.set("t", "str")
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            book.writestr(entry, part)


def _fill(sheet: Any, section: Section, paper: Paper, reckoned: Reckoned) -> None:
    from openpyxl.styles import Alignment, Font

    put(sheet["A1"], paper.label)
    sheet["A1"].font = Font(name=EAST_ASIAN, size=9, color=MUTED)
    put(sheet["A2"], section.heading or paper.title)
    sheet["A2"].font = Font(name=EAST_ASIAN, size=14, bold=True, color=ACCENT)
    sheet.row_dimensions[2].height = 24
    put(sheet["A3"], paper.about)
    sheet["A3"].font = Font(name=EAST_ASIAN, size=9, color=MUTED)
    sheet["A1"].alignment = sheet["A2"].alignment = sheet["A3"].alignment = Alignment(vertical="center")
    row = 4
    width = 0 if section.table else 80
    for paragraph in _lines(section):
        for start in range(0, max(len(paragraph), 1), _LONGEST):
            put(sheet.cell(row, 1), paragraph[start : start + _LONGEST])
            if width:  # above a table a paragraph runs over its columns
                sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
                sheet.row_dimensions[row].height = _height(paragraph[start : start + _LONGEST], width)
            row += 1
    if section.table:
        formulas = _table(sheet, section, row)
        if formulas:
            reckoned[f"xl/worksheets/sheet{len(sheet.parent.worksheets)}.xml"] = formulas
        row += len(section.table) + 1
    else:
        sheet.column_dimensions["A"].width = width
    if section.picture:
        _image(sheet, section.picture, row)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    sheet.page_setup.orientation = "landscape" if section.table else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"


def _table(sheet: Any, section: Section, top: int) -> dict[str, str | float | Decimal]:
    """Write the table from row ``top``; returns what its formulas come to, by cell."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    rule = Side(style="thin", color=RULE)
    box = Border(top=rule, bottom=rule, left=rule, right=rule)
    formulas: dict[str, str | float | Decimal] = {}
    last_row = top + len(section.table) - 1
    for number, cells in enumerate(section.table):
        for column, value in enumerate(cells):
            cell = sheet.cell(top + number, column + 1)
            put(cell, value.value if isinstance(value, Formula) else value, kind_of(section, column) if number else "")
            if isinstance(value, Formula):  # after its value, which chose the format
                cell.value = value.expression.format(
                    row=top + number, first=top + 1, last=last_row, rows=range(top + 1, last_row + 1)
                )
                cell.data_type, cell.quotePrefix = "f", False
                if isinstance(value.value, date):
                    formulas[cell.coordinate] = (value.value - _DAY_ZERO).days
                elif value.value is not None:
                    formulas[cell.coordinate] = value.value
            cell.border = box
            cell.alignment = Alignment(
                wrap_text=True, vertical="top", horizontal="right" if is_number(value) else "left"
            )
            if not number:
                cell.font, cell.fill = (
                    Font(name=EAST_ASIAN, size=10, bold=True, color=ACCENT),
                    PatternFill("solid", fgColor=SHADE),
                )
    last = get_column_letter(len(section.table[0]))
    sheet.print_title_rows = f"{top}:{top}"
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    if len(section.table) > 1:
        sheet.auto_filter.ref = f"A{top}:{last}{last_row}"
    words = [[shown(cell, kind_of(section, column)) for column, cell in enumerate(row)] for row in section.table]
    # Room for the filter's arrow beside the header.
    widths = [min(max(*(_units(word[:60]) for word in column), 6) + 4, 60) for column in zip(*words, strict=True)]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(words):
        heights = [_height(word, width - 2) for word, width in zip(row, widths, strict=True)]
        sheet.row_dimensions[top + number].height = max(heights)
    return formulas


def _image(sheet: Any, picture: Picture, row: int) -> None:
    """The picture below the rest of the sheet."""
    from io import BytesIO

    from openpyxl.drawing.image import Image

    image = Image(BytesIO(picture.png))
    scale = picture.width / 2.54 * 96 / image.width  # a spreadsheet counts 96 pixels an inch
    image.width, image.height = round(image.width * scale), round(image.height * scale)
    sheet.add_image(image, f"A{row}")


def _units(words: str) -> int:
    """The width of ``words`` in characters of a spreadsheet; a Chinese one takes two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in words)


def _height(words: str, width: int) -> float:
    """The height in points of a row that shows ``words`` whole; programs do not reckon it when a file is opened."""
    lines = sum(max(1, -(-_units(line) // width)) for line in words[:3000].split("\n"))
    return min(lines * 15.5 + 2, 409)  # Excel's highest row


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
