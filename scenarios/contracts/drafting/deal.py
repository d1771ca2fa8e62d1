"""Reads a deal out of a few sentences, labelled lines or a past contract, into fields of the form. No model."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from ..amounts import Amount
from ..contract import Contract
from ..kinds import kind_of
from ..numerals import HAN, number
from ..parties import COMPANY, introduced
from ..rates import rates
from .form import DraftKind
from .instalments import instalments
from .library import form

_OURS = re.compile(
    r"我[方司们]?(?:公司)?[（(]?(?:是|为|作为|系|:|：)\s*(?P<role>[\u4e00-\u9fff]{1,6}方|出租人|承租人|出借人|借款人|用人单位"
    r"|发包人|承包人)|we are the (?P<en>\w+)",
    re.IGNORECASE,
)
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
    r"(?P<a>[\u4e00-\u9fff]{2,4}?)将[^，。；\n]{2,60}?(?:租|借|卖|出售|转让)给(?P<b>[\u4e00-\u9fff]{2,4}?)(?=[，,。；;\n]|$)"
    r"|(?:借款|借|出借)给(?P<borrower>[\u4e00-\u9fff]{2,4}?)(?=\d|人民币|[，,。；;\n]|$)"
    r"|(?:录用|聘用|招聘)(?P<employee>[\u4e00-\u9fff]{2,4}?)(?:为|担任|任|到)"
)
"""People in one sentence of a deal: 张伟将…租给李梅, 借款给李四, 录用王芳为."""
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}(?![0-9A-Z])")
_ID = re.compile(r"(?<!\d)\d{17}[\dX](?![\dX])")
_ITEM = re.compile(
    rf"(?P<count>\d[\d,]*(?:\.\d+)?|[{HAN}]+)\s*(?P<unit>台|套|件|个|吨|箱|辆|只|批|平方米|米|千克|公斤|份|册|部|张|把|片|支|组|年|人天)"
    rf"(?P<name>[^\d，,。；;：:（(\n]{{0,40}}?)(?:[（(](?P<spec>[^）)\n]{{1,60}})[）)])?[，,\s]*(?:每[台套件个吨箱辆只米份册部张把片支组]|含税)?单价\s*(?:为|是|[:：])?\s*(?:人民币|¥)?"
    r"(?P<price>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>万)?元?"
)

_BOUGHT = re.compile(r"采购|购买|购置|购进|订购|定购|供应|供货|销售|出售|提供|交付|租用|租赁|卖给|买")


@cache
def _cues(name: str) -> dict[str, str]:
    """The patterns of a part of ``deal.yaml``, by field."""
    parts: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("deal.yaml").read_text("utf-8"))
    return parts[name]


def read_deal(words: str, kind: DraftKind | None = None) -> dict[str, Any]:
    """The fields of the form that a text states; nothing is guessed that it does not say."""
    contract = Contract(words)
    found: dict[str, Any] = {"language": contract.lang}
    asked = kind or kind_told(contract)
    if asked is None:
        return found
    found["contract_type"] = asked
    found |= dict(_parties(contract, asked))
    if ours := _OURS.search(words):
        found["side"] = ours["role"] or ours["en"]
    found |= dict(_money(contract, asked)) | dict(_spans(contract, asked)) | dict(_rates(contract, asked))
    found |= dict(_days(contract)) | dict(_places(contract, asked)) | dict(_dispute(contract))
    if items := list(_items(contract.folded)):
        found["items"] = items
    if payments := instalments(contract):
        found["payments"] = payments
    return _sensible(found)


def kind_told(contract: Contract) -> DraftKind | None:
    """The type that a text is about; None where nothing tells."""
    title = next((contract.folded[s:e].strip() for s, e in contract.lines[:1]), "")
    for words in (title if len(title) <= 40 else "", contract.folded):
        for kind, pattern in _cues("kinds").items():
            if words and re.search(pattern, words, re.IGNORECASE):
                return kind  # type: ignore[return-value]
    known = kind_of(contract.folded)
    return known if known in get_args(DraftKind) else None  # type: ignore[return-value]


def _parties(contract: Contract, kind: DraftKind) -> Iterator[tuple[str, Any]]:
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
        seats = {at: {"role": at, "name": english[at].strip(" ,")} for at in ("a", "b")}
        places = [(english.start(at), at) for at in ("a", "b")]
    if not seats and contract.lang == "zh":
        said = (_BEFORE_NAME.sub("", match["name"]) for match in _COMPANY_NAME.finditer(contract.text))
        names = dict.fromkeys(name for name in said if COMPANY.search(name))
        for at, name in zip(("a", "b"), names, strict=False):
            seats[at] = {"role": at, "name": name}
            places.append((contract.text.find(name), at))
    if not seats and (people := _HANDED.search(contract.text)):
        told = {"a": people["a"], "b": people["b"] or people["borrower"] or people["employee"]}
        seats = {at: {"role": at, "name": name} for at, name in told.items() if name}
        places = [(contract.text.find(one["name"]), at) for at, one in seats.items()]
    for field, pattern in (("credit_code", _CODE), ("id_number", _ID)):
        for match in pattern.finditer(contract.folded):
            before = [at for start, at in places if start < match.start()]
            if before and not any(key in seats[before[-1]] for key in ("credit_code", "id_number")):
                seats[before[-1]][field] = match.group()
    for field, cue in _cues("party").items():
        for match in re.finditer(cue, contract.text[: contract.head + 400] if contract.labels else contract.text):
            before = [at for start, at in places if start < match.start()]
            if before and field not in seats[before[-1]]:
                seats[before[-1]][field] = match["v"].strip()
    if seats:
        yield "parties", [seats[at] for at in sorted(seats)]


def _money(contract: Contract, kind: DraftKind) -> Iterator[tuple[str, Any]]:
    """Sums by the words before them; a total that the contract states comes first."""
    text, seen = contract.folded, set()
    wanted = {"lease": {"rent", "security", "deposit"}, "employment": {"wage", "probation_wage", "noncompete_pay"}}.get(
        kind, {"amount", "deposit"}
    )
    if contract.totals and "amount" in wanted:
        yield from _sum("amount", contract.totals[0])
        seen.add("amount")
    for amount in contract.amounts:
        if amount.spelt:
            continue
        start, _ = contract.sentence_at(amount.start)
        before = text[max(start, amount.start - 30) : amount.start]
        before = re.split("[，,]", before)[-1] or before
        name = next(
            (name for name, cue in _cues("money").items() if name in wanted and re.search(cue, before, re.I)), ""
        )
        if name and name not in seen and not re.match(r"\s*/?每?[台套件个日天]", text[amount.end : amount.end + 3]):
            seen.add(name)
            yield from _sum(name, amount)
    first = next((one for one in contract.amounts if not one.spelt), None)
    if "amount" in wanted and "amount" not in seen and first and kind == "loan":
        yield from _sum("amount", first)


def _sum(name: str, amount: Amount) -> Iterator[tuple[str, Any]]:
    yield name, amount.value
    if amount.currency and amount.currency != "CNY":
        yield "currency", amount.currency


def _spans(contract: Contract, kind: DraftKind) -> Iterator[tuple[str, Any]]:
    """Periods by the nearest word before them in their sentence."""
    text, seen = contract.folded, set()
    for period in contract.periods:
        start, _ = contract.sentence_at(period.start)
        before = text[max(start, period.start - 24) : period.start]
        cues = [(m.end(), name) for name, cue in _cues("periods").items() for m in re.finditer(cue, before)]
        if not cues:
            continue
        name = max(cues)[1]
        behind = text[period.end : period.end + 2]
        if name == "acceptance_days":
            good = period.unit == "day" and behind.startswith("内") and "付" not in text[period.end : period.end + 8]
            value = int(period.count)
        else:
            good = period.unit != "day" and not re.match("内|前|后", behind) and period.months == int(period.months)
            value = int(period.months) if good else 0
        if good and name not in seen:
            seen.add(name)
            yield name, value


def _rates(contract: Contract, kind: DraftKind) -> Iterator[tuple[str, Any]]:
    text = contract.folded
    for start, end, share in rates(contract, 0, len(text)):
        before = text[max(0, start - 16) : start]
        if kind == "loan" and re.search(r"年(?:化)?(?:利率|息)[^\d。；]{0,6}$", before):
            yield "annual_rate", share
        elif kind == "loan" and re.search(r"月(?:利率|息)[^\d。；]{0,6}$", before):
            yield "annual_rate", share * 12
        elif re.search(r"税率[^\d。；]{0,4}$", before):
            yield "tax_rate", share
        elif (
            re.search(r"(?:每日|每天|每逾期一[日天]|按日|日)[^\d。；]{0,14}$", before)
            and "违约" in text[start - 30 : end + 12]
        ):
            yield "late_rate", share


def _days(contract: Contract) -> Iterator[tuple[str, Any]]:
    text = contract.folded
    for pair in contract.ranges:
        if pair.first.day and pair.last.day and "试用" not in text[max(0, pair.first.start - 10) : pair.first.start]:
            yield from (("start", pair.first.day), ("end", pair.last.day))
            break
    for one in contract.dates:
        if one.day is None:
            continue
        start, end = contract.sentence_at(one.start)
        before, behind = text[max(start, one.start - 12) : one.start], text[one.end : min(end, one.end + 16)]
        if re.search(r"签[订署约字][^，。]{0,6}$", before) or re.match(r"\s*签[订署约]", behind):
            yield "sign_date", one.day
        elif re.match(r"(?:之?前|以前)?[^，,。；]{0,8}(?:交货|交付|送达|到货|送到|运抵|将货物)", behind) or re.search(
            "交货(?:期|日期|时间)[^，。]{0,4}$", before
        ):
            yield "delivery_date", one.day
        elif re.search(r"(?:开工|起租|入职|开始|起始)(?:日期|时间)?[^，。]{0,4}$", before) or re.match(
            r"\s*(?:开工|入职|起租|起(?!草))", behind
        ):
            yield "start", one.day
        elif re.search(r"(?:竣工|完工|到期|截止|结束)(?:日期|时间|日)?[^，。]{0,4}$", before) or re.match(
            r"\s*(?:前)?(?:竣工|完工|到期|归还|还清)", behind
        ):
            yield "end", one.day


def _places(contract: Contract, kind: DraftKind) -> Iterator[tuple[str, Any]]:
    for name, cue in _cues("places").items():
        if match := re.search(cue, contract.text, re.IGNORECASE):
            groups = match.groupdict()
            yield name, (groups["v"] or groups.get("w") or "").strip()
    if kind in _cues("objects") and not re.search(_cues("places")["subject"], contract.text, re.I):
        match = re.search(rf"{_cues('objects')[kind]}(?P<v>[^，,。；;\n]{{2,80}})", contract.text)
        if match:
            yield "subject", match["v"].strip(" ：:")
    if kind == "lease" and (area := re.search(r"(\d+(?:\.\d+)?)\s*(?:平方米|平米|㎡|m²)", contract.folded)):
        yield "area", Decimal(area[1])


def _dispute(contract: Contract) -> Iterator[tuple[str, Any]]:
    commission = re.search(
        r"(?:提交|提请|由|向|到|交)?(?P<v>[\u4e00-\u9fff]{2,14}?仲裁(?:委员会|院|中心))", contract.text
    )
    court = re.search(r"(?:由|向|到)(?P<v>[\u4e00-\u9fff]{2,20}?法院)", contract.text)
    if commission and "劳动" not in commission["v"]:
        yield from (
            ("dispute", "arbitration"),
            ("dispute_place", re.sub("^.*(?:提交|提请|由|向|到|交)", "", commission["v"])),
        )
    elif court and not re.search("被告|有管辖权", court["v"]):
        yield from (("dispute", "court"), ("dispute_place", court["v"]))


def _items(text: str) -> Iterator[dict[str, Any]]:
    """10台服务器（型号），单价5000元."""
    for match in _ITEM.finditer(text):
        name = match["name"].strip(" 的") or _named_before(text, match.start())
        if name:
            price = Decimal(match["price"].replace(",", "")) * (10_000 if match["scale"] else 1)
            count = match["count"].replace(",", "")
            yield {"name": name, "specification": match["spec"] or "", "unit": match["unit"], "price": price,
                   "quantity": Decimal(count) if count[0].isdigit() else Decimal(int(number(count)))}  # fmt: skip


def _named_before(text: str, place: int) -> str:
    """What stands before a count: 离心泵 of 甲公司向乙公司采购离心泵10台."""
    words = re.search(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9-]+$", text[max(0, place - 40) : place])
    return _BOUGHT.split(words.group())[-1].strip("的 ") if words else ""


def _sensible(found: dict[str, Any]) -> dict[str, Any]:
    """Without what contradicts itself: an end that is another range's, a rate of nothing."""
    if found.get("start") and found.get("end") and found.get("term_months"):
        found.pop("term_months")
    if found.get("items") and "amount" in found:
        made = sum((item["quantity"] * item["price"] for item in found["items"]), Decimal(0))
        if made != found["amount"]:
            found.pop("items")
    return found
