# ruff: noqa: E501  # a pattern is read best in one piece
"""What a statement fixes and a wrong answer would change: its figure, who acts, what is allowed, a table's cell."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.language import detect

from .figure import Figure, figures_in, plain
from .material import Material, Statement, Table
from .models import Source
from .plausible import others

_THRESHOLD = re.compile(
    r"(?:超过|不少于|不低于|至少|已?满|高于|大于|more than|over|at least|exceed(?:s|ing)?|not less than)\s*$", re.I
)
_THRESHOLD_AFTER = re.compile(r"\s*(?:及?以上|或以上|or more|and above)", re.IGNORECASE)
_ACTOR = re.compile(r"(?<=由)(?P<who>[\u3400-\u9fffA-Za-z]{2,10}?)(?=负责|审批|审核|批准|签字|签发|确认|牵头|组织|复核|办理|提出|统一|检测|受理|保管|归口)")  # fmt: skip
_ACTOR_EN = re.compile(
    r"(?<=by the )(?P<who>[a-z]+(?: [a-z]+){0,2})(?=[.,;]|$| (?:within|before|and|in|on|after))|(?<=^The )(?P<who2>[a-z]+(?: [a-z]+){0,2})(?= (?:approves|reviews|signs|checks|confirms|decides|must|shall|is responsible))"
)
_ALLOWED = (
    ("不得", "可以"),
    ("不能", "可以"),
    ("不予", "应当予以"),
    ("不需要", "需要"),
    ("无须", "必须"),
    ("无需", "必须"),
    ("应当", "不必"),
    ("必须", "不必"),
    ("均须", "均不必"),
    ("只有", "无论是否"),
    ("严禁", "允许"),
    ("禁止", "允许"),
    ("减半", "加倍"),
    ("须", "不必"),
    ("应", "不必"),
    ("不可以", "可以"),
    ("可以", "不可以"),
    ("不超过", "不少于"),
    ("不适用", "适用"),
    ("以上", "以下"),
    ("之前", "之后"),
    ("only when", "whether or not"),
    ("only if", "whether or not"),
    ("must never", "may"),
    ("never", "always"),
    ("must not", "may"),
    ("may not", "may"),
    ("cannot", "can"),
    ("must", "need not"),
    ("shall", "need not"),
    ("do not", "do"),
    ("does not", "does"),
    ("is not", "is"),
    ("at least", "at most"),
    ("no longer than", "no less than"),
    ("before", "after"),
)  # fmt: skip_DUTY = re.compile(r"[在由于按将通先立填提报停向经以为使采签保复核告]|及时|每")
_OTHER_WORDS = ("相", "对", "供", "反", "响", "适", "不")
"""What follows 应 where it lays down a duty; 应急 and 应用 are other words."""
_EITHER = re.compile(r"\b(?:before or after|may or may not)\b|之前或之后|以上或以下", re.IGNORECASE)


_DUTY = re.compile(r"[在由于按将通先立填提报停向经以为使采签保复核告]|及时|每")
"""What follows 应 where it lays down a duty; 应急 and 应用 are other words."""
_OTHER_WORDS = ("相", "对", "供", "反", "响", "适", "不")
_EITHER = re.compile(r"\b(?:before or after|may or may not)\b|之前或之后|以上或以下", re.IGNORECASE)


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
    found: list[tuple[Statement, Figure]] = []
    for one in material.statements:
        for figure in figures_in(one.text):
            by_unit.setdefault(figure.unit, []).append(figure.value)
            found.append((one, figure))
    counts = Counter((one.start, one.passage.title) for one, _ in found)
    for one, figure in found:
        if counts[one.start, one.passage.title] > 3:  # a list of figures, not one rule
            continue
        inside = [other.value for other in figures_in(one.text) if other.unit == figure.unit]
        if inside.count(figure.value) > 1:  # told wrongly in one place, it would contradict the other
            continue
        wrong = others(figure.value, figure.unit, by_unit[figure.unit], inside)
        threshold = _THRESHOLD.search(one.text[: figure.start]) or _THRESHOLD_AFTER.match(one.text[figure.end :])
        untrue = [value for value in wrong if (value < figure.value) == bool(threshold)]
        false = figure.spelt(untrue[0]) if untrue else ""
        answer, spelt = one.text[figure.start : figure.end], tuple(map(figure.spelt, wrong))
        yield Fact(one.text, figure.start, figure.end, answer, spelt, one.source, one.heading, false)


def actors(material: Material, *, least: int = 3) -> Iterator[Fact]:
    """Facts that turn on who acts; only where the material names at least ``least`` others."""
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
        if len(wrong) >= least:
            wrong = mixed(wrong, one.text)
            yield Fact(one.text, start, end, who, tuple(wrong), one.source, one.heading, wrong[0])


def rules(material: Material) -> Iterator[Fact]:
    """Facts that turn on what is required, allowed or forbidden: one other reading each, which is wrong."""
    for one in material.statements:
        for word, other in _ALLOWED:
            pattern = rf"\b{word}\b" if word.isascii() else re.escape(word)
            match = re.search(pattern, one.text)
            if match and not _part_of_a_word(word, match, one.text):
                yield Fact(one.text, match.start(), match.end(), word, (other,), one.source, one.heading, other)
                break


def _part_of_a_word(word: str, match: re.Match[str], text: str) -> bool:
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 2]
    if word == "须":
        return before in ("必", "无", "均")
    if word == "应":
        return before in _OTHER_WORDS or not _DUTY.match(after)
    return bool(_EITHER.search(text))


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
    value, unit = float(match.group().replace(",", "")), answer[match.end() :].strip().lower()
    near = others(value, unit.removeprefix("个").removesuffix("s" if unit.isascii() else "-"))
    return [answer[: match.start()] + plain(other) + answer[match.end() :] for other in near]


def mixed(words: Iterable[str], seed: str) -> list[str]:
    """``words`` in an order that depends on them and ``seed`` alone; no place is likelier than another."""
    return sorted(words, key=lambda word: hashlib.sha256(f"{seed}\0{word}".encode()).hexdigest())
