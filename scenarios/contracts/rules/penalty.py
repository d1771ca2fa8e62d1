"""``penalty.excessive``: liquidated damages far over a usual loss."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import shown
from ..contract import Contract
from ..issue import Issue
from ..rates import rates

_PENALTY = re.compile(
    r"违约金|滞纳金|罚金|罚款|逾期付款|逾期交|(?:每|按)(?:逾期|延期|迟延|延迟|延误"
    r"|拖延)?一?[日天][^。；]{0,30}(?:支付|承担|赔偿|扣|罚|缴|交|付)|罚(?=[^。；，]{0,16}%)"
    r"|liquidated damages|late (?:fee|charge)|penalt(?:y|ies)",
    re.IGNORECASE,
)
_DAILY = re.compile(
    r"每日|每天|每一[日天]|每逾期一?[日天]|每(?:延迟|迟延|延误|拖延|超过|推迟|延期)一?[日天]|按日"
    r"|(?:逾期|超期|迟延|延迟|延误|拖延|延期)一[日天]|[/／]日|日(?=[千万]分之|\d)|per day|each day|daily",
    re.I,
)
_SUM = re.compile(
    r"(?:(?:合作|交易|采购|订单|项目|服务|许可|转让|投资|合同)[^。；，,\d]{0,2}(?:金额|价款?|费用?|款)|总价款?|总额|总金额|合同价款?|合同金额|价款|总造价|总费用|货款|标的额|成交价|房款|工程款"
    r"|转让款|contract price|total (?:price|amount))(?:总额|总价)?的?\s*$",
    re.I,
)
_EN_SUM = re.compile(r"\)?\s*of the (?:\w+ ){0,3}(?:price|value|fees?|amount|sum|consideration)", re.I)
_A_DAY = re.compile(
    r"\s*(?:/|每)\s*[日天]|[^.;，。；]{0,50}?\b(?:per|a|for each|for every|each) (?:calendar |business )?day\b", re.I
)
_TIMES = re.compile(
    r"(?:总价款?|总额|总金额|价款|货款|合同金额|合同价|租金|工资|服务费|费用)的?\s*(?P<n>\d+"
    r"|[一二两三四五六七八九十]+)\s*倍"
    r"|(?:剩余|全部|整个|未履行)[^。；，,\d]{0,10}(?:租期|租金|期限|合同期)[^。；，,\d]{0,8}(?:全部|全额"
    r"|总额)?(?:租金|服务费|费用)(?!总额的|的)"
    r"|(?:two|three|four|five|ten|\d+) times (?:of )?the (?:\w+ ){0,3}(?:price|value|fees?|amount)",
    re.I,
)
_A_DAYS_RENT = re.compile(r"(?:日|每[日天])(?:租金|费用|服务费)的?\s*$")
"""The price of a day for a day late is what the use was worth."""


def check(contract: Contract) -> Iterator[Issue]:
    """Liquidated damages of more than 30% of the price, or of 0.5% a day and more, far over a usual loss.

    The court lowers what is over the loss by more than thirty per cent (民法典 585, 合同编通则解释 65).
    """
    text = contract.folded
    law = (("民法典", 585),)
    total = max((amount.value for amount in contract.totals), default=None)
    for start, end in contract.sentences:
        if not _PENALTY.search(text, start, end):
            continue
        for first, last, share in rates(contract, start, end):
            clause = max(text.rfind(mark, start, first) for mark in "，,:。") + 1 or start
            before = text[max(start, clause - 30) : first]
            if re.search(
                r"超过|达到|不足|低于|以上的$|未达|(?:上限|最高|限额|累计)[^，,。；]{0,16}$",
                text[max(start, first - 24) : first],
            ):
                continue
            if re.match(r"\s*(?:为|作为)(?:上)?限|封顶|\s*(?:cap|in total|in aggregate)", text[last : last + 14]):
                continue
            daily = _DAILY.search(before) or _A_DAY.match(text, last, end)
            if daily and share >= Decimal("0.5"):
                yield Issue(
                    "penalty.excessive", "warning", first, last, {"share": f"{share.normalize():f}%"}, "daily", law
                )
            elif (
                not daily
                and share > 30
                and (_SUM.search(text, start, first) or _EN_SUM.match(text, last, end))
                and _is_penalty(text, start, end, first, last)
            ):
                yield Issue("penalty.excessive", "warning", first, last, {"share": f"{share.normalize():f}%"}, law=law)
        for match in _TIMES.finditer(text[start:end]):
            if _A_DAYS_RENT.search(text, start, start + match.start("n") if match["n"] else start):
                continue
            if _is_penalty(text, start, end, start + match.start(), start + match.end()):
                yield Issue(
                    "penalty.excessive",
                    "warning",
                    start + match.start(),
                    start + match.end(),
                    {"share": match.group()},
                    law=law,
                )
        if total:
            for amount in contract.amounts:
                if (
                    not start <= amount.start < end
                    or amount.spelt
                    or amount.value * 10 <= total * 3
                    or amount.value in (total,)
                ):
                    continue
                if re.search(r"违约金(?:人民币)?[^,，。；\d]{0,8}$", text[start : amount.start]) or re.match(
                    r"\s*的?\s*(?:作为)?违约金", text[amount.end : amount.end + 8]
                ):
                    yield Issue(
                        "penalty.excessive",
                        "warning",
                        amount.start,
                        amount.end,
                        {"share": f"{shown(amount.value)}（{amount.value * 100 / total:.0f}%）"},
                        law=law,
                    )


def _is_penalty(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether the share is paid as a penalty: the word stands right behind it or before it in its own part."""
    return (
        re.match(r"[^,，。；;]{0,14}(?:违约金|罚金|罚款|赔偿)", text[last : min(end, last + 20)]) is not None
        or re.search(r"(?:违约金|罚金|罚款|赔偿|damages|penalty)[^。；;]{0,40}$", text[start:first], re.I) is not None
    )
