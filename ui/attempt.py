"""What a button does before the page is drawn again: done, or one sentence that says why not."""

from collections.abc import Callable

import streamlit as st

from workbench.errors import WorkbenchError

from . import language


def attempt(do: Callable[[], object], said: str = "") -> None:
    """:func:`succeeds` for ``on_click``, which wants no answer."""
    succeeds(do, said)


def succeeds(do: Callable[[], object], said: str = "") -> bool:
    """Call ``do`` and say ``said``, or the error's sentence; tells whether it was done."""
    try:
        do()
    except WorkbenchError as error:
        st.toast(error.text(language.current()), icon=":material/error:", duration="infinite")
        return False
    if said:
        st.toast(said, icon=":material/check:")
    return True
