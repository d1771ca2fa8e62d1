"""Reads a deal out of a few sentences, labelled lines or a past contract, into fields of the form. No model."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args

from ..amounts import Amount
from ..contract import Contract
from ..kinds import kind_of
from ..numerals import HAN, number
from ..rates import rates
from .choices import choices
from .cues import cues
from .deal_parties import parties
from .form import DraftKind
from .instalments import instalments
from .library import form

_OURS = re.compile(
    r"我[方司们]?(?:公司)?[（(]?(?:是|为|作为|系|:|：)\s*(?P<role>[\u4e00-\u9fff]{1,6}方|出租人|承租人|出借人|借款人|用人单位"
    r"|发包人|承包人)|we are the (?P<en>\w+)",
    re.IGNORECASE,
)
_ITEM = re.compile(
    rf"(?P<count>\d[\d,]*(?:\.\d+)?|[{HAN}]+)\s*(?P<unit>台|套|件|个|吨|箱|辆|只|批|平方米|米|千克|公斤|份|册|部|张|把|片|支|组|年|人天)"
    rf"(?P<name>[^\d，,。；;：:（(\n]{{0,40}}?)(?:[（(](?P<spec>[^）)\n]{{1,60}})[）)])?[，,\s]*(?:每[台套件个吨箱辆只米份册部张把片支组]|含税)?单价\s*(?:为|是|[:：])?\s*(?:人民币|¥)?"
    r"(?P<price>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>万)?元?"
)

_ROW = re.compile(r"^\|?[ \t]*([^|\t\n]{1,30}?)[ ]*[|\t][ ]*([^|\t\n]+?)[ \t]*\|?[ ]*$", re.MULTILINE)
"""A row of a table of two columns, or of two cells pasted from a sheet."""
_HEADER = re.compile(r"^.*\n\|[ :|-]+\|[ ]*\n", re.MULTILINE)
_NO_SUBJECT = re.compile(r"^(?:合同|协议|方|人|费|委托方|[^，]{0,2}[:：])|[:：]")
_BOUGHT = re.compile(r"采购|购买|购置|购进|订购|定购|供应|供货|销售|出售|提供|交付|租用|租赁|卖给|买")


def read_deal(words: str, kind: DraftKind | None = None) -> dict[str, Any]:
    """The fields of the form that a text states; nothing is guessed that it does not say."""
    words = _ROW.sub(r"\1：\2", _HEADER.sub("", words))
    contract = Contract(words)
    found: dict[str, Any] = {"language": contract.lang}
    asked = kind or kind_told(contract)
    if asked is None:
        return found
    found["contract_type"] = asked
    found |= dict(parties(contract, asked))
    if ours := _OURS.search(words):
        found["side"] = ours["role"] or ours["en"]
    found |= dict(_money(contract, asked)) | dict(_spans(contract, asked)) | dict(_rates(contract, asked))
    found |= dict(_days(contract)) | dict(_places(contract, asked)) | dict(_dispute(contract))
    seats = {"甲方": "a", "乙方": "b"} | {role.zh: at for at, role in form(asked).roles.items()}
    found |= {name: value for name, value in choices(contract.folded, asked, seats) if value != []}
    if items := list(_items(contract.folded)):
        found["items"] = items
    if payments := instalments(contract):
        found["payments"] = payments
    return _sensible(found)


def kind_told(contract: Contract) -> DraftKind | None:
    """The type that a text is about; None where nothing tells."""
    title = next((contract.folded[s:e].strip() for s, e in contract.lines[:1]), "")
    for words in (title if len(title) <= 40 else "", contract.folded):
        for kind, pattern in cues("kinds").items():
            if words and re.search(pattern, words, re.IGNORECASE):
                return kind  # type: ignore[return-value]
    known = kind_of(contract.folded)
    return known if known in get_args(DraftKind) else None  # type: ignore[return-value]


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
            (name for name, cue in cues("money").items() if name in wanted and re.search(cue, before, re.I)), ""
        )
        if "deposit" in wanted and re.match(r"\s*(?:的|作为)?定金", text[amount.end : amount.end + 5]):
            name = "deposit"
        if name and name not in seen and not re.match(r"\s*/?每?[台套件个日天]", text[amount.end : amount.end + 3]):
            seen.add(name)
            yield from _sum(name, amount)
    first = next((one for one in contract.amounts if not one.spelt), next(iter(contract.amounts), None))
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
        told = [(m.end(), name) for name, cue in cues("periods").items() for m in re.finditer(cue, before)]
        if not told:
            continue
        name = max(told)[1]
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
        elif re.search(r"(?:每日|每天|每逾期一[日天]|按日|日)[^\d。；]{0,14}$", before) and re.search(
            "违约|逾期|延迟", text[max(0, start - 30) : end + 12]
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
        if re.search(r"签[订署约字][^，。]{0,6}$|\bdated\s*(?:as of\s*)?$", before) or re.match(
            r"\s*签[订署约]", behind
        ):
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
    for name, cue in cues("places").items():
        if match := re.search(cue, contract.text, re.IGNORECASE):
            groups = match.groupdict()
            yield name, re.sub("^(?:我们|我方|甲方|乙方)的?", "", (groups["v"] or groups.get("w") or "").strip())
    if kind in cues("objects") and not re.search(cues("places")["subject"], contract.text, re.I):
        said = re.finditer(rf"(?:{cues('objects')[kind]})(?=(?P<v>[^，,。；;\n]{{2,80}}))", contract.text)
        subject = next((one["v"].strip() for one in said if not _NO_SUBJECT.search(one["v"].strip())), "")
        if subject:
            yield "subject", subject
    if kind in cues("named") and (match := re.search(cues("named")[kind], contract.text)):
        yield "purpose" if kind == "nda" else "subject", match["v"].strip()
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
