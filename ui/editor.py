"""Editing a draft: kept while it is typed, and nobody's words are lost when two people edit the same one."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from workbench.approvals import Actor
from workbench.comparison import merge
from workbench.desk_store import Edit
from workbench.run import Run, Version, numbered
from workbench.services import Services

from .attempt import attempt, succeeds
from .component import component
from .copy_button import copy_button
from .language import t
from .literal import literal
from .moments import moment
from .side_by_side import side_by_side

_ROUND = "edit-round"


def begin(services: Services, run: Run, version: Version, actor: Actor) -> None:
    """Open ``version`` for editing. Made for ``on_click``: what is being edited is on record from the first moment."""
    attempt(partial(services.desk.keep_edit, run.run_id, actor, version.number, version.text))


def base_of(run: Run, edits: Sequence[Edit], actor: Actor) -> int | None:
    """The version that ``actor`` is editing; None when they are not.

    An edit stays open here even when another window of the same person ended it: its words are only in this one.
    """
    own = next((edit.base for edit in edits if edit.person == actor.person), None)
    opened: int | None = st.session_state.get(_opened(run, actor))
    return own if opened is None else opened


def tell_others(services: Services, edits: Sequence[Edit], actor: Actor) -> None:
    """Who else is editing this now."""
    for edit in edits:
        if edit.person != actor.person:
            name = literal(services.desk.name(edit.person))
            st.info(t("edit.others", name=name, base=edit.base, when=moment(edit.updated_at)), icon=":material/group:")


@st.fragment
def editor(services: Services, run: Run, base: int, actor: Actor) -> None:
    """The draft as a text to edit, made from version ``base``."""
    versions = services.runs.versions(run.run_id)
    edits = services.desk.store.edits(run.run_id)
    own = next((edit for edit in edits if edit.person == actor.person), None)
    before = numbered(versions, base, run.run_id)
    key = _field(run, base, actor)
    st.session_state[_opened(run, actor)] = base
    st.session_state.setdefault(key, own.text if own and own.base == base else before.text)

    def keep() -> None:
        if key not in st.session_state:  # a last word of the browser about a field that was left meanwhile
            return
        attempt(partial(services.desk.keep_edit, run.run_id, actor, base, st.session_state[key]))

    with st.container(key="editor"):
        tell_others(services, edits, actor)
        written = st.text_area(t("result.edit.label"), key=key, height=320, help=t("result.edit.help"), on_change=keep)
        component("autosave", styled=False)(key="autosave")
        if own and own.text == written != before.text:
            st.caption(f":material/cloud_done: {t('edit.kept', when=own.updated_at.astimezone().strftime('%H:%M:%S'))}")
        if versions[-1].number > base:
            _meet(services, run, before, versions[-1], written, actor)
        else:
            _bar(services, run, before, written, actor)


def _bar(services: Services, run: Run, before: Version, written: str, actor: Actor) -> None:
    with st.container(horizontal=True, key="actions"):
        if st.button(
            t("result.save"),
            type="primary",
            key=f"save-{run.run_id}",
            icon=":material/save:",
            disabled=not written.strip(),
        ):
            _save(services, run, before, written, actor)
        _discard(services, run, before, actor)


def _meet(services: Services, run: Run, before: Version, newest: Version, written: str, actor: Actor) -> None:
    """Somebody saved meanwhile: both texts, and the ways on. None of them loses a word that was saved."""
    name = literal(services.desk.name(newest.author)) if newest.author else t("result.somebody")
    st.warning(t("edit.meet", name=name, number=newest.number, base=before.number), icon=":material/call_split:")
    titles = (t("edit.theirs", number=newest.number, name=services.desk.name(newest.author)), t("edit.mine"))
    side_by_side(newest.text, written, titles, key=f"meet-{run.run_id}-{newest.number}")
    with st.container(horizontal=True, key="actions"):
        if st.button(t("edit.merge"), type="primary", key=f"merge-{run.run_id}", help=t("edit.merge.help")):
            _merge(services, run, before, newest, written, actor)
        if st.button(t("edit.save_mine"), key=f"save-mine-{run.run_id}", help=t("edit.save_mine.help")):
            _save(services, run, before, written, actor)
        copy_button(written, key=f"copy-mine-{run.run_id}")
        _discard(services, run, before, actor)


def _save(services: Services, run: Run, before: Version, written: str, actor: Actor) -> None:
    if written == before.text:
        saved = succeeds(partial(services.desk.store.drop_edit, run.run_id, actor.person))
    else:
        saved = succeeds(partial(services.desk.revise, run.run_id, written, actor, before.number), t("edit.saved"))
    if saved:
        _leave(run, before, actor)
        st.rerun()


def _merge(services: Services, run: Run, before: Version, newest: Version, written: str, actor: Actor) -> None:
    both = merge(before.text, written, newest.text)
    said = t("edit.conflicts", count=len(both.conflicts)) if both.conflicts else t("edit.merged")
    if succeeds(partial(services.desk.keep_edit, run.run_id, actor, newest.number, both.text), said):
        _leave(run, before, actor)
        st.rerun()


def _discard(services: Services, run: Run, before: Version, actor: Actor) -> None:
    if st.button(t("result.discard"), type="tertiary", key=f"discard-{run.run_id}") and succeeds(
        partial(services.desk.store.drop_edit, run.run_id, actor.person)
    ):
        _leave(run, before, actor)
        st.rerun()


def _leave(run: Run, before: Version, actor: Actor) -> None:
    st.session_state.pop(_opened(run, actor), None)
    st.session_state.pop(_field(run, before.number, actor), None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _opened(run: Run, actor: Actor) -> str:
    return f"editing-{run.run_id}-{actor.person}"


def _field(run: Run, base: int, actor: Actor) -> str:
    """A field of its own for each time that somebody edits: the browser remembers what stood in the last one."""
    return f"edit-text-{run.run_id}-{actor.person}-{base}-{st.session_state.get(_ROUND, 0)}"
