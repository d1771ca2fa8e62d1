"""A document as the workbench cut it: its text with the borders of the passages, their pages and headings."""

from collections.abc import Sequence

from workbench.evidence import Chunk

from .component import component
from .language import t


def document_view(chunks: Sequence[Chunk], key: str) -> None:
    """Show ``chunks`` in order. Where two overlap, the words they share stand with the first."""
    passages = []
    end = 0
    for number, chunk in enumerate(chunks, 1):
        text = chunk.text[max(0, end - chunk.start) :]
        end = max(end, chunk.end)
        passages.append({"number": number, "page": chunk.page, "heading": chunk.context, "text": text})
    component("document_view")(data={"passages": passages, "words": {"page": t("cited.page")}}, key=key)
