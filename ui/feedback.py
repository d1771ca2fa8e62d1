"""What people think of a result: thumbs, with a reason."""

from functools import partial

import streamlit as st

from workbench.approvals import Actor
from workbench.run import Run, Version
from workbench.services import Services

from .attempt import attempt
from .language import t
from .literal import literal

_ICONS = {"up": "thumb_up", "down": "thumb_down"}


def feedback(services: Services, run: Run, version: Version, actor: Actor) -> None:
    """Draw the two thumbs and what was said so far. The last word of each person counts."""
    said = services.judgements.of(run.run_id)
    mine = next((one.verdict for one in said if one.actor.person == actor.person), None)
    key = f"why-{run.run_id}-{actor.person}"

    def down() -> None:
        attempt(
            partial(services.judgements.give, run.run_id, "down", actor, st.session_state[key], version.number),
            t("feedback.thanks"),
        )

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="feedback"):
        st.caption(t("feedback.ask"), width="content")
        st.button(
            t("feedback.up"),
            icon=":material/thumb_up:",
            type="primary" if mine == "up" else "tertiary",
            key=f"up-{run.run_id}",
            on_click=attempt,
            args=(partial(services.judgements.give, run.run_id, "up", actor, "", version.number), t("feedback.thanks")),
        )
        with st.popover(
            t("feedback.down"),
            icon=":material/thumb_down:",
            type="primary" if mine == "down" else "tertiary",
            key=f"down-open-{run.run_id}",
        ):
            st.text_area(t("feedback.why"), key=key, height=90)
            st.button(t("feedback.send"), type="primary", key=f"down-{run.run_id}", on_click=down)
    for one in said:
        if one.reason:
            name = literal(services.desk.name(one.actor.person))
            st.caption(f":material/{_ICONS[one.verdict]}: {name} · {literal(one.reason)}")
