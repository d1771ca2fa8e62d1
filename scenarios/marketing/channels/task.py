"""``marketing channels``: a budget in; mix, split, calendar, expectations and an experiment out."""

from collections.abc import Sequence

from workbench.findings import Finding, Severity
from workbench.language import figures
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang, text

from ..performance.table import table
from .document import document
from .models import Channels, ChannelsDraft, ChannelsRequest
from .plan import planned, replanned, summary


class ChannelsTask(Task[ChannelsRequest, Channels, ChannelsDraft]):
    """The plan is reckoned by code from a stated model; a model may only find other words around it."""

    name = "channels"
    errors_block = True
    request, deliverable, draft = ChannelsRequest, Channels, ChannelsDraft

    def gather(self, request: ChannelsRequest, context: RunContext) -> None:
        """The history is the evidence."""
        history = None
        if request.history:
            cells = context.files.grid(request.history)
            history = table(cells, {}).frame if len(cells) > 1 else None
        context.notes["plan"] = planned(request, history, context.lang)

    def compose(self, request: ChannelsRequest, context: RunContext) -> Channels:
        plan: Channels = context.notes["plan"]
        return plan

    def brief(self, request: ChannelsRequest, context: RunContext) -> dict[str, str]:
        plan: Channels = context.notes["plan"]
        return {"summary": plan.summary, "audience": request.audience or "-", "product": request.product or "-"}

    def settle(self, request: ChannelsRequest, draft: ChannelsDraft, context: RunContext) -> Channels:
        """A model's words stand when every figure in them is one of the plan's."""
        plan: Channels = context.notes["plan"]
        words = draft.summary.strip()
        return (
            plan.model_copy(update={"summary": words})
            if words and not _strange(request, plan, words, context.lang)
            else plan
        )

    def check(self, request: ChannelsRequest, deliverable: Channels, context: RunContext) -> list[Finding]:
        found = [_finding(rule, "warning", context.lang) for rule in deliverable.notes]
        sums = round(sum(one.budget for one in deliverable.mix), 2)
        if abs(sums - round(deliverable.budget, 2)) >= 0.005:
            found.append(
                _finding(
                    "channels.sum", "error", context.lang, sums=f"{sums:,.2f}", budget=f"{deliverable.budget:,.2f}"
                )
            )
        assumed = [one.name for one in deliverable.mix if one.response.source == "assumed"]
        if assumed:
            found.append(_finding("channels.assumed", "info", context.lang, names=assumed))
        if request.history and all(one.response.source == "assumed" for one in deliverable.mix):
            found.append(_finding("channels.history_unused", "warning", context.lang))
        test = deliverable.experiment
        if test is None:
            found.append(_finding("channels.no_experiment", "warning", context.lang))
        elif not test.fits:
            values = {"days": test.days, "per_arm": f"{test.per_arm:,}"}
            found.append(_finding("channels.too_few_tries", "warning", context.lang, **values))
        if strange := _strange(request, deliverable, deliverable.summary, context.lang):
            found.append(_finding("channels.strange_figure", "warning", context.lang, figures=strange[:8]))
        return found

    def recomputed(self, request: ChannelsRequest, deliverable: Channels, lang: Lang) -> Channels:
        return replanned(request, deliverable, lang)

    def revised(self, deliverable: Channels, text: str) -> Channels:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Channels) -> str:
        return deliverable.summary

    def sections(self, deliverable: Channels, lang: Lang) -> Sequence[Section]:
        return document(deliverable, lang)


def _strange(request: ChannelsRequest, plan: Channels, words: str, lang: Lang) -> list[str]:
    """Figures in ``words`` that are not the plan's."""
    known = "\n".join([summary(request, plan, lang), *plan.assumptions, request.goal, request.audience, request.season])
    return sorted(figures(words) - figures(known))


def _finding(rule: str, severity: Severity, lang: Lang, **values: object) -> Finding:
    message = text(f"scenarios.marketing:{rule}", lang, **values)
    return Finding(
        rule=rule, severity=severity, message=message, suggestion=text(f"scenarios.marketing:{rule}.fix", lang)
    )
