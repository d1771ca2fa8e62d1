# ruff: noqa: E501  # a pattern is read best in one piece
"""A resume as data: dated entries, degrees, mentions of concepts, each tied to its place in the text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from workbench.document import SourceDocument

from . import sections
from .dates import Span, spans
from .degrees import BACHELOR, FULL_TIME, OPEN, PART_TIME, Degree, degrees, named
from .person import Person, born, person
from .sections import BULLET, EMPLOYER, Line
from .taxonomy import Mention, find, folded
from .wording import terms

EntryKind = Literal["work", "internship", "project", "education"]

_SCHOOL = re.compile(r"大学|学院|学校|中学|university|college|school|institute|academy|polytechnic", re.IGNORECASE)
_INTERN = re.compile(r"实习(?!生?导师|生培|律师)|见习|\binterns?(?:hip)?\b|\bco-op\b", re.IGNORECASE)
_STOPS = re.compile(r"[。；;.!！]\s*$")
_BREAK = re.compile(
    r"休整|待业|离职在家|家庭原因|育儿|带娃|照顾(?:家|孩|父|老)|脱产|待产|间隔年|离开职场|暂离职场|备考|career break|sabbatical|gap year|parental leave|family reasons|time off|unemployed",
    re.IGNORECASE,
)
"""A stretch without work that somebody names with its dates."""
_ENUMERATED = re.compile(r"^[\W_]*(?:[一二三四五六七八九十]{1,2}[、.．]|\d{1,2}[.)、]|[①-⑳])?[\W_]*(?:时间|日期|起止时间|period|dates?)?\s*[:：]?\s*$", re.IGNORECASE)  # fmt: skip
_NO_WORK = re.compile(
    r"奖|证书|证|荣誉|学生会|社团|志愿|四级|六级|出生|培训|考试|生于|award|certificat|volunteer|scholarship|licen|member|course|training|born|publication|gap|break",
    re.IGNORECASE,
)
_TELLS = 16
"""Characters of a line from which its dates and words together tell of a job."""
_POST = re.compile(
    r"\b(?:engineer|manager|administrator|developer|assistant|officer|clerk|analyst|specialist|coordinator|supervisor|technician|representative|"
    r"executive|consultant|designer|associate|director|operator|inspector|planner|trainer|advisor|adviser|buyer|driver|worker|agent)\b|"
    r"(?:[\u3400-\u9fff](?:员|师|经理|主管|专员|总监|助理|顾问|代表|班长|组长|店长|主任|干事|学徒))(?![\u3400-\u9fff]*(?:证|资格|考试))",
    re.IGNORECASE,
)
"""Last words of the titles of posts, whatever the trade."""
_WORKED = re.compile(r"\b(?:taught|worked|employed|served as|joined|have been (?:a|an|the|working|teaching))\b|任职|担任|就职于|入职|从事|供职|做[\u3400-\u9fff]{1,8}(?:工作|开发)|(?<=离开)", re.IGNORECASE)  # fmt: skip
"""Words of a sentence that tell of work."""
_PROJECT = re.compile(r"项目|\bproject\b", re.IGNORECASE)
_GROWN = 12
"""At this age nobody has finished a job or a higher school."""
_LONGEST_QUOTE = 240


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated stretch of a life: what stands from ``start`` to ``end`` happened during ``span``.

    ``header_end`` is where its heading lines end. ``years_count`` is False for internships and education.
    """

    kind: EntryKind
    span: Span
    start: int
    header_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Sign:
    """Something a reader should look at. ``rule`` is an id such as ``resume.instructions``; ``detail`` fills its text."""

    rule: str
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True)
class Resume:
    """One person's resume. ``text`` is what was read; ``seen`` is what scoring sees: the same, traits covered.

    ``signs`` are its attempts to sway a reader, covered in ``seen`` as well.
    """

    file: str
    document: SourceDocument
    text: str
    seen: str
    person: Person
    lines: Sequence[Line]
    entries: Sequence[Entry]
    degrees: Sequence[Degree]
    signs: Sequence[Sign] = ()

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        """Every concept that the seen text names."""
        return find(self.seen)

    @cached_property
    def claims(self) -> Sequence[Mention]:
        """The mentions that claim something: a skill inside a certificate's name is none."""
        named = [(one.start, one.end) for one in self.mentions if one.concept.kind == "certificate"]
        return [
            one
            for one in self.mentions
            if one.concept.kind != "skill" or not any(low <= one.start and one.end <= high for low, high in named)
        ]

    @cached_property
    def units(self) -> Sequence[tuple[int, int]]:
        """The sentences and cells that can be quoted, in order."""
        return [unit for line in self.lines if not line.heading for unit in sections.units(self.text, line)]

    @cached_property
    def unit_words(self) -> Sequence[frozenset[str]]:
        """The telling words of each unit."""
        return [frozenset(terms(self.seen[start:end])) for start, end in self.units]

    def line_at(self, place: int) -> Line:
        """The line that holds the character at ``place``."""
        return next((line for line in reversed(self.lines) if line.start <= place), self.lines[0])

    def quote_at(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around ``start`` to ``end``, cut to a readable length, without covered traits at its edges."""
        unit = next((unit for unit in self.units if unit[0] <= start < unit[1]), (start, end))
        low, high = min(unit[0], start), max(unit[1], end)
        if high - low > _LONGEST_QUOTE:
            low = max(low, min(start - _LONGEST_QUOTE // 2, high - _LONGEST_QUOTE))
            high = max(end, min(high, low + _LONGEST_QUOTE))
        if (line := self.line_at(start)).heading and (
            below := next((one for one in self.lines if one.start > line.start), None)
        ):
            high = max(high, min(below.end, high + _LONGEST_QUOTE // 2))
        for trait in self.person.traits:
            if low <= trait.start and trait.end <= start:
                low = trait.end
            elif end <= trait.start < high:
                high = trait.start
                break
        cut = self.text[low:high]
        return low + len(cut) - len(cut.lstrip(" ,，|;；、:：")), high - (len(cut) - len(cut.rstrip(" ,，|;；、")))

    def entries_at(self, place: int) -> list[Entry]:
        """The work, internship and project entries whose text holds ``place``."""
        return [entry for entry in self.entries if entry.start <= place < entry.end and entry.kind != "education"]


def read_resume(file: str, document: SourceDocument, today: date) -> Resume:
    """Read a resume; spans that are still running end in the month of ``today``."""
    text = document.text
    lines = sections.lines(text)
    who = person(text, lines)
    seen = who.masked(text)
    entries = _possible(_entries(text, lines, today), born(text))
    return Resume(file, document, text, seen, who, lines, entries, _degrees(text, lines, entries, today))


def _possible(entries: list[Entry], birth: int | None) -> list[Entry]:
    """The entries; what ended before somebody was grown cannot be."""
    if birth is None:
        return entries
    grown = (birth + _GROWN) * 12
    return [
        replace(entry, span=replace(entry.span, valid=False)) if entry.span.last < grown else entry for entry in entries
    ]


def _entries(text: str, lines: Sequence[Line], today: date) -> list[Entry]:
    heads: list[tuple[int, int, int, EntryKind, Span]] = []  # start, header end, line number, kind, span
    for number, line in enumerate(lines):
        if line.heading:
            continue
        row = text[line.start : line.end]
        for place, span in enumerate(spans(row, today)):
            kind = _kind(row, line, bool(_ENUMERATED.match(row[: span.start])))
            beside = _named_beside(row, span)
            span = replace(span, start=span.start + line.start, end=span.end + line.start)
            if kind is None or _only_a_detail(row, span, heads, kind):
                continue
            start = line.start
            if place or span.start - line.start > 90:
                start = _clause_start(text, span.start, heads[-1][1] if place and heads else line.start)
            elif number and not BULLET.match(row) and not beside:
                start = _first_header_line(text, lines, number, heads)
            heads.append((start, line.end if not place else max(span.end, line.start), number, kind, span))
    found = []
    for place, (start, header_end, number, kind, span) in enumerate(heads):
        following = heads[place + 1][0] if place + 1 < len(heads) else len(text)
        section = lines[number].section
        stop = next(
            (line.start for line in lines[number + 1 :] if line.heading or (section and line.section != section)),
            len(text),
        )
        found.append(Entry(kind, span, start, min(header_end, following), max(min(following, stop), span.end)))
    return found


def _named_beside(row: str, span: Span) -> bool:
    """Whether a line begins with its dates and names the employer or the job beside them: no line above is its head."""
    return span.start < 4 and len(row[span.end :].strip(" |:：,，-–—")) >= 4


def _kind(row: str, line: Line, dates_first: bool) -> EntryKind | None:
    """What a dated line tells of. ``dates_first``: nothing but a number stands before the dates."""
    if _BREAK.search(row) and not EMPLOYER.search(row):
        return None
    match line.section:
        case "work":
            return "internship" if _INTERN.search(row) else "work"
        case "internship" | "project" | "education":
            return line.section
        case "" | "personal" | "other":
            if not _WORKED.search(row) and (
                (not find(row, "role") and (degrees(row) or _SCHOOL.search(row))) or _studied(row)
            ):
                return "education"
            if EMPLOYER.search(row) or find(row, "role") or _WORKED.search(row) or _POST.search(row):
                return "internship" if _INTERN.search(row) else "work"
            if _PROJECT.search(row):
                return "project"
            return "work" if dates_first and not _NO_WORK.search(row) and len(row) >= _TELLS else None
        case _:
            employer, role = bool(EMPLOYER.search(row)), bool(find(row, "role"))
            if (employer and role) or (dates_first and (employer or role)):
                return "internship" if _INTERN.search(row) else "work"
            return "education" if dates_first and degrees(row) else None


def _studied(row: str) -> bool:
    """Whether a line names a degree above school: "English teacher, Oakview High School" does not."""
    return any(level >= BACHELOR - 1 for _, _, level in named(row))


def _told(context: str) -> bool | None:
    """Whether the only degree of an entry was full-time, as its other lines say."""
    return False if PART_TIME.search(context) else True if FULL_TIME.search(context) else None


def _only_a_detail(row: str, span: Span, heads: list[tuple[int, int, int, EntryKind, Span]], kind: EntryKind) -> bool:
    """A bullet point that dates part of the job it stands under opens no entry of its own."""
    if not heads or not BULLET.match(row) or _PROJECT.search(row):
        return False
    above = heads[-1][4]
    return heads[-1][3] == kind and above.first <= span.first and span.last <= above.last


def _first_header_line(
    text: str, lines: Sequence[Line], number: int, heads: list[tuple[int, int, int, EntryKind, Span]]
) -> int:
    """Where the entry begins whose dates stand on line ``number``: up to two short lines above name job and employer."""
    start = lines[number].start
    used = heads[-1][2] if heads else -1
    for above in range(number - 1, max(number - 3, used), -1):
        line = lines[above]
        row = text[line.start : line.end]
        if line.heading or line.section != lines[number].section or len(row) > 100 or BULLET.match(row):
            break
        if _STOPS.search(row) or not (EMPLOYER.search(row) or _SCHOOL.search(row) or find(row, "role")):
            break
        start = line.start
    return start


def _clause_start(text: str, place: int, least: int) -> int:
    """The start of the clause before ``place``, where lines of a PDF ran together."""
    cut = max(text.rfind(stop, least, place) for stop in "。.;；!！•")
    return cut + 1 if cut >= 0 else place


def _degrees(text: str, lines: Sequence[Line], entries: Sequence[Entry], today: date) -> list[Degree]:
    """The degrees of the person, where they stand; those that a job is about are left out."""
    known = any(line.section == "education" for line in lines)
    found = []
    this_month = today.year * 12 + today.month - 1
    places = sorted(start for start, _, _ in named(text))
    for line in lines:
        at = bisect_left(places, line.start)
        if at == len(places) or places[at] >= line.end:
            continue
        row = text[line.start : line.end]
        if line.section in ("work", "project", "internship", "skills", "languages") and not _SCHOOL.search(row):
            continue
        about_person = line.section in ("education", "personal", "summary", "objective", "") or not known
        if line.heading or not (about_person or _SCHOOL.search(row)):
            continue
        around = next(
            (entry for entry in entries if entry.kind == "education" and entry.start <= line.start < entry.end), None
        )
        context = text[around.start : around.end] if around and around.end - around.start < 400 else row
        whole = degrees(context)
        alone = len(whole) == 1
        complete = not (alone and OPEN.search(folded(context)))
        if around and around.span.valid and (around.span.now or around.span.last >= this_month):
            complete = False
        if around and not around.span.valid and around.span.first <= this_month < around.span.last:
            complete = False
        for degree in degrees(row):
            found.append(
                replace(
                    degree,
                    start=line.start + degree.start,
                    end=line.start + degree.end,
                    clause_end=line.start + degree.clause_end,
                    complete=complete and degree.complete,
                    majors=degree.majors or whole[0].majors,
                    full_time=_told(context) if alone and degree.full_time is None else degree.full_time,
                )
            )
    return found
