"""How platforms count the length of a text, and cutting a text so that it fits."""

import math
import unicodedata
from collections.abc import Callable
from typing import Literal

from workbench.language import sentences

Measure = Literal["characters", "sms", "gbk", "google", "weibo"]


def length(text: str, measure: Measure) -> int:
    """The length of ``text`` as a platform counts it.

    - characters: one for each character
    - sms: UTF-16 units, of which a segment takes 70; plain ASCII as its share of the 160 that one takes (GSM 03.38)
    - gbk: two for each Chinese character and one for each ASCII one (Baidu, Taobao)
    - google: two for each wide or full-width character (Google Ads counts double-width ones twice)
    - weibo: half for each ASCII character, rounded up
    """
    return _COUNTERS[measure](text)


def fits(text: str, limit: int, measure: Measure) -> bool:
    """Whether ``text`` is not longer than ``limit``."""
    return length(text, measure) <= limit


def cut(text: str, limit: int, measure: Measure) -> str:
    """The longest beginning of ``text`` that fits, ending where a sentence ends, else a clause, else a character."""
    if fits(text, limit, measure):
        return text
    ends = [end for _, end in sentences(text)]
    ends += [place for place, char in enumerate(text) if char in "，,；;\n "]
    for end in sorted(ends, reverse=True):
        piece = text[:end].rstrip("，,；; \n")
        if piece and fits(piece, limit, measure):
            return piece
    while text and not fits(text, limit, measure):
        text = text[:-1]
    return text.rstrip("，,；;、 ")


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _gbk(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


_COUNTERS: dict[Measure, Callable[[str], int]] = {
    "characters": len,
    "sms": lambda text: math.ceil(len(text) * 70 / 160) if text.isascii() else len(text.encode("utf-16-le")) // 2,
    "gbk": _gbk,
    "google": _wide,
    "weibo": lambda text: math.ceil(_gbk(text) / 2),
}
