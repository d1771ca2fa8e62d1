"""All runs, the latest first."""

import streamlit as st

from workbench.services import Services

from . import language
from .home import run_line
from .language import t
from .verify_file import verify_file


def history(services: Services) -> None:
    """Draw the page."""
    st.title(t("history.title"))
    with st.container(key="purpose"):
        st.markdown(t("history.purpose"))
    verify_file(services)
    lang = language.current()
    titles = {slug: scenario.title(lang) for slug, scenario in services.scenarios.items()}
    chosen = st.pills(t("history.scenario"), list(titles), format_func=titles.__getitem__, label_visibility="collapsed")
    runs = services.runs.list(scenario=chosen, limit=100)
    if not runs:
        st.info(t("home.nothing"), icon=":material/lightbulb:")
    for run in runs:
        run_line(services, run)
