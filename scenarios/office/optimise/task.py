"""``office optimise``: an event log in; waiting, rework, ways, conformance and proposals out. All by code."""

from collections.abc import Sequence

from workbench.findings import Finding, Severity, Where
from workbench.language import figures
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang, text

from .conformance import conformance
from .log import event_log
from .measures import activities, handovers, measured, throughput, traces, variants
from .models import Issue, Optimisation, OptimiseDraft, OptimiseRequest
from .proposals import proposals
from .report import report, summary


class Optimising(Task[OptimiseRequest, Optimisation, OptimiseDraft]):
    """Every figure comes from the log by code; a model may only find other words around them."""

    name = "optimise"
    request, deliverable, draft = OptimiseRequest, Optimisation, OptimiseDraft

    def gather(self, request: OptimiseRequest, context: RunContext) -> None:
        """Read the file and reckon. Raises ``DocumentError`` and ``RequestError``."""
        if not request.log:
            words = text("scenarios.office:optimise.nothing", context.lang)
            context.notes["made"] = Optimisation(text=words, issues=[Issue(rule="optimise.no_file", severity="error")])
            return
        log, issues = event_log(context.files.grid(request.log), request.columns)
        events = measured(log)
        whole = throughput(events)
        if whole.cases < 5:
            issues.append(Issue(rule="optimise.few", severity="warning", values={"count": whole.cases}))
        times, ways = activities(events), variants(events)
        fit = conformance(traces(events), request.expected) if any(map(str.strip, request.expected)) else None
        made = Optimisation(
            throughput=whole,
            activities=times,
            handovers=handovers(events),
            variants=ways,
            conformance=fit,
            proposals=proposals(events, times, ways, fit, context.lang),
            issues=issues,
        )
        context.notes["made"] = made.model_copy(update={"text": summary(made, context.lang)})

    def compose(self, request: OptimiseRequest, context: RunContext) -> Optimisation:
        made: Optimisation = context.notes["made"]
        return made

    def brief(self, request: OptimiseRequest, context: RunContext) -> dict[str, str]:
        return {"summary": context.notes["made"].text}

    def settle(self, request: OptimiseRequest, draft: OptimiseDraft, context: RunContext) -> Optimisation:
        """A model's words stand when every figure in them is one of ours; otherwise the composed ones do."""
        made: Optimisation = context.notes["made"]
        words = draft.text.strip()
        if words and not figures(words) - figures(made.text):
            return made.model_copy(update={"text": words})
        return made

    def check(self, request: OptimiseRequest, deliverable: Optimisation, context: RunContext) -> list[Finding]:
        found = [_finding(issue, context.lang) for issue in deliverable.issues]
        if strange := sorted(figures(deliverable.text) - figures(summary(deliverable, context.lang))):
            values = {"figures": strange[:8]}
            found.append(_finding(Issue(rule="optimise.figure", severity="warning", values=values), context.lang))
        for one in deliverable.conformance.deviations if deliverable.conformance else []:
            told = {"step": one.step, "cases": one.cases, "share": f"{one.share:.0%}", "example": one.example}
            severity: Severity = "warning" if one.kind == "skipped" else "info"
            issue = Issue(rule=f"optimise.{one.kind}", severity=severity, quote=one.step, values=told)
            found.append(_finding(issue, context.lang))
        return found

    def revised(self, deliverable: Optimisation, text: str) -> Optimisation:
        return deliverable.model_copy(update={"text": text})

    def text(self, deliverable: Optimisation) -> str:
        return deliverable.text

    def sections(self, deliverable: Optimisation, lang: Lang) -> Sequence[Section]:
        return report(deliverable, lang)


def _finding(issue: Issue, lang: Lang) -> Finding:
    return Finding(
        rule=issue.rule,
        severity=issue.severity,
        message=text(f"scenarios.office:{issue.rule}", lang, **issue.values),
        where=Where(quote=issue.quote),
    )
