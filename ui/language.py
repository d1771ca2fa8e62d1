"""The language of the page: the URL's, else the person's choice, else the browser's."""

from typing import cast

import streamlit as st

from workbench.texts import LANGS, Lang, text

_KEY = "lang"


def settle() -> None:
    """Take the language from the URL, or write it there so that a reload and a shared link keep it. Once a run."""
    asked = st.query_params.get(_KEY)
    if asked in LANGS:
        st.session_state[_KEY] = asked
    elif _KEY in st.session_state:
        st.query_params[_KEY] = st.session_state[_KEY]


def current() -> Lang:
    """zh or en."""
    if _KEY in st.session_state:
        return cast("Lang", st.session_state[_KEY])
    locale = st.context.locale or "zh"
    return "zh" if locale.lower().startswith("zh") else "en"


def choose(lang: Lang) -> None:
    """Make ``lang`` the language of this person's pages."""
    st.session_state[_KEY] = lang
    st.query_params[_KEY] = lang


def t(key: str, **values: object) -> str:
    """The ui's text ``key`` in the page's language."""
    return text(f"ui:{key}", current(), **values)
