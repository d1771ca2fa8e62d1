"""``numbering.gap``: a number skipped or used twice."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ..contract import Contract
from ..issue import Issue
from ..numerals import number
from ..outline import Label

_FAR = 4
"""A jump further than this is no list going on."""
_MANY = 6
_HAN = "零一二三四五六七八九十"


_RUN = re.compile(rf"(?<![第条款项、和及至与或])\((?P<n>\d{{1,2}}|[{_HAN}]{{1,3}})\)(?![款项条至、和及])")


def check(contract: Contract) -> Iterator[Issue]:
    """Numbers skipped and used twice; nothing where so many are wrong that the skeleton was not understood."""
    found = [*_gaps(contract), *_runs(contract)]
    if len(found) <= max(_MANY, len(contract.labels) // 8):
        yield from found


def _gaps(contract: Contract) -> Iterator[Issue]:
    """Walk the labels with the lists that are open; a label of an outer list closes the inner ones."""
    text = contract.folded
    breaks = [attachment.start for attachment in contract.attachments]
    open_: list[Label] = []
    last: Label | None = None  # of the articles, which run on from chapter to chapter
    for label in contract.labels:
        while breaks and breaks[0] <= label.start:
            breaks.pop(0)
            open_, last = [], None
        place = next((i for i in reversed(range(len(open_))) if open_[i].key == label.key), None)
        before = last if label.style == "article" else None
        last = label if label.style == "article" else last
        if place is None and before and open_ and label.number > 1:
            if label.number == before.number:
                yield _issue(label, label.number, "twice")
            elif before.number + 1 < label.number <= before.number + _FAR and not _inline(
                text, label, before.number + 1, before.end, label.start
            ):
                yield _issue(label, before.number + 1, "skipped")
            open_.append(label)
            continue
        if place is None:
            first_missing = (
                label.number == 2 and label.style in ("article", "dotted") and bool(open_ or label.style == "article")
            )
            if first_missing and not _inline(text, label, 1, 0, label.start):
                yield _issue(label, label.number - 1, "skipped")
            open_.append(label)
            continue
        before = open_[place]
        nested = next(
            (i for i in reversed(range(place)) if open_[i].key == label.key and open_[i].number + 1 == label.number),
            None,
        )
        if label.number == before.number + 1:
            pass
        elif nested is not None:
            place = nested
        elif label.number == 1:
            if text[before.end : label.start].rstrip().endswith(":"):
                open_ = [*open_[: place + 1], label]
                continue
        elif label.number == before.number:
            yield _issue(label, label.number, "twice")
        elif before.number + 1 < label.number <= before.number + _FAR:
            missing = [
                n
                for n in range(before.number + 1, label.number)
                if not _inline(text, label, n, before.end, label.start)
            ]
            if missing:
                yield _issue(label, missing[0], "skipped")
        elif label.number > before.number:
            continue
        elif label.style == "article" and label.number < before.number and label.number > 1:
            yield _issue(label, label.number, "twice")
        open_ = [*open_[:place], label]


def _runs(contract: Contract) -> Iterator[Issue]:
    """Items counted within one paragraph: (1)……；(2)……；(4)……."""
    for start, end in contract.lines:
        items = list(_RUN.finditer(contract.folded, start, end))
        for style in (str.isdigit, lambda written: not written.isdigit()):
            run = [(int(number(match["n"])), match) for match in items if style(match["n"])]
            if len(run) < 3 or run[0][0] != 1 or len({n for n, _ in run}) < 3:
                continue
            for (before, _), (n, match) in pairwise(run):
                if n == before or before + 1 < n <= before + 2:
                    missing, variant = (n, "twice") if n == before else (before + 1, "skipped")
                    values = {"number": str(missing)}
                    yield Issue("numbering.gap", "warning", match.start(), match.end(), values, variant=variant)


def _issue(label: Label, value: int, variant: str) -> Issue:
    shown = ".".join(map(str, (*label.prefix, value)))
    return Issue("numbering.gap", "warning", label.start, label.end, {"number": shown}, variant=variant)


def _inline(text: str, label: Label, value: int, start: int, end: int) -> bool:
    """Whether the missing number stands inside a line between the two labels."""
    han = _han(value)
    written = {
        "article": rf"第\s?(?:{value}|{han})\s?条|(?:Article|ARTICLE)\s+{value}\b",
        "chapter": rf"第\s?(?:{value}|{han})\s?[章编部]",
        "section": rf"第\s?(?:{value}|{han})\s?节",
        "dot": rf"(?<![\d.]){value}\s?[.、](?!\d)|(?m:^\s*{value}\s)",
        "dotted": r"(?<![\d.])" + re.escape(".".join(map(str, (*label.prefix, value)))) + r"(?!\d)",
        "han": rf"{han}\s?[、.,，]|第\s?{han}",
        "han_paren": rf"\({han}\)",
        "paren": rf"\({value}\)",
        "half": rf"(?<!\d){value}\)",
        "english": rf"(?:Section|SECTION|Clause|CLAUSE)\s+{value}\b",
    }[label.style]
    return re.search(written, text[start:end]) is not None


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _HAN[ones]
    return (_HAN[tens] if tens > 1 else "") + "十" + (_HAN[ones] if ones else "") if tens < 10 else str(number)
