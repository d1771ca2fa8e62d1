"""New vectors for a knowledge base whose embedder changed. Old and new ones never stand in one index."""

from uuid import uuid4

import numpy as np

from workbench.chat import Cancel
from workbench.knowledge import Progress

from .embedders import Embedder
from .store import Store

BATCH = 16


def unit(vector: list[float]) -> bytes:
    """A vector scaled to length 1, as it is stored."""
    values = np.asarray(vector, np.float32)
    return (values / max(float(np.linalg.norm(values)), 1e-12)).tobytes()


def passage_text(title: str, context: str, text: str) -> str:
    """What is embedded: the passage under its document's title and headings."""
    return "\n".join(part for part in (title, context, text) if part)


def reindex(store: Store, embedder: Embedder, progress: Progress | None, cancel: Cancel | None) -> int:
    """Embed all passages that lack a vector of ``embedder``, then swap all at once; how many were embedded.

    The new vectors wait in the store beside the old ones, so a stop or a crash loses none of them. The swap names a new
    collection: the vector index is made again by whoever searches next.
    """
    store.begin_fresh(embedder.id)
    made = 0
    while True:
        chunks, left = store.without_fresh(embedder.id, BATCH)
        if not chunks:
            if store.take_fresh(embedder.id, f"kb-{uuid4().hex}"):
                return made
            continue
        if cancel is not None:
            cancel.check()
        texts = [passage_text(chunk.title, chunk.context, chunk.text) for chunk in chunks]
        vectors = embedder.embed_documents(texts)
        store.put_fresh({chunk.id: unit(vector) for chunk, vector in zip(chunks, vectors, strict=True)})
        made += len(chunks)
        if progress:
            progress(made, made + left - len(chunks))
