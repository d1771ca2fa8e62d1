"""Questions without a model: each from a gap or a claim that is quoted, worded by the question bank."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .. import requirement as asked
from ..dates import label
from ..integrity import timeline
from ..models import Evidence, Requirement, Verdict
from ..requirement import Condition
from ..resume import Entry, Resume
from ..taxonomy import Concept, concepts
from ..wording import likeness
from .case import Case
from .models import About, Question, QuestionKind, Quote
from .topics import topic_of

_ACHIEVED = re.compile(
    r"\d[\d,.]*\s*(?:%|％|万|亿|倍|个点|million|billion|k\b|x\b)|百分之|[$¥￥]\s?\d", re.IGNORECASE
)  # fmt: skip
_EFFECT = re.compile(
    r"提升|提高|增长|降低|减少|下降|节省|节约|缩短|完成|实现|突破|达|increas|reduc|grew|grow|sav|cut|improv|achiev|deliver|lower|rais|boost",
    re.IGNORECASE,
)
_STUDIED = re.compile(r"专业(?:毕业|背景|优先)?[。；;]?$|学历|学位|\b(?:degree|diploma)\b", re.IGNORECASE)
"""Requirements that a certificate settles and no story does."""
_AT_MOST = {"timeline": 2, "terms": 2}
_HEADER = 100
_EACH = 3
"""Questions of each kind that a guide holds at least, where the resume and the job give enough."""


@dataclass(frozen=True)
class Idea:
    """A question that could be asked, and how much it would find out (``worth``). ``plain`` words it where another
    question already asks the bank's about ``topic``."""

    worth: float
    topic: str
    question: Question
    plain: Question | None = None


def questions(case: Case, limit: int) -> list[Question]:
    """The ``limit`` questions that find out most, both kinds among them, numbered in the order to ask them."""
    ideas = sorted(_ideas(case), key=lambda idea: -idea.worth)
    chosen: list[Idea] = []
    topics, quoted = set[str](), set[str]()
    later = []
    for idea in ideas:
        about = idea.question.about
        full = sum(one.question.about == about for one in chosen) >= _AT_MOST.get(about, limit)
        kind = idea.question.kind
        others = sum(one.question.kind != kind for one in chosen)
        crowded = others < _EACH and len(chosen) - others >= limit - _EACH
        words = idea.question.evidence[0].quote
        if words in quoted and not idea.question.requirement and not idea.topic.startswith("="):
            continue
        if idea.topic in topics or full or crowded or len(chosen) >= limit:
            later += [] if full else [idea]
            continue
        topics.add(idea.topic)
        quoted.add(words)
        chosen.append(idea)
    for idea in later[: max(limit - len(chosen), 0)]:
        chosen.append(replace(idea, question=idea.plain or idea.question))
    order = {"claim": 0, "gap": 1, "timeline": 2, "terms": 3}
    chosen.sort(key=lambda idea: (order[idea.question.about], -idea.worth))
    return numbered([idea.question for idea in chosen[:limit]])


def numbered(found: Sequence[Question]) -> list[Question]:
    """The same, numbered q1, q2, ..."""
    return [one.model_copy(update={"id": f"q{number}"}) for number, one in enumerate(found, 1)]


def gap(case: Case, requirement: Requirement, tests: Sequence[Condition], verdict: Verdict) -> Question:
    """A question for a requirement that is not met, met in part or not stated."""
    return _gap(case, requirement, tests, verdict).question


def _ideas(case: Case) -> Iterator[Idea]:
    for requirement, tests, verdict in zip(case.requirements, case.tests, case.verdicts, strict=True):
        if requirement.weight == 0:  # what may not decide a hiring is not asked for
            continue
        if verdict.verdict == "met":
            yield from _claim(case, requirement, tests, verdict)
        else:
            yield _gap(case, requirement, tests, verdict)
    if case.resume is not None:
        yield from _achievements(case, case.resume)
        yield from _history(case, case.resume)
        yield from _deeds(case, case.resume)
    elif not case.requirements and case.job.text.strip():
        yield from _job_alone(case)


# -- requirements


def _claim(case: Case, requirement: Requirement, tests: Sequence[Condition], verdict: Verdict) -> Iterator[Idea]:
    """What the resume claims to the point: how deep does it go?"""
    subject = subject_of(tests)
    checked_on_paper = all(
        isinstance(test, asked.DegreeLevel | asked.Lives | asked.Pays | asked.Starts | asked.Score) for test in tests
    )
    if checked_on_paper or not verdict.evidence or (subject and subject.kind == "certificate"):
        return
    quotes = [_of(evidence) for evidence in _told(case, verdict.evidence)[:2]]
    lead = case.say("lead.claim", quote=_short(quotes[0].quote))
    why = case.say("why.claim", requirement=requirement.text)
    yield _made(case, "claim", lead, why, quotes, requirement.id, subject, 1.2 * (requirement.weight or 0.5))


def _gap(case: Case, requirement: Requirement, tests: Sequence[Condition], verdict: Verdict) -> Idea:
    subject = subject_of(tests)
    quotes = [_of(evidence) for evidence in verdict.evidence[:2]]
    stated = bool(quotes)
    quotes = quotes or [_asked_for(case, requirement)]
    lead = case.say(
        f"lead.{verdict.verdict}" if stated else "lead.not_stated",
        requirement=requirement.text, quote=_short(quotes[0].quote),
    )  # fmt: skip
    reason = verdict.reason or case.say("why.differs" if stated else "why.silent")
    why = case.say("why.gap", requirement=requirement.text, reason=reason)
    worth = (
        (requirement.weight or 0.5) * (1.5 if requirement.hard else 1.0) * (1.6 if verdict.verdict == "partly" else 1.5)
    )
    if any(isinstance(test, asked.Lives | asked.Pays | asked.Starts) for test in tests):
        question = _plain(case, "terms", lead + case.say("ask.terms"), why, quotes, requirement.id, "terms")
        return Idea(worth * 0.6, "terms:" + requirement.id, question)
    if subject and subject.kind == "language" and verdict.verdict == "not_met":
        question = _plain(case, "gap", lead + case.say("ask.language"), why, quotes, requirement.id, "language")
        return Idea(worth * 0.8, "language:" + subject.name, question)
    on_paper = _STUDIED.search(requirement.text) or (subject and subject.kind == "certificate")
    if on_paper or any(isinstance(test, asked.DegreeLevel | asked.Score) for test in tests):
        question = _plain(case, "gap", lead + case.say("ask.paper"), why, quotes, requirement.id, "paper")
        return Idea(worth * 0.8, "paper:" + requirement.id, question)
    return _made(case, "gap", lead, why, quotes, requirement.id, subject, worth)


def _made(
    case: Case,
    about: About,
    lead: str,
    why: str,
    quotes: list[Quote],
    requirement: str,
    subject: Concept | None,
    worth: float,
    place: str = "",
) -> Idea:
    """A question worded by the bank, or by the plain words for a subject that the bank does not know."""
    topic = topic_of(subject) if subject else None
    kind: QuestionKind = "technical" if subject and subject.kind in ("skill", "industry") else "behavioural"
    plain = _plain(case, about, lead + case.say("ask.plain"), why, quotes, requirement, "plain", kind)
    if topic is None:
        return Idea(worth, place or f"plain:{requirement}", plain)
    good = topic.good[case.lang]
    if about == "gap":
        good += case.say("good.gap")
    question = Question(
        id="", kind=topic.kind, about=about, question=lead + topic.ask[case.lang], why=why, evidence=quotes,
        good_answer=good, red_flags=list(topic.flags[case.lang]), requirement=requirement, minutes=5,
    )  # fmt: skip
    return Idea(worth, topic.concepts[0], question, plain)


def _plain(
    case: Case, about: About, words: str, why: str, quotes: list[Quote], requirement: str, key: str,
    kind: QuestionKind = "behavioural",
) -> Question:  # fmt: skip
    return Question(
        id="", kind=kind, about=about, question=words, why=why, evidence=quotes, good_answer=case.say(f"good.{key}"),
        red_flags=case.say(f"flags.{key}").split(" | "), requirement=requirement, minutes=3 if about == "terms" else 4,
    )  # fmt: skip


def subject_of(tests: Sequence[Condition]) -> Concept | None:
    """What a requirement is about, the first thing that the bank knows before others."""
    named: list[Concept] = []
    for test in tests:
        match test:
            case asked.Shown():
                named += test.concepts
            case asked.Years():
                named += [concept for group in test.groups for concept in group]
            case asked.Speaks():
                named.append(test.language)
            case asked.TeamSize():
                named.append(concepts()["soft", "team leadership"])
    return next((one for one in named if topic_of(one)), named[0] if named else None)


def _told(case: Case, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Words about work before the bare dates of a job: a question is asked about what somebody did."""
    resume = case.resume
    if resume is None:
        return list(evidence)
    heads = {(entry.start, entry.header_end) for entry in resume.entries}
    return sorted(evidence, key=lambda one: any(low <= one.start < high for low, high in heads))


# -- the resume itself


def _achievements(case: Case, resume: Resume) -> Iterator[Idea]:
    """Figures that the resume boasts of."""
    for number, (start, end) in enumerate(resume.units):
        words = resume.seen[start:end]
        if not (_ACHIEVED.search(words) and _EFFECT.search(words) and resume.entries_at(start)):
            continue
        if any(sign.start <= start < sign.end for sign in resume.signs):
            continue
        quote = _quoted(resume, start, end)
        if quote is None:
            continue
        question = _plain(
            case, "claim", case.say("lead.claim", quote=_short(quote.quote)) + case.say("ask.figure"),
            case.say("why.figure"), [quote], "", "figure",
        )  # fmt: skip
        yield Idea(2.6 - number / 1000, f"figure:{start}", question)


def _deeds(case: Case, resume: Resume) -> Iterator[Idea]:
    """What the person did at work that is nearest to the job, for what no requirement asks."""
    wanted = case.job.text
    for start, end in resume.units:
        line = resume.line_at(start)
        entries = resume.entries_at(start)
        if not entries or start < entries[-1].header_end or end - start < 12 or line.heading:
            continue
        quote = _quoted(resume, start, end)
        if quote is None or any(sign.start <= start < sign.end for sign in resume.signs):
            continue
        named = [mention.concept for mention in resume.mentions if start <= mention.start < end]
        subject = next((one for one in named if one.kind in ("skill", "soft") and topic_of(one)), None)
        lead = case.say("lead.claim", quote=_short(quote.quote))
        worth = likeness(quote.quote, wanted)
        yield _made(case, "claim", lead, case.say("why.deed"), [quote], "", subject, worth, f"deed:{start}")


def _history(case: Case, resume: Resume) -> Iterator[Idea]:
    """Gaps, overlaps and impossible dates; why the last job is left."""
    for sign in timeline(resume):
        quote = _quoted(resume, sign.start, sign.end)
        key = sign.rule.removeprefix("resume.")
        if quote is not None and key in ("gap", "overlap", "impossible_dates"):
            words = case.say(f"ask.{key}", quote=_short(quote.quote), detail=sign.detail)
            why = case.say("why.timeline" if key == "gap" else f"why.{key}")
            yield Idea(2.2, f"={key}", _plain(case, "timeline", words, why, [quote], "", "timeline"))
    jobs = [entry for entry in resume.entries if entry.kind == "work" and entry.span.valid]
    if not jobs:
        return
    last = max(jobs, key=lambda entry: (entry.span.last, entry.span.first))
    if quote := _quoted(resume, *_header(last)):
        words = case.say("ask.motive", quote=_short(quote.quote))
        yield Idea(1.4, "=motive", _plain(case, "claim", words, case.say("why.motive"), [quote], "", "motive"))
    short = [entry for entry in jobs if entry.span.months < 12 and not entry.span.now and not entry.span.by_year]
    if len(short) >= 2 and (quote := _quoted(resume, *_header(short[0]))):
        spans = ", ".join(f"{label(entry.span.first)}–{label(entry.span.last)}" for entry in short)
        words = case.say("ask.short", spans=spans)
        yield Idea(2.0, "=short", _plain(case, "timeline", words, case.say("why.short"), [quote], "", "timeline"))


def _header(entry: Entry) -> tuple[int, int]:
    """Where a job is named beside its dates, as far as that can be read at a glance."""
    short = entry.header_end - entry.start <= _HEADER
    return (entry.start, entry.header_end) if short else (entry.span.start, entry.span.end)


def _job_alone(case: Case) -> Iterator[Idea]:
    """Where neither a person nor a requirement could be read: one question from the job's first words."""
    words = case.job.text.strip()[:120]
    start = case.job.text.find(words)
    quote = Quote(quote=words, source="job", start=start, end=start + len(words))
    lead = case.say("lead.not_stated", requirement=_short(words), quote="")
    yield Idea(
        1, "job", _plain(case, "gap", lead + case.say("ask.plain"), case.say("why.silent"), [quote], "", "plain")
    )


# -- quotes


def _of(evidence: Evidence) -> Quote:
    return Quote(quote=evidence.quote, page=evidence.page, start=evidence.start, end=evidence.end)


def _quoted(resume: Resume, start: int, end: int) -> Quote | None:
    low, high = resume.quote_at(start, end)
    if low >= high:
        return None
    return Quote(quote=resume.text[low:high], page=resume.document.page_at(low), start=low, end=high)


def _asked_for(case: Case, requirement: Requirement) -> Quote:
    """The job's words for what the resume does not state; the requirement's own where somebody typed it."""
    job, words = case.job, requirement.text
    start = job.text.find(words)
    if start < 0:
        return Quote(quote=words, source="job")
    return Quote(quote=words, source="job", page=job.page_at(start), start=start, end=start + len(words))


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= 80 else one_line[:78].rstrip() + "…"
