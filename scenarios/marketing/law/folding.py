"""Advertising copy as a reader hears it: one width, one script, disguised words read plainly; places stay known."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_RULES = Path(__file__).parent / "rules"
PICTURE = "\ufffc"
"""What stands in folded text for an emoji or another picture."""
_GAP = rf"[\s.·・•*_~|/\\'\"^+=#@&、〇○●◎\-{PICTURE}]{{0,3}}"
_LATIN = re.compile(r"[a-z0-9]")
LOOSE, MASKED = 1, 2


class Spelling(BaseModel):
    """Another way to write ``plain``, as a pattern."""

    model_config = ConfigDict(extra="forbid")
    find: str
    plain: str


class Evasions(BaseModel):
    """``rules/evasions.yaml``: how risky words are disguised."""

    model_config = ConfigDict(extra="forbid")
    words: list[str]
    signs: dict[str, list[str]]
    spellings: list[Spelling]


@dataclass(frozen=True)
class Folded:
    """``text`` with, for each of its characters, where it stands in the original: ``places[i]`` is (start, end).

    ``disguised[i]`` says how character ``i`` is written in another way: 0 not at all, ``LOOSE`` apart or with a sign of
    the same look or sound, ``MASKED`` with letters or circled signs in place of Han, which nobody does by accident.
    """

    text: str
    places: list[tuple[int, int]]
    disguised: list[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original."""
        return self.places[start][0], self.places[end - 1][1]


def fold(text: str) -> Folded:
    """Full width to half width, lower case, traditional to simplified, pictures to one sign, disguises undone."""
    signs, places, circled = [], [], []
    for place, char in enumerate(text):
        for sign in _plain(char):
            signs.append(sign)
            places.append((place, place + 1))
            circled.append(LOOSE if sign != PICTURE and unicodedata.category(char) in ("No", "So") else 0)
    folded = Folded("".join(signs), places, circled)
    for pattern, plain in _spellings():
        folded = _unmask(folded, pattern, plain)
    for pattern, plain in _disguises():
        folded = _unmask(folded, pattern, plain)
    return folded


def _plain(char: str) -> str:
    if char in "\n\r":
        return "\n"
    kind = unicodedata.category(char)
    plain = unicodedata.normalize("NFKC", char)
    if plain.isalnum():  # circled digits and letters are symbols by category
        return "".join(_script().get(sign, sign) for sign in plain.casefold())
    if kind in ("Cf", "Mn", "Me"):  # zero width signs, variation selectors, keycaps
        return ""
    if kind == "So":
        return PICTURE
    return plain.casefold()


def _unmask(folded: Folded, pattern: re.Pattern[str], plain: str) -> Folded:
    text, places, disguised = "", list[tuple[int, int]](), list[int]()
    last = 0
    for match in pattern.finditer(folded.text):
        start, end = match.span()
        if match.group() == plain.casefold() or _inside_word(folded.text, start, end):
            continue
        text += folded.text[last:start] + plain.casefold()
        places += [*folded.places[last:start], *[folded.origin(start, end)] * len(plain)]
        masked = re.search("[a-z]", match.group()) or any(folded.disguised[start:end])
        level = MASKED if masked and not plain.isascii() else LOOSE
        disguised += [*folded.disguised[last:start], *[level] * len(plain)]
        last = end
    return Folded(text + folded.text[last:], places + folded.places[last:], disguised + folded.disguised[last:])


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether the span cuts a Latin word or a number: the pinyin ``di`` in ``media`` disguises nothing."""
    edges = ((start - 1, start), (end - 1, end))
    return any(
        left >= 0 and right < len(text) and _LATIN.match(text[left]) and _LATIN.match(text[right])
        for left, right in edges
    )


@cache
def _evasions() -> Evasions:
    return Evasions.model_validate(yaml.safe_load((_RULES / "evasions.yaml").read_text("utf-8")))


@cache
def _spellings() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(spelling.find, re.IGNORECASE), spelling.plain) for spelling in _evasions().spellings]


@cache
def _disguises() -> list[tuple[re.Pattern[str], str]]:
    """A pattern for each risky word, the longest word first."""
    signs = _evasions().signs
    patterns = []
    for word in sorted(_evasions().words, key=len, reverse=True):
        parts = ["(?:" + "|".join([char, *map(re.escape, signs.get(char, []))]) + ")" for char in word]
        patterns.append((re.compile(_GAP.join(parts)), word))
    return patterns


@cache
def _script() -> dict[str, str]:
    """Traditional sign -> simplified sign, from ``rules/script.txt``: two lines of equal length."""
    traditional, simplified = (_RULES / "script.txt").read_text("utf-8").splitlines()
    return dict(zip(traditional, simplified, strict=True))


def sentence_starts(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of a folded text; line ends and strong punctuation part them."""
    cuts = [0, *(match.end() for match in re.finditer(r"[。!?;\n]+|\.(?=\s)", text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if text[start:end].strip()]
