"""The page of the contracts scenario."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from ui import schema_form
from ui.run_result import Panel
from ui.scenario_page import Look, scenario_page
from workbench.run import Run
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text

from .compare import page as comparing
from .completion.page import completion
from .drafting import page as drafting
from .models import Review
from .playbooks import page as positions
from .register import page as register


def page(services: Services, scenario: Scenario) -> None:
    """Draw the page."""
    form, panels = partial(_form, services, scenario), partial(_panels, services)
    look = Look(form=form, fill=_fill, facts=_facts, panels=panels, on_panel=frozenset({"register"}))
    scenario_page(services, scenario, look)


def _form(services: Services, scenario: Scenario, lang: Lang) -> dict[str, Any]:
    task = st.session_state.get("contracts-task") or scenario.tasks[0].name
    if task == "draft":
        return drafting.form(services.files, lang)
    if task == "register":
        return register.form(services, lang)
    return schema_form.fields("contracts", scenario.task(task), lang, services.files)


def _panels(services: Services, run: Run, lang: Lang) -> Sequence[Panel]:
    """What was read beside our positions and by role, and the completion of a contract."""
    if run.task == "compare":
        return comparing.panels(run, lang)
    if run.task == "register":
        return ((text("scenarios.contracts.register:panel", lang), partial(register.grid, services, run, lang)),)
    own: Sequence[Panel] = ()
    if run.task == "review":
        clauses = (text("scenarios.contracts.register:clauses", lang), partial(register.clauses_panel, lang))
        own = (*positions.panels(Review.model_validate(run.deliverable), lang), clauses)
    return (*own, (text("scenarios.contracts.completion:tab", lang), partial(completion, services, run, lang)))


def _party(party: dict[str, Any], lang: Lang) -> str:
    """``甲方：某公司``; the name alone where the contract gives it no role."""
    role = f"{party['role']}{'：' if lang == 'zh' else ': '}" if party["role"] else ""
    return f"{role}{party['name'] or '—'}"


def _facts(deliverable: dict[str, Any], lang: Lang) -> Sequence[tuple[str, str]]:
    def say(key: str) -> str:
        return text(f"scenarios.contracts:{key}", lang)

    if "changes" in deliverable:
        return comparing.facts(deliverable, lang)
    if "topics" in deliverable:
        return ()
    between = "；" if lang == "zh" else "; "
    parties = between.join(_party(party, lang) for party in deliverable["parties"])
    drafted = "clauses" in deliverable
    kind = f"form.contract_type.{deliverable['type']}" if drafted else f"kind.{deliverable['contract_type']}"
    blanks = ("、" if lang == "zh" else ", ").join(one["label"] for one in deliverable.get("blanks", ()))
    facts = [
        (say("fact.kind"), say(kind)),
        (say("fact.parties"), parties),
        (say("fact.side"), "" if drafted else deliverable["side"]),
        (say("fact.blanks"), blanks),
        (say("fact.notes"), between.join(deliverable["notes"])),
    ]
    return [(label, value) for label, value in facts if value]


def _fill(task: str, request: Any) -> None:
    if task == "draft":
        drafting.fill(request)
    else:
        schema_form.fill("contracts", request, whole=("runs",))
