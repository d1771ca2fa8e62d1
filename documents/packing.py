"""A document as JSON between two processes: nothing in it can run, unlike a pickle."""

from typing import Any

from workbench.document import Block, Comment, Hidden, Page, Revision, SourceDocument


def packed(document: SourceDocument) -> dict[str, Any]:
    """What :func:`unpacked` makes the same document of."""
    return {
        "text": document.text,
        "title": document.title,
        "media_type": document.media_type,
        "blocks": [(block.kind, block.start, block.end, block.level) for block in document.blocks],
        "pages": [(page.number, page.start, page.end, page.ocr) for page in document.pages],
        "metadata": document.metadata,
        "notes": document.notes,
        "hidden": [(one.text, one.how, one.page) for one in document.hidden],
        "comments": [(one.author, one.text, one.quote) for one in document.comments],
        "revisions": [(one.kind, one.author, one.at, one.text) for one in document.revisions],
        "original": document.original,
        "asides": document.asides,
    }


def unpacked(values: dict[str, Any]) -> SourceDocument:
    """The document. Raises ``KeyError`` and ``TypeError`` for what was no such JSON."""
    return SourceDocument(
        text=values["text"],
        title=values["title"],
        media_type=values["media_type"],
        blocks=tuple(Block(*entry) for entry in values["blocks"]),
        pages=tuple(Page(*entry) for entry in values["pages"]),
        metadata=dict(values["metadata"]),
        notes=tuple(values["notes"]),
        hidden=tuple(Hidden(*entry) for entry in values["hidden"]),
        comments=tuple(Comment(*entry) for entry in values["comments"]),
        revisions=tuple(Revision(*entry) for entry in values["revisions"]),
        original=values["original"],
        asides=tuple(values["asides"]),
    )
