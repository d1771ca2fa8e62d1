"""``amount.words_mismatch`` and ``currency.mixed``: one sum written twice."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from workbench.language import han_number

from ..amounts import Amount, bare_number, currency, shown
from ..contract import Contract
from ..issue import Issue
from ..numerals import english_number

_CUE = r"大写|小写|人民币|合计|总计|共计|金额|整|即|计|为|RMB|CNY|USD|US\$|in words|in figures|SAY|only|即人民币"
_GAP = re.compile(rf"(?:{_CUE}|[\s():：,，、|=¥$€£/_\[\]【】\-.。])*", re.IGNORECASE)
_LOWER = re.compile(r"小写|in figures", re.IGNORECASE)
_NEAR = 30
_COUNT = re.compile(
    r"\b(?P<words>(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)"
    r"(?:[\s-]+and)?[\s-]*)+)(?:percent\s*)?\(\s*(?P<mark>US\$|\$"
    r"|USD\s*)?(?P<figure>\d{1,3}(?:,\d{3})+|\d+)(?:\.00)?\s*(?P<unit>%?)\)",
    re.IGNORECASE,
)
_HAN_COUNT = re.compile(
    r"(?P<words>[零一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+)\s*\(\s*(?P<figure>\d{1,3}(?:[,，]\d{3})+"
    r"|\d+)\s*\)"
    r"(?=\s*(?:个|年|月|天|日|份|周|小时|工作日|人|名|套|台|件|吨|%|元|万元|次|倍))"
)
_EXCHANGE = re.compile(r"折合|约合|相当于|等值|等额|汇率|兑换|换算|equivalent|exchange", re.IGNORECASE)
_PRICE = re.compile(r"单价|总价|价款|货款|合同金额|合同总额|支付|price|fee")
_EACH = re.compile(r"单价|每|/|per\b|each|a piece", re.IGNORECASE)
_TOTAL = re.compile(r"(?:合同|协议|货物|项目|工程)?(?:总价款?|总金额|总额|总价格|价款总额|合同价款?|合同金额|总费用)")


_MANY = 2
"""From so many sums in one currency on it is the contract's."""
_PAID = re.compile(
    r"支付|付款|付清|交付?|缴|押金|保证金|定金|租金|价款|[首尾余]款|第.期|pay|price|fee|deposit|rent|within|on|after|upon",
    re.I,
)
_ASIDE = re.compile(
    r"注册资本|保险|投资总额|资产|营业额|限额|capital|insurance|coverage|limit|shares?|stock|par value", re.I
)


def check(contract: Contract) -> Iterator[Issue]:
    """All issues of one sum written twice."""
    yield from _words(contract)
    yield from _counts(contract)
    yield from _currencies(contract)


def _words(contract: Contract) -> Iterator[Issue]:
    text = contract.folded
    spelt = [amount for amount in contract.amounts if amount.spelt]
    figures = [amount for amount in contract.amounts if not amount.spelt]
    taken: set[int] = set()
    open_: list[tuple[Amount, list[Amount]]] = []
    for words in spelt:
        beside = [figure for figure in figures if _beside(text, words, figure)]
        beside += _bare(text, words, beside)
        if not beside:
            continue
        equal = [figure for figure in beside if figure.value == words.value]
        if equal:
            taken.update(figure.start for figure in equal)
        else:
            open_.append((words, beside))
    for words, beside in open_:
        left = [figure for figure in beside if figure.start not in taken]
        if left:
            figure = min(left, key=lambda other: _distance(words, other))
            start, end = min(words.start, figure.start), max(words.end, figure.end)
            values = {"words": shown(words.value), "figures": shown(figure.value)}
            yield Issue("amount.words_mismatch", "error", start, end, values)


def _distance(one: Amount, other: Amount) -> int:
    return max(other.start - one.end, one.start - other.end)


def _beside(text: str, words: Amount, figure: Amount) -> bool:
    """Whether nothing but cues such as 大写 and brackets stands between the two, and they are not one writing."""
    first, last = sorted((words, figure), key=lambda amount: amount.start)
    gap = last.start - first.end
    if not 0 <= gap <= _NEAR:
        return False
    between = text[first.end : last.start]
    if between.count("\n") > 1 or (
        re.search("[。，,、][^(大小写]*$", between) and not re.search("大写|小写|即|\\(", between)
    ):
        return False
    if not re.search(r"[(:：|，,\n/=大小写即]|\s{2}|words|SAY", between) and first is figure and not last.before:
        return False
    return _GAP.fullmatch(between) is not None


def _bare(text: str, words: Amount, beside: list[Amount]) -> list[Amount]:
    """A figure without any currency right behind the word 小写, or in brackets right behind the words."""
    if beside:
        return []
    match = re.compile(
        r"[\s),，、;；|]*[(]?\s*小写\s*[)]?\s*[:：]?\s*[¥_\s]*(?=\d)|\s*\(\s*(?=[\d,]+(?:\.\d+)?\s*\))"
    ).match(text, words.end)
    if match and (found := bare_number(text, match.end(), match.end() + 30)) and found.start - match.end() < 2:
        return [found]
    before = re.compile(
        r"小写\s*[)]?\s*[:：]?\s*[¥_\s]*(\d[\d,]*(?:\.\d+)?)[\s),，、;；"
        r"|(]*(?:人民币)?\s*大写\s*[)]?\s*[:：]?\s*(?:人民币)?\s*$"
    )
    match = before.search(text, max(0, words.start - 60), words.start)
    return [found] if match and (found := bare_number(text, match.start(1), match.end(1))) else []


def _counts(contract: Contract) -> Iterator[Issue]:
    """``thirty (60) days``, 三十（60）日: numbers in words and figures that are no money."""
    spans = [(a.start, a.end) for a in contract.amounts if a.spelt]
    for match in [*_COUNT.finditer(contract.folded), *_HAN_COUNT.finditer(contract.folded)]:
        if any(start < match.end() and match.start() < end for start, end in spans):
            continue
        words = match["words"].strip()
        worth = han_number(words) if not words.isascii() else english_number(words)
        figure = int(re.sub("[,，]", "", match["figure"]))
        if worth != figure and worth:
            values = {"words": worth, "figures": figure}
            yield Issue("amount.words_mismatch", "error", match.start(), match.end(), values, variant="count")


def _currencies(contract: Contract) -> Iterator[Issue]:
    """Two currencies for one sum: before and behind one figure, or words in one and figures in another."""
    text = contract.folded
    for amount in contract.amounts:
        if amount.spelt and amount.value < 10:
            continue  # 人民币一美元: the numeral is a dash
        if amount.before and amount.after and currency(amount.before, "") != currency("", amount.after):
            plain = amount.after in ("元", "圆", "圓", "块")  # USD 5000元 is a slip of the pen, $100元 too
            if plain and amount.before in ("¥", "人民币", "RMB", "CNY"):
                continue
            values = {"one": amount.before, "other": amount.after}
            yield Issue("currency.mixed", "warning" if plain else "error", amount.start, amount.end, values)
    spelt = [amount for amount in contract.amounts if amount.spelt]
    for words in spelt:
        for figure in contract.amounts:
            if figure.spelt or not figure.currency or figure.currency == words.currency:
                continue
            if _beside(text, words, figure) and not _EXCHANGE.search(text, *contract.sentence_at(words.start)):
                start, end = min(words.start, figure.start), max(words.end, figure.end)
                values = {"one": words.currency, "other": figure.currency}
                yield Issue("currency.mixed", "error", start, end, values)
    for one, other in pairwise(contract.amounts):
        bracketed = re.fullmatch(r"\s*\(\s*", text[one.end : other.start]) and not (one.spelt or other.spelt)
        same = bracketed and one.value == other.value and _unlike(one, other)
        if same and not _EXCHANGE.search(text, *contract.sentence_at(one.start)):
            values = {"one": one.currency, "other": other.currency}
            yield Issue("currency.mixed", "error", one.start, other.end, values)
    yield from _beside_price(contract)
    yield from _totals(contract)
    yield from _odd(contract)


def _unlike(one: Amount, other: Amount) -> bool:
    return bool(one.currency and other.currency and one.currency != other.currency)


def _beside_price(contract: Contract) -> Iterator[Issue]:
    """A price in one currency and its total or its payment in another, in one sentence without a rate."""
    text = contract.folded
    for start, end in contract.sentences:
        inside = [a for a in contract.amounts if start <= a.start < end and a.currency and not a.spelt]
        if len(inside) != 2 or inside[0].currency == inside[1].currency:
            continue
        if (
            _PRICE.search(text, start, end)
            and not _EXCHANGE.search(text, start, end)
            and (
                inside[1].start - inside[0].end < 16
                or (
                    inside[1] in contract.totals
                    and _EACH.search(text, max(start, inside[0].start - 12), inside[1].start)
                )
            )
        ):
            values = {"one": inside[0].currency, "other": inside[1].currency}
            yield Issue("currency.mixed", "warning", inside[0].start, inside[1].end, values)


def _odd(contract: Contract) -> Iterator[Issue]:
    """One sum to pay in a foreign currency of its own, where all others are in another and no rate is agreed."""
    found = [a for a in contract.amounts if a.currency and not a.spelt]
    counts = Counter(a.currency for a in found)
    if len(counts) != 2 or _EXCHANGE.search(contract.folded):
        return
    (usual, many), (odd, few) = counts.most_common(2)
    if few != 1 or many < _MANY or odd == "CNY":
        return
    amount = next(a for a in found if a.currency == odd)
    start, end = contract.sentence_at(amount.start)
    if _PAID.search(contract.folded, start, end) and not _ASIDE.search(contract.folded, start, end):
        yield Issue("currency.mixed", "warning", amount.start, amount.end, {"one": usual, "other": odd})


def _totals(contract: Contract) -> Iterator[Issue]:
    """A total that is stated in two currencies without a rate."""
    first: Amount | None = None
    for match in _TOTAL.finditer(contract.folded):
        start, end = contract.sentence_at(match.start())
        amount = next((a for a in contract.amounts if match.end() <= a.start <= min(end, match.end() + 15)), None)
        if amount is None or not amount.currency or _EXCHANGE.search(contract.folded, start, end):
            continue
        if first is None:
            first = amount
        elif amount.currency != first.currency:
            values = {"one": first.currency, "other": amount.currency}
            yield Issue("currency.mixed", "warning", amount.start, amount.end, values)
            return
