# ruff: noqa: E501  # a pattern is read best in one piece
"""Requirements of a degree, of a test's result, of a language."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ..degrees import BACHELOR, FULL_TIME, degrees
from ..language_tests import HIGHEST, LANGUAGE_OF
from ..language_tests import level as level_of
from ..quantities import YEARS
from ..taxonomy import Mention, concepts
from .conditions import Condition, DegreeLevel, Either, Score, Shown, Speaks
from .levels import spoken
from .mentioned import Places, free

_OR_WORK = re.compile(
    r"or equivalent|equivalent (?:practical )?experience|同等学[历力]|or related experience|相当", re.IGNORECASE
)
_OR_CERTIFICATE = re.compile(
    r"equivalent (?:professional )?(?:qualification|certificat)|professional qualification|或(?:同等|相应|相关)?(?:职业|专业)?(?:资格|证书)",
    re.IGNORECASE,
)
_SAME = re.compile(r"同等|相当|同级|equivalent|or similar|or comparable|等效", re.IGNORECASE)
_EITHER = re.compile(r"或|/|\bor\b", re.IGNORECASE)
_OR = re.compile(r"或|/|、|,|，|\bor\b|任一|之一", re.IGNORECASE)


def degree(text: str, mentions: Sequence[Mention], taken: Places) -> list[Condition]:
    """The degree, or at least the field of one, that is asked for."""
    named = degrees(text)
    majors = [mention for mention in mentions if mention.concept.kind == "major" and free(mention, taken)]
    if named:
        taken += [(degree.start, degree.end) for degree in named]
        least = min(degree.level for degree in named)
        clause_end = max(degree.end for degree in named)
        near = [
            mention
            for mention in majors
            if any(-1 <= one.start - mention.end <= 3 or -1 <= mention.start - one.end <= 3 for one in named)
            or re.search(r"专业|相关|类", text[mention.end : mention.end + 14])
            or re.search(
                r"专业|degree|major|field|\bin\b|bachelor|master|b\.?s|m\.?s",
                text[max(0, min(mention.start, clause_end) - 24) : mention.start],
                re.I,
            )
        ]
        taken += [(mention.start, mention.end) for mention in near]
        names = tuple(dict.fromkeys(mention.concept.name for mention in near))
        title = next((degree.title for degree in named if degree.level == least), "")
        return [DegreeLevel(least, names, bool(FULL_TIME.search(text)), *_instead(text), title)]
    if (
        majors
        and re.search(r"专业(?!技能|知识|能力|素养|证书|资格|性|英语|四级|八级|软件|的)|\bmajor|degree in", text, re.I)
        and not YEARS.search(text)
    ):
        taken += [(mention.start, mention.end) for mention in majors]
        names = tuple(dict.fromkeys(mention.concept.name for mention in majors))
        least = BACHELOR if re.search(r"\bdegree\b", text, re.I) else 0
        return [DegreeLevel(least, names, False, *_instead(text))]
    return []


def _instead(text: str) -> tuple[bool, bool]:
    """Whether experience may stand for the degree, and whether a certificate may."""
    certificate = bool(_OR_CERTIFICATE.search(text))
    return bool(_OR_WORK.search(text)) and not certificate, certificate


def tests_and_languages(
    text: str, clauses: Sequence[tuple[int, int]], mentions: Sequence[Mention], taken: Places
) -> list[Condition]:
    """The tests of languages that are asked for (one of them is enough where "or" joins them), and the languages."""
    tests = [mention for mention in mentions if mention.concept.name in LANGUAGE_OF and free(mention, taken)]
    found = _tests(text, tests, taken)
    spoken_of: list[Mention] = []
    for mention in mentions:
        if mention.concept.kind != "language" or not free(mention, taken):
            continue
        if any(
            one.concept.kind in ("certificate", "skill") and one.start <= mention.start < one.end for one in mentions
        ):
            continue
        clause = next((text[low:high] for low, high in clauses if low <= mention.start < high), text)
        if re.search(r"教师|老师|教学|teacher|teaching|\bmedia\b|新闻|language arts", clause, re.I):
            continue
        if not tests:
            spoken_of.append(mention)
        taken.append((mention.start, mention.end))
    speaks: list[Condition] = [Speaks(one.concept, spoken(_own(text, one), spoken(text, 2.0))) for one in spoken_of]
    between = [text[left.end : right.start] for left, right in pairwise(spoken_of)]
    one_is_enough = len(speaks) > 1 and all(_EITHER.search(part) for part in between[-1:])
    return [*found, Either(tuple(speaks))] if one_is_enough else [*found, *speaks]


def _own(text: str, one: Mention) -> str:
    """What a requirement says of one language among several: "Polish native, English C1"."""
    begin = max(text.rfind(stop, 0, one.start) for stop in ",，;；、") + 1
    ends = [place for stop in ",，;；、" if (place := text.find(stop, one.end)) >= 0]
    return text[begin : min(ends, default=len(text))]


def _tests(text: str, tests: Sequence[Mention], taken: Places) -> list[Condition]:
    asked: list[Condition] = []
    same: list[Condition] = []
    for mention in tests:
        points = re.search(r"(?<![\d-])\d{1,3}(?:\.\d)?", text[mention.end : mention.end + 12])
        name = mention.concept.name
        least = float(points.group()) if points and 1 < float(points.group()) <= HIGHEST.get(name, 0) else None
        if least:
            asked.append(Score(mention.concept, least))
            taken.append((mention.start, mention.end + points.end()))  # type: ignore[union-attr]
        elif len(tests) > 1 or _SAME.search(text):
            asked.append(Shown((mention.concept,)))
            taken.append((mention.start, mention.end))
        same.append(
            Speaks(concepts()["language", LANGUAGE_OF[name]], max(level_of(name, least), spoken(text, 0)), instead=True)
        )
    apart = [text[left.end : right.start] for left, right in pairwise(tests)]
    if len(asked) > 1 and all(_OR.search(part) for part in apart):
        return [Either(tuple(asked + (same if _SAME.search(text) else [])))]
    return [Either((one, *same)) for one in asked] if _SAME.search(text) else asked
