"""What comes with the product, as pages show it: titles in the viewer's language, and how far it is loaded."""

from collections.abc import Collection, Mapping

import streamlit as st

from workbench.knowledge import KnowledgeBase
from workbench.services import Services

from . import language
from .language import t
from .literal import literal


def knowledge_bases(services: Services) -> dict[str, KnowledgeBase]:
    """All knowledge bases by name; the title of a built-in one is in the page's language."""
    lang = language.current()
    return {
        base.name: base.model_copy(update={"title": services.builtin.title(base.name, lang, base.title)})
        for base in services.knowledge.list()
    }


def loading(services: Services) -> None:
    """How far the built-in knowledge is; nothing once it is all there. Looks again by itself only while it loads."""
    if services.builtin.progress():
        st.fragment(_loading, run_every=2.0)(services)


def _loading(services: Services) -> None:
    open_before = st.session_state.get("builtin-loading", 0)
    progress: Mapping[str, tuple[int, int]] = services.builtin.progress()
    st.session_state["builtin-loading"] = len(progress)
    if len(progress) < open_before:
        st.rerun()
    for name, (done, total) in progress.items():
        share = done / total if total else 0.0
        key = "home.loading" if total else "home.loading.waits"
        title = services.builtin.title(name, language.current())
        st.progress(min(share, 1.0), t(key, name=literal(title), done=done, total=total))


def still_loading(services: Services, names: Collection[str]) -> None:
    """Say so while one of ``names`` is not all there: what is asked now may miss something."""
    if services.builtin.progress().keys() & set(names):
        st.fragment(_still_loading, run_every=2.0)(services, names)


def _still_loading(services: Services, names: Collection[str]) -> None:
    for name, (done, total) in services.builtin.progress().items():
        if name in names:
            key = "form.still_loading" if total else "form.still_loading.waits"
            words = t(key, name=literal(services.builtin.title(name, language.current())), done=done, total=total)
            st.caption(f":material/hourglass_top: {words}")
