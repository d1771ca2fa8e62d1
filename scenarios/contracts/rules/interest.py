"""``interest.over_cap``: what a loan costs a year, and what of it the law protects."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from workbench.findings import Severity
from workbench.language import han_number

from ..contract import Contract
from ..issue import Issue
from ..lpr import rate_on
from ..rates import rates

_BANK = re.compile(r"银行|信用社|信用合作|小额贷款|金融公司|信托|财务公司|融资租赁|典当")
_LATE = re.compile(r"(?=.*(?:滞纳金|罚金|违约金))(?=.*(?:还款|偿还|归还|借款|本金|欠款))", re.S)
"""A penalty for paying a loan back late counts with its interest (民间借贷规定 29); one for anything else does not."""
_RULE_SINCE = date(2020, 8, 20)
_ACCOUNT = re.compile("开户银行|中国人民银行|同期银行|银行(?=账|帐|卡|转账|转帐|汇款|同期|流水|利率|存款)|银行贷款利率")


def check(contract: Contract) -> Iterator[Issue]:
    """Interest over four times the one-year LPR when a private loan was made (民间借贷规定 25)."""
    text = contract.folded
    head = text[: contract.head + 200]
    if not (contract.kind == "loan" or re.search("借款合同|借款协议|借条|借据", head)):
        return
    bank = _BANK.search(_ACCOUNT.sub("", head)) is not None
    days = [m.day for m in contract.dates if m.day]
    day = next((day for day in days if day >= _RULE_SINCE), None)
    if day is None and any(date(2015, 9, 1) <= other < _RULE_SINCE for other in days):
        return  # made before the rule: other limits held
    since, lpr = rate_on(min(day or date.today(), date.today()))
    cap = lpr * 4
    for start, end in contract.sentences:
        sentence = text[start:end]
        if not re.search(r"利|息|\binterest\b|资金占用|每万元", sentence, re.I) and not _LATE.search(sentence):
            continue
        for first, last, yearly in _yearly(contract, start, end):
            if yearly <= cap:
                continue
            low = bank and yearly <= 24
            values = {
                "rate": f"{yearly:.2f}".rstrip("0").rstrip(".") + "%",
                "cap": "24%" if bank and not low else f"{cap.normalize():f}%",
                "lpr": f"{lpr.normalize():f}%",
                "since": since,
            }
            severity: Severity = "warning" if bank else "error"
            yield Issue(
                "interest.over_cap", severity, first, last, values, "" if not bank else "bank_low" if low else "bank"
            )


_TIMES_A_YEAR = {"年": 1, "月": 12, "日": 365, "天": 365, "季": 4, "周": 52}
_PER = re.compile(
    r"(?P<per>年|月|日|天|季|周)\s*(?:度)?\s*(?:利率|利息|息|化利率|化收益|化|费率|支付|计|按|付"
    r"|的?(?=[千万百]分之|\d))|(?:每|按|一)(?P<per2>[年月日天季周])"
    r"|利率[^。；\n]{0,10}?(?P<per3>[年月日天])(?!\d)"
)
_PER_BEHIND = re.compile(
    r"\s*(?:/|每|一)\s*(?P<per>[年月日天])|\s*(?:per|a|each|every) (?P<en>year|annum|month|day|week)"
    r"|\s*(?P<adv>annually|monthly|daily)",
    re.I,
)
_EN_TIMES = {"year": 1, "annum": 1, "annually": 1, "month": 12, "monthly": 12, "day": 365, "daily": 365, "week": 52}
_EN_YEARLY = re.compile(r"(?P<en>annual|yearly|monthly|daily)[^.;]{0,30}$", re.I)
_NOT_RATE = re.compile(r"本金的?\s*$|归还[^。；，,]{0,6}$|上浮|下浮|浮动|加收|加[^。；，,]{0,4}$|质押率|抵押率|税")


def _yearly(contract: Contract, start: int, end: int) -> Iterator[tuple[int, int, Decimal]]:
    """(start, end, per cent a year) of what a sentence charges for a loan."""
    text = contract.folded
    for first, last, share in rates(contract, start, end):
        before = text[max(start, first - 24) : first]
        cues = list(_PER.finditer(before))
        per = next((cues[-1][group] for group in ("per", "per2", "per3") if cues and cues[-1][group]), "")
        behind = _PER_BEHIND.match(text, last, end)
        english = _EN_YEARLY.search(before)
        times = _TIMES_A_YEAR.get((behind and behind["per"]) or per)
        if behind and (behind["en"] or behind["adv"]):
            times = _EN_TIMES[(behind["en"] or behind["adv"]).lower()]
        elif english:
            times = {"annual": 1, "yearly": 1, "monthly": 12, "daily": 365}[english["en"].lower()]
        late = re.search("滞纳金|罚金|违约金|罚息|计收", text[start:end])
        if times and (not _NOT_RATE.search(before) or re.search("利|息", before) or (late and "本金" in before)):
            yield first, last, share * times
    yield from _points(text, start, end)
    for match in _FOR_EACH.finditer(text, start, end):
        base = {"万": 10000, "千": 1000, "百": 100}[match["base"]]
        paid = Decimal(match["paid"]) if match["paid"][0].isdigit() else Decimal(han_number(match["paid"]))
        yield match.start(), match.end(), paid * 100 / base * _TIMES_A_YEAR[match["per"]]
    yield from _repaid(contract, start, end)


_POINTS = re.compile(
    r"(?P<per>[年月日])(?:息|利率?|利息)\s*(?:为|按|是|:)?\s*(?P<n>\d+(?:\.\d+)?"
    r"|[一二两三四五六七八九])\s*分(?!之|期|次)(?P<more>[一二三四五六七八九\d]|半)?厘?"
)
_FOR_EACH = re.compile(
    r"每(?P<base>[万千百])元(?:本金|借款)?(?:每|按)?(?P<per>[年月日天])[^。；，,\d]{0,8}?(?P<paid>\d+(?:\.\d+)?"
    r"|[一二三四五六七八九十百]+)元"
)
_REPAID = re.compile(r"(?:本息|本金及利息|连本带利|本利)(?:合计|共计|共|总计|和|总额|为|人民币|\s)*$")


def _points(text: str, start: int, end: int) -> Iterator[tuple[int, int, Decimal]]:
    """月息2分: two per cent a month; 二分五 is 2.5. Of a year a 分 is a tenth."""
    for match in _POINTS.finditer(text, start, end):
        count = Decimal(match["n"]) if match["n"][0].isdigit() else Decimal(han_number(match["n"]))
        more = match["more"]
        if more:
            count += (
                Decimal("0.5") if more == "半" else Decimal(han_number(more) if not more.isdigit() else int(more)) / 10
            )
        share = count * 10 if match["per"] == "年" else count * _TIMES_A_YEAR[match["per"]]
        yield match.start("n"), match.end(), share


def _repaid(contract: Contract, start: int, end: int) -> Iterator[tuple[int, int, Decimal]]:
    """借款100万元，借期一年，归还本息合计130万元: thirty per cent."""
    text = contract.folded
    inside = [a for a in contract.amounts if start <= a.start < end and not a.spelt]
    terms = [p for p in contract.periods if start <= p.start < end and p.months]
    if len(inside) == 2 and len(terms) == 1 and _REPAID.search(text, start, inside[1].start):
        lent, repaid = inside[0].value, inside[1].value
        if lent and repaid > lent:
            yield inside[1].start, inside[1].end, (repaid - lent) * 1200 / lent / terms[0].months
