"""The page of the HR scenario: the form, and the people table with live weights, quotes and arithmetic."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from ui import kept, language
from ui.literal import literal
from ui.run_result import Panel
from ui.scenario_page import Look, scenario_page
from ui.upload import upload
from workbench.files import Files
from workbench.run import Run, Version
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.texts import Lang, text

from .assess import page as assess
from .interview import page as interview
from .models import Candidate, Match, Requirement
from .ranking import ranked, score

_FORMS = {"interview": interview.form, "assess": assess.form}
_SIGNS = {"met": "🟩", "partly": "🟨", "not_met": "🟥", "not_stated": "⬜"}


def page(services: Services, scenario: Scenario) -> None:
    """Draw the page."""
    lang = language.current()
    examples = [(_say("example.title", lang), _say("example.job", lang))]
    look = Look(form=partial(_form, services.files), examples=examples, fill=_fill, panels=_panels)
    scenario_page(services, scenario, look)


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.hr:{key}", lang, **values)


def _fill(job: str) -> None:
    kept.put("hr-job", job)


def _form(files: Files, lang: Lang) -> dict[str, Any]:
    if (task := st.session_state.get("hr-task")) in _FORMS:
        return _FORMS[task](files, lang)
    job = st.text_area(_say("form.job", lang), key=kept.keep("hr-job", ""), height=200)
    resumes = upload(files, _say("form.resumes", lang), "hr-resumes", many=True)
    with st.expander(_say("page.more", lang)):
        lines = st.text_area(
            _say("form.requirements", lang),
            key=kept.keep("hr-requirements", ""),
            help=_say("page.requirements.help", lang),
        )
        as_of = st.date_input(_say("form.as_of", lang), key=kept.keep("hr-as-of"))
        blind = st.toggle(_say("form.blind", lang), key=kept.keep("hr-blind", True))
    wanted = [{"text": line.strip()} for line in lines.splitlines() if line.strip()]
    return {"job": job, "resumes": resumes, "requirements": wanted, "as_of": as_of, "blind": blind}


def _panels(run: Run, lang: Lang) -> Sequence[Panel]:
    if run.task == "interview":
        return ((_say("panel.questions", lang), lambda version: interview.questions(version, lang)),)
    if run.task == "assess":
        return (
            (_say("panel.paper", lang), lambda version: assess.paper(version, lang)),
            (_say("section.results", lang), lambda version: assess.results(version, lang)),
        )
    return ((_say("panel.people", lang), lambda version: _people(run, version, lang)),)


def _people(run: Run, version: Version, lang: Lang) -> None:
    """Everybody against every requirement, scored anew as weights change; below, one person's quotes."""
    found = Match.model_validate(version.deliverable)
    st.info(_say("page.decide", lang), icon=":material/how_to_reg:")
    weighted = _weights(found, run, lang)
    people = _again(found, weighted)
    if not people:
        st.caption(_say("page.nobody", lang))
        return
    names = {one.id: one.text for one in weighted}
    rows = [
        {
            _say("field.rank", lang): one.rank,
            _say("field.file", lang): _short(one),
            _say("field.score", lang): one.score,
            **{verdict.requirement: _SIGNS[verdict.verdict] for verdict in one.verdicts},
        }
        for one in people
    ]
    help_of = {name: st.column_config.TextColumn(name, help=literal(words)) for name, words in names.items()}
    st.dataframe(rows, hide_index=True, column_config=help_of, width="stretch")
    st.caption("　".join(f"{sign} {_say(f'verdict.{name}', lang)}" for name, sign in _SIGNS.items()))
    by_name = {f"{one.rank}. {_short(one)}": one for one in people}
    chosen = st.selectbox(_say("page.person", lang), list(by_name), key=f"hr-person-{run.run_id}", format_func=literal)
    one = by_name[chosen]
    st.button(
        _say("page.interview", lang), icon=":material/record_voice_over:", key=f"hr-interview-{run.run_id}",
        on_click=interview.begin, args=(run, one.file),
    )  # fmt: skip
    _person(one, names, lang)


def _weights(found: Match, run: Run, lang: Lang) -> list[Requirement]:
    """The requirements with the weights and hardness that the person sets here."""
    with st.expander(_say("page.weights", lang)):
        rows = [
            {"id": one.id, "text": one.text, "hard": bool(one.hard), "weight": float(one.weight or 0)}
            for one in found.requirements
        ]
        labels = {
            "id": st.column_config.TextColumn(_say("field.id", lang)),
            "text": st.column_config.TextColumn(_say("field.requirement", lang), width="large"),
            "hard": st.column_config.CheckboxColumn(_say("value.hard", lang)),
            "weight": st.column_config.NumberColumn(
                _say("field.weight", lang), min_value=0.0, max_value=100.0, step=0.5
            ),
        }
        edited = st.data_editor(
            rows, key=f"hr-weights-{run.run_id}", hide_index=True, disabled=["id", "text"], column_config=labels
        )
    return [Requirement.model_validate(row) for row in edited]


def _again(found: Match, weighted: Sequence[Requirement]) -> list[Candidate]:
    people = []
    for one in found.candidates:
        points, arithmetic = score(weighted, one.verdicts, one.closeness)
        people.append(one.model_copy(update={"score": points, "arithmetic": arithmetic}))
    return ranked(people)


def _person(one: Candidate, names: dict[str, str], lang: Lang) -> None:
    st.caption(literal(one.arithmetic))
    for verdict in one.verdicts:
        with st.container(border=True):
            st.markdown(f"{_SIGNS[verdict.verdict]} {literal(names[verdict.requirement])}")
            if verdict.reason:
                st.caption(literal(verdict.reason))
            for evidence in verdict.evidence:
                st.text(f"“{evidence.quote}”" + (f"  p. {evidence.page}" if evidence.page else ""))


def _short(one: Candidate) -> str:
    return one.file.replace("\\", "/").rsplit("/", 1)[-1]
