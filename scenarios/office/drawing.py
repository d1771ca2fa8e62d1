"""The pictures of a norm: its flow in swimlanes, its Gantt chart, its RACI matrix, each as SVG."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from workbench.scenario import Picture
from workbench.texts import Lang, text

from .flow import by_role, edges
from .models import Norm, NormTask
from .svg import (
    ACCENT,
    ACCENT_SOFT,
    INK,
    MUTED,
    PAPER,
    RULE,
    SHADE,
    WARM,
    WARM_SOFT,
    Point,
    block,
    box,
    path,
    picture,
    png,
    rule,
    words,
    wrapped,
)

_LANE, _ROW, _WIDE, _HIGH, _HEAD = 156, 96, 124, 52, 36


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.office:{key}", lang, **values)


def swimlanes(norm: Norm, lang: Lang) -> str:
    """Roles side by side, time downwards. Decisions are tinted; what goes back is dashed and runs beside the lane."""
    lanes = list(by_role(norm))
    rows = _rows(norm, lanes)
    last = max(rows.values(), default=0) + 1
    width, height = max(len(lanes), 1) * _LANE + 2, _HEAD + (last + 1) * _ROW + 2
    parts = []
    for number, role in enumerate(lanes):
        parts.append(box(1 + number * _LANE, 1, _LANE, height - 2, SHADE if number % 2 else PAPER, round=0))
        parts.append(box(1 + number * _LANE, 1, _LANE, _HEAD, ACCENT_SOFT, round=0))
        parts.append(block(role, 1 + (number + 0.5) * _LANE, 1 + _HEAD / 2, _LANE - 12, 2, size=12))
    places: dict[str, Point] = {task.id: _middle(rows[task.id], lanes.index(task.responsible)) for task in norm.tasks()}
    first = norm.tasks()[0].responsible if norm.tasks() else ""
    ending = norm.tasks()[-1].responsible if norm.tasks() else ""
    places["start"] = _middle(0, lanes.index(first) if first in lanes else 0)
    places["end"] = _middle(last, lanes.index(ending) if ending in lanes else 0)
    taken = {(rows[task.id], lanes.index(task.responsible)) for task in norm.tasks()}
    used: Counter[tuple[str, int]] = Counter()
    for source, target, outcome in edges(norm):
        parts.append(_edge(source, target, outcome, places, taken, used))
    for id, round_ in (("start", 12), ("end", 10)):
        x, y = places[id]
        fill = PAPER if id == "start" else INK
        parts.append(box(x - round_, y - round_, 2 * round_, 2 * round_, fill, INK, round=round_))
    parts += [_step(task, places[task.id], lang) for task in norm.tasks()]
    return picture(width, height, parts, _say("picture.flow", lang, title=norm.title))


def _rows(norm: Norm, lanes: list[str]) -> dict[str, int]:
    """By task, how far down: below all that it waits for, alone in its place."""
    rows: dict[str, int] = {}
    taken: set[tuple[int, int]] = set()
    for task in norm.tasks():
        row = 1 + max((rows.get(before, 0) for before in task.depends_on), default=0)
        lane = lanes.index(task.responsible)
        while (row, lane) in taken:
            row += 1
        rows[task.id] = row
        taken.add((row, lane))
    return rows


def _middle(row: int, lane: int) -> Point:
    return 1 + (lane + 0.5) * _LANE, _HEAD + (row + 0.5) * _ROW


def _edge(
    source: str, target: str, outcome: str, places: dict[str, Point], taken: set[tuple[int, int]],
    used: Counter[tuple[str, int]],
) -> str:  # fmt: skip
    """A line with right angles, past the boxes, each on a track of its own."""
    (x1, y1), (x2, y2) = places[source], places[target]
    row1, row2 = round((y1 - _HEAD) / _ROW - 0.5), round((y2 - _HEAD) / _ROW - 0.5)
    lane1, lane2 = round((x1 - 1) / _LANE - 0.5), round((x2 - 1) / _LANE - 0.5)
    half1 = _HIGH / 2 if source not in ("start", "end") else 12
    half2 = _HIGH / 2 if target not in ("start", "end") else 10

    def track(kind: str, place: int) -> float:
        used[kind, place] += 1
        count = used[kind, place]
        return (count // 2) * (5 if count % 2 else -5)

    back = row2 <= row1
    free = all((row, lane2) not in taken for row in range(row1 + 1, row2))
    if back:
        gutter = 1 + (lane1 + 1) * _LANE - 10 + track("gutter", lane1)
        above = y2 - _ROW / 2 + 4 + track("above", row2)
        points = [(x1 + _WIDE / 2, y1), (gutter, y1), (gutter, above), (x2 + 14, above), (x2 + 14, y2 - half2)]
        label = (gutter + 4, y1 - _HIGH / 2 - 7, "start")
    elif lane1 == lane2 and free:
        points = [(x1, y1 + half1), (x2, y2 - half2)]
        label = (x1 + 5, y1 + half1 + 11, "start")
    elif free:
        below = y1 + _ROW / 2 + track("below", row1)
        points = [(x1, y1 + half1), (x1, below), (x2, below), (x2, y2 - half2)]
        label = (x1 + 5, y1 + half1 + 9, "start")
    else:
        below, above = y1 + _ROW / 2 + track("below", row1), y2 - _ROW / 2 + track("below", row2 - 1)
        side = lane2 if lane1 <= lane2 else lane2 + 1
        gutter = 1 + side * _LANE + (10 if side == 0 else 6) + track("side", side)
        points = [(x1, y1 + half1), (x1, below), (gutter, below), (gutter, above), (x2, above), (x2, y2 - half2)]
        label = (x1 + 5, y1 + half1 + 9, "start")
    drawn = path(points, dashed=back)
    if outcome:
        drawn += words(wrapped(outcome, 8, 1)[0], label[0], label[1], size=10.5, colour=MUTED, anchor=label[2])
    return drawn


def _step(task: NormTask, place: Point, lang: Lang) -> str:
    x, y = place
    fill, line = (WARM_SOFT, WARM) if task.branches else (PAPER, ACCENT if task.critical else RULE)
    days = _say("picture.days", lang, days=f"{task.duration_days:g}")
    return (
        box(x - _WIDE / 2, y - _HIGH / 2, _WIDE, _HIGH, fill, line)
        + block(f"{task.id} {task.name}", x, y - 7, _WIDE - 12, 2, size=11.5)
        + words(days, x, y + _HIGH / 2 - 9, size=9.5, colour=MUTED)
    )


def gantt(norm: Norm, lang: Lang) -> str:
    """A bar for each step over the days; critical steps in the accent colour, days off shaded."""
    tasks = [task for task in norm.tasks() if task.start and task.finish]
    if not tasks:
        return picture(400, 60, [words(_say("norm.none", lang), 200, 30)], norm.title)
    first, last = min(task.start for task in tasks if task.start), max(task.finish for task in tasks if task.finish)
    count = (last - first).days + 1
    left, line, top, room = 230.0, 26.0, 42.0, 620.0
    day = max(room / count, 1.5)
    width, height = left + day * count + 16, top + line * len(tasks) + 30
    parts = []
    workdays, step = norm.workdays(), max(1, round(count / 12))
    for number in range(count):
        here = first + timedelta(days=number)
        if not workdays.works(here):
            parts.append(box(left + number * day, top, day, line * len(tasks), SHADE, SHADE, round=0))
        if number % step == 0:
            parts.append(words(f"{here:%m-%d}", left + (number + 0.5) * day, top - 12, size=10, colour=MUTED))
            parts.append(rule(left + number * day, top, top + line * len(tasks)))
    for row, task in enumerate(tasks):
        y = top + row * line
        parts.append(words(wrapped(f"{task.id} {task.name}", 17.5, 1)[0], 10, y + line / 2, size=11.5, anchor="start"))
        start, finish = task.start or first, task.finish or last
        x, wide = left + (start - first).days * day, ((finish - start).days + 1) * day
        fill = ACCENT if task.critical else "#9db4d6"
        parts.append(box(x + 1, y + 6, max(wide - 2, 2), line - 12, fill, fill, round=3))
        told = wrapped(task.responsible, 12, 1)[0]
        beside = x + wide + 5 if x + wide + 90 < width else x - 5
        anchor = "start" if beside > x else "end"
        parts.append(words(told, beside, y + line / 2, size=10, colour=MUTED, anchor=anchor))
    base = height - 14
    for number, (key, fill) in enumerate((("critical", ACCENT), ("slack", "#9db4d6"))):
        parts.append(box(left + number * 120, base - 5, 18, 10, fill, fill, round=3))
        parts.append(words(_say(f"chart.{key}", lang), left + 24 + number * 120, base, size=10.5, anchor="start"))
    if norm.deadline and first <= norm.deadline <= last + timedelta(days=1):
        parts.append(_deadline(norm.deadline, first, left, day, top, line * len(tasks), lang))
    return picture(width, height, parts, _say("picture.gantt", lang, title=norm.title))


def _deadline(deadline: date, first: date, left: float, day: float, top: float, high: float, lang: Lang) -> str:
    x = left + ((deadline - first).days + 1) * day
    return rule(x, top - 4, top + high, WARM) + words(_say("field.deadline", lang), x, top - 26, size=10, colour=WARM)


def raci(norm: Norm, lang: Lang) -> str:
    """Steps by roles: R carries out, A answers, C is asked, I is told."""
    roles = [role.name for role in norm.roles]
    left, cell, line, top = 240.0, 84.0, 28.0, 52.0
    width, height = left + cell * len(roles) + 1, top + line * len(norm.tasks()) + 26
    parts = [box(0.5, 0.5, width - 1, top, ACCENT_SOFT, round=0)]
    for number, role in enumerate(roles):
        parts.append(block(role, left + (number + 0.5) * cell, top / 2, cell - 8, 3, size=11))
    for row, task in enumerate(norm.tasks()):
        y = top + row * line
        parts.append(box(0.5, y, width - 1, line, SHADE if row % 2 else PAPER, round=0))
        parts.append(words(wrapped(f"{task.id} {task.name}", 19, 1)[0], 10, y + line / 2, size=11.5, anchor="start"))
        for number, role in enumerate(roles):
            mark = marks(task).get(role, "")
            if mark:
                strong = "A" in mark or "R" in mark
                x = left + (number + 0.5) * cell
                fill = ACCENT if "A" in mark else ACCENT_SOFT if "R" in mark else SHADE
                parts.append(box(x - 17, y + 5, 34, line - 10, fill, fill if strong else RULE, round=9))
                colour = PAPER if "A" in mark else INK
                parts.append(words(mark, x, y + line / 2, size=11, colour=colour, bold=strong))
    parts.append(words(_say("raci.legend", lang), 10, height - 12, size=10.5, colour=MUTED, anchor="start"))
    return picture(width, height, parts, _say("picture.raci", lang, title=norm.title))


def marks(task: NormTask) -> dict[str, str]:
    """What each role is to a step: R, A, R/A, C or I."""
    found = dict.fromkeys(task.informed, "I") | dict.fromkeys(task.consulted, "C")
    found[task.responsible] = "R"
    found[task.accountable] = "R/A" if task.accountable == task.responsible else "A"
    return found


DRAWN: Mapping[str, Callable[[Norm, Lang], str]] = {"flow": swimlanes, "gantt": gantt, "raci": raci}
"""The pictures by name."""


def drawn(name: str, norm: Norm, lang: Lang) -> bytes:
    """A picture as PNG."""
    return png(DRAWN[name](norm, lang))


def shown(norm: Norm, lang: Lang, name: str) -> Picture:
    """A picture for a document."""
    return Picture(drawn(name, norm, lang), _say(f"picture.{name}", lang, title=norm.title))
