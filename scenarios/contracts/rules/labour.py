"""Employment: probation, non-compete, and terms that labour law does not allow."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..contract import Contract
from ..dates import Period
from ..issue import Issue

_EMPLOYED = re.compile(r"劳动合同|聘用合同|用人单位|劳动者|员工|职工|雇员|离职|劳动关系|聘用")
_TERM = re.compile(r"(?:合同期限?|聘用期限?|期限|合同有效期|固定期限)(?:的?劳动合同)?\s*(?:为|是|:|共|,|，|\()*\s*$")
_TAKING = re.compile(
    r"(?:缴纳|交纳|收取|交付|支付|预交|缴|交|提供|扣除?)[^。；;\n]{0,20}?(?:押金|保证金|抵押金|风险金"
    r"|风险抵押金|抵押物|服装费|工装费|培训押金)"
    r"|(?:扣押|扣留|代为保管|统一保管|保管|收取|上交|交由|交存|留存原件)[^。；;\n]{0,14}?(?:身份证"
    r"|毕业证|学历证|资格证|学位证|职称证|证件|户口)"
    r"|(?:身份证|毕业证|学历证|资格证|学位证|证件)[^。；;\n]{0,10}?(?:原件)?[^。；;\n]{0,6}?(?:交由"
    r"|由|交)[^。；;\n]{0,8}?(?:保管|扣押|扣留|留存)"
)
_ALLOWED = re.compile(r"培训|服务期|竞业|保密|商业秘密")
_EMPLOYEE = r"(?:乙方|劳动者|员工|职工|雇员|受聘方|受聘人|应聘人)"


def check(contract: Contract) -> Iterator[Issue]:
    """All issues of employment."""
    if contract.kind == "employment" or re.search("试用期", contract.folded):
        yield from _probation(contract)
        yield from _probation_pay(contract)
    if contract.kind == "employment":
        yield from _void(contract)
    yield from _noncompete(contract)


def _probation(contract: Contract) -> Iterator[Issue]:
    """试用期 by the contract's term: 1, 2 or 6 months, none under three months (劳动合同法 19)."""
    text = contract.folded
    term = _contract_term(contract)
    yield from _probation_dates(contract, term)
    for match in re.finditer("试用期", text):
        _, end = contract.sentence_at(match.start())
        for period in contract.periods:
            if not match.end() <= period.start < min(end, match.end() + 30):
                continue
            gap = text[match.end() : period.start]
            if re.search(r"提前|内|工资|届满|期满|满|考核", gap):
                break
            limit = _limit(term)
            months = period.months if period.unit != "day" else period.count / 30
            if months > limit:
                values = {"probation": contract.text[period.start : period.end], "limit": limit, "term": _shown(term)}
                yield Issue("probation.too_long", "error", match.start(), period.end, values, law=(("劳动合同法", 19),))
            break


def _probation_dates(contract: Contract, term: Decimal | None) -> Iterator[Issue]:
    """试用期 given by its two dates."""
    for pair in contract.ranges:
        before = re.search(
            r"试用期(?:限)?(?:为|自|从|:|\s)*$", contract.folded[max(0, pair.first.start - 12) : pair.first.start]
        )
        if before is None or pair.first.day is None or pair.last.day is None:
            continue
        months = Decimal((pair.last.day - pair.first.day).days + 1) * 12 / 365
        limit = _limit(term)
        if months > limit + Decimal("0.2"):
            shown = contract.text[pair.first.start : pair.last.end]
            values = {"probation": shown, "limit": limit, "term": _shown(term)}
            yield Issue(
                "probation.too_long", "error", pair.first.start, pair.last.end, values, law=(("劳动合同法", 19),)
            )


def _contract_term(contract: Contract) -> Decimal | None:
    """Months of the contract's term; None where none is stated."""
    text = contract.folded
    for period in contract.periods:
        start, _ = contract.sentence_at(period.start)
        before = text[max(start, period.start - 24) : period.start]
        if _TERM.search(before) and "试用" not in before and "竞业" not in before:
            return period.months
    for pair in contract.ranges:
        before = text[max(0, pair.first.start - 20) : pair.first.start]
        if pair.first.day and pair.last.day and "试用" not in before:
            return Decimal((pair.last.day - pair.first.day).days + 1) * 12 / 365
    return None


def _limit(term: Decimal | None) -> int:
    if term is None:
        return 6
    term += Decimal("0.05")  # a year counted in days
    return 0 if term < 3 else 1 if term < 12 else 2 if term < 36 else 6


def _shown(term: Decimal | None) -> str:
    return "-" if term is None else f"{term:.0f}"


def _probation_pay(contract: Contract) -> Iterator[Issue]:
    """Less than 80% of the agreed wage (劳动合同法 20)."""
    text = contract.folded
    law = (("劳动合同法", 20),)
    for match in re.finditer(r"试用期(?:间|内|的|月)*(?:工资|薪酬|薪资|报酬|月薪|劳动报酬)", text):
        _, end = contract.line_at(match.start())
        for percent in contract.percents:
            if match.end() <= percent.start < min(end, match.end() + 30):
                if percent.share < 80 and not re.search("不得?低于|不少于", text[match.end() : percent.start]):
                    yield Issue(
                        "probation.too_long",
                        "error",
                        match.start(),
                        percent.end,
                        {"share": f"{percent.share}%"},
                        "pay",
                        law,
                    )
                break
        pay = next((a for a in contract.amounts if match.end() <= a.start < match.end() + 20), None)
        wage = next(
            (
                a
                for a in contract.amounts
                if a is not pay
                and re.search(
                    r"(?:转正后?|正式|试用期满后?|合同期内?|月|基本|岗位)(?:的?月?)(?:工资|薪酬|薪资|报酬"
                    r"|月薪)[^\d。；]{0,14}$",
                    text[max(0, a.start - 26) : a.start],
                )
                and "试用期" not in text[max(0, a.start - 10) : a.start]
            ),
            None,
        )
        if pay and wage and pay.value < wage.value * Decimal("0.8"):
            share = f"{pay.value * 100 / wage.value:.0f}%"
            yield Issue("probation.too_long", "error", match.start(), pay.end, {"share": share}, "pay", law)


def _noncompete(contract: Contract) -> Iterator[Issue]:
    """More than two years of 竞业限制 after the employment (劳动合同法 24)."""
    text = contract.folded
    if not _EMPLOYED.search(text):
        return
    for match in re.finditer(r"竞业|同业竞争|(?:不得|禁止)[^。；]{0,20}(?:同类|竞争)[^。；]{0,20}", text):
        start, end = contract.sentence_at(match.start())
        long = [p for p in contract.periods if start <= p.start < end and p.months > 24 and not _other(text, p)]
        if long and "不超过" not in text[max(start, long[0].start - 8) : long[0].start]:
            values = {"term": contract.text[long[0].start : long[0].end]}
            yield Issue(
                "noncompete.over_2_years", "error", long[0].start, long[0].end, values, law=(("劳动合同法", 24),)
            )
            return


def _other(text: str, period: Period) -> bool:
    return (
        re.search(r"(?:前|近|过去|工作满|服务满|提前)\s*$", text[max(0, period.start - 6) : period.start]) is not None
    )


def _void(contract: Contract) -> Iterator[Issue]:
    """Deposits and papers (劳动合同法 9), penalties outside training and non-compete (25)."""
    text = contract.folded
    for match in _TAKING.finditer(text):
        start, _ = contract.sentence_at(match.start())
        if re.search(r"不得|不|禁止|无权", text[max(start, match.start() - 12) : match.start() + 2]):
            continue
        yield Issue("labour.void_term", "error", match.start(), match.end(), {}, "deposit", (("劳动合同法", 9),))
    for match in re.finditer(r"违约金|赔偿金", text):
        start, end = contract.sentence_at(match.start())
        sentence = text[start:end]
        around = text[max(0, start - 80) : end]
        if _ALLOWED.search(around) or re.search("不得|按国家|依法|经济补偿|法律|规定", sentence):
            continue
        if re.search(
            rf"{_EMPLOYEE}[^。；]{{0,60}}(?:支付|赔偿|承担|缴纳|交纳)[^。；]{{0,40}}$", text[start : match.start()]
        ):
            yield Issue("labour.void_term", "error", start, match.end(), {}, "penalty", (("劳动合同法", 25),))
