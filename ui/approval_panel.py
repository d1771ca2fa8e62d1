"""The approval of one deliverable, above it: where it stands, what was said, what the person may decide."""

import streamlit as st

from workbench.approvals import Actor, Approval
from workbench.run import Run, Version
from workbench.services import Services

from .decisions import decisions, remark, trail
from .language import t
from .literal import literal
from .moments import moment
from .step_track import step_track

COLORS = {
    "pending": "blue", "approved": "green", "archived": "green", "returned": "orange", "rejected": "red",
    "withdrawn": "gray",
}  # fmt: skip


def approval_panel(services: Services, run: Run, version: Version, approval: Approval, actor: Actor) -> None:
    """Draw the panel for the newest ``version``."""
    with st.container(border=True, key="approval"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            state(approval)
            about = t(
                "approval.about", name=literal(services.desk.name(approval.submitted_by)), number=approval.version
            )
            st.caption(f"{about} · {moment(approval.submitted_at)}")
        step_track(services, approval, key=f"track-{run.run_id}")
        said(services, run.run_id, approval)
        decisions(services, run.run_id, version.text, approval, actor)
        with st.expander(t("approval.trail"), icon=":material/history:"):
            trail(services, run.run_id)


def state(approval: Approval) -> None:
    """The status as a badge."""
    st.badge(t(f"approval.status.{approval.status}"), color=COLORS[approval.status])  # type: ignore[arg-type]


def said(services: Services, run_id: str, approval: Approval) -> None:
    """Why it came back, in the words of who returned or rejected it."""
    if approval.status not in ("returned", "rejected"):
        return
    last = services.desk.store.decisions(run_id)[-1]
    with st.container(key=f"said-{run_id}", gap="small"):
        who = literal(services.desk.name(last.actor.person))
        st.markdown(f"**{t(f'approval.said.{approval.status}', name=who)}**")
        for comment in last.comments:
            remark(comment)
