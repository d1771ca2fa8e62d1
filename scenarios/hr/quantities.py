# ruff: noqa: E501  # a pattern is read best in one piece
"""Numbers and number words of both languages, and the numbers of years that a text states."""

import re

from workbench.language import han_number

from .taxonomy import folded

NUMBER_WORDS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)  # noqa: SIM905
}
COUNT = rf"(?:\d{{1,4}}|{'|'.join(NUMBER_WORDS)}|[一二两三四五六七八九十百]{{1,3}})"
_N = rf"(?:\d{{1,2}}(?:\.\d)?|{'|'.join(NUMBER_WORDS)}|[一二两三四五六七八九十]{{1,3}}|半)"
YEARS = re.compile(
    rf"(?P<low>{_N})\s*(?:\(\d+\)\s*)?(?:\+|年?\s?(?:-|–|~|～|至|到|\bto\b)\s?(?P<high>{_N}))?\s*\+?\s*"
    r"(?:or more |plus )?(?:(?P<zh>个?年(?!龄|级|度|薪|终|底|初|假|代|[0-9一二三四五六七八九十]*月))|(?:years?|yrs?)(?:[’']s?)?\b)(?P<up>\s*(?:及?以上|或以上|以内|以下|\+|or more|or above|plus))?",
    re.IGNORECASE,
)  # fmt: skip
CLAIM = re.compile(r"经验|经历|从业|工作|experience|background|expertise|history", re.IGNORECASE)
"""Words beside a number of years that make it a claim about work."""


def number(word: str) -> float:
    """A figure or a number word of one of both languages."""
    if word[0].isdigit():
        return float(word)
    return 0.5 if word == "半" else float(NUMBER_WORDS.get(word.lower()) or han_number(word))


def years_said(text: str) -> list[tuple[float, float | None, int, int]]:
    """(least, upper end or None, start, end) of each number of years that a text states."""
    return [
        (number(match["low"]), number(match["high"]) if match["high"] else None, *match.span())
        for match in YEARS.finditer(folded(text))
    ]
