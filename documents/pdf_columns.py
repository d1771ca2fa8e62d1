"""Pages in two columns whose file goes on row by row: read column by column. Lengths are in points, y grows upwards."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

Box = tuple[float, float, float, float]
"""left, bottom, right, top"""

_LEAST = 8  # lines a column
_FULL = 0.7  # a line that fills so much of its column is prose, not a cell
_PROSE = 0.6  # so many of the lines must
_WIDE = 0.35  # a column takes so much of what is printed
_TRIES = 40


def by_column(text: Any, words: str, page: Box) -> str:
    """``words`` of a pypdfium2 text page in the order of its columns.

    Unchanged where the page has one column, where the file already goes column by column, and where the lines are
    short: those are rows of a table, which belong together.
    """
    boxes: list[Box] = [text.get_rect(number) for number in range(text.count_rects())]
    boxes = [box for box in boxes if box[2] - box[0] > 1 and box[3] - box[1] > 1]
    if len(boxes) < 2 * _LEAST:
        return words
    gutter = _gutter(boxes)
    sides = [_side(box, gutter) for box in boxes]
    across = [box for box, side in zip(boxes, sides, strict=True) if not side]
    order = [side for side in sides if side]
    switches = sum(one != other for one, other in pairwise(order))
    columns = [_rows(box for box, at in zip(boxes, sides, strict=True) if at == side) for side in (-1, 1)]
    fewest = min(map(len, columns))
    printed = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    if fewest < _LEAST or len(across) > len(boxes) / 3 or switches < fewest:
        return words
    if not all(_is_prose(rows, _WIDE * printed) for rows in columns):
        return words
    parts = list(_cut(text, page, gutter, across))
    ordered = "\n".join(parts)
    return ordered if Counter("".join(ordered.split())) == Counter("".join(words.split())) else words


def _gutter(boxes: list[Box]) -> float:
    """Where, around the middle of what is printed, an upright line would cross the fewest words."""
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    places = [left + (right - left) * (0.3 + 0.4 * step / _TRIES) for step in range(_TRIES + 1)]
    crossed = [sum(box[0] < place < box[2] for box in boxes) for place in places]
    best = [place for place, count in zip(places, crossed, strict=True) if count == min(crossed)]
    return best[len(best) // 2]


def _side(box: Box, gutter: float) -> int:
    return -1 if box[2] <= gutter else 1 if box[0] >= gutter else 0


def _rows(boxes: Iterator[Box]) -> list[Box]:
    """Pieces on one height joined to lines, from the top."""
    rows: list[Box] = []
    for box in sorted(boxes, key=lambda box: -box[3]):
        middle = (box[1] + box[3]) / 2
        if rows and rows[-1][1] < middle < rows[-1][3]:
            last = rows[-1]
            rows[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            rows.append(box)
    return rows


def _is_prose(rows: list[Box], least: float) -> bool:
    width = max(row[2] for row in rows) - min(row[0] for row in rows)
    return width >= least and sum(row[2] - row[0] > _FULL * width for row in rows) >= _PROSE * len(rows)


def _cut(text: Any, page: Box, gutter: float, across: list[Box]) -> Iterator[str]:
    """The words between lines that go across both columns: the left column's, then the right one's."""
    left, bottom, right, upper = page
    for row in _rows(iter(across)):
        yield from _halves(text, left, gutter, right, row[3], upper)
        inset = (row[3] - row[1]) / 4  # pdfium gives every letter that touches a box: stay clear of the neighbours
        yield text.get_text_bounded(left, row[1] + inset, right, row[3] - inset)
        upper = row[1]
    yield from _halves(text, left, gutter, right, bottom, upper)


def _halves(text: Any, left: float, gutter: float, right: float, lower: float, upper: float) -> Iterator[str]:
    if upper - lower > 1:
        yield text.get_text_bounded(left, lower + 0.5, gutter - 0.5, upper - 0.5)
        yield text.get_text_bounded(gutter + 0.5, lower + 0.5, right, upper - 0.5)
