"""The report in words: what a person should know first, every figure taken from the tables."""

from collections.abc import Iterator, Sequence

from workbench.texts import Lang, text

from .models import Action, ChannelFigures, Performance

_FEW = 3


def summary(found: Performance, lang: Lang) -> str:
    """The text of a report, one statement a line. The same figures always give the same words."""
    return "\n".join(_lines(found, lang))


def _lines(found: Performance, lang: Lang) -> Iterator[str]:
    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:performance.summary.{key}", lang, **values)

    if not found.rows:
        yield say("nothing")
        return
    total = found.totals
    when = f"{found.start} – {found.end}" if found.start else say("no_days")
    yield say("period", when=when, rows=f"{found.rows:,}")
    parts = [
        say(f"total.{name}", value=shown(name, value))
        for name in ("cost", "impressions", "clicks", "ctr", "conversions", "cvr", "cpa", "revenue", "roas")
        if (value := getattr(total, name)) is not None
    ]
    yield say("totals", parts=say("comma").join(parts))
    yield from _channels(found.by_channel, lang)
    certain = [one for one in found.comparisons if one.significant]
    if found.comparisons:
        yield say("tests", count=len(found.comparisons), significant=len(certain))
    for one in sorted(certain, key=lambda one: one.adjusted)[:_FEW]:
        other = say("others") if one.b == "*" else one.b
        yield say(
            "difference", a=one.a, b=other, metric=one.metric.upper(), value_a=f"{one.value_a:.2%}",
            value_b=f"{one.value_b:.2%}", p=p_value(one.adjusted),
        )  # fmt: skip
    for tired in found.fatigue[:_FEW]:
        first, last, drop = f"{tired.first_ctr:.2%}", f"{tired.last_ctr:.2%}", f"{tired.drop:.0%}"
        yield say("tired", creative=tired.creative, first=first, last=last, drop=drop)
    for odd in found.anomalies[:_FEW]:
        name = text(f"scenarios.marketing:performance.field.{odd.metric}", lang)
        value, expected = shown(odd.metric, odd.value), shown(odd.metric, odd.expected)
        yield say("odd", date=odd.date, channel=odd.channel, metric=name, value=value, expected=expected)
    for action in ("stop", "scale", "keep"):
        names = _named([one for one in found.actions if one.action == action and one.level == "channel"], lang)
        if names:
            yield say(f"action.{action}", names=names)
    if found.shift:
        moved = found.shift
        gain = f"{moved.gain_conversions:+,.1f}"
        yield say("shift", source=moved.source, target=moved.target, amount=f"{moved.amount:,.2f}", gain=gain)


def _channels(channels: Sequence[ChannelFigures], lang: Lang) -> Iterator[str]:
    metric = "roas" if any(one.roas for one in channels) else "cpa"
    known = [one for one in channels if getattr(one, metric) is not None and one.conversions]
    if len(known) > 1:
        ranked = sorted(known, key=lambda one: getattr(one, metric), reverse=metric == "roas")
        best, worst = ranked[0], ranked[-1]
        yield text(
            "scenarios.marketing:performance.summary.best", lang, metric=metric.upper(),
            best=best.channel, value=shown(metric, getattr(best, metric)),
            worst=worst.channel, other=shown(metric, getattr(worst, metric)),
        )  # fmt: skip


def _named(found: Sequence[Action], lang: Lang) -> str:
    return text("scenarios.marketing:performance.summary.comma", lang).join(one.name for one in found)


def shown(name: str, value: float) -> str:
    """A figure as people read it."""
    if name in ("ctr", "cvr"):
        return f"{value:.2%}"
    if name in ("impressions", "clicks", "conversions"):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return f"{value:,.2f}"


def p_value(value: float) -> str:
    """A p-value with as many digits as say something."""
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"
