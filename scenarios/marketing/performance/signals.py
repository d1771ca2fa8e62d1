"""What changes over the days: creatives that tire, days that stand out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..statistics import falling, holm, outliers
from .models import Anomaly, DayFigures, Fatigue

if TYPE_CHECKING:
    import pandas as pd

_DAYS = 7
_DROP = 0.2
"""A creative is tired when its CTR fell by at least so much, whatever the test says."""
_CREATIVES = 300
_SERIES = 10
_FAR = 3.5
"""Modified z-score of a day that stands out (Iglewicz & Hoaglin 1993)."""
_APART = 0.3
"""... and at least so far from what was expected, as a share of it."""
_SUMS = ("cost", "clicks", "conversions")
_RATIOS = {"ctr": "impressions", "cvr": "clicks"}
_ENOUGH = 20
"""Clicks or conversions that a ratio or a count should rest on before it can stand out."""


def fatigue(frame: "pd.DataFrame", alpha: float) -> list[Fatigue]:
    """Creatives with a week of days or more whose CTR falls (Armitage's trend, Holm over all) by a fifth or more.

    The fall is that of the last third of its days against the first.
    """
    if not {"date", "creative", "impressions", "clicks"} <= set(frame.columns):
        return []
    keys = ["creative", "channel"] if "channel" in frame else ["creative"]
    dated = frame[(frame["date"] != "") & (frame["impressions"] > 0)]
    daily = dated.groupby([*keys, "date"], sort=True)[["impressions", "clicks"]].sum().reset_index()
    found, p_values = [], []
    largest = daily.groupby(keys)["impressions"].sum().nlargest(_CREATIVES).index
    for key, days in daily.groupby(keys, sort=True):
        if len(days) < _DAYS or (key if len(keys) > 1 else key[0]) not in largest:
            continue
        third = len(days) // 3
        first, last = days.head(third), days.tail(third)
        before, after = (part["clicks"].sum() / part["impressions"].sum() for part in (first, last))
        p_values.append(falling(days["clicks"].tolist(), days["impressions"].tolist()))
        found.append((key, len(days), float(before), float(after)))
    adjusted = holm(p_values)
    return [
        Fatigue(
            creative=str(key[0]),
            channel=str(key[1]) if len(key) > 1 else "",
            days=count,
            first_ctr=round(before, 6),
            last_ctr=round(after, 6),
            drop=round(1 - after / before, 4),
            p_value=p_value,
            adjusted=corrected,
        )
        for (key, count, before, after), p_value, corrected in zip(found, p_values, adjusted, strict=True)
        if before > 0 and after <= (1 - _DROP) * before and corrected < alpha
    ]


def anomalies(series: Mapping[str, Sequence[DayFigures]]) -> list[Anomaly]:
    """Days that stand out in a channel's cost, clicks, conversions, CTR or CVR, the farthest first.

    Days that are missing between the first and the last count as 0: an interruption stands out too.
    """
    found = []
    for channel, known in series.items():
        days = _without_gaps(known)
        if len(days) < _SERIES:
            continue
        for metric in _SUMS:
            values = [getattr(day, metric) for day in days]
            if None not in values and (metric == "cost" or sum(values) >= _ENOUGH * len(days) / 2):
                found += _standing_out(channel, metric, [day.date for day in days], values)
        for metric, below in _RATIOS.items():
            counted = [day for day in days if (getattr(day, below) or 0) * (_share(days, metric) or 0) >= _ENOUGH / 2]
            if len(counted) >= _SERIES:
                dates = [day.date for day in counted]
                found += _standing_out(channel, metric, dates, [getattr(day, metric) or 0.0 for day in counted])
    return sorted(found, key=lambda one: (-abs(one.score), one.date, one.channel, one.metric))


def _standing_out(channel: str, metric: str, dates: Sequence[str], values: Sequence[float]) -> list[Anomaly]:
    scores = outliers(values)
    return [
        Anomaly(
            date=day, channel=channel, metric=metric, value=round(value, 6), expected=round(expected, 6),
            score=round(score, 2),
        )
        for day, value, (expected, score) in zip(dates, values, scores, strict=True)
        if abs(score) > _FAR and abs(value - expected) >= _APART * max(abs(expected), 1e-9)
    ]  # fmt: skip


def _share(days: Sequence[DayFigures], metric: str) -> float | None:
    above, below = ("clicks", "impressions") if metric == "ctr" else ("conversions", "clicks")
    tries = sum(getattr(day, below) or 0 for day in days)
    return sum(getattr(day, above) or 0 for day in days) / tries if tries else None


def _without_gaps(days: Sequence[DayFigures]) -> list[DayFigures]:
    if not days:
        return []
    known = {day.date: day for day in days}
    first, last = date.fromisoformat(days[0].date), date.fromisoformat(days[-1].date)
    length = (last - first).days + 1
    if length > 3 * len(days):  # months, weeks: no daily series
        return list(days)
    empty = {name: 0.0 for name in ("impressions", *_SUMS) if getattr(days[0], name) is not None}
    dates = [(first + timedelta(days=step)).isoformat() for step in range(length)]
    return [known.get(day) or DayFigures(date=day, **empty) for day in dates]
