"""Employment: probation, non-compete, and terms that labour law does not allow."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..contract import Contract
from ..dates import Period
from ..issue import Issue
from ..rates import shares

_EMPLOYED = re.compile(r"劳动合同|聘用合同|用人单位|劳动者|员工|职工|雇员|离职|劳动关系|聘用")
_TERM = re.compile(
    r"(?:合同期限?|聘用期限?|期限|合同有效期|固定期限)(?:的?劳动合同)?\s*(?:为|是|:|共|,|，|\(|约定)*\s*$"
)
_PROLONGED = re.compile(
    r"试用期[^。；]{0,14}?(?<!不得)(?<!不能)(?<!不可)(?:再|可以?|有权|予以)?(?:再次|适当|另行|自动)?(?:延长|顺延|重新约定|再试用)(?!的)|(?:延长|重新约定|再次约定)[^。；，,]{0,8}试用期"
)
_NO_PROBATION = re.compile(r"以完成(?:一定|[^。；，,]{1,12})(?:的)?(?:工作)?任务为期限|非全日制(?:用工)?")
_OPEN_ENDED = re.compile("无固定期限")
_PAID = r"(?:缴纳|交纳|收取|交付|支付|预交|预缴|垫付|上缴|缴存|缴|交|提供|扣除?|抵扣|预留|扣留)"
_SECURITY = (
    r"(?:押金|保证金|抵押金|风险金|抵押物|质押物|服装费|工装费|工服费|制服费|工牌费|岗位费|入职费|建档费|管理费"
    r"|保证人|担保人|担保书|担保函|(?<!为其)担保(?!法))"
)
_PAPERS = r"(?:身份证|毕业证|学历证|资格证|学位证|职称证|执业证|护照|证件|户口[本簿]?|驾驶证|档案材料)"
_HOLD = r"(?:扣押|扣留|代为?保管|统一保管|集中保管|保管|收取|收存|上交|交由|交存|留存|质押|抵押|收缴|暂存|代管)"
_TAKING = re.compile(
    rf"{_PAID}[^。；;\n，,]{{0,24}}?{_SECURITY}|{_SECURITY}[^。；;\n]{{0,24}}?(?:从"
    rf"|在)[^。；;\n]{{0,12}}工资[^。；;\n]{{0,8}}扣"
    rf"|{_HOLD}[^。；;\n]{{0,14}}?{_PAPERS}|{_PAPERS}[^。；;\n]{{0,14}}?{_HOLD}"
)
_COPY = re.compile(r"复印件|影印件|扫描件|副本|核对|查验|复印")
_ALLOWED = re.compile(
    r"服务期(?:约定|协议|的约定)|违反[^。；，,]{0,12}服务期|服务期未满|未满服务期|培训(?:费|协议|服务期)|竞业"
    r"|保密|商业秘密"
)
_LEAVES = (
    r"(?:违约金|赔偿金|罚金|罚款|违约赔偿|(?:扣发|扣除|扣减|不予发放|不支付|停发)[^。；，,]{0,14}(?:工资|薪|奖金))"
)
_FINED = re.compile(
    r"(?<!行政)(?:处以?|予以|给予|并|次|天|者|的|可|均|将)?罚款?(?:人民币|¥)?\s*(?:\d+|[一二三五十百千]+)\s*元"
)
"""An employer has no power to fine."""
_LAWFUL = re.compile(r"不得|按国家|依法|经济补偿|法律|规定(?!期)|实际损失|直接经济损失")
_WAIVED = re.compile(
    r"(?:放弃|不要求|不愿|不同意|拒绝)[^。；，,]{0,14}(?:社会保险|社保|五险|加班(?:工资|费)|年休假|带薪|经济补偿"
    r"|住房公积金)"
    r"|(?:不|无[需须]|免)(?:再|予|为[^。；，,]{1,6})?(?:缴纳|参加|办理|购买|承担)[^。；，,]{0,10}(?:社会保险|社保|五险)"
    r"|(?:社会保险|社保|五险)[^。；]{0,24}(?:折算|折成|折合|以现金|现金(?:补贴|补偿|方式|形式)|随工资|自行(?:缴纳"
    r"|参加|解决|承担))"
    r"|加班[^。；，,]{0,12}(?:不支付|不计发|不给予|不发放?|无|视为自愿)[^。；，,]{0,8}(?:加班)?(?:工资|费|报酬)"
)
_PRIVATE = re.compile(
    r"(?:不得|不准|不允许|禁止|不可|不能|承诺不|保证不)[^。；，,]{0,12}(?:结婚|恋爱|怀孕|生育|婚育|生子|二胎)"
    r"|(?:结婚|怀孕|生育|婚育)[^。；]{0,20}(?:解除|自动离职|视为|辞退|违约金|赔偿)"
)
_FORBIDDEN = re.compile(r"不得(?!$)|不|禁止|无权|无[需须]")
_COMPETING = re.compile(
    r"竞业|同业竞争|(?:不得|禁止|不能|不可)[^。；]{0,20}(?:同类|竞争|同行|相同业务|类似业务|同业)[^。；]{0,20}"
)
_EVER = re.compile(r"永久|永远|终身|终生|无限期|不限期限|长期(?!合作|稳定)|任何时候(?=[^。；]{0,8}不得)")
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
    whole = _contract_term(contract)
    yield from _probation_dates(contract, whole)
    yield from _prolonged(contract, whole)
    for match in re.finditer("试用期", text):
        start, end = contract.sentence_at(match.start())
        term = _own_term(contract, start, end) or whole
        for period in contract.periods:
            if not match.end() <= period.start < min(end, match.end() + 30):
                continue
            gap = text[match.end() : period.start]
            if re.search(r"提前|内|工资|届满|期满|满|考核", gap):
                break
            limit = _limit(term)
            if _NO_PROBATION.search(text, start, end) or (term is None and _NO_PROBATION.search(text)):
                limit = 0
            elif _OPEN_ENDED.search(text, start, end):
                limit = 6
            if period.months > limit + Decimal("0.1"):
                values = {"probation": contract.text[period.start : period.end], "limit": limit, "term": _shown(term)}
                yield Issue("probation.too_long", "error", match.start(), period.end, values, law=(("劳动合同法", 19),))
            break


def _prolonged(contract: Contract, whole: Decimal | None) -> Iterator[Issue]:
    """One employer may agree on probation with one person once (劳动合同法 19): it cannot be prolonged."""
    for match in _PROLONGED.finditer(contract.folded):
        start, _ = contract.sentence_at(match.start())
        if not re.search("不得|不能|不再|不可|禁止", contract.folded[start : match.end()]):
            shown = contract.text[match.start() : match.end()]
            values = {"probation": shown, "limit": _limit(whole), "term": _shown(whole)}
            yield Issue("probation.too_long", "error", match.start(), match.end(), values, law=(("劳动合同法", 19),))


def _own_term(contract: Contract, start: int, end: int) -> Decimal | None:
    """Months of the term that a sentence on probation names itself: 两年期劳动合同，试用期三个月."""
    text = contract.folded
    for period in contract.periods:
        if start <= period.start < end:
            before, behind = text[max(start, period.start - 16) : period.start], text[period.end : period.end + 12]
            if "试用" not in before[-12:] and (
                _TERM.search(before) or re.match(r"\s*(?:期|的)*(?:固定期限)?(?:的)?(?:劳动)?合同", behind)
            ):
                return period.months
    return None


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
    for match in re.finditer(
        r"试用期(?:间|内|的|月|,|，)*(?:工资|薪酬|薪资|报酬|月薪|劳动报酬|(?=按|发|只|仅|以|支|领))", text
    ):
        _, end = contract.line_at(match.start())
        for first, last, share in shares(contract, match.end(), min(end, match.end() + 30))[:1]:
            paid = "薪" in match.group() + text[match.end() : end] or re.search("工资|报酬", text[match.start() : end])
            if share < 80 and paid and not re.search("不得?低于|不少于", text[match.end() : first]):
                values = {"share": f"{share.normalize():f}%"}
                yield Issue("probation.too_long", "error", match.start(), last, values, "pay", law)
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
            values = {"share": f"{pay.value * 100 / wage.value:.0f}%"}
            yield Issue("probation.too_long", "error", match.start(), pay.end, values, "pay", law)


def _noncompete(contract: Contract) -> Iterator[Issue]:
    """More than two years of 竞业限制 after the employment (劳动合同法 24)."""
    text = contract.folded
    if not _EMPLOYED.search(text):
        return
    law = (("劳动合同法", 24),)
    seen: set[int] = set()
    for match in _COMPETING.finditer(text):
        start, end = contract.sentence_at(match.start())
        if start in seen:
            continue
        seen.add(start)
        ever = _EVER.search(text, start, end)
        long = [p for p in contract.periods if start <= p.start < end and p.months > 24 and not _other(text, p)]
        places = [(p.start, p.end) for p in long] + ([ever.span()] if ever else [])
        for first, last in places[:1]:
            if not re.search("不超过|不得超过|最长|不多于", text[max(start, first - 8) : first]):
                yield Issue(
                    "noncompete.over_2_years", "error", first, last, {"term": contract.text[first:last]}, law=law
                )


def _other(text: str, period: Period) -> bool:
    return re.search(r"(?:前|近|过去|满|提前|已)\s*$", text[max(0, period.start - 6) : period.start]) is not None


def _void(contract: Contract) -> Iterator[Issue]:
    """Deposits, sureties and papers (劳动合同法 9), penalties outside training and non-compete (25), rights gi"
    "ven up (26)."""
    text = contract.folded
    for match in _TAKING.finditer(text):
        start, end = contract.sentence_at(match.start())
        if _FORBIDDEN.search(text, max(start, match.start() - 12), match.start()) or _COPY.search(
            text, match.start(), end
        ):
            continue
        yield Issue("labour.void_term", "error", match.start(), match.end(), {}, "deposit", (("劳动合同法", 9),))
    for match in re.finditer(_LEAVES, text):
        start, end = contract.sentence_at(match.start())
        if _ALLOWED.search(text, max(0, start - 30), end) or _LAWFUL.search(text, start, end):
            continue
        paid = "" if match.group()[0] in "扣不停罚" else r"(?:支付|赔偿|承担|缴纳|交纳|赔付|付给)[^。；]{0,40}"
        before = text[start : match.start()]
        if re.search(rf"(?<![向给付]){_EMPLOYEE}[^。；]{{0,60}}{paid}$", before) and not re.search(
            rf"{_EMPLOYEE}的?$", before
        ):
            yield Issue("labour.void_term", "error", start, match.end(), {}, "penalty", (("劳动合同法", 25),))
    for match in _FINED.finditer(text):
        start, _ = contract.sentence_at(match.start())
        if not _FORBIDDEN.search(text, start, match.start()):
            yield Issue("labour.void_term", "error", match.start(), match.end(), {}, "penalty", (("劳动合同法", 25),))
    for pattern, variant in ((_WAIVED, "waived"), (_PRIVATE, "private")):
        for match in pattern.finditer(text):
            start, _ = contract.sentence_at(match.start())
            if not re.search("不得|不因|不能", text[max(start, match.start() - 8) : match.start()]):
                yield Issue("labour.void_term", "error", match.start(), match.end(), {}, variant, (("劳动合同法", 26),))
