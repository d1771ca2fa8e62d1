"""The numbers that Word shows before paragraphs: ``numbering.xml`` counted through a document."""

import re
from collections.abc import Callable
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts the lists of one document. ``root`` is its ``w:numbering``, or None."""

    def __init__(self, root: Any) -> None:
        self._abstract: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._abstract = {node.get(f"{_W}abstractNumId"): node for node in root.iter(f"{_W}abstractNum")}
            self._lists = {node.get(f"{_W}numId"): node for node in root.iter(f"{_W}num")}
            named = {_value(node, "styleLink"): key for key, node in self._abstract.items()}
            for key, node in self._abstract.items():
                if (link := _value(node, "numStyleLink")) in named and link:
                    self._abstract[key] = self._abstract[named[link]]

    def level_of_style(self, number: str, style: str) -> int:
        """The level of list ``number`` that belongs to paragraph style ``style``; 0 where none does."""
        for level in self._levels(number):
            if _value(level, "pStyle") == style:
                return int(level.get(f"{_W}ilvl", 0))
        return 0

    def next(self, number: str, depth: int) -> str:
        """What stands before the next paragraph of list ``number`` at level ``depth`` (from 0); empty for a bullet."""
        if number not in self._lists:
            return ""
        counts = self._counts.setdefault(_value(self._lists[number], "abstractNumId"), {})
        levels = {int(level.get(f"{_W}ilvl", 0)): level for level in self._levels(number)}
        if depth not in levels:
            return ""
        if number not in self._begun:  # a list that begins anew, although it looks like another one
            self._begun.add(number)
            for override in self._lists[number].iter(f"{_W}lvlOverride"):
                if (start := _value(override, "startOverride")).isdigit():
                    counts[int(override.get(f"{_W}ilvl", 0))] = int(start) - 1
        counts[depth] = counts.get(depth, _start(levels[depth]) - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            restart = _value(levels[deeper], "lvlRestart") if deeper in levels else ""
            if not restart.isdigit() or depth < int(restart):
                del counts[deeper]
        return _shown(levels, depth, counts)

    def _levels(self, number: str) -> list[Any]:
        """The levels of a list, its own ones last, so that they win."""
        entry = self._lists.get(number)
        if entry is None:
            return []
        shared = self._abstract.get(_value(entry, "abstractNumId"))
        return [*(shared.iter(f"{_W}lvl") if shared is not None else ()), *entry.iter(f"{_W}lvl")]


def _shown(levels: dict[int, Any], depth: int, counts: dict[int, int]) -> str:
    level = levels[depth]
    if _format(level) == "bullet":
        return ""
    legal = level.find(f"{_W}isLgl")

    def place(match: re.Match[str]) -> str:
        other = int(match.group(1)) - 1
        if other not in levels:
            return ""
        count = counts.get(other, _start(levels[other]))
        plain = legal is not None and legal.get(f"{_W}val") not in ("0", "false")
        return numeral(count, "decimal" if plain else _format(levels[other]))

    return _PLACE.sub(place, _value(level, "lvlText"))


def _value(node: Any, name: str) -> str:
    found = node.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _start(level: Any) -> int:
    start = _value(level, "start")
    return int(start) if start.isdigit() else 1


def _format(level: Any) -> str:
    formats = list(level.iter(f"{_W}numFmt"))  # the last one is for programs that do not know the first
    return formats[-1].get(f"{_W}val", "decimal") if formats else "decimal"


def numeral(count: int, form: str) -> str:
    """``count`` in a number format of ISO 29500-1, 17.18.59; formats not known here come out as digits."""
    write = _FORMS.get(form)
    return write(count) if write is not None else str(count)


def chinese(count: int) -> str:
    """一, 十, 二十一, 一百零五: as legal texts number their articles. Digits from 100,000 on and below 1."""
    if not 0 < count < 100_000:
        return str(count)
    words, empty = "", False
    for unit, size in (("万", 10_000), ("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, count = divmod(count, size)
        if digit:
            words += ("零" if empty and words else "") + _DIGITS[digit] + unit
        empty = not digit and bool(words)
        if not count:
            break
    return words.removeprefix("一") if words.startswith("一十") else words


def roman(count: int) -> str:
    """Lower case."""
    words = ""
    for size, letters in _ROMAN + _ROMAN_ONES:
        words += letters * (count // size)
        count %= size
    return words


def _letters(count: int) -> str:
    return chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26) if count > 0 else str(count)


def _one_of(characters: str) -> Callable[[int], str]:
    return lambda count: characters[count - 1] if 0 < count <= len(characters) else str(count)


def _from(first: int, most: int) -> Callable[[int], str]:
    return lambda count: chr(first + count - 1) if 0 < count <= most else str(count)


def _formal(count: int) -> str:
    return chinese(count).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda count: "",
    "decimalZero": lambda count: f"{count:02}",
    "upperRoman": lambda count: roman(count).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
    "ordinal": lambda count: (
        f"{count}{'th' if count % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"
    ),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _from(0x2460, 20),
    "decimalEnclosedCircleChinese": _from(0x2460, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "decimalFullWidth": lambda count: str(count).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalFullWidth2": lambda count: str(count).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
}
