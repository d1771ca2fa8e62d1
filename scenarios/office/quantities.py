"""Quantities that a rule states (amounts, days, shares, counts) with their direction, and who is named beside them."""

import re
import unicodedata
from dataclasses import dataclass

from workbench.language import han_number

_NUMBER = r"(?:\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
_QUANTITY = re.compile(
    rf"(?P<percent>百分之{_NUMBER}|\d+(?:\.\d+)?\s*%)"
    rf"|(?P<count>{_NUMBER})\s*(?P<scale>亿|万|千)?\s*个?\s*"
    r"(?P<unit>元|人民币|RMB|CNY|yuan|工作日|working days?|business days?|小时|hours?|天|日(?![期常])|days?|周|weeks?"
    r"|个?月|months?|年|years?|次|times|家|份|名|人(?!民)|分(?!之))",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*月\s*\d{1,2}\s*日")
_UNITS = {
    "money": ("元", "人民币", "rmb", "cny", "yuan"),
    "working days": ("工作日", "working day", "working days", "business day", "business days"),
    "hours": ("小时", "hour", "hours"),
    "days": ("天", "日", "day", "days"),
    "weeks": ("周", "week", "weeks"),
    "months": ("月", "个月", "month", "months"),
    "years": ("年", "year", "years"),
    "times": ("次", "times"),
    "parties": ("家",),
    "copies": ("份",),
    "people": ("名", "人"),
    "points": ("分",),
}
_KIND = {word: kind for kind, words in _UNITS.items() for word in words}
_SCALE = {"": 1, "千": 10**3, "万": 10**4, "亿": 10**8}
_MOST = (
    "不超过",
    "不高于",
    "至多",
    "最多",
    "低于",
    "小于",
    "最长",
    "within",
    "under",
    "below",
    "at most",
    "up to",
    "no more than",
)
_LEAST = (
    "不少于",
    "不低于",
    "至少",
    "最少",
    "超过",
    "高于",
    "大于",
    "over",
    "above",
    "exceeding",
    "at least",
    "more than",
)
_DIRECTION = (
    ("most", r"(?:以下|以内|之内|内|及以下)", _MOST),
    ("least", r"(?:以上|及以上|起)", _LEAST),
)
_POSTS = (
    "部门负责人 负责人 总监 副总经理 总经理 总裁 经理 主管 主任 董事长 董事会 股东会 委员会 出纳 会计 领导 部长 科长"
)
_ROLE = re.compile(
    rf"(?:[一-鿿]{{0,6}}?(?:{'|'.join(_POSTS.split())}))"
    r"|\b(?:[A-Z][a-z]+ )?(?:director|manager|head|board|CEO|CFO|supervisor|president)\b"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in yuan for money, else in the unit ``kind``; ``direction`` is most, least or exact."""

    kind: str
    value: float
    direction: str


def quantities(sentence: str) -> list[Quantity]:
    """The quantities in a sentence, in order. ``一万元以上`` is Quantity("money", 10000, "least")."""
    plain = _plain(sentence)
    return [
        Quantity(*_valued(found), _direction(plain, found.start(), found.end())) for found in _QUANTITY.finditer(plain)
    ]


def _valued(found: re.Match[str]) -> tuple[str, float]:
    if found["percent"]:
        return "percent", _float(found["percent"].removeprefix("百分之").rstrip("% "))
    unit = found["unit"].lower()
    scale = _SCALE[found["scale"] or ""]
    return _KIND.get(unit, unit), _float(found["count"]) * scale


def _float(digits: str) -> float:
    if digits[0].isascii():
        return float(digits.replace(",", ""))
    return float(han_number(digits.replace("两", "二")))


def _direction(plain: str, start: int, end: int) -> str:
    behind, ahead = plain[end : end + 6], plain[max(start - 14, 0) : start].rstrip().lower()
    for name, after, before in _DIRECTION:
        if re.match(rf"[^，。；,;]{{0,2}}{after}", behind) or ahead.endswith(before):
            return name
    return "exact"


def unquantified(sentence: str) -> str:
    """The sentence without its quantities: what it speaks of."""
    return _QUANTITY.sub(" ", _plain(sentence))


def _plain(sentence: str) -> str:
    """Half width, and days of the calendar blotted out: they are no lengths."""
    return _DAY.sub(lambda day: " " * len(day.group()), unicodedata.normalize("NFKC", sentence))


def roles(sentence: str) -> set[str]:
    """The approvers and posts that a sentence names."""
    return {re.sub(r"^(?:须|需|由|经|报|再加|应|并|和|及|的|给)+", "", found) for found in _ROLE.findall(sentence)}
