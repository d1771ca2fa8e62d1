"""The sums behind words such as 合同总价."""

import re

from .amounts import Amount

_TOTAL = re.compile(
    r"总价款?|全部(?:货款|价款|费用|款项|工程款|房款)|总金额|总额|总价格|总造价|总费用|总租金|总值|标的额|标的总额|成交价款?|转让价款?|购房款|合同价款?"
    r"|合同金额|合同价格|借款(?:总额|金额|本金|数额)|(?:提供|出借)借款(?=人民币|\d|¥)|(?:租金|价款|费用"
    r"|金额|货款)?(?:合计|总计|共计)"
    r"|total (?:contract |purchase )?(?:price|amount|fees?|consideration|sum|cost)|contract (?:price|sum)"
    r"|purchase price"
    r"|for a total(?= of)|totall?ing|aggregate (?:price|fees?)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:[\s:：()为是计,，|¥_]|人民币|大写|小写|含税|不含税|共计|共|合计|总计|暂定|固定|is|shall be"
    r"|of|RMB|金额|价|合同)*"
)


def totals(text: str, amounts: list[Amount]) -> list[Amount]:
    """The totals stated in a folded text, in order, each once."""
    found: list[Amount] = []
    place = 0
    for match in _TOTAL.finditer(text):
        while place < len(amounts) and amounts[place].start < match.end():
            place += 1
        if place == len(amounts):
            break
        amount = amounts[place]
        gap = text[match.end() : amount.start]
        if len(gap) <= 24 and _BETWEEN.fullmatch(gap) and amount not in found:
            found.append(amount)
    return found
