"""Our own parts of a page where Streamlit has none: a script and a style sheet named like their module."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


@cache
def component(name: str, *, styled: bool = True) -> Any:
    """The component of ``<name>.js`` and ``<name>.css``. It draws into ``.root``, with text nodes only.

    What stands on every page gives its ``data`` as a list: for a dict Streamlit imports pandas, which takes a second.
    """
    return st.components.v2.component(
        f"workbench-{name.replace('_', '-')}",
        js=(_HERE / f"{name}.js").read_text("utf-8"),
        css=(_HERE / f"{name}.css").read_text("utf-8") if styled else None,
        html="<div class='root'></div>",
    )
