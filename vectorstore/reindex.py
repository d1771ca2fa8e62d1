"""New vectors for a knowledge base whose embedder changed. Old and new ones never stand in one index."""

from collections.abc import Mapping
from uuid import uuid4

import numpy as np

from workbench.chat import Cancel
from workbench.evidence import Chunk
from workbench.knowledge import Progress

from .embedders import Embedder
from .store import CHUNK, Store, as_chunk

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
    _begin_fresh(store, embedder.id)
    made = 0
    while True:
        chunks, left = _without_fresh(store, embedder.id, BATCH)
        if not chunks:
            if _take_fresh(store, embedder.id, f"kb-{uuid4().hex}"):
                return made
            continue
        if cancel is not None:
            cancel.check()
        texts = [passage_text(chunk.title, chunk.context, chunk.text) for chunk in chunks]
        vectors = embedder.embed_documents(texts)
        _put_fresh(store, {chunk.id: unit(vector) for chunk, vector in zip(chunks, vectors, strict=True)})
        made += len(chunks)
        if progress:
            progress(made, made + left - len(chunks))


def _begin_fresh(store: Store, embedder: str) -> None:
    """Prepare for vectors of ``embedder``; those that an earlier call got from it stay."""
    with store.open(write=True) as connection:
        connection.execute("DELETE FROM fresh WHERE (SELECT value FROM meta WHERE key = 'fresh') IS NOT ?", (embedder,))
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('fresh', ?)", (embedder,))


def _without_fresh(store: Store, embedder: str, limit: int) -> tuple[list[Chunk], int]:
    """(up to ``limit`` passages that need a vector of ``embedder``, how many need one)."""
    lack = (
        " WHERE NOT EXISTS (SELECT 1 FROM fresh f WHERE f.chunk_id = c.id)"
        " AND (c.vector IS NULL OR (SELECT value FROM meta WHERE key = 'embedder') != ?)"
    )
    with store.open() as connection:
        count = connection.execute(f"SELECT count(*) FROM chunks c{lack}", (embedder,)).fetchone()[0]  # noqa: S608  # constant
        rows = connection.execute(f"{CHUNK}{lack} ORDER BY c.id LIMIT ?", (embedder, limit)).fetchall()
    return [as_chunk(row) for row in rows], int(count)


def _put_fresh(store: Store, vectors: Mapping[int, bytes]) -> None:
    """Keep new vectors by chunk id until all are there; passages that went away meanwhile are passed over."""
    with store.open(write=True) as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO fresh SELECT id, ? FROM chunks WHERE id = ?",
            ((vector, chunk) for chunk, vector in vectors.items()),
        )


def _take_fresh(store: Store, embedder: str, collection: str) -> bool:
    """Let the new vectors take the old ones' place, and ``collection`` the old index's.

    False, and nothing done, when passages have come meanwhile that need one.
    """
    with store.open(write=True) as connection:
        meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        lack = "vector IS NULL" if meta["embedder"] == embedder else "TRUE"
        if connection.execute(
            f"SELECT 1 FROM chunks WHERE {lack} AND id NOT IN (SELECT chunk_id FROM fresh) LIMIT 1"  # noqa: S608  # constants
        ).fetchone():
            return False
        connection.execute("UPDATE chunks SET vector = fresh.vector FROM fresh WHERE fresh.chunk_id = chunks.id")
        connection.execute("DELETE FROM fresh")
        connection.execute("DELETE FROM meta WHERE key = 'fresh'")
        values = {"embedder": embedder, "collection": collection}
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())
    return True
