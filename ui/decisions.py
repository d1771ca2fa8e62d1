"""What the person who acts may decide about an approval, and what was decided so far.

Every button is bound to the SHA-256 of the text that stood on the page when it was drawn.
"""

from functools import partial

import streamlit as st

from workbench.approvals import Act, Actor, Approval, Comment
from workbench.language import statements
from workbench.services import Services

from . import language
from .attempt import attempt
from .language import t
from .literal import literal, short
from .moments import moment
from .person import signature

_ICONS = {
    "submit": "approval", "approve": "check_circle", "return": "undo", "reject": "cancel", "delegate": "forward",
    "withdraw": "keyboard_return", "remind": "notifications", "archive": "inventory_2", "change": "edit",
}  # fmt: skip


def decisions(services: Services, run_id: str, text: str, approval: Approval, actor: Actor) -> None:
    """Draw the buttons; nothing for somebody who has nothing to decide. ``text`` is what the decisions are about."""
    mine = approval.open_steps(actor.person)
    for step in mine:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"decide-{run_id}-{step}"):
            if len(mine) > 1:
                st.markdown(f"**{literal(approval.plan[step].name.text(language.current()))}**", width="content")
            _decide(services, run_id, text, approval, actor, step)
    if approval.submitted_by == actor.person and approval.open_steps():
        with st.container(horizontal=True, gap="small", key=f"asked-{run_id}"):
            _button(services, run_id, "remind", approval, actor)
            if approval.status == "pending":
                _button(services, run_id, "withdraw", approval, actor)


def trail(services: Services, run_id: str) -> None:
    """Everything that was decided, by whom, about which text."""
    for decision in services.desk.store.decisions(run_id):
        who = signature(services, decision.actor.person, decision.actor.real)
        to = t("trail.to", name=literal(services.desk.name(decision.to))) if decision.to else ""
        about = t("trail.about", number=decision.version, sha256=decision.sha256[:8])
        st.markdown(f":material/{_ICONS[decision.act]}: **{t(f'act.{decision.act}')}{to}** · {who}")
        for comment in decision.comments:
            remark(comment)
        st.caption(f"{moment(decision.at)} · {about}")


def remark(comment: Comment) -> None:
    """What somebody said, under the words that it is about."""
    if comment.quote:
        st.caption(f"> {literal(comment.quote)}")
    st.markdown(literal(comment.text))


def _decide(services: Services, run_id: str, text: str, approval: Approval, actor: Actor, step: int) -> None:
    if approval.plan[step].kind == "archive":
        _button(services, run_id, "archive", approval, actor, step)
    else:
        _button(services, run_id, "approve", approval, actor, step)
        _with_words(services, run_id, "return", text, approval, actor, step)
        _with_words(services, run_id, "reject", text, approval, actor, step)
    _delegate(services, run_id, approval, actor, step)


def _button(
    services: Services, run_id: str, act: Act, approval: Approval, actor: Actor, step: int | None = None
) -> None:
    decide = partial(services.desk.decide, run_id, act, actor, approval.sha256, step=step)
    st.button(
        t(f"act.{act}"),
        type="primary" if act in ("approve", "archive") else "secondary",
        icon=f":material/{_ICONS[act]}:",
        key=f"{act}-{run_id}-{step}",
        on_click=attempt,
        args=(decide, t(f"act.{act}.done")),
    )


def _with_words(
    services: Services, run_id: str, act: Act, text: str, approval: Approval, actor: Actor, step: int
) -> None:
    """Return or reject: a remark, on a sentence of the text or on all of it."""
    field = f"{act}-{run_id}-{step}"
    sentences = list(dict.fromkeys(text[start:end].strip() for start, end in statements(text)))

    def decide() -> None:
        quote = st.session_state[f"quote-{field}"]
        comment = Comment(text=st.session_state[f"words-{field}"], quote=quote or "")
        attempt(
            partial(services.desk.decide, run_id, act, actor, approval.sha256, step=step, comments=[comment]),
            t(f"act.{act}.done"),
        )

    with st.popover(t(f"act.{act}"), icon=f":material/{_ICONS[act]}:", key=f"open-{field}"):
        st.selectbox(
            t("decide.quote"),
            sentences,
            index=None,
            key=f"quote-{field}",
            placeholder=t("decide.whole"),
            format_func=lambda sentence: short(sentence, 60),
        )
        st.text_area(t("decide.words"), key=f"words-{field}", height=100)
        st.button(t(f"act.{act}.do"), type="primary", key=f"do-{field}", on_click=decide)


def _delegate(services: Services, run_id: str, approval: Approval, actor: Actor, step: int) -> None:
    field = f"delegate-{run_id}-{step}"
    busy = {approval.submitted_by, *approval.steps[step].deciders}
    names = {person.id: person.name for person in services.desk.people if person.id not in busy}

    def decide() -> None:
        to = st.session_state[f"to-{field}"] or ""
        attempt(
            partial(services.desk.decide, run_id, "delegate", actor, approval.sha256, step=step, to=to),
            t("act.delegate.done"),
        )

    if names:
        with st.popover(t("act.delegate"), icon=":material/forward:", key=f"open-{field}"):
            st.selectbox(t("decide.to"), list(names), key=f"to-{field}", format_func=names.__getitem__)
            st.button(t("act.delegate.do"), type="primary", key=f"do-{field}", on_click=decide)
