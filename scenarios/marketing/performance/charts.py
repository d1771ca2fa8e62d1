"""The charts of a performance report, as altair charts for the page and its documents."""

from collections.abc import Sequence
from typing import Any

from workbench.texts import Lang, text

from ..charts import ACCENT, BAD, COLOURS, GOOD, MUTED
from .models import Action, Performance

_WIDTH = 560
_JUDGED = {"scale": GOOD, "keep": ACCENT, "stop": BAD}


def _say(key: str, lang: Lang) -> str:
    return text(f"scenarios.marketing:performance.{key}", lang)


def judged(found: Performance, level: str, lang: Lang) -> Any | None:
    """The measure of each channel or creative with what it may really be, against the aim; None without any."""
    import altair as alt
    import pandas as pd

    shown = [one for one in found.actions if one.level == level and one.value is not None and one.low is not None][:15]
    if not shown:
        return None
    metric = shown[0].metric
    frame = pd.DataFrame([_row(one, lang) for one in shown])
    names = alt.Y("name:N", sort=[one.name for one in sorted(shown, key=_order)], title=None)
    colours = alt.Scale(domain=[_say(f"action.{name}", lang) for name in _JUDGED], range=list(_JUDGED.values()))
    colour = alt.Color("action:N", scale=colours, title=None)
    points = alt.Chart(frame).mark_point(filled=True, size=110).encode(
        x=alt.X("value:Q", title=_say(f"field.{metric}", lang), scale=alt.Scale(zero=True)), y=names, color=colour,
        tooltip=["name", "value", "low", "high", "action"],
    )  # fmt: skip
    reach = alt.Chart(frame).mark_rule(strokeWidth=3, opacity=0.5).encode(x="low:Q", x2="high:Q", y=names, color=colour)
    target = pd.DataFrame({"aim": [shown[0].target]})
    aim = alt.Chart(target).mark_rule(strokeDash=[5, 4], color=MUTED).encode(x="aim:Q")
    return (aim + reach + points).properties(width=_WIDTH, height=alt.Step(34))


def daily(found: Performance, lang: Lang) -> Any | None:
    """Cost and conversions (clicks without them) by day, one above the other, odd days marked; None for one day."""
    import altair as alt
    import pandas as pd

    if len(found.by_day) < 2:
        return None
    below = "conversions" if found.totals.conversions else "clicks"
    parts = []
    odd = {one.date for one in found.anomalies}
    for place, name in enumerate(("cost", below)):
        rows = [
            {"date": day.date, "value": getattr(day, name), "odd": day.date in odd}
            for day in found.by_day
            if getattr(day, name) is not None
        ]
        if not rows:
            continue
        base = alt.Chart(pd.DataFrame(rows)).encode(
            x=alt.X("yearmonthdate(date):T", title=None, axis=alt.Axis(**_days(len(found.by_day)))),
            y=alt.Y("value:Q", title=_say(f"field.{name}", lang)),
            tooltip=["date", "value"],
        )
        marks = base.transform_filter("datum.odd").mark_point(size=90, filled=True, color=BAD)
        line = base.mark_line(strokeWidth=2, color=COLOURS[place])
        parts.append((line + marks).properties(width=_WIDTH, height=130))
    return alt.vconcat(*parts) if parts else None


def _days(count: int) -> dict[str, Any]:
    """How an axis of days is marked: each of a few once, else as many as fit."""
    few = {"tickCount": {"interval": "day", "step": 1}} if count <= 14 else {}
    return {"format": "%m-%d", "labelOverlap": True, **few}


def _row(one: Action, lang: Lang) -> dict[str, Any]:
    return {
        "name": one.name,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "action": _say(f"action.{one.action}", lang),
    }


def _order(one: Action) -> float:
    return -(one.value or 0.0) if one.metric == "roas" else one.value or 0.0


def drawn(found: Performance, lang: Lang) -> Sequence[tuple[str, Any]]:
    """(title, chart) of all charts that the figures allow."""
    made = [
        (_say("chart.channels", lang), judged(found, "channel", lang)),
        (_say("chart.creatives", lang), judged(found, "creative", lang)),
        (_say("chart.days", lang), daily(found, lang)),
    ]
    return [(title, chart) for title, chart in made if chart is not None]
