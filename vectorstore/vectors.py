"""The float vectors in a store: what vector indexes are made from."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .store import Store

Vectors = npt.NDArray[np.float32]


def vectors_of(store: Store, ids: Sequence[int]) -> dict[int, Vectors]:
    """The vectors of the given passages; those without one are left out."""
    marks = ",".join("?" * len(ids))
    with store.open() as connection:
        rows = connection.execute(
            f"SELECT id, vector FROM chunks WHERE id IN ({marks}) AND vector IS NOT NULL",  # noqa: S608  # question marks
            list(ids),
        ).fetchall()
    return {row["id"]: np.frombuffer(row["vector"], np.float32) for row in rows}


def vectors_after(store: Store, chunk_id: int, limit: int = -1) -> tuple[list[int], Vectors]:
    """(ids, vectors [n, dimension]) of the passages stored after ``chunk_id``, in order."""
    with store.open() as connection:
        rows = connection.execute(
            "SELECT id, vector FROM chunks WHERE id > ? AND vector IS NOT NULL ORDER BY id LIMIT ?",
            (chunk_id, limit),
        ).fetchall()
    ids = [row["id"] for row in rows]
    return ids, _matrix([row["vector"] for row in rows])


def count_vectors(store: Store, up_to: int) -> int:
    """How many passages up to the id ``up_to`` have a vector."""
    with store.open() as connection:
        row = connection.execute(
            "SELECT count(*) FROM chunks WHERE id <= ? AND vector IS NOT NULL", (up_to,)
        ).fetchone()
    return int(row[0])


def lacking(store: Store) -> int:
    """How many passages have no vector."""
    with store.open() as connection:
        return int(connection.execute("SELECT count(*) FROM chunks WHERE vector IS NULL").fetchone()[0])


def sample(store: Store, places: int = 16, each: int = 16) -> Vectors:
    """Up to ``places * each`` vectors from all over the knowledge base, the same ones while it does not change."""
    newest = store.state().chunks
    rows: dict[int, bytes] = {}
    with store.open() as connection:
        for place in range(places):
            start = newest * place // places
            rows |= connection.execute(
                "SELECT id, vector FROM chunks WHERE id > ? AND vector IS NOT NULL ORDER BY id LIMIT ?",
                (start, each),
            ).fetchall()
    return _matrix(list(rows.values()))


def _matrix(rows: Sequence[bytes]) -> Vectors:
    return np.frombuffer(b"".join(rows), np.float32).reshape(len(rows), -1 if rows else 0)
