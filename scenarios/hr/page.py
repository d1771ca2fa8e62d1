"""The page of the HR scenario: which form and which panels belong to a task."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from ui import kept
from ui.person import acting
from ui.run_result import Panel
from ui.scenario_page import Look, scenario_page
from ui.upload import put as put_files
from ui.upload import upload
from workbench.run import Run
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text

from .assess import page as assess
from .assess.models import KINDS
from .interview import page as interview
from .shortlist import page as shortlist
from .stored import stored


def page(services: Services, scenario: Scenario) -> None:
    """Draw the page."""
    look = Look(
        form=partial(_form, services),
        fill=_fill,
        panels=partial(_panels, services),
        on_panel=frozenset({"match", "interview", "assess"}),
    )
    scenario_page(services, scenario, look)


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.hr:{key}", lang, **values)


def _fill(task: str, request: Any) -> None:
    """Put a request into the form of ``task``."""
    kept.put("hr-job", request.job)
    match task:
        case "interview":
            put_files("hr-resume", [request.resume] if request.resume else [])
            kept.put("hr-questions", request.questions)
            kept.put("hr-match-run", request.match_run)
        case "assess":
            put_files("hr-material", request.material)
            put_files("hr-answers", request.answers)
            kept.put("hr-test-run", request.test_run)
            for kind in KINDS:
                kept.put(f"hr-count-{kind}", getattr(request, kind))
        case _:
            put_files("hr-resumes", request.resumes)
            kept.put("hr-pool", False)
            kept.put("hr-requirements", "\n".join(one.text for one in request.requirements))
            kept.put("hr-blind", request.blind)
            kept.put("hr-groups", "\n".join(f"{name} {group}" for name, group in request.groups.items()))
            kept.put("hr-as-of", request.as_of)


_FORMS = {"interview": interview.form, "assess": assess.form}


def _form(services: Services, lang: Lang) -> dict[str, Any]:
    files = services.files
    if (task := st.session_state.get("hr-task")) in _FORMS:
        return _FORMS[task](files, lang)
    job = st.text_area(_say("form.job", lang), key=kept.keep("hr-job", ""), height=200)
    resumes = upload(files, _say("form.resumes", lang), "hr-resumes", many=True)
    if st.toggle(_say("page.pool", lang), key=kept.keep("hr-pool", False), help=_say("page.pool.help", lang)):
        resumes = list(dict.fromkeys([*resumes, *stored(services, acting(services).person)]))
    st.caption(f":material/shield_person: {_say('page.consent', lang)}")
    with st.expander(_say("page.more", lang)):
        lines = st.text_area(
            _say("form.requirements", lang),
            key=kept.keep("hr-requirements", ""),
            help=_say("page.requirements.help", lang),
        )
        as_of = st.date_input(_say("form.as_of", lang), key=kept.keep("hr-as-of"))
        blind = st.toggle(_say("form.blind", lang), key=kept.keep("hr-blind", True))
        groups = st.text_area(_say("page.groups", lang), key=kept.keep("hr-groups", ""), height=70)
    wanted = [{"text": line.strip()} for line in lines.splitlines() if line.strip()]
    named = dict(parts for line in groups.splitlines() if len(parts := line.replace(",", " ").rsplit(None, 1)) == 2)
    return {
        "job": job, "resumes": resumes, "requirements": wanted, "as_of": as_of, "blind": blind, "groups": named,
    }  # fmt: skip


def _panels(services: Services, run: Run, lang: Lang) -> Sequence[Panel]:
    match run.task:
        case "interview":
            return ((_say("panel.questions", lang), lambda version: interview.questions(services, run, version, lang)),)
        case "assess":
            return (
                (_say("panel.paper", lang), lambda version: assess.paper(version, lang)),
                (_say("section.results", lang), lambda version: assess.results(version, lang)),
            )
        case _:
            return ((_say("panel.people", lang), lambda version: shortlist.people(services, run, version, lang)),)
