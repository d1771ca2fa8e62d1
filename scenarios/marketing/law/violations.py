"""Checks advertising copy against the rules: where which article is broken, and what is innocent although it looks so.

Offsets are characters of the copy as it was given.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from workbench.findings import Finding, Where
from workbench.texts import Lang, text

from .folding import MASKED, Folded, fold, sentence_starts
from .rulebook import Compiled, Rule, pattern, rules, sectors
from .suspicion import suspected, suspicion

# What denies or forbids the words after it, within one clause. 不得不 and 不能错过 do not deny; a double "no" does not.
_DENIAL = (
    r"(?<!难道)(?<!岂)(?<!何尝)(?<!要)不是(?!吗|梦)|并非|绝非|不敢(?:说|称|自称|保证|妄称)|不(?:作|做|能|会|可|予|提供|构成|存在)[^，。]{0,6}?(?:承诺|保证|担保|宣称|宣传|作为|视为)|不(?:承诺|保证|代表|意味着|等于|等同|宣称|声称|自称|追求|谈|说|卖|做|含|用|涉及|具有|具备|属于|支持|是为了|以|预示)|"
    r"不能(?:代替|替代|治|用于)|不得(?!不)|禁止|严禁|切勿|请勿|勿(?!忘|失|错)|拒绝|谨防|警惕|提防|杜绝|避免|别信|别被|莫信|不要(?:相信|轻信|被|迷信|使用|再用)|没有(?!比|之一)|(?<!之)无法|无需|未(?:经|曾|必)|告别(?=虚假|夸大)|反对|抵制|远离(?=传销|骗|诈)|谢绝|从不|绝不|决不"
)
_ENGLISH_DENIAL = (
    r"\b(?:not|never|no|cannot|can't|don't|doesn't|do not|does not|isn't|aren't|won't|without|neither|nobody|avoid|"
    r"beware of|myth|rather than)\b"
)
# The sentence speaks about rules, rumours or fraud, not about goods.
_ABOUT = (
    r"广告法|违禁词|极限词|禁用词|绝对化用语|(?:法律|法规|规定|条例|办法|平台规则|新规)[^。]{0,20}(?:不得|禁止|不能|不可)|"
    r"(?:不得|禁止|不能)(?:使用|出现|含有|宣称|宣传|发布)|反诈|骗局|诈骗|骗子|谣言|辟谣|识破|套路(?!贷?你)|虚假宣传|夸大宣传|普法|被(?:罚|处罚|查处)|消费提示|消费警示"
)
# What a company wants or holds dear says nothing about its goods: Guide to Absolute Terms, art. 5.
_ASPIRATION = (
    r"追求|力求|力争|争做|争取|争创|致力(?:于|成为)?|努力|目标|愿景|理念|宗旨|使命|希望|愿(?:为|以|成为|与)|立志|梦想|初心|座右铭|信条|信念|精神|决心|尽力|尽(?:最大)?努力|"
    r"愿望|心愿|初衷|憧憬|全力以赴|用心做|想(?:做|成为)|立足|期望|期待|渴望"
)
_ASPIRED = (
    r"[^，。!?]{0,8}(?:是|为)(?:我们?|公司|本店|团队)?[^，。]{0,6}"
    r"(?:追求|目标|宗旨|理念|愿景|使命|梦想|初心|信条|口号|坚持|态度)"
)
_OTHER = "other"
"""An industry that the request names and that has no rules of its own."""


@dataclass(frozen=True)
class Context:
    """What is known around the copy. ``names`` are brands and trademarks, ``competitors`` and ``banned`` words of the
    company's own lists."""

    industry: str = ""
    channel: str = ""
    names: Sequence[str] = ()
    competitors: Sequence[str] = ()
    banned: Sequence[str] = ()


@dataclass(frozen=True)
class Match:
    """A rule broken at ``start`` to ``end`` of the copy; ``start`` is ``end`` where something is missing.

    ``sentence`` is the place of the sentence around it; ``disguised`` says that the words were written to be missed,
    ``excused`` that the rule's own exemption holds.
    """

    compiled: Compiled
    start: int
    end: int
    sentence: tuple[int, int]
    disguised: bool = False
    excused: bool = False

    @property
    def rule(self) -> Rule:
        return self.compiled.rule


def broken(copy: str, context: Context) -> list[Match]:
    """Every rule broken, in the order of the copy; of overlapping matches of one family the longest."""
    folded = fold(copy)
    given, found = _sectors(folded.text, context.industry)
    names = _names(context.names)
    matches = []
    for compiled in rules():
        if _applies(compiled.rule, given, found, context.channel):
            matches += list(_matches(compiled, folded, names))
    matches += _suspicions(folded, names, matches, lambda rule: _applies(rule, given, found, context.channel))
    return _longest([match for match in matches if not match.excused])


def _suspicions(
    folded: Folded, names: re.Pattern[str] | None, matches: Sequence[Match], applies: Callable[[Rule], bool]
) -> Iterator[Match]:
    """Sentences where no rule was broken or excused, but whose words are masked or resemble violations."""
    for start, end in sentence_starts(folded.text):
        first, last = folded.origin(start, end)
        sentence = folded.text[start:end]
        if any(first <= match.start < last for match in matches) or _pattern(_ABOUT).search(sentence):
            continue
        masked = re.search(f"{MASKED}{{2,}}", "".join(map(str, folded.disguised[start:end])))
        if masked:
            place = folded.origin(start + masked.start(), start + masked.end())
            yield Match(suspected()["evasion"], *place, sentence=(first, last), disguised=True)
            continue
        found = suspicion(names.sub(lambda match: " " * len(match.group()), sentence) if names else sentence)
        if found and applies(suspected()[found.family].rule):
            place = folded.origin(start + found.start, start + found.end)
            yield Match(suspected()[found.family], *place, sentence=(first, last))


def findings(copy: str, context: Context, lang: Lang) -> list[Finding]:
    """The findings of all rules and of the company's own lists."""
    results = [_finding(copy, match, lang) for match in broken(copy, context)]
    for rule, words in (("own.banned", context.banned), ("own.competitor", context.competitors)):
        results += _listed(copy, rule, words, lang)
    return sorted(results, key=lambda finding: finding.where.start or 0)


def sector_names(copy: str, industry: str) -> list[str]:
    """The sectors whose rules apply."""
    given, found = _sectors(fold(copy).text, industry)
    return sorted((given | found) - {_OTHER})


def _sectors(folded: str, industry: str) -> tuple[set[str], set[str]]:
    """(sectors that the request names, sectors that the copy speaks of)."""
    given = {name for name, (names, _) in sectors().items() if names.search(industry)} if industry.strip() else set()
    if industry.strip() and not given:
        given = {_OTHER}
    found = {name for name, (_, words) in sectors().items() if words.search(folded)}
    return given, found


def _applies(rule: Rule, given: set[str], found: set[str], channel: str) -> bool:
    """A rule for a sector applies when either the request or the copy says so; an exemption needs the request's word,
    or the copy's where the request says nothing."""
    if rule.channels and not any(name in channel.casefold() for name in rule.channels):
        return False
    known = given | found
    if rule.sectors and not known & set(rule.sectors) and (known or not rule.presumed):
        return False
    return not (given or found) & set(rule.not_sectors)


def _matches(compiled: Compiled, folded: Folded, names: re.Pattern[str] | None) -> Iterator[Match]:
    copy = folded.text
    sourced = compiled.unless_text is not None and compiled.unless_text.search(copy) is not None
    allowed = [match.span() for match in compiled.allow.finditer(copy)] if compiled.allow else []
    allowed += [match.span() for match in names.finditer(copy)] if names else []
    for start, end in sentence_starts(copy):
        sentence = copy[start:end]
        if compiled.near and not compiled.near.search(sentence):
            continue
        excused = sourced or (compiled.unless is not None and compiled.unless.search(sentence) is not None)
        for find in compiled.find:
            for match in find.finditer(copy, start, end):
                first, last = match.span()
                masked = MASKED in folded.disguised[first:last]  # what is innocent is not written to be missed
                named = any(left < last and first < right for left, right in allowed)
                if first == last or (named and not masked):
                    continue
                denied = compiled.rule.negatable and _innocent(compiled.rule, copy, start, match, sentence)
                yield Match(
                    compiled,
                    *folded.origin(first, last),
                    sentence=folded.origin(start, end),
                    disguised=any(folded.disguised[first:last]),
                    excused=excused or denied,
                )


def _innocent(rule: Rule, copy: str, start: int, match: re.Match[str], sentence: str) -> bool:
    """Whether the words before a match deny it, or the sentence speaks about rules, fraud or aspirations."""
    if _pattern(_ABOUT).search(sentence):
        return True
    place = match.start()
    clause = max((copy.rfind(mark, start, place) for mark in ",:、—"), default=-1)
    before = copy[max(clause + 1, start, place - 24) : place]
    if _pattern(_DENIAL).search(before[-14:]) or _pattern(_ENGLISH_DENIAL).search(before):
        return True
    if not rule.aspiration:
        return False
    after = _pattern(_ASPIRED).match(copy, match.end())
    return after is not None or _pattern(_ASPIRATION).search(copy, start, match.end()) is not None


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return pattern(source)


def _longest(matches: Sequence[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.rule.severity != "error", match.start - match.end)):
        overlaps = any(
            other.rule.family == match.rule.family and other.start < match.end and match.start < other.end
            for other in kept
        )
        if not overlaps:
            kept.append(match)
    return sorted(kept, key=lambda match: (match.start, match.end))


def _names(words: Sequence[str]) -> re.Pattern[str] | None:
    """Brands and trademarks, folded as the copy is: words inside them name a product and praise nothing."""
    plain = [re.escape(fold(word).text) for word in words if word.strip()]
    return re.compile("|".join(plain)) if plain else None


def _finding(copy: str, match: Match, lang: Lang) -> Finding:
    rule = match.rule
    message = rule.reason[lang]
    if match.disguised:
        message += text("scenarios.marketing:check.disguised", lang)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=message,
        where=Where(quote=copy[match.start : match.end], start=match.start, end=match.end),
        basis=("；" if lang == "zh" else "; ").join(basis.words(lang) for basis in rule.basis),
        suggestion=rule.fix[lang],
    )


def _listed(copy: str, rule: str, words: Sequence[str], lang: Lang) -> Iterator[Finding]:
    folded = fold(copy)
    for word in words:
        plain = fold(word).text
        for match in re.finditer(re.escape(plain), folded.text) if plain.strip() else ():
            start, end = folded.origin(*match.span())
            yield Finding(
                rule=rule,
                severity="error" if rule == "own.banned" else "warning",
                message=text(f"scenarios.marketing:check.{rule}", lang, word=word),
                where=Where(quote=copy[start:end], start=start, end=end),
                basis=text("scenarios.marketing:check.own.basis", lang),
                suggestion=text("scenarios.marketing:check.own.fix", lang),
            )
