"""``unilateral.change`` and ``unilateral.termination``: one side alone may change or end the contract."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue
from ..sides import EN_SIDE, SIDE

_RIGHT = re.compile(
    r"有权|可以?(?!能|行|靠|是)|保留|享有|(?<=[方人司台商])得(?!到|以|知)|即可|由(?=[^。；，,]{1,8}(?:决定|确定))"
)
_ASKED = (
    r"(?:征得|取得|经过?|通知|告知|征求|征询|获得|与)?[^。；，,]{0,10}?(?:同意|通知|协商|告知|许可|认可|确认|批准"
    r"|理由|原因)"
)
_WITHOUT = rf"(?:而?无[需须]|不[需须必用]|不经|未经|毋[需须]|不(?:需|必)?另行)(?:另行|事先|再|提前)?{_ASKED}"
_ALONE = re.compile(rf"随时|单方面?|自行|任意|任何(?:时候|时间)|自主(?:决定)?|酌情|随意|无条件|不受限制|{_WITHOUT}")
_AS_NEEDED = re.compile(
    r"(?:视|根据|依据|依|按照?|因)[^。；，,]{0,14}(?:情况|需要|需求|情形|状况|而定|安排|考虑|策略|行情)"
    r"|认为(?:必要|合适|适当|需要)"
)
_IMPOSED = re.compile(
    r"不得(?:提出)?(?:任何)?异议|无权[^。；，,]{0,4}异议|(?:应|须|必须|应当)(?:予以?)?(?:无条件)?(?:接受|服从"
    r"|遵守|遵照|执行)|无条件(?:接受|服从|同意)"
    r"|视为[^。；，,]{0,8}(?:同意|接受|认可)|不得拒绝|(?:公布|发布|公告|公示"
    r"|通知)[^。；，,]{0,8}(?:起)?(?:即)?生效|立即生效|即刻生效"
)
_CHANGE = re.compile(
    r"变更|修改|调整|修订|更改|改变|增减|提高|上调|下调|更新|变动|涨价|提价|加价|调价|上浮|下浮|调[高低升降]|上涨|增加|减少|缩减|降低"
)
_TERMS = re.compile(
    r"合同|协议|条款|价格|单价|价款|租金|费用|收费|费率|服务|规则|内容|标准|数量|期限|时间|交货|岗位|工资|报酬"
    r"|薪酬|利率|范围|规格|比例|佣金"
)
_STRICT_TERMS = re.compile(r"合同|协议|条款|价格|单价|价款|租金|收费|费率|利率|报酬|工资|薪酬|佣金|规则")
_END = re.compile(r"解除|终止|取消|撤销|收回|停止(?:服务|供应|供货|合作|履行)|解约|退租|退出")
_WHAT = re.compile(r"合同|协议|合作|服务|租约|委托|聘用|本约|关系|房屋|场地|订单|授权|许可|商铺|劳动")
_WHOLE = re.compile("解约|退租")
"""Verbs that name what they end."""
_AT_WILL = re.compile(
    rf"随时|任何(?:时候|时间)|单方面?|任意|无条件|随意|自行决定|认为(?:有)?必要|任何理由|无理由|无因|无故|如需|(?:根据|视|依)(?:其"
    rf"|自身|自己|本|公司|经营)[^。；，,]{{0,10}}(?:情况|需要|状况|决定)"
    rf"|(?:而?无[需须]|不[需须必用]?)(?:说明|给出|提供)?(?:任何)?(?:理由|原因)|{_WITHOUT}"
)
_FOR_NOTHING = re.compile(
    r"(?:而?无[需须]|不[需须必用]?|概不|亦不|也不|且不)(?:再)?(?:向[^。；，,]{1,6})?(?:承担|支付|给予|赔偿|补偿"
    r"|负)[^。；，,]{0,10}(?:责任|补偿|赔偿|费用|违约金)?"
    r"|不得(?:要求|主张|提出|索)[^。；，,]{0,10}(?:赔偿|补偿|索赔|异议|任何)"
)
_NOTICE = re.compile(r"提前[^。；，,]{1,10}(?:通知|告知)|(?:通知|告知)[^。；，,]{0,8}(?:即|后)")
"""A right to end that asks for no more than a notice, where the other side may not object."""
_MUTUAL = re.compile(
    r"双方|各方|任何一方|任一方|均可|均有权|甲乙|协商一致|协商确定|经[^。；，,]{0,10}(?:同意|认可|协商|确认|批准)"
    r"|书面同意|一致同意|互相|任何方"
)
_FORBIDDEN = re.compile(r"不得|无权|不能|不可|禁止|不应")
_STATE = re.compile(r"国家|政府|主管(?:部门|机关)|法律|法规|政策性|税率|物价部门")
_CONDITION = re.compile(
    r"(?:如|若|如果|倘若|因|当|凡|发现|遇|由于|一旦)[^。；]{0,60}?(?:,|，|时|的)|违反|逾期|未按|违约|情形之一"
    r"|严重|拖欠|不符合|(?:的|时|后)[,，]\s*$|擅自|经催告|仍未"
)
_FAULT = re.compile(r"未|超过|逾期|违反|违约|迟延|拒绝|发现|证实")

_EN_RIGHT = (
    r"(?:may|shall have the (?:sole )?right to|has the right to|is entitled to|can|reserves the right(?: \w+){0,5}? to"
    r"|shall be entitled to|retains the right to)"
)
_EN_VERB = r"(?:amend|modify|change|revise|increase|alter|adjust|vary|update)\b"
_EN_ALONE = (
    r"(?:at any time|(?:sole|absolute|own)(?: and absolute)? discretion|from time to time|unilaterally"
    r"|without (?:any |prior |the |further )*(?:written )?"
    r"(?:notice|consent|approval|agreement)|by posting|for any reason)"
)
_EN_TERMS = (
    r"(?:terms|agreement|contract|prices?|pricing|fees?|polic|rates?|services|specifications|schedule|charges?"
    r"|conditions)"
)
_EN_CHANGE = re.compile(
    rf"\b{EN_SIDE}(?:,? [^.;]{{0,40}},)?\s+(?P<right>{_EN_RIGHT})\s+(?!not)(?=[^.;]{{0,160}}?{_EN_VERB})(?=[^.;]{{0"
    rf",240}}?{_EN_ALONE})(?=[^.;]{{0,200}}?{_EN_TERMS})"
    rf"[^.;]{{0,80}}?{_EN_VERB}[^.;]{{0,40}}",
    re.I,
)
_EN_CHANGED = re.compile(
    rf"\b(?:terms|agreement|prices?|fees?|rates?|charges|services|specifications)\b[^.;]{{0,40}}\b(?:may|can) be"
    rf" (?:amended|modified|changed|revised|increased|altered|adjusted|varied|updated)[^.;]{{0,30}}\bby {EN_SIDE}"
    rf"(?=[^.;]{{0,80}}?{_EN_ALONE})|\b{EN_SIDE}\s+{_EN_RIGHT}\s+(?:amend|modify|change|revise|increase|vary|alter|adjust)"
    rf"\b[^.;]{{0,50}}{_EN_TERMS}[^.;]{{0,40}}\b(?:by|upon|on)\b[^.;]{{0,20}}\bnotice",
    re.IGNORECASE,
)
"""The terms may be amended by the Supplier at will; the Supplier may change them by a notice."""
_EN_TERMINATE = re.compile(
    rf"\b(?P<who>{EN_SIDE})(?:,? [^.;]{{0,40}},)?\s+{_EN_RIGHT}(?!\s+not)(?=[^.;]{{0,160}}?(?:at any time"
    rf"|for any reason|without cause|for convenience"
    rf"|(?:sole|absolute) discretion|with or without cause|without (?:prior )?(?:notice|liability)|no reason))"
    rf"[^.;]{{0,60}}?(?:terminate|cancel)\b[^.;]{{0,60}}",
    re.I,
)
_EN_MUTUAL = re.compile(
    r"either party|each party|any party|both parties|mutual|parties may|by written agreement|consent of"
    r"|written consent of|prior written consent"
    r"|(?:signed|agreed) by (?:both|the) part",
    re.I,
)


def check(contract: Contract) -> Iterator[Issue]:
    """One-sided rights, sentence by sentence."""
    text = contract.folded
    for start, end in contract.sentences:
        yield from _changes(text, start, end)
        yield from _ends(text, start, end)
    if contract.lang == "en":
        for start, end in contract.statements:
            yield from _english(text, start, end)


def _changes(text: str, start: int, end: int) -> Iterator[Issue]:
    for verb in _CHANGE.finditer(text, start, end):
        found = _granted(text, start, end, verb)
        if found is None or re.match("情况|需要|计划", text[verb.end() : verb.end() + 2]):
            continue
        who, first, last = found
        near = text[max(start, first - 14) : last]
        if not _TERMS.search(near) or _MUTUAL.search(_asked(near)) or _STATE.search(text, start, last):
            continue
        imposed = _IMPOSED.search(text, verb.end(), end)
        needed = _AS_NEEDED.search(text, first, last) or re.search("决定|确定", text[verb.start() - 4 : verb.end() + 4])
        if (
            _ALONE.search(near)
            or (imposed and not _FAULT.search(text, start, first))
            or (needed and _STRICT_TERMS.search(near))
        ):
            stop = max(verb.end(), imposed.end() if imposed and imposed.end() < last else 0)
            yield Issue("unilateral.change", "warning", first, stop, {"who": who})
            return


def _ends(text: str, start: int, end: int) -> Iterator[Issue]:
    for verb in _END.finditer(text, start, end):
        found = _granted(text, start, end, verb)
        if found is None:
            continue
        who, first, last = found
        near = text[first:last]
        if (
            not (_WHAT.search(near) or _WHOLE.fullmatch(verb.group()))
            or _MUTUAL.search(_asked(near))
            or _FAULT.search(text, first, verb.start())
        ):
            continue
        noticed = _NOTICE.search(text, first, verb.start()) and _IMPOSED.search(text, verb.end(), last)
        if _AT_WILL.search(near) or noticed or _FOR_NOTHING.search(text, verb.end(), last):
            yield Issue("unilateral.termination", "warning", first, verb.end(), {"who": who})
            return


def _asked(near: str) -> str:
    """The words without 无需征得乙方同意 and the like, which speak of a consent that is not needed."""
    return re.sub(_WITHOUT, "", near)


def _granted(text: str, start: int, end: int, verb: re.Match[str]) -> tuple[str, int, int] | None:
    """(who, from, to) of the stretch in which one side is given the right to do what ``verb`` says; None witho"
    "ut one."""
    base = max(start, verb.start() - 60)
    sides = list(re.finditer(SIDE, text[base : verb.start()]))
    for side in reversed(sides):
        first = base + side.start()
        last = min(end, verb.end() + 44)
        right = _RIGHT.search(text, max(first, verb.start() - 40), verb.end() + 4) or re.compile("权利").search(
            text, verb.end(), min(end, verb.end() + 16)
        )
        own = (
            re.compile(r"(?:单方面?|自行)(?:决定)?$").search(text, base + side.end(), verb.start())
            if verb.re is _CHANGE
            else None
        )
        if not right and not own:
            continue
        lead = text[start:first]
        excused = _CONDITION.search(lead) if verb.re is _END else _FAULT.search(lead)
        if excused or _FORBIDDEN.search(text, base + side.end(), verb.start()):
            return None
        if re.search(r"(?:双方|甲、?乙|任何一|任一|各|或|和|与|、)$", lead[-3:]):
            return None
        return side.group(), first, last
    return None


def _english(text: str, start: int, end: int) -> Iterator[Issue]:
    if _EN_MUTUAL.search(text, start, end):
        return
    for pattern, rule in ((_EN_CHANGE, "unilateral.change"), (_EN_TERMINATE, "unilateral.termination")):
        found = pattern.search(text, start, end)
        if found is None and rule == "unilateral.change":
            found = _EN_CHANGED.search(text, start, end)
        if found:
            yield Issue(rule, "warning", found.start(), found.end(), {"who": found.group().split()[0]})
