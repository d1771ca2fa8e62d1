"""Small facts about Chinese and English text that several rooms need: language, sentences, words, figures."""

import re
import unicodedata
from collections.abc import Iterator

from .texts import Lang

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]+")
# A sentence ends at Chinese or English end punctuation with its closing quotes, or at a line's end. A full stop
# counts only before white space, so that 3.5 and file.pdf stay whole.
_END = re.compile(r"[。！？；!?]+[”’」』）)\"']*|\.(?=[\"')\]]*(?:\s|$))[\"')\]]*|\n+")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|Mr|Mrs|Ms|Dr|No|Inc|Ltd|Co|Corp|St|approx|[A-Z])\.$")
_MARKER = re.compile(r"\s?\[(\d{1,3})\]")
_DIGITS = {c: i for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for i, c in enumerate(row)}
_DIGITS |= {"两": 2, "貳": 2, "弍": 2, "參": 3, "叄": 3, "陸": 6, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_UNITS |= {"拾": 10, "佰": 100, "仟": 1000, "萬": 10_000, "億": 100_000_000}
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
_HAN_FIGURE = re.compile(
    r"(?:百分之)?[零〇一二两三四五六七八九十百千万亿]+(?=\s?(?:元|块|角|分钟|小时|天|日|周|星期|个|年|月|倍|折|次|件|人|项|条|万|公里|米|克|%))"
    r"|百分之[零〇一二两三四五六七八九十百千]+"
)

_THINGS = "个件次项条人块倍"
_ALONE = re.compile(
    r"(?<![\u3400-\u9fff])(?:[一二两三四五六七八九][十百千万]|十)[零一二三四五六七八九十百千万]*(?![\u3400-\u9fff])"
)


def detect(text: str) -> Lang:
    """The language a text is mostly written in: one Chinese character weighs about as much as one English word."""
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    return "zh" if han and han * 2 >= latin else "en"


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of ``text``, blank ones left out, citation markers kept with their sentence."""
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(text, start, match.start() + 1):
            continue
        end = match.end()
        while trailing := _MARKER.match(text, end):
            end = trailing.end()
        if end > start:
            yield from _stripped(text, start, end)
            start = end
    yield from _stripped(text, start, len(text))


def statements(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence, those that a semicolon only joins kept together."""
    opened: int | None = None
    last = 0
    for start, end in sentences(text):
        if opened is not None and "\n" in text[last:start]:
            yield opened, last
            opened = None
        opened = start if opened is None else opened
        last = end
        if text[end - 1] not in ";；":
            yield opened, end
            opened = None
    if opened is not None:
        yield opened, last


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def folded(text: str) -> str:
    """Full width to half width, lower case, white space gone: for comparing words, never for showing."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold())


def shingles(text: str) -> set[str]:
    """Chinese character pairs and English words, for measuring how far two texts speak of the same things."""
    folded_text = unicodedata.normalize("NFKC", text).casefold()
    words = set(re.findall(r"[a-z0-9]+", folded_text))
    for run in re.findall(r"[\u3400-\u9fff]+", folded_text):
        words |= {run[i : i + 2] for i in range(len(run) - 1)} or {run}
    return words


def figures(text: str) -> set[str]:
    """The figures that a text states, spelt one way: ``1,000`` and ``一千元`` give ``1000``, ``百分之五`` gives ``5%``.

    Citation markers do not count. English number words are not read.
    """
    plain = unicodedata.normalize("NFKC", _MARKER.sub("", text))
    found = set()
    for match in _FIGURE.finditer(plain):
        digits = match.group().replace(",", "").rstrip(".")
        percent = "%" if digits.endswith("%") else ""
        digits = digits.removesuffix("%")
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        found.add((digits.lstrip("0") or "0") + percent)
    for match in _HAN_FIGURE.finditer(plain):
        value = match.group()
        percent = "%" if value.startswith("百分之") else ""
        found.add(f"{han_number(value.removeprefix('百分之'))}{percent}")
    return found


def with_digits(text: str) -> str:
    """``text`` with Chinese amounts in digits: ``七天`` as ``7天``, ``两千元`` as ``2000元``, ``二十四`` by itself as
    ``24``. A bare ``一`` before things stays, since ``一个`` counts nothing."""

    def spelt(match: re.Match[str]) -> str:
        words = match.group()
        if words.startswith("百分之"):
            return f"{han_number(words.removeprefix('百分之'))}%"
        return words if words == "一" and text[match.end() : match.end() + 1] in _THINGS else str(han_number(words))

    return _ALONE.sub(lambda match: str(han_number(match.group())), _HAN_FIGURE.sub(spelt, text))


def han_number(text: str) -> int:
    """A Chinese numeral as an integer: ``三百二十`` and ``叁佰贰拾`` are 320, ``二〇二六`` is 2026."""
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text) or 0)
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _UNITS[char] >= 10_000:
            unit = _UNITS[char]
            section += digit
            total = total + section * unit if total >= unit else (total + section) * unit
            section = digit = 0
        else:
            section += (digit or 1) * _UNITS[char]
            digit = 0
    return total + section + digit


def without_markers(text: str) -> str:
    """The text without its citation markers."""
    return _MARKER.sub("", text)


def markers(text: str) -> list[tuple[str, int, int]]:
    """(marker, start, end) of each citation marker, in order; the marker as ``[3]``."""
    return [(f"[{match.group(1)}]", match.start(), match.end()) for match in _MARKER.finditer(text)]
