"""Sums and ratios of a table: in all, and by channel, campaign, creative and day."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .models import (
    COUNTS,
    CampaignFigures,
    ChannelFigures,
    CreativeFigures,
    DayFigures,
    Figures,
)

if TYPE_CHECKING:
    import pandas as pd

MOST_CREATIVES = 2000
"""Creatives listed, those with the most cost first; all of them count in the totals."""


def ratios(sums: Mapping[str, float | None]) -> dict[str, float | None]:
    """``sums`` with the ratios of :class:`Figures`. Money is rounded to 4 places, a ratio to 6."""
    impressions, clicks, conversions, cost, revenue = (sums.get(name) for name in COUNTS)
    known = {name: None if (value := sums.get(name)) is None else round(value, 4) for name in COUNTS}
    return known | {
        "ctr": _over(clicks, impressions),
        "cvr": _over(conversions, clicks),
        "cpc": _over(cost, clicks),
        "cpa": _over(cost, conversions),
        "cpm": _over(None if cost is None else 1000 * cost, impressions),
        "roas": _over(revenue, cost),
    }


def totals(frame: "pd.DataFrame") -> Figures:
    """Of all rows."""
    return Figures(**ratios({name: float(frame[name].sum()) for name in COUNTS if name in frame}))


def by_channel(frame: "pd.DataFrame") -> list[ChannelFigures]:
    return [ChannelFigures(channel=key[0], **made) for key, made in _groups(frame, ["channel"])]


def by_campaign(frame: "pd.DataFrame") -> list[CampaignFigures]:
    return [CampaignFigures(campaign=key[0], **made) for key, made in _groups(frame, ["campaign"])]


def by_creative(frame: "pd.DataFrame") -> list[CreativeFigures]:
    """Creatives, a name in two channels being two."""
    keys = ["creative", "channel"] if "channel" in frame else ["creative"]
    listed = _groups(frame, keys)[:MOST_CREATIVES]
    return [CreativeFigures(creative=key[0], channel=key[1] if len(key) > 1 else "", **made) for key, made in listed]


def by_day(frame: "pd.DataFrame") -> list[DayFigures]:
    """Days in their order; rows without a readable day count in the totals only."""
    dated = frame[frame["date"] != ""] if "date" in frame else frame
    found = [DayFigures(date=key[0], **made) for key, made in _groups(dated, ["date"])]
    return sorted(found, key=lambda day: day.date)


def by_channel_day(frame: "pd.DataFrame") -> dict[str, list[DayFigures]]:
    """Channel -> its days."""
    if "channel" not in frame or "date" not in frame:
        return {}
    return {str(name): by_day(part) for name, part in frame.groupby("channel", sort=True)}


def _groups(frame: "pd.DataFrame", keys: list[str]) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """(names, figures) of each group, the most cost, else impressions, first."""
    if not set(keys) <= set(frame.columns) or frame.empty:
        return []
    known = [name for name in COUNTS if name in frame]
    sums = frame.groupby(keys, sort=True)[known].sum()
    order = next((name for name in ("cost", "impressions", "clicks") if name in known), None)
    if order:
        sums = sums.sort_values(order, ascending=False, kind="stable")
    rows = zip(sums.index, sums.to_dict("records"), strict=True)
    return [
        (key if isinstance(key, tuple) else (str(key),), ratios({str(name): value for name, value in row.items()}))
        for key, row in rows
    ]


def _over(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below or below < 0 else round(above / below, 6)
