"""Numbers as contracts write them: figures, Chinese numerals, English words."""

import re

from workbench.language import han_number

HAN = "零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟"
NUMBER = rf"(?:\d+(?:\.\d+)?|[{HAN}]+)"
"""A number in figures or in Chinese, for use in patterns."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {
    word: 10 * i
    for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_ENGLISH = {**{word: i for i, word in enumerate(_ONES)}, **_TENS}
_SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9}


def number(written: str) -> float:
    """A number written in figures or in Chinese. Raises ``ValueError`` for anything else."""
    written = written.strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", written):
        return float(written)
    if not written or any(char not in HAN for char in written):
        raise ValueError(written)
    return float(han_number(written))


def english_number(words: str) -> int:
    """``one hundred and twenty-five thousand`` is 125000; 0 when there is no number word."""
    total = group = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _ENGLISH:
            group += _ENGLISH[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in _SCALES:
            total += max(group, 1) * _SCALES[word]
            group = 0
    return total + group


def roman(letters: str) -> int:
    """``XIV`` is 14."""
    values = [_ROMAN[letter] for letter in letters.upper()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
