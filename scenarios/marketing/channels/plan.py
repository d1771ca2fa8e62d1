"""A plan from its parts, and the same plan again after somebody changed one of them."""

from typing import TYPE_CHECKING

from workbench.texts import Lang, text

from .expectation import experiment, kpis
from .library import goal_of, rate_of, result_of, season_of
from .models import Channels, ChannelsRequest
from .schedule import calendar, peak_day
from .split import budgeted, divided, mix

if TYPE_CHECKING:
    import pandas as pd


_SAME = 1e-5
"""Shares nearer than this are the same: they are kept with six places."""


def planned(request: ChannelsRequest, history: "pd.DataFrame | None", lang: Lang) -> Channels:
    """The plan of a request."""
    goal, known = goal_of(request.goal)
    result = result_of(goal)
    if history is not None and result not in history:
        result = next((name for name in ("conversions", "clicks", "impressions") if name in history), result)
    shares = mix(request, goal, result, history, lang)
    notes = [] if known else ["channels.goal_unknown"]
    season = season_of(request.season)
    if request.season.strip() and season is None:
        notes.append("channels.season_unknown")
    if season and request.start and peak_day(season[1], request.start, request.weeks) is None:
        notes.append("channels.season_outside")
    if rate_of(request.currency) is None:
        notes.append("channels.currency_unknown")
    plan = Channels(
        goal=goal,
        result=result,
        budget=request.budget,
        currency=request.currency.upper(),
        season=season[1][lang] if season else "",
        mix=shares,
        notes=notes,
        summary="-",
    )
    return finished(request, plan, lang)


def replanned(request: ChannelsRequest, plan: Channels, lang: Lang) -> Channels:
    """The plan after its fields were edited.

    A budget or a share that no longer fits the others was set by hand: the mix is then scaled to the whole. Otherwise
    the model divides anew, by the curves, bounds and the whole as they now are.
    """
    spent = sum(one.budget for one in plan.mix)
    if spent <= 0:
        return finished(
            request, plan.model_copy(update={"split": "model", "mix": divided(plan.mix, plan.budget)}), lang
        )
    by_hand = any(abs(one.share - one.budget / spent) > _SAME for one in plan.mix)
    if plan.split == "hand" or by_hand:
        shares_changed = abs(sum(one.share for one in plan.mix) - 1) > _SAME and abs(spent - plan.budget) < 0.005
        parts = [one.share if shares_changed else one.budget for one in plan.mix]
        update = {"split": "hand", "mix": budgeted(plan.mix, parts, plan.budget)}
    else:
        grown = plan.budget / spent
        bounds = [one.model_copy(update={"least": one.least * grown, "most": one.most * grown}) for one in plan.mix]
        update = {"mix": divided(bounds, plan.budget)}
    return finished(request, plan.model_copy(update=update), lang)


def finished(request: ChannelsRequest, plan: Channels, lang: Lang) -> Channels:
    """What follows from the mix: calendar, expectations, experiment, assumptions, words."""
    season = season_of(request.season)
    made = plan.model_copy(
        update={
            "calendar": calendar(plan.mix, request.weeks, request.start, season[1] if season else None, lang),
            "kpis": kpis(plan.mix, plan.result),
            "experiment": experiment(request, plan.mix, plan.result, lang),
            "assumptions": _assumptions(request, plan, lang),
        }
    )
    return made.model_copy(update={"summary": summary(request, made, lang)})


def summary(request: ChannelsRequest, plan: Channels, lang: Lang) -> str:
    """The plan in words, one statement a line."""

    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:channels.summary.{key}", lang, **values)

    goal = text(f"scenarios.marketing:channels.goal.{plan.goal}", lang)
    lines = [say("what", goal=goal, budget=f"{plan.budget:,.2f}", currency=plan.currency, weeks=request.weeks)]
    if request.audience or plan.season:
        given = [words for words in (request.audience.strip(), plan.season) if words]
        lines.append(say("for", words=say("comma").join(given)))
    lines += [
        say("share", name=one.name, budget=f"{one.budget:,.2f}", share=f"{one.share:.1%}", reason=one.reason)
        for one in plan.mix
    ]
    total = next((one for one in plan.kpis if one.channel == "all" and one.metric == plan.result), None)
    if total:
        name = text(f"scenarios.marketing:performance.field.{plan.result}", lang)
        lines.append(
            say(
                "expect",
                name=name,
                low=f"{total.low:,.0f}",
                expected=f"{total.expected:,.0f}",
                high=f"{total.high:,.0f}",
            )
        )
    if plan.experiment:
        test = plan.experiment
        lines.append(test.hypothesis)
        lines.append(say("sample", per_arm=f"{test.per_arm:,}", days=test.days))
    return "\n".join(lines)


def _assumptions(request: ChannelsRequest, plan: Channels, lang: Lang) -> list[str]:
    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:channels.assumption.{key}", lang, **values)

    lines = [say("curve")]
    for one in plan.mix:
        made = one.response
        values = {"name": one.name, "elasticity": made.elasticity, "points": made.points, "fit": made.fit}
        lines.append(say(made.source, **values))
    lines.append(say("bounds" if plan.split == "model" else "hand"))
    if any(one.response.source == "assumed" for one in plan.mix):
        lines.append(say("rates"))
    lines.append(say("range"))
    return lines
