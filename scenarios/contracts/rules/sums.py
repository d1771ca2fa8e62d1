"""``amount.sum_mismatch``: instalments that do not add up to their total."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import Amount, shown
from ..contract import Contract
from ..issue import Issue
from ..numerals import number

_PART = re.compile(
    r"第[一二三四五六七八九\d]+(?:期|笔|次|阶段|批|部分)(?:款|付款|支付)?|首(?:付款?|期款?|笔)"
    r"|预付款?|定金|进度款|到货款|发货款|提货款|验收款|安装款|调试款"
    r"|尾款|余款|剩余(?:款项?|价款|部分|货款|费用)?|质保金|质量保证金|保证金|结算款|竣工款|启动款|交付款|中期款"
    r"|(?:first|second|third|fourth|final|last|initial|down) (?:instal?lment|payment)|balance|deposit|advance payment",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"(?:支付|发放|付给|付款|缴付|拨付|付清?|交纳|缴纳|汇入|付人民币)(?:给?[甲乙]方)?(?:人民币|款项|¥"
    r"|总价款?的?)?\s*[:：]?\s*$"
    r"|\b(?:pay(?:ment)?s?|paid|instal?lment)(?: of)?\s*$"
)
_PAID_BEHIND = re.compile(
    r"\s*(?:\([^)]*\))?,?\s*(?:shall be |is |being )?(?:paid |due |payable )?(?:up)?(?:on|at|within|after"
    r"|by)\s+(?:the )?(?:\w+ ){0,3}"
    r"(?:sign|execut|deliver|shipment|accept|complet|closing|install|commenc|receipt|approv|milestone|effective"
    r"|warranty)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"第[一二三四五六\d]+(?:期|笔|次|批)")
_LAST = re.compile(
    r"质保期|尾款|余款|剩余|质保金|质量保证金|最后一?[期笔次]|结清|付清|balance|final|last|remaining", re.IGNORECASE
)
_REST = re.compile(
    r"(?:余款|尾款|剩余|其余|余额|余下)[^0-9%。；\n]{0,25}(?:付清|结清|支付|一次性|返还|退还)"
    r"|remaining balance|balance (?:shall|will)",
    re.IGNORECASE,
)
_INSTALMENTS = re.compile(
    r"分(?P<count>[二两三四五六七八九十\d]+)(?:期|次|笔|批|个?阶段)|in (?P<en>two|three|four|five"
    r"|\d) (?:equal )?(?:instal?lments|payments)"
)
_BACK = re.compile(
    r"(?:归还|偿还|返还|清偿|还款|还本|还)(?:剩余|其余|余下|最后)?(?:的)?(?:本金|借款|款项)?(?:人民币|¥)?\s*$"
)
_AGAIN = re.compile(r"(?:[\s(:：,，/即=]|大写|小写|人民币|RMB)*")
_NOT_PART = re.compile(r"违约金|罚款|赔偿|滞纳金|利息|penalty|interest|逾期", re.IGNORECASE)


def check(contract: Contract) -> Iterator[Issue]:
    """Totals with what they are made of, and totals whose instalments follow them."""
    yield from _instalments(contract)
    yield from _composed(contract)
    if contract.kind == "loan":
        yield from _repaid(contract)


def _repaid(contract: Contract) -> Iterator[Issue]:
    """A loan paid back in parts, the last of which is what remains."""
    text = contract.folded
    for start, end in contract.sentences:
        parts = [
            a
            for a in contract.amounts
            if start <= a.start < end and not a.spelt and _BACK.search(text, max(start, a.start - 24), a.start)
        ]
        rests = _LAST.search(text, parts[-1].start - 16, parts[-1].start) if len(parts) > 1 else None
        added = sum((part.value for part in parts), Decimal(0))
        lent = [total for total in contract.totals if total.end < start]
        if rests and lent and all(total.value != added for total in lent):
            values = {"total": shown(lent[0].value), "sum": shown(added)}
            values["parts"] = " + ".join(shown(part.value) for part in parts)
            yield Issue("amount.sum_mismatch", "error", parts[0].start, parts[-1].end, values)


def _instalments(contract: Contract) -> Iterator[Issue]:
    text = contract.folded
    found = contract.totals
    for place, total in enumerate(found):
        stop = next((other.start for other in found[place + 1 :] if other.start > total.end + 10), len(text))
        parts = _parts(contract, total, stop)
        if len(parts) < 2:
            continue
        region = text[parts[0].start : parts[-1].end + 40]
        lead = text[total.start : parts[0].end]
        if _REST.search(region) and not _LAST.search(_cue(contract, parts[-1])):
            continue
        added = sum((part.value for part in parts), Decimal(0))
        announced = _INSTALMENTS.search(lead)
        ordinal = all(_ORDINAL.search(_cue(contract, part)) for part in parts)
        complete = (
            len(parts) > 2
            or ordinal
            or _LAST.search(_cue(contract, parts[-1]))
            or (announced and _count(announced) == len(parts))
        )
        if added == total.value or (added < total.value and not complete):
            continue
        if any(part.value == total.value for part in parts):
            continue
        values = {"total": shown(total.value), "sum": shown(added), "parts": " + ".join(shown(p.value) for p in parts)}
        yield Issue("amount.sum_mismatch", "error", parts[0].start, parts[-1].end, values)


_MADE_OF = re.compile(
    r"(?:元|整|圆|\))*\s*(?:\([^)]{0,24}\))?\s*[,，;；。]?\s*(?:\(?(?:其中|包括|包含|含|由以下|具体为|具体如下"
    r"|分别为|构成如下|组成如下|明细如下)[^\d¥。；]{0,12}?[:：]?|[:：])\s*"
)
_THEREOF = re.compile(r"[^\d\n¥]{0,30}[,，;；。]\s*(?:其中|由以下|明细如下|构成如下)\s*[:：]?\s*")
"""The same behind a few other words: 合同价款153万元，采用固定总价。其中装饰工程98万元."""
_ITEM = re.compile(
    r"[、,，;；和及]?\s*(?:\(?\d[).、]|[①-⑩])?\s*(?P<name>[\u4e00-\u9fff()A-Za-z]{2,16}?)(?:为"
    r"|是|:|计|共)?\s*(?:人民币)?\s*$"
)
_NO_ITEM = re.compile(
    r"[时后前]付|税|押金|保证金|定金|另|每|单价|预付|首付|首期|尾款|支付|付款|余款|违约|折扣"
    r"|优惠|不低于|不超过|不含"
)


def _composed(contract: Contract) -> Iterator[Issue]:
    """合同总价80万元，其中：设备费50万元，安装费20万元，培训费10万元: the items of a total."""
    text = contract.folded
    for total in contract.amounts:
        lead = _MADE_OF.match(text, total.end) or _THEREOF.match(text, total.end)
        if total not in contract.totals and (lead is None or "其中" not in lead.group()):
            continue
        if lead is None:
            continue
        items: list[Amount] = []
        place = lead.end()
        for amount in contract.amounts:
            if amount.start < place:
                continue
            if "\n" in text[place : amount.start] or not _ITEM.match(text[place : amount.start]):
                break
            if _NO_ITEM.search(text, place, amount.start) or re.match(
                r"\s*(?:/|每)", text[amount.end : amount.end + 3]
            ):
                items = []
                break
            items.append(amount)
            place = amount.end
        added = sum((item.value for item in items), Decimal(0))
        behind = text[place : place + 8]
        listed = lead.group().rstrip().endswith((":", "："))
        if (
            len(items) < 2
            or added == total.value
            or "等" in behind
            or (added < total.value and len(items) < 3 and not (listed or re.match(r"[。；\n]", behind)))
        ):
            continue
        if any(item.value == total.value for item in items):
            continue
        values = {"total": shown(total.value), "sum": shown(added), "parts": " + ".join(shown(i.value) for i in items)}
        yield Issue("amount.sum_mismatch", "error", items[0].start, items[-1].end, values)


def _count(match: re.Match[str]) -> int:
    english = {"two": 2, "three": 3, "four": 4, "five": 5}
    return english.get(match["en"] or "", 0) or int(number(match["count"] or match["en"]))


def _cue(contract: Contract, amount: Amount) -> str:
    start, _ = contract.sentence_at(amount.start)
    return contract.folded[max(start, amount.start - 40) : amount.end]


def _parts(contract: Contract, total: Amount, stop: int) -> list[Amount]:
    """The instalments behind a total: sums with a word such as 首付款 near before them, not too far apart."""
    text, last = contract.folded, total.end
    parts: list[Amount] = []
    covered = total.end
    for amount in contract.amounts:
        if amount.start < total.end or amount.start >= stop or amount.start < covered:
            continue
        if not contract.continues(last, amount.start, 260) or (
            parts and sum(part.value for part in parts) == total.value
        ):
            break
        start, _ = contract.sentence_at(amount.start)
        before = text[max(start, last, amount.start - 60) : amount.start]
        cues = list(_PART.finditer(before))
        behind = _PART.search(text[amount.end : amount.end + 14]) if not cues else None
        paid = _PAID.search(before) or _PAID_BEHIND.match(text, amount.end, amount.end + 80)
        if not (cues or behind or paid) or _NOT_PART.search(before[-30:]):
            continue
        if re.match(r"[\s/]*(?:每|/)", text[amount.end : amount.end + 3]):
            continue
        parts.append(amount)
        last = covered = amount.end
        # the same sum again in words or in brackets
        for other in contract.amounts:
            if (
                other.start >= amount.end
                and other.start - amount.end < 20
                and other.value == amount.value
                and _AGAIN.fullmatch(text, amount.end, other.start)
            ):
                covered = other.end
                break
    return parts
