# ruff: noqa: E501  # a pattern is read best in one piece
"""Degrees: their levels, and those that a text names."""

import re
from dataclasses import dataclass, replace

from .taxonomy import find, folded

LEVELS = ("", "middle_school", "high_school", "associate", "bachelor", "master", "doctor")
BACHELOR = LEVELS.index("bachelor")
"""From low to high; the place is the level. 专科 is ``associate``, 本科 ``bachelor``, MBA ``master``."""

_ANY_CASE = (
    (6, r"(?<!小)博士(?!后|生导师|伦)|ph\.?\s?d\b\.?|doctorate|doctoral|doctor of|d\.phil"),
    (5, r"硕士(?!生导师|生(?:及)?导)|研究生(?!导师|院)|juris master|\bj\.m\.|\bmaster [12]\b|\bmres\b|\bmphil\b|\bmba\b|\bmba\b|\bemba\b|master[’']?s\b|master of|masters? degree|masters? in|m\.sc\b|\bmsc\b|\bm\.s\.|\bm\.a\.|\bm\.eng|\bll\.?m\b|\bmpa\b|\bmpacc\b|\bma[iî]trise\b|\bmaster\b(?=\)| in\b| degree)|\bmagister\b"),
    (4, r"本科|学士|\bundergraduate in\b|\bb\.e\.|\bbpharm\b|\bb\.pharm\b|\bb\.ed\b|\bb\.eng\b|\bll\.b\b|\blicen[cs]iatura\b|bachelor[’']?s?\b|\bb\.?\s?sc\b|\bb\.s\.|\bb\.a\.|\bb\.?tech\b|\bb\.?com\b|\bbba\b|\bb\.?eng\b|\bbsn\b|\bllb\b|undergraduate degree|college degree|university degree|four[- ]year degree|4[- ]year degree|juris doctor|\bj\.d\.|大学学历"),
    (3, r"大专|(?<!本科)专科(?!护士|护理|医师|医院|医生)|高职|(?<!school )(?<!secondary )(?<!graduate )\bdiploma\b(?= in\b| of\b|,| \(|$)|(?:national|higher|advanced|polytechnic|nursing) diploma|dipl[oô]me d[’'][eé]tat|\bfoundation degree\b|\bbtec level 5\b|associate[’']?s?\s+(?:degree|of|in)|\ba\.a\.s?\.?|\bhnd\b|大学专科"),
    (2, r"(?:(?<![\u3400-\u9fff])|(?<=普通)|(?<=学历)|(?<=程度)|(?<=为))高中(?!教|英语|数学|语文|物理|化学|部|一|二|三|年级|班|语|数|英|老师|物|化)|中专|职高|技校|high school(?! (?:teacher|english|math|students?|science))|gce a.?-?levels?|a-levels|secondary school (?:diploma|certificate)|\bged\b|secondary school diploma|secondary (?:education|school leaving)|leaving certificate|\bmatura\b|\babitur\b|baccalaur[eé]at|vocational school|职业高中"),
    (1, r"初中(?!教|语|数|英|老师|部|班|生|一|二|三|年级|物|化)|小学(?:文化|学历|毕业)|middle school (?:diploma|graduate)"),
)  # fmt: skip
_CASED = ((6, r"\bPhD\b"), (5, r"(?<!, )\b(?:MS|MA|MSN|MEng|MEd|LLM)\b(?!-| Office| Word| Excel| Project| SQL|,? \d{5})"), (4, r"\b(?:BS|BA|BSN|BFA|BEng|BSc|JD|LLB)\b"), (3, r"\b(?:AA|AS|AAS)\b(?= (?:in|degree))"))  # fmt: skip
_PATTERNS = [(level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _ANY_CASE]
_PATTERNS_CASED = [(level, re.compile(pattern)) for level, pattern in _CASED]
OPEN = re.compile(
    r"在读|预计|肄业|辍学|未毕业|结业|expected(?! (?:salary|pay|compensation|monthly))|currently completing|pursuing|in progress|anticipated|candidate|incomplete|coursework toward|"
    r"currently enrolled|not completed|did not complete|(?<!\w)to be completed|退学"
)
PART_TIME = re.compile(
    r"自考|自学考试|成人|函授|网络教育|(?<!邮)电大(?!学)|开放大学|非全日制|夜大|远程教育|业余|part-time|在职(?!期间)"
)
_CLAUSE = re.compile(r"[^;；\n]+")
_MBA = re.compile(r"mba|工商管理硕士", re.IGNORECASE)
FULL_TIME = re.compile(r"统招|(?<!非)全日制|普通高等|full-time")


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree named at ``start`` to ``end``, told of until ``clause_end``. ``full_time`` is None where nothing is said;
    ``majors`` are concepts; ``title`` is ``mba`` where no other degree of the level is that one."""

    level: int
    start: int
    end: int
    complete: bool = True
    full_time: bool | None = None
    majors: tuple[str, ...] = ()
    title: str = ""
    clause_end: int = 0


def named(text: str) -> list[tuple[int, int, int]]:
    """(start, end, level) of every name of a degree in ``text``, in no order."""
    plain = folded(text)
    places = [(*match.span(), level) for level, pattern in _PATTERNS for match in pattern.finditer(plain)]
    return places + [(*match.span(), level) for level, pattern in _PATTERNS_CASED for match in pattern.finditer(text)]


def _own_words(text: str, start: int, high: int, places: list[tuple[int, int, int]], low: int) -> str:
    """What is said of the degree at ``start`` alone: from its comma to the one that begins the next degree."""
    commas = [place.start() for place in re.finditer(r"[,，、]|(?<=\d)\s+(?=\d{4})", text[low:high])]
    begin = max((low + one for one in commas if low + one < start), default=low)
    after = next((one for one, *_ in places if one > start and one < high), high)
    end = max((low + one for one in commas if start < low + one <= after), default=high) if after < high else high
    return folded(text[begin:end])


def _majors(text: str) -> tuple[str, ...]:
    """The fields that a text names, with the wider ones that they are cases of."""
    keys = [key for one in find(text, "major") for key in (one.concept.key, *sorted(one.concept.wider))]
    return tuple(dict.fromkeys(name for _, name in keys))


def degrees(text: str) -> list[Degree]:
    """The degrees that a line or a requirement names, each with what is said of it around there: a semicolon or the next
    degree's own words part one from the other."""
    places = sorted(named(text), key=lambda place: (place[0], -place[2]))
    clauses = [(match.start(), match.end()) for match in _CLAUSE.finditer(text)]
    found, reached = [], -1
    for start, end, level in places:
        if start < reached:
            continue
        reached = end
        low, high = next((one for one in clauses if one[0] <= start < one[1]), (0, len(text)))
        around = folded(text[low:high])
        told = _own_words(text, start, high, places, low)
        part_time, full_time = PART_TIME.search(around), FULL_TIME.search(around)
        majors = _majors(text[low:high])
        study = False if part_time else True if full_time else None
        title = "mba" if _MBA.search(text[start:end]) else ""
        found.append(Degree(level, start, end, not OPEN.search(told), study, majors, title, high))
    majors = _majors(text)
    return [one if one.majors else replace(one, majors=majors) for one in found]
