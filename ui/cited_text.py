"""A text whose citation markers open the quoted passage in place.

Everything is built as text nodes: neither a model's answer nor a document can become HTML here.
"""

from collections.abc import Sequence

from workbench.evidence import Citation

from .component import component
from .language import t


def cited_text(text: str, citations: Sequence[Citation], key: str) -> None:
    """Show ``text``; a click on a marker shows its passage, document, page and whether code verified it."""
    words = {name: t(f"cited.{name}") for name in ("verified", "unverified", "missing", "page", "close")}
    sources = [
        citation.model_dump(include={"marker", "title", "page", "heading", "quote", "passage", "verified"})
        for citation in citations
    ]
    component("cited_text")(data={"text": text, "citations": sources, "words": words}, key=key)
