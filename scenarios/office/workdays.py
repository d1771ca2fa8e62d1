"""The working-day calendar: Chinese statutory holidays and make-up days, and days of a company's own."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_STRETCH = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})\s*(?:[~～—–至到]|\.\.|\bto\b|\s-\s)\s*(\d{4}-\d{1,2}-\d{1,2})")
_LONGEST = 400  # days of a stretch


@dataclass(frozen=True)
class Workdays:
    """``off`` and ``on`` are days that the company rests or works against the general calendar.

    Holidays are those that the State Council publishes each November for the next year (《全国年节及纪念日放假办法》);
    a year that is not published yet has weekends only: see :meth:`unpublished`.
    """

    off: Collection[date] = frozenset()
    on: Collection[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether people work on ``day``."""
        import chinese_calendar

        if day in self.on or day in self.off:
            return day in self.on
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5

    def on_or_after(self, day: date) -> date:
        """The first working day from ``day`` on."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        """The last working day up to ``day``."""
        while not self.works(day):
            day -= timedelta(days=1)
        return day

    def move(self, day: date, days: int) -> date:
        """The working day ``days`` working days after ``day``, before it when negative. ``day`` must be one itself."""
        step = timedelta(days=1 if days >= 0 else -1)
        for _ in range(abs(days)):
            day += step
            while not self.works(day):
                day += step
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie from ``first`` to ``last``, both included; 0 when ``last`` is earlier."""
        days = range((last - first).days + 1)
        return sum(self.works(first + timedelta(days=number)) for number in days)

    @staticmethod
    def unpublished(day: date) -> bool:
        """Whether the holidays of ``day``'s year are not known yet."""
        import chinese_calendar

        return bool(day.year > max(chinese_calendar.constants.holidays).year)


def days_of(lines: Any) -> Any:
    """Each stretch of ``lines`` (``2026-08-03 ~ 2026-08-14``) as its days; what is none is left as it is."""
    if not isinstance(lines, Sequence) or isinstance(lines, str):
        return lines
    days: list[Any] = []
    for line in lines:
        stretch = _STRETCH.fullmatch(line.strip()) if isinstance(line, str) else None
        if stretch is None:
            days.append(line)
            continue
        try:
            first, last = (date(*map(int, part.split("-"))) for part in stretch.groups())
        except ValueError:
            days.append(line)  # pydantic names it
            continue
        days += [first + timedelta(days=number) for number in range(min((last - first).days + 1, _LONGEST))]
    return days
