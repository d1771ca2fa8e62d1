"""The first page: the scenarios, the latest work, what is being loaded, and what is wrong if something is."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.run import Run
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import text

from . import language
from .builtin import loading
from .empty import empty
from .language import t
from .literal import literal, short
from .model_watch import model_watch
from .notices import notices
from .person import acting

ICONS = {"done": "check_circle", "failed": "error", "cancelled": "stop_circle", "running": "hourglass_top"}


def home(services: Services) -> None:
    """Draw the page."""
    st.title(t("home.title"))
    with st.container(key="purpose"):
        st.markdown(t("home.purpose"))
    recent = _recent(services)
    _troubles(services)
    _waiting(services)
    notices(services)
    loading(services)
    scenarios = list(services.scenarios.values())
    for at in range(0, len(scenarios), 3):
        for column, scenario in zip(st.columns(3), scenarios[at : at + 3], strict=False):
            with column:
                _card(scenario, next((run for run in recent if run.scenario == scenario.slug and run.text), None))
    st.subheader(t("home.recent"))
    if not recent:
        empty("history", t("home.nothing"))
    for run in recent[:8]:
        run_line(services, run)


def _recent(services: Services) -> Sequence[Run]:
    try:
        return services.runs.list(limit=30)
    except WorkbenchError as error:
        st.error(error.text(language.current()), icon=":material/error:")
        return []


def _waiting(services: Services) -> None:
    """What waits for the person who acts; nothing when there is nothing, or when the records are out of reach."""
    with suppress(WorkbenchError):
        person = acting(services).person
        if waiting := services.desk.inbox(person):
            urged = sum(one.approval.reminders(person)[0] > 0 for one in waiting)
            words = [f"**{t('home.waiting', count=len(waiting))}**"]
            if urged:
                words.append(f":orange[:material/notifications_active: {t('home.reminded', count=urged)}]")
            words.append(literal(short(waiting[0].text, 60)))
            st.page_link(st.session_state["pages"]["inbox"], label=" ".join(words), icon=":material/inbox:")


def _troubles(services: Services) -> None:
    for name, sentence in model_watch(services.backends).troubles(language.current()).items():
        st.warning(t("home.trouble", name=literal(name), sentence=literal(sentence)), icon=":material/cloud_off:")


def _card(scenario: Scenario, last: Run | None) -> None:
    """A scenario; the whole card is the link."""
    lang = language.current()
    with st.container(border=True, height="stretch", key=f"card-{scenario.slug}"):
        st.page_link(
            st.session_state["pages"][scenario.slug],
            label=f"**{scenario.title(lang)}**",
            icon=f":material/{scenario.icon}:",
        )
        st.caption(text(f"scenarios.{scenario.slug}:purpose", lang))
        if last is not None:
            st.caption(t("home.last", when=_when(last), text=literal(short(last.subject or last.text, 40))))


def run_line(services: Services, run: Run) -> None:
    """One run in a list; its link opens it and can be shared."""
    scenario = services.scenarios.get(run.scenario)
    title = scenario.title(language.current()) if scenario else run.scenario
    words = literal(short(run.subject or run.text or run.error or t(f"run.status.{run.status}"), 80))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"line-{run.run_id}"):
        icon = f":material/{ICONS[run.status]}:"
        if scenario is None:
            st.markdown(f"{icon} {words}", width="stretch")
        else:
            st.page_link(
                st.session_state["pages"][scenario.slug],
                label=words,
                icon=icon,
                width="stretch",
                query_params={"run": run.run_id, "lang": language.current()},
            )
        st.caption(f"{literal(title)} · {_when(run)}", width="content")


def _when(run: Run) -> str:
    return run.created_at.astimezone().strftime("%m-%d %H:%M")
