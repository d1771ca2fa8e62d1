"""The shortlist as a document: requirements, a ranking that a spreadsheet reckons anew, a report for each person."""

from collections.abc import Sequence

from workbench.scenario import Cell, Formula, Kind, Section
from workbench.texts import Lang, text

from .models import VALUES, Candidate, Match, Verdict
from .people import short_name
from .ranking import CLOSENESS, UNMET

FIRST = 10
"""People who get a report of their own in the whole document."""
_FIXED = 7
"""Columns before the requirements: rank, file, score, years, closeness, decision, who decided."""


def sections(found: Match, lang: Lang) -> list[Section]:
    """The whole."""

    def say(key: str) -> str:
        return text(f"scenarios.hr:{key}", lang)

    wanted = tuple(say(f"field.{name}") for name in ("id", "requirement", "kind", "weight"))
    asked: list[tuple[Cell, ...]] = [
        (one.id, one.text, say("value.hard" if one.hard else "value.soft"), one.weight) for one in found.requirements
    ]
    parts = [
        Section(found.title or say("title"), tuple(filter(None, found.summary.split("\n")))),
        Section(say("section.requirements"), table=(wanted, *asked)),
        ranking(found, lang),
    ]
    if found.fairness:
        parts.append(_fairness(found, lang))
    parts += [person(found, one, lang) for one in found.candidates[:FIRST]]
    if found.unreadable:
        lines = tuple(f"{short_name(one.file)}: {one.error}" for one in found.unreadable)
        parts.append(Section(say("section.unreadable"), items=lines))
    return parts


def ranking(found: Match, lang: Lang) -> Section:
    """Everybody against every requirement. In a spreadsheet the first two rows hold the weights and the hard ones;
    scores and ranks follow when they, or a verdict, are changed."""

    def say(key: str) -> str:
        return text(f"scenarios.hr:{key}", lang)

    names = ("rank", "file", "score", "years", "closeness", "decision", "decided_by")
    header = (*(say(f"field.{name}") for name in names), *(one.id for one in found.requirements))
    weights: tuple[Cell, ...] = (
        "",
        say("field.weight"),
        "",
        "",
        CLOSENESS,
        "",
        "",
        *(one.weight or 0.0 for one in found.requirements),
    )
    hard: tuple[Cell, ...] = (
        "",
        say("value.hard"),
        "",
        "",
        0,
        "",
        "",
        *(int(bool(one.hard and one.weight)) for one in found.requirements),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Formula("=RANK(C{row},$C${first}:$C${last})", one.rank), short_name(one.file), _score(found, one),
            one.years, one.closeness, say(f"decision.{one.decision}"), one.decided_by,
            *(_cell(verdict, lang) for verdict in one.verdicts),
        )
        for one in found.candidates
    ]  # fmt: skip
    return Section(say("section.ranking"), table=(header, weights, hard, *rows))


def _score(found: Match, one: Candidate) -> Formula:
    """:func:`scenarios.hr.ranking.score` in a spreadsheet's words: gains over weights, each hard one missed halves."""
    low, high = "E", column(_FIXED + len(found.requirements))
    own, asked = f"{low}{{row}}:{high}{{row}}", f"${low}${{first}}:${high}${{first}}"
    hard = f"INDEX(${low}${{first}}:${high}${{last}},2,0)"
    unmet = f"SUMPRODUCT(ISNUMBER({own})*({own}=0)*({hard}=1))"
    return Formula(f"=ROUND(100*SUMPRODUCT({asked},{own})/SUM({asked})*POWER({UNMET},{unmet}),2)", one.score)


def _cell(verdict: Verdict, lang: Lang) -> Cell:
    """Words for a reader, their value for a spreadsheet; what is not stated has none."""
    words = text(f"scenarios.hr:verdict.{verdict.verdict}", lang)
    return words if verdict.verdict == "not_stated" else Formula(f"={VALUES[verdict.verdict]}", words)


def column(number: int) -> str:
    """The letters of a spreadsheet's column, the first being 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def person(found: Match, one: Candidate, lang: Lang) -> Section:
    """One person's report: each verdict with its words and the arithmetic, and what a reader should look at."""

    def say(key: str, **values: object) -> str:
        return text(f"scenarios.hr:{key}", lang, **values)

    rows = [
        (asked.text, say(f"verdict.{verdict.verdict}"), verdict.reason, _quotes(verdict))
        for asked, verdict in zip(found.requirements, one.verdicts, strict=True)
    ]
    header = tuple(say(f"field.{name}") for name in ("requirement", "verdict", "reason", "evidence"))
    remarks = tuple(
        say(f"check.{remark.rule.removeprefix('resume.')}", file=short_name(one.file), detail=remark.detail)
        for remark in one.remarks
    )
    return Section(f"{one.rank}. {short_name(one.file)}", (one.arithmetic, *remarks), (header, *rows), level=2)


def _quotes(verdict: Verdict) -> str:
    return " / ".join(e.quote + (f" (p. {e.page})" if e.page else "") for e in verdict.evidence)


def _fairness(found: Match, lang: Lang) -> Section:
    def say(key: str) -> str:
        return text(f"scenarios.hr:{key}", lang)

    header = tuple(say(f"field.{name}") for name in ("group", "people", "selected", "rate", "ratio"))
    rows: list[tuple[Cell, ...]] = [
        (one.group, one.people, one.selected, one.rate, one.ratio) for one in found.fairness
    ]
    kinds: Sequence[Kind] = ("", "number", "number", "percent", "number")
    return Section(say("section.fairness"), (say("fairness.note"),), (header, *rows), kinds=tuple(kinds))
