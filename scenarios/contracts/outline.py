"""The numbered skeleton of a contract: 第一条, 一、, (一), 1., 1.1, Article I, Section 2."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .numerals import number, roman

_HAN = "零〇一二三四五六七八九十百两"
_N = rf"(?:\d{{1,3}}|[{_HAN}]{{1,6}})"
_LEAD = r"^[ #*>\-]*"
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"{_LEAD}第\s?(?P<n>{_N})\s?[章编部]分?(?!程)", re.M)),
    ("section", re.compile(rf"{_LEAD}第\s?(?P<n>{_N})\s?节", re.M)),
    ("article", re.compile(rf"{_LEAD}(?:\*\*)?第\s?(?P<n>{_N})\s?条(?![例款件文第约至、和及与或])", re.M)),
    (
        "dotted",
        re.compile(
            rf"{_LEAD}(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?![\d.]*\d)\.?(?!\s*(?:%|元|万|倍|米|吨|公斤|m|kg"
            rf"|年|月|天|[×xX*]\d|-\d))",
            re.M,
        ),
    ),
    ("dot", re.compile(rf"{_LEAD}(?P<n>\d{{1,2}})\s?[.、](?!\d)", re.M)),
    ("han", re.compile(rf"{_LEAD}(?P<n>[{_HAN}]{{1,4}})\s?[、.,，](?![{_HAN}])", re.M)),
    ("han_paren", re.compile(rf"{_LEAD}\((?P<n>[{_HAN}]{{1,4}})\)", re.M)),
    ("paren", re.compile(rf"{_LEAD}\((?P<n>\d{{1,2}})\)", re.M)),
    ("half", re.compile(rf"{_LEAD}(?P<n>\d{{1,2}})\)", re.M)),
    (
        "article",
        re.compile(
            rf"{_LEAD}(?:ARTICLE|Article)\s+(?P<n>\d{{1,2}}|[IVXL]{{1,6}})\b(?!\s*[,;)]|\s+(?:of|and|or|hereof"
            rf"|shall)\b)",
            re.M,
        ),
    ),
    (
        "english",
        re.compile(
            rf"{_LEAD}(?:SECTION|Section|Clause|CLAUSE)\s+(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\b(?!\s*[,;)]"
            rf"|\s+(?:of|and|or|hereof|shall)\b)",
            re.M,
        ),
    ),
)
_ATTACHMENT = re.compile(
    rf"{_LEAD}[(【]?\s*(?:附件|附表|附录|补充协议)\s*(?P<n>{_N}|[A-Z])?\s*[)】]?(?=$|[\s:.、(《,，【])"
    rf"|{_LEAD}(?:EXHIBIT|Exhibit|SCHEDULE|Schedule|APPENDIX|Appendix|ANNEX|Annex|ATTACHMENT"
    rf"|Attachment)\s+[\"“]?(?P<e>[A-Z](?:-?\d)?|\d{{1,2}}|[IVX]{{1,5}})[\"”]?(?=$|[\s:.\-(,])",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A numbered line: ``style``, its number, and for 1.2.3 those before it as ``prefix``; its offsets."""

    start: int
    end: int
    style: str
    number: int
    prefix: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """Labels of one list share it."""
        return self.style, *self.prefix


@dataclass(frozen=True, slots=True)
class Attachment:
    """A line that opens an attachment; ``name`` is its number or letter, empty without one."""

    start: int
    end: int
    name: str


def labels(text: str) -> list[Label]:
    """The labels at the beginnings of the lines of a folded text, in order."""
    return sorted(_labels(text), key=lambda label: label.start)


def _labels(text: str) -> Iterator[Label]:
    taken: set[int] = set()
    for style, pattern in _LABELS:
        for match in pattern.finditer(text):
            line = match.start()
            if line in taken:
                continue
            parts = match["n"].split(".")
            if not all(parts):
                continue
            numbers = [_value(part) for part in parts]
            if numbers[-1] == 0 or (
                style in ("dot", "dotted") and re.match(r"\s*(?:%|元|万元)", text[match.end() : match.end() + 4])
            ):
                continue
            taken.add(line)
            start = match.end() - len(match.group().lstrip(" #*>-"))
            kind = style if len(numbers) == 1 else "dotted"
            yield Label(start, match.end(), kind, numbers[-1], tuple(numbers[:-1]))


def attachments(text: str) -> list[Attachment]:
    """The lines that open an attachment."""
    found = []
    for match in _ATTACHMENT.finditer(text):
        start = match.end() - len(match.group().lstrip(" #*>-"))
        found.append(Attachment(start, match.end(), canonical(match["n"] or match["e"] or "")))
    return found


def canonical(name: str) -> str:
    """附件一 and 附件1 are the same: a numeral as figures, a letter as it is."""
    name = name.strip().upper()
    try:
        return str(int(number(name)))
    except ValueError:
        return str(roman(name)) if re.fullmatch("[IVX]{2,}|[IV]", name) else name


def _value(written: str) -> int:
    if re.fullmatch("[IVXL]+", written):
        return roman(written)
    return int(number(written.replace("〇", "零")))
