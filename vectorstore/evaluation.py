"""Retrieval measures, counted by document: recall@5, MRR@10, nDCG@10."""

import json
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from workbench.errors import RequestError
from workbench.evidence import Hit

Qrels = Mapping[str, Mapping[str, int]]


def read_queries(path: Path) -> dict[str, str]:
    """Query id to text from lines of ``{"id", "text"}``. Raises ``RequestError`` naming the wrong line."""
    queries = {}
    for number, line in enumerate(_lines(path), 1):
        try:
            entry = json.loads(line)
            queries[str(entry["id"])] = str(entry["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise RequestError("vectorstore:queries.invalid", path=path, line=number, reason=error) from error
    return queries


def read_qrels(path: Path) -> Qrels:
    """Query id to document id to relevance (above 0) from lines of ``query<TAB>document<TAB>relevance``.

    A first line that names its columns is passed over. Raises ``RequestError`` naming the wrong line.
    """
    qrels: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(_lines(path), 1):
        fields = line.rstrip("\n").split("\t")
        try:
            relevance = int(fields[-1])
            query, document = fields[0], fields[-2]
        except (ValueError, IndexError) as error:
            if number == 1:
                continue
            raise RequestError("vectorstore:queries.invalid", path=path, line=number, reason=error) from error
        if relevance > 0:
            qrels[query][document] = relevance
    return qrels


def _lines(path: Path) -> Iterable[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError("vectorstore:path.unreadable", path=path, reason=error) from error


def recall(ranked: Sequence[str], relevant: Mapping[str, int], at: int = 5) -> float:
    """The share of the relevant documents among the first ``at``."""
    return sum(document in relevant for document in ranked[:at]) / len(relevant)


def reciprocal_rank(ranked: Sequence[str], relevant: Mapping[str, int], at: int = 10) -> float:
    """One over the rank of the first relevant document; 0 when it is not among the first ``at``."""
    return next((1 / rank for rank, document in enumerate(ranked[:at], 1) if document in relevant), 0.0)


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], at: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin & Kekäläinen 2002) with linear gain."""
    gain = sum(relevant.get(document, 0) / math.log2(rank + 1) for rank, document in enumerate(ranked[:at], 1))
    best = sorted(relevant.values(), reverse=True)[:at]
    return gain / sum(value / math.log2(rank + 1) for rank, value in enumerate(best, 1))


def evaluate(
    search: Callable[[str, int], Sequence[Hit]], queries: Mapping[str, str], qrels: Qrels, limit: int = 10
) -> dict[str, float]:
    """Mean measures over the queries that have a relevant document, and search times in milliseconds.

    ``search(query, passages)`` returns hits; documents count at their best passage. Several passages of one document
    take its place once, so more passages than ``limit`` are asked for.
    """
    rows, times = [], []
    for query, text in queries.items():
        relevant = qrels.get(query)
        if not relevant:
            continue
        began = time.perf_counter()
        hits = search(text, limit * 3)
        times.append((time.perf_counter() - began) * 1000)
        ranked = list(dict.fromkeys(hit.chunk.document_id for hit in hits))[:limit]
        rows.append((recall(ranked, relevant), reciprocal_rank(ranked, relevant), ndcg(ranked, relevant)))
    if not rows:
        raise RequestError("vectorstore:queries.none")
    means = [round(sum(column) / len(rows), 4) for column in zip(*rows, strict=True)]
    times.sort()
    return {
        "queries": len(rows),
        "recall@5": means[0],
        "mrr@10": means[1],
        "ndcg@10": means[2],
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 2),
    }
