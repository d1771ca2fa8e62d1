"""A channel plan as a document and as a workbook that reckons on: change a budget and the results follow."""

from collections.abc import Iterator, Sequence

from workbench.scenario import Cell, Formula, Kind, Section
from workbench.texts import Lang, text

from .models import Channels

_ABOVE = "{first}:INDEX({column}:{column},ROW()-1)"


def document(plan: Channels, lang: Lang) -> Sequence[Section]:
    """The sections in order."""
    return list(_sections(plan, lang))


def _sections(plan: Channels, lang: Lang) -> Iterator[Section]:
    def say(key: str) -> str:
        return text(f"scenarios.marketing:channels.{key}", lang)

    def head(*names: str) -> tuple[str, ...]:
        return tuple(say(f"column.{name}") for name in names)

    names = {one.channel: one.name for one in plan.mix} | {"all": say("all")}
    yield Section(say("section.summary"), tuple(filter(None, plan.summary.split("\n"))))
    yield _mix(plan, lang)
    measured = [
        (
            names.get(one.channel, one.channel),
            text(f"scenarios.marketing:performance.field.{one.metric}", lang),
            one.low,
            one.expected,
            one.high,
        )
        for one in plan.kpis
    ]
    header = head("channel", "metric", "low", "expected", "high")
    yield Section(say("section.kpis"), table=(header, *measured), kinds=("", "", "money", "money", "money"))
    dated = bool(plan.calendar and plan.calendar[0].start)
    columns = ("week", *(("start", "end") if dated else ()), "stage", "channel", "budget", "task")
    rows: list[tuple[Cell, ...]] = [
        (
            one.week,
            *((one.start, one.end) if dated else ()),
            one.stage,
            names.get(one.channel, one.channel),
            one.budget,
            one.task,
        )
        for one in plan.calendar
    ]
    kinds: tuple[Kind, ...] = ("number", *(("", "") if dated else ()), "", "", "money", "")
    letter = "F" if dated else "D"
    total = Formula(f"=SUM({letter}{_ABOVE.format(first='{first}', column=letter)})", plan.budget)
    blank: tuple[Cell, ...] = ("",) * (len(columns) - 4)
    rows.append((say("total"), *blank, "", total, ""))
    yield Section(say("section.calendar"), table=(head(*columns), *rows), kinds=kinds)
    if plan.experiment:
        yield _experiment(plan, names, lang)
    yield Section(say("section.assumptions"), items=tuple(plan.assumptions), ordered=False)


def _mix(plan: Channels, lang: Lang) -> Section:
    """Budget, share and expected result of each channel. The result is the curve as a formula over the budget."""
    names = ("channel", "budget", "share", "scale", "elasticity", "result", "cost_each", "source", "reason")
    header = tuple(text(f"scenarios.marketing:channels.column.{name}", lang) for name in names)
    rows: list[tuple[Cell, ...]] = []
    for one in plan.mix:
        made = one.response
        each = one.budget / one.results.expected if one.results.expected else None
        rows.append(
            (
                one.name,
                one.budget,
                Formula(f"=B{{row}}/INDEX(B:B,{{first}}+{len(plan.mix)})", one.share),
                made.scale,
                made.elasticity,
                Formula("=D{row}*B{row}^E{row}", one.results.expected),
                Formula('=IF(F{row}>0,B{row}/F{row},"")', "" if each is None else round(each, 4)),
                text(f"scenarios.marketing:channels.source.{made.source}", lang),
                one.reason,
            )
        )
    results = sum(one.results.expected for one in plan.mix)
    rows.append(
        (
            text("scenarios.marketing:channels.total", lang),
            Formula(f"=SUM(B{_ABOVE.format(first='{first}', column='B')})", plan.budget),
            Formula(f"=SUM(C{_ABOVE.format(first='{first}', column='C')})", 1.0),
            "",
            "",
            Formula(f"=SUM(F{_ABOVE.format(first='{first}', column='F')})", round(results, 2)),
            Formula('=IF(F{row}>0,B{row}/F{row},"")', round(plan.budget / results, 4) if results else ""),
            "",
            "",
        )
    )
    kinds: tuple[Kind, ...] = ("", "money", "percent", "", "", "money", "money", "", "")
    return Section(text("scenarios.marketing:channels.section.mix", lang), table=(header, *rows), kinds=kinds)


def _experiment(plan: Channels, names: dict[str, str], lang: Lang) -> Section:
    test = plan.experiment
    if test is None:
        raise ValueError("no experiment")

    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:channels.{key}", lang, **values)

    n = (
        "=CEILING(((NORMSINV(1-C{row}/2)*SQRT(2*((A{row}+A{row}*(1+B{row}))/2)*(1-(A{row}+A{row}*(1+B{row}))/2))"
        "+NORMSINV(D{row})*SQRT(A{row}*(1-A{row})+A{row}*(1+B{row})*(1-A{row}*(1+B{row}))))/(A{row}*B{row}))^2,1)"
    )
    header = tuple(say(f"column.{name}") for name in ("baseline", "lift", "alpha", "power", "per_arm", "a_day", "days"))
    row: tuple[Cell, ...] = (
        test.baseline, test.lift, test.alpha, test.power, Formula(n, test.per_arm), test.tries_a_day,
        Formula("=CEILING(2*E{row}/F{row},1)", test.days),
    )  # fmt: skip
    late = say("experiment.late", lift=f"{test.possible_lift:.0%}" if test.possible_lift else "100%+")
    words = (
        say("experiment.where", name=names.get(test.channel, test.channel)),
        test.hypothesis,
        test.decision,
        *(() if test.fits else (late,)),
        f"{test.formula} ({test.source})",
    )
    kinds: tuple[Kind, ...] = ("percent", "percent", "", "", "number", "number", "number")
    return Section(say("section.experiment"), words, table=(header, row), kinds=kinds)
