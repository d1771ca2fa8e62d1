"""The interview on the page: its form, the questions with what to listen for, notes and ratings."""

from functools import partial
from typing import Any

import streamlit as st

from ui import kept
from ui.attempt import attempt
from ui.literal import literal
from ui.person import acting
from ui.upload import put as put_files
from ui.upload import upload
from workbench.approvals import Actor
from workbench.files import Files
from workbench.run import Run, Version
from workbench.services import Services
from workbench.texts import Lang, text

from .models import BEST, Answer, Interview, Question


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.hr:{key}", lang, **values)


def begin(run: Run, file: str) -> None:
    """Open the form for one person of a match; made for ``on_click``."""
    kept.put("hr-task", "interview")
    kept.put("hr-job", run.request.get("job", ""))
    put_files("hr-resume", [file])
    kept.put("hr-match-run", run.run_id)


def form(files: Files, lang: Lang) -> dict[str, Any]:
    """Draw the fields; returns the request."""
    job = st.text_area(_say("form.job", lang), key=kept.keep("hr-job", ""), height=200)
    resume = upload(files, _say("form.resume", lang), "hr-resume")
    with st.expander(_say("page.more", lang)):
        count = st.slider(_say("form.questions", lang), 4, 20, key=kept.keep("hr-questions", 10))
        match_run = st.text_input(_say("form.match_run", lang), key=kept.keep("hr-match-run", ""))
    return {"job": job, "resume": next(iter(resume), ""), "questions": count, "match_run": match_run.strip()}


def questions(services: Services, run: Run, version: Version, lang: Lang) -> None:
    """The questions as cards with what to listen for, and one's own notes and ratings beside each.

    What others rated is shown once one has rated: ratings should not follow each other.
    """
    guide = Interview.model_validate(version.deliverable)
    actor = acting(services)
    mine = {one.question: one for one in guide.answers if one.interviewer == actor.person}
    if mine and guide.score is not None:
        _scores(guide, lang)
    key = f"hr-answer-{run.run_id}-{version.number}-{actor.person}"
    for one in guide.questions:
        with st.container(border=True):
            _card(one, lang)
            own = mine.get(one.id, Answer(question=one.id))
            st.text_area(_say("page.answer", lang), own.answer, key=f"{key}-{one.id}", height=70)
            st.segmented_control(
                _say("page.rating", lang), range(1, BEST + 1), default=own.score, key=f"{key}-{one.id}-score"
            )
    st.button(
        _say("page.save_answers", lang), type="primary", key=f"{key}-save", icon=":material/save:",
        on_click=attempt, args=(partial(_save, services, run, version, actor, key), _say("page.saved", lang)),
    )  # fmt: skip


def _save(services: Services, run: Run, version: Version, actor: Actor, key: str) -> None:
    guide = Interview.model_validate(version.deliverable)
    others = [one for one in guide.answers if one.interviewer != actor.person]
    for one in guide.questions:
        words = st.session_state.get(f"{key}-{one.id}") or ""
        points = st.session_state.get(f"{key}-{one.id}-score")
        if words.strip() or points:
            others.append(Answer(question=one.id, interviewer=actor.person, answer=words.strip(), score=points))
    fields = guide.model_copy(update={"answers": others}).model_dump(mode="json")
    services.desk.edit_fields(run.run_id, fields, actor, base=version.number)


def _scores(guide: Interview, lang: Lang) -> None:
    total = _say("interview.total", lang, score=guide.score, answered=guide.answered, asked=len(guide.questions))
    st.success(total, icon=":material/how_to_reg:")
    names = ("criterion", "weight", "score", "ratings", "spread")
    labels = {"score": "score5"}
    rows = [
        {_say(f"field.{labels.get(name, name)}", lang): getattr(line, name) for name in names}
        for line in guide.scorecard
        if line.score is not None
    ]
    st.dataframe(rows, hide_index=True, width="stretch")


def _card(one: Question, lang: Lang) -> None:
    st.caption(f"{one.id.upper()} · {_say(f'kind.{one.kind}', lang)} · {_say(f'about.{one.about}', lang)}")
    st.markdown(f"**{literal(one.question)}**")
    st.caption(literal(one.why))
    for quote in one.evidence:
        place = f" · p. {quote.page}" if quote.page else ""
        st.text(f"“{quote.quote}” · {_say(f'source.{quote.source}', lang)}{place}")
    with st.expander(_say("page.listen", lang)):
        st.markdown(f":material/check: {literal(one.good_answer)}")
        for flag in one.red_flags:
            st.markdown(f":material/flag: {literal(flag)}")
