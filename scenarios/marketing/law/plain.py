"""The plain line that takes the place of copy of which nothing may stay: its goods, its topic and its plain facts."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from zlib import crc32

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.language import detect
from workbench.texts import Lang

from .rulebook import RULES

_LONGEST = 8
"""Goods of more Chinese signs are rather a clause than a name."""
_OWNED = re.compile(r"\b(?:our|this|my)\s+(?:new\s+)?|^(?:the\s+)(?:[\w-]+(?:est|selling)\s+)?", re.IGNORECASE)
_NAMED = re.compile(r"\b[A-Z][a-z]+[A-Z]\w+\b")
_PRAISED = re.compile(
    r"\b(?:\w+est|most\s+\w+|only|leading|top-selling|last)\s+((?:[\w-]+\s+)?[\w-]+?)"
    r"(?=[.,!]|\s+(?:in|on|of|you|you'll|money|ever|that|for|we|this)\b)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?:that|which|who|with|without|is|are|was|were|can|can't|will|won't|has|have|for|from|in|on|of|to|by|and|or|than|as|"
    r"so|right|when|while|if|you|your|we|our|they|it|at|after|before|into|now|today|ever|just|only|simply|actually|\w+ly|"
    r"\w+n't|\w*\d\w*|leaves?|works?|makes?|gives?|adds?|does|do|every\w*|all|no|not|never)",
    re.IGNORECASE,
)


class Lines(BaseModel):
    """``lines`` for one rule or family, with places for {goods} and {aspect}; ``goods`` for goods that have no name."""

    model_config = ConfigDict(extra="forbid")
    goods: str
    lines: list[str]


class Plain(BaseModel):
    """``rules/plain.yaml`` of one language; ``aspects``, ``facts`` and ``never`` are patterns."""

    model_config = ConfigDict(extra="forbid")
    aspects: str
    facts: str
    never: str
    lines: dict[str, Lines]


def plain(copy: str, broken: Sequence[str], taken: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Lines to try in turn, the nearest to the copy first. ``broken``: the rules and families of its findings.

    Which of a family's lines comes first hangs on the copy alone: the same copy is always rewritten alike, and
    different copy mostly not.
    """
    lang = detect(copy)
    words = _plain()[lang]
    chosen = words.lines[next((key for key in broken if key in words.lines), "any")]
    aspect = re.search(rf"\b(?:{words.aspects})\b" if lang == "en" else words.aspects, copy, re.IGNORECASE)
    named = next((each for each in _goods(copy, taken, lang) if not _never(each, lang)), "")
    facts = [match.group() for match in re.finditer(words.facts, copy, re.IGNORECASE)]
    start = crc32(copy.encode())
    fitting = [
        [line for line in chosen.lines if "{aspect}" in line and aspect and aspect.group() not in named],
        [line for line in chosen.lines if "{aspect}" not in line],
    ]
    turned = [line for lines in fitting for line in _turned(lines, start)]
    for kept in (facts, []) if facts else ([],):
        for goods in filter(None, (named, chosen.goods)):
            for line in turned:
                said = line.format(goods=goods, aspect=aspect.group() if aspect else "")
                yield (
                    said if not kept else f"{'，'.join(kept)}。{said}" if lang == "zh" else f"{', '.join(kept)}. {said}"
                )


def _turned(lines: list[str], start: int) -> list[str]:
    first = start % len(lines) if lines else 0
    return lines[first:] + lines[:first]


def _never(goods: str, lang: Lang) -> bool:
    never = _plain()[lang].never
    return bool(re.search(rf"\b(?:{never})\b" if lang == "en" else never, goods, re.IGNORECASE))


def _goods(copy: str, taken: Sequence[tuple[int, int]], lang: Lang) -> Iterator[str]:
    """What the copy may be about, the likeliest first, outside the places ``taken`` by findings."""
    return _chinese(copy, taken) if lang == "zh" else _english(copy, taken)


def _chinese(copy: str, taken: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Runs of nouns: after 这款, after 的 at a clause's end, at the copy's start, longer ones at a clause's edge."""
    import rjieba

    ranked = list[tuple[int, str]]()
    for clause in re.finditer(r"[^，。！？；、,!?;：:\s]+", copy):
        place, runs = clause.start(), list[tuple[int, int, str]]()
        for word, kind in rjieba.tag(clause.group()):
            end = place + len(word)
            if kind in ("n", "nz", "eng", "nr", "ng") and word != "级":
                joined = runs and runs[-1][1] == place
                runs[-1:] = [(runs[-1][0], end, runs[-1][2] + word)] if joined else [*runs[-1:], (place, end, word)]
            place = end
        for start, end, word in runs:
            if not 2 <= len(word) <= _LONGEST or any(left < end and start < right for left, right in taken):
                continue
            before = copy[clause.start() : start]
            if re.search(r"[这该本一][款套支份瓶盒]$|我们的$|我家的?$", before):
                ranked.append((0, word))
            elif end == clause.end() and before.endswith("的"):
                ranked.append((1, word))
            elif start == 0 or (len(word) > 2 and (start == clause.start() or end == clause.end())):
                ranked.append((2, word))
    return (word for _, word in sorted(ranked, key=lambda one: one[0]))


def _english(copy: str, taken: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Names with a capital inside, what a superlative praises, one or two words after "our" or after a claim in front.

    Three words would often be a noun and its verb, and a wrong name reads worse than none.
    """
    yield from _NAMED.findall(copy)
    yield from (name for name in _PRAISED.findall(copy) if not any(map(_STOP.fullmatch, name.split())))
    opening = [end for start, end in taken if start < 2]
    for start in [match.end() for match in _OWNED.finditer(copy)] + opening:
        run = re.match(r"\s*((?:[\w'’-]+(?:\s+(?=\w))?)*)", copy[start:])
        words = list[str]()
        for match in re.finditer(r"[\w'’-]+", run[1] if run else ""):
            at = start + (run.start(1) if run else 0) + match.start()
            if _STOP.fullmatch(match.group()) or any(left <= at < right for left, right in taken):
                break
            words.append(match.group())
        if 0 < len(words) <= 2 and len(words[-1]) > 2:
            yield " ".join(words)


@cache
def _plain() -> dict[Lang, Plain]:
    entries = yaml.safe_load((RULES / "plain.yaml").read_text("utf-8"))
    return {lang: Plain.model_validate(words) for lang, words in entries.items()}
