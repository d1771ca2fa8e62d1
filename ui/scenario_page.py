"""The one shape of every scenario page: what it is for, the form on the left, the result on the right."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from pydantic import BaseModel

from workbench.engine import Order
from workbench.errors import AccessError, NotFoundError, RequestError
from workbench.examples import Example, loaded, offered
from workbench.forms import recorded
from workbench.run import Run
from workbench.scenario import Scenario, Task
from workbench.services import Services
from workbench.texts import Lang, catalogue, text

from . import kept, language, schema_form
from .attempt import attempt
from .builtin import still_loading
from .choices import choices
from .empty import empty
from .fields import Part
from .language import t
from .literal import literal
from .live_run import LiveRun, live_key
from .person import acting
from .run_result import Panel, show_progress, show_result

_IN_A_ROW = 3  # tasks beyond which one row of a control would break

Form = Callable[[Lang], dict[str, Any]]
Fill = Callable[[str, Any], None]
Facts = Callable[[dict[str, Any], Lang], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Look:
    """What a scenario may say about its page; everything has a default made from its declaration.

    ``form`` draws the fields and returns the request; ``fill`` puts the request of a task into them, an example's or
    that of a run whose link was opened. ``facts`` are (label, value) pairs shown above the draft; ``panels`` are
    further tabs of a result; ``fields`` are the parts of a deliverable that people change in place. ``on_panel`` names
    tasks whose result opens on its first panel.
    """

    form: Form | None = None
    facts: Facts | None = None
    fill: Fill | None = None
    panels: Callable[[Run, Lang], Sequence[Panel]] | None = None
    fields: Callable[[Run, Lang], Sequence[Part]] | None = None
    on_panel: frozenset[str] = frozenset()


def scenario_page(services: Services, scenario: Scenario, look: Look | None = None) -> None:
    """Draw the page of ``scenario``."""
    look = look or Look()
    lang = language.current()
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        st.title(scenario.title(lang), width="stretch")
        knowledge, writer = choices(services, scenario)
    with st.container(key="purpose"):
        st.markdown(text(f"scenarios.{scenario.slug}:purpose", lang))
    with st.container(key="workspace"):
        form_column, result_column = st.columns([2, 3], gap="medium")
    _open(services, scenario, look)
    with form_column, st.container(border=True, key="form"):
        task = _task(services, scenario, lang)
        order = _form(services, scenario, task, look, lang, knowledge, writer)
    live: LiveRun | None = st.session_state.get(live_key(scenario.slug))
    if order is not None:
        live = LiveRun(order).start(services.engine)
        st.session_state[live_key(scenario.slug)] = live
        st.query_params.pop("run", None)
    with result_column:
        still_loading(services, {*knowledge, *scenario.knowledge})
        _result(services, scenario, task, look, live, lang)


def _open(services: Services, scenario: Scenario, look: Look) -> None:
    """Once for each link, and before anything is drawn: its task and, while nothing was typed, the form as it was."""
    key = f"{scenario.slug}-opened"
    untouched, run_id = key not in st.session_state, st.query_params.get("run")
    if run_id == st.session_state.setdefault(key, ""):
        return
    st.session_state[key] = run_id
    with suppress(NotFoundError, RequestError):  # the result says what is missing or was not kept
        run = services.runs.get(run_id) if run_id else None
        if run and run.scenario == scenario.slug and services.views.may(run, acting(services).person):
            kept.put(f"{scenario.slug}-task", run.task)
            if untouched and run.request:
                _fill(scenario, look, run.task, recorded(scenario.task(run.task).request, run))


def _fill(scenario: Scenario, look: Look, task: str, request: BaseModel) -> None:
    if look.fill:
        look.fill(task, request)
    else:
        schema_form.fill(scenario.slug, request)


def _form(
    services: Services,
    scenario: Scenario,
    task: Task[Any, Any, Any],
    look: Look,
    lang: Lang,
    knowledge: list[str],
    writer: str,
) -> Order | None:
    """The form; the order when the button was pressed."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key="form-top"):
        _examples(services, scenario, task, look, lang)
    request = look.form(lang) if look.form else schema_form.fields(scenario.slug, task, lang, services.files)
    if scenario.knowledge and not knowledge:
        st.caption(t("form.none_chosen"))
    for warning in services.ledger.warnings(acting(services).person, scenario.slug, lang):
        st.caption(f":material/savings: {literal(warning)}")
    if not st.button(_run_word(scenario, task, lang), type="primary", width="stretch", key=f"{scenario.slug}-run"):
        return None
    return Order(scenario, task.name, request, lang, knowledge, writer, acting(services).person)


def _run_word(scenario: Scenario, task: Task[Any, Any, Any], lang: Lang) -> str:
    """What the button says: the task's own verb (``run.<task>``), else the common one."""
    room = f"scenarios.{scenario.slug}"
    own = f"run.{task.name}"
    return text(f"{room}:{own}", lang) if own in catalogue(room) else t("form.run")


def _task(services: Services, scenario: Scenario, lang: Lang) -> Task[Any, Any, Any]:
    """The task chosen; at first that which a link names (``?task=``)."""
    first = scenario.tasks[0]
    names = {known.name: text(f"scenarios.{scenario.slug}:task.{known.name}", lang) for known in scenario.tasks}
    if len(names) == 1:
        return first
    asked = st.query_params.get("task")
    key = kept.keep(f"{scenario.slug}-task", asked if asked in names else first.name)
    few = len(names) <= _IN_A_ROW
    choose = st.segmented_control if few else st.pills
    with st.container(key="form-task"):
        chosen = choose(
            t("form.task"), list(names), format_func=names.__getitem__, key=key, required=True,
            label_visibility="collapsed", width="stretch" if few else "content",
        )  # fmt: skip
    return scenario.task(chosen or first.name)


def _examples(services: Services, scenario: Scenario, task: Task[Any, Any, Any], look: Look, lang: Lang) -> None:
    """The task's examples: the first in one click, the others in a menu beside it."""
    found = offered(scenario.slug, task.name, lang)
    if not found:
        return
    load = partial(_load, services, scenario, look)
    st.button(
        t("form.example"), key=f"{scenario.slug}-example", help=literal(found[0].title), on_click=load,
        args=(found[0],), type="tertiary", icon=":material/lightbulb:",
    )  # fmt: skip
    others, key = {one.title: one for one in found[1:]}, f"{scenario.slug}-{task.name}-examples"
    if others:
        st.menu_button(
            t("form.examples"), list(others), key=key, type="tertiary", format_func=literal,
            on_click=lambda: load(others[st.session_state[key]]),
        )  # fmt: skip


def _load(services: Services, scenario: Scenario, look: Look, example: Example) -> None:
    def put() -> None:
        _fill(scenario, look, example.task, loaded(example, scenario, services, acting(services).person))

    attempt(put)


def _result(
    services: Services, scenario: Scenario, task: Task[Any, Any, Any], look: Look, live: LiveRun | None, lang: Lang
) -> None:
    if live is not None and not live.over:
        show_progress(live)
        return
    if live is not None and live.error is not None:
        st.error(live.error.text(lang), icon=":material/error:")
        return
    if live is not None and live.run is not None:
        st.query_params["run"] = live.run.run_id
        st.session_state.pop(live_key(scenario.slug))
    try:
        run = _shown(services, scenario, task)
        if run is not None:
            services.views.open(run, acting(services))
    except (AccessError, NotFoundError) as error:
        st.warning(
            error.text(lang), icon=":material/lock:" if isinstance(error, AccessError) else ":material/link_off:"
        )
        return
    if run is None:
        empty(scenario.icon, _empty(scenario, task, lang))
        return
    panels = look.panels(run, lang) if look.panels and run.deliverable else ()
    parts = look.fields(run, lang) if look.fields and run.deliverable else ()
    show_result(services, scenario, run, _facts(look, run, lang), panels, parts, on_panel=run.task in look.on_panel)


def _shown(services: Services, scenario: Scenario, task: Task[Any, Any, Any]) -> Run | None:
    """The run of the link when it is one of this task, else the last of this task; the link then names that.

    Raises ``NotFoundError`` for a link to no run.
    """
    lasts: dict[str, str] = st.session_state.setdefault(f"{scenario.slug}-last", {})
    if run_id := st.query_params.get("run"):
        run = services.runs.get(run_id)
        if run.scenario == scenario.slug:
            lasts[run.task] = run_id
    shown = lasts.get(task.name)
    st.session_state[f"{scenario.slug}-opened"] = shown or ""
    if shown is None:
        st.query_params.pop("run", None)
        return None
    st.query_params["run"] = shown
    return services.runs.get(shown)


def _empty(scenario: Scenario, task: Task[Any, Any, Any], lang: Lang) -> str:
    """What will stand where the result comes; of several tasks each says its own."""
    own = f".{task.name}" if len(scenario.tasks) > 1 else ""
    return text(f"scenarios.{scenario.slug}:page.empty{own}", lang)


def _facts(look: Look, run: Run, lang: Lang) -> Sequence[tuple[str, str]]:
    return look.facts(run.deliverable, lang) if look.facts and run.deliverable else ()
