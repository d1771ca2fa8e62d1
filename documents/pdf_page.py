"""What a PDF page draws: ruled tables, and words that nobody sees. Distances are in points, y grows upwards."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

_THIN = 2.5
_LONG = 8.0
_SAME = 3.0  # lines closer than that are one
_INSET = 2.0  # pdfium gives every letter that touches a box: stay clear of the neighbours
_PAPER = 245
_CONTRAST = 12
_TINY = 2.0
_MOST_RULES = 3000

How = Literal["marked", "colour", "size"]


@dataclass(slots=True)
class Drawn:
    """The objects of a page that matter here."""

    across: list[tuple[float, float, float]] = field(default_factory=list)  # y, from x, to x
    upright: list[tuple[float, float, float]] = field(default_factory=list)  # x, from y, to y
    suspects: list[tuple[Any, How]] = field(default_factory=list)
    has_picture: bool = False


@dataclass(slots=True)
class Table:
    """A ruled table: what stands in it, and where it begins and ends on the page."""

    top: float
    bottom: float
    left: float
    right: float
    rows: list[list[str]]


def drawn_on(page: Any) -> Drawn:
    """Look through the objects of a pypdfium2 page once."""
    from pypdfium2 import raw

    found = Drawn()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    matrix = raw.FS_MATRIX()
    size = ctypes.c_float()
    unseen = []
    for number in range(raw.FPDFPage_CountObjects(page.raw)):
        item = raw.FPDFPage_GetObject(page.raw, number)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                unseen.append(item)
                continue
            raw.FPDFTextObj_GetFontSize(item, size)
            raw.FPDFPageObj_GetMatrix(item, matrix)
            raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
            if size.value * math.hypot(matrix.c, matrix.d) < _TINY:
                found.suspects.append((item, "size"))
            elif min(red.value, green.value, blue.value) > _PAPER:
                found.suspects.append((item, "colour"))
        elif kind == raw.FPDF_PAGEOBJ_PATH and len(found.across) + len(found.upright) < _MOST_RULES:
            raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            _add_rules(found, item, left.value, bottom.value, right.value, top.value)
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            found.has_picture = True
    if not found.has_picture:  # over a scan, letters that do not show are what was recognised in it
        found.suspects += [(item, "marked") for item in unseen]
    return found


def _add_rules(found: Drawn, item: Any, left: float, bottom: float, right: float, top: float) -> None:
    from pypdfium2 import raw

    wide, high = right - left, top - bottom
    if high < _THIN and wide > _LONG:
        found.across.append(((top + bottom) / 2, left, right))
    elif wide < _THIN and high > _LONG:
        found.upright.append(((left + right) / 2, bottom, top))
    elif wide > _LONG and high > _LONG and raw.FPDFPath_CountSegments(item) <= 5:  # a box
        found.across += [(bottom, left, right), (top, left, right)]
        found.upright += [(left, bottom, top), (right, bottom, top)]


def unseen_words(page: Any, text: Any, drawn: Drawn) -> list[tuple[str, How]]:
    """The words of a page that nobody can see, in the order of the file; neighbours in one piece."""
    from pypdfium2 import raw

    found: list[tuple[str, How]] = []
    picture = None
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for item, how in drawn.suspects:
        if how == "colour":
            if picture is None:
                picture = page.render(scale=1, grayscale=True, may_draw_forms=False).to_numpy()
            raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            if not _is_even(page, picture, left.value, bottom.value, right.value, top.value):
                continue
        length = raw.FPDFTextObj_GetText(item, text.raw, None, 0)
        buffer = (ctypes.c_ushort * max(length // 2, 1))()
        raw.FPDFTextObj_GetText(item, text.raw, buffer, length)
        words = bytes(buffer).decode("utf-16-le", "ignore").rstrip("\x00")
        if found and found[-1][1] == how:
            found[-1] = (found[-1][0] + words, how)
        elif words.strip():
            found.append((words, how))
    return [(words, how) for words, how in found if sum(map(str.isalnum, words)) > 1]


def _is_even(page: Any, picture: Any, left: float, bottom: float, right: float, top: float) -> bool:
    """Whether a part of the rendered page has one colour only, so that nothing can be read there."""
    if page.get_rotation():
        return False
    x, _, _, upper = page.get_cropbox()
    part = picture[
        max(int(upper - top), 0) : max(math.ceil(upper - bottom), 0),
        max(int(left - x), 0) : max(math.ceil(right - x), 0),
    ]
    return bool(part.size and int(part.max()) - int(part.min()) < _CONTRAST)


def tables(text: Any, drawn: Drawn) -> list[Table]:
    """The ruled tables of a page, from top to bottom; of at least two rows and columns, most cells with words."""
    found = []
    for low, high in _spans(drawn.upright):
        uprights = [rule for rule in drawn.upright if rule[1] >= low - _SAME and rule[2] <= high + _SAME]
        rules = [rule for rule in drawn.across if low - _SAME <= rule[0] <= high + _SAME]
        columns, levels = _merged([rule[0] for rule in uprights]), _merged([rule[0] for rule in rules])[::-1]
        if 3 <= len(columns) <= 40 and 3 <= len(levels) <= 200:
            rows = list(_rows(text, columns, levels, uprights, rules))
            cells = [cell for row in rows for cell in row]
            if sum(map(bool, cells)) > 0.4 * len(cells) and sum(sum(map(bool, row)) > 1 for row in rows) > 1:
                found.append(Table(levels[0], levels[-1], columns[0], columns[-1], rows))
    return sorted(found, key=lambda table: -table.top)


def _spans(uprights: list[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """Stretches of the page's height that upright rules cover without a gap."""
    spans: list[tuple[float, float]] = []
    for _, low, high in sorted(uprights, key=lambda rule: rule[1]):
        if spans and low <= spans[-1][1] + _SAME:
            spans[-1] = (spans[-1][0], max(spans[-1][1], high))
        else:
            spans.append((low, high))
    return spans


def _merged(values: list[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SAME:
            places.append(value)
    return places


def _rows(
    text: Any,
    columns: list[float],
    levels: list[float],
    uprights: list[tuple[float, float, float]],
    rules: list[tuple[float, float, float]],
) -> Iterator[list[str]]:
    """Cells by their borders: one that spans columns stands in the first, one that spans rows in each."""

    def ruled(lines: list[tuple[float, float, float]], place: float, middle: float) -> bool:
        return any(abs(at - place) <= _SAME and start <= middle <= end for at, start, end in lines)

    above: list[str] = []
    for row, (top, bottom) in enumerate(pairwise(levels)):
        line: list[str] = []
        for column, (left, right) in enumerate(pairwise(columns)):
            across, upright = (left + right) / 2, (top + bottom) / 2
            if column and not ruled(uprights, left, upright):
                line.append("")
                continue
            if row and not ruled(rules, top, across):
                line.append(above[column])
                continue
            end, foot = column + 1, row + 1
            while end < len(columns) - 1 and not ruled(uprights, columns[end], upright):
                end += 1
            while foot < len(levels) - 1 and not ruled(rules, levels[foot], across):
                foot += 1
            line.append(
                text.get_text_bounded(left + _INSET, levels[foot] + _INSET, columns[end] - _INSET, top - _INSET).strip()
            )
        above = line
        yield line
