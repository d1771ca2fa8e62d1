"""Passages by words: BM25 over the occurrences that the store's FTS5 index keeps.

SQLite's own ``bm25()`` takes 2 µs for every passage that holds any word of the query, and counts each word's passages
again. Here one look-up gives a word's occurrences (0.4 µs each), lengths stay in memory (4 bytes a passage), and NumPy
does the sums.
"""

import sqlite3
import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .catalogue import Scope
from .store import State, Store

K1, B = 1.2, 0.75
"""BM25's usual constants (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework")."""
OCCURRENCES = 12_000
"""A query's words are looked up from the rarest on, while together they stand in no more passages than this: a word
that stands in every tenth passage tells little and costs most of the time of a search."""
RARE = 100
"""Up to so many passages are counted anew each time, which costs nothing."""
MOST = 40_000
"""Of one word at most so many occurrences are read. Only a query without any rarer word meets this."""


class WordIndex:
    """Finds the passages of one store by words. Brought up to date at each search."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._seen = State(0, 0, 0)
        self._lengths: npt.NDArray[np.float32] = np.zeros(1, np.float32)  # words by chunk id; 0 where none is
        self._counts: dict[str, int] = {}  # in how many passages a word stands
        self._counted = 0

    def search(self, terms: Sequence[str], limit: int, scope: Scope) -> tuple[dict[int, float], float]:
        """The ``limit`` best passages within ``scope`` that hold any of ``terms``, and what ``terms`` are worth.

        Scores are BM25 by chunk id, best first. The worth is about the score of a passage of average length that holds
        every term once: the best score over it says how much of the query was found.
        """
        with self._lock:
            self._follow()
            lengths = self._lengths
        passages = int(np.count_nonzero(lengths))
        if not terms or not passages:
            return {}, 0.0
        average = float(lengths.sum()) / passages
        scores = np.zeros(len(lengths), np.float32)
        worth = 0.0
        with self._store.open() as connection:
            counted = sorted((self._count(connection, term, passages), term) for term in dict.fromkeys(terms))
            read = 0
            for count, term in counted:
                weight = float(np.log1p((passages - min(count, passages) + 0.5) / (count + 0.5)))
                worth += weight
                read += count
                if not count or (read > OCCURRENCES and read != count):
                    continue
                rows = connection.execute("SELECT doc FROM occurrences WHERE term = ? LIMIT ?", (term, MOST))
                found = np.fromiter((row[0] for row in rows), np.int64)
                ids, often = np.unique(found[found < len(lengths)], return_counts=True)
                scores[ids] += weight * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[ids] / average))
        ids = np.flatnonzero(scores)
        ids = ids[scope.holds(ids)]
        best = ids[np.lexsort((ids, -scores[ids]))][:limit]
        return dict(zip(best.tolist(), scores[best].tolist(), strict=True)), worth

    def _count(self, connection: sqlite3.Connection, term: str, passages: int) -> int:
        """In how many passages a word stands; counted again once the store is a tenth larger or smaller."""
        with self._lock:
            if abs(passages - self._counted) * 10 > self._counted:
                self._counts, self._counted = {}, passages
            known = self._counts.get(term)
        if known is None:
            row = connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (term,)).fetchone()
            known = int(row[0]) if row else 0
            if known > RARE:
                with self._lock:
                    self._counts[term] = known
        return known

    def _follow(self) -> None:
        now = self._store.state()
        if now == self._seen:
            return
        if now.chunks != self._seen.chunks:
            with self._store.open() as connection:
                rows = connection.execute("SELECT id, sz FROM words_docsize WHERE id > ?", (self._seen.chunks,))
                sizes = {row[0]: _total(row[1]) for row in rows}
            lengths = np.zeros(max([now.chunks, *sizes]) + 1, np.float32)
            lengths[: len(self._lengths)] = self._lengths
            lengths[list(sizes)] = list(sizes.values())
            self._lengths = lengths
        if now.removals != self._seen.removals:
            gone = np.array(self._store.removals_after(self._seen.removals)[0], np.int64)
            self._lengths = self._lengths.copy()  # searches under way keep theirs
            self._lengths[gone[gone < len(self._lengths)]] = 0
        self._seen = now


def _total(sizes: bytes) -> int:
    """The sum of FTS5's column sizes: big-endian variable-length integers of 7 bits a byte."""
    total = value = 0
    for byte in sizes:
        value = value << 7 | byte & 127
        if byte < 128:
            total += value
            value = 0
    return total
