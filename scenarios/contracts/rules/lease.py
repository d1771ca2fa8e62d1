"""``lease.over_20_years``."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..dates import add_months
from ..issue import Issue


def check(contract: Contract) -> Iterator[Issue]:
    """What is over twenty years of a lease is void (民法典 705)."""
    text = contract.folded
    law = (("民法典", 705),)
    seen: set[int] = set()
    for period in contract.periods:
        start, end = contract.sentence_at(period.start)
        sentence = text[start:end]
        if period.months <= 240 or (not re.search(r"租|\blease|tenan", sentence, re.I) and contract.kind != "lease"):
            continue
        before = text[max(start, period.start - 24) : period.start]
        whole = re.search(r"(?:总|合计|共计?)[^。；，,]{0,8}$", before)
        if re.search(r"土地使用权|使用年限|建成|产权|累计", sentence) or ("自动续" in sentence and not whole):
            continue
        if re.search(r"(?:租赁期限?|租期|租赁|出租|承租|租用|使用|期限|有效期|lease|term)[^。；]{0,20}$", before, re.I):
            seen.add(start)
            yield Issue(
                "lease.over_20_years",
                "error",
                period.start,
                period.end,
                {"term": contract.text[period.start : period.end]},
                law=law,
            )
    for match in re.finditer(r"自动(?:续|顺延|延长|延续|展期)", text):
        start, end = contract.sentence_at(match.start())
        spans = [p for p in contract.periods if start <= p.start < end and p.unit != "day"]
        rented = "租" in text[start:end] or contract.kind == "lease"
        if (
            rented
            and len(spans) == 2
            and spans[0].months <= 240 < spans[0].months + spans[1].months
            and spans[0].months >= 120
        ):
            values = {"term": contract.text[spans[0].start : spans[1].end]}
            yield Issue("lease.over_20_years", "error", spans[0].start, spans[1].end, values, law=law)
    for pair in contract.ranges:
        start, end = contract.sentence_at(pair.first.start)
        if start in seen or not pair.first.day or not pair.last.day:
            continue
        if ("租" in text[start:end] or contract.kind == "lease") and pair.last.day > add_months(pair.first.day, 240):
            yield Issue(
                "lease.over_20_years",
                "error",
                pair.first.start,
                pair.last.end,
                {"term": contract.text[pair.first.start : pair.last.end]},
                law=law,
            )
