"""What is configured: models, embedding, limits, where data lives. Looked at here, changed in workbench.toml."""

import streamlit as st

from workbench.chat import COMPOSER
from workbench.services import Services

from . import language
from .language import t
from .notices import notices


def settings_page(services: Services) -> None:
    """Draw the page."""
    st.title(t("settings.title"))
    with st.container(key="purpose"):
        st.markdown(t("settings.purpose"))
    notices(services)
    st.subheader(t("settings.models"))
    for info in services.backends.list():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            name = t("form.composer") if info.name == COMPOSER else info.name
            abilities = [info.model or t("settings.no_model"), t("settings.local" if info.local else "settings.hosted")]
            st.text(f"{name}\n{' · '.join(abilities)}", width="stretch")
            if info.name != COMPOSER and st.button(t("settings.check"), key=f"check-{info.name}"):
                health = services.backends.check(info.name, language.current())
                if health.ok:
                    st.badge(t("settings.ok", seconds=f"{health.seconds:.1f}"), color="green")
                else:
                    st.badge(t("settings.failed"), color="red")
                    st.text(health.message)
    settings = services.settings
    st.subheader(t("settings.rest"))
    rows = {
        t("settings.embedding"): t(f"settings.embedding.{settings.embedding.kind}"),
        t("settings.data"): str(settings.data),
        t("settings.producer"): settings.producer or t("settings.no_producer"),
        t("settings.limits"): t(
            "settings.limits.text", megabytes=settings.limits.megabytes, pages=settings.limits.pages
        ),
    }
    for label, value in rows.items():
        with st.container(horizontal=True):
            st.text(label, width=160)
            st.text(value, width="stretch")
