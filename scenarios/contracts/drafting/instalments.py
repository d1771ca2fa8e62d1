"""A payment plan as a deal states it: 签约后10日内付30%，验收合格后付60%，余款质保期满付清."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ..contract import Contract

_NAME = (
    r"预付款|首付款|首期款|进度款|到货款|发货款|提货款|验收款|安装款|启动款|尾款|余款|质保金|质量保证金|竣工款|结算款"
    r"|第[一二三四五六\d]+[期笔次]款?|首款"
)
_PAY = r"支付|付款|付清|付至|付|结清|pay|within|upon|on signature|instal?lment"
_NO = re.compile(
    r"违约金|税率|利率|每日|每天|赔偿|分成|占股|罚|利润|收益|持股|逾期|超过|增值税|vat|late|liquidated", re.IGNORECASE
)
_EVENT = re.compile(
    r"(?P<event>[^，,。；;：:、\s\d（(）)]{2,16}?)(?:之日起|之日|以后|之后|后|时)?[，,]?\s*(?P<days>\d{1,3})\s*个?(?:工作)?[日天]之?内"
    r"|(?P<event2>[^，,。；;：:、\s（(）)]{2,16}?)(?:之日起|以后|之后|后|时)(?=[，,]?(?:再|即|甲方|乙方|买方|由|一次性)?[^，,。；]{0,8}(?:付|支付))"
    r"|(?P<event3>(?:签|到货|货到|验收|质保|交付|完工|竣工|上线|发货)[^，,。；;：:、\s\d（(）)]{0,10}?)(?:再|即|支)?付(?=\s*\d)"
)
_ENGLISH = (
    re.compile(r"\bwithin\s+(?P<days>\d{1,3})\s+days\s+(?:after|of|from|following)\s+(?P<event>[^,.;%]{3,60})", re.I),
    re.compile(r"%[^,.;%]{0,30}?\b(?:upon|on|at|after)\s+(?P<event>[^,.;%]{3,60})(?P<days>)", re.I),
)
_DONE = re.compile(
    r"\s*(?:之?前|以前)?[^，,。；;]{0,4}(?:交[付货]|完[成工]|开工|竣工|送[达到])"
)  # a day of work, not of payment
_LEAD = re.compile(r"^(?:合同总价的?|价款的?|甲方|乙方|买方|委托方|应当?|于|在|自|本合同|合同(?=签|生))+|^[）)\d.、]+")
_PIECE = re.compile(r"(?:[^；;。\n.]|\.(?!\s|$))+")
_BREAK = re.compile(r"[，,、](?=[^，,、]*?(?:\d+(?:\.\d+)?\s*%|余款|尾款|剩余))|\band\b(?=\s+\d+\s*%)")
_REST = re.compile(r"(?:余款|尾款|剩余|其余|余额)(?![^，,；。]{0,12}\d+(?:\.\d+)?%)")


def instalments(contract: Contract) -> list[dict[str, Any]]:
    """The instalments of a plan whose shares make 100%, or whose sums make the total; nothing where they do not."""
    text = contract.folded
    found = []
    for start, end in _pieces(text):
        piece = text[start:end]
        if _NO.search(piece):
            continue
        shares = [one.share for one in contract.percents if start <= one.start < end]
        sums = [one.value for one in contract.amounts if start <= one.start < end and not one.spelt]
        if len(shares) > 1 or not re.search(f"{_PAY}|{_NAME}", piece, re.IGNORECASE):
            continue
        rest = _REST.search(piece) and not shares and not sums
        if not shares and not rest and not (sums and re.search(_NAME, piece)):
            continue
        entry = dict(_told(contract, piece, start, end))
        entry["percent" if shares or rest else "amount"] = shares[0] if shares else None if rest else sums[0]
        found.append(entry)
    return _whole(contract, found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Stretches with one payment each: cut at stops, and at commas before the next share."""
    for match in _PIECE.finditer(text):
        start = match.start()
        for cut in _BREAK.finditer(match.group()):
            before = text[start : match.start() + cut.start()]
            if re.search(r"\d\s*%|余款|尾款", before):
                yield start, match.start() + cut.start()
                start = match.start() + cut.end()
        yield start, match.end()


def _told(contract: Contract, piece: str, start: int, end: int) -> Iterator[tuple[str, Any]]:
    if name := re.search(_NAME, piece):
        yield "name", name.group()
    day = next(
        (
            one.day
            for one in contract.dates
            if start <= one.start < end and one.day and not _DONE.match(contract.folded, one.end)
        ),
        None,
    )
    if day is not None:
        yield "due", day
        return
    english = next((found for pattern in _ENGLISH if (found := pattern.search(piece))), None)
    if english:
        yield "trigger", english["event"].strip()
        if english["days"]:
            yield "days", int(english["days"])
    elif event := _EVENT.search(piece):
        said = (event["event"] or event["event2"] or event["event3"]).strip()
        words = _LEAD.sub("", said)
        words = re.sub(rf"^.*?(?:{_NAME})[:：]?", "", words)
        yield "trigger", words or said
        if event["days"]:
            yield "days", int(event["days"])


def _whole(contract: Contract, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    stated = [one for one in found if one.get("percent") is not None or one.get("amount") is not None]
    shares = sum((one["percent"] for one in stated if one.get("percent") is not None), Decimal(0))
    open_ = [one for one in found if one not in stated]
    if open_ and shares and shares < 100 and len(open_) == 1:
        open_[0]["percent"] = 100 - shares
        return found
    total = contract.totals[0].value if contract.totals else None
    sums = sum((one["amount"] for one in stated if one.get("amount") is not None), Decimal(0))
    if shares == 100 or (total and sums == total and not shares):
        return [{key: value for key, value in one.items() if value is not None} for one in stated]
    return []
