"""The words and the document of an optimisation."""

from collections.abc import Sequence
from typing import Any

from workbench.scenario import Section
from workbench.texts import Lang, text

from .models import Optimisation

_TELLING = 0.03  # of the most frequent handover, below which a line is left out of the map


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.office:optimise.{key}", lang, **values)


def summary(made: Optimisation, lang: Lang) -> str:
    """Throughput, the bottleneck, rework, conformance, and the proposals one a line."""
    whole = made.throughput
    if whole is None:
        return _say("nothing", lang)
    lines = [
        _say(
            "summary.throughput", lang, cases=whole.cases, events=whole.events, median=f"{whole.median_days:g}",
            p90=f"{whole.p90_days:g}", work=f"{whole.work_share:.0%}",
        )
    ]  # fmt: skip
    slowest = made.activities[0]
    if slowest.wait_share:
        lines.append(
            _say("summary.wait", lang, name=slowest.name, share=f"{slowest.wait_share:.0%}",
                 median=f"{slowest.wait_median:g}")
        )  # fmt: skip
    again = max(made.activities, key=lambda one: one.repeated_cases)
    if again.repeated_cases:
        share = f"{again.repeated_cases / whole.cases:.0%}"
        lines.append(_say("summary.rework", lang, name=again.name, cases=again.repeated_cases, share=share))
    if made.conformance:
        fit = made.conformance
        lines.append(_say("summary.conformance", lang, fitting=fit.fitting, share=f"{fit.share:.0%}"))
    lines += [f"{number}. {one.words}" for number, one in enumerate(made.proposals, 1)]
    if not made.proposals:
        lines.append(_say("summary.no_proposals", lang))
    return "\n".join(lines)


def process_map(made: Optimisation) -> str:
    """The frequent handovers in Graphviz's language, thicker the more cases take them, with count and median wait."""
    most = max((one.count for one in made.handovers), default=0)
    lines = ['digraph { node [shape=box style="rounded,filled" fillcolor="#eef2fb" fontsize=13 margin="0.2,0.1"];']
    counts = {one.name: one.count for one in made.activities}
    usual = made.variants[0].steps if made.variants else []
    for name in dict.fromkeys([*usual, *counts]):  # the layout begins with what is named first
        lines.append(f"{_quoted(name)} [label={_quoted(f'{name} ({counts[name]})')}];")
    for one in made.handovers:
        if one.count >= _TELLING * most:
            label, width = f"{one.count} · {one.wait_median:g} h", 1 + 3 * one.count / most
            ends = f"{_quoted(one.before)} -> {_quoted(one.after)}"
            lines.append(f"{ends} [label={_quoted(label)} fontsize=11 penwidth={width:.1f}];")
    return "\n".join([*lines, "}"])


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def report(made: Optimisation, lang: Lang) -> Sequence[Section]:
    """The document: summary, then the figures as tables."""

    def head(*names: str) -> tuple[str, ...]:
        return tuple(_say(f"field.{name}", lang) for name in names)

    sections = [Section(_say("title", lang), tuple(made.text.split("\n")))]
    if made.proposals:
        rows = tuple(
            (_say(f"action.{one.action}", lang), one.target, one.saving_days, one.share, one.cases)
            for one in made.proposals
        )
        table = (head("action", "target", "saving", "of_mean", "cases"), *rows)
        sections.append(Section(_say("section.proposals", lang), table=table, kinds=("", "", "", "percent", "")))
    if made.activities:
        columns = ("activity", "count", "work", "wait", "wait_p90", "wait_share", "repeated", "resources")
        rows2 = tuple(
            (a.name, a.count, a.work_median, a.wait_median, a.wait_p90, a.wait_share, a.repeated_cases, a.resources)
            for a in made.activities
        )
        kinds = ("", "", "", "", "", "percent", "", "")
        sections.append(Section(_say("section.activities", lang), table=(head(*columns), *rows2), kinds=kinds))  # type: ignore[arg-type]
    if made.variants:
        rows3 = tuple((" → ".join(one.steps), one.cases, one.share, one.median_days) for one in made.variants)
        table3 = (head("way", "cases", "share", "median"), *rows3)
        sections.append(Section(_say("section.variants", lang), table=table3, kinds=("", "", "percent", "")))
    if made.conformance and made.conformance.deviations:
        rows4 = tuple(
            (_say(f"deviation.{one.kind}", lang), one.step, one.cases, one.share, one.example)
            for one in made.conformance.deviations
        )
        table4 = (head("deviation", "activity", "cases", "share", "example"), *rows4)
        sections.append(Section(_say("section.conformance", lang), table=table4, kinds=("", "", "", "percent", "")))
    return sections
