"""Text to words for the lexical index: Chinese cut by rjieba, the rest by letters and digits."""

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
# Words that stand in almost every question and say nothing about its subject. They still index.
_STOP = frozenset(
    """
    的 了 吗 呢 吧 啊 是 我 你 您 们 我们 你们 在 有 和 与 就 都 也 很 什么 怎么 如何 请问 可以 能 要 会 这 那 个 一个
    a an the is are was were do does did i you my your me we our it its to of in on at for and or be can could would
    will what how when where which who why if this that with from have has had not please
    """.split()  # noqa: SIM905  # a list literal of a hundred quoted words is no easier to read
)


def words(text: str) -> Iterator[str]:
    """The words of ``text``: half width, lower case, in order, repeated as they stand."""
    import rjieba

    folded = unicodedata.normalize("NFKC", text).casefold()
    for run in _WORD.findall(folded):
        if _HAN.search(run):
            yield from (word for word in rjieba.cut(run) if word.strip())
        else:
            yield run


def query_words(text: str) -> list[str]:
    """The distinct words of a query that say what it is about; all of them when nothing else is left."""
    distinct = list(dict.fromkeys(words(text)))
    return [word for word in distinct if word not in _STOP] or distinct


def index_words(text: str) -> Iterator[str]:
    """The words of ``text`` and the shorter words within them, so that 保修 finds 保修期限."""
    for word in words(text):
        yield word
        yield from parts(word)


def parts(word: str) -> list[str]:
    """The shorter words within a Chinese word, which together make it up; none for others."""
    import rjieba

    if not _HAN.search(word):
        return []
    return [part for part in rjieba.cut_for_search(word) if part != word and part.strip()]
