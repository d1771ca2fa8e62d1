"""The match itself: read the files, decide every requirement for every person, score and rank."""

from collections.abc import Sequence
from datetime import date
from itertools import chain

from workbench.run import RunContext

from . import integrity
from .closeness import closeness
from .dates import union
from .fairness import rates
from .job import Job, read_job
from .judging import Judge
from .models import Candidate, Match, MatchRequest, Remark, Unreadable
from .people import read_people
from .ranking import ranked, score
from .resume import Resume
from .sources import document


def match(request: MatchRequest, context: RunContext) -> Match:
    """The shortlist, without its summary."""
    return compared(request, context, *read_people(request, context, day_of(request, context)))


def compared(
    request: MatchRequest, context: RunContext, people: Sequence[tuple[Resume, list[Resume]]],
    unreadable: list[Unreadable],
) -> Match:  # fmt: skip
    """The shortlist of ``people`` whose files were read: each with further files of the same person."""
    job = read_job(document(request.job, context).text, request.requirements)
    judge = Judge(day_of(request, context), context.lang, job.about)
    near = closeness(_described(job), [one.seen for one, _ in people], context.knowledge.likeness)
    candidates = [
        _candidate(job, judge, resume, also, nearness, request.blind)
        for (resume, also), nearness in zip(people, near, strict=True)
    ]
    candidates = ranked(candidates)
    return Match(
        title=job.title, summary="", requirements=job.requirements, candidates=candidates, unreadable=unreadable,
        fairness=rates(candidates, job.requirements, request.groups),
    )  # fmt: skip


def day_of(request: MatchRequest, context: RunContext) -> date:
    """The day that "until today" means."""
    return request.as_of or context.as_of or date.today()


def _described(job: Job) -> str:
    return job.text if len(job.text) > 60 else "\n".join([job.text, *(one.text for one in job.requirements)])


def _candidate(job: Job, judge: Judge, resume: Resume, also: list[Resume], nearness: float, blind: bool) -> Candidate:
    verdicts = [
        judge.verdict(resume, one.id, one.text, tests) for one, tests in zip(job.requirements, job.tests, strict=True)
    ]
    points, arithmetic = score(job.requirements, verdicts, nearness)
    months = union(entry.span for entry in resume.entries if entry.kind == "work")
    return Candidate(
        file=resume.file,
        name="" if blind else resume.person.name,
        score=points,
        rank=0,
        arithmetic=arithmetic,
        closeness=round(nearness, 4),
        verdicts=verdicts,
        also=[one.file for one in also],
        years=round(months / 12, 1),
        remarks=_remarks(resume),
    )


def _remarks(resume: Resume) -> list[Remark]:
    people = integrity.several_people(resume)
    signs = chain(resume.signs, integrity.timeline(resume), [people] if people else [])
    found = [
        Remark(
            rule=sign.rule, quote=resume.text[sign.start : sign.end][:200], page=resume.document.page_at(sign.start),
            start=sign.start, end=min(sign.end, sign.start + 200), detail=sign.detail,
        )
        for sign in signs
    ]  # fmt: skip
    found += [
        Remark(rule="resume.hidden_text", quote=hidden.text[:200], page=hidden.page)
        for hidden in resume.document.hidden
    ]
    scans = [page.number for page in resume.document.pages if page.ocr]
    found += [Remark(rule="resume.ocr", page=scans[0], detail=str(len(scans)))] if scans else []
    pages = len(resume.document.pages)
    return [*found, Remark(rule="resume.long", detail=str(pages))] if pages >= integrity.LONG else found
