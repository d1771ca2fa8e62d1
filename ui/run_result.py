"""A run on the page: its progress while it works, then draft, evidence, checks, versions and export."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from workbench.evidence import Citation
from workbench.run import Run, Version
from workbench.scenario import Scenario
from workbench.services import Services

from .approval_panel import approval_panel
from .asked import asked
from .checks_tab import checks_tab
from .draft_tab import draft_tab
from .export_tab import export_tab
from .fields import Part, fields_tab
from .language import t
from .literal import literal
from .live_run import LiveRun, readable
from .person import acting
from .versions_tab import versions_tab

Panel = tuple[str, Callable[[Version], None]]
"""A further tab of a result: its title and what draws the newest version in it."""


@st.fragment(run_every=0.4)
def show_progress(live: LiveRun) -> None:
    """What is being done, the draft as it comes, and the way to stop. Draws the whole page anew at the end."""
    if live.over:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/progress_activity: {t(f'run.step.{live.step}')}")
        if st.button(t("run.stop"), key="stop-run", icon=":material/stop:"):
            live.cancel.set()
    if live.thought:
        with st.expander(t("run.thought")):
            st.text(live.thought)
    if live.draft:
        with st.container(border=True):
            st.text(readable(live.draft))
    if live.evidence:
        st.caption(t("run.found", count=len(live.evidence)))


def show_result(
    services: Services,
    scenario: Scenario,
    run: Run,
    facts: Sequence[tuple[str, str]],
    panels: Sequence[Panel] = (),
    parts: Sequence[Part] = (),
    *,
    on_panel: bool = False,
) -> None:
    """A run that ended. ``panels`` stand between the draft and the evidence, ``parts`` can be changed in place.

    ``on_panel``: it opens on the first panel.
    """
    asked(scenario, run)
    if run.status == "running":
        st.info(t("run.elsewhere"), icon=":material/hourglass:")
    elif run.status == "cancelled":
        st.warning(t("run.cancelled"), icon=":material/stop_circle:")
    elif run.status == "failed":
        st.error(run.error, icon=":material/error:")
    versions = services.runs.versions(run.run_id)
    if not versions:
        if run.evidence:
            _evidence(run.evidence, ())
        return
    latest = versions[-1]
    actor = acting(services)
    approval = services.desk.store.approval(run.run_id)
    settled = approval is not None and approval.status == "archived"
    if approval is not None:
        approval_panel(services, run, latest, approval, actor)
    if parts and not settled:
        changing = partial(fields_tab, services, run, actor=actor, parts=parts)
        panels = [*panels, (t("result.fields"), lambda version: changing(version=version))]
    names = [
        t("result.draft"),
        *(title for title, _ in panels),
        t("result.evidence", count=len(run.evidence)),
        t("result.checks", count=len(latest.findings)),
        t("result.versions", count=len(versions)),
        t("result.export"),
    ]
    # Of a review the findings are the result; the draft is what somebody handed in.
    first = names[1] if on_panel and panels else names[0] if scenario.task(run.task).errors_block else names[-3]
    draft, *drawn, evidence, checks, history, export = st.tabs(names, default=first)
    with draft:
        draft_tab(services, run, latest, approval, facts, actor)
    for tab, (_, draw) in zip(drawn, panels, strict=True):
        with tab:
            draw(latest)
    with evidence:
        _evidence(run.evidence, [citation.marker for citation in latest.citations])
    with checks:
        checks_tab(services, run, latest, actor, settled=settled)
    with history:
        versions_tab(services, run, versions, actor, settled=settled)
    with export:
        export_tab(services, run, latest)


def _evidence(passages: Sequence[Citation], used: Sequence[str]) -> None:
    if not passages:
        st.caption(t("result.no_evidence"))
    for passage in passages:
        page = f" · {t('cited.page').replace('{n}', str(passage.page))}" if passage.page else ""
        mark = f" · {t('result.used')}" if passage.marker in used else ""
        with st.expander(f"{passage.marker.strip('[]')}. {literal(passage.title)}{page}{mark}"):
            if passage.heading:
                st.caption(literal(passage.heading.replace("\n", " › ")))
            st.text(passage.passage)
