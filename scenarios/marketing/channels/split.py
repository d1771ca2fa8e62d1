"""The mix of a plan: which channels, on what curve, and how the budget is divided to the cent."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from workbench.texts import Lang, text

from ..response import ASSUMED, Curve, best_split, elasticity, through
from .library import Entry, audiences_of, channel_of, entries, rate_of
from .models import ChannelsRequest, Goal, Range, Response, ResultKind, Share

if TYPE_CHECKING:
    import pandas as pd

_MOST_CHANNELS = 5
_LEAST, _MOST = 0.05, 0.6
"""Shares that a channel of a mix keeps at least and at most, so that one curve's error does not take all."""
_SPREAD = 1.6
"""Factor up and down of a range that rests on an assumption."""
_TEST = 0.15
"""Share that a channel without history may take beside channels that have one."""


def mix(
    request: ChannelsRequest, goal: Goal, result: ResultKind, history: "pd.DataFrame | None", lang: Lang
) -> list[Share]:
    """The channels with their curves, bounds and budgets, the largest first."""
    known = _known(history, result)
    chosen = _chosen(request, goal, known)
    equal = request.budget / len(chosen)
    rate = rate_of(request.currency) or 1.0
    shares = []
    for key, name in chosen:
        entry, past = entries().get(key), known.get(key)
        cpm, ctr, cvr = _rates(entry, past, rate)
        each = {"impressions": 1000 / cpm, "clicks": 1000 / cpm * ctr, "conversions": 1000 / cpm * ctr * cvr}[result]
        made = _response(past, request, equal, each)
        made.worth = (past or {}).get("worth", 1.0) * (1 if past else max(_fit(entry, goal), 1) / 3)
        tested = bool(known) and past is None
        shares.append(
            Share(
                channel=key,
                name=name or (entry.words(lang)["name"] if entry else key),
                reason=_reason(request, goal, entry, made, tested, lang),
                budget=0,
                share=0,
                least=round(request.budget * min(_LEAST, 1 / len(chosen)), 2),
                most=round(
                    request.budget * (1 if len(chosen) == 1 else _TEST if tested else max(_MOST, 1 / len(chosen))), 2
                ),
                response=made,
                cpm=round(cpm, 4),
                ctr=round(ctr, 6),
                cvr=round(cvr, 6),
            )
        )
    if all(one.most < request.budget / len(shares) for one in shares):
        shares = [one.model_copy(update={"most": request.budget}) for one in shares]
    return divided(shares, request.budget)


def divided(shares: Sequence[Share], budget: float) -> list[Share]:
    """The budget split by the curves: the next unit of money brings the same everywhere, within the bounds."""
    curves = [Curve(one.response.scale, one.response.elasticity) for one in shares]
    worth = [one.response.worth for one in shares]
    least, most = [one.least for one in shares], [one.most for one in shares]
    short = budget - sum(most)
    if short > 0:
        most = [high + short for high in most]
    split = best_split(curves, worth, budget, least, most)
    return sorted(budgeted(shares, split, budget), key=lambda one: -one.budget)


def budgeted(shares: Sequence[Share], split: Sequence[float], budget: float) -> list[Share]:
    """The shares with these budgets, scaled and rounded so that they sum to ``budget`` to the cent."""
    cents = to_the_cent(split, budget)
    made = []
    for one, own in zip(shares, cents, strict=True):
        curve = Curve(one.response.scale, one.response.elasticity)
        expected, spread = curve.at(own), one.response.spread
        results = Range(low=round(expected / spread, 2), expected=round(expected, 2), high=round(expected * spread, 2))
        following = round(1 / curve.marginal(own), 4) if own and curve.marginal(own) > 0 else None
        share = round(own / budget, 6)
        made.append(
            one.model_copy(update={"budget": own, "share": share, "results": results, "next_result": following})
        )
    return made


def to_the_cent(parts: Sequence[float], whole: float) -> list[float]:
    """``parts`` scaled to sum to ``whole`` and rounded to cents, none lost: largest remainders get the odd ones."""
    total = sum(parts)
    weights = [Decimal(str(part)) for part in parts] if total > 0 else [Decimal(1)] * len(parts)
    cents = int((Decimal(str(whole)) * 100).to_integral_value())
    exact = [weight * cents / sum(weights) for weight in weights]
    floors = [int(part.to_integral_value(rounding=ROUND_FLOOR)) for part in exact]
    order = sorted(range(len(exact)), key=lambda place: floors[place] - exact[place])
    for place in order[: cents - sum(floors)]:
        floors[place] += 1
    return [floor / 100 for floor in floors]


def _known(history: "pd.DataFrame | None", result: ResultKind) -> dict[str, dict[str, Any]]:
    """Channel -> what its history says: sums, rates, days, the fitted curve of a day."""
    if history is None or not {"channel", "cost"} <= set(history.columns):
        return {}
    known: dict[str, dict[str, Any]] = {}
    frame = history.assign(key=history["channel"].map(lambda name: channel_of(name) or name))
    for key, part in frame.groupby("key", sort=True):
        cost = float(part["cost"].sum())
        sums = {
            name: float(part[name].sum()) if name in part else 0.0
            for name in ("impressions", "clicks", "conversions", "revenue")
        }
        if cost <= 0 or not sums[result]:
            continue
        dated = part[part["date"] != ""] if "date" in part else part.iloc[:0]
        by_day = dated.groupby("date")[["cost", result]].sum() if len(dated) else None
        days = len(by_day) if by_day is not None else 0
        fitted = elasticity(by_day["cost"].tolist(), by_day[result].tolist()) if by_day is not None else None
        worth = sums["revenue"] / sums["conversions"] if sums["revenue"] and sums["conversions"] else 1.0
        known[str(key)] = {
            **sums, "cost": cost, "days": days, "curve": fitted, "worth": worth, "name": str(part["channel"].iloc[0]),
        }  # fmt: skip
    largest = max((one["worth"] for one in known.values()), default=1.0)
    return {key: {**one, "worth": one["worth"] / largest} for key, one in known.items()}


def _chosen(request: ChannelsRequest, goal: Goal, known: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """(key, name to show or empty) of the channels: those asked for, else the best fitting that the budget feeds."""
    if request.channels:
        wanted = {channel_of(name) or name: name for name in request.channels if name.strip()}
        if wanted:
            return list(wanted.items())
    people = audiences_of(request.audience)
    rate = rate_of(request.currency) or 1.0

    def score(key: str) -> tuple[float, float]:
        entry = entries().get(key)
        if entry is None:
            return (2.0 + (key in known), 0.0)
        liking = sum(name in entry.audiences for name in people)
        return (entry.fit[goal] + 0.8 * min(liking, 2) + (1.5 if key in known else 0), -entry.least)

    able = [key for key, entry in entries().items() if entry.fit[goal] >= 1 or key in known]
    ranked = sorted({*able, *known}, key=lambda key: (score(key), key), reverse=True)
    kept: list[str] = []
    spent = 0.0
    for key in ranked:
        entry = entries().get(key)
        least = entry.least * rate if entry and key not in known else 0.0
        if len(kept) < _MOST_CHANNELS and (not kept or spent + least <= request.budget):
            kept.append(key)
            spent += least
    return [(key, "" if key in entries() else known[key]["name"]) for key in kept]


def _rates(entry: Entry | None, past: dict[str, Any] | None, rate: float) -> tuple[float, float, float]:
    """(cpm, ctr, cvr): the history's where it has them, the assumed ones of the channel otherwise."""
    cpm, ctr, cvr = (entry.cpm * rate, entry.ctr, entry.cvr) if entry else (60.0 * rate, 0.02, 0.03)
    if past:
        if past["impressions"]:
            cpm = 1000 * past["cost"] / past["impressions"]
        if past["impressions"] and past["clicks"]:
            ctr = min(past["clicks"] / past["impressions"], 1.0)
        if past["clicks"] and past["conversions"]:
            cvr = min(past["conversions"] / past["clicks"], 1.0)
    return cpm, ctr, cvr


def _response(past: dict[str, Any] | None, request: ChannelsRequest, equal: float, each: float) -> Response:
    """The curve over the plan's days. A day's curve y = a x**b is D**(1-b) a x**b over D days of equal cost."""
    days = 7 * request.weeks
    if past and past["curve"]:
        curve: Curve = past["curve"]
        scale = curve.scale * days ** (1 - curve.elasticity)
        spread = 1 + (_SPREAD - 1) * (1 - (curve.fit or 0) / 2)
        return Response(
            scale=scale,
            elasticity=curve.elasticity,
            source="fitted",
            points=curve.points,
            fit=curve.fit,
            spread=round(spread, 3),
        )
    if past:
        period = past["days"] or days
        a_day = through(past["cost"] / period, (each * past["cost"]) / period)
        return Response(scale=a_day.scale * days ** (1 - ASSUMED), elasticity=ASSUMED, source="history", spread=1.4)
    return Response(scale=through(equal, each * equal).scale, elasticity=ASSUMED, source="assumed", spread=_SPREAD)


def _fit(entry: Entry | None, goal: Goal) -> int:
    return entry.fit[goal] if entry else 2


def _reason(request: ChannelsRequest, goal: Goal, entry: Entry | None, made: Response, tested: bool, lang: Lang) -> str:
    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:channels.reason.{key}", lang, **values)

    parts = [entry.words(lang)["reason"]] if entry else []
    if entry and entry.fit[goal] >= 3:
        parts.append(say("goal", goal=text(f"scenarios.marketing:channels.goal.{goal}", lang)))
    if entry and (shared := [name for name in audiences_of(request.audience) if name in entry.audiences]):
        names = say("and").join(text(f"scenarios.marketing:channels.audience.{name}", lang) for name in shared)
        parts.append(say("audience", names=names))
    if made.source == "fitted":
        parts.append(say("fitted", points=made.points, elasticity=made.elasticity))
    elif made.source == "history":
        parts.append(say("history"))
    elif tested:
        parts.append(say("tested"))
    return say("stop").join(parts) + say("end")
