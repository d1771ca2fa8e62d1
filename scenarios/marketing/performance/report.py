"""A performance report as a document: words, charts, tables whose ratios a spreadsheet reckons itself."""

from collections.abc import Iterator, Sequence
from typing import Any

from workbench.scenario import Cell, Formula, Kind, Picture, Section
from workbench.texts import Lang, text

from .. import charts as looks
from .charts import drawn
from .models import COUNTS, Comparison, Figures, Performance
from .summary import p_value, shown

_MOST = 50
_RATIOS = {
    "ctr": ("clicks", "impressions"),
    "cvr": ("conversions", "clicks"),
    "cpc": ("cost", "clicks"),
    "cpa": ("cost", "conversions"),
    "roas": ("revenue", "cost"),
}
_KINDS: dict[str, Kind] = dict.fromkeys(("cost", "revenue", "cpc", "cpa", "roas"), "money")
_KINDS |= {"ctr": "percent", "cvr": "percent"}


def report(found: Performance, lang: Lang) -> Sequence[Section]:
    """The sections in order; those without content are left out."""
    return list(_sections(found, lang))


def _sections(found: Performance, lang: Lang) -> Iterator[Section]:
    def say(key: str) -> str:
        return text(f"scenarios.marketing:performance.{key}", lang)

    def head(*names: str) -> tuple[str, ...]:
        return tuple(say(f"column.{name}") for name in names)

    yield Section(say("section.summary"), tuple(filter(None, found.summary.split("\n"))))
    for title, chart in drawn(found, lang):
        yield Section(title, picture=Picture(looks.png(looks.dressed(chart)), title))
    if found.actions:
        rows = [
            (
                say(f"action.{one.action}"),
                say(f"level.{one.level}"),
                one.name,
                one.cost,
                one.value,
                one.target,
                one.evidence,
            )
            for one in found.actions
        ]
        header = head("action", "level", "name", "cost", "value", "target", "evidence")
        kinds: tuple[Kind, ...] = ("", "", "", "money", "money", "money", "")
        yield Section(say("section.actions"), table=(header, *rows), kinds=kinds)
    groups: list[tuple[str, Sequence[Figures], tuple[str, ...]]] = [
        ("channels", found.by_channel, ("channel",)),
        ("creatives", found.by_creative[:_MOST], ("creative", "channel") if found.by_channel else ("creative",)),
        ("campaigns", found.by_campaign[:_MOST], ("campaign",)),
        ("days", found.by_day, ("date",)),
    ]
    for name, rows_of, keys in groups:
        if rows_of:
            yield _figures(say(f"section.{name}"), rows_of, keys, lang)
    if found.comparisons:
        header = head("level", "a", "b", "metric", "value_a", "value_b", "difference", "p", "adjusted", "verdict")
        kinds = ("", "", "", "", "percent", "percent", "percent", "", "", "")
        table = (header, *(_compared(one, lang) for one in _telling(found.comparisons)))
        yield Section(say("section.comparisons"), (say("tests.how"),), table=table, kinds=kinds)
    if found.fatigue:
        tired = [
            (one.creative, one.channel, one.days, one.first_ctr, one.last_ctr, one.drop, p_value(one.adjusted))
            for one in found.fatigue
        ]
        header = head("creative", "channel", "days", "first_ctr", "last_ctr", "drop", "adjusted")
        kinds = ("", "", "number", "percent", "percent", "percent", "")
        yield Section(say("section.fatigue"), (say("fatigue.how"),), table=(header, *tired), kinds=kinds)
    if found.anomalies:
        odd = [
            (one.date, one.channel, say(f"field.{one.metric}"),
             shown(one.metric, one.value), shown(one.metric, one.expected), one.score)
            for one in found.anomalies[:_MOST]
        ]  # fmt: skip
        header = head("date", "channel", "metric", "value", "expected", "score")
        yield Section(say("section.anomalies"), (say("anomalies.how"),), table=(header, *odd))
    if found.shift:
        yield _shifted(found, lang)
    used = [(say(f"field.{field}"), column) for field, column in found.columns.items()]
    if used:
        yield Section(say("section.columns"), (say("columns.how"),), table=(head("field", "column"), *used))


def _figures(title: str, rows: Sequence[Figures], keys: tuple[str, ...], lang: Lang) -> Section:
    """A table of sums and of ratios that are formulas over them."""
    sums = [name for name in COUNTS if getattr(rows[0], name) is not None]
    ratios = [name for name, parts in _RATIOS.items() if set(parts) <= set(sums)]
    letters = {name: chr(ord("A") + len(keys) + place) for place, name in enumerate(sums)}

    def cells(one: Any) -> tuple[Cell, ...]:
        counted = [_counted(getattr(one, name)) for name in sums]
        made: list[Cell] = []
        for name in ratios:
            above, below = (letters[part] for part in _RATIOS[name])
            value = getattr(one, name)
            made.append(
                Formula(f'=IF({below}{{row}}>0,{above}{{row}}/{below}{{row}},"")', "" if value is None else value)
            )
        return (*(getattr(one, key) for key in keys), *counted, *made)

    names = [*keys, *sums, *ratios]
    header = tuple(
        name.upper() if name in _RATIOS else text(f"scenarios.marketing:performance.field.{name}", lang)
        for name in names
    )
    kinds = tuple(_KINDS.get(name, "" if name in keys else "number") for name in names)
    return Section(title, table=(header, *map(cells, rows)), kinds=kinds)


def _counted(value: float | None) -> Cell:
    return None if value is None else int(value) if value == int(value) else value


def _telling(found: Sequence[Comparison]) -> Sequence[Comparison]:
    return sorted(found, key=lambda one: (one.level, one.adjusted))[: 2 * _MOST]


def _compared(one: Comparison, lang: Lang) -> tuple[Cell, ...]:
    def say(key: str) -> str:
        return text(f"scenarios.marketing:performance.{key}", lang)

    return (
        say(f"level.{one.level}"), one.a, say("summary.others") if one.b == "*" else one.b, one.metric.upper(),
        one.value_a, one.value_b, one.difference, p_value(one.p_value), p_value(one.adjusted),
        say("verdict.yes" if one.significant else "verdict.no"),
    )  # fmt: skip


def _shifted(found: Performance, lang: Lang) -> Section:
    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:performance.{key}", lang, **values)

    moved = found.shift
    if moved is None:
        raise ValueError("no shift")
    curves = "; ".join(
        say("shift.fitted" if name in moved.fitted else "shift.assumed", name=name, value=value)
        for name, value in moved.elasticity.items()
    )
    rows = [
        (say(f"shift.{name}"), one.cost, one.conversions, one.revenue)
        for name, one in (("before", moved.before), ("after", moved.after))
    ]
    header = tuple(say(f"column.{name}") for name in ("state", "cost", "conversions", "revenue"))
    words = (
        say("shift.what", source=moved.source, target=moved.target, amount=f"{moved.amount:,.2f}"),
        say("shift.how", curves=curves),
    )
    return Section(say("section.shift"), words, table=(header, *rows), kinds=("", "money", "number", "money"))
