# ruff: noqa: E501  # a pattern is read best in one piece
"""The task ``hr interview``."""

import re
from collections.abc import Sequence

from workbench.findings import Finding, Where
from workbench.language import detect
from workbench.run import RunContext
from workbench.scenario import Cell, Section, Task
from workbench.texts import Lang, text

from ..sources import looks_like_a_file, title_line
from .case import Case, case_of
from .models import DraftQuestion, Interview, InterviewDraft, InterviewRequest, Question, Quote
from .questions import gap, numbered, questions
from .scoring import rated, scorecard

_FORBIDDEN = re.compile(
    r"结婚|婚姻|已婚|未婚|恋爱|男朋友|女朋友|对象|生育|怀孕|备孕|几个孩子|要孩子|二胎|三胎|年龄|多大了|几岁|属相|星座|血型|籍贯|哪里人|民族|宗教|信仰|政治面貌|乙肝|残疾|"
    r"\b(?:married|marital|spouse|husband|wife|boyfriend|girlfriend|pregnan\w*|children|childcare|how old|your age|religio\w*|ethnic\w*|nationality|disabilit\w*)\b",
    re.IGNORECASE,
)
"""What may not be asked. Sources: PRC Law on the Protection of Women's Rights (2022), article 43(2): no enquiry into
marriage and childbirth; Employment Promotion Law, articles 26 to 31."""


class InterviewTask(Task[InterviewRequest, Interview, InterviewDraft]):
    """``hr interview``: every question quotes the claim or the gap that it comes from."""

    name = "interview"
    request = InterviewRequest
    deliverable = Interview
    draft = InterviewDraft

    def language(self, request: InterviewRequest, lang: Lang) -> Lang:
        """The guide speaks the job's language."""
        return lang if looks_like_a_file(request.job) or len(request.job) < 20 else detect(request.job)

    def gather(self, request: InterviewRequest, context: RunContext) -> None:
        context.notes["case"] = case_of(request, context)

    def compose(self, request: InterviewRequest, context: RunContext) -> Interview:
        case: Case = context.notes["case"]
        return _guide(request, case, questions(case, request.questions))

    def brief(self, request: InterviewRequest, context: RunContext) -> dict[str, str]:
        case: Case = context.notes["case"]
        lines = [
            f"{one.id} [{verdict.verdict}] {one.text}" + "".join(f" “{e.quote}”" for e in verdict.evidence[:2])
            for one, verdict in zip(case.requirements, case.verdicts, strict=True)
        ]
        resume = case.resume.seen[:6000] if case.resume else "-"
        return {"table": "\n".join(lines) or "-", "resume": resume, "count": str(request.questions)}

    def settle(self, request: InterviewRequest, draft: InterviewDraft, context: RunContext) -> Interview:
        """A model's question stays when its quote stands in the resume or the job and it asks nothing forbidden."""
        case: Case = context.notes["case"]
        known = {one.id for one in case.requirements}
        kept = []
        for one in draft.questions:
            quote = case.find(one.quote)
            if quote is not None and not _FORBIDDEN.search(one.question):
                kept.append(_settled(one, quote, known))
        asked = {one.requirement for one in kept}
        for requirement, tests, verdict in zip(case.requirements, case.tests, case.verdicts, strict=True):
            if requirement.hard and verdict.verdict != "met" and requirement.id not in asked:
                kept.append(gap(case, requirement, tests, verdict))
        if len(kept) < request.questions:
            taken = {(one.requirement, one.evidence[0].quote) for one in kept}
            more = [
                one
                for one in questions(case, request.questions)
                if (one.requirement, one.evidence[0].quote) not in taken
            ]
            kept += more[: request.questions - len(kept)]
        return _guide(request, case, numbered(kept[: max(request.questions, 4) + 4]))

    def subject(self, request: InterviewRequest) -> str:
        """The job's first line."""
        return title_line(request.job)

    def recomputed(self, request: InterviewRequest, deliverable: Interview, lang: Lang) -> Interview:
        """The scorecard and the score as the answers say; questions that were added get a line."""
        known = {line.question for line in deliverable.scorecard}
        new = scorecard([one for one in deliverable.questions if one.id not in known], deliverable.requirements, lang)
        there = {one.id for one in deliverable.questions}
        card = [line for line in deliverable.scorecard if line.question in there] + new
        return rated(deliverable.model_copy(update={"scorecard": card}))

    def check(self, request: InterviewRequest, deliverable: Interview, context: RunContext) -> list[Finding]:
        def say(key: str, **values: object) -> str:
            return text(f"scenarios.hr:{key}", context.lang, **values)

        findings = []
        case = context.notes.get("case") or (case_of(request, context) if request.resume else None)
        if case is not None and case.resume is None:
            findings.append(Finding(rule="resume.unreadable", severity="error", message=say("unreadable.nobody")))
        for one in deliverable.questions:
            own = one.question
            for quote in one.evidence:
                own = own.replace(quote.quote, "")
            if word := _FORBIDDEN.search(own):
                findings.append(
                    Finding(
                        rule="interview.forbidden", severity="error", where=Where(quote=one.question),
                        message=say("check.forbidden", id=one.id, word=word.group()),
                        basis=say("basis.forbidden"), suggestion=say("fix.forbidden"),
                    )
                )  # fmt: skip
            if case is not None and not any(case.holds(quote.quote) for quote in one.evidence):
                message = say("check.unquoted", id=one.id)
                findings.append(
                    Finding(
                        rule="interview.unquoted", severity="warning", message=message, where=Where(quote=one.question)
                    )
                )
        covered = {one.requirement for one in deliverable.questions}
        if case is not None:
            for requirement, verdict in zip(case.requirements, case.verdicts, strict=True):
                if requirement.hard and verdict.verdict != "met" and requirement.id not in covered:
                    message = say("check.uncovered", requirement=requirement.text)
                    findings.append(
                        Finding(
                            rule="interview.uncovered",
                            severity="warning",
                            message=message,
                            where=Where(quote=requirement.text),
                        )
                    )
        for line in deliverable.scorecard:
            if line.spread is not None and line.spread >= 2:
                message = say("check.apart", id=line.question, spread=line.spread)
                findings.append(
                    Finding(rule="interview.apart", severity="info", message=message, where=Where(quote=line.criterion))
                )
        return findings

    def without(
        self, request: InterviewRequest, deliverable: Interview, file: str, lang: Lang
    ) -> tuple[InterviewRequest, Interview] | None:
        """Nothing is left where the guide is about the person."""
        return None if file in (request.resume, deliverable.file) else (request, deliverable)

    def revised(self, deliverable: Interview, text: str) -> Interview:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Interview) -> str:
        return deliverable.summary

    def sections(self, deliverable: Interview, lang: Lang) -> Sequence[Section]:
        def say(key: str, **values: object) -> str:
            return text(f"scenarios.hr:{key}", lang, **values)

        parts = [
            Section(deliverable.title or say("task.interview"), tuple(filter(None, deliverable.summary.split("\n"))))
        ]
        answers = {(one.question, one.interviewer): one for one in deliverable.answers}
        for one in deliverable.questions:
            rows: list[tuple[Cell, ...]] = [
                (say("field.part"), say("field.content")),
                (say("field.why"), one.why),
                (say("field.evidence"), " / ".join(quote.quote for quote in one.evidence)),
                (say("field.good"), one.good_answer),
                (say("field.flags"), "；".join(one.red_flags) if lang == "zh" else "; ".join(one.red_flags)),
            ]
            noted = [answer for (question, _), answer in answers.items() if question == one.id]
            rows += [
                (say("field.answer", who=answer.interviewer), f"{answer.score or '-'} / 5  {answer.answer}")
                for answer in noted
            ] or [(say("field.notes"), "")]
            heading = f"{one.id[1:]}. {say(f'kind.{one.kind}')} · {say(f'about.{one.about}')}"
            parts.append(Section(heading, (one.question,), tuple(rows), level=2))
        header = tuple(say(f"field.{name}") for name in ("id", "criterion", "weight", "score5", "ratings"))
        card: list[tuple[Cell, ...]] = [
            (line.question, line.criterion, line.weight, line.score, line.ratings) for line in deliverable.scorecard
        ]
        total = (
            ()
            if deliverable.score is None
            else (
                say(
                    "interview.total",
                    score=deliverable.score,
                    answered=deliverable.answered,
                    asked=len(deliverable.questions),
                ),
            )
        )
        anchors = tuple(
            say(f"anchor.{points}", good=say("anchor.good"), flag="").rstrip("；; ") for points in (5, 3, 1)
        )
        parts.append(Section(say("section.scorecard"), (*total, *anchors), (header, *card)))
        return parts


def _guide(request: InterviewRequest, case: Case, found: list[Question]) -> Interview:
    who = case.resume.person.name if case.resume else ""
    minutes = sum(one.minutes for one in found) + 10
    lines = [
        case.say("summary", title=case.title or "-", name=who or "-", count=len(found), minutes=minutes),
        case.say(
            "summary.kinds", **{kind: sum(one.kind == kind for one in found) for kind in ("behavioural", "technical")}
        ),
    ]
    first = [one for one in found if one.about == "gap"][:3]
    names = {one.id: one.text for one in case.requirements}
    if first:
        lines.append(
            case.say(
                "summary.first",
                points=("；" if case.lang == "zh" else "; ").join(names.get(one.requirement, "-") for one in first),
            )
        )
    lines += [case.say("summary.same"), case.say("summary.law")]
    return Interview(
        title=case.say("title", title=case.title or "-"),
        file="" if "\n" in request.resume else request.resume,
        name=who,
        summary="\n".join(lines),
        requirements=list(case.requirements),
        questions=found,
        scorecard=scorecard(found, case.requirements, case.lang),
        match_run=request.match_run,
    )


def _settled(one: DraftQuestion, quote: Quote, known: set[str]) -> Question:
    requirement = one.requirement if one.requirement in known else ""
    about = "gap" if quote.source == "job" else "claim"
    return Question.model_validate(
        one.model_dump(exclude={"quote", "requirement"})
        | {"id": "", "about": about, "evidence": [quote], "requirement": requirement}
    )
