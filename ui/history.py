"""Every run, found by its words and what it was, and run once more."""

from functools import partial
from typing import Literal, get_args

import streamlit as st

from workbench.history import Filter, Found
from workbench.run import Status
from workbench.services import Services

from . import kept, language
from .attempt import succeeds
from .choices import writer_label
from .empty import empty
from .home import ICONS
from .language import t
from .literal import literal, short
from .live_run import LiveRun, live_key
from .moments import moment
from .person import acting
from .verify_file import verify_file

_PAGE = 30


def history(services: Services) -> None:
    """Draw the page."""
    st.title(t("history.title"))
    with st.container(key="purpose"):
        st.markdown(t("history.purpose"))
    verify_file(services)
    wanted = _filter(services)
    shown = st.session_state.setdefault("history-shown", _PAGE)
    found = services.history.find(wanted, shown + 1)
    if not found:
        empty("history", t("home.nothing") if wanted == Filter() else t("history.nothing"))
    for one in found[:shown]:
        _line(services, one)
    if len(found) > shown and st.button(t("history.more"), key="history-more"):
        st.session_state["history-shown"] = shown + _PAGE
        st.rerun()


def _filter(services: Services) -> Filter:
    """What the person looks for; the rarer filters fold away."""
    lang = language.current()
    scenarios = {slug: scenario.title(lang) for slug, scenario in services.scenarios.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = st.text_input(
            t("archive.words"),
            key=kept.keep("history-words", ""),
            icon=":material/search:",
            placeholder=t("history.hint"),
        )
        scenario = _choice("history-scenario", t("history.scenario"), scenarios, 220)
        with st.popover(t("history.filters"), icon=":material/tune:"):
            status = _choice("history-status", t("history.status"), _named(get_args(Status), "run.status"))
            people = {person.id: person.name for person in services.desk.people}
            author = _choice("history-author", t("cost.by.person"), people)
            departments = {one.department: one.department for one in services.desk.people if one.department}
            department = _choice("history-department", t("cost.by.department"), departments)
            writers = {info.name: writer_label(info) for info in services.backends.list()}
            backend = _choice("history-backend", t("form.writer"), writers)
            since = st.date_input(t("history.since"), value=None, key=kept.keep("history-since"))
            until = st.date_input(t("history.until"), value=None, key=kept.keep("history-until"))
    return Filter(
        words=words,
        scenario=scenario,
        status=status,
        author=author,
        department=department,
        backend=backend,
        since=since,
        until=until,
    )


def _named(values: tuple[Status, ...], prefix: str) -> dict[str, str]:
    return {value: t(f"{prefix}.{value}") for value in values}


def _choice(key: str, label: str, names: dict[str, str], width: int | Literal["stretch"] = "stretch") -> str:
    chosen: str | None = st.selectbox(
        label,
        list(names),
        index=None,
        key=kept.keep(key),
        format_func=names.__getitem__,
        placeholder=t("history.any"),
        width=width,
    )
    return chosen or ""


def _line(services: Services, one: Found) -> None:
    scenario = services.scenarios.get(one.scenario)
    words = literal(short(one.subject or one.excerpt or one.error or t(f"run.status.{one.status}"), 70))
    hidden = not services.views.may(one, acting(services).person)
    if one.purged_at is not None or hidden:
        words = t("history.hidden" if hidden else "history.purged")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"line-{one.run_id}"):
        icon = f":material/{ICONS[one.status]}:"
        if scenario is None or one.purged_at is not None or hidden:
            st.markdown(f"{icon} {words}", width="stretch")
        else:
            st.page_link(
                st.session_state["pages"][scenario.slug],
                label=words,
                icon=icon,
                width="stretch",
                query_params={"run": one.run_id, "lang": language.current()},
            )
        title = scenario.title(language.current()) if scenario else one.scenario
        about = [title, services.desk.name(one.author), moment(one.created_at)]
        st.caption(" · ".join(literal(part) for part in about if part), width="content")
        if scenario is not None and one.purged_at is None and not hidden and one.status != "running":
            again(services, one.run_id, one.backend)


def again(services: Services, run_id: str, backend: str) -> None:
    """A menu that runs the same request once more, written by whom one likes. It opens the scenario's page."""
    writers = {info.name: writer_label(info) for info in services.backends.list()}
    default = backend if backend in writers else next(iter(writers))
    with st.popover(t("history.again"), icon=":material/refresh:", type="tertiary", key=f"again-open-{run_id}"):
        chosen = st.radio(
            t("form.writer"),
            list(writers),
            index=list(writers).index(default),
            key=f"again-writer-{run_id}",
            format_func=writers.__getitem__,
        )
        pressed = st.button(t("history.again.do"), type="primary", key=f"again-{run_id}")
    if pressed and succeeds(partial(_start, services, run_id, chosen or default)):
        st.switch_page(st.session_state["pages"][services.runs.get(run_id).scenario])


def _start(services: Services, run_id: str, backend: str) -> None:
    order = services.history.again(run_id, backend, acting(services).person)
    st.session_state[live_key(order.scenario.slug)] = LiveRun(order).start(services.engine)
    st.query_params.pop("run", None)
