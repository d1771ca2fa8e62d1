"""A text whose citation markers open the quoted passage in place.

Everything is built as text nodes: neither a model's answer nor a document can become HTML here.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from workbench.evidence import Citation

from .language import t

_HERE = Path(__file__).parent


@cache
def _component() -> Any:
    return st.components.v2.component(
        "workbench-cited-text",
        js=(_HERE / "cited_text.js").read_text("utf-8"),
        css=(_HERE / "cited_text.css").read_text("utf-8"),
        html="<div class='root'></div>",
    )


def cited_text(text: str, citations: Sequence[Citation], key: str) -> None:
    """Show ``text``; a click on a marker shows its passage, document, page and whether code verified it."""
    words = {
        name: t(f"cited.{name}") for name in ("verified", "unverified", "missing", "page", "copy", "copied", "close")
    }
    sources = [
        citation.model_dump(include={"marker", "title", "page", "heading", "quote", "passage", "verified"})
        for citation in citations
    ]
    _component()(data={"text": text, "citations": sources, "words": words}, key=key)
