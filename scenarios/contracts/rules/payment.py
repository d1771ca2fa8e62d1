"""``payment.vague_trigger``: payment when nobody can say when."""

import re
from collections.abc import Iterator

from ..cells import drawn_tables
from ..contract import Contract
from ..issue import Issue

_PAY = r"(?:支付|付款|付清|结清|结算|付给|拨付|给付|偿还|付还|兑付|(?<!交)(?<!应)付(?=给|清|款|余|尾|剩|至|到|\d))"
_SOURCE = (
    r"(?:业主|第三[方人]|客户|上家|上游|建设单位|发包[方人]|最终用户|总包|甲方客户|下游|采购单位|财政|主管部门|上级)"
)
_WHEN = (
    r"(?:回款|资金回笼|资金[^。；，\n]{0,4}(?:到位|充裕|宽裕|允许|充足|好转|周转|许可)"
    rf"|(?:收到|收回|取得|获得)[^。；，\n]{{0,12}}{_SOURCE}[^。；\n]{{0,14}}(?:款|付款|支付)"
    rf"|{_SOURCE}[^。；，\n]{{0,10}}(?:付款|支付|款项|结算|拨款|审批|到账|划拨)[^。；\n]{{0,10}}(?:后|时|为准"
    rf"|为前提|为条件|的前提下)"
    r"|(?:满意|认可|条件成熟|条件允许|条件具备|方便|时机成熟|经济好转|(?:财务|经营|资金|效益)(?:状况"
    r"|情况)?[^。；，\n]{0,3}(?:好转|改善|许可|允许)|盈利|情况允许|有能力|认为合适"
    r"|认为适当)[^。；\n]{0,6}?(?:后|时|之后|之时|的情况下)"
    r"|(?:适当|合适|恰当|认为合适|认为适当)的?(?:时候|时间|时机)|一段时间后|过一段时间|(?:合理"
    r"|适当)(?:的)?(?:时间|期限|期间)内)"
)
_SOON = (
    r"(?:尽快|尽早|适时|酌情|及早|择机|陆续|从速|视情况|视(?:[甲乙]方|公司|项目|工程|资金"
    r"|其)?[^。；，]{0,6}(?:经营|资金|财务|进展|进度)?[^。；，]{0,6}(?:情况|状况)"
    r"|根据[^。；，]{0,12}(?:情况|状况|进展)(?:适时|酌情)?|另行协商(?:确定)?)"
)
_VAGUE = re.compile(
    rf"{_WHEN}[^。；\n]{{0,30}}?{_PAY}|(?:先|首先)?{_SOON}[^。；，\n]{{0,12}}?{_PAY}(?!违约金)"
    rf"|{_PAY}(?:时间|期限|日期|方式)?[^。；，\n]{{0,6}}?(?:待定|另行(?:协商|约定|通知|商定|商议)|视情况而定"
    rf"|由[甲乙]方(?:自行)?(?:决定|确定)|以[^。；，\n]{{0,8}}(?:回款|到账|资金)[^。；，\n]{{0,6}}(?:为准"
    rf"|为前提|为条件))"
    rf"|{_PAY}[^。；\n]{{0,20}}(?:以|待|须在)[^。；，\n]{{0,16}}{_SOURCE}[^。；，\n]{{0,12}}(?:付款|支付|款项|到账"
    rf"|拨款|结算)[^。；，\n]{{0,8}}(?:后|为前提|为条件|为准)"
)
_AFTER = re.compile(
    rf"(?:验收|交付|完工|竣工|完成|安装调试|调试|收到货物?|到货|上线|使用)(?:后|之后"
    rf"|以后)(?:再|即|一次性|由?[甲乙]方|才)*{_PAY}[^。；，\n]{{0,24}}"
)
_LIMIT = re.compile(
    r"\d+\s*(?:个)?(?:日|天|工作日|月|周|小时)|[一二三四五六七八九十]+\s*\)?\s*(?:个)?(?:日|天|工作日"
    r"|月|周)|当日|当天|次日|同时|立即|即时|月底|季度|日前|之日起|_"
)
_WITHIN = re.compile(
    r"\d+\s*\)?\s*(?:个)?(?:日|天|工作日|月)[^。；]{0,3}内|[一二三四五六七八九十]+\s*\)?\s*(?:个)?(?:日|天|工作日"
    r"|月)(?:之)?内|最[迟晚]不|但?不(?:得)?(?:晚|迟)于"
)
_NOT_MONEY = re.compile(r"违约金|罚款|通知|调整|确定[^。；，]{0,6}(?:标准|方案)|(?:工资|薪酬)标准")
_EN_PAY = r"(?:(?<=[$£€])\d[\d,.]*|pay(?:s|ment|able|ments)?|paid|remit(?:ted)?|reimburse[d]?|disburse[d]?|settle[d]?)"
_EN_VAGUE = re.compile(
    rf"\b{_EN_PAY}\b[^.;]{{0,80}}?\b(?:when(?:ever)? (?:sufficient |adequate )?(?:funds?|financing"
    rf"|cash)\b[^.;]{{0,40}}?(?:available|permit|allow|received)"
    r"|(?:as and )?when (?:it is )?(?:convenient|practicable|financially)|(?:only )?(?:after|when|if|once|upon"
    r"|until)[^.;]{0,30}(?:(?:has|have|is|been) (?:been )?paid by|receiv\w+ (?:of )?"
    r"(?:the )?(?:payment|funds|money)s? (?:from|by) (?:the |its )?(?:owner|customer|client|end|third|general"
    r"|principal|project))|(?:at|within) (?:such|a|an?y?) (?:reasonable )?(?:time|period)s?"
    r"(?: of time)? (?:as )?(?:is |are |it )?(?:deem|deemed|considered|determin|appropriate|in its)|at (?:the "
    r"|its )?(?:sole )?(?:discretion|convenience) of|(?:in|at) its (?:sole )?(?:discretion|convenience)"
    r"|as soon as (?:possible|practicable|reasonably|convenient)|within a reasonable (?:time|period)"
    r"|in due course|to (?:its|the) (?:sole )?satisfaction|is satisfied with"
    r"|(?:when(?:ever)?|if|once|as) [^.;]{0,24}(?:considers?|deems?|thinks?|sees?|finds?|believes?|so decides"
    r"|is (?:fully )?satisfied)\b"
    r"|(?:after|when|if|once|upon|until)[^.;]{0,40}(?:has|have|is|been|being|gets?) (?:been )?"
    r"(?:paid|funded|reimbursed)\b[^.;]{0,24}\b(?:by|from)"
    r"|(?:subject to|depending on|conditional (?:up)?on) [^.;]{0,30}(?:availability|funds|funding|cash ?flow"
    r"|payment|satisfaction|discretion))"
    rf"|(?:as soon as (?:possible|practicable)|when funds (?:are|become) available|in due course|upon (?:its"
    rf"|buyer's|client's) (?:sole )?satisfaction)[^.;]{{0,60}}\b{_EN_PAY}\b",
    re.I,
)
_EN_LIMIT = re.compile(
    r"\bwithin (?:\w+ )?\(?\d+\)? (?:business |calendar |working )?days|\bno later than|\bnot later than"
    r"|\bin any event (?:within|by)",
    re.I,
)


_BACK_TO_BACK = re.compile(
    rf"(?:收到|收回|取得|获得)[^。；，\n]{{0,12}}{_SOURCE}|{_SOURCE}[^。；，\n]{{0,10}}(?:付款|支付|拨款|到账)"
)
"""Somebody else's payment, which a number of days behind it makes no surer."""
_EN_BACK_TO_BACK = re.compile(
    r"(?:(?:has|have|is|been|being|gets?) (?:been )?paid|receiv\w+ (?:of )?(?:the )?(?:payment|funds|money)s?)\b"
    r"[^.;]{0,24}\b(?:by|from) (?:the |its |their )?(?:own )?"
    r"(?:owner|customer|client|end|third|general|principal|employer)",
    re.IGNORECASE,
)
_OF_PAYMENT = re.compile(r"付款|支付|payment|instal?ment", re.IGNORECASE)
_CELL = re.compile(rf"{_WHEN}|{_SOON}|待定|{_SOURCE}[^。；]{{0,10}}(?:付款|到账|拨款)")


def check(contract: Contract) -> Iterator[Issue]:
    """Payments that hang on no criterion (warning), and those on an event without a number of days (a hint)."""
    text = contract.folded
    for start, end in contract.sentences:
        match = _VAGUE.search(text, start, end)
        sure = match and _WITHIN.search(text, match.start(), end) and not _BACK_TO_BACK.search(match.group())
        if match and not sure and not _NOT_MONEY.search(match.group()):
            yield Issue("payment.vague_trigger", "warning", match.start(), match.end(), {"what": match.group()})
            continue
        match = _AFTER.search(text, start, end)
        if match and not _LIMIT.search(text, max(start, match.start() - 16), min(end, match.end() + 24)):
            yield Issue("payment.vague_trigger", "info", match.start(), match.end(), {"what": match.group()}, "event")
    if contract.lang == "en":
        for start, end in contract.statements:
            match = _EN_VAGUE.search(text, start, end)
            if match and (_EN_BACK_TO_BACK.search(match.group()) or not _EN_LIMIT.search(text, start, end)):
                yield Issue("payment.vague_trigger", "warning", match.start(), match.end(), {"what": match.group()})
    yield from _scheduled(contract)


def _scheduled(contract: Contract) -> Iterator[Issue]:
    """The condition of an instalment, in a cell of the schedule."""
    for table in drawn_tables(contract):
        if not _OF_PAYMENT.search(" ".join(cell.words for cell in table.header)):
            continue
        for cell in (cell for row in table.rows for cell in row):
            if _CELL.search(cell.words) and not _WITHIN.search(cell.words):
                yield Issue("payment.vague_trigger", "warning", cell.start, cell.end, {"what": cell.words})
