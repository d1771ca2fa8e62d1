"""Which documents may be quoted to a customer: not a confidential knowledge base, not what is marked as for staff."""

from workbench.evidence import Hit
from workbench.run import RunContext

from . import reading

HEAD = 300
"""A document says within so many characters from its beginning whom it is for."""
SPARE = 16
"""So many more are looked up, in place of closed ones."""
_NOTE = "support.closed"


def search(query: str, limit: int, context: RunContext) -> list[Hit]:
    """The best passages that customers may read.

    Closed are knowledge bases whose sensitivity is confidential, documents that say in their title or at their head
    that they are for staff (``内部使用``, ``audience: internal``), and passages beneath a heading that says so.
    """
    hits = context.search(query, limit + SPARE)
    return [hit for hit in hits if not (reading.is_internal(hit.chunk.context) or _closed(hit, context))][:limit]


def _closed(hit: Hit, context: RunContext) -> bool:
    known: dict[tuple[str, str], bool] = context.notes.setdefault(_NOTE, {})
    base = (hit.knowledge_base, "")
    if base not in known:
        known[base] = context.knowledge.get(hit.knowledge_base).sensitivity == "confidential"
    document = (hit.knowledge_base, hit.chunk.document_id)
    if document not in known:
        head = context.knowledge.text(*document)[:HEAD]
        known[document] = reading.is_internal(f"{hit.chunk.document_id}\n{hit.chunk.title}\n{head}")
    return known[base] or known[document]
