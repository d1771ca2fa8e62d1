"""Words of rules with what they mean: those that mean the same, those that deny each other, who somebody is."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from workbench.language import shingles

Polarity = Literal["forbid", "exempt", "permit", "require", "only", ""]

_STOP = frozenset("的了和与及或在对为由并把按给到应须经其之于以将者后时前中内并且该各等均都则每")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "do",
        "does",
        "each",
        "every",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "must",
        "no",
        "not",
        "of",
        "on",
        "or",
        "per",
        "shall",
        "should",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "up",
        "was",
        "when",
        "who",
        "will",
        "with",
        "within",
        "without",
    ]
)


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("wording.yaml").read_text("utf-8"))
    return words


@cache
def _chinese() -> tuple[re.Pattern[str], Mapping[str, str]]:
    meant = {word: row[0] for row in _words()["same"]["zh"] for word in row}
    return re.compile("|".join(sorted(map(re.escape, meant), key=len, reverse=True))), meant


@cache
def _english() -> Mapping[str, str]:
    return {_stem(word): _stem(row[0]) for row in reversed(_words()["same"]["en"]) for word in row}


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))


def topics(words: str) -> frozenset[str]:
    """What a phrase speaks of: pairs of Chinese characters and English stems, one word for all that mean the same."""
    pattern, meant = _chinese()
    plain = pattern.sub(lambda found: f" {meant[found.group()]} ", words)
    pieces = {piece for piece in shingles(plain) if not piece.isdigit()}
    chinese = {piece for piece in pieces if not piece.isascii() and not _STOP & set(piece)}
    stems = {_stem(piece) for piece in pieces if piece.isascii() and piece not in _SMALL and len(piece) > 1}
    return frozenset(chinese | {_english().get(stem, stem) for stem in stems})


@cache
def _kinds() -> list[dict[str, re.Pattern[str]]]:
    """Each row's words, in Chinese and in English, as they are found in a sentence."""
    rows = [*_words()["kinds"]["zh"], *_words()["kinds"]["en"]]
    return [
        {word: re.compile(rf"\b{word}s?\b" if word.isascii() else word, re.IGNORECASE) for word in row} for row in rows
    ]


def apart(one: str, other: str) -> bool:
    """Whether two sentences name different kinds of one thing: 休息日 and 法定节假日, logs and backups."""
    for row in _kinds():
        mine = {word for word, pattern in row.items() if pattern.search(one)}
        theirs = {word for word, pattern in row.items() if pattern.search(other)}
        if mine and theirs and not mine & theirs:
            return True
    return False


@cache
def cue(kind: str) -> re.Pattern[str]:
    """What says that something is forbidden, allowed and so on."""
    return re.compile(_words()["cues"][kind], re.IGNORECASE)


def polarity(clause: str) -> tuple[Polarity, str]:
    """What a clause does, and the clause without the words that do it. ``must be refused`` forbids to accept."""
    found: Polarity = ""
    rest = clause
    kinds: tuple[Polarity, ...] = ("exempt", "forbid", "only", "permit", "require")
    for kind in kinds:
        if cue(kind).search(rest):
            found = found or kind
            rest = cue(kind).sub(" ", rest)
    for row in [*_words()["opposite"]["zh"], *_words()["opposite"]["en"]]:
        for word in row[1:]:
            pattern = rf"\b{word}\w*" if word.isascii() else word
            if re.search(pattern, rest, re.IGNORECASE):
                rest = re.sub(pattern, row[0], rest, flags=re.IGNORECASE)
                found = _DENIED[found]
    return found, rest


_DENIED: Mapping[Polarity, Polarity] = {
    "require": "forbid", "": "forbid", "only": "forbid", "forbid": "require", "permit": "exempt", "exempt": "permit",
}  # fmt: skip


@cache
def _actors() -> Mapping[str, str]:
    return {word.casefold(): row[0] for row in _words()["actor"] for word in row}


def actor(name: str) -> str:
    """A post or department under the name that stands for all that mean it."""
    plain = re.sub(
        r"^(?:本?公司|各|本|the |its |their |our |your |my |every |each |all )(?=.)",
        "",
        name.strip(),
        flags=re.IGNORECASE,
    ).strip()
    if plain.isascii():
        plain = re.sub(r"(?<=[a-z]{2})s$", "", plain.casefold())
    return _actors().get(plain.casefold(), plain)
