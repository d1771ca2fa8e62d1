"""The assessment on the page: its form, the paper with its keys, results and statistics."""

from typing import Any

import streamlit as st

from ui import kept
from ui.literal import literal
from ui.upload import upload
from workbench.files import Files
from workbench.run import Version
from workbench.texts import Lang, text

from .models import KINDS, Assessment, Item, Result


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.hr:{key}", lang, **values)


def form(files: Files, lang: Lang) -> dict[str, Any]:
    """Draw the fields; returns the request."""
    job = st.text_area(_say("form.job", lang), key=kept.keep("hr-job", ""), height=160)
    material = upload(files, _say("form.material", lang), "hr-material", many=True)
    counts: dict[str, int] = dict(zip(KINDS, (5, 3, 2, 1), strict=True))
    for column, kind in zip(st.columns(len(KINDS)), KINDS, strict=True):
        with column:
            key = kept.keep(f"hr-count-{kind}", counts[kind])
            counts[kind] = st.number_input(_say(f"form.{kind}", lang), 0, 20, key=key)
    with st.expander(_say("page.marking", lang), expanded=bool(st.session_state.get("hr-test-run"))):
        test_run = st.text_input(_say("form.test_run", lang), key=kept.keep("hr-test-run", ""))
        answers = upload(files, _say("form.answers", lang), "hr-answers", many=True)
    return {"job": job, "material": material, **counts, "test_run": test_run.strip(), "answers": answers}


def paper(version: Version, lang: Lang) -> None:
    """The items, each with its key and the words that prove it folded away."""
    for one in Assessment.model_validate(version.deliverable).items:
        with st.container(border=True):
            _item(one, lang)


def _item(one: Item, lang: Lang) -> None:
    points = _say("assess.points", lang, points=f"{one.points:g}")
    st.caption(f"{one.id.upper()} · {_say(f'itemkind.{one.kind}', lang)} {points}")
    st.markdown(literal(one.stem))
    for option in one.options:
        st.markdown(f"{option.key}. {literal(option.text)}")
    with st.expander(_say("page.key", lang)):
        if one.key:
            st.markdown(f"**{''.join(one.key)}**")
        for part in one.rubric:
            st.markdown(f"- {literal(part.text)} ({part.points:g})")
        for source in one.evidence:
            place = f" · p. {source.page}" if source.page else ""
            st.text(f"“{source.quote}” · {source.source}{place}")


def results(version: Version, lang: Lang) -> None:
    """Everybody's marks, one person's answers with what earned them, and how the items did."""
    test = Assessment.model_validate(version.deliverable)
    if not test.results:
        st.caption(_say("page.no_results", lang))
        return
    st.info(_say("assess.summary.rule", lang), icon=":material/rate_review:")
    rows = [
        {
            _say("field.candidate", lang): one.candidate,
            _say("field.score", lang): one.score,
            **{mark.item: mark.points for mark in one.marks},
            _say("field.second_look", lang): ", ".join(mark.item for mark in one.marks if mark.second_look),
        }
        for one in test.results
    ]
    st.dataframe(rows, hide_index=True, width="stretch")
    by_name = {one.candidate: one for one in test.results}
    chosen = st.selectbox(_say("field.candidate", lang), list(by_name), format_func=literal)
    _answers(by_name[chosen], lang)
    names = ("taken", "difficulty", "discrimination", "upper_lower", "note")
    table = [
        {_say("field.id", lang): one.item} | {_say(f"field.{name}", lang): getattr(one, name) for name in names}
        for one in test.statistics
    ]
    st.subheader(_say("section.statistics", lang))
    if test.reliability is not None:
        st.caption(_say("assess.alpha", lang, value=test.reliability))
    st.dataframe(table, hide_index=True, width="stretch")


def _answers(one: Result, lang: Lang) -> None:
    for mark in one.marks:
        if not mark.hits and not mark.second_look:
            continue
        with st.container(border=True):
            flag = f" :material/visibility: {_say('field.second_look', lang)}" if mark.second_look else ""
            st.markdown(f"**{mark.item.upper()}** {mark.points:g} / {mark.max:g}{flag}")
            st.text(mark.given)
            if mark.reason:
                st.caption(literal(mark.reason))
            for hit in mark.hits:
                if hit.quote:
                    st.caption(literal(f"{hit.criterion} {hit.points:g}: “{hit.quote}” {hit.reason}"))
