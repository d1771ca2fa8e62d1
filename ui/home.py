"""The first page: what is being loaded, the scenarios, the latest work, and what is wrong if something is."""

import streamlit as st

from workbench.run import Run
from workbench.services import Services
from workbench.texts import text

from . import language
from .language import t

_ICONS = {"done": "check_circle", "failed": "error", "cancelled": "stop_circle", "running": "hourglass"}


def home(services: Services) -> None:
    """Draw the page."""
    lang = language.current()
    st.title(t("home.title"))
    with st.container(key="purpose"):
        st.markdown(t("home.purpose"))
    loading(services)
    recent = services.runs.list(limit=30)
    scenarios = list(services.scenarios.values())
    for at in range(0, len(scenarios), 3):
        for column, scenario in zip(st.columns(3), scenarios[at : at + 3], strict=False):
            with column, st.container(border=True, key=f"card-{scenario.slug}"):
                st.markdown(f"**:material/{scenario.icon}: {scenario.title(lang)}**")
                st.caption(text(f"scenarios.{scenario.slug}:purpose", lang))
                last = next((run for run in recent if run.scenario == scenario.slug and run.text), None)
                if last is not None:
                    st.caption(t("home.last", when=_when(last), text=_short(last.text)))
                if st.button(t("home.open"), key=f"open-{scenario.slug}", width="stretch", type="primary"):
                    st.switch_page(st.session_state["pages"][scenario.slug])
    st.subheader(t("home.recent"))
    if not recent:
        st.caption(t("home.nothing"))
    for run in recent[:8]:
        run_line(services, run, key="home")


def run_line(services: Services, run: Run, key: str) -> None:
    """One run in a list, with the way to open it."""
    scenario = services.scenarios.get(run.scenario)
    title = scenario.title(language.current()) if scenario else run.scenario
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/{_ICONS[run.status]}:", width="content")
        st.text(f"{_when(run)}  {title}", width=190)
        st.text(_short(run.text or run.error or t(f"run.status.{run.status}")), width="stretch")
        if scenario and st.button(t("home.show"), key=f"{key}-{run.run_id}"):
            st.session_state[f"{scenario.slug}-last"] = run.run_id
            st.switch_page(st.session_state["pages"][scenario.slug])


@st.fragment(run_every=2.0)
def loading(services: Services) -> None:
    """How far the built-in knowledge is; nothing once it is all there."""
    for name, (done, total) in services.builtin.progress().items():
        share = done / total if total else 0.0
        st.progress(min(share, 1.0), t("home.loading", name=_title(services, name), done=done, total=total or "…"))


def _title(services: Services, name: str) -> str:
    return next((base.title for base in services.knowledge.list() if base.name == name), name)


def _when(run: Run) -> str:
    return run.created_at.astimezone().strftime("%m-%d %H:%M")


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 70 else plain[:70] + "…"
