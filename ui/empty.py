"""An empty place that teaches: one sentence, and room for one button."""

import streamlit as st


def empty(icon: str, sentence: str) -> None:
    """Draw the place. ``icon`` is a Material symbol's name, ``sentence`` says how to fill it."""
    with st.container(key=f"empty-{icon}"):
        st.markdown(f":material/{icon}:")
        st.markdown(sentence)
