# ruff: noqa: E501  # a pattern is read best in one piece
"""Reads one requirement into conditions."""

import re
from collections.abc import Sequence

from ..availability import days_asked, month_asked
from ..money import salaries
from ..places import places
from ..schools import tier_asked
from ..taxonomy import Kind, Mention, concepts, find
from .conditions import Condition, Either, Lives, Pays, School, Score, Shown, Starts, TeamSize, Words
from .durations import FILLER, years
from .keywords import product_names
from .levels import level
from .mentioned import ANY, EXPERIENCE, Places, between, free, without_double
from .preferences import demanded
from .qualifications import degree, tests_and_languages
from .teams import team_sizes

_CLAUSE = re.compile(
    r"[，。；;\n！!]|(?<=[a-z+#)])\.(?=\s|$)|\s且|并且|同时|(?<=[\u3400-\u9fff]),|,?\s+(?=(?:including|of which) (?:at least |a minimum of )?\w+ (?:in|as|of|on)\b|including at least \w+ in-)|"
    r"(?:,|\band)\s+(?=(?:and\s+)?(?:(?:a|an|at least|with|strong|solid|excellent|proven|good|proficien\w+|familiar\w*|knowledge|ability|able|must|"
    r"bachelor|master|degree|fluent|fluency|preferabl[ey]|experience|hands-on|working|deep|basic|certified|holds?|willing\w*)\b|\d))",
    re.IGNORECASE,
)
_MOVES = re.compile(r"愿意|可到|可去|可赴|接受|能到|能来|relocat|willing|open to", re.IGNORECASE)
_RESIDENT = re.compile(r"现居|常驻|常住|居住|定居|\bbased\b|\bresid|\bliv(?:es|ing) in", re.IGNORECASE)
_SIMILAR = re.compile(r"\bcomparable\b|\bsimilar\b|\bequivalent tool|同类|类似", re.IGNORECASE)
_OR = re.compile(r"或|/|\bor\b", re.IGNORECASE)
_OF_WHOM = re.compile(r"(?:[\u3400-\u9fff]{0,8}(?:团队|队伍|部门|小组)|(?: of)? [a-z]+(?: [a-z]+)?$)?", re.IGNORECASE)
"""Who was led, behind the figure."""
_LED = frozenset(("team leadership", "manager"))
_PLACE_WORDS = re.compile(
    r"工作地|地点|办公|坐班|出勤|base|坐标|常驻|现居|居住|所在地|城市|驻地|本地|当地|同城|市内|住宿|^住|(?<=[，,])住|常住|定居|上班|到岗|\blocat|\bbased\b|\bonsite|on-site|\blive|resid|relocat|\boffice\b|\bhybrid\b|\bcommut",
    re.I,
)
_PAY_WORDS = re.compile(r"薪|工资|待遇|月入|salary|compensation|\bpay\b|ctc|remuneration|\bk\b\s*[*×x]", re.IGNORECASE)


def conditions(text: str) -> list[Condition]:
    """Everything that a requirement asks for; all of it must hold."""
    found: list[Condition] = []
    taken: list[tuple[int, int]] = []
    text = demanded(text)
    mentions = find(text)
    clauses = _clauses(text)
    if _PAY_WORDS.search(text) and (offered := salaries(text)):
        return [Pays(offered[0])]
    if begin := month_asked(text):
        return [Starts(month=begin)]
    if (wait := days_asked(text)) is not None:
        return [Starts(wait)]
    if tier := tier_asked(text):
        found.append(School(tier))
        taken += [(0, len(text))] if not degree(text, mentions, []) else []
    for start, end in clauses:
        found += years(text, start, end, mentions, taken)
    found += degree(text, mentions, taken)
    for size, start, end in team_sizes(text):
        found.append(TeamSize(size))
        taken.append((start, _OF_WHOM.match(text, end).end()))  # type: ignore[union-attr]
    if named := places(text):
        rest = FILLER.sub("", "".join(text[: named[0].start] + text[named[-1].end :]))
        if _PLACE_WORDS.search(text) or len(rest) <= 4:
            moves = bool(_MOVES.search(text))
            found.append(Lives(tuple(named), moves, bool(_RESIDENT.search(text)) and not moves))
            taken += [(place.start, place.end) for place in named]
    found += tests_and_languages(text, clauses, mentions, taken)
    if any(isinstance(one, TeamSize) for one in found):  # "lead a team of 10" asks for nothing more than that
        taken += [(one.start, one.end) for one in mentions if one.concept.name in _LED]
    for start, end in clauses:
        found += _shown(text, start, end, mentions, taken)
    if len(found) > 1 and _OR.search(text) and all(map(_certified, found)):  # "IELTS 6.5 or TEM-8"
        found = [Either(tuple(found))]
    if not found:  # "veterans preferred" names a role without a word of experience
        found = _shown(text, 0, len(text), mentions, taken, ("role", "industry"))
    return found or [Words(text)]


def _certified(condition: Condition) -> bool:
    return isinstance(condition, Score) or (
        isinstance(condition, Shown) and all(one.kind == "certificate" for one in condition.concepts)
    )


def _examples(clause: str, start: int, mentions: Sequence[Mention]) -> list[Mention]:
    """What stands in brackets as examples of what stands before them: electronic records (Epic, Cerner)."""
    bracket = re.search(r"[(（][^()（）]+[)）]", clause)
    return [one for one in mentions if bracket and bracket.start() < one.start - start < bracket.end()]


def _clauses(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for match in _CLAUSE.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    return [(low, high) for low, high in [*found, (start, len(text))] if text[low:high].strip()]


def _shown(
    text: str, start: int, end: int, mentions: Sequence[Mention], taken: Places, more: Sequence[Kind] = ()
) -> list[Condition]:
    clause = text[start:end]
    practised = bool(EXPERIENCE.search(clause))
    kinds: list[Kind] = ["certificate", "skill", "soft", *more]
    if practised:
        kinds += ["role", "industry"]
    inside = [
        mention
        for mention in mentions
        if start <= mention.start < end and mention.concept.kind in kinds and free(mention, taken)
    ]
    inside = without_double([*inside, *product_names(text, start, end, list(mentions), taken)])
    inside.sort(key=lambda mention: mention.start)
    found: list[Condition] = []
    any_of = bool(ANY.search(between(text, inside))) or bool(re.search(r"如|例如|比如|such as|e\.g|one of|任一|之一|至少[一1]|any of", clause[: max(inside[0].start - start, 0)] if inside else "", re.I)) or bool(re.search(r"之一|任一|至少[一1]|其中[一1]|one or more|at least one", clause, re.I))  # fmt: skip
    hard_kinds = [mention for mention in inside if mention.concept.kind != "soft"]
    if examples := _examples(clause, start, hard_kinds):
        any_of = True
        hard_kinds = [*examples, *(one for one in hard_kinds if one not in examples)]
    for group in (hard_kinds, [mention for mention in inside if mention.concept.kind == "soft"]):
        named = tuple(dict.fromkeys(mention.concept for mention in group))
        if named and _SIMILAR.search(clause):
            named = (*named, *(concepts()[key] for one in named for key in sorted(one.wider) if key[0] == one.kind))
            any_of = True
        if named:
            found.append(Shown(named, any_of and len(named) > 1, level(text), practised, text))
    return found
