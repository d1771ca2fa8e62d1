"""An independent reader of facts, to measure replies that the guard of ``scenarios.support`` passed.

It shares no rule with the guard. A text becomes a stream of tokens: numbers in digits, words of units as one letter
code each, everything else dropped. A number and the unit beside it make a pair; a pair that no cited passage makes, a
link that stands in none, or a word of promise or law that none has, is unsupported. A number alone in a table may take
any unit.
"""

import re
import unicodedata
from collections.abc import Sequence

from workbench.evidence import Citation

_UNITS = {
    "M": "元 块钱 人民币 yuan rmb cny ￥ ¥ $ usd dollar dollars 美元 € euro euros £",
    "P": "% percent 折",
    "H": "小时 钟头 hour hours hrs hr h",
    "W": "工作日 个工作日 working-day working-days business-day business-days",
    "D": "天 日 号 day days",
    "K": "周 星期 礼拜 week weeks",
    "N": "月 个月 month months",
    "Y": "年 year years",
    "I": "分钟 minute minutes min",
}
_CODES = {unicodedata.normalize("NFKC", word): code for code, words in _UNITS.items() for word in words.split()}
_SMALL = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WORDS = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(1, 11), strict=True)
)
_SIGNS = sorted((re.escape(word) + (r"\b" if word.isalpha() and word.isascii() else "") for word in _CODES), key=len)
_TOKEN = re.compile(
    r"\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千零]+(?=\s*个?(?:工作日|小时|分钟|星期|[元天日周月年折号]))"
    r"|(?:working|business)[- ]days?|" + "|".join(reversed(_SIGNS))
)
_BOUND = [
    "免费",
    "包邮",
    "全额",
    "保证",
    "承诺",
    "赔偿",
    "补偿",
    "终身",
    "永久",
    "无条件",
    "guarantee",
    "lifetime",
    "compensat",
    "refund",
    "unconditional",
]
_LAWFUL = ["法律", "依法", "法定", "消费者权益", "民法典", "statutory", "legally", "gdpr"]
_PLACE = re.compile(r"https?://[^\s)）\]，。]+|[\w.]+@[\w.]+\w|\b\d{3,4}-\d{3,4}-?\d{3,4}\b")


def unsupported(reply: str, passages: Sequence[Citation], *given: str) -> list[str]:
    """What ``reply`` states and neither the passages that it cites do nor ``given``, the customer's words."""
    cited = {f"[{number}]" for number in re.findall(r"\[(\d+)\]", reply)}
    sources = [f"{one.title}\n{one.heading}\n{one.passage}" for one in passages if one.marker in cited]
    known = _plain("\n".join([*sources, *(one.title for one in passages), *given]))
    said = _plain(re.sub(r"\[\d+\]", "", reply))
    pairs, alone = _pairs(known), set(re.findall(r"\d+(?:\.\d+)?", " ".join(_stream(known))))
    found = [
        f"{number}{unit}" for number, unit in sorted(_pairs(said)) if not _known(number, unit, pairs, alone, known)
    ]
    found += [place for place in _PLACE.findall(said) if place.rstrip(".") not in known]
    for group in (_BOUND, _LAWFUL):
        found += [word for word in group if word in said and word not in known]
    return found


def _known(number: str, unit: str, pairs: set[tuple[str, str]], alone: set[str], known: str) -> bool:
    if (number, unit) in pairs or (unit == "" and number in alone):
        return True
    return bool(re.search(rf"(?:^|[|:：])\s*{re.escape(number)}\s*(?:[|\n]|$)", known, re.MULTILINE))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _stream(text: str) -> list[str]:
    tokens = []
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            tokens.append(_digits(token))
        elif token[0] in "一二两三四五六七八九十百千零" and token not in _CODES:
            tokens.append(str(_chinese(token)))
        else:
            tokens.append(_CODES.get(token.replace(" ", "-"), "W"))
    return tokens


def _pairs(text: str) -> set[tuple[str, str]]:
    """(number, unit code): the unit that follows a number, or the sign of money before it; a range shares its unit."""
    for word, value in _WORDS.items():
        text = re.sub(rf"\b{word}(?=[ -](?:day|week|month|year|hour|business|working))", str(value), text)
    text = re.sub(r"(\d)\s*[-–—~至到]\s*(?=\d+(?:\.\d+)?\s*(\S{1,3}))", r"\1\2 ", text)
    found = set()
    for match in re.finditer(r"([$¥€£]|rmb|cny|usd)?\s*(\d[\d,]*(?:\.\d+)?)", text):
        after = re.match(r"\s*-?\s*个?\s*", text[match.end() :])
        rest = text[match.end() + (after.end() if after else 0) :]
        unit = _TOKEN.match(rest)
        code = "" if unit is None or unit.group()[0].isdigit() else _CODES.get(unit.group().replace(" ", "-"), "W")
        found.add((_digits(match.group(2)), "M" if match.group(1) else code))
    for match in re.finditer(r"([一二两三四五六七八九十百千零]+)\s*个?(工作日|小时|分钟|星期|[元天日周月年折])", text):
        found.add((str(_chinese(match.group(1))), _CODES.get(match.group(2), "")))
    return found


def _digits(said: str) -> str:
    said = said.replace(",", "").rstrip(".")
    return said.rstrip("0").rstrip(".") if "." in said else said.lstrip("0") or "0"


def _chinese(said: str) -> int:
    total = digit = 0
    for char in said:
        if char in _SMALL:
            digit = _SMALL[char]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    return total + digit
