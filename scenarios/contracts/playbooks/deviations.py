"""Holds a contract against a playbook: which sentences speak of a position, and how far they are from it. No model."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from workbench.language import shingles

from ..contract import Contract
from ..folding import fold
from ..rates import rates
from .playbook import OTHERS, SIDES, Measure, Playbook, Position

Level = Literal["preferred", "fallback", "deviation", "never", "missing"]
_ORDER: tuple[Level, ...] = ("preferred", "fallback", "deviation", "never")
_LIKE = 0.45
"""Such a share of a position's word pairs in a sentence makes it the same wording."""
_MOST, _LEAST = (
    r"不超过|不高于|至多|不多于|以内|低于|最高|≤|不得超过",
    r"不少于|不低于|至少|不短于|以上|最低|≥|不得少于",
)
_BOUND = re.compile(
    rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))(?:[^\d，,。；;%]{{0,14}})(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)\s*"
    r"(?P<unit>%|个?工作日|[日天]|个?月|年)"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A position and the contract's wording on it; ``start`` and ``end`` are None where there is none."""

    position: Position
    level: Level
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit that a position's words state."""

    most: bool
    value: Decimal
    measure: Measure

    def holds(self, value: Decimal) -> bool:
        return value <= self.value if self.most else value >= self.value


def outcomes(contract: Contract, book: Playbook, side: str = "") -> list[Outcome]:
    """How the contract stands to each position, in the playbook's order."""
    us, them = _words(contract, book.side, side)
    found = (_outcome(contract, position, us, them) for position in book.positions)
    return [one for one in found if one is not None]


def bounds(words: str, wanted: Measure | None = None) -> list[Bound]:
    """The limits in a position: 不超过30% is at most 30 per cent, 不少于2年 at least 24 months."""
    found = []
    for match in _BOUND.finditer(fold(words)):
        unit, count = match["unit"], _number(match["n"])
        measure: Measure = "percent" if unit == "%" else "days" if "日" in unit or unit == "天" else "months"
        value = count * 12 if unit == "年" else count
        if wanted in (None, measure):
            found.append(Bound(bool(match["most"]), value, measure))
    return found


def _number(written: str) -> Decimal:
    from ..numerals import number

    return Decimal(written) if written[0].isdigit() else Decimal(int(number(written)))


def _words(contract: Contract, side: str, asked: str) -> tuple[str, str]:
    """Patterns for both sides' names in this contract: the playbook's words and what the head calls them."""
    ours, others = set(SIDES.get(side, ())), set(SIDES.get(OTHERS.get(side, ""), ()))
    known = [party.roles for party in contract.parties]
    mine = next((roles for roles in known if roles & ours), None) or next(
        (roles for roles in known if asked and asked in roles), None
    )
    theirs = next((roles for roles in known if roles is not mine and (roles & others or mine is not None)), None)
    if mine is None and theirs is not None:
        mine = next((roles for roles in known if roles is not theirs), None)
    ours |= mine or set()
    others |= theirs or set()
    shared = ours & others
    return _either(ours - shared), _either(others - shared)


def _either(words: set[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})" if words else r"(?!)"


def _outcome(contract: Contract, position: Position, us: str, them: str) -> Outcome | None:
    def spoken(pattern: str) -> re.Pattern[str] | None:
        return re.compile(pattern.replace("<us>", us).replace("<them>", them)) if pattern else None

    signs = {name: spoken(getattr(position.signs, name)) for name in ("never", "fallback", "preferred")}
    places = list(_places(contract, position, spoken(position.about), signs["never"]))
    judged = [(_level(contract, position, signs, start, end), start, end) for start, end in places]
    judged = [(level, start, end) for level, start, end in judged if level is not None]
    if not judged:
        return Outcome(position, "missing") if position.required and not places else None
    worst = next((one for one in judged if one[0] == "never"), None)
    level, start, end = worst or min(judged, key=lambda one: _ORDER.index(one[0]))
    return Outcome(position, level, start, end)  # type: ignore[arg-type]


def _places(
    contract: Contract, position: Position, about: re.Pattern[str] | None, never: re.Pattern[str] | None
) -> Iterator[tuple[int, int]]:
    """The sentences that speak of a position, or say what it never accepts."""
    text = contract.folded
    words = shingles(fold(position.clause + position.preferred))
    for start, end in contract.sentences:
        sentence = text[start:end]
        if len(sentence.strip()) < 6:
            continue
        if about is not None:
            if about.search(sentence) or (never is not None and never.search(sentence)):
                yield _trimmed(text, start, end)
        elif position.clause in sentence or len(words & shingles(sentence)) > _LIKE * len(words):
            yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _level(
    contract: Contract, position: Position, signs: dict[str, re.Pattern[str] | None], start: int, end: int
) -> Level | None:
    """How a sentence stands to a position; None where it says nothing that could be judged."""
    sentence = contract.folded[start:end]
    if (never := signs["never"]) and never.search(sentence):
        return "never"
    measured = _measured(contract, position, start, end)
    if measured is not None:
        return measured
    for level in ("preferred", "fallback"):
        pattern = signs[level]
        if pattern is not None and pattern.search(sentence):
            return level
    alike: list[tuple[float, Level]] = [
        (_alike(position.preferred, sentence), "preferred"), (_alike(position.fallback, sentence), "fallback"),
        (_alike(position.never, sentence), "never"),
    ]  # fmt: skip
    share, level = max(alike)
    if share >= _LIKE:
        return level
    in_words = signs["preferred"] is not None or not position.about
    return "deviation" if in_words and not bounds(position.preferred, position.measure) else None


def _measured(contract: Contract, position: Position, start: int, end: int) -> Level | None:
    """By the figures that a sentence states, where the position sets limits for such."""
    limits = bounds(position.preferred, position.measure)
    if not limits:
        return None
    values = _values(contract, limits[0].measure, start, end, position.after)
    if not values:
        return None
    ours = [bound for bound in limits if bound.measure == limits[0].measure]
    if all(bound.holds(value) for bound in ours for value in values[:1]):
        return "preferred"
    yielding = bounds(position.fallback, limits[0].measure)
    if yielding and all(bound.holds(values[0]) for bound in yielding):
        return "fallback"
    return "deviation"


def _values(contract: Contract, measure: Measure, start: int, end: int, after: str) -> Sequence[Decimal]:
    text = contract.folded
    begin = start
    if after:
        cue = re.search(after, text[start:end])
        if cue is None:
            return []
        begin = start + cue.start()
    if measure == "percent":
        return [share for _, _, share in rates(contract, begin, end)]
    units = {"days": ("day",), "months": ("month", "year")}[measure]
    return [
        one.count if measure == "days" else one.months
        for one in contract.periods
        if begin <= one.start < end and one.unit in units
    ]


def _alike(position: str, sentence: str) -> float:
    words = shingles(fold(position))
    return len(words & shingles(sentence)) / len(words) if words else 0.0
