"""An event log: which column is which, and its rows as events in time, what cannot be used named."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import yaml

from workbench.errors import RequestError
from workbench.files import CellValue

from .models import Column, Issue

if TYPE_CHECKING:
    import pandas as pd

_FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")
_PREAMBLE = 20
"""Rows that may stand above the header."""


@cache
def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("columns.yaml").read_text("utf-8"))
    return names


def event_log(
    cells: Sequence[Sequence[CellValue]], by_hand: Mapping[Column, str]
) -> tuple["pd.DataFrame", list[Issue]]:
    """Events with the columns case, activity, start, end, resource, by case and time; what was left out is said.

    A file with one time for each row has its start equal to its end. Raises ``RequestError`` for a file without case,
    activity or time, or without a usable row.
    """
    import pandas as pd

    top = _header_row(cells)
    header = [str(cell).strip() for cell in cells[top]] if cells else []
    places = _places(header, by_hand)
    rows = [list(row) + [""] * (len(header) - len(row)) for row in cells[top + 1 :]]
    frame = pd.DataFrame({name: [row[place] for row in rows] for name, place in places.items()}, dtype=object)
    frame["row"] = range(top + 2, top + 2 + len(frame))
    issues: list[Issue] = []
    for name in ("case", "activity", "resource"):
        if name in frame:
            frame[name] = frame[name].map(_word)
    for name in ("start", "end"):
        if name in frame:
            frame[name] = _times(frame[name])
    frame["start"] = frame["start"] if "start" in places else frame["end"]
    frame["end"] = frame["end"] if "end" in places else frame["start"]
    if not {"start", "end"} <= places.keys():
        issues.append(Issue(rule="optimise.one_time", severity="warning"))
    frame["end"] = frame["end"].fillna(frame["start"])  # still being done
    frame["start"] = frame["start"].fillna(frame["end"])
    if "resource" not in frame:
        frame["resource"] = ""
    frame = _without(frame, (frame["case"] == "") | (frame["activity"] == ""), "optimise.unnamed", issues)
    frame = _without(frame, frame["start"].isna(), "optimise.no_time", issues)
    frame = _without(frame, frame["end"] < frame["start"], "optimise.end_before_start", issues)
    double = frame.duplicated(["case", "activity", "start", "end"])
    frame = _without(frame, double, "optimise.double", issues)
    if frame.empty:
        raise RequestError("scenarios.office:optimise.empty")
    return frame.sort_values(["case", "start", "end", "row"], kind="stable").reset_index(drop=True), issues


def _header_row(cells: Sequence[Sequence[CellValue]]) -> int:
    known = [sum(_column(str(cell)) is not None for cell in row) for row in cells[:_PREAMBLE]]
    return known.index(max(known)) if known else 0


def _plain(header: str) -> str:
    words = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[(\[【].*?[)\]】]|[\s_\-.:：*#/]+", "", words)


def _column(header: str) -> str | None:
    return next((column for column in _names() if _rank(column, header) is not None), None)


def _rank(column: str, header: str) -> int | None:
    """How well a header names a column, best 0: by one of its names, or ending in one (采购单号, 审批开始时间)."""
    words, names = _plain(header), _names()[column]
    if words in names:
        return names.index(words)
    ends = [place for place, name in enumerate(names) if not name.isascii() and words.endswith(name)]
    return len(names) + min(ends) if ends else None


def _places(header: Sequence[str], by_hand: Mapping[Column, str]) -> dict[str, int]:
    """Which place each column has: by hand first, then the name that stands first in the list of its names."""
    places: dict[str, int] = {}
    known = "、".join(filter(None, header))[:300]
    for column, name in by_hand.items():
        found = next((place for place, one in enumerate(header) if _plain(one) == _plain(name)), None)
        if found is None:
            raise RequestError("scenarios.office:optimise.no_column", column=name, known=known)
        places[column] = found
    for column in get_args(Column):
        candidates = [
            (rank, place)
            for place, one in enumerate(header)
            if place not in places.values() and (rank := _rank(column, one)) is not None
        ]
        if column not in places and candidates:
            places[column] = min(candidates)[1]
    if "case" not in places or "activity" not in places or not {"start", "end"} & places.keys():
        raise RequestError("scenarios.office:optimise.columns", known=known or "-")
    return places


def _word(cell: CellValue) -> str:
    if isinstance(cell, float) and cell.is_integer():  # a number from a spreadsheet
        cell = int(cell)
    return " ".join(unicodedata.normalize("NFKC", str(cell)).split())


def _times(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Times, NaT where a cell is none. Zones are taken off: only differences count."""
    import pandas as pd

    words = cells.map(lambda cell: unicodedata.normalize("NFKC", str(cell)).strip())
    words = words.str.replace(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日", r"\1-\2-\3", regex=True)
    words = words.str.replace(r"(\d{1,2})\s*[时点]\s*(\d{1,2})\s*分?(?:\s*(\d{1,2})\s*秒)?", r"\1:\2", regex=True)
    words = words.str.replace(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", r"\1-\2-\3", regex=True)
    known = {word: _time(word) for word in words.unique()}
    return pd.to_datetime(words.map(known))


def _time(word: str) -> Any:
    import pandas as pd

    if re.fullmatch(r"\d{5}(\.\d+)?", word):  # a spreadsheet's count of days
        return pd.Timestamp("1899-12-30") + pd.Timedelta(days=float(word)).round("s")
    if not re.search(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}", word):
        return pd.NaT
    for form in _FORMS:  # pandas guesses a form for every word anew, which takes a millisecond
        with suppress(ValueError):
            return datetime.strptime(word, form)
    found: Any = pd.to_datetime(word, errors="coerce")
    return found.tz_localize(None) if found is not pd.NaT and found.tzinfo else found


def _without(frame: "pd.DataFrame", bad: Any, rule: str, issues: list[Issue]) -> "pd.DataFrame":
    if bad.any():
        rows = [str(row) for row in frame.loc[bad, "row"][:8]]
        issues.append(Issue(rule=rule, severity="warning", values={"count": int(bad.sum()), "rows": rows}))
    kept: pd.DataFrame = frame.loc[~bad].reset_index(drop=True)
    return kept
