"""Legal limits in figures: 定金, liquidated damages, lease terms, loan interest."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from workbench.findings import Severity
from workbench.language import han_number

from ..amounts import shown
from ..contract import Contract
from ..dates import add_months
from ..issue import Issue
from ..lpr import rate_on

_FRACTION = re.compile(r"(?P<base>[千万])分之(?P<n>[零一二两三四五六七八九十百\d.]+)|(?P<mille>\d+(?:\.\d+)?)\s*‰")
_PENALTY = re.compile(
    r"违约金|滞纳金|罚金|罚款|逾期付款|逾期交|liquidated damages|late (?:fee|charge)|penalt(?:y|ies)", re.IGNORECASE
)
_DAILY = re.compile(
    r"每日|每天|每一[日天]|每逾期一?[日天]|每(?:延迟|迟延|延误|拖延|超过|推迟|延期)一?[日天]|按日"
    r"|逾期一[日天]|[/／]日|日(?=[千万]分之|\d)|per day|each day|daily",
    re.I,
)
_SUM = re.compile(
    r"(?:总价款?|总额|总金额|合同价款?|合同金额|价款|总造价|总费用|货款|标的额|成交价|房款|工程款"
    r"|转让款|contract price|total (?:price|amount))(?:总额|总价)?的?\s*$",
    re.I,
)
_BANK = re.compile(r"银行|信用社|信用合作|小额贷款|金融公司|信托|财务公司|融资租赁|典当")
_LOAN = re.compile(r"借款|出借|借贷|借条|借据|贷款")
_RATE = re.compile(
    r"(?P<per>年|月|日|季)\s*(?:利率|利息|息|化利率|化收益|化)"
    r"|利率[^。；\n]{0,10}?(?P<per2>每?[年月日天])(?!\d)"
    r"|利息[^。；\n]{0,10}?按?每?(?P<per3>[年月日天])(?!\d)"
)


def check(contract: Contract) -> Iterator[Issue]:
    """All limits that are passed."""
    yield from _deposit(contract)
    yield from _penalty(contract)
    yield from _lease(contract)
    yield from _interest(contract)


def rates(contract: Contract, start: int, end: int) -> list[tuple[int, int, Decimal]]:
    """(start, end, per cent) of percentages, 千分之, 万分之 and ‰ in a stretch of the text, in order."""
    found = [(p.start, p.end, p.share) for p in contract.percents if start <= p.start < end]
    for match in _FRACTION.finditer(contract.folded, start, end):
        if match["mille"]:
            share = Decimal(match["mille"]) / 10
        else:
            written = match["n"]
            count = Decimal(written) if re.fullmatch(r"\d+(?:\.\d+)?", written) else _han(written)
            share = count / (10 if match["base"] == "千" else 100)
        found.append((match.start(), match.end(), share))
    return sorted(found)


def _han(written: str) -> Decimal:
    return Decimal(han_number(re.sub(r"[\d.]", "", written) or "零"))


def _deposit(contract: Contract) -> Iterator[Issue]:
    """More than a fifth of the price as 定金 has no effect as such (民法典 586)."""
    text = contract.folded
    law = (("民法典", 586),)
    total = max((amount.value for amount in contract.totals), default=None)
    for match in re.finditer("定金", text):
        start, end = contract.sentence_at(match.start())
        if re.search("罚则|双倍|返还", text[match.end() : match.end() + 6]):
            continue
        near = [p for p in contract.percents if start <= p.start < end and _belongs(text, match, p.start, p.end)]
        for percent in near[:1]:
            if percent.share > 20 and not re.search(
                "不超过|不得|以下|超过|超出", text[max(start, percent.start - 14) : percent.start]
            ):
                begin, finish = min(match.start(), percent.start), max(match.end(), percent.end)
                yield Issue("deposit.over_20_percent", "error", begin, finish, {"share": f"{percent.share}%"}, law=law)
        if near or not total:
            continue
        sums = [
            a
            for a in contract.amounts
            if start <= a.start < end and not a.spelt and _belongs(text, match, a.start, a.end)
        ]
        for amount in sums[:1]:
            if amount.value * 5 > total and amount.value < total:
                share = f"{amount.value * 100 / total:.0f}%"
                begin, finish = min(match.start(), amount.start), max(match.end(), amount.end)
                yield Issue("deposit.over_20_percent", "error", begin, finish, {"share": share}, law=law)


def _belongs(text: str, word: re.Match[str], start: int, end: int) -> bool:
    """Whether a figure is the deposit's: right behind it, or before it with 作为, 为 or 的 between."""
    if start >= word.end():
        gap = text[word.end() : start]
        return len(gap) <= 30 and not re.search(r"[。；;]|余款|尾款|剩余|其余|违约金|预付款|首付", gap)
    gap = text[end : word.start()]
    return (
        len(gap) <= 16
        and re.fullmatch(
            r"[\s()]*(?:[,，]?\s*(?:作为|即为?|为)|[^,，。；]{0,8}(?:作为|的|为|做)|元)?[^,，。；\d]{0,6}", gap
        )
        is not None
    )


def _penalty(contract: Contract) -> Iterator[Issue]:
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
            if re.search(r"超过|达到|不足|低于|以上的$|未达", text[max(start, first - 10) : first]):
                continue
            daily = _DAILY.search(before) or re.match(r"\s*(?:/|每)\s*[日天]|\s*(?:per|a) day", text[last : last + 8])
            if daily and share >= Decimal("0.5"):
                yield Issue(
                    "penalty.excessive", "warning", first, last, {"share": f"{share.normalize():f}%"}, "daily", law
                )
            elif (
                not daily
                and share > 30
                and _SUM.search(text, start, first)
                and _is_penalty(text, start, end, first, last)
            ):
                yield Issue("penalty.excessive", "warning", first, last, {"share": f"{share.normalize():f}%"}, law=law)
        for match in re.finditer(
            r"(?:总价款?|总额|总金额|价款|货款|合同金额|租金|工资)的?\s*(?P<n>\d+|[一二两三四五六七八九十]+)\s*倍",
            text[start:end],
        ):
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
        or re.search(r"(?:违约金|罚金|罚款|赔偿)[^。；;]{0,30}$", text[start:first]) is not None
    )


def _lease(contract: Contract) -> Iterator[Issue]:
    """What is over twenty years of a lease is void (民法典 705)."""
    text = contract.folded
    law = (("民法典", 705),)
    seen: set[int] = set()
    for period in contract.periods:
        start, end = contract.sentence_at(period.start)
        sentence = text[start:end]
        if period.months <= 240 or (not re.search("租", sentence) and contract.kind != "lease"):
            continue
        before = text[max(start, period.start - 24) : period.start]
        if re.search(r"土地使用权|使用年限|建成|产权|自动续|累计", sentence):
            continue
        if re.search(r"(?:租赁期限?|租期|租赁|出租|承租|租用|期限|有效期|lease|term)[^。；]{0,20}$", before, re.I):
            seen.add(start)
            yield Issue(
                "lease.over_20_years",
                "error",
                period.start,
                period.end,
                {"term": contract.text[period.start : period.end]},
                law=law,
            )
    for pair in contract.ranges:
        start, end = contract.sentence_at(pair.first.start)
        if start in seen or not pair.first.day or not pair.last.day:
            continue
        if ("租" in text[start:end] or contract.kind == "lease") and pair.last.day > add_months(pair.first.day, 240):
            yield Issue(
                "lease.over_20_years",
                "error",
                pair.first.start,
                pair.last.end,
                {"term": contract.text[pair.first.start : pair.last.end]},
                law=law,
            )


def _interest(contract: Contract) -> Iterator[Issue]:
    """Interest over four times the one-year LPR when a private loan was made (民间借贷规定 25)."""
    text = contract.folded
    head = text[: contract.head + 200]
    if not (contract.kind == "loan" or re.search("借款合同|借款协议|借条|借据", head)):
        return
    bank = _BANK.search(head) is not None
    day = next((m.day for m in contract.dates if m.day and m.day >= date(2020, 8, 20)), None)
    if day is None and any(m.day for m in contract.dates):
        return  # before the rule: other limits held
    since, lpr = rate_on(min(day or date.today(), date.today()))
    cap = Decimal(24) if bank else lpr * 4
    for start, end in contract.sentences:
        if not re.search("利|息", text[start:end]):
            continue
        for first, last, share in rates(contract, start, end) + _points(text, start, end):
            cues = list(_RATE.finditer(text, max(start, first - 24), first))
            per = next((cues[-1][g] for g in ("per", "per2", "per3") if cues and cues[-1][g]), "")
            after = re.match(r"\s*(?:/|每)\s*(?P<per>[年月日天])", text[last : last + 4])
            per = after["per"] if after else per.removeprefix("每")
            times = {"年": 1, "月": 12, "日": 365, "天": 365, "季": 4}.get(per)
            if times and share * times > cap:
                values = {
                    "rate": f"{(share * times).normalize():f}%",
                    "cap": f"{cap.normalize():f}%",
                    "lpr": f"{lpr.normalize():f}%",
                    "since": since,
                }
                severity: Severity = "warning" if bank else "error"
                yield Issue("interest.over_cap", severity, first, last, values, "bank" if bank else "")


def _points(text: str, start: int, end: int) -> list[tuple[int, int, Decimal]]:
    """月息2分: two per cent a month."""
    found = []
    for match in re.finditer(r"月息\s*(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九])\s*分", text[start:end]):
        count = Decimal(match["n"]) if match["n"][0].isdigit() else Decimal(han_number(match["n"]))
        found.append((start + match.start("n"), start + match.end(), count))
    return found
