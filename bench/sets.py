"""Retrieval sets on disk: a folder each with ``corpus.jsonl`` or ``.jsonl.gz``, ``queries.dev.jsonl``, ``qrels.tsv``.

Corpus lines are ``{"id", "title", "text"}``, queries ``{"id", "text"}``. A query over long documents also has
``answers`` and ``answer_start`` (character offsets in its document): the passage that holds one of them is right.
"""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from vectorstore.evaluation import read_qrels


@dataclass(frozen=True)
class Query:
    """A question, the documents that answer it, and where in them the answers stand (empty: anywhere)."""

    text: str
    relevant: dict[str, int]
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class RetrievalSet:
    """A set cut to size: ``documents`` are corpus lines, those that answer ``queries`` and drawn others."""

    name: str
    queries: list[Query]
    documents: list[dict[str, Any]]


def find(data: Path) -> list[Path]:
    """The folders below ``data`` that hold a set with queries to tune on."""
    return sorted(path.parent for path in data.rglob("queries.dev.jsonl") if (path.parent / "qrels.tsv").exists())


def load(folder: Path, data: Path, documents: int, queries: int, seed: int = 7) -> RetrievalSet:
    """A set with at most so many documents and queries, drawn with ``seed``: the same ones each time."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    corpus = list(lines(next(folder.glob("corpus.jsonl*"))))
    known = {str(line["id"]) for line in corpus}
    qrels = read_qrels(folder / "qrels.tsv")
    asked = [line for line in lines(folder / "queries.dev.jsonl") if qrels.get(str(line["id"]))]
    asked = chance.sample(asked, min(queries, len(asked)))
    chosen = [
        Query(
            str(line["text"]),
            {document: gain for document, gain in qrels[str(line["id"])].items() if document in known},
            tuple(
                (start, start + len(answer))
                for start, answer in zip(line.get("answer_start", ()), line.get("answers", ()), strict=False)
            ),
        )
        for line in asked
    ]
    gold = {document for query in chosen for document in query.relevant}
    others = [line for line in corpus if str(line["id"]) not in gold]
    others = chance.sample(others, min(len(others), max(0, documents - len(gold))))
    kept = gold | {str(line["id"]) for line in others}
    return RetrievalSet(
        folder.relative_to(data).as_posix(), chosen, [line for line in corpus if str(line["id"]) in kept]
    )


def lines(path: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file of lines, gzipped or not, up to ``limit``."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in islice(file, limit) if line.strip())
