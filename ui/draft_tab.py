"""The draft of a run: its text with sources, or the same text being edited, and the bar of what can be done with it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from workbench.approvals import ENDED, Actor, Approval
from workbench.chat import COMPOSER
from workbench.language import without_markers
from workbench.run import Run, Version
from workbench.services import Services

from .attempt import attempt
from .cited_text import cited_text
from .copy_button import copy_button
from .editor import base_of, begin, editor, tell_others
from .export_tab import download
from .feedback import feedback
from .language import t
from .literal import literal

_SHORT = 14


def draft_tab(
    services: Services,
    run: Run,
    version: Version,
    approval: Approval | None,
    facts: Sequence[tuple[str, str]],
    actor: Actor,
) -> None:
    """Draw the tab for the newest ``version``."""
    _facts(run, facts)
    blocking = services.desk.open_errors(run.run_id, version.number)
    if blocking:
        st.error(t("result.blocking", count=len(blocking)), icon=":material/block:")
    edits = services.desk.store.edits(run.run_id)
    base = base_of(run, edits, actor)
    if base is not None:
        editor(services, run, base, actor)
        return
    tell_others(services, edits, actor)
    with st.container(border=True, key="sheet"):
        cited_text(version.text, version.citations, key=f"text-{run.run_id}-{version.number}")
        if services.scenarios[run.scenario].task(run.task).errors_block:  # else it is the text that somebody handed in
            st.caption(f":material/auto_awesome: {_mark(run)}")
    _actions(services, run, version, approval, actor)
    feedback(services, run, version, actor)


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


def _actions(services: Services, run: Run, version: Version, approval: Approval | None, actor: Actor) -> None:
    """The one bar of what can be done with the draft."""
    archived = approval is not None and approval.status == "archived"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions"):
        st.button(
            t("result.edit"),
            icon=":material/edit:",
            key=f"edit-{run.run_id}",
            on_click=begin,
            args=(services, run, version, actor),
            disabled=archived,
            help=t("result.edit.archived") if archived else None,
        )
        if approval is None or approval.status in ENDED:
            st.button(
                t("result.submit"),
                icon=":material/approval:",
                key=f"submit-{run.run_id}",
                on_click=attempt,
                args=(partial(services.desk.submit, run.run_id, actor, version.sha256), t("result.submitted")),
            )
        copied = without_markers(version.text)
        label = services.exporter.label(run, version)
        if services.scenarios[run.scenario].task(run.task).errors_block or not label.quotes:
            copied += f"\n\n({label.visible})"  # the Measures ask for it there too (art. 4)
        copy_button(copied, key=f"copy-{run.run_id}-{version.number}")
        download(services, run, version, "docx", key=f"word-{run.run_id}-{version.number}")
