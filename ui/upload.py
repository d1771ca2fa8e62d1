"""A form's field for files: what was handed in stays when the page is left and opened again."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from workbench.files import Files
from workbench.texts import listed

from . import kept, language
from .language import t
from .literal import literal


def upload(files: Files, label: str, key: str, *, many: bool = False, kinds: list[str] | None = None) -> list[str]:
    """Draw the field; returns the paths of the kept files. ``kinds`` are suffixes without the dot."""
    turn = st.session_state.get(_turn(key), 0)
    answer = st.file_uploader(label, type=kinds, key=f"{key}-upload-{turn}", accept_multiple_files=many)
    given = answer if isinstance(answer, list) else [answer] if answer else []
    kept.keep(key, [])
    if given:
        kept.put(key, [str(files.keep(file.name, file.getvalue())) for file in given])
    paths: list[str] = st.session_state[key]
    if paths and not given:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(literal(listed([Path(path).name for path in paths], language.current())))
            st.button(t("form.remove_files"), type="tertiary", key=f"{key}-remove", on_click=kept.put, args=(key, []))
    return paths


def put(key: str, paths: Sequence[str]) -> None:
    """Set the field's files from a callback, in place of those that were uploaded into it."""
    kept.put(key, list(paths))
    st.session_state[_turn(key)] = st.session_state.get(_turn(key), 0) + 1


def _turn(key: str) -> str:
    """Where it stands how often the field was emptied: a new uploader is empty."""
    return f"{key}-upload-turn"
