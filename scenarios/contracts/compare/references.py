"""References from one clause to another, which follow when clauses are renumbered."""

import re
from collections.abc import Mapping

from ..folding import fold
from ..outline import labels

_HAN = "零〇一二三四五六七八九十百两"
REFERENCE = re.compile(
    rf"第\s?(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|[{_HAN}]{{1,6}})\s?条"
    r"|(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,3}\s?(?=条|款|项)"
    r"|\b(?:Sections?|Articles?|Clauses?|Paragraphs?)\s+(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5})\b"
)
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,3}|[IVXL]{1,6}|[零〇一二三四五六七八九十百两]{1,6}")


def number(words: str) -> tuple[int, ...] | None:
    """The number that a label or a reference names: 第八条, 8. and Section 8 are (8,)."""
    match = _FIGURE.search(fold(words))
    if not match:
        return None
    found = labels(f"第{match.group()}条" if not re.search(r"[.IVXL]", match.group()) else f"Article {match.group()} x")
    if found and "." not in match.group():
        return (found[0].number,)
    return tuple(int(part) for part in match.group().split(".")) if match.group()[0].isdigit() else None


class Renumbered:
    """What clauses were called and are called now. Called with a word it gives that word as it must read now."""

    def __init__(self, numbers: Mapping[tuple[int, ...], tuple[int, ...]]) -> None:
        self._numbers = numbers

    def __call__(self, word: str) -> str:
        if not REFERENCE.fullmatch(word):
            return word
        named = number(word)
        now = self._numbers.get(named or ())
        if now is None or now == named:
            return word
        return _FIGURE.sub(_written(word, now), word, count=1)


def _written(word: str, now: tuple[int, ...]) -> str:
    """A number in the writing of ``word``."""
    figure = _FIGURE.search(word)
    if figure and figure.group()[0] in _HAN and len(now) == 1:
        return han(now[0])
    return ".".join(map(str, now))


def han(value: int) -> str:
    """A number below 1000 in Chinese: 12 is 十二."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    out = digits[hundreds] + "百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (digits[ones] if ones else "")
