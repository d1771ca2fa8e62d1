# ruff: noqa: E501  # a pattern is read best in one piece
"""How far two texts speak of the same things, word by word, in Chinese and English."""

import re
from collections.abc import Iterator
from functools import lru_cache

from .taxonomy import folded

_RUN = re.compile(r"[a-z][a-z0-9+#]*|[\u3400-\u9fff]+")
_STOP = frozenset(
    """a an the of in on to for and or with as at by from is are was were be been has have had must should will would can could may
    this that these those it its their our your you we they he she his her him i my me who which what when where how able ability
    experience experienced knowledge skill skills strong good excellent proven solid working work relevant related required
    requirement preferred plus years year including such other etc well within across more than least using use used new all any
    具有 具备 拥有 熟悉 了解 掌握 精通 熟练 相关 以上 能力 经验 经历 优先 良好 较强 工作 能够 负责 进行 以及 有效 一定 要求 有过
    从事 参与 知识 能够 使用""".split()  # noqa: SIM905
)
_ENDINGS = re.compile(r"(?:ations?|ings?|ments?|ers?|ors?|ies|ed|es|s|e|ion|ions|al|ly|y)$")


def stem(word: str) -> str:
    """An English word without its usual endings, so that managing, managed and manager meet."""
    short = _ENDINGS.sub("", word) if len(word) > 4 else word
    return short if len(short) >= 3 else word


@lru_cache(maxsize=200_000)
def _terms(run: str) -> tuple[str, ...]:
    if run.isascii():
        return () if run in _STOP else (stem(run),)
    import rjieba

    words = [word for word in rjieba.cut(run) if len(word) > 1 and word not in _STOP]
    return tuple(words or (run[:2],))


def terms(text: str) -> Iterator[str]:
    """The words that carry meaning, in order, repeated as they stand."""
    for run in _RUN.findall(folded(text)):
        yield from _terms(run)


def likeness(wanted: str, text: str) -> float:
    """The share of the telling words of ``wanted`` that ``text`` holds, 0 to 1."""
    words = set(terms(wanted))
    held, plain = set(terms(text)), folded(text)
    return sum(word in held or (not word.isascii() and word in plain) for word in words) / len(words) if words else 0.0
