"""The page of the HR scenario: which form and which panels belong to a task."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
import yaml

from ui import kept, language
from ui.person import acting
from ui.run_result import Panel
from ui.scenario_page import Look, scenario_page
from ui.upload import upload
from workbench.files import Files
from workbench.run import Run
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text

from .assess import page as assess
from .assess.models import KINDS
from .interview import page as interview
from .shortlist import page as shortlist
from .stored import stored

_SAMPLES = Path(__file__).with_name("samples.yaml")


def page(services: Services, scenario: Scenario) -> None:
    """Draw the page."""
    lang = language.current()
    examples = [(_say("example.title", lang), lang)]
    look = Look(
        form=partial(_form, services),
        examples=examples,
        fill=partial(_fill, services.files),
        refill=_refill,
        panels=partial(_panels, services),
        on_panel=frozenset({"match", "interview", "assess"}),
    )
    scenario_page(services, scenario, look)


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.hr:{key}", lang, **values)


def _fill(files: Files, lang: Lang) -> None:
    """The example, whole: a job, three resumes, and rules for a test."""
    sample = yaml.safe_load(_SAMPLES.read_text("utf-8"))[lang]
    resumes, material = (
        [str(files.keep(name, words.encode())) for name, words in sample[part].items()]
        for part in ("resumes", "material")
    )
    kept.put("hr-job", _say("example.job", lang))
    kept.put("hr-resumes", resumes)
    kept.put("hr-resume", resumes[:1])
    kept.put("hr-material", material)


def _refill(run: Run) -> None:
    """The form as it was when ``run`` was ordered."""
    asked = run.request
    kept.put("hr-job", asked.get("job", ""))
    match run.task:
        case "interview":
            kept.put("hr-resume", [asked["resume"]])
            kept.put("hr-questions", asked.get("questions", 10))
            kept.put("hr-match-run", asked.get("match_run", ""))
        case "assess":
            kept.put("hr-material", asked.get("material", []))
            kept.put("hr-test-run", asked.get("test_run", ""))
            for kind in KINDS:
                kept.put(f"hr-count-{kind}", asked.get(kind, 0))
        case _:
            kept.put("hr-resumes", asked.get("resumes", []))
            kept.put("hr-requirements", "\n".join(one["text"] for one in asked.get("requirements", [])))
            kept.put("hr-blind", asked.get("blind", True))
            kept.put("hr-groups", "\n".join(f"{name} {group}" for name, group in asked.get("groups", {}).items()))
            kept.put("hr-as-of", date.fromisoformat(asked["as_of"]) if asked.get("as_of") else None)


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
