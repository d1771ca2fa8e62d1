"""Sentence vectors remembered for a while: a passage that answers one question is about to answer the next."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

MOST = 8192
"""Texts remembered; with 384 dimensions about 13 MB."""


class Remembered:
    """``embed`` with a memory of the ``MOST`` texts used last. Any thread may call."""

    def __init__(self, embed: Callable[[list[str]], list[list[float]]], most: int = MOST) -> None:
        self._embed = embed
        self._most = most
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(number of texts, dimensions)."""
        with self._lock:
            found = {text: self._kept[text] for text in texts if text in self._kept}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            made = self._embed(missing)
            found |= {text: np.asarray(vector, np.float32) for text, vector in zip(missing, made, strict=True)}
        with self._lock:
            for text in found:
                self._kept[text] = found[text]
                self._kept.move_to_end(text)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return np.asarray([found[text] for text in texts], np.float32)
