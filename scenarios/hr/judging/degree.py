# ruff: noqa: E501  # a pattern is read best in one piece
# a pattern is read best in one piece
"""Degrees: the level completed, its field, full-time or not, and the rank of the school."""

import re

from .. import requirement as asked
from ..degrees import LEVELS, Degree
from ..language_tests import LANGUAGE_OF
from ..models import Decision
from ..resume import Resume
from ..schools import SCHOOL, ranked_schools
from ..taxonomy import Mention, folded
from .mentions import negated
from .part import Part, Say

_ROW = 120
_NO_DEGREE = re.compile(
    r"without (?:a |any )?(?:degree|graduating)|\bno (?:university )?degree|did not (?:finish|graduate)|dropped out|(?:没有?|无|未取得|未获)(?:学历|学位|毕业证)|肄业|辍学"
)
_STUDIED = re.compile(r"毕业|本科|学士|硕士|博士|专科|大专|学历|university|college|degree|graduat", re.IGNORECASE)


def degree(resume: Resume, condition: asked.DegreeLevel, say: Say) -> Part:
    """Whether a completed degree is high enough, in the field and of the kind asked for."""
    if condition.or_certificate and not any(one.level >= condition.level and one.complete for one in resume.degrees):
        certified = [one for one in resume.mentions if _professional(one) and not negated(resume, one)]
        if certified:
            return Part("met", [(certified[0].start, certified[0].end)], "")
    if not resume.degrees and (none := _NO_DEGREE.search(folded(resume.seen))):
        return Part("not_met", [none.span()], say("reason.lacks"))
    if not resume.degrees:
        return Part("not_stated", [], say("reason.silent"))
    held = max(resume.degrees, key=lambda one: (one.complete, one.level, bool(one.majors), -one.start))
    name = say(f"degree.{LEVELS[held.level]}")
    fits = [one for one in resume.degrees if one.level >= condition.level and condition.title in ("", one.title)]
    enough = [one for one in fits if one.complete]
    if not enough and (condition.level or condition.title):
        unfinished = [one for one in fits if not one.complete]
        if unfinished:
            return Part("partly", [_row(resume, unfinished[0])], say("reason.degree_open"))
        decided: Decision = "partly" if condition.or_experience and resume.entries else "not_met"
        wanted = condition.title.upper() or say(f"degree.{LEVELS[condition.level]}")
        return Part(decided, [_row(resume, held)], say("reason.degree", level=name, wanted=wanted))
    enough = enough or [one for one in resume.degrees if one.complete] or [held]
    reason = say("reason.degree", level=name, wanted=say(f"degree.{LEVELS[condition.level or held.level]}"))
    if condition.full_time:
        part_time = [one for one in enough if one.full_time is False]
        enough = [one for one in enough if one.full_time is not False]
        if not enough:
            return Part("not_met", [_row(resume, part_time[0])], say("reason.part_time"))
    fitting = [one for one in enough if set(one.majors) & set(condition.majors)] if condition.majors else enough
    if fitting:
        best = min(fitting, key=lambda one: (one.level, one.start)) if condition.majors else _highest(fitting)
        return Part("met", [_row(resume, best)], reason)
    wrong: Decision = "partly" if condition.level else "not_met" if any(d.majors for d in enough) else "not_stated"
    places = [_row(resume, _highest(enough))] if wrong != "not_stated" else []
    return Part(wrong, places, f"{reason} {say('reason.major')}")


def school(resume: Resume, condition: asked.School, say: Say) -> Part:
    """Whether somebody studied at a university that ranks high enough."""
    rows = [
        line
        for line in resume.lines
        if line.section == "education"
        or (line.section in ("", "personal", "summary") and _STUDIED.search(resume.seen, line.start, line.end))
    ]
    other: list[tuple[int, int]] = []
    for line in rows:
        row = resume.seen[line.start : line.end]
        ranked = [
            (line.start + start, line.start + end) for tier, start, end in ranked_schools(row) if tier >= condition.tier
        ]
        if ranked:
            return Part("met", ranked[:1])
        if said := re.search(r"985|211|双一流", row):
            return Part("met", [(line.start + said.start(), line.start + said.end())])
        other += [(line.start + name.start(), line.start + name.end()) for name in SCHOOL.finditer(row)]
    return Part("not_met", other[:1], say("reason.school")) if other else Part("not_stated", [], say("reason.silent"))


def _professional(mention: Mention) -> bool:
    return mention.concept.kind == "certificate" and mention.concept.name not in LANGUAGE_OF


def _highest(found: list[Degree]) -> Degree:
    return max(found, key=lambda one: (one.level, bool(one.majors), -one.start))


def _row(resume: Resume, one: Degree) -> tuple[int, int]:
    """The degree with what its line says around it, the field and the school, or with what follows in a long line."""
    line = resume.line_at(one.start)
    start = line.start if line.end - line.start <= _ROW else one.start
    return start, min(max(one.end, one.clause_end), line.end, start + _ROW)
