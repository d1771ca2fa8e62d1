"""A text that somebody handed in with its findings marked in it, and what is decided about each."""

from functools import partial

import streamlit as st

from workbench.answers import Answer
from workbench.approvals import Actor
from workbench.findings import Finding, keyed
from workbench.run import Run, Version
from workbench.services import Services

from .attempt import attempt
from .component import component
from .language import t
from .moments import moment
from .person import signature

_WORDS = (
    "accept", "remark", "edit", "reject", "undo", "save", "cancel", "wording", "note", "why", "struck", "basis",
)  # fmt: skip


def marked_text(services: Services, run: Run, version: Version, actor: Actor, *, settled: bool) -> None:
    """Draw the text beside its findings, and the bar that puts what was decided into a new version."""
    key = f"marked-{run.run_id}-{version.number}"
    answers = services.desk.answered(run.run_id, version.number)
    pairs = keyed(version.findings)
    found = sorted(pairs, key=lambda pair: (pair[1].where.start is None, pair[1].where.start or 0))
    items = [_item(services, version, name, finding, answers.get(name)) for name, finding in found]

    def decide() -> None:
        given = st.session_state[key]["answer"]
        if given:
            act, words = given["act"], {"wording": given["wording"], "note": given["note"]}
            attempt(partial(services.desk.answer, run.run_id, given["key"], act, actor, **words))

    words = {name: t(f"marked.{name}") for name in _WORDS}
    severities = {name: t(f"severity.{name}") for name in ("error", "warning", "info")}
    component("marked_text")(
        data={"text": version.text, "items": items, "settled": settled, "words": words | {"severity": severities}},
        key=key,
        on_answer_change=decide,
    )
    if not settled:
        _bar(services, run, version, answers, actor)


def _bar(services: Services, run: Run, version: Version, answers: dict[str, Answer], actor: Actor) -> None:
    worded = sum(answer.wording is not None for answer in answers.values())
    left = len(services.desk.open_items(run.run_id, version.number))
    with st.container(horizontal=True, vertical_alignment="center", key="settle"):
        st.caption(t("marked.progress", done=len(answers), left=left), width="stretch")
        st.button(
            t("marked.settle", count=worded),
            type="primary",
            icon=":material/ink_pen:",
            disabled=not worded,
            help=t("marked.settle.help"),
            key=f"settle-{run.run_id}",
            on_click=attempt,
            args=(partial(services.desk.settle, run.run_id, actor), t("marked.settled")),
        )


def _item(services: Services, version: Version, key: str, finding: Finding, answer: Answer | None) -> dict[str, object]:
    """A finding as the page shows it; without its place where the text there is another."""
    where = finding.where
    placed = where.start is not None and version.text[where.start : where.end] == where.quote
    return {
        "key": key,
        "severity": finding.severity,
        "start": where.start if placed else None,
        "end": where.end if placed else None,
        "quote": where.quote,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "basis": finding.basis,
        "proposal": finding.proposal,
        "answer": answer and {"wording": answer.wording, "said": _said(services, answer)},
    }


def _said(services: Services, answer: Answer) -> str:
    who = signature(services, answer.actor.person, answer.actor.real)
    act = "remark" if answer.act == "accept" and answer.wording is None else answer.act
    words = t(f"marked.said.{act}", who=who, when=moment(answer.at))
    return f"{words}{t('marked.said.note', note=answer.note)}" if answer.note else words
