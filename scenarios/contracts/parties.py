"""Who makes the contract: the parties as its head introduces them and as its end lets them sign."""

import re
from dataclasses import dataclass

ROLES = [
    "甲方",
    "乙方",
    "丙方",
    "丁方",
    "买方",
    "卖方",
    "出卖人",
    "买受人",
    "出卖方",
    "买受方",
    "购买方",
    "出售方",
    "购货方",
    "销货方",
    "出租方",
    "承租方",
    "出租人",
    "承租人",
    "委托方",
    "受托方",
    "委托人",
    "受托人",
    "发包方",
    "承包方",
    "发包人",
    "承包人",
    "需方",
    "供方",
    "购方",
    "销方",
    "定作方",
    "承揽方",
    "定作人",
    "承揽人",
    "借款人",
    "贷款人",
    "借款方",
    "贷款方",
    "出借人",
    "出借方",
    "保证人",
    "抵押人",
    "抵押权人",
    "出质人",
    "质权人",
    "用人单位",
    "劳动者",
    "转让方",
    "受让方",
    "出让方",
    "许可方",
    "被许可方",
    "披露方",
    "接收方",
    "建设单位",
    "施工单位",
    "托运方",
    "承运方",
    "托运人",
    "承运人",
    "采购方",
    "供应商",
    "供货方",
    "服务方",
    "赠与人",
    "受赠人",
    "寄存人",
    "保管人",
    "存货方",
    "保管方",
    "技术转让方",
    "技术受让方",
    "研究开发方",
    "供应方",
    "使用方",
    "聘用方",
    "受聘方",
    "雇主",
    "雇员",
    "招标人",
    "投标人",
    "居间人",
    "总包方",
    "分包方",
    "合作方",
    "投资方",
    "目标公司",
    "担保方",
    "中介方",
    "代理人",
    "被代理人",
]
_ROLE = "|".join(
    sorted((role[0] + r"\s?" + role[1:] if len(role) == 2 else role for role in ROLES), key=len, reverse=True)
)
_SEAT = r"(?![^)\n]*[称方])[\u4e00-\u9fff]{2,8}\)[\u4e00-\u9fff]"
"""Within a name, behind a bracket: 博览（无锡）有限公司."""
_INTRODUCED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<role>{_ROLE})\s*(?:\((?P<note>[^)\n]{{0,24}})\))?\s*(?:名称|全称|姓名"
    rf"|单位名称)?\s*:[^\S\n]*(?P<name>[^\n]*?)"
    rf"(?=\s{{2,}}|\s*(?:{_ROLE})\s*[(:]|[,，;；。|]|\((?!{_SEAT})|\n|$)(?P<behind>\s*\([^)\n]{{0,24}}\))?"
)
_TABLED = re.compile(
    rf"(?m)(?:^|[|│])\s*(?P<role>{_ROLE})\s*(?:\((?P<note>[^)\n|]{{0,24}})\))?\s*(?:名称|全称|姓名|单位名称)?\s*[|│]\s*"
    r"(?P<name>[^|│\n]{2,40}?)\s*(?=[|│]|$)"
)
"""A role in one cell, its holder in the next."""
_CALLED = re.compile(
    rf"(?P<name>[^\s,，。；;:()、“”\"]{{2,40}}(?:\((?={_SEAT})[\u4e00-\u9fff]+\)[\u4e00-\u9fff]{{2,20}})?|_{{2,}}[^\s,，。；;:()、]{{0,12}})\s*\(\s*(?:以下|下|简"
    rf"|统)*\s*(?:简称|称|称为)(?:之)?为?\s*[:：]?\s*[“\"'「]?(?P<role>{_ROLE})[”\"'」]?[^)]{{0,10}}\)"
)
_SIGNED = re.compile(
    rf"(?<![\u4e00-\u9fff，,。；、“])(?P<role>{_ROLE})\s*(?:\((?P<note>[^)\n]{{0,30}})\))?"
    r"(?:(?<=\))|[^\n:，。；于应在须可与]{0,14}?(?:签(?!订|约|收|署之)|盖|章|代表|:)|(?=\s*[|│]))"
)
"""A role where it signs: at the head of a line, a column or a cell."""
_IN_PROSE = re.compile(r"^.{0,12}?(?:聘请|委托|租赁给|出租给|租给|由|与|和|向|将|给)(?=[\u4e00-\u9fff]{4,}$)")
"""What stands before a name within a sentence; behind a colon 和 and 与 are the name's own."""
_BLANK = re.compile(r"[_\s×Xx*【】\[\]()/●○.…-]*")
COMPANY = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|公司|集团|合伙企业|\(有限合伙\)|事务所|合作社|厂|商行"
    r"|中心|研究院|研究所|大学|学院|医院|银行|学校|经营部|工作室|商店|酒店|委员会|管理局|协会)$"
)
NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}")


_NO_NAME = re.compile(
    r"(?:单位)?(?:地址|住址|住所|电话|法定|代表|开户|帐号|账号|传真|邮编|邮政|合同|编号|签订|签约"
    r"|公章|盖章|签字|签章|签名|日期|身份证|营业|负责人"
    r"|经办|联系|证件|名称|统一社会|为|应|须|有权|负责|的|是|在|将|不|与|及|和|年|[（(])"
)
_ANY_ROLE = re.compile(_ROLE)
_LEADING = re.compile(rf"^(?:{_ROLE}|[\u4e00-\u9fff]{{0,2}}方)")
_GENERIC = re.compile(
    r"[_…×某○●]|XX|xx|[甲乙丙丁]方|^[\u4e00-\u9fff]{0,2}(?:公司|厂|单位|银行)$|^公民|^(?:其他|有关"
    r"|上述|双方)|协议|合同"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A mention of a party under its ``role`` and others that the text gives it (出租方, 甲方).

    ``name`` is empty where it is blank. Offsets of the name, of the role where there is none.
    """

    role: str
    name: str
    start: int
    end: int
    roles: frozenset[str] = frozenset()


def introduced(text: str, head: int) -> list[Party]:
    """The parties of a folded text as its first ``head`` characters introduce them, each once."""
    found: list[Party] = []
    tabled = [m for m in _TABLED.finditer(text, 0, head) if COMPANY.search(m["name"]) or NAME.fullmatch(m["name"])]
    matches = [*_INTRODUCED.finditer(text, 0, head), *tabled, *_CALLED.finditer(text, 0, head + 400)]
    for match in sorted(matches, key=lambda match: match.start()):
        groups = match.groupdict()
        notes = (groups.get("note") or "") + (groups.get("behind") or "")
        if re.search(r"签|盖|章|代表", notes):
            continue
        role = re.sub(r"\s", "", match["role"])
        roles = frozenset([role, *(re.sub(r"\s", "", other) for other in _ANY_ROLE.findall(notes))])
        name = _clean(match["name"] if "note" in groups else _IN_PROSE.sub("", match["name"]))
        start = match.start("name") + (match["name"].find(name) if name else 0)
        place = (start, start + len(name)) if name else match.span("role")
        party = Party(role, name, *place, roles)
        same = next((i for i, other in enumerate(found) if other.roles & roles), None)
        if same is None:
            found.append(party)
        elif name and not found[same].name:
            found[same] = Party(role, name, *place, roles | found[same].roles)
    return found


def signatures(text: str, tail: int) -> list[Party]:
    """The parties as they sign behind offset ``tail``; ``name`` as printed there."""
    found: dict[str, Party] = {}
    for match in _SIGNED.finditer(text, tail):
        role = re.sub(r"\s", "", match["role"])
        named = _INTRODUCED.match(text, match.start())
        name = _clean(named["name"]) if named else ""
        start = named.start("name") + named["name"].find(name) if named and name else match.start("role")
        end = start + len(name) if name else match.end("role")
        if role not in found or (name and not found[role].name):
            found[role] = Party(role, name, start, end, frozenset([role]))
    return sorted(found.values(), key=lambda party: party.start)


def is_introduced(text: str, role: str) -> bool:
    """Whether a text says anywhere who ``role`` is: 甲方：, （以下简称甲方）, 甲方（出租方）."""
    spaced = rf"{role[0]}\s*{role[1:]}"
    return (
        re.search(rf"(?:称|为|是|即|\(|作)\s*[“\"'《]?{spaced}|{spaced}\s*[”\"]?\s*[:(]|(?m:^\s*{spaced}\s*$)", text)
        is not None
    )


def _clean(name: str) -> str:
    name = name.strip(" 　:.、“”\"'*|")
    name = _LEADING.sub("", name) if len(name) > 6 else name
    wrong = _BLANK.fullmatch(name) or _GENERIC.search(name) or _NO_NAME.match(name) or _ANY_ROLE.fullmatch(name)
    return "" if wrong or len(name) > 40 else name
