"""Tables in and out: the first sheet of a spreadsheet or a CSV as rows, and rows as a labelled spreadsheet."""

import csv
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from pathlib import Path

from workbench.errors import DocumentError
from workbench.rows import Sheet
from workbench.run import Run
from workbench.scenario import Cell
from workbench.settings import Limits

from .carriers.files import replaced
from .encoding import decode
from .reader import check_container

_MOST = 100_000  # rows
_COLUMNS = 500

Value = str | int | float | bool | None


class TableFiles:
    """``workbench.rows.SheetFiles``. ``visible`` is the AI-content label of what a run made, in words; ``stamp`` puts
    one into a file's metadata."""

    def __init__(self, limits: Limits, visible: Callable[[Run], str], stamp: Callable[[Path, Run], None]) -> None:
        self._limits = limits
        self._visible = visible
        self._stamp = stamp

    def read(self, path: Path, name: str) -> Sheet:
        """The first table of an .xlsx, .csv or .tsv: its first row that is not empty is the header."""
        suffix = Path(name).suffix.lower()
        try:
            size = path.stat().st_size
            if size > self._limits.megabytes * 2**20:
                limit = self._limits.megabytes
                raise DocumentError("documents:too_large", name=name, megabytes=size // 2**20, limit=limit)
            if suffix == ".xlsx":
                rows = self._excel(path, name)
            elif suffix in (".csv", ".tsv"):
                rows = _separated(decode(path.read_bytes(), name), "\t" if suffix == ".tsv" else None)
            else:
                raise DocumentError("documents:unsupported", name=name, known=".xlsx, .csv, .tsv, .jsonl")
        except OSError as error:
            raise DocumentError("documents:unreadable", name=name, reason=error.strerror) from error
        filled = [row for row in rows if any(value not in (None, "") for value in row)]
        if len(filled) > _MOST:
            raise DocumentError("documents:rows", name=name, limit=_MOST)
        if not filled:
            raise DocumentError("documents:no_text", name=name)
        header = tuple("" if value is None else str(value).strip() for value in filled[0])
        while header and not header[-1]:
            header = header[:-1]
        return Sheet(header, tuple(row[: len(header)] for row in filled[1:]))

    def write(self, path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], made_by: Run | None) -> None:
        """One sheet, the header in its first row. Raises ``DocumentError`` when it cannot be written."""
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font

        from .export.excel import put

        book = Workbook()
        sheet = book.active
        for number, cells in enumerate((header, *rows), 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(number, column)
                put(cell, value)
                cell.alignment = Alignment(wrap_text=number > 1, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        for column in sheet.columns:
            longest = max((len(str(cell.value)) for cell in column[:200] if cell.value is not None), default=0)
            sheet.column_dimensions[column[0].column_letter].width = min(max(longest * 1.6, 8), 60)
        sheet.freeze_panes = "A2"
        try:
            with replaced(path) as draft:
                with draft.open("wb") as file:
                    book.save(file)
                if made_by is not None:
                    self._stamp(draft, made_by)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise DocumentError("documents.export:unwritable", path=path, reason=reason) from error

    def label(self, run: Run) -> str:
        """The visible label of what ``run`` made."""
        return self._visible(run)

    def _excel(self, path: Path, name: str) -> list[tuple[Value, ...]]:
        from openpyxl import load_workbook

        check_container(path, name, self._limits)
        try:
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    rows = [
                        tuple(map(_value, row))
                        for row in sheet.iter_rows(values_only=True, max_row=_MOST + 2, max_col=_COLUMNS)
                    ]
                    if any(value not in (None, "") for row in rows for value in row):
                        return rows
                return []
            finally:
                book.close()
        except (zipfile.BadZipFile, KeyError, ValueError, EOFError, TypeError, SyntaxError) as error:
            raise DocumentError("documents:damaged", name=name) from error


def _separated(text: str, delimiter: str | None) -> list[tuple[Value, ...]]:
    """A CSV. Without a delimiter it is whichever of comma, semicolon and tab stands most often in the first line."""
    first = text.partition("\n")[0]
    limit = csv.field_size_limit(2**27)
    try:
        chosen = delimiter or max(",;\t", key=first.count)
        return [tuple(row) for row in csv.reader(StringIO(text), delimiter=chosen)]
    finally:
        csv.field_size_limit(limit)


def _value(value: object) -> Value:
    match value:
        case None | str() | bool() | int() | float():
            return value
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return float(value)
    return str(value)
