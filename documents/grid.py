"""The cells of a spreadsheet or a CSV as they stand: no row is taken for a header."""

import csv
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path

from workbench.errors import DocumentError
from workbench.files import CellValue
from workbench.settings import Limits

from .encoding import decode
from .reader import check_container

_MOST = 1_000_000  # rows
_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_TEXTS = (".csv", ".tsv", ".txt")


def grid(path: Path, limits: Limits) -> list[list[CellValue]]:
    """The rows of the first sheet that holds a table, those without a value left out. Days are written YYYY-MM-DD.

    A sheet with one column or one row (a cover) counts only where there is no other. A cell merged downwards has its
    value in every row. Of a CSV the encoding and the separator (comma, semicolon, tab, bar) are found. Raises
    ``DocumentError``.
    """
    name, suffix = path.name, path.suffix.lower()
    try:
        size = path.stat().st_size
        if size > limits.megabytes * 2**20:
            raise DocumentError("documents:too_large", name=name, megabytes=size // 2**20, limit=limits.megabytes)
        if suffix in _BOOKS:
            rows = _book(path, name, limits)
        elif suffix in _TEXTS:
            rows = _separated(decode(path.read_bytes(), name))
        else:
            raise DocumentError("documents:unsupported", name=name, known=", ".join((*_BOOKS, *_TEXTS)))
    except OSError as error:
        raise DocumentError("documents:unreadable", name=name, reason=error.strerror or error) from error
    if len(rows) > _MOST:
        raise DocumentError("documents:rows", name=name, limit=_MOST)
    return rows


def _separated(text: str) -> list[list[CellValue]]:
    if text.startswith("sep=") and "\n" in text:  # how Excel is told the separator
        text = text.split("\n", 1)[1]
    lines = text.split("\n", 200)[:200]
    counts = {mark: sum(sorted(line.count(mark) for line in lines)[len(lines) // 2 :]) for mark in ",;\t|"}
    limit = csv.field_size_limit(2**27)
    try:
        rows = csv.reader(StringIO(text), delimiter=max(counts, key=lambda mark: counts[mark]))
        return [list(row) for row in rows if any(cell.strip() for cell in row)]
    finally:
        csv.field_size_limit(limit)


def _book(path: Path, name: str, limits: Limits) -> list[list[CellValue]]:
    from python_calamine import CalamineError, CalamineWorkbook

    if path.suffix.lower() != ".xls":
        check_container(path, name, limits)
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            first: list[list[CellValue]] = []
            for title in book.sheet_names:
                sheet = book.get_sheet_by_name(title)
                rows = [list(map(_value, row)) for row in sheet.to_python(nrows=_MOST + 1, skip_empty_area=False)]
                _unmerge(rows, sheet.merged_cell_ranges or [])
                filled = [row for row in rows if any(cell not in (None, "") for cell in row)]
                if len(filled) > 1 and any(sum(cell not in (None, "") for cell in row) > 1 for row in filled):
                    return filled
                first = first or filled
            return first
    except (CalamineError, ValueError) as error:
        raise DocumentError("documents:damaged", name=name) from error


def _unmerge(rows: list[list[CellValue]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Write a cell that is merged downwards into every row that it covers."""
    for (top, left), (bottom, _) in merged:
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = rows[top][left]


def _value(value: object) -> CellValue:
    match value:
        case bool() | int() | float() | str():
            return value
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
    return str(value)
