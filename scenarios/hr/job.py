# ruff: noqa: E501  # a pattern is read best in one piece
"""A job description as a list of requirements, hard or soft, each with a weight."""

import re
from dataclasses import dataclass, field
from typing import Literal

from workbench.language import detect, sentences

from .models import Requirement
from .requirement import Condition, DegreeLevel, Lives, Pays, Score, Shown, Words, Years, conditions, is_discriminatory
from .sections import BULLET
from .taxonomy import Concept, find, folded

_WANTED = re.compile(
    r"(?:任职|岗位|职位|招聘|应聘|基本|能力|技能|资格|职务|录用)*(?:要求|资格|条件|资质)|(?:必须|必需|应当?|须|需|需要)?(?:具备|满足)(?:的)?(?:条件|能力|素质)?|(?:必备|硬性|基本|入职)(?:条件|要求|技能)?|我们希望你|希望你|我们需要(?:的)?你|你需要具备|我们期待的你|"
    r"(?:key |job |minimum |basic |required |essential |position |candidate |desired |technical )*(?:requirements?|qualifications?|skills?|skill sets?|criteria|competencies)"
    r"(?:(?:/| and | & |, )(?:requirements|qualifications|skills|experience|education|knowledge|abilities))*(?: required| needed)?|(?:desired )?candidate profile|who you are|what you(?:'ll)? (?:need|bring)|what we(?:'re| are) looking for|must haves?|your profile|about you|eligibility|you have|experience|education|language",
    re.IGNORECASE,
)
_NICE = re.compile(
    r"加分项?|优先(?:条件|考虑)?|加分条件|优先录用条件|(?:preferred|desired|desirable|additional|bonus)(?: qualifications?| skills?| experience| points)?|nice[- ]to[- ]haves?|bonus|pluses|good to have",
    re.IGNORECASE,
)
_DUTIES = re.compile(
    r"(?:岗位|工作|职位|主要)*(?:职责|内容|描述|任务)|你将负责|(?:key |main |primary |job |core )*(?:responsibilit(?:y|ies)|duties|tasks|role)(?:(?:/| and | & )(?:responsibilities|duties))*|what you(?:'ll| will) do|job description|about the (?:job|role)|the role|job summary|responsibility areas|key responsibility areas|duties and requirements|roles and responsibilities|responsibilities and duties",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:公司|企业|团队|关于我们|我们是谁)(?:简介|介绍|概况)?|(?:薪酬|薪资)?福利(?:待遇)?|福利|(?:我们|公司|企业)(?:能|将)?(?:为你)?提供|你(?:将|会)(?:获得|得到)|薪资待遇|工作时间|联系(?:方式|我们|人)|(?:简历)?投递(?:方式|简历|说明)?|应聘方式|(?:招聘|面试)流程|about (?:us|the company|[a-z0-9 ]{2,20})|company (?:profile|overview)|benefits|perks(?: and benefits)?|what we offer|how to apply|why (?:join )?us|working days and times|compensation",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^[\W_]*(工作地点|办公地点|地点|薪资(?:范围|待遇)?|薪酬|月薪|年薪|学历(?:要求)?|经验(?:要求)?|工作年限|工作经验|年龄|性别|语言(?:要求)?|专业(?:要求)?|证书|location|salary|education|experience|languages?|pay|compensation|certifications?)\s*[:：]\s*\S",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:职位|岗位|招聘|职位名称|岗位名称|招聘岗位|应聘岗位|job title|position(?: title)?|title|role)\s*[:：]\s*(.+)$",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"必须|必备|须(?!知)|务必|硬性|要求.{0,4}具备|\bmust\b|required|mandatory|minimum|at least|essential|不少于|至少",
    re.IGNORECASE,
)
_PREFER = re.compile(
    r"优先|加分|更佳|尤佳|最好|preferred|preferabl|nice to have|a plus|bonus|desirable|advantage|ideally|desired",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\s*(?:\d{1,2}\s*[.)、．:：]|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.])\s*")
_NOTHING_ASKED = re.compile(
    r"[:：]$|^(?:job type|employment type|application deadline|contract length|schedule|work remotely|投递|联系人|截止)",
    re.IGNORECASE,
)
_MOST = 24
_LONGEST_SENTENCE = 200
_PARTS = re.compile(
    r"[，,；;、]\s*|(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])|\s+(?:and|with)\s+|\s+(?=(?:based|living) in\b)|\s+(?=(?:under|below|up to) [$€£]?\d)", re.IGNORECASE
)  # fmt: skip
HARD, SKILL, SOFT, PROSE = 3.0, 2.0, 1.0, 0.5
"""Weights that a requirement gets from its words: a hard one, a skill, anything else, what was only told in prose."""
_WHO = re.compile(
    r"(?:请|帮我)*(?:找|招|要|需要)?(?:一[个名位])?(?:在|住在?)?(?P<first>[^，,。的]{2,14})的(?P<post>[\u3400-\u9fff]{2,10})$"
)
_PAY = re.compile(r"^\d[\d.]*\s*[kK千万][\u3400-\u9fff]{0,3}$")
Source = Literal["wanted", "nice", "prose"]


@dataclass(frozen=True)
class Job:
    """A job: its title, its whole text, what it asks for with the conditions of each, what its title is about."""

    title: str
    text: str
    requirements: list[Requirement]
    tests: list[list[Condition]]
    about: list[Concept] = field(default_factory=list)


def read_job(text: str, given: list[Requirement]) -> Job:
    """Read a job description. ``given`` requirements are taken as they are; without any they come from the text."""
    title = _title(text)
    stated = [] if given else _wanted(text, title) or [(words, "wanted") for words in _sentence(text)]
    asked = [_completed(one, one.text, number) for number, one in enumerate(given, 1)] or [
        _completed(Requirement(text=words), words, number, source) for number, (words, source) in enumerate(stated, 1)
    ]
    about = [mention.concept for mention in find(title, "role", "skill")]
    return Job(title, text, asked, [conditions(one.text) for one in asked], about)


def _completed(given: Requirement, words: str, number: int, source: Source = "wanted") -> Requirement:
    tests = conditions(words)
    if is_discriminatory(words) and all(isinstance(test, Words) for test in tests):
        return given.model_copy(update={"id": given.id or f"r{number}", "hard": False, "weight": 0.0})
    hard = given.hard if given.hard is not None else source != "nice" and _is_hard(words, tests, source)
    weight = given.weight
    if weight is None:
        skill = any(
            isinstance(test, Shown) and any(one.kind in ("skill", "certificate") for one in test.concepts)
            for test in tests
        )
        weight = (
            HARD
            if hard
            else PROSE
            if source == "prose"
            else SKILL
            if skill and source == "wanted" and not _PREFER.search(words)
            else SOFT
        )
    return given.model_copy(update={"id": given.id or f"r{number}", "hard": hard, "weight": weight})


def _is_hard(words: str, tests: list[Condition], source: Source) -> bool:
    if _PREFER.search(words):
        return False
    checkable = [
        test
        for test in tests
        if isinstance(test, Years | DegreeLevel | Score)
        or (isinstance(test, Shown) and any(concept.kind == "certificate" for concept in test.concepts))
    ]
    if checkable:
        return True
    return (
        source == "wanted"
        and bool(_MUST.search(words))
        and any(isinstance(test, Shown) and test.concepts[0].kind != "soft" for test in tests)
    )


def _title(text: str) -> str:
    for line in filter(None, map(str.strip, text.splitlines())):
        if named := _TITLE.match(line):
            return named.group(1).strip()[:80]
        plain = line.strip("#*【】 ")
        if len(plain) <= 80 and not re.search(r"[。；]$", plain) and not _section(plain):
            return plain
        break
    return ""


def _sentence(text: str) -> list[str]:
    """What one line asks for, as somebody types it into a search: ``Java, over 5 years, Shanghai``.

    A bare number of years belongs to the skill before it. A line that says nothing testable is a title.
    """
    line = text.strip()
    if "\n" in line or len(line) > _LONGEST_SENTENCE:
        return []
    parts = [piece for part in _PARTS.split(line) for piece in _described(part)]
    found: list[str] = []
    for part in filter(None, map(str.strip, parts)):
        tests = conditions(part)
        bare = isinstance(tests[0], Years) and not tests[0].groups and not tests[0].subject
        if bare and found and find(found[-1], "skill", "role"):
            found[-1] += f" {part}"
        else:
            found.append(part)
    testable = [part for part in found if not isinstance(conditions(part)[0], Words)]
    return testable if len(found) > 1 or any(isinstance(test, Years | DegreeLevel) for test in conditions(line)) else []


def _described(part: str) -> list[str]:
    """``找一个在深圳的产品经理`` asks for a place and a post, ``30K以内的前端`` for a pay and a post."""
    match = _WHO.match(part.strip())
    if not match or not find(match["post"], "role", "skill"):
        return [part]
    first = match["first"]
    first = f"月薪{first}" if _PAY.search(first) else first
    return [part] if isinstance(conditions(first)[0], Words) else [first, match["post"]]


def _section(line: str) -> str:
    name = folded(re.sub(r"^[\W_]+|[\W_]+$|^[一二三四五六七八九十]、", "", line)).strip()
    if not name or len(name) > 48:
        return ""
    for section, pattern in (("nice", _NICE), ("duties", _DUTIES), ("wanted", _WANTED), ("other", _OTHER)):
        if pattern.fullmatch(name):
            return section
    return ""


def _wanted(text: str, title: str) -> list[tuple[str, Source]]:
    """(the words, where they stand) of each requirement that the description states."""
    section, by_section = "", dict[str, list[str]]()
    for line in filter(None, map(str.strip, text.splitlines())):
        head, colon, rest = line.replace("：", ":", 1).partition(":")
        if named := _section(line):
            section = named
            continue
        if colon and rest.strip() and (named := _section(head)) and not _FIELD.match(line):
            section, line = named, rest.strip()
        if line.strip("# *") == title:
            continue
        where = "wanted" if _FIELD.match(line) else section
        by_section.setdefault(where, []).extend(_pieces(line))
    stated: list[tuple[str, Source]] = [(words, "wanted") for words in by_section.get("wanted", [])]
    nice: list[tuple[str, Source]] = [(words, "nice") for words in by_section.get("nice", [])]
    others = [words for key in ("", "duties") for words in by_section.get(key, [])]
    if not stated:
        stated = [(words, "prose") for words in others if not isinstance(conditions(words)[0], Words)]
    if not stated and not nice:
        stated = [(words, "prose") for words in others]
    seen: set[str] = set()
    unique = [(words, source) for words, source in stated + nice if not (words in seen or seen.add(words))]  # type: ignore[func-returns-value]
    return unique[:_MOST]


def _pieces(line: str) -> list[str]:
    """A line as single requirements: bullets off, sentences apart; Chinese ones also at a semicolon."""
    line = BULLET.sub("", _NUMBER.sub("", line)).strip()
    parts = [line[start:end].strip(" ;；。.") for start, end in sentences(line)]
    parts = [part for whole in parts for part in _NUMBER.split(whole)]
    split: list[str] = []
    for part in parts:
        split += _by_demand(part) if detect(part) == "zh" else [part]
    return [part[:600] for part in split if len(part) >= 2 and not _NOTHING_ASKED.search(part)]


def _by_demand(part: str) -> list[str]:
    """``本科及以上学历，5年以上经验`` asks for two things; what follows belongs to the one before unless it is a hard fact."""
    pieces = re.split(r"[，,]", part)
    if len(pieces) < 2:
        return [part]
    joined: list[str] = []
    last: tuple[type, ...] = ()
    for piece in pieces:
        kinds = tuple(type(test) for test in conditions(piece))
        hard_fact = any(issubclass(kind, Years | DegreeLevel | Lives | Pays | Score) for kind in kinds)
        extends_degree = kinds == (DegreeLevel,) and last and last[0] is DegreeLevel
        if joined and (
            not (hard_fact or (last and issubclass(last[0], Years | DegreeLevel))) or extends_degree or Words in kinds
        ):
            joined[-1] += "，" + piece
        else:
            joined.append(piece)
        last = kinds
    return joined
