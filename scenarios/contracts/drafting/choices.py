"""What a deal decides in words rather than in figures: who owns the results, how a loan is paid back."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

_CHOICES: tuple[tuple[str, Any, str], ...] = (
    ("rent_months", 1, r"(?:租金|房租)[^。；;\n]{0,12}(?:按月|月付|每月)|(?:按月|每月)[^。；;\n]{0,4}(?:付|支付)租金"),
    (
        "rent_months",
        3,
        r"(?:租金|房租)[^。；;\n]{0,12}(?:按季|季付|每季|每三个月)|押.付三|(?:rent|payable)[^.;\n]{0,20}quarterly",
    ),
    ("rent_months", 6, r"(?:租金|房租)[^。；;\n]{0,12}(?:半年|每六个月)"),
    ("rent_months", 12, r"(?:租金|房租)[^。；;\n]{0,12}(?:按年|年付|每年)"),
    ("repayment", "lump", r"(?:到期)?一次性?(?:还本付息|偿?还本金?|还清|归还)|到期(?:一次)?还本付息"),
    ("repayment", "monthly_interest", r"按月付息|每月付息|按季付息|先息后本"),
    ("repayment", "instalments", r"等额本[息金]|分期(?:偿还|还款|归还)|按月还本"),
    ("mutual", True, r"互相|相互|双向|双方(?:均|都|各自)?[^，。；\n]{0,6}(?:披露|保密)|\bmutual(?:ly)?\b"),
    ("mutual", False, r"单[方向](?:披露|保密)|\bone-way\b|\bunilateral\b"),
    ("ip_owner", "joint", r"(?:成果|知识产权|著作权)[^，。；\n]{0,12}(?:双方)?(?:共有|共同所有|共享)"),
)
_OWNER = re.compile(
    r"(?:成果|知识产权|著作权|软件)[^，。；\n]{0,12}归(?P<who>[\u4e00-\u9fff]{2,4}?)(?:单独)?(?:所有|享有)?(?=[，,。；;\n]|$)"
)
_BRINGS = re.compile(
    r"(?P<who>甲方|乙方)(?:[\u4e00-\u9fff（）]{2,24}?公司)?(?:出资?|提供|投入|负责)(?P<what>[^，,。；;\d\n][^，,。；;\n]{1,60})"
)
_TAKES = re.compile(r"(?P<who>甲方|乙方)(?:分得?|占|得|享有)?\s*(?P<share>\d{1,3}(?:\.\d+)?)\s*%")
_SPLIT = re.compile(r"(?P<a>\d{1,2})\s*[:：]\s*(?P<b>\d{1,2})\s*(?:的?比例)?\s*(?:分成|分配|分享)")
_RETAINED = re.compile(
    r"(?:质保金|质量保证金|保修金)(?:为|是|比例)?[^\d，。；\n]{0,12}(?P<share>\d{1,2}(?:\.\d+)?)\s*%"
)
_LAW = re.compile(r"[Gg]overn(?:ed by|ing law)\s*(?:is|:)?\s*(?:the )?(?:laws? of )?(?:the )?(?P<v>[A-Z][\w ]{2,40})")


def choices(words: str, kind: str, roles: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """The fields that ``words`` decide. ``roles``: seat a or b by what the parties are called."""
    seen = set()
    for name, value, pattern in _CHOICES:
        if name not in seen and re.search(pattern, words, re.IGNORECASE):
            seen.add(name)
            yield name, value
    if "ip_owner" not in seen and (owner := _OWNER.search(words)) and owner["who"] in roles:
        yield "ip_owner", roles[owner["who"]]
    if retained := _RETAINED.search(words):
        yield "retention", Decimal(retained["share"])
    if law := _LAW.search(words):
        yield "law", law["v"].strip()
    if kind == "cooperation":
        yield "contributions", list(_contributions(words))


def _contributions(words: str) -> Iterator[dict[str, Any]]:
    brings = {match["who"]: match["what"].strip() for match in _BRINGS.finditer(words)}
    takes = {match["who"]: Decimal(match["share"]) for match in _TAKES.finditer(words)}
    if (split := _SPLIT.search(words)) and not takes:
        one, other = Decimal(split["a"]), Decimal(split["b"])
        if one + other in (10, 100):
            takes = {"甲方": one * 100 / (one + other), "乙方": other * 100 / (one + other)}
    for who, seat in (("甲方", "a"), ("乙方", "b")):
        if who in brings or who in takes:
            yield {"party": seat, "contribution": brings.get(who, ""), "share": takes.get(who)}
