"""What the plan should bring, in ranges, and the experiment that tells whether a change is better."""

from collections.abc import Sequence

from workbench.texts import Lang, text

from ..statistics import sample_size
from .models import ChannelsRequest, Experiment, Kpi, ResultKind, Share

_LIFTS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0)


def kpis(shares: Sequence[Share], result: ResultKind) -> list[Kpi]:
    """For each channel and in all. The curve gives the goal's result; what lies before it follows from the rates."""
    made: list[Kpi] = []
    sums: dict[str, list[float]] = {}
    for one in shares:
        ratios = {"impressions": 1.0, "clicks": one.ctr, "conversions": one.ctr * one.cvr}
        impressions = one.results.expected / ratios[result] if ratios[result] else 0.0
        for metric, ratio in ratios.items():
            expected = impressions * ratio
            low, high = expected / one.response.spread, expected * one.response.spread
            made.append(_kpi(one.channel, metric, low, expected, high))
            totals = sums.setdefault(metric, [0.0, 0.0, 0.0])
            sums[metric] = [total + part for total, part in zip(totals, (low, expected, high), strict=True)]
        made += _costs(
            one.channel, one.budget, impressions * one.ctr, impressions * one.ctr * one.cvr, one.response.spread
        )
    made += [_kpi("all", metric, *parts) for metric, parts in sums.items()]
    budget = sum(one.budget for one in shares)
    for metric, per in (("cpc", "clicks"), ("cpa", "conversions")):
        low, expected, high = sums.get(per, [0.0, 0.0, 0.0])
        if low:
            made.append(_kpi("all", metric, budget / high, budget / expected, budget / low))
    return made


def experiment(request: ChannelsRequest, shares: Sequence[Share], result: ResultKind, lang: Lang) -> Experiment | None:
    """A test in the channel with the largest budget: CTR where reach or visits count, CVR otherwise."""
    main = max(shares, key=lambda one: one.budget)
    metric = "cvr" if result == "conversions" else "ctr"
    baseline = main.cvr if metric == "cvr" else main.ctr
    lift = request.lift
    if not 0 < baseline < 1 or baseline * (1 + lift) >= 1:
        return None
    ratios = {"impressions": 1.0, "clicks": main.ctr, "conversions": main.ctr * main.cvr}
    impressions = main.results.expected / ratios[result]
    tries = impressions * main.ctr if metric == "cvr" else impressions
    a_day = tries / (7 * request.weeks)
    if a_day <= 0:
        return None
    per_arm = sample_size(baseline, lift, request.alpha, request.power)
    days = -(-2 * per_arm // max(a_day, 1e-9))
    possible = next(
        (
            each
            for each in _LIFTS
            if baseline * (1 + each) < 1
            and 2 * sample_size(baseline, each, request.alpha, request.power) <= a_day * 7 * request.weeks
        ),
        None,
    )

    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:channels.experiment.{key}", lang, **values)

    return Experiment(
        channel=main.channel,
        metric=metric,
        baseline=baseline,
        lift=lift,
        alpha=request.alpha,
        power=request.power,
        per_arm=per_arm,
        tries_a_day=round(a_day, 1),
        days=int(days),
        cost=round(main.budget * 2 * per_arm / tries, 2),
        fits=days <= 7 * request.weeks,
        possible_lift=possible,
        hypothesis=say(
            "hypothesis", name=main.name, metric=metric.upper(), baseline=f"{baseline:.2%}", lift=f"{lift:.0%}"
        ),
        decision=say("decision", alpha=request.alpha),
    )


def _costs(channel: str, budget: float, clicks: float, conversions: float, spread: float) -> list[Kpi]:
    return [
        _kpi(channel, metric, budget / count / spread, budget / count, budget / count * spread)
        for metric, count in (("cpc", clicks), ("cpa", conversions))
        if count > 0
    ]


def _kpi(channel: str, metric: str, low: float, expected: float, high: float) -> Kpi:
    return Kpi.model_validate(
        {
            "channel": channel,
            "metric": metric,
            "low": round(low, 2),
            "expected": round(expected, 2),
            "high": round(high, 2),
        }
    )
