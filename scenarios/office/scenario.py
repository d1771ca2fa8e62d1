"""The declaration of the office scenario: a process norm from a form, and the review of a rule."""

from collections.abc import Callable, Sequence
from functools import partial

from workbench.errors import RequestError
from workbench.findings import Finding
from workbench.run import RunContext
from workbench.scenario import Extra, Scenario, Section, Task
from workbench.texts import Lang, text

from .bpmn import bpmn
from .checks import check_norm
from .compose import compose_norm
from .document import illustrated, plain
from .drawing import DRAWN, drawn
from .families import families
from .letter.task import LetterWriting
from .minutes.task import MinutesTaking
from .models import FoundStep, Norm, NormDraft, NormRequest, ReviewDraft, RuleRequest, RuleReview
from .optimise.task import Optimising
from .pictures import calendar, mermaid
from .plan import plan_sheets
from .review import review
from .rule import steps
from .timing import finished


class NormWriting(Task[NormRequest, Norm, NormDraft]):
    """``office norm``: from a form to a rule with owners, time nodes, controls and records."""

    name = "norm"
    publishes = True
    request, deliverable, draft = NormRequest, Norm, NormDraft

    def gather(self, request: NormRequest, context: RunContext) -> None:
        context.notes["norm"] = compose_norm(request, context)

    def compose(self, request: NormRequest, context: RunContext) -> Norm:
        norm: Norm = context.notes["norm"]
        return norm.model_copy(update={"text": plain(norm, context.lang)})

    def brief(self, request: NormRequest, context: RunContext) -> dict[str, str]:
        norm: Norm = context.notes["norm"]
        tasks = "\n".join(f"{task.id} {task.name} ({task.duration_days:g})" for task in norm.tasks())
        passages = "\n".join(f"{passage.marker} {passage.title}\n{passage.passage}" for passage in context.passages)
        return {
            "purpose": request.purpose,
            "scope": norm.scope,
            "constraints": "\n".join(request.constraints) or "-",
            "tasks": tasks,
            "passages": passages or "-",
        }

    def settle(self, request: NormRequest, draft: NormDraft, context: RunContext) -> Norm:
        """The model's words and durations; steps, owners, dates and controls stay as code made them."""
        norm: Norm = context.notes["norm"].model_copy(deep=True)
        norm.title, norm.scope = draft.title or norm.title, draft.scope or norm.scope
        norm.exceptions = [*norm.exceptions, *(line for line in draft.exceptions if line not in norm.exceptions)]
        for task in norm.tasks():
            days = draft.durations.get(task.id)
            if days is not None and 0 < days <= 260 and not task.source:
                task.duration_days = days
        norm = finished(norm, context.lang, families()[norm.process].years, request.start, request.deadline)
        return norm.model_copy(update={"text": plain(norm, context.lang)})

    def check(self, request: NormRequest, deliverable: Norm, context: RunContext) -> list[Finding]:
        return check_norm(deliverable, context.lang, request.deadline)

    def revised(self, deliverable: Norm, text: str) -> Norm:
        return deliverable.model_copy(update={"text": text})

    def recomputed(self, request: NormRequest, deliverable: Norm, lang: Lang) -> Norm:
        """Dates, slack, records and the text after the tasks, their order, the start or the deadline were changed."""
        norm = deliverable.model_copy(deep=True)
        norm = finished(norm, lang, families()[norm.process].years, norm.start, norm.deadline)
        return norm.model_copy(update={"text": plain(norm, lang)})

    def extras(self, request: NormRequest, deliverable: Norm, context: RunContext) -> Sequence[Extra]:
        lang = context.lang

        def extra(name: str, make: Callable[[], str | bytes]) -> Extra:
            def content() -> bytes:
                made = make()
                return made if isinstance(made, bytes) else made.encode()

            stem, _, kind = name.partition(".")
            key = f"scenarios.office:extra.{stem if stem in DRAWN else kind}"
            return Extra(name, f"{text(key, lang)} {kind.upper()}" if stem in DRAWN else text(key, lang), content)

        made = [
            extra("process.bpmn", lambda: bpmn(deliverable)),
            extra("plan.ics", lambda: calendar(deliverable, lang)),
            extra("process.mmd", lambda: mermaid(deliverable)),
        ]
        for name, draw in DRAWN.items():
            made.append(extra(f"{name}.svg", partial(draw, deliverable, lang)))
            made.append(extra(f"{name}.png", partial(drawn, name, deliverable, lang)))
        return made

    def text(self, deliverable: Norm) -> str:
        return deliverable.text

    def sections(self, deliverable: Norm, lang: Lang) -> Sequence[Section]:
        made = [*illustrated(deliverable, lang), *plan_sheets(deliverable, lang)]
        if deliverable.text.strip() == plain(deliverable, lang).strip():
            return [Section(deliverable.title), *made]
        edited = text("scenarios.office:section.edited", lang)
        return [Section(deliverable.title), Section(edited, tuple(filter(None, deliverable.text.splitlines()))), *made]


class RuleReviewing(Task[RuleRequest, RuleReview, ReviewDraft]):
    """``office review``: a new rule against itself and against the rules in the knowledge bases."""

    name = "review"
    errors_block = False
    request, deliverable, draft = RuleRequest, RuleReview, ReviewDraft

    def gather(self, request: RuleRequest, context: RunContext) -> None:
        """Read the rule and keep the passages that it contradicts or repeats. Raises ``DocumentError``."""
        if request.file:
            document = context.files.read(request.file)
            title, rule = document.title, document.text
        elif request.text:
            title, rule = next(filter(None, map(str.strip, request.text.splitlines()))).lstrip("# "), request.text
        else:
            raise RequestError("scenarios.office:review.empty")
        found = [FoundStep(name=s.name, owner=s.owner, time=s.time, record=s.record) for s in steps(rule)]
        context.notes["review"] = RuleReview(title=title[:100], text=rule, steps=found)
        context.notes["findings"] = review(rule, context)

    def compose(self, request: RuleRequest, context: RunContext) -> RuleReview:
        made: RuleReview = context.notes["review"]
        return made

    def brief(self, request: RuleRequest, context: RunContext) -> dict[str, str]:
        return {"text": context.notes["review"].text[:6000]}

    def settle(self, request: RuleRequest, draft: ReviewDraft, context: RunContext) -> RuleReview:
        return self.compose(request, context)

    def check(self, request: RuleRequest, deliverable: RuleReview, context: RunContext) -> list[Finding]:
        known: RuleReview | None = context.notes.get("review")
        if known is not None and known.text == deliverable.text:
            found: list[Finding] = context.notes["findings"]
            return found
        return review(deliverable.text, context)

    def revised(self, deliverable: RuleReview, text: str) -> RuleReview:
        found = [FoundStep(name=s.name, owner=s.owner, time=s.time, record=s.record) for s in steps(text)]
        return deliverable.model_copy(update={"text": text, "steps": found})

    def text(self, deliverable: RuleReview) -> str:
        return deliverable.text

    def sections(self, deliverable: RuleReview, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.office:{key}", lang)

        head = tuple(say(f"field.{field}") for field in ("task", "responsible", "time", "record"))
        rows = [
            (s.name, *(part or say("norm.none") for part in (s.owner, s.time, s.record))) for s in deliverable.steps
        ]
        return [
            Section(deliverable.title),
            Section(say("section.steps"), table=(head, *rows) if rows else ()),
            Section(
                say("section.reviewed"), tuple(filter(None, map(str.strip, deliverable.text.splitlines()))), quoted=True
            ),
        ]


OFFICE = Scenario(
    slug="office",
    icon="account_tree",
    tasks=(NormWriting(), RuleReviewing(), Optimising(), MinutesTaking(), LetterWriting()),
    knowledge=("sample-company",),
)
