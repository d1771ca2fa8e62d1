"""The page of the office scenario: the form, examples, and the pictures of a norm."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui.fields import Part, Table, Values
from ui.run_result import Panel
from ui.scenario_page import Look, scenario_page
from workbench.run import Run, Version
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text

from .bpmn import bpmn
from .drawing import marks, swimlanes
from .models import Norm, NormTask
from .optimise.models import Optimisation
from .optimise.report import process_map
from .pictures import calendar, mermaid


def page(services: Services, scenario: Scenario) -> None:
    """Draw the page."""
    scenario_page(services, scenario, Look(facts=_facts, panels=_panels, fields=_changing))


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.office:{key}", lang, **values)


def _facts(deliverable: dict[str, Any], lang: Lang) -> Sequence[tuple[str, str]]:
    if "throughput" in deliverable:
        whole = deliverable["throughput"] or {"cases": 0, "median_days": 0, "p90_days": 0}
        return [
            (_say("optimise.field.cases", lang), str(whole["cases"])),
            (_say("optimise.field.median", lang), f"{whole['median_days']:g}"),
            (_say("optimise.fact.p90", lang), f"{whole['p90_days']:g}"),
        ]
    if "sender" in deliverable:
        return [(_say("form.kind", lang), _say(f"form.kind.{deliverable['kind']}", lang))]
    if "actions" in deliverable:
        names = ("decisions", "actions", "questions")
        return [(_say(f"minutes.{name}", lang), str(len(deliverable[name]))) for name in names]
    if "stages" not in deliverable:
        return [(_say("section.steps", lang), str(len(deliverable["steps"])))]
    return [
        (_say("fact.days", lang), _say("fact.days.value", lang, days=deliverable["total_days"])),
        (_say("field.start", lang), deliverable["start"] or "-"),
        (_say("field.finish", lang), deliverable["finish"] or "-"),
    ]


def _panels(run: Run, lang: Lang) -> Sequence[Panel]:
    if run.task == "optimise":
        return (
            (_say("optimise.panel.times", lang), lambda version: _times(_optimisation(version), lang)),
            (_say("optimise.panel.map", lang), lambda version: _map(_optimisation(version), lang)),
        )
    if run.task != "norm":
        return ()
    return (
        (_say("panel.schedule", lang), lambda version: _schedule(_norm(version), lang)),
        (_say("panel.flow", lang), lambda version: _flow(_norm(version), lang)),
        (_say("panel.raci", lang), lambda version: _raci(_norm(version), lang)),
    )


def _optimisation(version: Version) -> Optimisation:
    return Optimisation.model_validate(version.deliverable)


def _times(made: Optimisation, lang: Lang) -> None:
    """Mean waiting and work of each activity as stacked bars, and the ways through the process."""
    import altair
    import pandas

    kinds = [_say("optimise.chart.wait", lang), _say("optimise.chart.work", lang)]
    name, hours = _say("optimise.field.activity", lang), _say("optimise.chart.hours", lang)
    rows = pandas.DataFrame(
        {name: one.name, hours: value, "kind": kind}
        for one in made.activities
        for kind, value in zip(kinds, (one.wait_mean, one.work_mean), strict=True)
    )
    chart = altair.Chart(rows).mark_bar(cornerRadius=2, height=14)
    chart = chart.encode(
        x=altair.X(f"{hours}:Q"),
        y=altair.Y(f"{name}:N", sort=None, title=None, axis=altair.Axis(labelLimit=260, labelOverlap=False)),
        color=altair.Color(
            "kind:N",
            title=None,
            scale=altair.Scale(domain=kinds, range=["#e07b39", "#2563c9"]),
            legend=altair.Legend(orient="top"),
        ),
        tooltip=[name, "kind", hours],
    )
    st.altair_chart(chart.properties(height=altair.Step(26)), width="stretch")
    st.dataframe(
        [
            {
                _say("optimise.field.way", lang): " → ".join(one.steps),
                _say("optimise.field.cases", lang): one.cases,
                _say("optimise.field.share", lang): one.share,
                _say("optimise.field.median", lang): one.median_days,
            }
            for one in made.variants
        ],
        column_config={_say("optimise.field.share", lang): st.column_config.NumberColumn(format="percent")},
        hide_index=True,
        width="stretch",
    )


def _map(made: Optimisation, lang: Lang) -> None:
    st.graphviz_chart(process_map(made), width="content")
    st.caption(_say("optimise.map.help", lang))


_COLUMNS = {
    "id": "id", "name": "task", "responsible": "responsible", "accountable": "accountable", "duration_days": "days",
    "depends_on": "after", "wait_days": "wait", "record": "record", "risk": "risk", "control": "control",
}  # fmt: skip
"""What of a step can be changed in place, with its heading."""


def _changing(run: Run, lang: Lang) -> Sequence[Part]:
    if run.task != "norm":
        return ()
    columns = {name: _say(f"field.{key}", lang) for name, key in _COLUMNS.items()}
    return (
        Values(Norm, {name: _say(f"field.{name}", lang) for name in ("title", "start", "deadline", "level")}),
        Table(_say("section.schedule", lang), NormTask, columns, _steps, _stages, locked=("id",)),
    )


def _steps(norm: dict[str, Any]) -> list[dict[str, Any]]:
    return [task for stage in norm["stages"] for task in stage["tasks"]]


def _stages(norm: dict[str, Any], steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The stages with ``steps``, which stand in their order."""
    left = iter(steps)
    return {"stages": [stage | {"tasks": [next(left) for _ in stage["tasks"]]} for stage in norm["stages"]]}


def _norm(version: Version) -> Norm:
    return Norm.model_validate(version.deliverable)


def _schedule(norm: Norm, lang: Lang) -> None:
    """The Gantt chart: critical tasks in the accent colour."""
    import altair
    import pandas

    for note in norm.notes[2:]:
        st.warning(note, icon=":material/schedule:")
    kinds = [_say("chart.critical", lang), _say("chart.slack", lang)]
    rows = pandas.DataFrame(
        {
            _say("field.task", lang): f"{task.id} {task.name}",
            _say("field.responsible", lang): task.responsible,
            "start": pandas.Timestamp(task.start),
            "end": pandas.Timestamp(task.finish) + pandas.Timedelta(days=1),
            _say("field.days", lang): task.duration_days,
            "kind": kinds[not task.critical],
        }
        for task in norm.tasks()
        if task.start and task.finish
    )
    task, who, days = (_say(f"field.{name}", lang) for name in ("task", "responsible", "days"))
    chart = altair.Chart(rows).mark_bar(cornerRadius=3, height=14)
    chart = chart.encode(
        x=altair.X("start:T", title=None, axis=altair.Axis(format="%m-%d", grid=True)),
        x2="end:T",
        y=altair.Y(f"{task}:N", sort=None, title=None, axis=altair.Axis(labelLimit=260, labelOverlap=False)),
        color=altair.Color(
            "kind:N",
            title=None,
            scale=altair.Scale(domain=kinds, range=["#2563c9", "#9db4d6"]),
            legend=altair.Legend(orient="top"),
        ),
        tooltip=[task, who, days, altair.Tooltip("start:T", format="%Y-%m-%d")],
    )
    st.altair_chart(chart.properties(height=altair.Step(24)), width="stretch")
    st.download_button(
        _say("download.calendar", lang), calendar(norm, lang), f"{norm.title}.ics", "text/calendar", key="office-ics"
    )


def _flow(norm: Norm, lang: Lang) -> None:
    """The flow in swimlanes; the files for other programs."""
    st.image(swimlanes(norm, lang))
    with st.container(horizontal=True):
        st.download_button(
            _say("download.bpmn", lang), bpmn(norm), f"{norm.title}.bpmn", "application/xml", key="office-bpmn"
        )
        st.download_button(
            _say("download.mermaid", lang), mermaid(norm), f"{norm.title}.mmd", "text/plain", key="office-mermaid"
        )


def _raci(norm: Norm, lang: Lang) -> None:
    """Steps by roles as a table, which stays readable where the drawn one would be small."""
    roles = [role.name for role in norm.roles]
    rows = [
        {_say("field.task", lang): f"{task.id} {task.name}"} | {role: marks(task).get(role, "") for role in roles}
        for task in norm.tasks()
    ]
    st.dataframe(rows, hide_index=True, width="stretch", height="content")
    st.caption(_say("raci.legend", lang))
