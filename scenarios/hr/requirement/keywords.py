# ruff: noqa: E501  # a pattern is read best in one piece
"""What a requirement names that the taxonomy does not know: product names, and the nouns that its frame leaves."""

import re

from ..taxonomy import Concept, Mention, folded
from .mentioned import Places, free

_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9+#]*(?:[./-][A-Za-z0-9+#]+)*")
_NAMES = re.compile(
    r"[A-Z][A-Za-z0-9+#]*(?:[./-][A-Za-z0-9+#]+)*(?: [A-Z][a-z0-9+#]+){0,2}|[A-Za-z0-9][A-Za-z0-9+#]*(?:[./-][A-Za-z0-9+#]+)*"
)
_BEGIN = frozenset(
    "Higher Level Experience Strong Must Degree Bachelor Bachelors Master Masters Eastern Western Central Northern Southern Pacific Head Senior Junior Good Excellent The A An I Business Level Grade Current Microsoft January February March April May June July August September October November December Monday Friday Key Stage".split()  # noqa: SIM905
)
"""Words with a capital letter that name no product."""
_LISTS = ("as", "like", "or", "with", "using", "use", "uses", "e.g.", "including")
_COMMON = frozenset(
    "or and of in with the for to etc you we our an as at by is on be hr it k w rmb usd cny ok vs eg ie app bs ba ms ma no id us uk eu am pm oh ca ny tx fl il wa ga nc nj va mi pa az co mn wi ok lbs kg plus".split()  # noqa: SIM905
)
_FRAME = re.compile(
    r"(?:至少|能够?|会|可以?|须|需要?|必须|应|有过?|具有|具备|拥有|持有?|掌握|熟悉|了解|精通|熟练|使用过?|操作过?|运用|独立|完成过?|从事过?|担任过?|负责过?|参与过?|做过|带过|用过|接触过|懂得?|良好的?|较强的?|一定的?|相关的?|丰富的?|优秀的?|扎实的?|基本的?|"
    r"经验者?|经历者?|背景|能力|知识|技能|工作过?|岗位|行业|方面|领域|者优先|优先考虑|优先|加分|佳|以上|及以上|者|等|系统|软件|工具|及其|其他|尤佳|为佳|最好|水平|熟手|操作|的|过)|"
    r"\b(?:experience|experienced|knowledge|understanding|ability|able|skills?|skilled|familiar(?:ity)?|proficien\w+|strong|good|excellent|solid|proven|hands-on|working|prior|previous|demonstrated|expert(?:ise)?|in|with|of|to|the|an?|for|as|at|using|use|must|should|have|has|is|are|preferred|required|plus|advantage|desirable|nice|background|years?|track|record|own|you|your|our|we)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"[，,。；;、/（()）：:\s]|和|与|及|或|\b(?:and|or)\b", re.IGNORECASE)
_LEVEL = re.compile(r"[A-Ca-c][12]\+?")
"""Levels of languages, after the Common European Framework."""
_SHORTEST, _LONGEST = 2, 10


def concept(name: str) -> Concept:
    """A concept that only this requirement knows: its name is all that shows it."""
    return Concept(name, "skill", (folded(name),), frozenset())


def product_names(text: str, start: int, end: int, mentions: list[Mention], taken: Places) -> list[Mention]:
    """The names in Latin letters between ``start`` and ``end`` that nothing else was read from: Opera, POS, 4S."""
    chinese = bool(_HAN.search(text))
    known = [*taken, *((one.start, one.end) for one in mentions)]
    found = []
    for match in (_NAME if chinese else _NAMES).finditer(text, start, end):
        word = match.group()
        telling = (
            len(word) > 1
            and not _LEVEL.fullmatch(word)
            and not word.replace(".", "").isdigit()
            and word.lower() not in _COMMON
        )
        named = chinese or sum(map(str.isupper, word)) > 1 or _proper(text, match)
        mention = Mention(concept(word), *match.span())
        if telling and named and any(map(str.isalpha, word)) and free(mention, known):
            found.append(mention)
    return found


def _proper(text: str, match: re.Match[str]) -> bool:
    """Whether an English word is a name: a capital letter in a list, in brackets or after such words as "using"."""
    before = text[: match.start()].rstrip()
    listed = before.endswith(("(", ",", "/")) or before.split()[-1:] in ([word] for word in _LISTS)
    return match.group()[0].isupper() and listed and match.group().split()[0] not in _BEGIN


def nouns(text: str) -> tuple[str, ...]:
    """What is left of a Chinese requirement without the words that frame it: 会使用故障诊断仪 asks for 故障诊断仪."""
    if not _HAN.search(text):
        return ()
    parts = (_FRAME.sub(" ", part).split() for part in _APART.split(text))
    return tuple(dict.fromkeys(one for part in parts for one in part if _SHORTEST <= len(one) <= _LONGEST))
