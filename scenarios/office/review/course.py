"""The course of a rule's steps: each question with both answers, each way back with an end, inputs made before use."""

import re
from collections.abc import Iterator, Sequence

from workbench.findings import Finding
from workbench.language import han_number
from workbench.texts import Lang

from ..rule import RuleStep
from .structure import finding

_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_ASKED = re.compile(
    r"(?:检[验查测]|[审复]核|审查|判[断定]|核对|确[认定]|评[估审]|验[证收])[^，。；]{0,12}(?:是否|能否|有无)|"
    r"\b(?:checks?|decides?|verif(?:y|ies)|determines?|inspects?|confirms?)\b[^.;]{0,24}\bwhether\b",
    re.IGNORECASE,
)
_SENTENCE = 120  # characters of a step; what is longer tells, and asks nobody
_REFUSED = re.compile(
    r"否则|不合格|不通过|未通过|不符|不同意|未获|驳回|退回|返工|不足的|缺[少失]|补正|拒绝|不予|如不|若不|如否|若否|如未|若未|"
    r"\botherwise\b|\bif not\b|\bnot (?:accept|approv|met|complete)|\breject|\brefus|\breturn|\bfail|\belse\b",
    re.IGNORECASE,
)
_NEXT = 2  # steps after a question in which its other answer may stand
_GOES = re.compile(
    rf"(?:返回|退回到?|回到|回退至?|重复|重新(?:执行|进行)|转入?|进入|跳转?至?|"
    r"(?:go(?:es)?|returns?) (?:back )?to|repeats?|continues? with)"
    rf"\s*(?:第\s*(?P<zh>{_NUMBER})\s*步|步骤\s*(?P<zh2>{_NUMBER})|step\s*(?P<en>\d+))",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"直到|直至|为止|最多|至多|不超过|不得超过|次为限|的，|如|若|未|不合格|不符|否则|"
    r"\bif\b|\bwhen\b|\bunless\b|\buntil\b|\bat most\b|\bno more\b|\botherwise\b|\bnot\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?:填写|填报|编制|出具|形成|起草|制作|生成|拟定|编写|撰写)(?:完整的|并提交)?[《“]?(?P<zh>[一-鿿A-Za-z]{1,12}?(?:单|表|书|报告|清单|计划|方案|台账|纪要))(?![一-鿿]?[据位])|"
    r"\b(?:prepares?|creates?|drafts?|fills? (?:in|out)|writes?|draws? up|compiles?) (?:the |an? )?"
    r"(?P<en>[a-z ]{0,24}?(?:form|report|plan|list|contract|order|note|sheet|draft))\b",
    re.IGNORECASE,
)
_USED = re.compile(
    r"(?:依据|根据|凭|按照?|对照|持|收到)[^，。；]{0,6}$|"
    r"\b(?:based on|using|according to|against|per|with|from) (?:the |an? )?$",
    re.IGNORECASE,
)


def course(found: Sequence[RuleStep], lang: Lang) -> Iterator[Finding]:
    """A decision without its other answer, a way back without an end, a step that is not there, an input made later."""
    for at, step in enumerate(found):
        answers = " ".join(one.name for one in found[at : at + 1 + _NEXT])
        if len(step.name) <= _SENTENCE and _ASKED.search(step.name) and not _REFUSED.search(answers):
            yield finding(lang, "decision.branches", "warning", step)
        for way in _GOES.finditer(step.name):
            said = way["zh"] or way["zh2"] or way["en"]
            number = int(said) if said.isdigit() else int(han_number(said))
            if not 1 <= number <= len(found):
                yield finding(lang, "step.unknown", "error", step, number=number, count=len(found))
            elif number <= at + 1 and not _ENDS.search(step.name):
                yield finding(lang, "loop.exit", "error", step, number=number)
    yield from _inputs(found, lang)


def _inputs(found: Sequence[RuleStep], lang: Lang) -> Iterator[Finding]:
    made: dict[str, int] = {}
    for at, step in enumerate(found):
        for one in _MADE.finditer(step.name):
            made.setdefault((one["zh"] or one["en"]).strip().lower(), at)
    for at, step in enumerate(found):
        for name, later in made.items():
            place = step.name.lower().find(name)
            before = step.name[:place].rstrip("《“") if place >= 0 else ""
            if later > at and place >= 0 and _USED.search(before):
                yield finding(lang, "input.later", "error", step, input=name, other=found[later].name)
