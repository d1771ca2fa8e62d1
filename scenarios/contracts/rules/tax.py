"""``amount.tax_arithmetic``: net, rate, tax and gross that contradict one another."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import Amount, shown
from ..contract import Contract
from ..issue import Issue

_NET = re.compile(
    r"(?P<key>不含税|未税|税前|除税|不含增值税|\bnet\b|exclusive of (?:tax|VAT)|excluding (?:tax|VAT)"
    r"|before (?:tax|VAT))[^0-9。；\n]{0,22}$",
    re.I,
)
_TAX = re.compile(r"(?P<key>税额|税款|增值税(?:额|款|税额)?|税金(?!额)|\bVAT\b|\btax\b)[^0-9%。；\n，,]{0,18}$", re.I)
_GROSS = re.compile(
    r"(?<!不)(?<!未)(?P<key>含税|价税合计|税后|含增值税|含\s*增值税|\bgross\b|(?:inclusive of|including"
    r"|after) (?:tax|VAT))[^0-9。；\n]{0,22}$",
    re.I,
)
_PERCENT = re.compile(r"\s?(?:at|of|@)?\s*\d+(?:\.\d+)?\s*%(?:\s*的)?", re.I)
_RATE = re.compile(
    r"(?:税率|增值税|税点|\bVAT|\bGST|\btax(?: rate)?)[^0-9%。；\n]{0,16}$|^\s*(?:的)?\s*(?:增值税|税率|税|VAT)", re.I
)
_USUAL_RATES = {Decimal(rate) for rate in ("1", "1.5", "3", "5", "6", "9", "10", "11", "13", "16", "17")}


def check(contract: Contract) -> Iterator[Issue]:
    """Net, rate, tax and gross within a line or two: any two must give the third."""
    text = contract.folded
    done = -1
    for match in re.finditer(r"税率|增值税|税额|税金(?!额)|不含税|价税合计|\bVAT\b|\btax\b", text, re.IGNORECASE):
        if match.start() < done:
            continue
        start = contract.line_at(match.start())[0]
        end = start
        for _ in range(4):
            end = contract.line_at(min(end + 1, len(text) - 1) if end > start else start)[1]
            if end >= len(text) - 1 or end - start > 400:
                break
        done = end
        found: dict[str, Amount] = {}
        for amount in contract.amounts:
            if not start <= amount.start < end or amount.spelt:
                continue
            before = _PERCENT.sub("", text[max(start, amount.start - 30) : amount.start])
            places = {
                kind: (named.end("key"), -named.start("key"))
                for kind, pattern in (("net", _NET), ("tax", _TAX), ("gross", _GROSS))
                if (named := pattern.search(before))
            }
            if places:  # the word next to the sum, 不含税 rather than the 税 in it
                found.setdefault(max(places, key=places.__getitem__), amount)
        whole = next((a for a in contract.totals if start <= a.start < end and a not in found.values()), None)
        if (
            whole
            and "gross" not in found
            and "net" in found
            and whole.start < found["net"].start
            and not re.search("单价|每|unit|per ", text[whole.end : found["net"].start])
        ):
            found["gross"] = whole  # 总价113万元，其中不含税价100万元，税额13万元
        rates = [
            percent.share
            for percent in contract.percents
            if start <= percent.start < end
            and (percent.share in _USUAL_RATES or contract.lang == "en")
            and (
                _RATE.search(text[max(start, percent.start - 24) : percent.start])
                or _RATE.search(text[percent.end : percent.end + 6])
            )
        ]
        rate = rates[0] / 100 if len(set(rates)) == 1 else None
        problem = _contradiction(found, rate)
        if problem:
            spans = [(a.start, a.end) for a in found.values()]
            values = {kind: shown(found[kind].value) if kind in found else "-" for kind in ("net", "tax", "gross")}
            values |= {"rate": f"{rate * 100:g}%" if rate is not None else "-", "expected": problem}
            yield Issue("amount.tax_arithmetic", "error", min(spans)[0], max(e for _, e in spans), values)


def _contradiction(found: dict[str, Amount], rate: Decimal | None) -> str:
    """What should stand there instead, empty when all is well. Rounding of a unit of the last place written is fine."""
    net, tax, gross = (found[kind].value if kind in found else None for kind in ("net", "tax", "gross"))
    figures = [value for value in (net, tax, gross) if value is not None]
    cents = any(value != value.to_integral_value() for value in figures)
    large = max(figures, default=Decimal(0))
    slack = Decimal("0.05") if cents else Decimal(1)
    if all(value % 100 == 0 for value in figures) and large >= 10**6:
        slack = Decimal(100)  # in 万元 with two decimals
    if net is not None and tax is not None and gross is not None and abs(net + tax - gross) > slack:
        return shown(net + tax)
    if rate is None:
        return ""
    if net is not None and tax is not None and abs(net * rate - tax) > slack:
        return shown(net * rate)
    if net is not None and gross is not None and abs(net * (1 + rate) - gross) > slack:
        return shown(net * (1 + rate))
    if tax is not None and gross is not None and net is None and abs(gross / (1 + rate) * rate - tax) > slack:
        return shown(gross / (1 + rate) * rate)
    return ""
