# ruff: noqa: E501  # a pattern is read best in one piece
"""Reads one requirement into conditions that code can test."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.language import han_number

from .degrees import FULL_TIME, degrees
from .money import Salary, salaries
from .places import Place, places
from .taxonomy import Concept, Kind, Mention, find, folded


@dataclass(frozen=True, slots=True)
class Years:
    """At least ``least`` years (at most ``most`` where only that is said) doing one of ``groups``; with no groups, in
    all. Each group holds concepts that an entry must show together. ``subject`` is the wording, for what no concept names.
    """

    least: float
    most: float | None
    groups: tuple[tuple[Concept, ...], ...]
    subject: str = ""
    any_group: bool = False


@dataclass(frozen=True, slots=True)
class DegreeLevel:
    """A completed degree of at least ``level``, in one of ``majors`` if any; ``or_experience``: work may stand for it.

    ``title`` names the only degree that will do, such as ``mba``.
    """

    level: int
    majors: tuple[str, ...] = ()
    full_time: bool = False
    or_experience: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """All of ``concepts``, or one of them with ``any_of``. ``level`` 1 to 4: heard of, familiar, good, expert."""

    concepts: tuple[Concept, ...]
    any_of: bool = False
    level: float = 2.0


@dataclass(frozen=True, slots=True)
class Speaks:
    """A language at ``level`` 1 to 5 (beginner, everyday, working, fluent, native)."""

    language: Concept
    level: float


@dataclass(frozen=True, slots=True)
class Score:
    """A test result of at least ``least``: IELTS 6.5."""

    test: Concept
    least: float


@dataclass(frozen=True, slots=True)
class TeamSize:
    """Has led at least ``least`` people."""

    least: int


@dataclass(frozen=True, slots=True)
class Lives:
    """Lives or wants to work in one of ``places``; ``or_moves``: being ready to move there is enough."""

    places: tuple[Place, ...]
    or_moves: bool = False


@dataclass(frozen=True, slots=True)
class Pays:
    """Expects a salary within what the job offers."""

    salary: Salary


@dataclass(frozen=True, slots=True)
class Words:
    """What no rule knows: the resume should speak of it in much the same words."""

    text: str


Condition = Years | DegreeLevel | Shown | Speaks | Score | TeamSize | Lives | Pays | Words

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)  # noqa: SIM905
}
_N = rf"(?:\d{{1,2}}(?:\.\d)?|{'|'.join(_NUMBER_WORDS)}|[一二两三四五六七八九十]{{1,3}}|半)"
_YEARS = re.compile(
    rf"(?P<low>{_N})\s*(?:\(\d+\)\s*)?(?:\+|年?\s?(?:-|–|~|～|至|到|\bto\b)\s?(?P<high>{_N}))?\s*\+?\s*"
    r"(?:or more |plus )?(?:(?P<zh>个?年(?!龄|级|度|薪|终|底|初|假|代|[0-9一二三四五六七八九十]*月))|(?:years?|yrs?)(?:[’']s?)?\b)(?P<up>\s*(?:及?以上|或以上|以内|以下|\+|or more|or above|plus))?",
    re.IGNORECASE,
)  # fmt: skip
_MOST = re.compile(r"不超过|最多|以内|以下|no more than|at most|up to|less than|maximum", re.IGNORECASE)
# An English comma parts a list as often as it parts clauses; it ends a clause only where another kind of demand begins.
_CLAUSE = re.compile(
    r"[，。；;\n！!]|(?<=[a-z+#)])\.(?=\s|$)|\s且|并且|同时|(?<=[\u3400-\u9fff]),|"
    r"(?:,|\band)\s+(?=(?:and\s+)?(?:(?:a|an|at least|with|strong|solid|excellent|proven|good|proficien\w+|familiar\w*|knowledge|ability|able|must|"
    r"bachelor|master|degree|fluent|fluency|preferabl[ey]|experience|hands-on|working|deep|basic|certified|holds?|willing\w*)\b|\d))",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    r"经验|经历|背景|从业|工作过|从事|担任|任职|experience|background|worked as|work as|working as|track record", re.I
)
_ANY = re.compile(
    r"或者|或|任一|任意|至少[一1]|其中之一|其中一|之一|\bor\b|one of|any of|either|/|如[：:]?|例如|比如|such as|e\.g\.?|including but|similar|\blike\b",
    re.I,
)
_DISCRIMINATES = re.compile(
    r"(?:限|仅限|只限|只招|要求|优先|须为)\s*[男女]性?|[男女]性?\s*(?:优先|不限除外)|(?<!不限)(?:性别|婚姻|婚否|已婚|未婚|已育|未育|籍贯|户籍|民族|属相|星座|血型)(?!不限)|"
    r"\d{2}\s?周?岁|年龄(?!不限)|相貌|形象气质|身高|五官|乙肝|本地户口|\b(?:male|female|men|women) only\b|\b(?:unmarried|married|single)\b(?! page)|\bage\s?\d|\byears? old\b|\byoung\b|native[- ]born",
    re.IGNORECASE,
)
_LEVELS = (
    (4.0, r"精通|专家|expert|mastery|master of|deep (?:knowledge|understanding)|advanced|in-depth|excellent"),
    (3.0, r"熟练|扎实|丰富|深入|proficien|strong|solid|fluent|hands-on|extensive|good command"),
    (2.0, r"熟悉|掌握|能够|会用|familiar|working knowledge|experience|competent|intermediate"),
    (1.0, r"了解|入门|初级|基础|接触过|basic|beginner|exposure|elementary|awareness|some knowledge|novice"),
)
_LEVEL = [(level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _LEVELS]
_SPOKEN = (
    (5.0, r"母语|native|mother tongue|bilingual"),
    (
        4.0,
        r"流利|精通|工作语言|商务|同声|无障碍|自如|fluen|proficien|full professional|business level|working language|excellent|advanced|c1\b|c2\b|strong",
    ),
    (
        3.0,
        r"良好|熟练|较好|较强|读写|沟通|professional working|upper.intermediate|good|conversational|b2\b|听说读写|written|well",
    ),
    (2.0, r"一般|日常|intermediate|limited working|b1\b|基本"),
    (1.0, r"入门|初级|简单|基础|basic|beginner|elementary|a1\b|a2\b"),
)
_SPOKEN_LEVEL = [(level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _SPOKEN]
CLAIM = re.compile(r"经验|经历|从业|工作|experience|background|expertise|history", re.IGNORECASE)
"""Words beside a number of years that make it a claim about work."""
_MOVES = re.compile(r"愿意|可到|接受|relocat|willing|open to", re.IGNORECASE)
_LED = frozenset(("team leadership", "manager"))
_PEOPLE = r"(?:people|persons?|engineers?|members?|staff|employees|reports|developers?|nurses|specialists|analysts|designers|marketers|associates|consultants|agents|technicians|accountants|testers|recruiters|representatives|executives|managers|teachers|cooks|workers|operators|drivers|salespeople|ftes?)"
_COUNT = rf"(?:\d{{1,4}}|{'|'.join(_NUMBER_WORDS)})"
_TEAM = re.compile(
    rf"(?:带|管理|领导|带领|负责|团队|协调|统筹|下属|lead|led|manag\w*|supervis\w*|head\w*|team of|leading)(?:(?!招|入职|培训|学员|学生|服务|覆盖|支持)[^\d，,。；;\n]){{0,12}}?(?P<n>\d{{1,4}}|[一二两三四五六七八九十百]{{1,3}})\s*(?:\+|多|余)?\s*(?:-\s*\d+\s*)?(?:名|个|位)?\s*(?:人(?!月|天)|员工|下属|工程师|成员|{_PEOPLE}\b)(?:以上)?|"
    r"(?P<t>\d{1,4})\s*(?:余|多)?\s*名?人(?:以上|左右|及以上)?(?:规模)?的?[\u3400-\u9fff]{0,4}(?:团队|队伍)|"
    rf"\b(?:team|squad|crew|group|department) of (?:about |over |up to |at least |some )?(?P<m>{_COUNT})\b(?!\s?%)|"
    rf"\b(?:led|leads?|leading|manag\w+|supervis\w+|heads?|headed)\s+(?:a |an |and |\w+ ){{0,3}}?(?P<e>{_COUNT})\s+(?:\w+ )?{_PEOPLE}\b",
    re.IGNORECASE,
)
_PLACE_WORDS = re.compile(
    r"工作地|地点|办公地|base|坐标|常驻|现居|居住|所在地|城市|驻地|\blocat|based in|\bonsite|on-site|\blive|resid|relocat|\bin office",
    re.I,
)
_PAY_WORDS = re.compile(r"薪|工资|待遇|月入|salary|compensation|\bpay\b|ctc|remuneration|\bk\b\s*[*×x]", re.IGNORECASE)
_MAJOR_WORDS = re.compile(r"专业|相关学科|\bmajor|degree|field|学历|本科|硕士|bachelor|master", re.IGNORECASE)
_OR_WORK = re.compile(
    r"or equivalent|equivalent (?:practical )?experience|同等学[历力]|or related experience|相当", re.IGNORECASE
)
_FILLER = re.compile(
    r"相关|工作|行业|专业|经验|经历|背景|以上|及以上|从业|具有|具备|拥有|有|的|年|从事|方面|领域|岗位|优先|者|至少|不少于|全职|"
    r"\b(?:of|in|with|as|an?|the|relevant|related|professional|work|working|experience|at|least|minimum|total|industry|"
    r"full|time|over|above|than|practical|proven|prior|previous|similar|role|position|field|hands|on|or|and|more|using|for|preferred|required|progressive|must|have|is|plus|combined|overall|years?|exp|needed|doing|s|candidates?|should|possess)\b|[\W\d_]",
    re.IGNORECASE,
)
_TESTS = {"IELTS": 9, "TOEFL": 120, "TOEIC": 990, "CET-4": 710, "CET-6": 710}


def is_discriminatory(text: str) -> bool:
    """Whether a requirement asks for gender, age, marriage, origin or looks, which may not decide a hiring.

    Source: PRC Employment Promotion Law, articles 3 and 26 to 29; Law on the Protection of Women's Rights, article 43.
    """
    return bool(_DISCRIMINATES.search(text))


def level(text: str, otherwise: float = 2.0) -> float:
    """How well a skill is to be, or is, known: 1 heard of, 2 familiar, 3 good, 4 expert."""
    return next((value for value, pattern in _LEVEL if pattern.search(text)), otherwise)


def spoken(text: str, otherwise: float) -> float:
    """How well a language is spoken: 1 beginner to 5 native."""
    return next((value for value, pattern in _SPOKEN_LEVEL if pattern.search(text)), otherwise)


def last_level(text: str, otherwise: float) -> float:
    """The level that the last such word of ``text`` says."""
    words = [(match.start(), value) for value, pattern in _LEVEL for match in pattern.finditer(text)]
    return max(words)[1] if words else otherwise


def team_sizes(text: str) -> list[tuple[int, int, int]]:
    """(people, start, end) of each team that a text says somebody led."""
    return [
        (int(number(match["n"] or match["m"] or match["e"] or match["t"])), *match.span())
        for match in _TEAM.finditer(folded(text))
    ]


def number(word: str) -> float:
    """A figure or a number word of one of both languages."""
    if word[0].isdigit():
        return float(word)
    return 0.5 if word == "半" else float(_NUMBER_WORDS.get(word.lower()) or han_number(word))


def years_said(text: str) -> list[tuple[float, float | None, int, int]]:
    """(least, upper end or None, start, end) of each number of years that a text states."""
    return [
        (number(match["low"]), number(match["high"]) if match["high"] else None, *match.span())
        for match in _YEARS.finditer(folded(text))
    ]


def conditions(text: str) -> list[Condition]:
    """Everything that a requirement asks for; all of it must hold."""
    found: list[Condition] = []
    taken: list[tuple[int, int]] = []
    mentions = find(text)
    clauses = _clauses(text)
    if _PAY_WORDS.search(text) and (offered := salaries(text)):
        return [Pays(offered[0])]
    for start, end in clauses:
        found += _years(text, start, end, mentions, taken)
    found += _degree(text, mentions, taken)
    for size, start, end in team_sizes(text):
        found.append(TeamSize(size))
        taken.append((start, end))
    if named := places(text):
        rest = _FILLER.sub("", "".join(text[: named[0].start] + text[named[-1].end :]))
        if _PLACE_WORDS.search(text) or len(rest) <= 4:
            found.append(Lives(tuple(named), bool(_MOVES.search(text))))
            taken += [(place.start, place.end) for place in named]
    found += _tests_and_languages(text, clauses, mentions, taken)
    if any(isinstance(one, TeamSize) for one in found):  # "lead a team of 10" asks for nothing more than that
        taken += [(one.start, one.end) for one in mentions if one.concept.name in _LED]
    for start, end in clauses:
        found += _shown(text, start, end, mentions, taken)
    return found or [Words(text)]


def _clauses(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for match in _CLAUSE.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    return [(low, high) for low, high in [*found, (start, len(text))] if text[low:high].strip()]


def _free(mention: Mention, taken: Sequence[tuple[int, int]]) -> bool:
    return not any(low < mention.end and mention.start < high for low, high in taken)


def _years(
    text: str, start: int, end: int, mentions: Sequence[Mention], taken: list[tuple[int, int]]
) -> list[Condition]:
    clause = text[start:end]
    match = _YEARS.search(folded(clause))
    if not match or not (
        _EXPERIENCE.search(clause) or match["zh"] or "year" in match.group().lower() or "yr" in match.group().lower()
    ):
        return []
    if re.search(r"岁|years? old", clause):
        return []
    low, high = number(match["low"]), number(match["high"]) if match["high"] else None
    if high is None and _MOST.search(clause) and not _MOST.search(folded(text[:start])):
        low, high = 0.0, low
    about = [
        mention
        for mention in mentions
        if start <= mention.start < end
        and (mention.concept.kind in ("skill", "role", "industry") or mention.concept.name == "team leadership")
    ]
    about = _without_double(about)
    taken.append((start, end))
    if any(mention.concept.kind == "skill" for mention in about):  # "Java development" asks for Java
        about = [mention for mention in about if mention.concept.name != "software development"]
    groups = _groups(text, about)
    left = _FILLER.sub("", clause[: match.start()] + " " + clause[match.end() :])
    subject = (clause[: match.start()] + " " + clause[match.end() :]).strip() if not groups and len(left) >= 2 else ""
    any_group = bool(_ANY.search(clause[: match.start()] + " " + clause[match.end() :]))
    return [Years(low, high, groups, subject, any_group)]


def _without_double(mentions: Sequence[Mention]) -> list[Mention]:
    """Of mentions that overlap, a skill beside the longer name of a role that begins with it stays; a role or industry
    inside another longer name goes."""
    kept = []
    for mention in mentions:
        inside = any(
            other is not mention
            and other.start <= mention.start
            and mention.end <= other.end
            and (
                other.end - other.start > mention.end - mention.start
                or (other.concept.kind == "skill" and mention.concept.kind != "skill")
            )
            for other in mentions
        )
        if not inside:
            kept.append(mention)
    return kept


def _groups(text: str, mentions: Sequence[Mention]) -> tuple[tuple[Concept, ...], ...]:
    """Mentions one after the other without a word between belong together; a comma, "and" or "or" parts them."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        between = text[groups[-1][-1].end : mention.start] if groups else ""
        if groups and not re.search(r"[、，,/；;]|和|与|及|或|\b(?:and|or)\b", between) and len(between) <= 12:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return tuple(_meant(group) for group in groups)


def _meant(group: Sequence[Mention]) -> tuple[Concept, ...]:
    """The concepts of mentions that stand together; "management" behind a field is the field's, no post of its own."""
    named = dict.fromkeys(mention.concept for mention in group)
    return tuple(concept for concept in named if concept.name != "manager" or len(named) == 1)


def _degree(text: str, mentions: Sequence[Mention], taken: list[tuple[int, int]]) -> list[Condition]:
    named = degrees(text)
    majors = [mention for mention in mentions if mention.concept.kind == "major" and _free(mention, taken)]
    if named:
        taken += [(degree.start, degree.end) for degree in named]
        least = min(degree.level for degree in named)
        clause_end = max(degree.end for degree in named)
        near = [
            mention
            for mention in majors
            if re.search(r"专业|相关|类", text[mention.end : mention.end + 14])
            or re.search(
                r"专业|degree|major|field|\bin\b|bachelor|master|b\.?s|m\.?s",
                text[max(0, min(mention.start, clause_end) - 24) : mention.start],
                re.I,
            )
        ]
        taken += [(mention.start, mention.end) for mention in near]
        names = tuple(dict.fromkeys(mention.concept.name for mention in near))
        title = next((degree.title for degree in named if degree.level == least), "")
        return [DegreeLevel(least, names, bool(FULL_TIME.search(text)), bool(_OR_WORK.search(text)), title)]
    if (
        majors
        and re.search(r"专业(?!技能|知识|能力|素养|证书|资格|性|英语|四级|八级|软件|的)|\bmajor|degree in", text, re.I)
        and not _YEARS.search(text)
    ):
        taken += [(mention.start, mention.end) for mention in majors]
        return [DegreeLevel(0, tuple(dict.fromkeys(mention.concept.name for mention in majors)))]
    return []


def _tests_and_languages(
    text: str, clauses: Sequence[tuple[int, int]], mentions: Sequence[Mention], taken: list[tuple[int, int]]
) -> list[Condition]:
    found: list[Condition] = []
    for mention in mentions:
        if mention.concept.kind == "certificate" and mention.concept.name in _TESTS and _free(mention, taken):
            least = re.search(r"\d{1,3}(?:\.\d)?", text[mention.end : mention.end + 12])
            if least and 1 < float(least.group()) <= _TESTS[mention.concept.name]:
                found.append(Score(mention.concept, float(least.group())))
                taken.append((mention.start, mention.end + least.end()))
    tested = any(
        mention.concept.kind == "certificate"
        and re.match(r"CET|TEM|IELTS|TOE|BEC|JLPT|TOPIK|Mandarin", mention.concept.name)
        for mention in mentions
    )
    for mention in mentions:
        if mention.concept.kind != "language" or not _free(mention, taken):
            continue
        if any(one.concept.kind == "certificate" and one.start <= mention.start < one.end for one in mentions):
            continue
        clause = next((text[low:high] for low, high in clauses if low <= mention.start < high), text)
        if re.search(r"教师|老师|教学|teacher|teaching|media|新闻|language arts", clause, re.I):
            continue
        if not tested:
            found.append(Speaks(mention.concept, spoken(text, 2.0)))
        taken.append((mention.start, mention.end))
    return found


def _shown(
    text: str, start: int, end: int, mentions: Sequence[Mention], taken: list[tuple[int, int]]
) -> list[Condition]:
    clause = text[start:end]
    kinds: list[Kind] = ["certificate", "skill", "soft"]
    if _EXPERIENCE.search(clause):
        kinds += ["role", "industry"]
    inside = [
        mention
        for mention in mentions
        if start <= mention.start < end and mention.concept.kind in kinds and _free(mention, taken)
    ]
    inside = _without_double(inside)
    found: list[Condition] = []
    any_of = bool(_ANY.search(_between(text, inside))) or bool(re.search(r"如|例如|比如|such as|e\.g|one of|任一|之一|至少[一1]|any of", clause[: max(inside[0].start - start, 0)] if inside else "", re.I)) or bool(re.search(r"之一|任一|至少[一1]|其中[一1]|one or more|at least one", clause, re.I))  # fmt: skip
    hard_kinds = [mention for mention in inside if mention.concept.kind != "soft"]
    for group in (hard_kinds, [mention for mention in inside if mention.concept.kind == "soft"]):
        named = tuple(dict.fromkeys(mention.concept for mention in group))
        if named:
            found.append(Shown(named, any_of and len(named) > 1, level(text)))
    return found


def _between(text: str, mentions: Sequence[Mention]) -> str:
    return " ".join(text[left.end : right.start] for left, right in pairwise(mentions))
