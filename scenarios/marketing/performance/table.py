"""An export as a table: where its header is, which column is which field, what its cells mean in numbers."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from workbench.errors import RequestError
from workbench.files import CellValue

from .models import COUNTS, FIELDS, Issue

if TYPE_CHECKING:
    import pandas as pd

_HERE = Path(__file__).parent
_PREAMBLE = 30
"""Rows that may stand above a header: title, account, period."""
_NONE = {"", "-", "--", "—", "——", "/", "n/a", "na", "nan", "null", "none", "无", "暂无", "#div/0!", "#n/a", "#value!"}
_MONEY = r"(?:¥|￥|\$|€|£|元|人民币|rmb|cny|usd|eur|gbp|us\$|hk\$)"
_YEARLESS = re.compile(r"\d{1,2}月\d{1,2}日")
_SCALES = {"亿": 1e8, "万": 1e4, "w": 1e4, "k": 1e3, "m": 1e6}


@dataclass(frozen=True)
class Table:
    """``frame`` has a column for each field that the file has: texts for date, channel, campaign and creative (dates as
    YYYY-MM-DD, empty where none could be read), floats for the counts, and ``row``, the row of the file."""

    frame: "pd.DataFrame"
    columns: dict[str, str]
    issues: list[Issue]


def table(cells: Sequence[Sequence[CellValue]], by_hand: Mapping[Any, str]) -> Table:
    """Read the cells. Raises ``RequestError`` when a column named by hand is not there."""
    import pandas as pd

    top = _header_row(cells)
    names = [str(cell).strip() for cell in cells[top]]
    while names and not names[-1]:
        names.pop()
    issues: list[Issue] = []
    columns = _columns(names, by_hand, issues)
    width = len(names)
    rows = [list(row[:width]) + [""] * (width - len(row)) for row in cells[top + 1 :]]
    raw = pd.DataFrame(rows, columns=range(width), dtype=object)
    frame = pd.DataFrame({name: raw[names.index(column)] for name, column in columns.items()})
    frame["row"] = range(top + 2, top + 2 + len(frame))
    frame = _without_totals(frame, raw, issues)
    for name in frame.columns:
        if name in COUNTS:
            frame[name] = _numbers(frame[name], name, frame["row"], issues)
        elif name == "date":
            frame[name] = _dates(frame[name], frame["row"], issues)
        elif name != "row":
            frame[name] = _each(frame[name], _name)
    _doubt(frame, issues)
    return Table(frame, columns, issues)


def header(cells: Sequence[Sequence[CellValue]]) -> list[str]:
    """The names of the columns."""
    return [name for cell in (cells[_header_row(cells)] if cells else ()) if (name := str(cell).strip())]


def _header_row(cells: Sequence[Sequence[CellValue]]) -> int:
    """The row above the data that names most fields."""
    known = [sum(_field_of(cell) is not None for cell in map(str, row)) for row in cells[:_PREAMBLE]]
    return known.index(max(known))


@cache
def _names() -> dict[str, Any]:
    names: dict[str, Any] = yaml.safe_load((_HERE / "columns.yaml").read_text("utf-8"))
    return names


def _plain(header: str) -> str:
    """``Cost (CNY)`` as ``cost``: one width, lower case, without units in brackets, marks and spaces."""
    words = unicodedata.normalize("NFKC", header).casefold()
    words = re.sub(r"[(\[【].*?[)\]】]", "", words)
    return re.sub(r"[\s_\-.:：*#]+", "", words)


def _field_of(header: str) -> str | None:
    """The field that a header names, by one of its names or with one inside."""
    words = _plain(header)
    if not words or len(words) > 30:
        return None
    exact = next((field for field, names in _names()["fields"].items() if words in names), None)
    if exact:
        return str(exact)
    if any(mark.replace(" ", "") in words for mark in _names()["ratios"]):
        return None
    inside = [
        (len(name), field)
        for field, names in _names()["fields"].items()
        for name in names
        if len(name) > 1 and name in words
    ]
    return max(inside)[1] if inside else None


def _columns(names: Sequence[str], by_hand: Mapping[Any, str], issues: list[Issue]) -> dict[str, str]:
    """Field -> header. What a person said goes first; of several headers for a field the best known name does."""
    chosen: dict[str, str] = {}
    for field, column in by_hand.items():
        found = next((name for name in names if name == column or _plain(name) == _plain(column)), None)
        if found is None:
            known = "、".join(filter(None, names))
            raise RequestError("scenarios.marketing:performance.no_column", column=column, known=known[:300])
        chosen[field] = found
    taken = set(chosen.values())
    for field in FIELDS:
        candidates = [name for name in names if name and name not in taken and _field_of(name) == field]
        if field in chosen or not candidates:
            continue
        order = _names()["fields"][field]
        candidates.sort(key=lambda name: order.index(_plain(name)) if _plain(name) in order else len(order))
        chosen[field] = candidates[0]
        taken.add(candidates[0])
        if len(candidates) > 1:
            values = {"field": field, "column": candidates[0], "others": candidates[1:]}
            issues.append(
                Issue(rule="performance.several_columns", severity="info", quote=candidates[0], values=values)
            )
    for field in FIELDS:
        if field not in chosen and field not in ("campaign",):
            severity = "warning" if field in COUNTS else "info"
            issues.append(Issue(rule="performance.missing_column", severity=severity, values={"field": field}))
    return {field: chosen[field] for field in FIELDS if field in chosen}


def _without_totals(frame: "pd.DataFrame", raw: "pd.DataFrame", issues: list[Issue]) -> "pd.DataFrame":
    """Drop the rows that sum the others up: a total's word in a text column, or no text at all below rows that have."""
    texts = [name for name in ("date", "channel", "campaign", "creative") if name in frame]
    columns = [frame[name] for name in texts] + [raw[raw.columns[0]]]
    marked = frame["row"] < 0
    for cells in columns:
        marked |= _each(cells, _is_total).astype(bool)
    if len(frame) > 1 and texts:
        last = frame[texts].iloc[-1].map(_empty).all()
        before = frame[texts].iloc[-2].map(_empty).all()
        marked.iloc[-1] = bool(marked.iloc[-1] or (last and not before))
    if marked.any():
        rows = _listed(frame.loc[marked, "row"])
        issues.append(Issue(rule="performance.total_rows", severity="info", values={"rows": rows}))
    return frame.loc[~marked].reset_index(drop=True)


def _is_total(cell: str) -> bool:
    words = _plain(cell)
    return words in _names()["totals"] or words.endswith(tuple(_names()["subtotals"]))


def _numbers(cells: "pd.Series[Any]", field: str, rows: "pd.Series[Any]", issues: list[Issue]) -> "pd.Series[Any]":
    """Floats; what is no number counts as 0 and is reported."""
    import pandas as pd

    numbers = pd.to_numeric(cells, errors="coerce")
    rest = numbers.isna()
    if rest.any():
        texts = cells[rest].astype(str).str.normalize("NFKC").str.strip().str.casefold()
        empty = texts.isin(_NONE)
        european = texts.str.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+,\d{1,2}").sum() > 0.5 * (~empty).sum()
        plain = texts.str.replace(_MONEY, "", regex=True).str.replace(r"[\s'_]", "", regex=True)
        plain = plain.str.replace(r"^\((.+)\)$", r"-\1", regex=True).str.replace(r"^[−–]", "-", regex=True)
        plain = (
            plain.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
            if european
            else plain.str.replace(",", "", regex=False)
        )
        share = plain.str.endswith("%")
        scale = plain.str.extract(r"([亿万wkm])$")[0].map(_SCALES).fillna(1.0)
        plain = plain.str.replace(r"[亿万wkm%次个人单笔]+$", "", regex=True)
        read = pd.to_numeric(plain, errors="coerce") * scale
        read[share] /= 100
        numbers[rest] = read
        odd = rest & numbers.isna()
        odd.loc[rest] &= ~empty
        if odd.any():
            example = str(cells[odd].iloc[0])[:40]
            values = {"field": field, "count": str(int(odd.sum())), "rows": _listed(rows[odd]), "example": example}
            issues.append(Issue(rule="performance.no_number", severity="warning", quote=example, values=values))
        if empty.any():
            values = {"field": field, "count": str(int(empty.sum()))}
            issues.append(Issue(rule="performance.empty_cells", severity="info", values=values))
    return numbers.replace([float("inf"), float("-inf")], float("nan")).fillna(0.0).astype(float)


def _dates(cells: "pd.Series[Any]", rows: "pd.Series[Any]", issues: list[Issue]) -> "pd.Series[Any]":
    """Days as YYYY-MM-DD. Of 01/05/2024 the day comes first where some cell's first part is over 12."""
    texts = cells.map(str)
    different = {cell: unicodedata.normalize("NFKC", cell).strip() for cell in texts.unique()}
    parts = [re.match(r"(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{4}", words) for words in different.values()]
    day_first = any(part and int(part[1]) > 12 for part in parts)
    days = {cell: _day(words, day_first) for cell, words in different.items()}
    read = texts.map(days)
    bad = read == ""
    yearless = [cell for cell, words in different.items() if not days[cell] and _YEARLESS.fullmatch(words)]
    if yearless and len(yearless) == len([cell for cell in different if not days[cell] and cell]):
        year = str(date.today().year)
        days |= {cell: _day(f"{year}年{different[cell]}", day_first) for cell in yearless}
        read = texts.map(days)
        bad = read == ""
        issues.append(Issue(rule="performance.no_year", severity="info", values={"example": yearless[0], "year": year}))
    if bad.any():
        example = str(texts[bad].iloc[0])[:40]
        values = {"count": str(int(bad.sum())), "rows": _listed(rows[bad]), "example": example}
        issues.append(Issue(rule="performance.no_date", severity="warning", quote=example, values=values))
    elif any(parts) and not day_first and any(part and int(part[2]) <= 12 for part in parts):
        issues.append(
            Issue(rule="performance.day_or_month", severity="info", values={"example": next(iter(different))})
        )
    return read


def _day(words: str, day_first: bool) -> str:
    import pandas as pd

    if re.fullmatch(r"\d{5}(?:\.\d+)?", words):  # a spreadsheet's count of days
        return str((pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(float(words)))).date())
    chinese = re.match(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?", words)
    plain = f"{chinese[1]}-{chinese[2]}-{chinese[3] or 1}" if chinese else re.sub(r"\.0$", "", words)
    plain = re.split(r"\s*(?:至|~|—|to)\s*", plain)[0]  # the first day of a period
    if not re.search(r"\d{4}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}", plain):
        return ""
    stamp = pd.to_datetime(plain, errors="coerce", dayfirst=day_first)
    return "" if pd.isna(stamp) or not 1990 <= stamp.year <= 2100 else str(stamp.date())


def _each(cells: "pd.Series[Any]", told: Callable[[str], Any]) -> "pd.Series[Any]":
    """``told`` of each cell's words, worked out once for each different cell."""
    return cells.map({cell: told(str(cell)) for cell in cells.unique()})


def _empty(cell: object) -> bool:
    return str(cell).strip().casefold() in _NONE


def _name(cell: str) -> str:
    words = re.sub(r"\s+", " ", cell).strip()
    return re.sub(r"^(\d+)\.0$", r"\1", words)


def _doubt(frame: "pd.DataFrame", issues: list[Issue]) -> None:
    """What no count can be, and rows that stand twice."""
    for name in COUNTS:
        if name in frame and (below := frame[name] < 0).any():
            total = f"{frame.loc[below, name].sum():,.2f}"
            values = {
                "field": name,
                "count": str(int(below.sum())),
                "rows": _listed(frame.loc[below, "row"]),
                "total": total,
            }
            severity = "warning" if name in ("cost", "revenue") else "error"
            issues.append(Issue(rule="performance.negative", severity=severity, values=values))
    for more, less in (("clicks", "impressions"), ("conversions", "clicks")):
        if more in frame and less in frame and (above := frame[more] > frame[less]).any():
            values = {
                "more": more,
                "less": less,
                "count": str(int(above.sum())),
                "rows": _listed(frame.loc[above, "row"]),
            }
            issues.append(Issue(rule="performance.more_than", severity="warning", values=values))
    twice = frame.drop(columns="row").duplicated()
    if "date" in frame and twice.any():
        values = {"count": str(int(twice.sum())), "rows": _listed(frame.loc[twice, "row"])}
        issues.append(Issue(rule="performance.twice", severity="warning", values=values))


def _listed(rows: "pd.Series[Any]") -> list[str]:
    return [str(int(row)) for row in rows.head(8)] + ["…"] * (len(rows) > 8)
