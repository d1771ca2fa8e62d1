"""Excel files: each sheet a heading, each block of rows a table."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path

from workbench.settings import Limits

from .builder import Builder

_COLUMNS = 300
_FIGURE = re.compile(r"[-+(]?[\d.,]+%?\)?$")


def read_excel(path: Path, limits: Limits, built: Builder) -> None:
    """Fill ``built`` with what the cells show; formulas count as the value that was saved with them."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # files by other programs state wrong ones
            rows = sheet.iter_rows(max_col=_COLUMNS)
            put_sheet(
                sheet.title,
                ([shown(cell.value, cell.number_format or "") for cell in row] for row in rows),
                limits,
                built,
            )
    finally:
        book.close()


def put_sheet(title: str, rows: Iterable[list[str]], limits: Limits, built: Builder) -> None:
    """A heading and one table for each block of rows between empty ones. Reading stops behind the longest text."""
    built.add("heading", title, 2)
    block: list[list[str]] = []
    length = 0
    for row in rows:
        if any(row):
            block.append(row)
            length += sum(map(len, row))
            if length > limits.characters:
                break
        elif block and not _is_header(block):
            built.table(block)
            block = []
    built.table(block)


def _is_header(block: list[list[str]]) -> bool:
    """Whether a block of rows is only what the columns are called, with an empty row before the figures."""
    wide = [row for row in block if sum(map(bool, row)) > 1]
    return len(wide) in (1, 2) and not any(_FIGURE.match(cell) for row in block for cell in row)


def shown(value: object, form: str = "") -> str:
    """A cell's value as the sheet shows it: percent, whole numbers and dates as people write them."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case int() | float() if "%" in form and '"' not in form:
            places = len(form.partition(".")[2].partition("%")[0]) if "." in form else 0
            return f"{value * 100:.{min(places, 6)}f}%"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    return str(value)
