"""A run on the page: its progress while it works, then draft, evidence, checks, versions and export."""

import difflib
from collections.abc import Sequence

import streamlit as st

from workbench.chat import COMPOSER
from workbench.evidence import Citation
from workbench.findings import Finding
from workbench.language import without_markers
from workbench.run import Run, Version
from workbench.scenario import Scenario
from workbench.services import Services

from .cited_text import cited_text
from .copy_button import copy_button
from .export_tab import download, export_tab
from .language import t
from .literal import literal
from .live_run import LiveRun, readable

_SEVERITIES = {"error": ("red", "block"), "warning": ("orange", "warning"), "info": ("blue", "info")}
_SHORT = 14


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


def show_result(services: Services, scenario: Scenario, run: Run, facts: Sequence[tuple[str, str]]) -> None:
    """A run that ended."""
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
    names = [
        t("result.draft"),
        t("result.evidence", count=len(run.evidence)),
        t("result.checks", count=len(latest.findings)),
        t("result.versions", count=len(versions)),
        t("result.export"),
    ]
    draft, evidence, checks, history, export = st.tabs(names)
    with draft:
        _draft(services, scenario, run, latest, facts)
    with evidence:
        _evidence(run.evidence, [citation.marker for citation in latest.citations])
    with checks:
        _checks(latest.findings)
    with history:
        _versions(versions)
    with export:
        export_tab(services, run, latest)


def _draft(
    services: Services, scenario: Scenario, run: Run, version: Version, facts: Sequence[tuple[str, str]]
) -> None:
    _facts(run, facts)
    blocking = [finding for finding in version.findings if finding.severity == "error"]
    if blocking:
        st.error(t("result.blocking", count=len(blocking)), icon=":material/block:")
    editing = f"editing-{run.run_id}"
    if st.session_state.get(editing):
        _editor(services, scenario, run, version, editing)
        return
    with st.container(border=True, key="sheet"):
        cited_text(version.text, version.citations, key=f"text-{run.run_id}-{version.number}")
        st.caption(f":material/auto_awesome: {_mark(run)}")
    _actions(services, run, version, editing)


def _facts(run: Run, facts: Sequence[tuple[str, str]]) -> None:
    """What is known of the result beside its text: short values as badges in a row, a sentence on a line of its own."""
    between = "：" if run.lang == "zh" else ": "
    with st.container(horizontal=True, gap="small", key="facts"):
        for label, value in facts:
            if len(value) <= _SHORT:
                st.badge(literal(f"{label}{between}{value}"), color="gray")
    for label, value in facts:
        if len(value) > _SHORT:
            st.caption(literal(f"{label}{between}{value}"))


def _mark(run: Run) -> str:
    """The line that says who made the text."""
    made_by = "result.mark.composer" if run.usage.backend == COMPOSER else "result.mark.model"
    return t(made_by, model=literal(run.usage.model or run.usage.backend), seconds=f"{run.usage.seconds:.1f}")


def _actions(services: Services, run: Run, version: Version, editing: str) -> None:
    """The one bar of what can be done with the draft."""

    def edit() -> None:
        st.session_state[editing] = True

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions"):
        # The Measures ask for the label in what is copied, too (art. 4).
        label = services.exporter.label(run, version).visible
        copy_button(f"{without_markers(version.text)}\n\n({label})", key=f"copy-{run.run_id}-{version.number}")
        st.button(t("result.edit"), icon=":material/edit:", on_click=edit, key=f"edit-{run.run_id}")
        download(services, run, version, "docx", key=f"word-{run.run_id}-{version.number}")


def _editor(services: Services, scenario: Scenario, run: Run, version: Version, editing: str) -> None:
    key = f"edit-text-{run.run_id}-{version.number}"
    st.session_state.setdefault(key, version.text)
    written = st.text_area(t("result.edit.label"), key=key, height=280, help=t("result.edit.help"))

    def leave() -> None:
        st.session_state[editing] = False
        st.session_state.pop(key, None)

    with st.container(horizontal=True):
        save = st.button(t("result.save"), type="primary", key=f"save-{run.run_id}", disabled=not written.strip())
        st.button(t("result.discard"), on_click=leave, key=f"discard-{run.run_id}")
    if save and written != version.text:
        services.engine.revise(scenario, run.run_id, written)
    if save:
        st.session_state[editing] = False
        st.rerun()


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


def _checks(findings: Sequence[Finding]) -> None:
    if not findings:
        st.success(t("result.no_findings"), icon=":material/check_circle:")
    for finding in findings:
        color, icon = _SEVERITIES[finding.severity]
        with st.container(border=True):
            st.badge(t(f"severity.{finding.severity}"), color=color, icon=f":material/{icon}:")  # type: ignore[arg-type]
            st.text(finding.message)
            if finding.where.quote:
                st.caption(t("result.quote"))
                st.text(finding.where.quote)
            notes = [finding.rule, finding.basis, finding.suggestion]
            st.caption(" · ".join(literal(note) for note in notes if note))


def _versions(versions: Sequence[Version]) -> None:
    for place in range(len(versions) - 1, -1, -1):
        version = versions[place]
        who = version.author or (t("result.generated") if version.number == 1 else t("result.somebody"))
        when = version.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        with st.expander(t("result.version", number=version.number, who=who, when=when), expanded=False):
            if place == 0:
                st.text(version.text)
            else:
                before, after = versions[place - 1].text.splitlines(), version.text.splitlines()
                st.code(
                    "\n".join(list(difflib.unified_diff(before, after, lineterm="", n=1))[2:]),
                    language="diff",
                    wrap_lines=True,
                )
