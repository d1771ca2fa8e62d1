"""``identity.credit_code`` and ``identity.id_number``: numbers whose check character gives them away."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..identity import credit_check, id_birth, id_check
from ..issue import Issue

_LONG = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{12,22}|\d{2,8}(?:[ -][0-9A-Z]{2,10}){1,5})(?![0-9A-Za-z])")
_CREDIT = re.compile(
    r"(?:信用代码|信用编码|纳税人识别号|纳税识别号|税号|[Cc]redit [Cc]ode|USCC"
    r"|taxpayer identification)[^0-9A-Za-z]{0,8}$"
)
_ID = re.compile(
    r"(?:身份证(?:件)?(?:号码?|编号)?|居民身份(?:证)?号码?|公民身份号码|证件号码?"
    r"|\bID (?:card )?(?:no\.?|number))[^0-9A-Za-z]{0,8}$",
    re.I,
)
_OTHER = re.compile(r"(?:账号|帐号|账户|帐户|卡号|编号|单号|电话|手机|代码|合同号|号码)[^0-9A-Za-z]{0,8}$")
_CREDIT_SHAPE = re.compile(
    r"(?:1[1-9]|2[1-9]|3[1-9]|4[1-9]|5[1-9]|6[12]|7[12]|8[19]|9[1-3]|A[19]|N[1-3]|Y1)\d{6}[0-9A-Z]{10}"
)
_ID_SHAPE = re.compile(r"[1-8]\d{5}(?:19|20)\d{9}[0-9Xx]")


def check(contract: Contract) -> Iterator[Issue]:
    """All numbers that cannot be right."""
    text = contract.folded
    for match in _LONG.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        written = re.sub("[ -]", "", match.group())
        if written != match.group() and not (_CREDIT.search(before) or _ID.search(before)):
            continue
        if _CREDIT.search(before):
            yield from _credit(match.start(), match.end(), written.upper())
        elif _ID.search(before):
            yield from _id(match.start(), match.end(), written.upper())
        elif _OTHER.search(before) or len(written) != 18:
            continue
        elif _ID_SHAPE.fullmatch(written) and written.upper()[17] != credit_check(written.upper()):
            yield from _id(match.start(), match.end(), written.upper())
        elif _CREDIT_SHAPE.fullmatch(written) and re.search("[A-Z]", written):
            yield from _credit(match.start(), match.end(), written)


def _credit(start: int, end: int, code: str) -> Iterator[Issue]:
    if len(code) == 15 and code.isdigit():
        return  # a tax number of before 2015
    if len(code) != 18:
        yield Issue("identity.credit_code", "error", start, end, {"length": len(code)}, variant="length")
        return
    expected = credit_check(code)
    if expected is None:
        yield Issue("identity.credit_code", "error", start, end, variant="letters")
    elif expected != code[17]:
        yield Issue("identity.credit_code", "error", start, end, {"expected": expected, "found": code[17]})


def _id(start: int, end: int, number: str) -> Iterator[Issue]:
    if len(number) == 15 and number.isdigit():
        return  # the first generation of numbers has no check digit
    if not re.search(r"^\d", number):
        return  # a passport
    if len(number) != 18 or not number[:17].isdigit():
        yield Issue("identity.id_number", "error", start, end, {"length": len(number)}, variant="length")
    elif id_birth(number) is None:
        yield Issue("identity.id_number", "error", start, end, {"birth": number[6:14]}, variant="birth")
    elif id_check(number) != number[17]:
        yield Issue("identity.id_number", "error", start, end, {"expected": id_check(number), "found": number[17]})
