"""What knowledge bases answer: chunks, hits and the citations that a deliverable carries."""

from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of a document. ``text`` is exactly the document's text from ``start`` to ``end`` (characters).

    ``context`` is what a reader would see above the passage: the heading path, or a split table's header.
    """

    id: int
    document_id: str
    title: str
    text: str
    start: int
    end: int
    page: int | None = None
    context: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that answers a query. ``score`` is fused and higher is better; ``dense`` is a cosine, ``lexical`` a BM25
    score (0 when the words do not meet), ``found`` that over what the query's words are worth: about the share of the
    query that stands in the chunk, rare words counting more. ``reranked`` is what a reranker said, on its own scale:
    where there is one, it decides the order."""

    chunk: Chunk
    score: float
    knowledge_base: str
    dense: float | None = None
    lexical: float = 0.0
    found: float = 0.0
    reranked: float | None = None


class Citation(BaseModel):
    """A marker in a deliverable's text, such as ``[1]``, and the words of the source behind it.

    ``quote`` is copied from the source; ``verified`` says that code found it there and that the sentence which carries
    the marker states no figure that the passage lacks.
    """

    marker: str
    knowledge_base: str
    document_id: str
    chunk_id: int = 0
    title: str
    page: int | None = None
    heading: str = ""
    quote: str
    passage: str = ""
    verified: bool = False
