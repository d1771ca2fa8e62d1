"""One-sided and void terms: exclusions of liability, unilateral change and termination, vague triggers of payment."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue

_WHO = (
    r"(?:[甲乙丙丁]方|出租[方人]|承租[方人]|买方|卖方|供方|需方|委托[方人]|受托[方人]|发包[方人]"
    r"|承包[方人]|贷款[方人]|借款[方人]|许可方|采购方|供应商|服务方|用人单位|公司|本公司|我方|平台"
    r"|本网站|网站)"
)
_FREE = (
    r"(?:不(?:再)?(?:承担|负|负担)(?:任何|一切|相应|法律|赔偿|连带)*(?:责任|义务|赔偿)?|概不负责"
    r"|概不承担|免责|免除[^。；，,]{0,10}责任|免于承担|与[^，。；]{1,8}无关|后果自负|责任自负"
    r"|自负其责|生死自负)"
)
_INJURY = re.compile(
    rf"(?:人身(?:伤害|损害|伤亡|安全|意外)?|伤亡|死亡|伤残|工伤|受伤|人员伤害|生命)[^。；\n]{{0,50}}?{_FREE}"
)
_INTENT = re.compile(
    rf"(?:故意|重大过失)[^。；\n]{{0,50}}?{_FREE}|{_FREE}[^。；\n]{{0,24}}?(?:包括|即使|无论|不论"
    rf"|哪怕)[^。；\n]{{0,16}}?(?:故意|重大过失)"
)
_FAULT_OF = re.compile(
    rf"(?:因|由于|由|系|属)(?:于)?({_WHO}|自身|其|第三[方人]|被保险人|对方|使用人|游客|本人"
    rf"|用户)[^。；，,]{{0,12}}(?:原因|过错|责任|违规|违章|违反|不当|操作|故意|重大过失|自身|疏忽)"
)
_EXCEPT = re.compile(
    r"除外|不得|不能免|不免除|无效|除[^。；]{0,30}(?:故意|重大过失)[^。；]{0,12}外|不可抗力|保险人"
    r"|承运人|受害人|保险公司|保障|保证[^。；]{0,20}不"
)
_CHANGE = re.compile(
    rf"(?P<who>{_WHO})[^。；;\n]{{0,20}}?(?:有权|可以|可"
    rf"|保留[^。；]{{0,10}}权利)[^。；;\n]{{0,30}}?(?:随时|单方面?|自行|任意"
    rf"|无[需须][^。；，]{{0,12}}(?:同意|通知|协商)"
    rf"|不经[^。；，]{{0,8}}同意)[^。；;\n]{{0,24}}?(?:变更|修改|调整|修订|更改|改变|增减|提高)"
    rf"|(?P<who2>{_WHO})[^。；;\n]{{0,10}}?(?:有权|可以|可)(?:变更|修改|调整|修订|更改"
    rf"|提高)[^。；;\n]{{0,24}}?(?:无[需须](?:另行)?(?:征得|经|取得|通知)|而无[需须]"
    rf"|不必[^。；]{{0,6}}同意|单方决定)"
    rf"|(?P<who3>{_WHO})保留[^。；\n]{{0,16}}(?:变更|修改|调整|修订)[^。；\n]{{0,20}}权利"
)
_OBJECT = re.compile(
    r"合同|协议|条款|价格|单价|租金|费用|收费|服务|规则|内容|标准|数量|期限|交货|岗位|工资|报酬|利率|范围|规格|设计"
)
_TERMINATE = re.compile(
    rf"(?P<who>{_WHO})[^。；;\n]{{0,16}}?(?:有权|可以|可|得)[^。；;\n]{{0,24}}?(?:随时|单方面?|任意"
    rf"|无条件|无[需须][^。；，]{{0,12}}(?:理由|同意|原因|责任|通知)"
    rf"|不[需须必]?(?:说明)?(?:任何)?理由)[^。；;\n]{{0,24}}?(?:解除|终止)"
    rf"|(?P<who2>{_WHO})[^。；;\n]{{0,10}}?(?:有权|可以|可)(?:解除"
    rf"|终止)[^。；;\n]{{0,24}}?(?:无[需须](?:说明|任何|承担|征得|经|提前)"
    rf"|不[需须]?承担[^。；]{{0,8}}责任|且不承担)"
)
_CONDITION = re.compile(
    r"(?:如|若|如果|倘若|因|当|凡|发现)[^。；]{0,60}?(?:,|，|时|的)|违反|逾期|未按|违约|情形之一|严重|拖欠|不符合"
)
_BOTH = re.compile(r"双方|各方|任何一方|任一方|均可|均有权|不得|无权|甲乙")
_EN_WHO = (
    r"(?:Company|Licensor|Supplier|Seller|Buyer|Customer|Client|Landlord|Lessor|Provider|Distributor"
    r"|Franchisor|Employer|Vendor|Manufacturer|we|[A-Z][A-Z]{2,})"
)
_EN_CHANGE = re.compile(
    rf"\b{_EN_WHO}\s+(?:may|shall have the right to|reserves the right to|has the right to"
    rf"|can)[^.;]{{0,40}}?(?:at any time|in its sole discretion|from time to time|unilaterally"
    rf"|without (?:prior )?(?:notice|consent))?[^.;]{{0,20}}?(?:amend|modify|change"
    rf"|revise)[^.;]{{0,40}}?(?:terms|agreement|prices?|fees?|polic)[^.;]{{0,60}}",
    re.I,
)
_EN_TERMINATE = re.compile(
    rf"\b(?P<who>{_EN_WHO})\s+(?:may|shall have the right to|has the right to"
    rf"|can)[^.;]{{0,20}}?terminate[^.;]{{0,80}}?(?:at any time|for any reason|without cause"
    rf"|for convenience|in its sole discretion|with or without cause)",
    re.I,
)
_PAY = r"(?:支付|付款|付清|结清|结算|付给|拨付|给付|偿还|(?<!交)付(?=给|清|款))"
_VAGUE = re.compile(
    rf"(?:资金(?:到位|充裕|宽裕|允许|状况)|(?:收到|收回|取得)[^。；，\n]{{0,12}}(?:业主|第三[方人]"
    rf"|客户|上家|建设单位|最终用户|总包)[^。；\n]{{0,14}}(?:款|付款|支付)|(?:业主|第三方|最终用户"
    rf"|建设单位|总包方?)[^。；，\n]{{0,10}}(?:付款|支付|款项)[^。；\n]{{0,6}}后"
    rf"|(?:满意|认可|条件成熟|条件允许|条件具备|方便|时机成熟|经济好转|盈利"
    rf"|情况允许)[^。；\n]{{0,6}}?(?:后|时|之后|之时)|适当(?:时候|时间|时机)|合适的?时候|一段时间后"
    rf"|(?:合理|适当)(?:时间|期限)内)[^。；\n]{{0,30}}?{_PAY}"
    rf"|(?:尽快|尽早|适时|酌情|视情况|视(?:经营|资金|财务)[^。；，]{{0,8}}(?:情况|状况)"
    rf"|根据[^。；，]{{0,12}}(?:情况|状况)(?:适时|酌情)?|另行协商)[^。；，\n]{{0,10}}?{_PAY}(?!违约金)"
    rf"|{_PAY}(?:时间|期限|日期)?[^。；，\n]{{0,6}}?(?:待定|另行(?:协商|约定|通知)|视情况而定|由[甲乙]方(?:自行)?决定)"
)
_AFTER = re.compile(
    rf"(?:验收|交付|完工|竣工|完成|安装调试|调试|收到货物?|到货|上线|使用)(?:后|之后"
    rf"|以后)(?:再|即|一次性|由?[甲乙]方|才)*{_PAY}[^。；，\n]{{0,24}}"
)
_LIMIT = re.compile(
    r"\d+\s*(?:个)?(?:日|天|工作日|月|周|小时)|[一二三四五六七八九十]+\s*\)?\s*(?:个)?(?:日|天|工作日"
    r"|月|周)|当日|当天|次日|同时|立即|即时|月底|季度|日前|之日起|_"
)


def check(contract: Contract) -> Iterator[Issue]:
    """All one-sided terms, sentence by sentence."""
    text = contract.folded
    for start, end in contract.sentences:
        yield from _exclusion(text, start, end)
        yield from _unilateral(text, start, end)
        yield from _payment(text, start, end)


def _exclusion(text: str, start: int, end: int) -> Iterator[Issue]:
    """Liability for injury, intent and gross negligence cannot be excluded (民法典 506)."""
    sentence = text[start:end]
    for pattern, variant in ((_INJURY, "injury"), (_INTENT, "intent")):
        match = pattern.search(text, start, end)
        if match is None or _EXCEPT.search(sentence):
            continue
        fault = _FAULT_OF.search(text, start, match.end())
        if fault and fault.start() <= match.start() + 4:
            free = re.search(rf"({_WHO})[^。；，,]{{0,4}}(?:概)?不", text[match.start() : match.end() + 2])
            before = re.findall(_WHO, re.split(r"[，,；]", text[start : fault.start()])[-1])
            own = bool(before) and fault.group(1) in ("其", "自身") and free is None  # 乙方对因其故意……不承担责任
            if not own and (free is None or free.group(1) != fault.group(1)):
                continue
        yield Issue("liability.void_exclusion", "error", match.start(), match.end(), {}, variant, (("民法典", 506),))
        return


def _unilateral(text: str, start: int, end: int) -> Iterator[Issue]:
    for match in _CHANGE.finditer(text, start, end):
        mutual = _BOTH.search(text, max(start, match.start() - 4), match.end())
        about = _OBJECT.search(text, match.start(), min(end, match.end() + 16))
        if about and not mutual and not _conditional(text, start, match.start()):
            yield Issue("unilateral.change", "warning", match.start(), match.end(), {"who": _who(match)})
    for match in _TERMINATE.finditer(text, start, end):
        if not _BOTH.search(text, max(start, match.start() - 4), match.end()) and not _conditional(
            text, start, match.start()
        ):
            yield Issue("unilateral.termination", "warning", match.start(), match.end(), {"who": _who(match)})
    if text[start:end].isascii() or re.search("[a-z]{4}", text[start:end]):
        for pattern, rule in ((_EN_CHANGE, "unilateral.change"), (_EN_TERMINATE, "unilateral.termination")):
            found = pattern.search(text, start, end)
            if found and not re.search(
                r"either party|each party|mutual|parties may|by written agreement|consent of|written consent",
                text[start:end],
                re.I,
            ):
                yield Issue(rule, "warning", found.start(), found.end(), {"who": found.group().split()[0]})


def _who(match: re.Match[str]) -> str:
    return next((value for value in match.groupdict().values() if value), "")


def _conditional(text: str, start: int, place: int) -> bool:
    return _CONDITION.search(text[start:place]) is not None


def _payment(text: str, start: int, end: int) -> Iterator[Issue]:
    """Payment when nobody can say when: no criterion and no time limit."""
    match = _VAGUE.search(text, start, end)
    if match and not re.search(
        r"\d+\s*(?:个)?(?:日|天|工作日)[^。；]{0,3}内|[一二三四五六七八九十]+(?:个)?(?:日|天|工作日)内",
        text[match.start() : min(end, match.end() + 12)],
    ):
        yield Issue("payment.vague_trigger", "warning", match.start(), match.end(), {"what": match.group()})
        return
    match = _AFTER.search(text, start, end)
    if match and not _LIMIT.search(text, max(start, match.start() - 16), min(end, match.end() + 24)):
        yield Issue("payment.vague_trigger", "warning", match.start(), match.end(), {"what": match.group()}, "event")
