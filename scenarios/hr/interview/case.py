"""One person and one job, judged: what questions are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workbench.document import SourceDocument
from workbench.errors import RequestError
from workbench.language import folded as squeezed
from workbench.run import RunContext
from workbench.texts import Lang, text

from ..job import read_job
from ..judging import Judge
from ..models import Match, Requirement, Verdict
from ..requirement import Condition
from ..resume import Resume
from ..sources import document
from ..understanding import tells_of_somebody, understood
from .models import InterviewRequest, Quote


@dataclass(frozen=True)
class Case:
    """The verdicts stand in the order of the requirements, as do the conditions of each (``tests``). ``resume`` is None
    where its text tells of nobody: then all questions come from the job."""

    title: str
    job: SourceDocument
    resume: Resume | None
    requirements: Sequence[Requirement]
    tests: Sequence[Sequence[Condition]]
    verdicts: Sequence[Verdict]
    lang: Lang

    def say(self, key: str, **values: object) -> str:
        """A text of the interview in the guide's language."""
        return text(f"scenarios.hr:interview.{key}", self.lang, **values)

    def find(self, words: str) -> Quote | None:
        """Where ``words`` stand, word for word, in the resume or the job."""
        words = words.strip("“”\"' ")
        if len(words) < 2:
            return None
        for source, read in (("resume", self.resume.document if self.resume else None), ("job", self.job)):
            start = read.text.find(words) if read else -1
            if read and start >= 0:
                place = {"page": read.page_at(start), "start": start, "end": start + len(words)}
                return Quote.model_validate({"quote": words, "source": source, **place})
        return None

    def holds(self, quote: str) -> bool:
        """Whether a quote stands in the resume, the job or a requirement that somebody typed, white space aside."""
        texts = [self.job.text, *(one.text for one in self.requirements), self.resume.text if self.resume else ""]
        return bool(quote.strip()) and any(squeezed(quote) in squeezed(one) for one in texts)


def case_of(request: InterviewRequest, context: RunContext) -> Case:
    """The job and the person of a request, judged by the rules of ``hr match``.

    Raises ``DocumentError`` for a file that cannot be read, ``RequestError`` for a run that is no match.
    """
    given = list(request.requirements)
    if request.match_run and not given:
        run, version = context.earlier(request.match_run)
        if run.task != "match" or run.scenario != "hr":
            raise RequestError("scenarios.hr:error.no_match", run_id=request.match_run)
        given = Match.model_validate(version.deliverable).requirements
    today = context.as_of or date.today()
    read = document(request.job, context)
    job = read_job(read.text, given)
    resume = understood(request.resume, document(request.resume, context), today)
    if not tells_of_somebody(resume):
        silent = [Verdict(requirement=one.id, verdict="not_stated") for one in job.requirements]
        return Case(job.title, read, None, job.requirements, job.tests, silent, context.lang)
    judge = Judge(today, context.lang, job.about)
    verdicts = [
        judge.verdict(resume, one.id, one.text, tests) for one, tests in zip(job.requirements, job.tests, strict=True)
    ]
    return Case(job.title, read, resume, job.requirements, job.tests, verdicts, context.lang)
