"""When the money is spent: weeks, stages around the season, what each channel does, to the cent."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from workbench.texts import Lang

from .library import entries, stages
from .models import Share, Week
from .split import to_the_cent


def calendar(
    shares: Sequence[Share], weeks: int, start: date | None, season: dict[str, Any] | None, lang: Lang
) -> list[Week]:
    """A row for each week and channel. The stages weigh the weeks; a channel's weeks sum to its budget exactly."""
    plan = _stages(weeks, start, season)
    weights = [stages()[stage]["weight"] for stage in plan]
    rows = []
    money = {one.channel: to_the_cent(weights, one.budget) for one in shares}
    for number, stage in enumerate(plan):
        first = start + timedelta(weeks=number) if start else None
        for one in shares:
            entry = entries().get(one.channel)
            rows.append(
                Week(
                    week=number + 1,
                    start=first.isoformat() if first else "",
                    end=(first + timedelta(days=6)).isoformat() if first else "",
                    stage=stages()[stage][lang],
                    channel=one.channel,
                    budget=money[one.channel][number],
                    task=entry.words(lang)[stage] if entry else stages()[stage][lang],
                )
            )
    return rows


def peak_day(season: dict[str, Any], start: date, weeks: int) -> date | None:
    """The season's day within the plan's weeks; None when it lies outside."""
    end = start + timedelta(weeks=weeks)
    for year in (start.year, start.year + 1):
        for day in season["days"]:
            if len(day) == 5 or day.startswith(str(year)):
                found = date.fromisoformat(f"{year}-{day[-5:]}")
                if start <= found < end:
                    return found
    return None


def _stages(weeks: int, start: date | None, season: dict[str, Any] | None) -> list[str]:
    """The stage of each week: warm-up, peak, follow-up around the season; a test first and steady weeks otherwise."""
    if season is None:
        return ["test" if weeks > 1 and number == 0 else "steady" for number in range(weeks)]
    day = peak_day(season, start, weeks) if start else None
    if start and day:
        peak = (day - start).days // 7
    else:
        peak = max(0, round(weeks * 0.65) - (1 if weeks < 3 else 0) - (1 if weeks >= 3 else 0))
    return ["peak" if number == peak else "warm" if number < peak else "after" for number in range(weeks)]
