"""``amount.percent_sum``: shares of a payment or of the parties that do not make 100%."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..contract import Contract
from ..issue import Issue
from ..percents import Percent
from ..sides import SIDE

_BASE = (
    r"(?:总价款?|总额|总金额|总费用|总造价|价款|货款|工程款|合同款|合同价|金额|费用?|报酬|酬金|租金"
    r"|设备款|服务费|房款|contract price|total price|fees?)"
)
_PART = (
    r"(?:预付款?|首付款?|首期款?|定金|尾款|余款|质保金|质量保证金|进度款|结算款|验收款|到货款|发货款"
    r"|提货款|启动款|第[一二三四五六\d]+[期笔次批](?:款|付款|支付)?)"
)
_BEFORE = re.compile(
    rf"(?:余|余下|其余|剩余)(?:的)?\s*$|(?:支付|付|交|pay[^.]*)[^%。；;\n]{{0,24}}?{_BASE}(?:的"
    rf"|之)?\s*$|{_PART}[^%。；;\n，,]{{0,14}}$|(?:支付"
    rf"|付款|付|付清|付至|付到)\s*(?:人民币)?\s*$"
    rf"|{_BASE}的\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s*(?:的|之)?(?:{_PART}|货款|合同(?:总|款|金|价)|工程款|价款|总价|款项|费用|作为{_PART}|(?:作为"
    rf"|为)[^，,。]{{0,6}}{_PART}| of the (?:contract|total|purchase|fee))"
)
_EN_AFTER = re.compile(
    r"\)?\s*(?:of (?:the |such )?(?:\w+ ){0,3}(?:price|fees?|amount|sum|value|consideration|cost) )?(?:(?:is|are"
    r"|shall be|to be|being) )?(?:due |paid |payable )?(?:(?:up)?on|at|within|after|prior to|before"
    r"|as (?:an? )?(?:deposit|advance|down payment|retention))\b",
    re.IGNORECASE,
)
_EN_PAYING = re.compile(r"\bpa(?:y|id|yable|yment)", re.IGNORECASE)
_LISTED = re.compile(
    r"(?:款|金|费|付|付至|时|后|前|为|占|、|,|，|和|与|及|剩余|其余|余下|\band)\s*(?:的)?$", re.IGNORECASE
)
_OTHER = re.compile(r"的?[^，,。；;\n\d]{0,8}(?:发票|保函|保证函|汇票|信用证|违约金|罚|利息|赔偿|滞纳)")
_OF = re.compile(r"([\u4e00-\u9fff]{2})(?:总额|总价|价款|金额)?的\s*$")
_LAST = re.compile(
    r"尾款|余款|剩余|质保金|质量保证金|最后一?[期笔次]|结清|付清|balance|final|last|remaining", re.IGNORECASE
)
_REST = re.compile(
    r"(?:余款|尾款|剩余|其余|余额|余下)[^0-9%。；\n]{0,25}(?:付清|结清|支付|一次性|返还|退还)"
    r"|(?:付清|结清|支付|拨付)(?:全部|剩余|其余)?(?:的)?(?:尾款|余款|剩余|其余|全部)|remaining balance"
    r"|balance (?:shall|will)",
    re.IGNORECASE,
)
_SETTLED = re.compile(r"(?:付清|结清)[^。；;\n%]{0,20}[。；;\n]")
_CUMULATIVE = re.compile(r"(?:付至|付到|支付至|支付到|累计(?:支付|付款|付至|付)?(?:至|达到?|到)?)[^%。；\n]{0,24}$")
_NOT_SHARE = re.compile(
    r"违约金|罚|每日|每天|日万分|利率|利息|税率|税点|增值税|折扣|逾期|误差|偏差|不超过|超过|低于|高于"
    r"|不低于|以上|上浮|下浮|增减|浮动|合格率|完成率|赔偿|滞纳"
    r"|penalty|interest|per day|tax|exceed|at least|less than|more than|discount|late",
    re.IGNORECASE,
)


def check(contract: Contract) -> Iterator[Issue]:
    """Payment shares first, then shares of the parties."""
    yield from _payments(contract)
    yield from _divided(contract)


def _payments(contract: Contract) -> Iterator[Issue]:
    """Payment shares that follow one another; 付至 and 累计 state the sum so far."""
    text = contract.folded
    for group in _groups(contract):
        if any(percent.share > 100 for percent in group) or _of_sums_too(contract, group):
            continue
        total = Decimal(0)
        for percent in group:
            so_far = _CUMULATIVE.search(text, max(0, percent.start - 40), percent.start)
            total = percent.share if so_far else total + percent.share
        behind = text[group[-1].end : group[-1].end + 160]
        if total == 100 or (total < 100 and _REST.search(behind)):
            continue
        if total < 100 and len(group) < 3 and not _LAST.search(text, group[-1].start - 40, group[-1].end + 40):
            continue
        shares = " + ".join(f"{percent.share}%" for percent in group)
        yield Issue(
            "amount.percent_sum", "error", group[0].start, group[-1].end, {"shares": shares, "sum": f"{total}%"}
        )


def _of_sums_too(contract: Contract, group: list[Percent]) -> bool:
    """Whether one of the instalments between the shares is given as a sum alone: 定金20%及预付款72,000元."""
    text = contract.folded
    between = [a for a in contract.amounts if group[0].end <= a.start < group[-1].start and not a.spelt]
    return any(
        re.search(rf"(?:及|和|、|与){_PART}\s*(?:人民币|¥)?$", text[max(0, a.start - 14) : a.start]) for a in between
    )


def _groups(contract: Contract) -> Iterator[list[Percent]]:
    """Runs of two or more payment shares that stand near one another, in one paragraph or in the items of one list."""
    text = contract.folded
    run: list[Percent] = []
    of = ""
    for percent in contract.percents:
        if not _is_payment(contract, percent) and not (run and _goes_on(contract, run[-1], percent)):
            continue
        base = _OF.search(text, max(0, percent.start - 16), percent.start)
        other = base is not None and bool(of) and base[1] != of
        if run and (
            other
            or _SETTLED.search(text, run[-1].end, percent.start)
            or not contract.continues(run[-1].end, percent.start, 160)
            or sum(p.share for p in run) == 100
        ):
            yield from [run] if len(run) > 1 else []
            run, of = [], ""
        run.append(percent)
        of = base[1] if base else of
    yield from [run] if len(run) > 1 else []


def _goes_on(contract: Contract, last: Percent, percent: Percent) -> bool:
    """Whether a percentage is the next one of an enumeration in the same sentence: 首付款为40%，中期款为40%."""
    text = contract.folded
    _, end = contract.sentence_at(last.start)
    before, after = text[max(last.end, percent.start - 20) : percent.start], text[percent.end : percent.end + 8]
    return (
        percent.start < end
        and _LISTED.search(before) is not None
        and not (_NOT_SHARE.search(before) or _NOT_SHARE.search(after) or _OTHER.match(after) or "其中" in before)
    )


def _is_payment(contract: Contract, percent: Percent) -> bool:
    text = contract.folded
    start, end = contract.sentence_at(percent.start)
    before, after = text[max(start, percent.start - 40) : percent.start], text[percent.end : min(end, percent.end + 24)]
    if _NOT_SHARE.search(before[-16:]) or _NOT_SHARE.search(after[:8]) or _OTHER.match(after) or "其中" in before[-8:]:
        return False
    if re.search(r"(?:付款|支付)[^。；;\n\d]{0,8}比例", text[start : percent.start]):
        return True
    if percent.share == 100 and not _CUMULATIVE.search(before):
        return False
    if _EN_AFTER.match(text, percent.end, end) and _EN_PAYING.search(text, start, end):
        return True
    return bool(_BEFORE.search(before) or _AFTER.match(after))


_DIVIDE = re.compile(
    r"分成|分配|分享|分担|分摊|分红|出资|占股|持股|股权比例|占(?:注册资本|总投资|股份|总额|合资公司)|承担比例|利润|收益"
)
_PARTY_SHARE = re.compile(rf"(?P<party>{SIDE}|双方|各方)(?:[^%。；\n，,]{{0,20}}?)(?P<share>\d+(?:\.\d+)?)\s*%")
_SPLIT = re.compile(
    r"(?:甲、?乙|双方|两方|各方|二者)[^%。；\n]{0,20}?(?:按照?|以|各占)?\s*(?P<one>\d+(?:\.\d+)?)\s*%?\s*(?:和|、"
    r"|与|:|比|,|，|及|/)\s*(?P<other>\d+(?:\.\d+)?)\s*%?的?(?:比例|分成)"
)
_EN_DIVIDE = re.compile(
    r"\b(?:shared?|sharing|split|divided?|allocat\w+|distribut\w+|own(?:ed|s|ership)?"
    r"|contribut\w+)\b",
    re.IGNORECASE,
)
_EN_BEARS = re.compile(r"\b(?:pay|bear|cover|receive|own|hold|take|retain|be responsible for|be entitled to)s?\b")
_EN_BEARER = re.compile(
    r"\b(?P<who>[A-Z][\w&.]*)(?:(?:,? (?:shall|will|to|agrees to))?,? (?:\w+ )?"
    r"(?:pays?|bears?|covers?|receives?|owns?|holds?|takes?|retains?|be responsible for|be entitled to))?"
    r"(?: (?:up to|the remaining|the other))?\s+(?:\w+ \()?$"
)
_EN_HOLDER = re.compile(r"\)?\s*(?:\(\d[^)]*\)\s*)?(?:to|by|for)\s+(?:the )?[A-Z]")


def _divided(contract: Contract) -> Iterator[Issue]:
    """甲方占60%，乙方占50%: what the parties divide among them."""
    text = contract.folded
    for start, end in contract.sentences:
        if contract.lang == "en" and (_EN_DIVIDE.search(text, start, end) or _EN_BEARS.search(text, start, end)):
            yield from _divided_in_english(contract, start, end)
        if not _DIVIDE.search(text, start, end) or _NOT_SHARE.search(text, start, end):
            continue
        split = _SPLIT.search(text, start, end)
        if split and Decimal(split["one"]) + Decimal(split["other"]) not in (100, 10, 1) and "%" in split.group():
            yield _not_whole(split.start("one"), split.end(), [Decimal(split["one"]), Decimal(split["other"])])
            continue
        found = list(_PARTY_SHARE.finditer(text, start, end))
        parties = [match["party"] for match in found]
        inside = [p for p in contract.percents if start <= p.start < end]
        if len(found) < 2 or len(set(parties)) != len(parties) or len(inside) != len(found):
            continue
        shares = [Decimal(match["share"]) for match in found]
        if sum(shares) != 100 and sum(shares) > 60:
            yield _not_whole(found[0].start(), found[-1].end(), shares)


def _divided_in_english(contract: Contract, start: int, end: int) -> Iterator[Issue]:
    inside = [p for p in contract.percents if start <= p.start < end]
    held = [p for p in inside if _EN_HOLDER.match(contract.folded, p.end)] or _borne(contract, start, inside)
    shares = [p.share for p in held]
    if len(held) > 1 and len(held) == len(inside) and sum(shares) != 100 and sum(shares) > 60:
        yield _not_whole(held[0].start, held[-1].end, shares)


def _borne(contract: Contract, start: int, inside: list[Percent]) -> list[Percent]:
    """Shares each with a holder of its own before it: the Landlord shall pay 40% and the Tenant 60%."""
    holders = []
    for percent in inside:
        named = _EN_BEARER.search(contract.folded, start, percent.start)
        holders.append(named["who"] if named else "")
        start = percent.end
    return inside if all(holders) and len(set(holders)) == len(holders) else []


def _not_whole(start: int, end: int, shares: list[Decimal]) -> Issue:
    values = {"shares": " + ".join(f"{share}%" for share in shares), "sum": f"{sum(shares)}%"}
    return Issue("amount.percent_sum", "error", start, end, values)
