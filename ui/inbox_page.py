"""What waits for me, what I wait for, what is filed, and how long each step takes."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import streamlit as st

from workbench.approvals import Actor
from workbench.desk_store import Listed
from workbench.errors import WorkbenchError
from workbench.services import Services
from workbench.texts import text

from . import kept, language
from .approval_panel import said, state
from .archive import archive
from .bars import bars
from .decisions import decisions
from .empty import empty
from .language import t
from .literal import literal, short
from .moments import moment, span
from .person import acting
from .step_track import step_track

_FIRST = 20  # cards on the page; the rest are one press away
_LONG = 300


def waiting_count(services: Services) -> int:
    """How many deliverables wait for the person who acts; 0 while the records are out of reach."""
    try:
        return len(services.desk.inbox(acting(services).person))
    except WorkbenchError:  # the page that needs the records says what is wrong
        return 0


def inbox_page(services: Services) -> None:
    """Draw the page."""
    st.title(t("inbox.title"))
    with st.container(key="purpose"):
        st.markdown(t("inbox.purpose"))
    actor = acting(services)
    mine, asked = services.desk.inbox(actor.person), services.desk.store.submitted(actor.person)
    views: dict[str, tuple[str, Callable[[], None]]] = {
        "mine": (t("inbox.mine", count=len(mine)), partial(_cards, services, mine, actor, "inbox", t("inbox.none"))),
        "asked": (
            t("inbox.asked", count=len(asked)),
            partial(_cards, services, asked, actor, "outbox", t("inbox.none_asked")),
        ),
        "archive": (t("inbox.archive"), partial(archive, services)),
        "times": (t("inbox.times"), partial(_times, services)),
    }
    chosen = st.segmented_control(
        t("inbox.title"),
        list(views),
        required=True,
        key=kept.keep("inbox-view", "mine"),
        format_func=lambda name: views[name][0],
        label_visibility="collapsed",
    )
    views[chosen or "mine"][1]()


def _cards(services: Services, listed: Sequence[Listed], actor: Actor, icon: str, nothing: str) -> None:
    if not listed:
        empty(icon, nothing)
    key = f"inbox-more-{icon}"
    shown = st.session_state.setdefault(key, _FIRST)
    for one in listed[:shown]:
        _card(services, one, actor)
    if len(listed) > shown and st.button(t("inbox.more", count=len(listed) - shown), key=f"{key}-do"):
        st.session_state[key] = shown + _FIRST
        st.rerun()


def _card(services: Services, one: Listed, actor: Actor) -> None:
    """One deliverable with its text, its steps and what may be decided about it."""
    with st.container(border=True, key=f"paper-{one.run_id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _title(services, one)
            state(one.approval)
            reminders, last = one.approval.reminders(actor.person)
            if last is not None:
                words = t("inbox.reminded", count=reminders, when=moment(last))
                st.badge(words, color="orange", icon=":material/notifications_active:")
            if errors := services.desk.open_errors(one.run_id):
                st.badge(t("inbox.errors", count=len(errors)), color="red", icon=":material/block:")
        asked = t(
            "approval.about", name=literal(services.desk.name(one.approval.submitted_by)), number=one.approval.version
        )
        st.caption(f"{asked} · {moment(one.approval.submitted_at)}")
        if not _seen(services, one, actor):
            st.caption(t("history.hidden"))
        elif len(one.text) <= _LONG:
            st.text(one.text)
        else:
            with st.expander(literal(short(one.text, 80))):
                st.text(one.text)
        step_track(services, one.approval, key=f"track-{one.run_id}")
        said(services, one.run_id, one.approval)
        decisions(services, one.run_id, one.text, one.approval, actor)


def _seen(services: Services, one: Listed, actor: Actor) -> bool:
    """Whether the person may read it here: by role, as its author, or because it waits for them. It is on record."""
    asked = bool(one.approval.open_steps(actor.person))
    if not asked and not services.views.allows(one.scenario, one.approval.submitted_by, actor.person):
        return False
    if one.scenario in services.scenarios and services.scenarios[one.scenario].readers:
        services.views.open(services.runs.get(one.run_id), actor, asked=True)
    return True


def _title(services: Services, one: Listed) -> None:
    scenario = services.scenarios.get(one.scenario)
    if scenario is None:
        st.markdown(f"**{literal(one.scenario)}**", width="stretch")
        return
    lang = language.current()
    title = scenario.title(lang)
    if len(scenario.tasks) > 1:
        title = f"{title} · {text(f'scenarios.{scenario.slug}:task.{one.task}', lang)}"
    st.page_link(
        st.session_state["pages"][scenario.slug],
        label=f"**{literal(title)}**",
        icon=f":material/{scenario.icon}:",
        width="stretch",
        query_params={"run": one.run_id, "lang": lang},
    )


def _times(services: Services) -> None:
    """How long each step takes, the slowest first."""
    found = services.desk.durations()
    if not found:
        empty("timer", t("inbox.no_times"))
        return
    st.caption(t("times.help"))
    lang = language.current()
    rows = []
    for one in found:
        words = t("times.line", median=_hours(one.median), mean=_hours(one.mean), count=one.count)
        rows.append((one.name.text(lang), one.median, words))
    bars(rows, t("inbox.times"), key="times")


def _hours(hours: float) -> str:
    return span(timedelta(hours=hours))
