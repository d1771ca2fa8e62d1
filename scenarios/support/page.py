"""The page of the support scenario."""

import json
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, get_args

import streamlit as st

from ui import kept, language, schema_form
from ui.choices import choices
from ui.listen import listen
from ui.run_result import Panel
from ui.scenario_page import Look, scenario_page
from workbench.run import Run
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text

from .desk.page import desk_page
from .learning.page import learning_page
from .models import Policy, ReplyRequest
from .notify import page as notify
from .policies import stamp
from .quality import page as quality


def page(services: Services, scenario: Scenario) -> None:
    """Draw the page: one reply, or the desk with all open threads, or what is learnt from them."""
    lang = language.current()
    views = {name: text(f"scenarios.support:page.view.{name}", lang) for name in ("one", "desk", "learning")}
    chosen = st.segmented_control(
        text("scenarios.support:page.view", lang), list(views), format_func=views.__getitem__, required=True,
        key=kept.keep("support-view", "one"), label_visibility="collapsed",
    )  # fmt: skip
    if chosen == "one":

        def form(lang: Lang) -> dict[str, Any]:
            task = scenario.task(st.session_state.get("support-task") or "reply")
            return (
                _form(lang) if task.name == "reply" else schema_form.fields(scenario.slug, task, lang, services.files)
            )

        def panels(run: Run, lang: Lang) -> Sequence[Panel]:
            match run.task:
                case "notify":
                    return [(text("scenarios.support:page.messages", lang), partial(notify.messages, lang))]
                case "quality":
                    return [(text("scenarios.support:quality.marks", lang), partial(quality.marks, lang))]
                case _:
                    return [listen(services, run)]

        scenario_page(
            services,
            scenario,
            Look(form=form, fill=_fill, facts=_facts, panels=panels, on_panel=frozenset({"notify", "quality"})),
        )
        return
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        st.title(scenario.title(lang), width="stretch")
        knowledge, writer = choices(services, scenario)
    if chosen == "desk":
        desk_page(services, scenario, knowledge, writer)
    else:
        learning_page(services)


def _form(lang: Lang) -> dict[str, Any]:
    def say(key: str) -> str:
        return text(f"scenarios.support:{key}", lang)

    message = st.text_area(
        say("page.message"), key=kept.keep("support-message", ""), height=150, placeholder=say("page.message.hint")
    )
    left, right = st.columns(2)
    with left:
        channel = _choice(say, "channel", "chat")
    with right:
        tone = _choice(say, "tone", "warm")
    with st.expander(say("page.more")):
        history = st.text_area(say("page.history"), key=kept.keep("support-history", ""), help=say("page.history.help"))
        customer = st.text_area(
            say("page.customer"), key=kept.keep("support-customer", ""), help=say("page.customer.help")
        )
        as_of = st.date_input(say("page.as_of"), key=kept.keep("support-as-of"), help=say("page.as_of.help"))
    return {
        "message": message,
        "channel": channel,
        "tone": tone,
        "history": _turns(history),
        "customer": _facts_of(customer),
        "as_of": as_of,
    }


def _choice(say: Any, field: str, default: str) -> str:
    choices = get_args(ReplyRequest.model_fields[field].annotation)
    key = kept.keep(f"support-{field}", default)
    chosen: str = st.selectbox(
        say(f"page.{field}"), choices, key=key, format_func=lambda value: say(f"page.{field}.{value}")
    )
    return chosen


def _turns(lines: str) -> list[dict[str, str]]:
    """``客服：……`` or ``agent: ...`` is ours, everything else the customer's."""
    turns = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        speaker, _, words = line.replace("：", ":", 1).partition(":")
        ours = speaker.strip().lower() in ("客服", "agent")
        theirs = speaker.strip().lower() in ("客户", "顾客", "customer")
        turns.append({"role": "agent" if ours else "customer", "text": words.strip() if ours or theirs else line})
    return turns


def _facts_of(lines: str) -> dict[str, Any]:
    """``name: value`` one a line; a value may be JSON, as systems hand over a list of orders."""
    pairs = (line.replace("：", ":", 1).partition(":") for line in lines.splitlines() if line.strip())
    return {name.strip(): _fact(value.strip()) for name, _, value in pairs}


def _fact(value: str) -> Any:
    if value[:1] in ("[", "{"):
        with suppress(ValueError):
            return json.loads(value)
    return value


def _facts(deliverable: dict[str, Any], lang: Lang) -> Sequence[tuple[str, str]]:
    if "decision" not in deliverable:
        return []
    shown = []
    for field in ("decision", "team", "intent", "emotion", "priority"):
        value = deliverable[field]
        if value:
            label = text(f"scenarios.support:field.{field}", lang)
            shown.append((label, value if field == "team" else text(f"scenarios.support:value.{value}", lang)))
    shown.append((text("scenarios.support:field.reason", lang), deliverable["reason"]))
    policies = [stamp(Policy.model_validate(policy), lang) for policy in deliverable.get("policies", [])]
    return [*shown, *((text("scenarios.support:field.policies", lang), policy) for policy in policies)]


def _fill(task: str, request: Any) -> None:
    """Put a request into the form: turns and facts one a line, as :func:`_turns` and :func:`_facts_of` read them."""
    if not isinstance(request, ReplyRequest):
        schema_form.fill("support", request)
        return
    history = (f"{turn.role}: {' '.join(turn.text.split())}" for turn in request.history or ())
    customer = (f"{name}: {_written(value)}" for name, value in (request.customer or {}).items())
    kept.put("support-message", request.message or "")
    kept.put("support-history", "\n".join(history))
    kept.put("support-customer", "\n".join(customer))
    for field in ("channel", "tone"):
        kept.put(f"support-{field}", getattr(request, field))
    kept.put("support-as-of", request.as_of)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
