"""What a run stands on, as chips in the page's header: who writes, which knowledge, and how confidential that is."""

from typing import get_args

import streamlit as st

from workbench.chat import COMPOSER, BackendInfo
from workbench.knowledge import KnowledgeBase, Sensitivity
from workbench.scenario import Scenario
from workbench.services import Services

from . import kept
from .builtin import knowledge_bases
from .language import t
from .literal import literal, short

_LEVELS: tuple[Sensitivity, ...] = get_args(Sensitivity)
_COLORS = {"public": "gray", "internal": "blue", "confidential": "orange"}


def choices(services: Services, scenario: Scenario) -> tuple[list[str], str]:
    """Draw the chips; returns the names of the chosen knowledge bases and the writer's name."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key="chips"):
        writer = _writer(services, scenario)
        bases = knowledge_bases(services)
        chosen = _knowledge(scenario, bases)
        if chosen:
            level = max((bases[name].sensitivity for name in chosen), key=_LEVELS.index)
            st.badge(t("choices.sensitivity", level=t(f"sensitivity.{level}")), color=_COLORS[level])  # type: ignore[arg-type]
    return chosen, writer


def _knowledge(scenario: Scenario, bases: dict[str, KnowledgeBase]) -> list[str]:
    own = [name for name, base in bases.items() if not base.builtin]
    key = kept.keep(f"{scenario.slug}-knowledge", [])
    offered = st.session_state.setdefault(f"{scenario.slug}-offered", set())
    fresh = {name for name in (*scenario.knowledge, *own) if name in bases} - offered  # chosen when it first comes
    offered |= fresh
    chosen = [name for name in bases if name in fresh or name in st.session_state[key]]
    st.session_state[key] = chosen
    with st.popover(_knowledge_label([bases[name].title for name in chosen]), icon=":material/library_books:"):
        if not bases:
            st.markdown(t("form.no_knowledge"))
            st.page_link(st.session_state["pages"]["knowledge"], label=t("choices.to_knowledge"))
            return []
        return list(
            st.pills(
                t("form.knowledge"),
                list(bases),
                selection_mode="multi",
                key=key,
                format_func=lambda name: literal(bases[name].title),
            )
        )


def _knowledge_label(titles: list[str]) -> str:
    if not titles:
        return t("choices.no_knowledge")
    first = literal(short(titles[0], 14))
    return first if len(titles) == 1 else t("choices.more", first=first, count=len(titles))


def _writer(services: Services, scenario: Scenario) -> str:
    infos = {info.name: info for info in services.backends.list()}
    default = services.settings.default_backend
    key = kept.keep(f"{scenario.slug}-backend", default if default in infos else COMPOSER)
    if st.session_state[key] not in infos:
        st.session_state[key] = COMPOSER
    chosen: str = st.session_state[key]
    with st.popover(writer_label(infos[chosen]), icon=":material/stylus_note:"):
        if len(infos) == 1:
            st.markdown(t("form.composer_only"))
            st.caption(t("form.composer_help"))
            return COMPOSER
        writer: str = st.radio(
            t("form.writer"), list(infos), key=key, format_func=lambda name: writer_label(infos[name])
        )
        return writer


def writer_label(info: BackendInfo) -> str:
    """Who writes, in a few words."""
    if info.name == COMPOSER:
        return t("form.composer")
    return f"{literal(short(info.model or info.name, 24))} · {t('choices.local' if info.local else 'choices.hosted')}"
