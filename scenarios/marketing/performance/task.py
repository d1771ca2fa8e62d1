"""``marketing performance``: an export in, figures with their significance and what to do about them out."""

from collections.abc import Sequence

from workbench.findings import Finding, Where
from workbench.language import figures as figures_in
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang, text

from .actions import actions, shift
from .figures import by_campaign, by_channel, by_channel_day, by_creative, by_day, totals
from .models import COUNTS, Issue, Performance, PerformanceDraft, PerformanceRequest
from .report import report
from .signals import anomalies, fatigue
from .significance import comparisons
from .summary import summary
from .table import table


class PerformanceTask(Task[PerformanceRequest, Performance, PerformanceDraft]):
    """Every figure comes from the file by code; a model may only find other words around them."""

    name = "performance"
    request, deliverable, draft = PerformanceRequest, Performance, PerformanceDraft

    def gather(self, request: PerformanceRequest, context: RunContext) -> None:
        """The file is the evidence."""
        context.notes["report"] = _measured(request, context)

    def compose(self, request: PerformanceRequest, context: RunContext) -> Performance:
        made: Performance = context.notes["report"]
        return made

    def brief(self, request: PerformanceRequest, context: RunContext) -> dict[str, str]:
        found: Performance = context.notes["report"]
        why = "\n".join(f"- {one.action} {one.level} {one.name}: {one.evidence}" for one in found.actions[:30])
        return {"summary": found.summary, "actions": why or "-"}

    def settle(self, request: PerformanceRequest, draft: PerformanceDraft, context: RunContext) -> Performance:
        """A model's words stand when every figure in them is one of ours; otherwise the composed ones do."""
        found: Performance = context.notes["report"]
        words = draft.summary.strip()
        known = figures_in(found.summary + "\n".join(one.evidence for one in found.actions))
        if words and not figures_in(words) - known:
            return found.model_copy(update={"summary": words})
        return found

    def check(self, request: PerformanceRequest, deliverable: Performance, context: RunContext) -> list[Finding]:
        found = [finding(issue, context.lang) for issue in deliverable.issues]
        known = figures_in(summary(deliverable, context.lang) + "\n".join(one.evidence for one in deliverable.actions))
        strange = sorted(figures_in(deliverable.summary) - known)
        if strange:
            values: dict[str, str | list[str]] = {"figures": strange[:8]}
            found.append(
                finding(Issue(rule="performance.strange_figure", severity="warning", values=values), context.lang)
            )
        return found

    def revised(self, deliverable: Performance, text: str) -> Performance:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Performance) -> str:
        return deliverable.summary

    def sections(self, deliverable: Performance, lang: Lang) -> Sequence[Section]:
        return report(deliverable, lang)


def _measured(request: PerformanceRequest, context: RunContext) -> Performance:
    """The whole report of a file; one without figures says in its issues what is wrong with it."""
    if not request.file:
        return _nothing("performance.no_file", context.lang)
    cells = context.files.grid(request.file)
    if len(cells) < 2:
        return _nothing("performance.empty", context.lang)
    read = table(cells, request.columns)
    frame = read.frame
    if not set(COUNTS) & set(frame.columns):
        header = "、".join(filter(None, map(str, cells[0])))[:300]
        return _nothing("performance.no_counts", context.lang, header=header)
    if frame.empty:
        return _nothing("performance.empty", context.lang)
    channels, creatives, days = by_channel(frame), by_creative(frame), by_day(frame)
    by_both = by_channel_day(frame)
    whole, tired = totals(frame), fatigue(frame, request.alpha)
    odd = anomalies(by_both or {"": days})
    judged = actions(request, whole, channels, creatives, tired, context.lang)
    found = Performance(
        columns=read.columns,
        rows=len(frame),
        start=days[0].date if days else "",
        end=days[-1].date if days else "",
        totals=whole,
        by_channel=channels,
        by_campaign=by_campaign(frame),
        by_creative=creatives,
        by_day=days,
        by_channel_day=by_both,
        comparisons=comparisons(channels, creatives, request.alpha),
        fatigue=tired,
        anomalies=odd,
        actions=judged,
        shift=shift(request, judged, channels, by_both, odd),
        issues=read.issues,
        summary="-",
    )
    return found.model_copy(update={"summary": summary(found, context.lang)})


def _nothing(rule: str, lang: Lang, **values: str) -> Performance:
    found = Performance(summary="-", issues=[Issue(rule=rule, severity="error", values=values)])
    return found.model_copy(update={"summary": summary(found, lang)})


def finding(issue: Issue, lang: Lang) -> Finding:
    """What was doubtful about a file, for people."""
    values = dict(issue.values)
    for name in ("field", "more", "less"):
        if name in values:
            values[name] = text(f"scenarios.marketing:performance.field.{values[name]}", lang)
    return Finding(
        rule=issue.rule,
        severity=issue.severity,
        message=text(f"scenarios.marketing:{issue.rule}", lang, **values),
        where=Where(quote=issue.quote),
        suggestion=text(f"scenarios.marketing:{issue.rule}.fix", lang),
    )
