"""Form values that outlive a page switch: Streamlit forgets a widget's value when its page is left."""

from typing import Any

import streamlit as st

_STORE = "kept-values"


def keep(key: str, default: Any = None) -> str:
    """Call before the widget with this ``key``: brings its last value back. Returns the key."""
    store = st.session_state.setdefault(_STORE, {})
    if key in st.session_state:
        store[key] = st.session_state[key]
    else:
        st.session_state[key] = store.get(key, default)
    return key


def put(key: str, value: Any) -> None:
    """Set the value of the widget with this ``key`` from a callback."""
    st.session_state.setdefault(_STORE, {})[key] = value
    st.session_state[key] = value
