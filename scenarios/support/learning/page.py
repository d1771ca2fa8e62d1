"""What the desk learns, on the page: answers to review, gaps in the documents, progress by week."""

from functools import partial

import streamlit as st

from ui import language
from ui.attempt import attempt
from ui.empty import empty
from ui.literal import literal
from ui.moments import moment
from ui.person import acting
from workbench.faq import Proposal
from workbench.run import Run
from workbench.services import Services
from workbench.texts import text

from ..templates import VARIABLES, check
from .gaps import gaps, open_questions
from .progress import weeks

_LOOKED_AT = 500
"""So many of the latest replies are counted."""


def learning_page(services: Services) -> None:
    """Draw the three parts."""
    runs = services.runs.list(scenario="support", limit=_LOOKED_AT)
    proposed = services.faq.store.list("proposed")
    review, missing, progress = st.tabs(
        [say("learning.review", count=len(proposed)), say("learning.gaps"), say("learning.progress")]
    )
    with review:
        if not proposed:
            empty("rate_review", say("learning.no_proposals"))
        for proposal in proposed:
            _review(services, proposal)
    with missing:
        found = gaps(open_questions(runs), services.knowledge, language.current())
        if not found:
            empty("task_alt", say("learning.no_gaps"))
        names = ("count", "heading", "questions", "last")
        rows = [
            (
                len(gap.questions),
                gap.document,
                " / ".join(dict.fromkeys(one.question for one in gap.questions)),
                moment(gap.last),
            )
            for gap in found
        ]
        if rows:
            columns = zip(*rows, strict=True)
            st.dataframe({say(f"gap.{name}"): list(column) for name, column in zip(names, columns, strict=True)},
                         hide_index=True, key="gaps")  # fmt: skip
    with progress:
        _progress(services, list(runs))


def say(key: str, **values: object) -> str:
    """A text of the scenario in the page's language."""
    return text(f"scenarios.support:{key}", language.current(), **values)


def _review(services: Services, proposal: Proposal) -> None:
    """One proposal: question, answer to be worded, its evidence, the decision."""
    key = f"proposal-{proposal.run_id}"
    actor = acting(services)
    with st.container(border=True, key=key):
        st.markdown(f"**{literal(proposal.question)}**")
        st.caption(
            say("learning.by", name=literal(services.desk.name(proposal.proposer)), at=moment(proposal.created_at))
        )
        known = "、".join(f"{{{one}}}" for one in VARIABLES)
        answer = st.text_area(say("learning.answer"), proposal.answer, key=f"{key}-answer", height=140,
                              help=say("template.help", known=known))  # fmt: skip
        for citation in proposal.evidence:
            with st.expander(f"{citation.marker} {literal(citation.title)}"):
                st.text(citation.quote)
        reason = st.text_input(say("learning.reason"), key=f"{key}-reason")
        with st.container(horizontal=True):
            decide = partial(services.faq.decide, proposal.run_id, actor, reason=reason)
            st.button(say("learning.approve"), type="primary", key=f"{key}-yes", on_click=attempt,
                      args=(lambda: decide(approve=True, answer=check(answer)), say("learning.approved")))  # fmt: skip
            st.button(say("learning.reject"), key=f"{key}-no", on_click=attempt,
                      args=(partial(decide, approve=False), say("learning.rejected")))  # fmt: skip


def _progress(services: Services, runs: list[Run]) -> None:
    found = weeks(runs, services.judgements.store.outcomes(scenario="support"))
    if not found:
        empty("show_chart", say("learning.no_runs"))
        return
    names = ("week", "replies", "deflected", "edited", "changed")
    table = {
        say(f"learning.{name}"): [getattr(week, "monday" if name == "week" else name) for week in found]
        for name in names
    }
    shares = {say(f"learning.{name}"): st.column_config.NumberColumn(format="percent") for name in names[2:]}
    st.dataframe(table, hide_index=True, column_config=shares, key="weeks")
    st.caption(say("learning.help"))
