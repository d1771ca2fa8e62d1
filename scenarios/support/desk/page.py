"""The desk on the page: the queue on the left, the thread with its draft on the right."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Literal

import streamlit as st

from ui import kept, language
from ui.attempt import attempt
from ui.empty import empty
from ui.listen import listen
from ui.literal import literal
from ui.moments import moment, span
from ui.person import acting
from ui.run_result import show_result
from workbench.engine import Finished, Order
from workbench.errors import RequestError
from workbench.language import without_markers
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text
from workbench.threads import READERS, Thread, read

from .triage import request_of, sample_day, understood

_COLOURS: dict[str, Literal["red", "orange", "blue", "gray"]] = {
    "urgent": "red", "high": "orange", "normal": "blue", "low": "gray"
}  # fmt: skip
_COLUMNS: dict[str, int] = {"due": 92, "priority": 64, "customer": 92, "message": 240, "intent": 84, "language": 56}
"""What the queue shows, with widths in pixels: what is needed to choose comes first, the rest is a scroll away."""


def desk_page(services: Services, scenario: Scenario, knowledge: list[str], backend: str) -> None:
    """Draw the desk. ``knowledge`` and ``backend`` are what drafts are made with."""
    threads = [_triaged(services, thread) for thread in services.threads.store.list("open")]
    threads.sort(key=lambda thread: thread.due_at or thread.received_at)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        _intake(services)
        if not threads:
            empty("inbox", say("desk.empty"))
            return
        thread = _queue(threads)
    with right, st.container(key="desk-thread"):
        _thread(services, scenario, thread, knowledge, backend)


def say(key: str, **values: object) -> str:
    """A text of the scenario in the page's language."""
    return text(f"scenarios.support:{key}", language.current(), **values)


def _triaged(services: Services, thread: Thread) -> Thread:
    if thread.reading:
        return thread
    return services.threads.triage(thread, *understood(thread, services.knowledge))


def _intake(services: Services) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover(say("desk.import"), icon=":material/upload:"):
            files = st.file_uploader(
                say("desk.files"), type=[suffix.strip(".") for suffix in READERS], accept_multiple_files=True,
                key="desk-files",
            )  # fmt: skip
            if files and st.button(say("desk.take"), type="primary", key="desk-take"):
                attempt(partial(_take, services, files), say("desk.taken"))
                st.rerun()
            st.caption(say("desk.elsewhere"))
        st.button(
            say("desk.sample"), icon=":material/lightbulb:", type="tertiary", key="desk-sample",
            on_click=_load_sample, args=(services,),
        )  # fmt: skip


def _load_sample(services: Services) -> None:
    for thread in sample_day():
        services.threads.receive(thread)


def _take(services: Services, files: list[Any]) -> None:
    for file in files:
        for thread in read(file.name, file.getvalue()):
            services.threads.receive(thread)


def _queue(threads: list[Thread]) -> Thread:
    """The queue as a table; returns the chosen thread, the first one due unless another was chosen."""
    now = datetime.now(UTC)
    late = sum(thread.due_at is not None and thread.due_at < now for thread in threads)
    soon = sum(thread.due_at is not None and now <= thread.due_at < now + timedelta(hours=1) for thread in threads)
    st.caption(say("desk.counts", open=len(threads), late=late, soon=soon))
    rows = [_row(thread, now) for thread in threads]
    names = {column: say(f"desk.{column}") for column in _COLUMNS}
    table = {names[column]: [row[column] for row in rows] for column in _COLUMNS}
    place: int = min(st.session_state.get("desk-place", 0), len(threads) - 1)
    state: Any = st.dataframe(
        table, hide_index=True, on_select="rerun", selection_mode="single-row", key="desk-queue", height=560,
        column_config={names[one]: st.column_config.Column(width=width) for one, width in _COLUMNS.items()},
    )  # fmt: skip
    if chosen := state["selection"]["rows"]:
        place = chosen[0]
    with st.container(horizontal=True):
        st.button(say("desk.previous"), key="desk-previous", shortcut="K", on_click=_move, args=(place - 1,))
        st.button(say("desk.next"), key="desk-next", shortcut="J", on_click=_move, args=(place + 1,))
    st.session_state["desk-place"] = place
    return threads[max(place, 0)]


def _move(place: int) -> None:
    st.session_state["desk-place"] = max(place, 0)
    st.session_state.pop("desk-queue", None)


def _row(thread: Thread, now: datetime) -> dict[str, str]:
    values = {name: say(f"value.{thread.reading[name]}") for name in ("intent", "priority")}
    return {
        **values,
        "due": _clock(thread, now),
        "language": thread.reading["language"],
        "customer": str(thread.customer.get("name", "")),
        "message": thread.last.text.replace("\n", " ")[:80],
    }


def _clock(thread: Thread, now: datetime) -> str:
    """How long until the answer is due, or since when it is late."""
    if thread.due_at is None:
        return ""
    left = thread.due_at - now
    return say("desk.left", time=span(left)) if left > timedelta() else say("desk.late", time=span(-left))


def _thread(services: Services, scenario: Scenario, thread: Thread, knowledge: list[str], backend: str) -> None:
    lang = language.current()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{literal(str(thread.customer.get('name') or thread.subject or thread.thread_id))}**")
        st.badge(say(f"value.{thread.reading['priority']}"), color=_COLOURS[thread.reading["priority"]])
        st.badge(say(f"value.{thread.reading['intent']}"), color="gray")
        st.badge(say(f"value.{thread.reading['emotion']}"), color="gray")
        st.badge(say(f"page.channel.{request_of(thread)['channel']}"), color="gray")
        st.caption(_clock(thread, datetime.now(UTC)))
    _card(thread)
    for post in thread.posts:
        with st.chat_message("user" if post.role == "customer" else "assistant"):
            st.text(post.text)
            st.caption(moment(post.at))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-actions"):
        tone = st.selectbox(
            say("page.tone"), ["warm", "brief", "formal", "apologetic"], key=kept.keep("desk-tone", "warm"),
            format_func=lambda one: say(f"page.tone.{one}"), label_visibility="collapsed", width=120,
        )  # fmt: skip
        if st.button(say("desk.draft"), type="primary", key="desk-draft", shortcut="D", icon=":material/edit_note:"):
            with st.spinner(say("desk.drafting")):
                order = Order(
                    scenario, "reply", request_of(thread, tone), lang, knowledge, backend, acting(services).person
                )
                thread = _drafted(services, order, thread)
        st.button(
            say("desk.send"), key="desk-send", shortcut="S", icon=":material/send:", disabled=not thread.run_id,
            on_click=attempt, args=(partial(_send, services, thread), say("desk.sent")),
        )  # fmt: skip
        st.button(say("desk.close"), key="desk-close", shortcut="E", on_click=services.threads.close, args=(thread,))
    if thread.run_id:
        run = services.runs.get(thread.run_id)
        facts = _facts(run.deliverable or {}, lang)
        show_result(services, scenario, run, facts, [listen(services, run)])


def _card(thread: Thread) -> None:
    """Who writes: what came with the thread, order by order."""
    if not thread.customer:
        return
    with st.expander(say("desk.card"), icon=":material/badge:"):
        for name, value in thread.customer.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                st.dataframe(value, hide_index=True, key=f"card-{thread.thread_id}-{name}")
            elif value:
                st.text(f"{name}: {value}")


def _facts(deliverable: dict[str, Any], lang: Lang) -> list[tuple[str, str]]:
    shown = [
        (text(f"scenarios.support:field.{name}", lang), text(f"scenarios.support:value.{deliverable[name]}", lang))
        for name in ("decision",)
        if deliverable.get(name)
    ]
    return [*shown, (text("scenarios.support:field.reason", lang), str(deliverable.get("reason", "")))]


def _drafted(services: Services, order: Order, thread: Thread) -> Thread:
    for event in services.engine.execute(order):
        if isinstance(event, Finished) and event.run.deliverable:
            return services.threads.drafted(thread, event.run.run_id)
    return thread


def _send(services: Services, thread: Thread) -> None:
    """Mark as sent what may leave: no open error, and the approval that the company asks for."""
    services.desk.check_leaving(thread.run_id)
    newest = services.runs.versions(thread.run_id)[-1]
    run = services.runs.get(thread.run_id)
    if run.request.get("message") != thread.last.text and run.inputs_kept:
        raise RequestError("scenarios.support:desk.outdated")
    services.threads.answered(thread, without_markers(newest.text), thread.run_id)
    if newest.number > 1 and newest.citations and run.author:
        services.faq.propose(
            run.run_id, thread.last.text, newest.text, newest.citations, services.desk.actor(acting(services).person)
        )
