"""``amount.sum_mismatch``: quantity and price, rent and months, share and total that give another product."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import Amount, shown
from ..contract import Contract
from ..issue import Issue

_RENT_TERM = re.compile(r"(?:租期|租赁期限?|期限|服务期|共计?|为期)\s*(?:为|是|:)?\s*$")
_NOT_SHARE = re.compile(r"违约金|罚|利率|利息|税率|增值税|赔偿|滞纳|penalty|interest|tax", re.IGNORECASE)
_QUANTITY = re.compile(
    r"(?:数量|共计?|合计|采购|购买|订购|quantity)\s*(?:为|是|:|of)?\s*(?P<count>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>台"
    r"|套|件|个|吨|箱|辆|只|台套|批|平方米|㎡|米|千克|公斤|kg|人|份|册|部|张|把|片|支|units?|sets?|pcs)?",
    re.I,
)
_PRICE = re.compile(
    r"(?:单价|每[台套件个吨箱辆只批米份册部张把片支](?:单价|价格)?|unit price)\s*(?:为|是|:|of|人民币|含税)*\s*$", re.I
)
_PER = re.compile(
    r"\s*(?:/|每)\s*(?:台|套|件|个|吨|箱|辆|只|平方米|㎡|米|千克|公斤|kg|人|份|册|部|张|把|片|支|unit|set)"
)
_MONTHLY = re.compile(
    r"(?:租金每月|月租金|每月租金|租金(?:为|:)?每月|月服务费|每月(?:支付)?(?:服务费|费用)?"
    r"|monthly rent)\s*(?:为|是|:|人民币)*\s*$",
    re.I,
)
_YEARLY = re.compile(
    r"(?:年租金|每年租金|全年租金|年度租金|年服务费|一年租金)\s*(?:合计|共计|总计|总额)?\s*(?:为|是|:|人民币)*\s*$"
)


def check(contract: Contract) -> Iterator[Issue]:
    """All wrong products outside tables."""
    yield from _inline_products(contract)
    yield from _rent(contract)
    yield from _shares_of_total(contract)


def _inline_products(contract: Contract) -> Iterator[Issue]:
    """单价 x 数量 beside a total, in one line."""
    text = contract.folded
    for start, end in contract.lines:
        if end - start > 400:
            pieces = [(s, e) for s, e in contract.sentences if s >= start and e <= end + 1]
        else:
            pieces = [(start, end)]
        for first, last in pieces:
            quantities = list(_QUANTITY.finditer(text, first, last))
            inside = [a for a in contract.amounts if first <= a.start < last]
            prices = [
                a for a in inside if _PRICE.search(text, max(first, a.start - 16), a.start) or _PER.match(text, a.end)
            ]
            sums = [a for a in contract.totals if first <= a.start < last and a not in prices]
            quantities = [q for q in quantities if not any(a.start <= q.start("count") < a.end for a in inside)]
            if len(quantities) != 1 or len(prices) != 1 or not sums:
                continue
            made = Decimal(quantities[0]["count"].replace(",", "")) * prices[0].value
            total = sums[0]
            if made and abs(made - total.value) > max(Decimal(1), made / 10000):
                begin = min(quantities[0].start(), prices[0].start, total.start)
                finish = max(quantities[0].end(), prices[0].end, total.end)
                values = {
                    "quantity": quantities[0]["count"],
                    "price": shown(prices[0].value),
                    "made": shown(made),
                    "total": shown(total.value),
                }
                yield Issue("amount.sum_mismatch", "error", begin, finish, values, variant="product")


def _rent(contract: Contract) -> Iterator[Issue]:
    """Twelve monthly rents are a yearly one."""
    text = contract.folded
    monthly = [a for a in contract.amounts if _MONTHLY.search(text, max(0, a.start - 16), a.start)]
    yearly = [a for a in contract.amounts if _YEARLY.search(text, max(0, a.start - 16), a.start)]
    for month in monthly:
        near = [year for year in yearly if 0 < year.start - month.end < 80 or 0 < month.start - year.end < 80]
        if near and near[0].value != month.value * 12:
            start, end = min(month.start, near[0].start), max(month.end, near[0].end)
            values = {
                "quantity": 12,
                "price": shown(month.value),
                "made": shown(month.value * 12),
                "total": shown(near[0].value),
            }
            yield Issue("amount.sum_mismatch", "error", start, end, values, variant="product")
        yield from _months(contract, month)


def _months(contract: Contract, month: Amount) -> Iterator[Issue]:
    """A monthly rent, a number of months and the total of all, in one sentence."""
    text = contract.folded
    start, end = contract.sentence_at(month.start)
    terms = [
        p
        for p in contract.periods
        if start <= p.start < end and p.unit != "day" and _RENT_TERM.search(text, start, p.start)
    ]
    sums = [a for a in contract.totals if start <= a.start < end and a != month]
    if len(terms) == 1 and len(sums) == 1 and month.value * terms[0].months != sums[0].value:
        made = month.value * terms[0].months
        values = {
            "quantity": f"{terms[0].months:f}",
            "price": shown(month.value),
            "made": shown(made),
            "total": shown(sums[0].value),
        }
        begin, finish = min(month.start, terms[0].start, sums[0].start), max(month.end, terms[0].end, sums[0].end)
        yield Issue("amount.sum_mismatch", "error", begin, finish, values, variant="product")


def _shares_of_total(contract: Contract) -> Iterator[Issue]:
    """合同总价的30%，即30000元: the share and the sum beside it, where the total is known."""
    text = contract.folded
    known = [a.value for a in contract.totals]
    if not known:
        return
    for match in contract.percents:
        share = match.share
        start, end = contract.sentence_at(match.start)
        base = re.search(
            r"(?:总价款?|总金额|总额|合同价款?|合同金额|价款|总费用|总造价|货款|contract price|total (?:price"
            r"|amount))\s*的?\s*$",
            text[start : match.start],
        )
        if not base or _NOT_SHARE.search(text, start, match.end):
            continue
        beside = re.compile(
            r"[\s,，(:：]*(?:的)?(?:预付款|定金|首付款|尾款|余款|货款|款项|进度款|质保金"
            r"|作为[^，,。\d]{0,10})?[\s,，(:：]*(?:即|计|共计|合计|为"
            r"|也就是|or|i\.e\.|being)?\s*(?:人民币)?\s*(?:大写)?\s*$"
        )
        amount = next((a for a in contract.amounts if a.start >= match.end), None)
        if amount is None or amount.start > end or not beside.fullmatch(text[match.end : amount.start]):
            continue
        if re.search(r"预付款|定金|首付款|尾款", text[start : match.start]) is None and not re.search(
            "即|计|[,，(]", text[match.end : amount.start]
        ):
            continue
        if any(abs(total * share / 100 - amount.value) <= 1 for total in known):
            continue
        made = known[0] * share / 100
        values = {"quantity": f"{share}%", "price": shown(known[0]), "made": shown(made), "total": shown(amount.value)}
        yield Issue("amount.sum_mismatch", "error", match.start, amount.end, values, variant="product")
