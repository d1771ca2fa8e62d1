"""``blank.placeholder``: what was left to fill in, one finding a cluster."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue

_FIELD = (
    r"(?:日期|时间|名称|姓名|名字|地址|住址|金额|数额|数量|电话|手机|邮箱|期限|价格|单价|编号|号码|账号|账户|公司|地点|比例|职务|岗位"
    r"|部门|城市|开户行|用途|品牌|型号|规格|面积|人数|天数|次数|年限|仲裁机构|仲裁委员会|法院)"
)
"""What a form asks for: in brackets within a sentence it was not filled in."""
_EN_FIELD = (
    r"\b(?:names?|dates?|amount|address|numbers?|state|company|title|percentage|city|county|country|jurisdiction|price"
    r"|description|e-?mail|quantity|days|months|years|party|role|currency)"
)
_BLANK = re.compile(
    r"_{2,}|[【\[]\s*[●•○·_\s]*[】\]]|[【\[](?:待[^】\]]{0,10}|请?(?:填写|填入|输入|补充)[^】\]]{0,12}|(?:insert"
    r"|enter|fill|name|date|amount|address|to be)\b[^】\]]{0,30}|TBD|TBC|[Xx×]+)[】\]]"
    r"|(?<![A-Za-z0-9(])[Xx]{2,}(?![A-Za-z0-9]|-\d)|[Xx]{3,}|×{2,}|×(?=年|月|日)|[●]{1,}"
    r"|[〇○]{2,}(?![一二三四五六七八九])"
    r"|待(?:双方|[甲乙]方|后续)?(?:另行)?(?:确认|确定|协商|商定|填写?|补充?|定(?!义))"
    r"|[<〈]\s*(?:请|待)?(?:填写?|填入|输入|补充|insert|enter|fill)[^>〉\n]{0,20}[>〉]|\{\{[^{}\n]{1,30}\}\}"
    rf"|\$\{{[^{{}}\n]{{1,30}}\}}|(?<=[^\s|])[^\S\n]?[【\[][\u4e00-\u9fff]{{0,8}}{_FIELD}[】\]](?![:：])"
    rf"|\[[a-z][a-z' /-]{{0,30}}?{_EN_FIELD}\]|另行填写|(?<![A-Za-z])TB[DCA](?![A-Za-z])"
    r"|\bto be (?:determined"
    r"|confirmed|filled in|completed|agreed)\b"
    r"|(?<=[为共计:¥第])\s{2,}(?=[元万年个月日份%])|\(\s+\)(?!\s*[√×])|(?<=\s)年\s+月\s+日|\.{6,}(?![\s.]*\d)"
    r"|…{3,}(?=\s*[元年月日%()])",
    re.IGNORECASE,
)
_SIGNING = re.compile(
    r"签字|签章|盖章|签名|\(章\)|公章|签署|印章|法定代表人|委托代理人|授权代表|代表人|经办人|鉴证"
    r"|公证|签约|签订(?:日期|时间|地点)|(?<![\u4e00-\u9fff])日期\s*[:：]"
    r"|^\W*[_\s]*年[_\s]*月[_\s]*日|Signature|Signed|\bBy\s*:|\bName\s*:|\bTitle\s*:|\bDate\s*:|\bIts\s*:",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r"\b(?:Appendix|Exhibit|Schedule|Annex|Article|Section|Part|Chapter)\s$", re.IGNORECASE)
"""Behind it XX is twenty."""
_TOGETHER = 12


def check(contract: Contract) -> Iterator[Issue]:
    """Clusters of blanks, those on the lines to sign left out."""
    text = contract.folded
    clusters: list[tuple[int, int]] = []
    for match in _BLANK.finditer(text):
        if not match.group().strip() and "\n" in match.group():
            continue
        if _NUMERAL.search(text, max(0, match.start() - 10), match.start()):
            continue
        start, end = match.span()
        if (
            clusters
            and start - clusters[-1][1] <= _TOGETHER
            and not re.search(r"[\n。；，,]", text[clusters[-1][1] : start])
        ):
            clusters[-1] = clusters[-1][0], end
        else:
            clusters.append((start, end))
    for start, end in clusters:
        if not _to_sign(contract, start):
            yield Issue("blank.placeholder", "warning", start, end, {"what": _around(contract, start, end)})


def _to_sign(contract: Contract, offset: int) -> bool:
    """Whether the blank is filled by signing: on a signature's line, or a date near it at the end."""
    start, end = contract.line_at(offset)
    line = contract.folded[start:end]
    if not _SIGNING.search(line):
        return False
    return len(line) <= 60 or offset > len(contract.text) * 0.85


def _around(contract: Contract, start: int, end: int) -> str:
    first, last = contract.line_at(start)
    return contract.text[max(first, start - 12) : min(last, end + 8)].strip()
