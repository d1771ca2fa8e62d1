"""What to stop, keep and scale, by figures that chance cannot explain; and what moving money would bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.texts import Lang, text

from ..response import ASSUMED, Curve, elasticity, through
from ..statistics import poisson_interval
from .models import (
    Action,
    Anomaly,
    ChannelFigures,
    CreativeFigures,
    DayFigures,
    Fatigue,
    Figures,
    Judgement,
    Outcome,
    PerformanceRequest,
    Shift,
)

_NOTHING_YET = 3.0
"""Without a conversion, stop after so many times the aim's cost: by then 3 were due, and none came by chance in 5%."""
_CREATIVES = 30


@dataclass(frozen=True)
class _Measure:
    """What is judged by, its aim, and what a conversion may cost: by it conversions are due."""

    metric: str
    target: float
    each: float


def actions(
    request: PerformanceRequest,
    totals: Figures,
    channels: Sequence[ChannelFigures],
    creatives: Sequence[CreativeFigures],
    tired: Sequence[Fatigue],
    lang: Lang,
) -> list[Action]:
    """A judgement for each channel and the creatives with the most cost.

    The measure is ROAS where the file has revenue, cost of a conversion otherwise; the aim is the request's, else the
    whole file's. Conversions are taken as a Poisson count (Byar's interval, 95%): worse than the aim even at the good
    end is stop, better even at the bad end is scale, everything between is keep.
    """
    measure = _measure(request, totals)
    if measure is None:
        return []
    worn = {(one.creative, one.channel) for one in tired}
    made = []
    for one in channels:
        made.append(_judged("channel", one.channel, "", one, measure, False, lang))
    for creative in creatives[:_CREATIVES]:
        name, channel = creative.creative, creative.channel
        made.append(_judged("creative", name, channel, creative, measure, (name, channel) in worn, lang))
    return [one for one in made if one is not None]


def shift(
    request: PerformanceRequest,
    judged: Sequence[Action],
    channels: Sequence[ChannelFigures],
    days: Mapping[str, Sequence[DayFigures]],
    odd: Sequence[Anomaly],
) -> Shift | None:
    """Moving ``shift_share`` of the worst channel's cost to the best: from one to stop, or the worst; to one to scale,
    or the best. None with fewer than two channels that have cost and conversions somewhere."""
    ranked = sorted(
        (one for one in judged if one.level == "channel" and one.cost > 0),
        key=lambda one: ({"stop": 0, "keep": 1, "scale": 2}[one.action], _goodness(one)),
    )
    if len(ranked) < 2 or (
        ranked[0].action == ranked[-1].action == "keep" and _goodness(ranked[0]) == _goodness(ranked[-1])
    ):
        return None
    figures = {one.channel: one for one in channels}
    source, target = figures[ranked[0].name], figures[ranked[-1].name]
    if not target.conversions or not source.cost or not target.cost:
        return None
    amount = round(request.shift_share * source.cost, 2)
    curves, fitted = {}, []
    for one in (source, target):
        strange = {anomaly.date for anomaly in odd if anomaly.channel == one.channel}
        usual = [day for day in days.get(one.channel, ()) if day.date not in strange]
        curves[one.channel], known = curve(one, usual)
        fitted += [one.channel] if known else []
    before = [(one.cost or 0.0, one.conversions or 0.0, one.revenue) for one in (source, target)]
    costs = (source.cost - amount, target.cost + amount)
    after = []
    for one, cost in zip((source, target), costs, strict=True):
        conversions = curves[one.channel].at(cost)
        each = one.revenue / one.conversions if one.revenue is not None and one.conversions else None
        revenue = None if one.revenue is None else conversions * (each or 0.0)
        after.append((cost, conversions, revenue))
    was, then = _outcome(before), _outcome(after)
    gain = None if was.revenue is None or then.revenue is None else round(then.revenue - was.revenue, 2)
    return Shift(
        source=source.channel,
        target=target.channel,
        amount=amount,
        elasticity={name: made.elasticity for name, made in curves.items()},
        fitted=fitted,
        before=was,
        after=then,
        gain_conversions=round(then.conversions - was.conversions, 2),
        gain_revenue=gain,
    )


def curve(one: ChannelFigures, days: Sequence[DayFigures]) -> tuple[Curve, bool]:
    """The response of a channel's whole period, and whether its elasticity was fitted to its days."""
    made = elasticity([day.cost or 0.0 for day in days], [day.conversions or 0.0 for day in days])
    known = made.elasticity if made else ASSUMED
    return through(one.cost or 0.0, one.conversions or 0.0, known), made is not None


def _measure(request: PerformanceRequest, totals: Figures) -> _Measure | None:
    cpa = request.target_cpa or totals.cpa
    if request.target_cpa is None and totals.revenue and totals.roas and cpa:
        return _Measure("roas", request.target_roas or totals.roas, cpa)
    return _Measure("cpa", cpa, cpa) if cpa else None


def _judged(
    level: str, name: str, channel: str, one: Figures, measure: _Measure, tired: bool, lang: Lang
) -> Action | None:
    if not one.cost or one.cost < 0 or one.conversions is None or one.conversions < 0:
        return None
    metric, target = measure.metric, measure.target
    few, many = poisson_interval(one.conversions)
    due = one.cost / measure.each
    if metric == "roas":
        each = (one.revenue or 0.0) / one.conversions if one.conversions else 0.0
        value = one.roas
        low, high = (few * each / one.cost, many * each / one.cost) if one.conversions else (None, None)
        worse, better = high is not None and high < target, low is not None and low > target
    else:
        value = one.cpa
        low, high = one.cost / many, one.cost / few if few else None
        worse, better = low > target, high is not None and high < target
    if not one.conversions:
        worse, better = due >= _NOTHING_YET, False
    action: Judgement = "stop" if worse else "scale" if better else "keep"
    why = f"{action}.{metric}" if one.conversions else "nothing"
    words = text(
        f"scenarios.marketing:performance.why.{why}",
        lang,
        cost=f"{one.cost:,.2f}", conversions=f"{one.conversions:,.0f}", value=_shown(value), target=_shown(target),
        low=_shown(low), high=_shown(high), due=f"{due:.1f}",
    )  # fmt: skip
    if tired:
        words += text("scenarios.marketing:performance.why.tired", lang)
    return Action.model_validate(
        {
            "action": action, "level": level, "name": name, "channel": channel, "metric": metric, "value": value,
            "target": round(target, 6), "low": None if low is None else round(low, 4),
            "high": None if high is None else round(high, 4), "cost": one.cost, "evidence": words, "tired": tired,
        }
    )  # fmt: skip


def _goodness(one: Action) -> float:
    if one.value is None:
        return 0.0
    return one.value if one.metric == "roas" else 1 / one.value if one.value else 0.0


def _outcome(parts: Sequence[tuple[float, float, float | None]]) -> Outcome:
    revenues = [revenue for _, _, revenue in parts if revenue is not None]
    return Outcome(
        cost=round(sum(cost for cost, _, _ in parts), 2),
        conversions=round(sum(conversions for _, conversions, _ in parts), 2),
        revenue=round(sum(revenues), 2) if len(revenues) == len(parts) else None,
    )


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:,.2f}"
