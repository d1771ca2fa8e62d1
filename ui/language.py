"""The language of the page: the URL's, else the person's choice, else the browser's."""

from typing import cast

import streamlit as st

from workbench.texts import LANGS, Lang, text

_KEY = "lang"


def current() -> Lang:
    """zh or en. A choice stays in the URL, so that a reload and a shared link keep it."""
    asked = st.query_params.get(_KEY)
    if asked in LANGS:
        st.session_state[_KEY] = asked
    elif _KEY in st.session_state:
        st.query_params[_KEY] = st.session_state[_KEY]
    else:
        locale = st.context.locale or "zh"
        return "zh" if locale.lower().startswith("zh") else "en"
    return cast("Lang", st.session_state[_KEY])


def choose(lang: Lang) -> None:
    """Make ``lang`` the language of this person's pages."""
    st.session_state[_KEY] = lang
    st.query_params[_KEY] = lang


def t(key: str, **values: object) -> str:
    """The ui's text ``key`` in the page's language."""
    return text(f"ui:{key}", current(), **values)
