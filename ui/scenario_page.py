"""The one shape of every scenario page: what it is for, the form on the left, the result on the right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from workbench.chat import COMPOSER
from workbench.run import Order, Run
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text

from . import kept, language, schema_form
from .language import t
from .live_run import LiveRun
from .run_result import show_progress, show_result

Form = Callable[[Lang], dict[str, Any]]
Facts = Callable[[dict[str, Any], Lang], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Look:
    """What a scenario may say about its page; everything has a default made from its declaration.

    ``form`` draws the fields and returns the request; ``facts`` are (label, value) pairs shown above the draft;
    ``examples`` are (title, what ``fill`` takes); ``fill`` puts an example into the form.
    """

    form: Form | None = None
    facts: Facts | None = None
    examples: Sequence[tuple[str, Any]] = ()
    fill: Callable[[Any], None] | None = None


def scenario_page(services: Services, scenario: Scenario, look: Look | None = None) -> None:
    """Draw the page of ``scenario``."""
    look = look or Look()
    lang = language.current()
    st.title(scenario.title(lang))
    with st.container(key="purpose"):
        st.markdown(text(f"scenarios.{scenario.slug}:purpose", lang))
    form_column, result_column = st.columns([2, 3], gap="large")
    with form_column, st.container(border=True):
        order = _form(services, scenario, look, lang)
    live: LiveRun | None = st.session_state.get(_live(scenario))
    if order is not None:
        live = LiveRun(order).start(services.engine)
        st.session_state[_live(scenario)] = live
        st.query_params.pop("run", None)
    with result_column:
        _result(services, scenario, look, live, lang)


def _form(services: Services, scenario: Scenario, look: Look, lang: Lang) -> Order | None:
    """The form; the order when the button was pressed."""
    task = scenario.tasks[0]
    if len(scenario.tasks) > 1:
        names = {known.name: text(f"scenarios.{scenario.slug}:task.{known.name}", lang) for known in scenario.tasks}
        key = kept.keep(f"{scenario.slug}-task", task.name)
        chosen = st.segmented_control(
            t("form.task"), list(names), format_func=names.__getitem__, key=key, required=True
        )
        task = scenario.task(chosen or task.name)
    _examples(scenario, look)
    request = look.form(lang) if look.form else schema_form.fields(scenario.slug, task, lang)
    bases, backend = _advanced(services, scenario)
    if not st.button(t("form.run"), type="primary", width="stretch", key=f"{scenario.slug}-run"):
        return None
    return Order(scenario, task.name, request, lang, bases, backend)


def _examples(scenario: Scenario, look: Look) -> None:
    if not look.examples or look.fill is None:
        return
    key = f"{scenario.slug}-example"
    contents = dict(look.examples)

    def load() -> None:
        chosen = st.session_state[key]
        if chosen is not None and look.fill is not None:
            look.fill(contents[chosen])
        st.session_state[key] = None

    st.selectbox(
        t("form.example"), list(contents), index=None, key=key, on_change=load, placeholder=t("form.example.choose"),
        label_visibility="collapsed",
    )  # fmt: skip


def _advanced(services: Services, scenario: Scenario) -> tuple[list[str], str]:
    """Which knowledge and which writer."""
    bases = {base.name: base for base in services.knowledge.list()}
    own = [name for name, base in bases.items() if not base.builtin]
    key = kept.keep(f"{scenario.slug}-knowledge", [])
    offered = st.session_state.setdefault(f"{scenario.slug}-offered", set())
    fresh = {
        name for name in (*scenario.knowledge, *own) if name in bases
    } - offered  # chosen once, when it first comes
    offered |= fresh
    st.session_state[key] = [name for name in bases if name in fresh or name in st.session_state[key]]
    chosen = st.pills(
        t("form.knowledge"), list(bases), selection_mode="multi", key=key, format_func=lambda name: bases[name].title
    )
    if not bases:
        st.caption(t("form.no_knowledge"))
    elif not chosen:
        st.caption(t("form.none_chosen"))
    infos = {info.name: info for info in services.backends.list()}
    default = services.settings.default_backend
    if len(infos) == 1:
        st.caption(t("form.composer_only"), help=t("form.composer_help"))
        return list(chosen), COMPOSER
    key = kept.keep(f"{scenario.slug}-backend", default if default in infos else COMPOSER)
    writer = st.selectbox(
        t("form.writer"), list(infos), key=key, format_func=lambda name: _writer(name, infos[name].model)
    )
    return list(chosen), writer


def _writer(name: str, model: str) -> str:
    return t("form.composer") if name == COMPOSER else f"{name} · {model}"


def _result(services: Services, scenario: Scenario, look: Look, live: LiveRun | None, lang: Lang) -> None:
    if live is not None and not live.over:
        show_progress(live)
        return
    if live is not None and live.error is not None:
        st.error(live.error.text(lang), icon=":material/error:")
        return
    if live is not None and live.run is not None:
        st.query_params["run"] = live.run.run_id
        st.session_state.pop(_live(scenario))
    run_id = st.query_params.get("run") or st.session_state.get(f"{scenario.slug}-last")
    run = services.runs.get(run_id) if run_id else None
    if run is None or run.scenario != scenario.slug:
        st.info(text(f"scenarios.{scenario.slug}:page.empty", lang), icon=":material/lightbulb:")
        return
    st.query_params["run"] = run.run_id
    st.session_state[f"{scenario.slug}-last"] = run.run_id
    show_result(services, scenario, run, _facts(look, run, lang))


def _facts(look: Look, run: Run, lang: Lang) -> Sequence[tuple[str, str]]:
    return look.facts(run.deliverable, lang) if look.facts and run.deliverable else ()


def _live(scenario: Scenario) -> str:
    return f"{scenario.slug}-live"
