"""The match itself: read the files, decide every requirement for every person, score and rank."""

import hashlib
from dataclasses import replace
from datetime import date
from itertools import chain

from workbench.document import SourceDocument
from workbench.errors import DocumentError
from workbench.files import FileRead
from workbench.language import folded as squeezed
from workbench.run import RunContext
from workbench.texts import Lang, text

from . import integrity
from .closeness import Profile, closeness
from .dates import union
from .fairness import rates
from .job import Job, read_job
from .judging import Judge
from .models import Candidate, Match, MatchRequest, Remark, Unreadable
from .ranking import ranked, score
from .resume import Resume, read_resume
from .sources import document

_LEAST = 40
"""A file with fewer letters than this tells of nobody."""


def match(request: MatchRequest, context: RunContext) -> Match:
    """The shortlist, without its summary."""
    today = request.as_of or context.as_of or date.today()
    job = read_job(document(request.job, context).text, request.requirements)
    people, unreadable = read_people(request, context, today)
    judge = Judge(today, context.lang, job.about)
    near = closeness(_described(job), [Profile(one.seen, one.titles) for one, _ in people], context.knowledge.likeness)
    candidates = [
        _candidate(job, judge, resume, also, nearness, request.blind)
        for (resume, also), nearness in zip(people, near, strict=True)
    ]
    candidates = ranked(candidates)
    return Match(
        title=job.title, summary="", requirements=job.requirements, candidates=candidates, unreadable=unreadable,
        fairness=rates(candidates, job.requirements, request.groups),
    )  # fmt: skip


def read_people(
    request: MatchRequest, context: RunContext, today: date
) -> tuple[list[tuple[Resume, list[Resume]]], list[Unreadable]]:
    """(each person's fullest resume, further files of the same person), and the files that no person was made of."""
    resumes, unreadable = [], []
    for read in context.files.each(request.resumes):
        if read.document is None:
            unreadable.append(Unreadable(file=read.name, error=_why(read, context.lang)))
            continue
        resume = understood(read.name, read.document, today, blind=request.blind)
        if not tells_of_somebody(resume):
            unreadable.append(Unreadable(file=read.name, error=text("scenarios.hr:unreadable.nobody", context.lang)))
            continue
        resumes.append(resume)
    return _joined(resumes), unreadable


def understood(file: str, document: SourceDocument, today: date, *, blind: bool = True) -> Resume:
    """A resume with what tries to sway a reader covered; ``blind`` covers name, gender, age and the like as well."""
    resume = read_resume(file, document, today)
    if not blind:
        resume = replace(resume, seen=resume.text)
    signs = integrity.swaying(resume)
    return replace(resume, seen=integrity.covered(resume.seen, signs), signs=signs) if signs else resume


def _why(read: FileRead, lang: Lang) -> str:
    error = read.error or DocumentError("workbench:files.missing", path=read.name)
    return error.text(lang)


def tells_of_somebody(resume: Resume) -> bool:
    """Whether a person can be made of what was read: an empty scan is nobody."""
    if sum(map(str.isalnum, resume.text)) < _LEAST:
        return False
    person = resume.person
    signs = (
        bool(person.email or person.phone or person.name), bool(resume.entries), bool(resume.degrees),
        any(line.heading for line in resume.lines), len(resume.mentions) >= 3,
    )  # fmt: skip
    return sum(signs) >= 2


def _joined(resumes: list[Resume]) -> list[tuple[Resume, list[Resume]]]:
    """Files of one person together: the same words, or the same e-mail or phone under no two different names."""
    groups: list[list[Resume]] = []
    by_key: dict[str, int] = {}
    for resume in resumes:
        person = resume.person
        same_text = hashlib.sha256(squeezed(resume.text).encode()).hexdigest()
        keys = [same_text, *(key for key in (person.email, person.phone) if key)]
        group = next((by_key[key] for key in keys if key in by_key and _fits(resume, groups[by_key[key]], key)), None)
        if group is None:
            group = len(groups)
            groups.append([])
        groups[group].append(resume)
        for key in keys:
            by_key.setdefault(key, group)
    found = []
    for group_of_one in groups:
        fullest = max(group_of_one, key=lambda one: len(one.text))
        found.append((fullest, [one for one in group_of_one if one is not fullest]))
    return found


def _fits(resume: Resume, group: list[Resume], key: str) -> bool:
    names = {squeezed(one.person.name) for one in group} - {""}
    name = squeezed(resume.person.name)
    return len(key) == 64 or not name or not names or name in names


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
    pages = len(resume.document.pages)
    return [*found, Remark(rule="resume.long", detail=str(pages))] if pages >= integrity.LONG else found
