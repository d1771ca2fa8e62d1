"""``date.invalid``, ``date.order`` and ``term.duration_mismatch``."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ..contract import Contract
from ..dates import DateMention, DateRange, Period
from ..issue import Issue

_PAIRS = [
    (r"开工(?:日期|时间)", r"(?:竣工|完工)(?:日期|时间)"),
    (r"(?:起始|开始|起租|生效|起算)(?:日期|时间|日)", r"(?:终止|结束|截止|到期|届满|失效)(?:日期|时间|日)"),
    (r"(?:Start|Commencement|Effective) Date", r"(?:End|Expiration|Expiry|Termination|Completion) Date"),
]
_STAGES = [
    (r"开工|动工|进场|开始施工", r"竣工|完工|交工|验收"),
    (
        r"开始|启动|起始|起租|起算|起|生效|入职|到岗|上线|begin|start|commenc\w*|effective",
        r"结束|终止|届满|期满|到期|截止|失效|结项|离职|end|expir\w*|terminat\w*",
    ),
    (r"交付|交货|发货|到货|供货|送达|提交", r"验收|检验|安装完毕|调试完毕|竣工|完工"),
    (r"启动|开工|开始", r"完成|交付成果|交付|验收"),
    (r"放款|发放|出借|提款|借款日|起息", r"到期|还款|归还|偿还|还清|届满"),
]
"""What begins and what ends, in words beside dates."""
_SIGNED = re.compile(
    r"(?:签订|签署|签约|签字|订立)(?:日期|时间|日)?\s*(?:为|是|:|于)?\s*$|(?:dated"
    r"|entered into (?:as of|on)|made on)\s*$",
    re.IGNORECASE,
)
_AFTER_SIGNING = re.compile(r"(?:签订|签署|签字|生效)(?:之日|之后|后|之日起|日起)")
_PERFORMED = re.compile(
    r"(?:交货|交付|付款|支付|开工|竣工|完工|起租|提货|完成)(?:日期|时间|期限)?\s*(?:为|是|:)?\s*$|(?:于|在)\s*$"
)
_TERM = re.compile(
    r"(?:期限?|租期|租赁期|有效期|工期|总日历天数|为期|周期|共|共计|合计|计|总计|服务期|任期|时间|term|period|of|for)"
    r"\s*(?:限)?\s*(?:为|是|共|计|:|即|\(|,|，|shall be|is|of)*\s*(?:a (?:period|term) of)?\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:编号|号码|合同号|单号|版本号?|版次|型号|文号|标准号|[Nn]o\.?)\W*$")
_SAME = re.compile(
    r"(?:试用|竞业|保修|质保|提前|届满前|期满前|逾期|超过|每|内|前|后\s*|within|prior|notice)", re.IGNORECASE
)


def check(contract: Contract) -> Iterator[Issue]:
    """All issues of dates."""
    for mention in contract.dates:
        numbered = _NUMBERED.search(contract.folded, max(0, mention.start - 12), mention.start)
        if mention.day is None and not numbered:
            yield Issue("date.invalid", "error", mention.start, mention.end)
    yield from _order(contract)
    yield from _duration(contract)


def _order(contract: Contract) -> Iterator[Issue]:
    pairs = [*contract.ranges, *_labelled(contract), *_staged(contract)]
    seen = set()
    for pair in pairs:
        if pair.first.day and pair.last.day and pair.last.day < pair.first.day and pair.last.start not in seen:
            seen.add(pair.last.start)
            yield Issue("date.order", "error", pair.first.start, pair.last.end, _days(pair))
    yield from _before_signing(contract)


def _labelled(contract: Contract) -> Iterator[DateRange]:
    """Dates behind labels that belong together: 开工日期 and 竣工日期."""
    text = contract.folded
    for one, other in _PAIRS:
        for match in re.finditer(one, text):
            first = _behind(contract, match.end())
            last_label = re.compile(other).search(text, match.end(), match.end() + 120)
            if first and last_label and (last := _behind(contract, last_label.end())) and last.start > first.start:
                yield DateRange(first, last)


def _staged(contract: Contract) -> Iterator[DateRange]:
    """Two dates of one sentence, what begins beside the first and what ends beside the second."""
    text = contract.folded
    for first, last in pairwise(contract.dates):
        start, end = contract.sentence_at(first.start)
        if not start <= last.start < end or last.start - first.end > 60:
            continue
        between = text[first.end : last.start]
        cut = next((m.end() for m in re.finditer("[,，、]|(?:并|且| and )", between)), len(between))
        one = text[max(start, first.start - 14) : first.start] + "|" + between[:cut]
        other = between[cut:] + "|" + text[last.end : min(end, last.end + 14)]
        if not re.search("原|前述|替代|除外|签订|签署", between) and any(
            re.search(begins, one, re.I) and re.search(ends, other, re.I) for begins, ends in _STAGES
        ):
            yield DateRange(first, last)


def _behind(contract: Contract, offset: int) -> DateMention | None:
    for mention in contract.dates:
        if mention.start >= offset:
            gap = contract.folded[offset : mention.start]
            return mention if len(gap) <= 8 and "\n" not in gap.strip("\n") else None
    return None


def _before_signing(contract: Contract) -> Iterator[Issue]:
    """A day of performance before the day of signing, in a sentence that says it comes after signing."""
    text = contract.folded
    signed = next(
        (
            m
            for m in contract.dates
            if m.day
            and (
                _SIGNED.search(text, max(0, m.start - 16), m.start)
                or re.match(r"\s*(?:签订|签署|订立)", text[m.end : m.end + 6])
            )
        ),
        None,
    )
    if signed is None or signed.day is None:
        return
    for mention in contract.dates:
        if mention is signed or mention.day is None or mention.day >= signed.day:
            continue
        start, end = contract.sentence_at(mention.start)
        performed = _PERFORMED.search(text, max(start, mention.start - 12), mention.start)
        if performed and _AFTER_SIGNING.search(text, start, end):
            values = {"first": signed.day, "last": mention.day}
            yield Issue("date.order", "error", mention.start, mention.end, values, variant="signing")


def _days(pair: DateRange) -> dict[str, object]:
    return {"first": pair.first.day, "last": pair.last.day}


def _duration(contract: Contract) -> Iterator[Issue]:
    """A term beside its two dates. A day more or less is a way of counting, not a mistake."""
    pairs = [*contract.ranges, *_labelled(contract)]
    for pair in pairs:
        if not pair.first.day or not pair.last.day or pair.last.day < pair.first.day:
            continue
        period = _term(contract, pair)
        if period is None or _fits(period, pair.first.day, pair.last.day):
            continue
        start, end = min(period.start, pair.first.start), max(period.end, pair.last.end)
        days = (pair.last.day - pair.first.day).days + 1
        values = {"term": contract.text[period.start : period.end], **_days(pair), "days": days}
        yield Issue("term.duration_mismatch", "error", start, end, values)


def _term(contract: Contract, pair: DateRange) -> Period | None:
    """The term that belongs to a range: the nearest one with a cue before it, no other range between."""
    text = contract.folded
    best: tuple[int, Period] | None = None
    ranged = pair in contract.ranges
    for period in contract.periods:
        if period.end <= pair.first.start:
            gap = text[period.end : pair.first.start]
            near, limit = len(gap), 30
        elif period.start >= pair.last.end:
            gap = text[pair.last.end : period.start]
            near, limit = len(gap), 30
        else:
            continue
        if (
            near > limit
            or gap.count("\n") > (0 if ranged and near >= 10 else 2)
            or (ranged and re.search("[。；;]", gap))
            or _SAME.search(gap)
        ):
            continue
        if any(
            other.start < pair.first.start and other.end > period.end
            for other in contract.dates
            if other.start > period.end
        ):
            continue
        if re.match(r"\s*(?:内|前|后|以内|以上|以下|之内|written|prior|notice)", text[period.end : period.end + 12]):
            continue
        cued = _TERM.search(text, max(0, period.start - 24), period.start)
        if cued and (best is None or near < best[0]):
            best = near, period
    return best[1] if best else None


def _fits(period: Period, first: date, last: date) -> bool:
    end = period.after(first)
    if end is None:
        return True
    slack = timedelta(days=1)
    return end - 2 * slack <= last <= end + slack
