"""Support replies without a model: python -m bench.support --data FOLDER [--documents 300] [--queries 60]

Each question of a set is answered from a knowledge base that holds its documents, and once more with those that answer
it left out. Prints for each set: recall@5 of the evidence, the share of answerable questions that get a reply and of
unanswerable ones that get none, the share of replies that cite a right document, the share without any fact that
``bench.unsupported`` cannot find in what the reply cites, and seconds for a reply. A set without queries is skipped.
``--intents`` sets our reading of intents beside TF-IDF with logistic regression on the labelled sets.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.support.models import Reply, ReplyRequest
from scenarios.support.scenario import ReplyTask
from workbench.citations import cite
from workbench.evidence import Hit
from workbench.run import RunContext

from .intents import compare
from .retrieval import WORK, filled, kept
from .sets import Query, find, lines, load
from .unsupported import unsupported

TASK = ReplyTask()
SETS = ("support-zh", "support-en", "squad-en", "cmrc")
LABELLED = ("banking77",)
"""Sets whose questions name an intent and are answered by no document."""


@dataclass
class Without:
    """The knowledge bases with only ``documents`` in them."""

    bases: Any
    documents: set[str]

    def search(self, query: str, **asked: Any) -> Sequence[Hit]:
        found: Sequence[Hit] = self.bases.search(query, **{**asked, "documents": self.documents})
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bases, name)


@dataclass
class Tally:
    """What came of a set's questions."""

    found: list[bool] = field(default_factory=list)
    replied: list[bool] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    refused: list[bool] = field(default_factory=list)
    sourced: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def row(self) -> str:
        shares = (self.found, self.replied, self.refused, self.right, self.sourced)
        p50, p95 = np.percentile(self.seconds, [50, 95])
        balanced = (np.mean(self.replied) + np.mean(self.refused)) / 2
        told = "".join(f"{np.mean(share) if share else float('nan'):9.3f}" for share in shares)
        return f"{told}{balanced:9.3f}{p50:8.2f}{p95:8.2f}"

    def add(self, other: "Tally") -> None:
        for name, values in vars(other).items():
            getattr(self, name).extend(values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", default=SETS, help="those whose name begins so")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--intents", action="store_true")
    parser.add_argument("--show", action="store_true", help="print the questions that were decided wrongly")
    asked = parser.parse_args()
    if not asked.data.is_dir():
        print(f"{asked.data} is not there: nothing to measure with")
        return
    embedder = kept(asked.work)
    if asked.intents:
        compare(asked.data, embedder)
        return
    heads = ("recall@5", "replied", "refused", "cited", "sourced", "balanced", "p50 s", "p95 s")
    print(f"{'':26}" + "".join(f"{head:>{9 if place < 6 else 8}}" for place, head in enumerate(heads)))
    total = Tally()
    for folder in find(asked.data):
        name = folder.relative_to(asked.data).as_posix()
        if not name.startswith(tuple(asked.sets)) or name.endswith(LABELLED):
            continue
        chosen = load(folder, asked.data, asked.documents, asked.queries)
        told = {str(line["text"]): line.get("history", []) for line in lines(folder / "queries.dev.jsonl")}
        everything = {str(line["id"]) for line in chosen.documents}
        with tempfile.TemporaryDirectory() as place:
            bases = filled(Path(place), chosen, embedder)
            tally = Tally()
            for query in chosen.queries:
                _ask(query, told[query.text], bases, everything, tally, asked.show)
            bases.close()
        print(f"{name:26}{tally.row()}", flush=True)
        total.add(tally)
    print(f"{'all':26}{total.row()}")


def _ask(query: Query, history: list[Any], bases: Any, everything: set[str], tally: Tally, show: bool) -> None:
    request = ReplyRequest(message=query.text, history=history)
    began = time.perf_counter()
    reply, context = answered(request, bases)
    tally.seconds.append(time.perf_counter() - began)
    nearest = list(dict.fromkeys(passage.document_id for passage in context.passages))[:5]
    tally.found.append(bool(query.relevant.keys() & set(nearest)))
    tally.replied.append(reply.decision == "reply")
    if reply.decision == "reply":
        cited = cite(reply.reply, context.passages)
        tally.right.append(any(citation.document_id in query.relevant for citation in cited))
        tally.sourced.append(not unsupported(reply.reply, context.passages, request.message))
    elif show:
        print(f"  not answered ({reply.decision}, {reply.reason}): {query.text}")
    other, context = answered(request, Without(bases, everything - query.relevant.keys()))
    tally.refused.append(other.decision != "reply")
    if other.decision == "reply":
        tally.sourced.append(not unsupported(other.reply, context.passages, request.message))
        if show:
            print(f"  answered without evidence: {query.text} -> {other.reply[:120]!r}")


def answered(request: ReplyRequest, knowledge: Any) -> tuple[Reply, RunContext]:
    """The composer's reply to ``request`` from the knowledge base called kb."""
    context = RunContext(TASK.language(request, "zh"), knowledge, ("kb",))
    TASK.gather(request, context)
    return TASK.compose(request, context), context


if __name__ == "__main__":
    main()
