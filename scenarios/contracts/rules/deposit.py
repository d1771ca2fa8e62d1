"""``deposit.over_20_percent``: more 定金 than the law lets stand."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from ..contract import Contract
from ..issue import Issue
from ..rates import shares


def check(contract: Contract) -> Iterator[Issue]:
    """More than a fifth of the price as 定金 has no effect as such (民法典 586)."""
    text = contract.folded
    law = (("民法典", 586),)
    largest = max((amount.value for amount in contract.totals), default=None)
    for match in re.finditer("定金", text):
        start, end = contract.sentence_at(match.start())
        if re.search("罚则|双倍|返还|不足|无权|责任", text[match.end() : match.end() + 6]):
            continue
        found = [p for p in shares(contract, start, end) if _belongs(text, match, *p[:2])]
        found.sort(key=partial(_distance, text, match))
        for first, last, share in found[:1]:
            before = text[max(start, first - 14) : first]
            if share > 20 and not re.search("不超过|不得|以下|超过|超出|不高于", before):
                begin, finish = min(match.start(), first), max(match.end(), last)
                values = {"share": f"{round(share, 2).normalize():f}%"}
                yield Issue("deposit.over_20_percent", "error", begin, finish, values, law=law)
        here = [a.value for a in contract.totals if max(0, start - 60) <= a.start < end]
        total = here[-1] if here else largest
        if found or not total:
            continue
        sums = [
            a
            for a in contract.amounts
            if start <= a.start < end and a not in contract.totals and _belongs(text, match, a.start, a.end)
        ]
        for amount in sums[:1]:
            if amount.value * 5 > total and amount.value < total:
                values = {"share": f"{amount.value * 100 / total:.0f}%"}
                begin, finish = min(match.start(), amount.start), max(match.end(), amount.end)
                yield Issue("deposit.over_20_percent", "error", begin, finish, values, law=law)


def _distance(text: str, word: re.Match[str], share: tuple[int, int, Any]) -> tuple[bool, bool, int]:
    """The deposit's share is in its own clause, and rather behind the word (30%作为定金，到货后支付60%)."""
    first, last = share[:2]
    gap = text[last : word.start()] if first < word.start() else text[word.end() : first]
    return re.search("[,，]", gap) is not None, first < word.start(), abs(first - word.start())


def _belongs(text: str, word: re.Match[str], start: int, end: int) -> bool:
    """Whether a figure is the deposit's: right behind it, or before it with 作为, 为 or 的 between."""
    if start >= word.end():
        gap = text[word.end() : start]
        return len(gap) <= 30 and not re.search(
            r"[。；;]|余款|尾款|剩余|其余|违约金|预付款|首付|赔偿|损失|中期|进度款", gap
        )
    gap = text[end : word.start()]
    return (
        len(gap) <= 16
        and "含" not in gap
        and re.fullmatch(
            r"[\s()]*(?:[,，]?\s*(?:作为|即为?|为)|[^,，。；]{0,8}(?:作为|的|为|做)|元)?[^,，。；\d]{0,6}", gap
        )
        is not None
    )
