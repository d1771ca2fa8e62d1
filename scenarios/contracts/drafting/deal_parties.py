"""Who the parties of a deal are: introduced by role, named in a sentence, or people who lend, let or are taken on."""

import re
from collections.abc import Iterator
from typing import Any

from ..contract import Contract
from ..parties import COMPANY, introduced
from .cues import cues
from .form import DraftKind
from .library import form

_COMPANY_NAME = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[（(向])|(?<=公司)|(?<=事务所)|(?<=研究院)|(?<=合作社))"
    r"(?:我[司方]|我们|[甲乙]方|买方|卖方|出租方|承租方|委托方|服务方|由|与|和|向|给|为|是|从|跟|同|租给|卖给|借给|委托|聘请){0,2}[:：]?\s*"
    r"(?P<name>[\u4e00-\u9fff]{2,24}?(?:[（(][\u4e00-\u9fff]{2,4}[）)][\u4e00-\u9fff]{0,12}?)?"
    r"(?:有限责任公司|股份有限公司|有限公司|事务所|研究院|合作社))"
)
_BEFORE_NAME = re.compile(r"^(?:将[\u4e00-\u9fff]*?给|我(?:公司|方|司|们)(?:向|与|和|给|委托|聘请))")
"""What a name may have swallowed of its sentence: 将设备出售给, 我公司向."""
_EN_PARTIES = re.compile(
    r"\bbetween\s+(?P<a>[A-Z][\w&.,' -]{1,60}?)\s+(?:\([^)]*\)\s*)?and\s+(?P<b>[A-Z][\w&.,' -]{1,60}?)"
    r"(?=[\n;(]|\.\s|\.$|,? (?:for|under|dated|to)\b|$)"
)
_HANDED = re.compile(
    r"(?P<a>[\u4e00-\u9fff]{2,4}?)[将把][^，。；\n]{2,60}?(?:租|借|卖|出售|转让)给(?P<b>[\u4e00-\u9fff]{2,4}?)(?=[，,。；;\n]|$)"
    r"|[将把][^，。；\n]{2,60}?(?:租|出租)给(?P<tenant>[\u4e00-\u9fff]{2,4}?)(?=[，,。；;\n]|$)"
    r"|(?P<lender>[\u4e00-\u9fff]{2,4})?(?:借款|借|出借)给(?P<borrower>[\u4e00-\u9fff]{2,4}?)(?=\d|人民币|[，,。；;\n]|$)"
    r"|(?:录用|聘用|招聘)(?P<employee>[\u4e00-\u9fff]{2,4}?)(?:为|担任|任|到)"
)
"""People in one sentence of a deal: 张伟将…租给李梅, 借款给李四, 录用王芳为."""
_PERSON = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    r"贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔汤][\u4e00-\u9fff]{1,2}"
)
"""A person's name: one of the hundred usual family names and one or two characters."""
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}(?![0-9A-Z])")
_ID = re.compile(r"(?<!\d)\d{17}[\dX](?![\dX])")


def parties(contract: Contract, kind: DraftKind) -> Iterator[tuple[str, Any]]:
    """Parties as introduced (甲方：…, 买方：…), else the companies in order of mention."""
    roles = {"甲方": "a", "乙方": "b"} | {role.zh: at for at, role in form(kind).roles.items()}
    seats: dict[str, dict[str, Any]] = {}
    places: list[tuple[int, str]] = []
    for party in contract.parties if contract.labels else introduced(contract.folded, len(contract.folded)):
        at = next((roles[role] for role in (party.role, *sorted(party.roles)) if role in roles), "")
        if at and party.name and at not in seats:
            seats[at] = {"role": at, "name": contract.text[party.start : party.end]}
            places.append((party.start, at))
    spoken = re.finditer(
        rf"(?P<role>{'|'.join(roles)})\s*(?:是|为|即|[:：])?\s*(?P<name>[\u4e00-\u9fff（）()]{{4,30}}?(?:公司|事务所|研究院|集团|厂))",
        contract.text,
    )
    for match in spoken:
        at = roles[match["role"]]
        if at not in seats:
            seats[at] = {"role": at, "name": match["name"]}
            places.append((match.start(), at))
    if not seats and (english := _EN_PARTIES.search(contract.text)):
        pays = rf"{re.escape(english['b'].split()[0])}\b[^.;\n]{{0,30}}\bpays?\b"
        seat = next(at for at, role in form(kind).roles.items() if role.id == form(kind).payer)
        first, second = ("b", "a") if seat == "a" and re.search(pays, contract.text) else ("a", "b")
        seats = {at: {"role": at, "name": english[one].strip(" ,")} for at, one in (("a", first), ("b", second))}
        places = sorted((english.start(one), at) for at, one in (("a", first), ("b", second)))
    if not seats and contract.lang == "zh":
        said = (_BEFORE_NAME.sub("", match["name"]) for match in _COMPANY_NAME.finditer(contract.text))
        names = dict.fromkeys(name for name in said if COMPANY.search(name))
        for at, name in zip(("a", "b"), names, strict=False):
            seats[at] = {"role": at, "name": name}
            places.append((contract.text.find(name), at))
    told = dict(_people(contract.text, roles)) if kind in ("employment", "loan", "lease") else {}
    if len(seats) == 1 and contract.lang == "zh" and not told and kind != "employment":
        said = (_BEFORE_NAME.sub("", match["name"]) for match in _COMPANY_NAME.finditer(contract.text))
        (known,) = seats.values()
        other = next((name for name in said if COMPANY.search(name) and known["name"] not in name), "")
        told = {"b" if known["role"] == "a" else "a": other}
    for at, name in told.items():
        if name and at not in seats:
            seats[at] = {"role": at, "name": name}
            places.append((contract.text.find(name), at))
    places.sort()
    for field, pattern in (("credit_code", _CODE), ("id_number", _ID)):
        for match in pattern.finditer(contract.folded):
            before = [at for start, at in places if start < match.start()]
            if before and not any(key in seats[before[-1]] for key in ("credit_code", "id_number")):
                seats[before[-1]][field] = match.group()
    for field, cue in cues("party").items():
        for match in re.finditer(cue, contract.text[: contract.head + 400] if contract.labels else contract.text):
            before = [at for start, at in places if start < match.start()]
            if before and field not in seats[before[-1]]:
                seats[before[-1]][field] = match["v"].strip()
    if seats:
        yield "parties", [seats[at] for at in sorted(seats)]


def _people(text: str, roles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """People by their role (出借人张建国) or by what is done (张伟将…租给李梅)."""
    spoken = re.finditer(
        rf"(?P<role>{'|'.join(roles)})\s*(?:是|为|即|[:：])?\s*(?P<name>{_PERSON})(?=[，,。；;（(\s]|$)", text
    )
    yield from ((roles[match["role"]], match["name"]) for match in spoken)
    if people := _HANDED.search(text):
        yield "a", people["a"] or people["lender"] or ""
        yield "b", people["b"] or people["tenant"] or people["borrower"] or people["employee"] or ""
