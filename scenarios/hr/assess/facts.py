# ruff: noqa: E501  # a pattern is read best in one piece
"""What a statement fixes and a wrong answer would change: its figure, who acts, what is allowed, a table's cell."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.language import detect, han_number

from .material import Material, Statement, Table
from .models import Source

_UNIT = (
    r"个?工作日|个?自然日|天|日|小时|分钟|个月|周|年(?!度|龄|版|\s?\d{1,2}\s?月)|万元|元|%|％|个百分点|次|人|名|件|份|倍|公里|米|级|"
    r"(?:business |working |calendar )?days?|hours?|minutes?|months?|weeks?|years?|percent|yuan|rmb|cny|usd|times|people|copies|kilometres|km"
)
_FIGURE = re.compile(rf"(?<![\d.,\-–/第:：])(?P<n>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百]{{1,4}})(?P<gap>\s?)(?P<unit>{_UNIT})(?![a-z])", re.IGNORECASE)  # fmt: skip
_THRESHOLD = re.compile(
    r"(?:超过|不少于|不低于|至少|已?满|高于|大于|more than|over|at least|exceed(?:s|ing)?|not less than)\s*$", re.I
)
_THRESHOLD_AFTER = re.compile(r"\s*(?:及?以上|或以上|or more|and above)", re.IGNORECASE)
_ACTOR = re.compile(r"(?<=由)(?P<who>[\u3400-\u9fffA-Za-z]{2,10}?)(?=负责|审批|审核|批准|签字|签发|确认|牵头|组织|复核|办理|提出|统一|检测|受理|保管|归口)")  # fmt: skip
_ACTOR_EN = re.compile(
    r"(?<=by the )(?P<who>[a-z]+(?: [a-z]+){0,2})(?=[.,;]|$| (?:within|before|and|in|on|after))|(?<=^The )(?P<who2>[a-z]+(?: [a-z]+){0,2})(?= (?:approves|reviews|signs|checks|confirms|decides|must|shall|is responsible))"
)
_ALLOWED = (
    ("不得", "可以"), ("不能", "可以"), ("不予", "应当予以"), ("不需要", "需要"), ("无须", "必须"), ("无需", "必须"), ("应当", "不必"), ("必须", "不必"), ("均须", "均不必"),
    ("须", "不必"), ("不可以", "可以"), ("可以", "不可以"), ("不超过", "不少于"), ("不适用", "适用"), ("以上", "以下"), ("之前", "之后"),
    ("must not", "may"), ("may not", "may"), ("cannot", "can"), ("must", "need not"), ("shall", "need not"), ("do not", "do"), ("does not", "does"), ("is not", "is"), ("at least", "at most"), ("before", "after"),
)  # fmt: skip
_LADDER = (1, 2, 3, 5, 7, 10, 12, 14, 15, 20, 24, 30, 45, 60, 90, 120, 180)


@dataclass(frozen=True)
class Fact:
    """``answer`` stands in ``words`` from ``start`` to ``end``; ``wrong`` are other answers, the likeliest first.

    ``false`` is the one that makes the statement untrue whatever else holds: who may return within 30 days may also
    within 15, so an upper bound is told too high and a threshold too low.
    """

    words: str
    start: int
    end: int
    answer: str
    wrong: tuple[str, ...]
    source: Source
    heading: str
    false: str = ""

    @property
    def blanked(self) -> str:
        """The words with a gap in the answer's place."""
        gap = "（　　）" if detect(self.words) == "zh" else "____"
        return self.words[: self.start] + gap + self.words[self.end :]

    @property
    def denied(self) -> str:
        """The statement told wrongly."""
        return self.words[: self.start] + self.false + self.words[self.end :]


def figures(material: Material) -> Iterator[Fact]:
    """Facts that turn on a number with its unit."""
    by_unit: dict[str, list[float]] = {}
    found: list[tuple[Statement, re.Match[str]]] = []
    for one in material.statements:
        for match in _FIGURE.finditer(one.text):
            by_unit.setdefault(_unit(match), []).append(_value(match))
            found.append((one, match))
    counts = Counter((one.start, one.passage.title) for one, _ in found)
    for one, match in found:
        if counts[one.start, one.passage.title] > 3:  # a list of figures, not one rule
            continue
        inside = {_value(other) for other in _FIGURE.finditer(one.text) if _unit(other) == _unit(match)}
        wrong = _others(_value(match), by_unit[_unit(match)], inside)
        spelt = tuple(_spelt(value, match) for value in wrong)
        threshold = _THRESHOLD.search(one.text[: match.start()]) or _THRESHOLD_AFTER.match(one.text[match.end() :])
        untrue = [value for value in wrong if (value < _value(match)) == bool(threshold)]
        false = _spelt(untrue[0], match) if untrue else ""
        yield Fact(one.text, match.start(), match.end(), match.group(), spelt, one.source, one.heading, false)


def actors(material: Material) -> Iterator[Fact]:
    """Facts that turn on who acts; only where the material names enough others."""
    found = []
    for one in material.statements:
        pattern = _ACTOR if detect(one.text) == "zh" else _ACTOR_EN
        for match in pattern.finditer(one.text):
            who = match.group().strip()
            if who not in ("谁", "公司", "其", "the"):
                found.append((one, match.start(), match.end(), who))
    names = list(dict.fromkeys(who for _, _, _, who in found))
    for one, start, end, who in found:
        wrong = [name for name in names if name not in one.text and name not in who and who not in name]
        if len(wrong) >= 3:
            yield Fact(one.text, start, end, who, tuple(mixed(wrong, one.text)), one.source, one.heading)


def rules(material: Material) -> Iterator[Fact]:
    """Facts that turn on what is required, allowed or forbidden: one other reading each, which is wrong."""
    for one in material.statements:
        for word, other in _ALLOWED:
            pattern = rf"\b{word}\b" if word.isascii() else re.escape(word)
            match = re.search(pattern, one.text)
            if match and not (word == "须" and one.text[max(match.start() - 1, 0)] in "必无均"):
                yield Fact(one.text, match.start(), match.end(), word, (other,), one.source, one.heading, other)
                break


def cells(material: Material) -> Iterator[tuple[Fact, str, str]]:
    """(fact, row's name, column's name) for cells of tables whose column holds enough other values."""
    for table in material.tables:
        for column in range(1, len(table.header)):
            yield from _column(table, column)


def _column(table: Table, column: int) -> Iterator[tuple[Fact, str, str]]:
    values = list(dict.fromkeys(cells[column] for cells, _, _ in table.rows))
    names = [cells[0] for cells, _, _ in table.rows]
    for cells, start, end in table.rows:
        answer, name = cells[column], cells[0]
        if not answer or len(answer) > 40 or answer in ("-", "—", "无", "/") or names.count(name) > 1 or not name:
            continue
        wrong = [value for value in values if value not in (answer, "", "-", "—")]
        if len(wrong) < 3:
            wrong += [value for value in _numbers_near(answer) if value not in wrong and value != answer]
        if len(wrong) < 3:
            continue
        row = table.passage.document.text[start:end]
        place = row.find(answer, row.find(name) + len(name))
        if place < 0:
            continue
        source = table.passage.source(start, end)
        yield (
            Fact(row, place, place + len(answer), answer, tuple(wrong), source, table.heading),
            name,
            table.header[column],
        )


def _numbers_near(answer: str) -> list[str]:
    match = re.search(r"\d[\d,]*(?:\.\d+)?", answer)
    if not match:
        return []
    value = float(match.group().replace(",", ""))
    return [answer[: match.start()] + _plain(other) + answer[match.end() :] for other in _others(value, (), {value})]


def _others(value: float, known: Iterable[float], taken: set[float]) -> list[float]:
    """Other numbers that could stand there: those the material states of this unit, then near ones of the usual steps."""
    stated = sorted(set(known) - taken, key=lambda one: abs(one - value) / max(one, value, 1))[:2]
    ladder = (
        _LADDER
        if value <= 180 and value == int(value)
        else tuple(value * share for share in (0.5, 0.8, 1.2, 1.5, 2, 3))
    )
    steps = sorted((one for one in ladder if one not in taken), key=lambda one: abs(one - value) / max(one, value))
    return list(dict.fromkeys([*stated, *steps]))[:5]


def _value(match: re.Match[str]) -> float:
    digits = match["n"].replace(",", "")
    return float(digits) if digits[0].isdigit() else float(han_number(digits))


def _unit(match: re.Match[str]) -> str:
    return match["unit"].lower().removeprefix("个").removesuffix("s").replace("％", "%")


def _spelt(value: float, match: re.Match[str]) -> str:
    digits = match["n"]
    plain = _plain(value, commas="," in digits) if digits[0].isdigit() else _han(value)
    unit = match["unit"]
    if unit.isascii() and unit.lower().rstrip("s") + "s" == unit.lower() and value == 1:
        unit = unit.rstrip("s")
    elif (
        unit.isascii()
        and unit.lower()
        in ("day", "hour", "minute", "month", "week", "year", "business day", "working day", "calendar day")
        and value != 1
    ):
        unit += "s"
    return plain + match["gap"] + unit


def _plain(value: float, *, commas: bool = False) -> str:
    return f"{round(value, 2):,}".removesuffix(".0") if commas else f"{round(value, 2)}".removesuffix(".0")


def _han(value: float) -> str:
    """A whole number below 200 in Chinese numerals."""
    number, digits = int(value), "零一二三四五六七八九"
    if number >= 100:
        rest = number - 100
        return "一百" + ("零" + digits[rest] if 0 < rest < 10 else _han(rest) if rest else "")
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")


def mixed(words: Iterable[str], seed: str) -> list[str]:
    """``words`` in an order that depends on them and ``seed`` alone; no place is likelier than another."""
    return sorted(words, key=lambda word: hashlib.sha256(f"{seed}\0{word}".encode()).hexdigest())
