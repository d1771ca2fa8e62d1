"""What an official letter must have and must not: addressee, number, one matter, dates and sums that agree. By code.

Sources: 《党政机关公文处理工作条例》（中办发〔2012〕14号） arts. 9 and 15, and GB/T 9704-2012.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from workbench.findings import Finding, Severity, Where
from workbench.language import figures, sentences
from workbench.run import RunContext
from workbench.texts import Lang, text

from ..minutes.due import due
from ..review.quantities import quantities
from .models import Letter, LetterRequest

_NUMBER = re.compile(r"[一-鿿A-Za-z]{1,12}〔\d{4}〕[1-9]\d*号")
_ASKS = re.compile(r"妥否|请批示|请批准|请予(?:审批|批准)|请审批|请核准")
_ENDS = {"notice": "特此通知", "meeting": "特此通知", "request": "请批示", "report": "特此报告"}
_YEAR = re.compile(r"(\d{4})\s*年")
_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日\s*[（(]?(?:星期|周)([一二三四五六日天])")
_TOTAL = re.compile(r"合计|共计|总计|\bin total\b|\btotal(?:ling|s)?\b", re.IGNORECASE)


def check_letter(request: LetterRequest, letter: Letter, context: RunContext) -> Iterator[Finding]:
    """All findings, what sends a letter back first."""
    lang = context.lang
    yield from _head(letter, lang)
    yield from _manner(request, letter, lang)
    yield from _days(letter, lang)
    yield from _sums(letter, lang)
    known = figures(f"{request.model_dump_json()} {letter.title} {letter.day}")
    known |= {figure for passage in context.passages for figure in figures(passage.passage)}
    known |= {str(number) for number in range(1, len(letter.body) + len(letter.attachments) + 1)}
    known |= {str(part) for part in (letter.day.year, letter.day.month, letter.day.day)}
    if strange := sorted(figures(letter.text) - known):
        yield _say(lang, "figure", "warning", figures=strange[:8])


def _say(lang: Lang, rule: str, severity: Severity, quote: str = "", **values: Any) -> Finding:
    key = f"scenarios.office:letter.check.{rule}"
    return Finding(
        rule=f"letter.{rule}",
        severity=severity,
        message=text(key, lang, **values),
        where=Where(quote=quote),
        basis=text(f"{key}.basis", lang),
        suggestion=text(f"{key}.fix", lang),
    )


def _head(letter: Letter, lang: Lang) -> Iterator[Finding]:
    if not letter.to:
        yield _say(lang, "to", "warning" if letter.kind in ("notice", "meeting") else "error")
    if letter.kind == "request" and len(letter.to) > 1:
        yield _say(lang, "one_to", "error", quote=letter.to[1], count=len(letter.to))
    if not letter.sender:
        yield _say(lang, "sender", "error")
    if lang == "zh" and letter.number:
        if not _NUMBER.fullmatch(letter.number):
            yield _say(lang, "number", "error", quote=letter.number, number=letter.number)
        elif f"〔{letter.day.year}〕" not in letter.number:
            yield _say(lang, "number_year", "warning", quote=letter.number, year=letter.day.year)


def _manner(request: LetterRequest, letter: Letter, lang: Lang) -> Iterator[Finding]:
    if letter.kind == "request" and len([one for one in request.asks if one.strip()]) > 1:
        yield _say(lang, "one_matter", "warning", quote=request.asks[1], count=len(request.asks))
    if letter.kind == "request" and not any(one.strip() for one in request.asks):
        yield _say(lang, "no_ask", "error")
    if letter.kind == "report" and (found := _ASKS.search(letter.text)):
        yield _say(lang, "asks_in_report", "error", quote=found.group())
    if lang == "zh" and letter.kind in _ENDS and _ENDS[letter.kind] not in letter.text:
        yield _say(lang, "closing", "warning", closing=_ENDS[letter.kind])
    if letter.kind == "meeting":
        for name in ("time", "place", "attendees"):
            if not getattr(request, name):
                yield _say(lang, f"meeting_{name}", "error")


def _days(letter: Letter, lang: Lang) -> Iterator[Finding]:
    """Days before the letter's own, and weekdays that the day does not have, in the year that the line last named."""
    for start, end in sentences("\n".join(letter.body)):
        sentence = "\n".join(letter.body)[start:end]
        found = due(sentence, letter.day)
        if found and found.day < letter.day:
            yield _say(lang, "past", "error", quote=sentence, due=found.day, day=letter.day)
    for one in _DAY.finditer(letter.text):
        named = _YEAR.findall(letter.text, letter.text.rfind("\n", 0, one.start()) + 1, one.start())
        year, month, number = int(one[1] or (named or [letter.day.year])[-1]), int(one[2]), int(one[3])
        try:
            day = date(year, month, number)
        except ValueError:
            yield _say(lang, "no_day", "error", quote=one.group(), words=one.group())
            continue
        told = "一二三四五六日".index("日" if one[4] == "天" else one[4])
        if told != day.weekday():
            real = "一二三四五六日"[day.weekday()]
            yield _say(lang, "weekday", "error", quote=one.group(), words=one.group(), weekday=real)


def _sums(letter: Letter, lang: Lang) -> Iterator[Finding]:
    """A total that its parts in the same paragraph do not come to."""
    for paragraph in letter.body:
        total = _TOTAL.search(paragraph)
        money = [one for one in quantities(paragraph) if len(one.kind) == 3 and one.kind.isupper()]
        if total is None or len(money) < 3:
            continue
        after = [one for one in money if one.start >= total.start()]
        parts = [one.value for one in money if one.start < total.start()]
        if len(after) == 1 and len(parts) > 1 and round(sum(parts) - after[0].value, 2):
            yield _say(
                lang, "sum", "error", quote=paragraph, total=f"{after[0].value:,.10g}", parts=f"{sum(parts):,.10g}"
            )
