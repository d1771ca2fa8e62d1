"""Retrieval sets on disk: a folder each with ``corpus.jsonl`` or ``.jsonl.gz``, ``queries.dev.jsonl``, ``qrels.tsv``.

Corpus lines are ``{"id", "title", "text"}``, queries ``{"id", "text"}``; a query over long documents also has
``answers``, ``answer_start`` (character offset in the text) and ``doc``.
"""

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any


def lines(path: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file of lines, gzipped or not, up to ``limit``."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in islice(file, limit) if line.strip())
