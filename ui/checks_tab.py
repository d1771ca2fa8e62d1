"""What the checks found in a version, and who answers for a finding that stays."""

from functools import partial

import streamlit as st

from workbench.approvals import Actor
from workbench.desk_store import Waiver
from workbench.findings import Finding, keyed
from workbench.run import Run, Version
from workbench.services import Services

from .attempt import attempt
from .language import t
from .literal import literal
from .marked_text import marked_text
from .moments import moment
from .person import signature

_SEVERITIES = {"error": ("red", "block"), "warning": ("orange", "warning"), "info": ("blue", "info")}


def checks_tab(services: Services, run: Run, version: Version, actor: Actor, *, settled: bool) -> None:
    """Draw the tab. ``settled``: the version is archived, so that nothing can be waived any more."""
    if not version.findings:
        st.success(t("result.no_findings"), icon=":material/check_circle:")
    if not services.scenarios[run.scenario].task(run.task).errors_block and _placed(version):
        marked_text(services, run, version, actor, settled=settled)
        return
    waived = services.desk.in_force(run.run_id, version.number)
    for key, finding in keyed(version.findings):
        with st.container(border=True, key=f"finding-{key}"):
            _finding(key, finding)
            if waiver := waived.get(key):
                _waived(services, run, version, waiver, actor, settled=settled)
            elif finding.severity != "info" and not settled:
                _waive(services, run, version, key, actor)


def _placed(version: Version) -> bool:
    return any(finding.where.start is not None for finding in version.findings)


def _finding(key: str, finding: Finding) -> None:
    color, icon = _SEVERITIES[finding.severity]
    st.badge(t(f"severity.{finding.severity}"), color=color, icon=f":material/{icon}:")  # type: ignore[arg-type]
    st.text(finding.message)
    if finding.where.quote:
        with st.container(key=f"quoted-{key}"):
            st.text(finding.where.quote)
    if finding.suggestion:
        st.markdown(f":material/lightbulb: {literal(finding.suggestion)}")
    notes = [finding.basis, finding.rule]
    st.caption(" · ".join(literal(note) for note in notes if note))


def _waive(services: Services, run: Run, version: Version, key: str, actor: Actor) -> None:
    field = f"reason-{run.run_id}-{key}"

    def waive() -> None:
        attempt(
            partial(services.desk.waive, run.run_id, key, st.session_state[field], actor, version.number),
            t("waiver.done"),
        )

    name = literal(services.desk.name(actor.person))
    with st.popover(t("waiver.open"), icon=":material/verified_user:", type="tertiary", key=f"open-{field}"):
        st.markdown(t("waiver.help", name=name))
        st.text_area(t("waiver.reason"), key=field, height=90)
        st.button(t("waiver.do", name=name), type="primary", on_click=waive, key=f"waive-{run.run_id}-{key}")


def _waived(services: Services, run: Run, version: Version, waiver: Waiver, actor: Actor, *, settled: bool) -> None:
    """Who answers for the finding, why, and the way back."""
    who = signature(services, waiver.actor.person, waiver.actor.real)
    with st.container(horizontal=True, vertical_alignment="center", key=f"waived-{waiver.key}"):
        words = t("waiver.by", who=who, when=moment(waiver.at), reason=literal(waiver.reason))
        st.markdown(f":material/verified_user: {words}", width="stretch")
        if not settled:
            st.button(
                t("waiver.lift"),
                type="tertiary",
                key=f"lift-{run.run_id}-{waiver.key}",
                on_click=attempt,
                args=(
                    partial(
                        services.desk.waive,
                        run.run_id,
                        waiver.key,
                        t("waiver.lifted"),
                        actor,
                        version.number,
                        lift=True,
                    ),
                ),
            )
