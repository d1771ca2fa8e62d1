"""The interview on the page: its form, and the questions with what to listen for."""

from typing import Any

import streamlit as st

from ui import kept
from ui.literal import literal
from ui.upload import upload
from workbench.files import Files
from workbench.run import Run, Version
from workbench.texts import Lang, text

from .models import Interview, Question


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.hr:{key}", lang, **values)


def begin(run: Run, file: str) -> None:
    """Open the form for one person of a match; made for ``on_click``."""
    kept.put("hr-task", "interview")
    kept.put("hr-job", run.request.get("job", ""))
    kept.put("hr-resume", [file])
    kept.put("hr-match-run", run.run_id)


def form(files: Files, lang: Lang) -> dict[str, Any]:
    """Draw the fields; returns the request."""
    job = st.text_area(_say("form.job", lang), key=kept.keep("hr-job", ""), height=200)
    resume = upload(files, _say("form.resume", lang), "hr-resume")
    with st.expander(_say("page.more", lang)):
        count = st.slider(_say("form.questions", lang), 4, 20, key=kept.keep("hr-questions", 10))
        match_run = st.text_input(_say("form.match_run", lang), key=kept.keep("hr-match-run", ""))
    return {"job": job, "resume": next(iter(resume), ""), "questions": count, "match_run": match_run.strip()}


def questions(version: Version, lang: Lang) -> None:
    """The questions as cards: what to ask, the words that it comes from, what to listen for."""
    guide = Interview.model_validate(version.deliverable)
    for one in guide.questions:
        with st.container(border=True):
            _card(one, lang)


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
