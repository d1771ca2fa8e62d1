"""The declaration of the office scenario: a process norm from a form, and the review of a rule."""

from collections.abc import Sequence

from workbench.findings import Finding
from workbench.run import RunContext
from workbench.scenario import Scenario, Section, Task
from workbench.texts import Lang, text

from .checks import check_norm
from .compose import compose_norm, finished
from .document import plain, sections
from .families import families
from .models import Norm, NormDraft, NormRequest


class NormWriting(Task[NormRequest, Norm, NormDraft]):
    """``office norm``: from a form to a rule with owners, time nodes, controls and records."""

    name = "norm"
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
        norm = finished(norm, request, context.lang, families()[norm.process].years)
        return norm.model_copy(update={"text": plain(norm, context.lang)})

    def check(self, request: NormRequest, deliverable: Norm, context: RunContext) -> list[Finding]:
        return check_norm(deliverable, context.lang, request.deadline)

    def revised(self, deliverable: Norm, text: str) -> Norm:
        return deliverable.model_copy(update={"text": text})

    def text(self, deliverable: Norm) -> str:
        return deliverable.text

    def sections(self, deliverable: Norm, lang: Lang) -> Sequence[Section]:
        made = list(sections(deliverable, lang))
        if deliverable.text.strip() == plain(deliverable, lang).strip():
            return [Section(deliverable.title), *made]
        edited = text("scenarios.office:section.edited", lang)
        return [Section(deliverable.title), Section(edited, tuple(filter(None, deliverable.text.splitlines()))), *made]


OFFICE = Scenario(slug="office", icon="account_tree", tasks=(NormWriting(),), knowledge=("sample-company",))
