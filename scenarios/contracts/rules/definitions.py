"""``definition.unused`` and ``definition.undefined``."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..definitions import Term, quoted
from ..issue import Issue

_FORMAL = 3
"""From so many formal definitions on a contract is one that defines its terms."""
_SHARE = 0.6
"""Such a share of the quoted words must be defined, else quotation marks are for other things there."""
_MARKED = re.compile(
    r"(?:标上|做到|点击(?:一下)?|标明|标有|注明|写明|写上|印刷|印有|加盖|记载在|证明|填写|选择|称之?为|称|即|例如|或|写"
    r"|所谓|这是指|至于|为|第.{1,4}条)(?:[“\"][^”\"]*[”\"][、,，和及或]?)*$"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,10}")
_NO_TERM = re.compile(
    r"按钮|(?<!关)键|制度|一节|一项|工作|方式|字样|标志|标记|标识|签字|印章|一栏|栏|式样|精神|原则|方针|章程|号|\d"
)


def check(contract: Contract) -> Iterator[Issue]:
    """Definitions without use, and terms used like defined ones without a definition."""
    terms = contract.definitions
    words = contract.folded.lower()
    for term in terms:
        if re.search(r"[_。]", term.name) or (term.name.isascii() and len(term.name) < 4):
            continue
        stem = term.name[:-1].lower() if term.name.isascii() else term.name  # "Services" also covers Service
        if words.count(stem) < 2:
            yield Issue("definition.unused", "warning", term.start, term.end, {"term": term.name})
    if contract.lang != "zh":
        return
    known = {term.name for term in terms}
    if sum(term.formal for term in terms) >= _FORMAL:
        yield from _undefined(contract, known)
    else:
        yield from _nowhere(contract, known)


_HEAD = re.compile(
    r"[\u4e00-\u9fff]{2,7}(?:日|期间|期限|条件|事件|情形|目的|标准|信息|资料|费用|款项|价款|金额|成果|里程碑|区域|范围|人员|义务|权益"
    r"|知识产权|账户|文件)"
)
"""A word for a thing of the contract with what narrows it: 结算基准日, 许可目的."""


def _nowhere(contract: Contract, known: set[str]) -> Iterator[Issue]:
    """In a contract without definitions, a word in quotation marks that needs one: used once, or quoted again."""
    text = contract.folded
    uses: dict[str, list[Term]] = {}
    for term in quoted(text):
        uses.setdefault(term.name, []).append(term)
    for name, terms in uses.items():
        if name in known or not _WORDS.fullmatch(name) or _NO_TERM.search(name) or _is_said(text, name):
            continue
        again = len(terms) > 1 and len(name) > 2 and name[0] not in "一二三四五六七八九两我"
        once = _HEAD.fullmatch(name) and text.count(name) == 1
        if (again or once) and not any(_names(text, term) for term in terms):
            yield Issue("definition.undefined", "warning", terms[0].start, terms[0].end, {"term": name})


def _names(text: str, term: Term) -> bool:
    """Whether the quotation marks are for words as such: 标明“合格”, “合格”字样."""
    before, behind = text[max(0, term.start - 24) : term.start - 1], text[term.end + 1 : term.end + 8]
    return bool(_MARKED.search(before) or _NO_TERM.match(behind))


def _is_said(text: str, name: str) -> bool:
    """Whether the text says what the word is without quotation marks: 服务费: 指…, 一、服务费."""
    said = rf"{name}[”\"」]?\s*(?::|是指|系指|指|的?(?:意义|含义|意思)|则?包括|有:|即)"
    return re.search(rf"(?m){said}|^\W*[\d一二三四五六七八九十第条、.() ]*{name}\s*$", text) is not None


def _undefined(contract: Contract, known: set[str]) -> Iterator[Issue]:
    """Where quotation marks are for defined terms, one in them that no definition has."""
    text = contract.folded
    words = [term for term in quoted(text) if _WORDS.fullmatch(term.name) and not _NO_TERM.search(term.name)]
    names = {term.name for term in words}
    if len(names & known) < _SHARE * len(names):
        return
    seen: set[str] = set()
    for term in words:
        if term.name in known or term.name in seen or _names(text, term):
            continue
        seen.add(term.name)
        yield Issue("definition.undefined", "warning", term.start, term.end, {"term": term.name})
