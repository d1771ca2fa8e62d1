"""A task over the rows of a spreadsheet: start it, watch it, pause it, take the results."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from workbench.batch import Batch
from workbench.engine import Order
from workbench.rows import column_names
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import text

from . import kept, language
from .attempt import attempt, succeeds
from .choices import choices
from .empty import empty
from .language import t
from .literal import literal
from .made_file import XLSX, made_file
from .moments import moment
from .person import acting

_KINDS = ["xlsx", "csv", "tsv", "jsonl"]
_COLORS = {"waiting": "gray", "running": "blue", "paused": "orange", "cancelled": "gray", "done": "green"}
_SHOWN = 20
_FAILURES = 50  # failed rows listed on the page; the results hold all of them


def batch_page(services: Services) -> None:
    """Draw the page."""
    st.title(t("batch.title"))
    with st.container(key="purpose"):
        st.markdown(t("batch.purpose"))
    with st.container(border=True, key="batch-form"):
        _start(services)
    st.subheader(t("batch.list"))
    found = services.batches.list(_SHOWN)
    if not found:
        empty("table_rows", t("batch.empty"))
    elif any(batch.state in ("waiting", "running") for batch in found):
        st.fragment(_watch, run_every=1.5)(services)
    else:
        _list(services, found)


def _watch(services: Services) -> None:
    """The list while something in it moves; the page draws itself anew once all is still."""
    found = services.batches.list(_SHOWN)
    if not any(batch.state in ("waiting", "running") for batch in found):
        st.rerun()
    _list(services, found)


def _list(services: Services, found: Sequence[Batch]) -> None:
    for batch in found:
        _batch(services, batch)


def _start(services: Services) -> None:
    lang = language.current()
    titles = {slug: scenario.title(lang) for slug, scenario in services.scenarios.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        slug = st.selectbox(
            t("history.scenario"),
            list(titles),
            key=kept.keep("batch-scenario", next(iter(titles))),
            format_func=titles.__getitem__,
        )
        scenario = services.scenarios[slug]
        tasks = {task.name: task_title(scenario, task.name) for task in scenario.tasks}
        name = st.selectbox(t("form.task"), list(tasks), key=f"batch-task-{slug}", format_func=tasks.__getitem__)
        knowledge, writer = choices(services, scenario)
    fields = column_names(scenario, scenario.task(name), lang)
    given = st.file_uploader(t("batch.file"), type=_KINDS, key=f"batch-file-{slug}-{name}")
    st.caption(t("batch.columns", columns=literal(" · ".join(fields))))
    with st.container(horizontal=True, gap="small"):
        if st.button(
            t("batch.start"), type="primary", icon=":material/play_arrow:", disabled=given is None, key="batch-start"
        ):
            order = Order(scenario, name, {}, lang, knowledge, writer, acting(services).person)
            if given is not None and succeeds(partial(_open, services, order, given.name, given.getvalue())):
                st.rerun()
        st.download_button(
            t("batch.template"),
            data=partial(made_file, ".xlsx", lambda path: services.batches.sheets.write(path, fields, [], None)),
            file_name=f"{slug}-{name}.xlsx",
            mime=XLSX,
            icon=":material/download:",
            on_click="ignore",
            key="batch-template",
        )


def _open(services: Services, order: Order, name: str, content: bytes) -> None:
    path = services.files.keep(name, content)
    batch = services.batches.open(order, path, name, background=True)
    said = t("batch.started", count=batch.total)
    if batch.ignored:
        said = f"{said} {t('batch.ignored', columns=', '.join(batch.ignored))}"
    st.toast(literal(said), icon=":material/check:")


def _batch(services: Services, batch: Batch) -> None:
    scenario = services.scenarios.get(batch.scenario)
    about = task_title(scenario, batch.task) if scenario else batch.scenario
    if scenario and len(scenario.tasks) > 1:
        about = f"{scenario.title(language.current())} · {about}"
    with st.container(border=True, key=f"batch-{batch.batch_id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(batch.name)}**", width="stretch")
            st.badge(t(f"batch.state.{batch.state}"), color=_COLORS[batch.state])  # type: ignore[arg-type]
        st.caption(
            f"{literal(about)} · {literal(services.desk.name(batch.author) or '-')} · {moment(batch.created_at)}"
        )
        ended = batch.done + batch.failed
        words = t("batch.progress", ended=ended, total=batch.total, failed=batch.failed)
        st.progress(ended / batch.total if batch.total else 1.0, words)
        if batch.error:
            st.warning(literal(batch.error), icon=":material/pause_circle:")
        _actions(services, batch)
        if batch.failed:
            _failures(services, batch)


def _actions(services: Services, batch: Batch) -> None:
    acts = {
        "pause": batch.state in ("waiting", "running"),
        "resume": batch.state == "paused",
        "retry": batch.failed > 0 and batch.state in ("done", "cancelled", "paused"),
        "cancel": batch.state in ("waiting", "running", "paused"),
    }
    icons = {"pause": "pause", "resume": "play_arrow", "retry": "refresh", "cancel": "stop"}
    with st.container(horizontal=True, gap="small"):
        if batch.done + batch.failed:
            st.download_button(
                t("batch.results"),
                data=partial(made_file, ".xlsx", partial(services.batches.write, batch.batch_id, only_ended=True)),
                file_name=f"{batch.scenario}-{batch.task}-{batch.batch_id}.xlsx",
                mime=XLSX,
                icon=":material/download:",
                on_click="ignore",
                key=f"results-{batch.batch_id}",
            )
        for act, possible in acts.items():
            if possible:
                st.button(
                    t(f"batch.{act}"),
                    type="tertiary",
                    icon=f":material/{icons[act]}:",
                    key=f"{act}-{batch.batch_id}",
                    on_click=attempt,
                    args=(partial(getattr(services.batches, act), batch.batch_id),),
                )


def _failures(services: Services, batch: Batch) -> None:
    with st.expander(t("batch.failures", count=batch.failed), key=f"failures-{batch.batch_id}"):
        for item in services.batches.store.items(batch.batch_id, "failed")[:_FAILURES]:
            st.markdown(f"{t('batch.row', number=item.number)} {literal(item.error)}")
        if batch.failed > _FAILURES:
            st.caption(t("batch.more_failures", count=batch.failed - _FAILURES))


def task_title(scenario: Scenario, task: str) -> str:
    """A task's name for people; the scenario's own where it has one task."""
    if len(scenario.tasks) == 1:
        return scenario.title(language.current())
    return text(f"scenarios.{scenario.slug}:task.{task}", language.current())
