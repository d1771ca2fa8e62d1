"""The register on the page: what it is made of, and the grid that people filter and read."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal, get_args

import streamlit as st

from ui import kept
from ui.literal import literal
from ui.made_file import XLSX, made_file
from ui.person import acting
from ui.upload import upload
from workbench.history import Filter
from workbench.run import Run, Version
from workbench.services import Services
from workbench.texts import Lang, text

from .models import Clause, Entry, Register, Topic
from .table import cell, fact_cells, looked_for

_PAST = 200
"""So many runs of the history can be chosen from."""
_MARKS = {"there": "●", "none": "–", "missing": "✕"}
_SHORT = 60
_FACTS = ("type", "parties", "amount", "signed", "start", "end", "law", "dispute", "source")
"""Columns of the facts, in order."""
View = Literal["marks", "words", "facts"]
_VIEWS: tuple[View, ...] = get_args(View)


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.contracts.register:{key}", lang, **values)


def form(services: Services, lang: Lang) -> dict[str, Any]:
    """Files to hand in, and what was reviewed or drafted before."""
    files = upload(services.files, _say("form.files", lang), "contracts-form-files", many=True)
    past = _past(services)
    runs = st.multiselect(
        _say("form.runs", lang), list(past), format_func=past.__getitem__,
        key=kept.keep("contracts-form-runs", []), placeholder="",
    )  # fmt: skip
    return {"files": files, "runs": runs}


def _past(services: Services) -> dict[str, str]:
    """Reviews and drafts that this person may see, each by the beginning of its text."""
    person = acting(services).person
    found = services.history.find(Filter(scenario="contracts", status="done"), _PAST)
    return {
        one.run_id: literal(f"{_first_line(one.excerpt)} · {one.created_at:%m-%d}")
        for one in found
        if one.task in ("review", "draft") and services.views.may(one, person)
    }


def _first_line(excerpt: str) -> str:
    return next((line.strip("# ") for line in excerpt.split("\n") if line.strip("# ")), "-")[:30]


def grid(services: Services, run: Run, lang: Lang, version: Version) -> None:
    """Contract by clause: filters, marks or words, one contract's clauses below, the file."""
    made = Register.model_validate(version.deliverable)
    if not made.contracts:
        st.caption(_say("empty", lang))
        return
    columns = looked_for(made)
    shown, chosen, view = _filtered(made, columns, run, lang)
    rows = [_row(one, chosen, view, lang) for one in shown]
    picked = st.dataframe(
        rows, hide_index=True, width="stretch", height="content" if len(rows) < 15 else 560,
        key=f"register-{run.run_id}-{version.number}", on_select="rerun", selection_mode="single-row",
        column_config=_columns(chosen, view, lang),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_say("legend", lang), width="stretch")
        st.caption(_say("shown", lang, shown=len(shown), all=len(made.contracts)))
        st.download_button(
            _say("excel", lang),
            partial(made_file, ".xlsx", lambda path: services.exporter.export(run, version, "xlsx", path)),
            f"register-{run.run_id}.xlsx", mime=XLSX, icon=":material/table_view:", on_click="ignore",
            key=f"register-xlsx-{run.run_id}-{version.number}",
        )  # fmt: skip
    at = next(iter(picked.selection.rows), None)
    if at is not None and at < len(shown):
        _one(shown[at], columns, lang)


def _filtered(made: Register, columns: Sequence[Topic], run: Run, lang: Lang) -> tuple[list[Entry], list[Topic], View]:
    """The contracts and the clauses to show, and what cells show."""
    names = {topic.id: topic.name(lang) for topic in columns}
    kinds = {one.contract_type: text(f"scenarios.contracts:kind.{one.contract_type}", lang) for one in made.contracts}
    key = f"register-{{}}-{run.run_id}".format
    first, second = st.columns(2), st.columns([3, 2])
    asked = first[0].text_input(_say("filter.words", lang), key=key("words")).strip().lower()
    wanted = first[1].multiselect(
        _say("filter.type", lang),
        list(kinds),
        format_func=kinds.__getitem__,
        key=key("kinds"),
        placeholder=_say("filter.any", lang),
    )
    topics = second[0].multiselect(
        _say("filter.topics", lang), list(names), format_func=names.__getitem__, key=key("topics"),
        placeholder=_say("filter.any", lang),
    )  # fmt: skip
    lacks = second[1].selectbox(
        _say("filter.lacks", lang), list(names), index=None, format_func=names.__getitem__, key=key("lacks"),
        placeholder=_say("filter.any", lang),
    )  # fmt: skip
    views = {one: _say(f"view.{one}", lang) for one in _VIEWS}
    view = st.segmented_control(
        _say("view", lang), list(views), format_func=views.__getitem__, default="marks", key=key("view"),
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    shown = [
        one for one in made.contracts
        if (not asked or asked in _words(one)) and (not wanted or one.contract_type in wanted) and _without(one, lacks)
    ]  # fmt: skip
    return shown, [topic for topic in columns if not topics or topic.id in topics], view or "marks"


def _words(one: Entry) -> str:
    parties = " ".join(party.name for party in one.facts.parties)
    return " ".join((one.title, one.source, parties, *(clause.quote for clause in one.clauses))).lower()


def _without(one: Entry, topic: str | None) -> bool:
    clause = one.clause(topic) if topic else None
    return topic is None or (clause is not None and not clause.present)


def _row(one: Entry, topics: Sequence[Topic], view: View, lang: Lang) -> dict[str, Any]:
    row: dict[str, Any] = {"title": one.title, "errors": one.errors}
    if view == "facts":
        return row | {name: str(value or "") for name, value in _told(one, lang).items()}
    show = _mark if view == "marks" else partial(_words_of, lang)
    return row | {topic.id: show(one.clause(topic.id)) for topic in topics}


def _told(one: Entry, lang: Lang) -> dict[str, Any]:
    told = fact_cells(one, lang)
    if one.facts.amount is not None:
        told["amount"] = f"{one.facts.amount:,.2f} {one.facts.currency}"
    return {name: told[name] for name in _FACTS}


def _words_of(lang: Lang, clause: Clause | None) -> str:
    return cell(clause, lang)[:_SHORT]


def _mark(clause: Clause | None) -> str:
    if clause is None:
        return ""
    return _MARKS["there" if clause.present else "missing" if clause.essential else "none"]


def _columns(topics: Sequence[Topic], view: View, lang: Lang) -> dict[str, Any]:
    make = st.column_config
    named: dict[str, Any] = {
        "title": make.TextColumn(_say("column.title", lang), pinned=True, width="medium"),
        "errors": make.NumberColumn(_say("column.errors", lang), width=60),
    }
    named |= {name: make.TextColumn(_say(f"column.{name}", lang)) for name in _FACTS}
    width = 72 if view == "marks" else 200
    return named | {one.id: make.TextColumn(one.name(lang), width=width, help=one.name(lang)) for one in topics}


def _one(one: Entry, topics: Sequence[Topic], lang: Lang) -> None:
    """One contract: its gravest findings and the words of its clauses."""
    with st.container(border=True, key="register-one"):
        st.markdown(f"**{literal(one.title)}** · {_say('counts', lang, errors=one.errors, warnings=one.warnings)}")
        for line in (*one.gravest, *one.notes):
            st.caption(literal(line))
        clause_table(one.clauses, topics, lang)


def clause_table(found: Sequence[Clause], topics: Sequence[Topic], lang: Lang) -> None:
    """Each clause that is there with its words; below, what is not there."""
    names = {topic.id: topic.name(lang) for topic in topics}
    there = [
        {
            _say("column.clause", lang): names[one.topic],
            _say("column.quote", lang): one.quote,
            _say("column.page", lang): one.page,
        }
        for one in found
        if one.present and one.topic in names
    ]
    st.dataframe(there, hide_index=True, width="stretch", height="content")
    lacking = [one for one in found if not one.present and one.topic in names]
    if lacking:
        st.markdown(f"**{_say('clauses.missing', lang, count=len(lacking))}**")
        lacking.sort(key=lambda one: not one.essential)
        with st.container(horizontal=True, gap="small"):
            for one in lacking:
                st.badge(literal(names[one.topic]), color="orange" if one.essential else "gray")


def clauses_panel(lang: Lang, version: Version) -> None:
    """The tab of a review: the contract's clauses, present and missing."""
    from ..contract import Contract
    from ..models import Review
    from .topics import clauses, topics

    review = Review.model_validate(version.deliverable)
    found = clauses(Contract(review.text, review.contract_type), review.pages)
    clause_table(found, list(topics().values()), lang)
