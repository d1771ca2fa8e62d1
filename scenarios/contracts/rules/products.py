"""``amount.sum_mismatch``: quantity and price, rent and months, share and total that give another product."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import Amount, shown
from ..contract import Contract
from ..issue import Issue
from ..numerals import english_number, number
from ..percents import Percent

_RENT_TERM = re.compile(r"(?:租期|租赁期限?|期限|服务期|共计?|为期)\s*(?:为|是|:)?\s*$")
_NOT_SHARE = re.compile(r"违约金|罚|利率|利息|税率|增值税|赔偿|滞纳|penalty|interest|tax", re.IGNORECASE)
_UNIT = (
    r"(?:台套|台|套|件|个|吨|箱|辆|只|批|平方米|㎡|米|千克|公斤|kg|人次|人|份|册|部|张|把|片|支|根|块|桶|瓶|盒|组"
    r"|头|株|亩|棵|节|课时|小时|次"
    r"|units?|sets?|pcs|pieces?|tons?|licen[sc]es?|seats?|hours?|items?|copy|copies|person)"
)
_QUANTITY = re.compile(rf"(?<![\d.,¥$])(?P<count>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>{_UNIT})(?![a-z])", re.I)
_COUNTED = re.compile(
    r"(?:数量|共计?|合计|采购|购买|订购|购进|租用|供应|orders?|purchases?"
    r"|quantity)[^\d，,。；]{0,12}$",
    re.I,
)
_BARE = re.compile(r"(?:数量|quantity)\s*(?:为|是|:|of)?\s*(?P<count>\d[\d,]*(?:\.\d+)?)(?P<unit>)", re.I)
_PRICE = re.compile(
    rf"(?:单价|每{_UNIT}(?:每[月日年])?(?:单价|价格|售价|人民币)?|unit price)\s*(?:为|是|:|of|人民币|含税|is"
    rf"|\([^)]*\))*\s*$",
    re.I,
)
_PER = re.compile(rf"\s*(?:/|每|一|per |each|a )\s*(?P<unit>{_UNIT})?")
_EACH = re.compile(rf"每(?P<unit>{_UNIT})[^\d]{{0,8}}$")
_SUM = re.compile(
    r"(?:共计|合计|总计|总价款?|总金额|总额|计|货款|价款|total(?:ing| price"
    r"| amount)?(?: of)?)\s*(?:为|是|:|人民币|¥|款|of|is)*\s*$",
    re.I,
)
_MONTHLY = re.compile(
    r"(?:租金每月|月租金|每月租金|租金(?:为|:)?每月|月服务费|每月(?:应?(?:支付|交纳|缴纳|付))?(?:租金|服务费|费用)?"
    r"|monthly rent)\s*(?:为|是|:|人民币)*\s*$",
    re.I,
)
_YEARLY = re.compile(
    r"(?:年租金|每年租金|全年租金|年度租金|年服务费|一年租金)\s*(?:合计|共计|总计|总额)?\s*(?:为|是|:|人民币)*\s*$"
)


def check(contract: Contract) -> Iterator[Issue]:
    """All wrong products outside tables."""
    yield from _inline_products(contract)
    yield from _periodic(contract)
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
            inside = [a for a in contract.amounts if first <= a.start < last]
            prices = [a for a in inside if _PRICE.search(text, max(first, a.start - 16), a.start) or _per(text, a)]
            sums = [
                a
                for a in inside
                if a not in prices and (a in contract.totals or _SUM.search(text, max(first, a.start - 12), a.start))
            ]
            quantities = _quantities(text, first, last, inside, prices)
            if len(quantities) != 1 or len(prices) != 1 or not sums or len({a.value for a in sums}) != 1:
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


def _per(text: str, amount: Amount) -> str:
    """The unit that a price is of (850元/张), a blank where none is named."""
    behind = _PER.match(text, amount.end)
    return (behind["unit"] or "") if behind else ""


def _quantities(text: str, first: int, last: int, inside: list[Amount], prices: list[Amount]) -> list[re.Match[str]]:
    """What is counted in a stretch, of the unit that the price is of; the one with 数量 before it where there "
    "are more."""
    found = [
        q
        for q in (list(_QUANTITY.finditer(text, first, last)) or list(_BARE.finditer(text, first, last)))
        if not any(a.start <= q.start("count") < a.end for a in inside)
        and not re.search("[第每]$", text[max(first, q.start() - 1) : q.start()])
    ]
    if len(prices) == 1:
        each = _EACH.search(text, first, prices[0].start)
        unit = _per(text, prices[0]) or (each["unit"] if each else "")
        found = [q for q in found if q["unit"].rstrip("s") == unit.rstrip("s")] if unit and len(found) > 1 else found
    counted = [q for q in found if _COUNTED.search(text, max(first, q.start() - 16), q.start())]
    return counted if len(found) > 1 and len(counted) == 1 else found


_EVERY = re.compile(r"每(?P<unit>期|个?季度?|个?月|半年|年|次|笔|批)[^\d。；，,]{0,10}$")
_TIMES = re.compile(
    r"(?:共|分|计|总共|合计|分为)\s*(?P<n>\d{1,3}|[二两三四五六七八九十]{1,3})\s*(?P<unit>期|次"
    r"|笔|批|个季度|个月)"
)
_MONTHS = {"月": 1, "个月": 1, "季": 3, "季度": 3, "个季度": 3, "个季": 3, "半年": 6, "年": 12}
_IN_PARTS = re.compile(
    r"[,，(]?\s*(?:分|共)[二两三四五六七八九十\d]+(?:期|次|笔|批|个月)"
    r"|\b(?:payable|paid|repaid|repayable|due) (?:by|in) "
)
_EN_EVERY = re.compile(
    r"\b(?P<n>two|three|four|five|six|eight|ten|twelve"
    r"|\d+)\s*(?:\(\d+\)\s*)?(?:equal\s+)?(?:consecutive\s+)?(?:monthly|quarterly|annual)?\s*"
    r"(?:instal?lments|payments)(?:,? each)? (?:of|in the amount of)\s*$",
    re.I,
)


def _periodic(contract: Contract) -> Iterator[Issue]:
    """服务费合计36万元，每季度9万元，共四期: what is paid each time, how often, and the total."""
    text = contract.folded
    for amount in contract.amounts:
        start, end = contract.sentence_at(amount.start)
        every, english = _EVERY.search(text, start, amount.start), _EN_EVERY.search(text, start, amount.start)
        if not every and not english:
            continue
        sums = [a for a in contract.totals if start <= a.start < end and a is not amount and a.value > amount.value]
        sums = sums or _divided(contract, start, amount)
        times = _TIMES.search(text, start, end)
        if len({a.value for a in sums}) != 1 or not (times or english):
            continue
        if times and every:
            if times["unit"] in _MONTHS and _MONTHS.get(times["unit"]) != _MONTHS.get(every["unit"]):
                continue
            count = Decimal(int(number(times["n"])))
        elif english:
            count = Decimal(english["n"]) if english["n"].isdigit() else Decimal(english_number(english["n"]))
        else:
            continue
        made = amount.value * count
        if made != sums[0].value:
            values = {
                "quantity": f"{count:f}",
                "price": shown(amount.value),
                "made": shown(made),
                "total": shown(sums[0].value),
            }
            begin, finish = min(amount.start, sums[0].start), max(amount.end, sums[0].end)
            yield Issue("amount.sum_mismatch", "error", begin, finish, values, variant="product")


def _divided(contract: Contract, start: int, amount: Amount) -> list[Amount]:
    """The sum that is said to be paid in parts: 押金36,000元，分三期支付，每期..., £48,000, payable in twelve ...."""
    whole = [a for a in contract.amounts if start <= a.start and a.end <= amount.start and not a.spelt]
    gap = contract.folded[whole[-1].end : amount.start] if whole else ""
    return whole[-1:] if whole and whole[-1].value > amount.value and _IN_PARTS.search(gap) else []


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


_OF_TOTAL = re.compile(
    r"(?:总价款?|总金额|总额|总价格|合同价款?|合同金额|价款|总费用|总造价|货款|租金|contract price|total (?:price"
    r"|amount))\s*的?\s*$",
    re.IGNORECASE,
)
_PAYING = re.compile(r"(?:支付|付款|付|预付|先付|首付|尾款|余款|支取)[^。；，,\d]{0,12}$")
_THAT_IS = re.compile(
    r"[\s,，(:：]*(?:的)?(?:预付款|定金|首付款|尾款|余款|货款|款项|进度款|质保金"
    r"|作为[^，,。\d]{0,10})?[\s,，(:：]*(?P<is>即|计|共计|合计|为|也就是|or|i\.e\."
    r"|being)?\s*(?:人民币)?\s*(?:大写)?\s*$"
)
_NAMED = re.compile(r"预付款|定金|首付款|尾款")
_BRACKETED = re.compile(r"\s*[(（]\s*(?:占|即)?[^)\d]{0,8}$")


def _shares_of_total(contract: Contract) -> Iterator[Issue]:
    """合同总价的30%，即30000元, or 30000元（30%）: the share and the sum beside it, where the total is known."""
    text = contract.folded
    if not contract.totals:
        return
    for percent in contract.percents:
        start, end = contract.sentence_at(percent.start)
        if _NOT_SHARE.search(text, start, percent.end):
            continue
        amount = _beside(contract, percent, start, end)
        near = [a for a in contract.totals if percent.start - 200 <= a.start < percent.end and a is not amount]
        known = near or contract.totals
        if amount is None or any(abs(t.value * percent.share / 100 - amount.value) <= 1 for t in contract.totals):
            continue
        if not _OF_TOTAL.search(text, start, percent.start) and not near:
            continue
        made = known[-1].value * percent.share / 100
        values = {
            "quantity": f"{percent.share}%",
            "price": shown(known[-1].value),
            "made": shown(made),
            "total": shown(amount.value),
        }
        begin, finish = min(percent.start, amount.start), max(percent.end, amount.end)
        yield Issue("amount.sum_mismatch", "error", begin, finish, values, variant="product")


def _beside(contract: Contract, percent: Percent, start: int, end: int) -> Amount | None:
    """The sum that is said to be the share: behind it with 即, or before it with the share in brackets."""
    text = contract.folded
    behind = next((a for a in contract.amounts if a.start >= percent.end), None)
    if behind and behind.start <= end and (gap := _THAT_IS.fullmatch(text[percent.end : behind.start])):
        of_total, paying = _OF_TOTAL.search(text, start, percent.start), _PAYING.search(text, start, percent.start)
        linked = gap["is"] in ("即", "计", "也就是", "or", "i.e.", "being") or re.search("[,，(]", gap.group())
        if (of_total and (linked or _NAMED.search(text, start, percent.start))) or (paying and gap["is"] == "即"):
            return behind
    before = next((a for a in reversed(contract.amounts) if a.end <= percent.start), None)
    if (
        before
        and before.start >= start
        and _BRACKETED.fullmatch(text[before.end : percent.start])
        and before not in contract.totals
    ):
        return before if _PAYING.search(text, start, before.start) else None
    return None
