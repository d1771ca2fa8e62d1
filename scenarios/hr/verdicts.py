# ruff: noqa: E501  # a pattern is read best in one piece
"""Decides by code whether a resume meets a requirement, with the lines that show it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from workbench.texts import Lang, text

from . import requirement as asked
from .dates import label, union
from .degrees import LEVELS
from .models import Decision, Evidence, Verdict
from .money import salaries
from .places import places
from .requirement import Condition, is_discriminatory
from .resume import Entry, Resume
from .taxonomy import Concept, Mention, find, folded
from .wording import likeness

_NEGATED = re.compile(
    r"(?:没有|没用过|没做过|没接触|没|无(?!线|论|缝|人|障碍|误)|未(?!来)|不会|不熟|不具备|不懂|不了解|缺乏|尚未|暂无|欠缺|从未|not?\b(?! only)|without|lack(?:s|ing)?|never|haven't|don't|limited to no|不接受|不考虑|不能|无法|不愿|unable to|unwilling to|cannot)[^。.，,；;、]{0,36}$|不$"
)
_NEGATED_AFTER = re.compile(r"^[^。.，,；;]{0,4}(?:没有接触|没用过|不熟悉|不了解|不接受|不考虑|不会|经验不足|经验为零)")
_LEARNING = re.compile(
    r"正在学|自学中|学习中|在学|计划学|备考|准备考|在考|考试中|拟(?:参加|报考)|报考|learning|studying|preparing for|in progress|pursuing|planning|plan to|scheduled|expected|candidate|level (?:1|2|i|ii)\b|已?过[\d一二三四五六]+[门科]|通过[\d一二三四五六]+[门科]|[\d一二三四五六]+[门科](?:已)?(?:通过|合格)|已通过[^，。；]{0,4}[\d一二三四五六]门"
)
_BASIC = 1.0
_HERE = re.compile(
    r"现居|居住|所在地|现住|住址|地址|所在城市|目前城市|常驻|坐标|based in|location|address|residence|lives? in|current city|residing",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"期望|意向|求职|目标|希望|desired|preferred location|expected|open to|relocat|looking", re.IGNORECASE
)
_ANYWHERE = re.compile(r"(?<!不)接受(?:异地|调动|外派|全国)|服从(?:调动|分配|安排)|可异地|全国(?:可|均可)|可(?:接受)?调动|愿意(?:搬|迁|到|去|前往)|relocat|地点不限|城市不限", re.IGNORECASE)  # fmt: skip
_PAY = re.compile(
    r"期望薪|薪资|薪酬|月薪|年薪|薪水|待遇|工资要求|expected salary|salary|desired pay|compensation expectation|ctc",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"经验|经历|从业|工作|experience|background|expertise|history", re.IGNORECASE)
_ORDER: tuple[Decision, ...] = ("met", "partly", "not_met", "not_stated")
_NATURAL = {"CET-4": 2.0, "CET-6": 3.0, "TEM-4": 3.0, "TEM-8": 4.0, "JLPT N1": 4.0, "JLPT N2": 3.0, "BEC": 3.5}
_OF = {"CET-4": "English", "CET-6": "English", "TEM-4": "English", "TEM-8": "English", "IELTS": "English", "TOEFL": "English", "TOEIC": "English", "BEC": "English", "JLPT N1": "Japanese", "JLPT N2": "Japanese", "TOPIK": "Korean", "Mandarin certificate": "Mandarin"}  # fmt: skip
_FLUENT = {"IELTS": (7.0, 6.0), "TOEFL": (100, 80), "TOEIC": (860, 730)}
_PASSED = 425  # of 710, the pass mark of CET-4 and CET-6


@dataclass
class Part:
    """The decision on one condition: the places that show it, and the reason in the person's language."""

    decision: Decision
    places: list[tuple[int, int]] = field(default_factory=list)
    reason: str = ""


class Judge:
    """Decides for one day and in one language. ``about`` are the concepts of the job's title: what "relevant" means."""

    def __init__(self, today: date, lang: Lang, about: Sequence[Concept] = ()) -> None:
        self._today = today
        self._lang: Lang = lang
        self._about = about

    def verdict(self, resume: Resume, identity: str, words: str, conditions: Sequence[Condition]) -> Verdict:
        """The verdict on a requirement whose ``words`` were read as ``conditions``."""
        if is_discriminatory(words) and all(isinstance(condition, asked.Words) for condition in conditions):
            return Verdict(requirement=identity, verdict="not_stated", reason=self._say("reason.discriminatory"))
        parts = [self._decide(resume, condition) for condition in conditions]
        decisions = {part.decision for part in parts}
        decided: Decision
        if len(decisions) == 1:
            decided = parts[0].decision
        elif decisions & {"met", "partly"}:
            decided = "partly"
        else:
            decided = "not_met"
        reason = (
            "；".join(part.reason for part in parts if part.reason)
            if self._lang == "zh"
            else "; ".join(part.reason for part in parts if part.reason)
        )
        return Verdict(requirement=identity, verdict=decided, reason=reason, evidence=_evidence(resume, parts))

    def _decide(self, resume: Resume, condition: Condition) -> Part:
        match condition:
            case asked.Years():
                return self._years(resume, condition)
            case asked.DegreeLevel():
                return self._degree(resume, condition)
            case asked.Shown():
                return self._shown(resume, condition)
            case asked.Speaks():
                return self._speaks(resume, condition)
            case asked.Score():
                return self._score(resume, condition)
            case asked.TeamSize():
                return self._team(resume, condition)
            case asked.Lives():
                return self._lives(resume, condition)
            case asked.Pays():
                return self._pays(resume, condition)
            case asked.Words():
                return self._words(resume, condition.text)

    # -- years

    def _years(self, resume: Resume, condition: asked.Years) -> Part:
        if not condition.groups:
            return self._all_years(resume, condition)
        parts = [self._years_of(resume, group, condition) for group in condition.groups]
        parts.sort(key=lambda part: _ORDER.index(part.decision))
        if condition.any_group or len(parts) == 1:
            return parts[0]
        return _joined(parts)

    def _all_years(self, resume: Resume, condition: asked.Years) -> Part:
        entries = [entry for entry in resume.entries if entry.kind == "work"]
        if condition.subject and not self._about:
            said = condition.subject
            close = [entry for entry in entries if likeness(said, resume.seen[entry.start : entry.end]) >= 0.5]
            if not close:
                part = self._words(resume, said)
                return Part("partly" if part.decision == "met" else part.decision, part.places, part.reason)
            entries = close
        return self._counted(resume, entries, condition, [], (), claim=not condition.subject)

    def _years_of(self, resume: Resume, group: Sequence[Concept], condition: asked.Years) -> Part:
        shown: list[Entry] = []
        proofs: list[tuple[int, int]] = []
        by_concept = {concept: _mentions(resume, concept) for concept in group}
        for entry in resume.entries:
            if entry.kind not in ("work", "project"):
                continue
            inside = [[m for m in by_concept[concept] if entry.start <= m.start < entry.end] for concept in group]
            if all(inside):
                shown.append(entry)
                proofs += [(found[0].start, found[0].end) for found in inside]
        return self._counted(resume, shown, condition, proofs, group, claim=True)

    def _counted(
        self,
        resume: Resume,
        entries: Sequence[Entry],
        condition: asked.Years,
        proofs: list[tuple[int, int]],
        group: Sequence[Concept],
        *,
        claim: bool,
    ) -> Part:
        dated = [entry for entry in entries if entry.span.valid]
        months = union(entry.span for entry in dated)
        if months:
            enough = months >= condition.least * 12 - 0.01 and (
                condition.least or months <= (condition.most or 99) * 12
            )
            spans = ", ".join(
                f"{label(e.span.first)}–{label(e.span.last)}" for e in sorted(dated, key=lambda e: e.span.first)
            )
            reason = self._say(
                "reason.years",
                spans=spans,
                years=_years(months),
                months=months,
                least=_plain(condition.least or condition.most or 0),
            )
            places = [(entry.span.start, entry.span.end) for entry in dated]
            return Part("met" if enough else "not_met", places + proofs, reason)
        claimed = self._claims(resume, group) if claim else []
        if claimed:
            years, start, end = max(claimed)
            enough = years >= condition.least
            return Part(
                "met" if enough else "not_met",
                [(start, end)],
                self._say("reason.claimed", years=_plain(years), least=_plain(condition.least)),
            )
        interned = [
            (entry.span.start, entry.span.end)
            for entry in resume.entries
            if entry.kind == "internship"
            and all(any(entry.start <= m.start < entry.end for m in _mentions(resume, concept)) for concept in group)
        ]
        if interned:
            return Part("not_met", interned, self._say("reason.internship"))
        named = [_mentions(resume, concept) for concept in group]
        denied = [mention for found in named for mention in found if _negated(resume, mention)]
        if denied:
            return Part(
                "not_met",
                [(denied[0].start, denied[0].end)],
                self._say("reason.denied", name=denied[0].concept.label(self._lang)),
            )
        if named and all(named):
            return Part("partly", [(found[0].start, found[0].end) for found in named], self._say("reason.undated"))
        return Part("not_stated", [], self._say("reason.silent"))

    def _claims(self, resume: Resume, group: Sequence[Concept]) -> list[tuple[float, int, int]]:
        """(years, start, end) of what the resume says of itself, where it concerns all of ``group``."""
        found = []
        for start, end in resume.units:
            words = resume.seen[start:end]
            if resume.line_at(start).section in ("work", "project", "education", "internship"):
                continue
            for low, _, at, upto in asked.years_said(words):
                clause = words[max(0, at - 40) : upto + 40]
                mentions = find(clause)
                if _CLAIM.search(clause) and all(any(m.shows(concept) for m in mentions) for concept in group):
                    found.append((low, start + at, start + upto))
        return found

    # -- degrees

    def _degree(self, resume: Resume, condition: asked.DegreeLevel) -> Part:
        if not resume.degrees:
            return Part("not_stated", [], self._say("reason.silent"))
        best = max(
            resume.degrees, key=lambda degree: (degree.complete, degree.level, bool(degree.majors), -degree.start)
        )
        place = [(best.start, best.end)]
        level = self._say(f"degree.{LEVELS[best.level]}")
        open_higher = [d for d in resume.degrees if not d.complete and d.level >= condition.level]
        if condition.level and (not best.complete or best.level < condition.level):
            if open_higher:
                return Part("partly", [(open_higher[0].start, open_higher[0].end)], self._say("reason.degree_open"))
            decided: Decision = "partly" if condition.or_experience and resume.entries else "not_met"
            return Part(
                decided,
                place,
                self._say("reason.degree", level=level, wanted=self._say(f"degree.{LEVELS[condition.level]}")),
            )
        reason = self._say(
            "reason.degree", level=level, wanted=self._say(f"degree.{LEVELS[condition.level or best.level]}")
        )
        enough = [d for d in resume.degrees if d.complete and d.level >= condition.level]
        if condition.full_time and all(d.full_time is False for d in enough):
            return Part("not_met", [(enough[0].start, enough[0].end)], self._say("reason.part_time"))
        if condition.majors:
            fitting = sorted(
                (d for d in enough if set(d.majors) & set(condition.majors)), key=lambda d: (d.level, d.start)
            )
            if fitting:
                return Part("met", [(fitting[0].start, fitting[0].end)], reason)
            wrong: Decision = (
                "partly" if condition.level else ("not_met" if any(d.majors for d in enough) else "not_stated")
            )
            return Part(wrong, place if wrong != "not_stated" else [], f"{reason} {self._say('reason.major')}")
        return Part("met", place, reason)

    # -- skills, certificates, soft skills, roles

    def _shown(self, resume: Resume, condition: asked.Shown) -> Part:
        parts = [self._one(resume, concept, condition.level) for concept in condition.concepts]
        parts.sort(key=lambda part: _ORDER.index(part.decision))
        if condition.any_of:
            return parts[0]
        return _joined(parts)

    def _one(self, resume: Resume, concept: Concept, wanted: float) -> Part:
        mentions = _mentions(resume, concept)
        good, weak, against = [], [], []
        for mention in mentions:
            clause = _clause(resume, mention)
            if _negated(resume, mention):
                against.append(mention)
            elif _LEARNING.search(_item(resume, mention)) and concept.kind in ("certificate", "skill"):
                weak.append(mention)
            elif (
                concept.kind == "certificate"
                and concept.name.startswith("CET")
                and _points(resume, mention) not in (None,)
                and (_points(resume, mention) or 0) < _PASSED
                and mention.concept.name == concept.name
            ):
                against.append(mention)
            elif concept.kind == "skill" and wanted >= 2 and _level(clause, mention, resume) <= _BASIC:
                weak.append(mention)
            else:
                good.append(mention)
        name = concept.label(self._lang)
        if concept.name == "team leadership" and not good:
            sizes = asked.team_sizes(resume.seen)
            if sizes:
                return Part("met", [max(sizes)[1:]], "")
        lesser = [
            m
            for m in resume.mentions
            if m.concept.kind == concept.kind == "certificate" and m.concept.name in concept.wider
        ]
        if lesser and not (good or weak or against):
            return Part("not_met", [(lesser[0].start, lesser[0].end)], self._say("reason.missing", name=name))
        if good:
            good.sort(
                key=lambda mention: (
                    resume.line_at(mention.start).section not in ("work", "project"),
                    mention.concept.name != concept.name,
                )
            )
            return Part("met", [(m.start, m.end) for m in good[:2]], "")
        if weak:
            return Part("partly", [(weak[0].start, weak[0].end)], self._say("reason.weak", name=name))
        if against:
            return Part("not_met", [(against[0].start, against[0].end)], self._say("reason.denied", name=name))
        return Part("not_stated", [], self._say("reason.missing", name=name))

    # -- languages and tests

    def _speaks(self, resume: Resume, condition: asked.Speaks) -> Part:
        found: list[tuple[float, int, int]] = []
        for mention in resume.mentions:
            kind, name = mention.concept.kind, mention.concept.name
            section = resume.line_at(mention.start).section
            if kind == "language" and name == condition.language.name and section != "education":
                clause = _clause(resume, mention)
                if _negated(resume, mention):
                    found.append((0.5, mention.start, mention.end))
                elif section in ("languages", "skills", "summary", "personal", "certificates", "") or asked.spoken(
                    clause, 0
                ):
                    around = re.split(r"[，,；;、|\n]", resume.seen[mention.end : mention.end + 24].lstrip("：: "))[0]
                    found.append((asked.spoken(around, asked.spoken(clause, 2.5)), mention.start, mention.end))
            elif kind == "certificate" and _OF.get(name) == condition.language.name:
                found.append((self._certified(resume, mention), mention.start, mention.end))
        if not found:
            return Part("not_stated", [], self._say("reason.missing", name=condition.language.label(self._lang)))
        best = max(found, key=lambda one: (one[0], -one[1]))
        gap = condition.level - best[0]
        decided: Decision = "met" if gap <= 0.5 else "partly" if gap <= 1.5 else "not_met"
        return Part(decided, [best[1:]], "")

    def _certified(self, resume: Resume, mention: Mention) -> float:
        points = _points(resume, mention)
        name = mention.concept.name
        if name in _FLUENT and points:
            high, good = _FLUENT[name]
            return 4.0 if points >= high else 3.0 if points >= good else 2.0
        if name.startswith("CET") and points and points < _PASSED:
            return 1.5
        if name == "CET-6" and points and points >= 550:
            return 3.5
        return _NATURAL.get(name, 2.5)

    def _score(self, resume: Resume, condition: asked.Score) -> Part:
        for mention in _mentions(resume, condition.test):
            points = _points(resume, mention)
            if points:
                decided: Decision = "met" if points >= condition.least else "not_met"
                return Part(decided, [(mention.start, mention.end)], f"{_plain(points)} / {_plain(condition.least)}")
            return Part("partly", [(mention.start, mention.end)], "")
        return Part("not_stated", [], self._say("reason.missing", name=condition.test.label(self._lang)))

    # -- teams, places, salary, anything else

    def _team(self, resume: Resume, condition: asked.TeamSize) -> Part:
        sizes = asked.team_sizes(resume.seen)
        if sizes:
            size, start, end = max(sizes)
            decided: Decision = "met" if size >= condition.least else "not_met"
            return Part(decided, [(start, end)], f"{size} / {condition.least}")
        leading = next((m for m in resume.mentions if m.concept.name == "team leadership"), None)
        if leading:
            return Part("partly", [(leading.start, leading.end)], self._say("reason.size"))
        return Part("not_stated", [], self._say("reason.silent"))

    def _lives(self, resume: Resume, condition: asked.Lives) -> Part:
        wanted = {place.name for place in condition.places}
        here: list[tuple[int, int, str]] = []
        ready: list[tuple[int, int]] = []
        top = [line for line in resume.lines[:8] if not line.heading]
        for line in resume.lines:
            row = resume.seen[line.start : line.end]
            if line.section in ("work", "project", "education", "internship"):
                continue
            moves = _ANYWHERE.search(row)
            if moves:
                ready.append((line.start + moves.start(), line.start + moves.end()))
            named = places(row)
            if named and (
                _HERE.search(row)
                or _WANTED.search(row)
                or (line in top and line.section in ("", "personal", "objective"))
            ):
                here += [(line.start + place.start, line.start + place.end, place.name) for place in named]
        fitting = [(start, end) for start, end, name in here if name in wanted]
        if fitting:
            return Part("met", fitting[:1], "")
        if ready:
            return Part("partly", ready[:1], self._say("reason.moves"))
        if here:
            return Part("not_met", [here[0][:2]], "")
        return Part("not_stated", [], self._say("reason.silent"))

    def _pays(self, resume: Resume, condition: asked.Pays) -> Part:
        for start, end in resume.units:
            row = resume.seen[start:end]
            if not _PAY.search(row) and not _PAY.search(resume.seen[max(0, start - 12) : start]):
                continue
            for wish in salaries(row):
                places = [(start + wish.start, start + wish.end)]
                offer = condition.salary
                reason = self._say("reason.pay", low=_plain(wish.low), high=_plain(wish.high), offer=_plain(offer.high))
                if wish.high <= offer.high * 1.001:
                    return Part("met", places, reason)
                return Part("partly" if wish.low <= offer.high * 1.001 else "not_met", places, reason)
        return Part("not_stated", [], self._say("reason.silent"))

    def _words(self, resume: Resume, words: str) -> Part:
        best, place = 0.0, (0, 0)
        for start, end in resume.units:
            like = likeness(words, resume.seen[start:end])
            if like > best:
                best, place = like, (start, end)
        if best >= 0.6:
            return Part("met", [place], "")
        return Part("partly", [place], "") if best >= 0.35 else Part("not_stated", [], self._say("reason.silent"))

    def _say(self, key: str, **values: object) -> str:
        return text(f"scenarios.hr:{key}", self._lang, **values)


def _joined(parts: Sequence[Part]) -> Part:
    """All of the parts must hold. Sorted from met to not stated."""
    decisions = {part.decision for part in parts}
    reason = " ".join(part.reason for part in parts if part.reason)
    places = [place for part in parts for place in part.places]
    if len(decisions) == 1:
        return Part(parts[0].decision, places, reason)
    return Part("partly" if decisions & {"met", "partly"} else "not_met", places, reason)


def _mentions(resume: Resume, concept: Concept) -> list[Mention]:
    """Where the resume names ``concept`` or a case of it. A certificate's or a job's name is no skill shown."""
    return [mention for mention in resume.mentions if mention.shows(concept)]


def _clause(resume: Resume, mention: Mention) -> str:
    """The clause around a mention: between commas, semicolons, full stops and line ends."""
    seen = resume.seen
    start = max(seen.rfind(stop, 0, mention.start) for stop in "，,；;。\n|") + 1
    ends = [place for stop in "，,；;。\n|" if (place := seen.find(stop, mention.end)) >= 0]
    return folded(seen[start : min(ends, default=len(seen))])


def _item(resume: Resume, mention: Mention) -> str:
    """The mention with what its clause says before it and what stands behind it, up to the next item of a list."""
    clause_start = max(resume.seen.rfind(stop, 0, mention.start) for stop in "，,；;。\n|、") + 1
    after = resume.seen[mention.end : mention.end + 60].split("\n")[0]
    match = re.match(r"[^，,；;。|、()（）]*(?:[(（][^()（）]*[)）])?[^，,；;。|、()（）]*", after)
    return folded(resume.seen[clause_start : mention.end] + (match.group() if match else ""))


def _negated(resume: Resume, mention: Mention) -> bool:
    line = folded(resume.seen[max(0, mention.start - 40) : mention.start].rsplit("\n", 1)[-1])
    after = folded(resume.seen[mention.end : mention.end + 12])
    return bool(_NEGATED.search(line) or _NEGATED_AFTER.match(after))


def _level(clause: str, mention: Mention, resume: Resume) -> float:
    """How well the resume says the skill is known; 2 where it does not say. In lists the level word may stand before."""
    stated = asked.level(clause, 0)
    if stated:
        return stated
    line = resume.line_at(mention.start)
    if line.section in ("work", "project"):
        return 2.0
    before = folded(resume.seen[line.start : mention.start])
    before = re.split(r"[；;。]", before)[-1]
    words = [(match.start(), level) for level, pattern in asked._LEVEL for match in pattern.finditer(before)]
    return max(words)[1] if words else 2.0


def _points(resume: Resume, mention: Mention) -> float | None:
    """The figure that follows a test's name."""
    match = re.match(
        r"[^\d\n，,；;。|]{0,10}(\d{1,3}(?:\.\d)?)(?!\d|\s*年|\.\d)", resume.seen[mention.end : mention.end + 20]
    )
    return float(match.group(1)) if match else None


def _evidence(resume: Resume, parts: Iterable[Part]) -> list[Evidence]:
    found: dict[tuple[int, int], Evidence] = {}
    for part in parts:
        for start, end in part.places:
            low, high = resume.quote_at(start, end)
            if low < high and not any(a <= low and high <= b for a, b in found):
                page = resume.document.page_at(low)
                found[low, high] = Evidence(quote=resume.text[low:high], page=page, start=low, end=high)
    return list(found.values())[:8]


def _years(months: int) -> str:
    return _plain(round(months / 12, 1))


def _plain(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
