"""What does not work on this installation as it is set."""

import streamlit as st

from workbench.services import Services

from . import language
from .literal import literal


def notices(services: Services) -> None:
    """One line for each; nothing where all is well."""
    for notice in services.notices:
        st.info(literal(notice.text(language.current())), icon=":material/info:")
