"""``marketing results``: an export in, results by variant and lessons for the next brief out."""

from collections.abc import Sequence

from workbench.errors import RequestError
from workbench.findings import Finding
from workbench.language import figures as figures_in
from workbench.run import RunContext
from workbench.scenario import Kind, Section, Task
from workbench.subjects import file_name
from workbench.texts import Lang, text

from ..creative.models import Creative
from ..performance.models import Issue
from ..performance.summary import p_value
from ..performance.table import table
from ..performance.task import finding
from .attach import attached, lessons
from .models import Lesson, Results, ResultsDraft, ResultsRequest

_SHOWN = 8
_LISTED = 20


class ResultsTask(Task[ResultsRequest, Results, ResultsDraft]):
    """Every figure comes from the file by code; a model may only find other words around them."""

    name = "results"
    errors_block = False
    request, deliverable, draft = ResultsRequest, Results, ResultsDraft

    def subject(self, request: ResultsRequest) -> str:
        return file_name(request.file)  # the id of the run says nothing to people

    def gather(self, request: ResultsRequest, context: RunContext) -> None:
        context.notes["results"] = _read(request, context)

    def compose(self, request: ResultsRequest, context: RunContext) -> Results:
        made: Results = context.notes["results"]
        return made

    def brief(self, request: ResultsRequest, context: RunContext) -> dict[str, str]:
        return {"summary": self.compose(request, context).summary}

    def settle(self, request: ResultsRequest, draft: ResultsDraft, context: RunContext) -> Results:
        """A model's words stand when every figure in them is one of ours; otherwise the composed ones do."""
        found = self.compose(request, context)
        words = draft.summary.strip()
        if words and not figures_in(words) - figures_in(found.summary):
            return found.model_copy(update={"summary": words})
        return found

    def check(self, request: ResultsRequest, deliverable: Results, context: RunContext) -> list[Finding]:
        return [finding(issue, context.lang) for issue in deliverable.issues]

    def revised(self, deliverable: Results, text: str) -> Results:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Results) -> str:
        return deliverable.summary

    def sections(self, deliverable: Results, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.marketing:{key}", lang)

        counts = ("impressions", "clicks", "conversions", "cost", "ctr", "cvr", "cpa")
        header = (
            *(say(f"creative.column.{name}") for name in ("id", "channel", "angle", "audience", "headline")),
            *(say(f"performance.field.{name}") for name in counts),
        )
        rows = [
            (row.id, say(f"form.channels.{row.channel}"), say(f"form.angles.{row.angle}"), row.audience, row.headline,
             *(getattr(row, name) for name in counts))
            for row in deliverable.rows
        ]  # fmt: skip
        kinds: tuple[Kind, ...] = (
            "",
            "",
            "",
            "",
            "",
            "number",
            "number",
            "number",
            "money",
            "percent",
            "percent",
            "money",
        )
        return [
            Section(say("results.section.lessons"), tuple(deliverable.summary.split("\n"))),
            Section(say("results.section.rows"), (say("performance.tests.how"),), (header, *rows), kinds=kinds),
        ]


def learned(run_ids: Sequence[str], context: RunContext) -> list[tuple[Lesson, str]]:
    """The proven lessons of earlier runs of this task, each with its sentence, the newest run's first.

    Raises ``NotFoundError`` for an unknown run, ``RequestError`` for one of another task.
    """
    found = []
    for run_id in run_ids:
        run, version = context.earlier(run_id)
        if (run.scenario, run.task) != ("marketing", "results"):
            raise RequestError("scenarios.marketing:results.no_results", run_id=run_id)
        made = Results.model_validate(version.deliverable)
        found += [(lesson, _sentence(lesson, context.lang)) for lesson in made.lessons if lesson.significant]
    return found


def _read(request: ResultsRequest, context: RunContext) -> Results:
    if not request.creative_run:
        return _nothing(request, "results.no_run", context.lang)
    run, version = context.earlier(request.creative_run)
    if (run.scenario, run.task) != ("marketing", "creative"):
        raise RequestError("scenarios.marketing:results.no_creative", run_id=request.creative_run)
    if not request.file:
        return _nothing(request, "performance.no_file", context.lang)
    cells = context.files.grid(request.file)
    if len(cells) < 2:
        return _nothing(request, "performance.empty", context.lang)
    read = table(cells, request.columns)
    rows, unknown = attached(read.frame, Creative.model_validate(version.deliverable).variants)
    if not rows:
        return _nothing(request, "results.nothing_attached", context.lang)
    issues = [issue for issue in read.issues if issue.rule != "performance.missing_column"]  # few are needed here
    if unknown:
        names = unknown[:_SHOWN] + ["…"] * (len(unknown) > _SHOWN)
        values: dict[str, str | list[str]] = {"count": str(len(unknown)), "names": names}
        issues.append(Issue(rule="results.unknown", severity="warning", values=values))
    found = lessons(rows, request.alpha)
    return Results(
        creative_run=request.creative_run,
        product=str(run.request.get("product", "")),
        rows=rows,
        lessons=found,
        unknown=unknown,
        issues=issues,
        columns=read.columns,
        summary=_told(len(rows), found, context.lang),
    )


def _nothing(request: ResultsRequest, rule: str, lang: Lang) -> Results:
    said = text(f"scenarios.marketing:{rule}", lang)
    issues = [Issue(rule=rule, severity="error")]
    return Results(creative_run=request.creative_run, product="", issues=issues, summary=said)


def _told(count: int, found: Sequence[Lesson], lang: Lang) -> str:
    sure = [_sentence(lesson, lang) for lesson in found if lesson.significant][:_LISTED]
    open_ones = sum(not lesson.significant for lesson in found)
    lines = [text("scenarios.marketing:results.attached", lang, count=count), *sure]
    if not sure:
        lines.append(text("scenarios.marketing:results.none_sure", lang))
    if open_ones:
        lines.append(text("scenarios.marketing:results.open", lang, count=open_ones))
    return "\n".join(lines)


def _sentence(lesson: Lesson, lang: Lang) -> str:
    def say(key: str) -> str:
        return text(f"scenarios.marketing:{key}", lang)

    return text(
        "scenarios.marketing:results.lesson", lang,
        channel=say(f"form.channels.{lesson.channel}"), better=say(f"form.angles.{lesson.better}"),
        worse=say(f"form.angles.{lesson.worse}"), metric=say(f"performance.field.{lesson.metric}"),
        lift="∞" if lesson.lift is None else f"{lesson.lift:+.0%}", high=f"{lesson.value_better:.2%}",
        low=f"{lesson.value_worse:.2%}", tries=f"{lesson.tries:,}", p=p_value(lesson.adjusted),
    )  # fmt: skip
