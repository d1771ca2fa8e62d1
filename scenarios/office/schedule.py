"""Dates for a network of tasks: forward from a start day, or backward from a deadline, on working days."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.errors import RequestError

from .network import Activity, Span, spans
from .workdays import Workdays

_LONGEST = 5000  # working days


@dataclass(frozen=True, slots=True)
class Dated:
    """A task in the calendar: the days on which it starts and finishes, both included, and its span."""

    start: date
    finish: date
    span: Span


@dataclass(frozen=True)
class Schedule:
    """The whole. ``days`` are working days from the first start to the last finish.

    ``available`` are the working days from the start to the deadline, None without one; ``short`` how many are missing.
    """

    tasks: Mapping[str, Dated]
    days: int
    start: date
    finish: date
    deadline: date | None = None
    available: int | None = None

    @property
    def short(self) -> int:
        return max(self.days - self.available, 0) if self.available is not None else 0

    @property
    def critical(self) -> list[str]:
        """The ids of the tasks that decide the end, in order of their start."""
        decisive = [id for id, task in self.tasks.items() if task.span.critical and task.span.days > 0]
        return sorted(decisive, key=lambda id: self.tasks[id].span.early)


def plan(
    activities: Sequence[Activity],
    workdays: Workdays,
    *,
    start: date | None = None,
    deadline: date | None = None,
    today: date | None = None,
) -> Schedule:
    """Put ``activities`` into the calendar.

    From ``start``, or from the next working day after ``today``. With a deadline and no start it counts backward: the
    whole is laid so that it ends on the deadline, but never begins before the next working day.

    Raises ``RequestError`` as ``spans`` does, and for more than 20 years.
    """
    found = spans(activities)
    days = math.ceil(round(max((span.early + span.days for span in found.values()), default=0), 6))
    if days > _LONGEST:
        raise RequestError("scenarios.office:network.long", days=days, most=_LONGEST)
    soonest = workdays.on_or_after((today or date.today()) + timedelta(days=1))
    if start is not None:
        first = workdays.on_or_after(start)
    elif deadline is not None:
        first = max(workdays.move(workdays.on_or_before(deadline), 1 - max(days, 1)), soonest)
    else:
        first = soonest
    calendar = [first]

    def day(offset: int) -> date:
        while len(calendar) <= offset:
            calendar.append(workdays.move(calendar[-1], 1))
        return calendar[offset]

    tasks = {}
    for id, span in found.items():
        begins = math.floor(round(span.early, 6))
        ends = max(math.ceil(round(span.early + span.days, 6)) - 1, begins if span.days else begins - 1, 0)
        begins = min(begins, ends) if not span.days else begins  # a milestone falls on the day that ends what precedes
        tasks[id] = Dated(day(begins), day(ends), span)
    finish = max((task.finish for task in tasks.values()), default=first)
    available = None if deadline is None else workdays.between(first, deadline)
    return Schedule(tasks, days, first, finish, deadline, available)


def overload(
    schedule: Schedule, people: Mapping[str, str], workdays: Workdays, limit: float = 1.0
) -> list[tuple[str, date, list[str]]]:
    """Days on which one role has more than ``limit`` days of work: (role, first such day, task ids).

    One entry a role and set of tasks. What of a task falls on a day is what counts.
    """
    load: dict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    for id, task in schedule.tasks.items():
        begin, end = task.span.early, task.span.early + task.span.days
        for day in range(math.floor(round(begin, 6)), math.ceil(round(end, 6))):
            load[day, people[id]][id] = min(end, day + 1) - max(begin, day)
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for (day, role), parts in sorted(load.items()):
        if round(sum(parts.values()), 6) > limit:
            seen.setdefault((role, tuple(parts)), day)
    first = workdays.on_or_after(schedule.start)
    return [(role, workdays.move(first, day), list(ids)) for (role, ids), day in seen.items()]
