"""What is finished and filed: to find and to read, not to change."""

from functools import partial

import streamlit as st

from workbench.desk_store import Listed
from workbench.services import Services

from . import kept, language
from .approval_panel import state
from .attempt import attempt
from .decisions import trail
from .empty import empty
from .language import t
from .literal import literal, short
from .moments import moment
from .person import acting
from .step_track import step_track


def archive(services: Services) -> None:
    """Draw the search and what it finds."""
    titles = {slug: scenario.title(language.current()) for slug, scenario in services.scenarios.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = st.text_input(
            t("archive.words"),
            key=kept.keep("archive-words", ""),
            icon=":material/search:",
            placeholder=t("archive.hint"),
        )
        scenario = st.selectbox(
            t("history.scenario"),
            list(titles),
            index=None,
            key=kept.keep("archive-scenario"),
            format_func=titles.__getitem__,
            placeholder=t("archive.all"),
            width=220,
        )
    found = services.desk.store.archive(words, scenario or "")
    if not found:
        empty("inventory_2", t("archive.nothing") if words or scenario else t("archive.empty"))
    for one in found:
        _filed(services, one, titles.get(one.scenario, one.scenario))


def _filed(services: Services, one: Listed, title: str) -> None:
    head = f"**{literal(title)}** · {literal(short(one.text, 60))} · {moment(one.moved_at)}"
    with st.expander(head, icon=":material/lock:", key=f"filed-{one.run_id}", on_change="rerun") as opened:
        if not opened.open:
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            state(one.approval)
            st.caption(t("archive.version", number=one.approval.version, sha256=one.approval.sha256))
        st.text(one.text)
        if services.scenarios[one.scenario].task(one.task).publishes:
            _publish(services, one)
        step_track(services, one.approval, key=f"filed-track-{one.run_id}")
        trail(services, one.run_id)


def _publish(services: Services, one: Listed) -> None:
    """Into which knowledge base an approved text goes, and when it is in force."""
    bases = {base.name: base.title or base.name for base in services.knowledge.list() if not base.builtin}
    with st.popover(t("publish.open"), icon=":material/library_add:"):
        if not bases:
            st.caption(t("publish.no_base"))
            return
        key = f"publish-{one.run_id}"
        base = st.selectbox(t("publish.base"), list(bases), format_func=bases.__getitem__, key=f"{key}-base")
        with st.container(horizontal=True):
            first = st.date_input(t("publish.first"), key=f"{key}-first")
            last = st.date_input(t("publish.last"), value=None, key=f"{key}-last")
        st.caption(t("publish.help"))
        if st.button(t("publish.do"), type="primary", key=key):
            publish = partial(
                services.publishing.publish, one.run_id, base, acting(services), effective_from=first, effective_to=last
            )
            attempt(publish, t("publish.done", base=bases[base]))
