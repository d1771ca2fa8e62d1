"""The task ``hr match``: from a pile of resumes to a shortlist that can be defended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from workbench.findings import Finding, Severity, Where
from workbench.run import RunContext
from workbench.scenario import Extra, Section, Task
from workbench.texts import Lang, text

from . import report
from .fairness import FEW, LEAST_RATIO, rates
from .letters import letters, templates
from .matching import match
from .models import Candidate, Match, MatchDraft, MatchRequest, Verdict
from .people import short_name
from .ranking import ranked, score
from .requirement import is_discriminatory
from .robustness import stability
from .sources import title_line
from .word_file import word_file

_FIRST = 10
_SEVERITY: dict[str, Severity] = {
    "resume.instructions": "warning", "resume.stuffing": "warning", "resume.hidden_text": "warning",
    "resume.impossible_dates": "warning", "resume.two_people": "warning",
}  # fmt: skip


class MatchTask(Task[MatchRequest, Match, MatchDraft]):
    """``hr match``: every verdict quotes a line of the resume; nobody is rejected by the program."""

    name = "match"
    request = MatchRequest
    deliverable = Match
    draft = MatchDraft

    def gather(self, request: MatchRequest, context: RunContext) -> None:
        context.notes["match"] = match(request, context)

    def compose(self, request: MatchRequest, context: RunContext) -> Match:
        found: Match = context.notes["match"]
        return found.model_copy(update={"summary": _summary(found, context.lang)})

    def brief(self, request: MatchRequest, context: RunContext) -> dict[str, str]:
        found: Match = context.notes["match"]
        return {"title": found.title or "-", "table": _table_text(found, context.lang)}

    def settle(self, request: MatchRequest, draft: MatchDraft, context: RunContext) -> Match:
        """A model may only word the comparison; verdicts, scores and ranks are code's."""
        found: Match = context.notes["match"]
        note = text("scenarios.hr:summary.decide", context.lang)
        update = {"summary": f"{draft.summary}\n{note}", "stability": stability(request, context, found)}
        return found.model_copy(update=update)

    def subject(self, request: MatchRequest) -> str:
        """The job's first line."""
        return title_line(request.job)

    def check(self, request: MatchRequest, deliverable: Match, context: RunContext) -> list[Finding]:
        def say(key: str, **values: object) -> str:
            return text(f"scenarios.hr:{key}", context.lang, **values)

        findings = [
            Finding(
                rule="job.discriminatory", severity="warning", message=say("check.discriminatory"),
                where=Where(quote=one.text), basis=say("basis.discriminatory"), suggestion=say("fix.discriminatory"),
            )
            for one in deliverable.requirements
            if is_discriminatory(one.text)
        ]  # fmt: skip
        findings += [
            Finding(
                rule="resume.unreadable",
                severity="warning",
                message=say("check.unreadable", file=short_name(one.file), error=one.error),
            )
            for one in deliverable.unreadable
        ]
        for candidate in deliverable.candidates:
            for remark in candidate.remarks:
                where = Where(quote=remark.quote, start=remark.start, end=remark.end, page=remark.page)
                message = say(
                    f"check.{remark.rule.removeprefix('resume.')}",
                    file=short_name(candidate.file),
                    detail=remark.detail,
                )
                severity = _SEVERITY.get(remark.rule, "info")
                findings.append(Finding(rule=remark.rule, severity=severity, message=message, where=where))
            if candidate.decision and not candidate.decided_by:
                message = say("check.decided_by", file=short_name(candidate.file))
                findings.append(Finding(rule="decision.nameless", severity="error", message=message))
            if candidate.also:
                message = say(
                    "check.duplicates",
                    file=short_name(candidate.file),
                    others=", ".join(map(short_name, candidate.also)),
                )
                findings.append(Finding(rule="resume.duplicates", severity="info", message=message))
        for group in deliverable.fairness:
            if group.ratio is not None and group.ratio < LEAST_RATIO:
                key = (
                    "check.four_fifths_few"
                    if min(one.people for one in deliverable.fairness) < FEW
                    else "check.four_fifths"
                )
                findings.append(
                    Finding(
                        rule="fairness.four_fifths", severity="warning",
                        message=say(key, group=group.group, ratio=f"{group.ratio:.2f}"), basis=say("basis.four_fifths"),
                    )
                )  # fmt: skip
        return findings

    def revised(self, deliverable: Match, text: str) -> Match:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Match) -> str:
        return deliverable.summary

    def recomputed(self, request: MatchRequest, deliverable: Match, lang: Lang) -> Match:
        """Scores, ranks and group rates as weights, hardness, verdicts and decisions now are."""
        people = []
        for one in deliverable.candidates:
            points, arithmetic = score(deliverable.requirements, one.verdicts, one.closeness)
            people.append(one.model_copy(update={"score": points, "arithmetic": arithmetic}))
        people = ranked(people)
        fairness = rates(people, deliverable.requirements, request.groups)
        return deliverable.model_copy(update={"candidates": people, "fairness": fairness})

    def without(
        self, request: MatchRequest, deliverable: Match, file: str, lang: Lang
    ) -> tuple[MatchRequest, Match] | None:
        """The shortlist without one person; ranks and rates are reckoned again, and so is the summary."""
        here = [one for one in deliverable.candidates if file in (one.file, *one.also)]
        files = {file, *(name for one in here for name in (one.file, *one.also))}
        asked = request.model_copy(
            update={
                "resumes": [path for path in request.resumes if path not in files],
                "groups": {
                    name: group for name, group in request.groups.items() if name not in {*map(short_name, files)}
                },
            }
        )
        people = [one for one in deliverable.candidates if one not in here]
        unread = [one for one in deliverable.unreadable if one.file not in files]
        if not (people or unread):
            return None
        made = deliverable.model_copy(update={"candidates": people, "unreadable": unread})
        if here:
            made = self.recomputed(asked, made, lang)
            made = made.model_copy(update={"summary": _summary(made, lang)})
        return asked, made

    def sections(self, deliverable: Match, lang: Lang) -> Sequence[Section]:
        return report.sections(deliverable, lang)

    def extras(self, request: MatchRequest, deliverable: Match, context: RunContext) -> Sequence[Extra]:
        """A report for each of the first, and the letters to those about whom somebody decided."""
        lang = context.lang
        found = [
            Extra(
                f"report-{place:02d}.docx",  # two of one rank are two files
                text("scenarios.hr:extra.report", lang, rank=one.rank, file=short_name(one.file)),
                partial(_report, deliverable, one, lang),
            )
            for place, one in enumerate(deliverable.candidates[:_FIRST], 1)
        ]
        if any(one.decision in templates() for one in deliverable.candidates):
            make = partial(_letters, deliverable, lang, request.as_of or context.as_of or date.today())
            found.append(Extra("letters.docx", text("scenarios.hr:extra.letters", lang), make))
        return found


def _report(found: Match, one: Candidate, lang: Lang) -> bytes:
    return word_file([replace(report.person(found, one, lang), level=1)])


def _letters(found: Match, lang: Lang, day: date) -> bytes:
    return word_file(letters(found, lang, "", day), pages=True)


def _summary(found: Match, lang: Lang) -> str:
    def say(key: str, **values: object) -> str:
        return text(f"scenarios.hr:{key}", lang, **values)

    lines = [
        say(
            "summary.head", title=found.title or say("summary.job"), people=len(found.candidates),
            requirements=len(found.requirements), unreadable=len(found.unreadable),
        )
    ]  # fmt: skip
    for one in found.candidates[:_FIRST]:
        counts = {
            kind: sum(v.verdict == kind for v in one.verdicts) for kind in ("met", "partly", "not_met", "not_stated")
        }
        lines.append(say("summary.line", rank=one.rank, file=short_name(one.file), score=one.score, **counts))
    if len(found.candidates) > 1:
        lines += _why_above(found, lang)
    return "\n".join([*lines, say("summary.decide")])


def _why_above(found: Match, lang: Lang) -> list[str]:
    """Why the first stands above the second: the requirements that tell them apart."""
    first, second = found.candidates[:2]
    names = {one.id: one.text for one in found.requirements}
    better = [names[a.requirement] for a, b in zip(first.verdicts, second.verdicts, strict=True) if _better(a, b)]
    if not better:
        return [text("scenarios.hr:summary.close", lang, first=short_name(first.file), second=short_name(second.file))]
    between = "；" if lang == "zh" else "; "
    return [
        text(
            "scenarios.hr:summary.above",
            lang,
            first=short_name(first.file),
            second=short_name(second.file),
            better=between.join(better[:4]),
        )
    ]


def _better(a: Verdict, b: Verdict) -> bool:
    order = ("met", "partly", "not_stated", "not_met")
    return order.index(a.verdict) < order.index(b.verdict)


def _table_text(found: Match, lang: Lang) -> str:
    lines = [f"{one.id}: {one.text}" for one in found.requirements]
    for one in found.candidates[:_FIRST]:
        lines.append(f"#{one.rank} {short_name(one.file)} {one.score}")
        for verdict in one.verdicts:
            quotes = " / ".join(evidence.quote for evidence in verdict.evidence[:2])
            lines.append(f"  {verdict.requirement} {verdict.verdict}: {quotes}")
    return "\n".join(lines)
