"""The task ``hr assess``."""

from collections.abc import Callable, Sequence
from functools import partial

from workbench.errors import RequestError
from workbench.findings import Finding, Where
from workbench.run import RunContext
from workbench.scenario import Extra, Section, Task
from workbench.texts import Lang, text

from ..sources import title_line
from ..word_file import word_file
from . import document
from .answers import responses
from .marking import result
from .models import KINDS, OBJECTIVE, AssessDraft, Assessment, AssessRequest, Item, Result
from .objective import multiple, single
from .open_items import case, short
from .pool import Pool, numbered, pool_of
from .settled import settled
from .statistics import reliability, statistics

_MAKERS = {"single": single, "multiple": multiple, "short": short, "case": case}


class AssessTask(Task[AssessRequest, Assessment, AssessDraft]):
    """``hr assess``: no item whose key is not quoted; open marks are proposals."""

    name = "assess"
    request = AssessRequest
    deliverable = Assessment
    draft = AssessDraft

    def gather(self, request: AssessRequest, context: RunContext) -> None:
        if request.test_run:
            context.notes["test"] = _earlier(request.test_run, context)
        else:
            context.notes["pool"] = pool_of(request, context)

    def compose(self, request: AssessRequest, context: RunContext) -> Assessment:
        if "test" in context.notes:
            return _marked(request, context.notes["test"], context)
        pool: Pool = context.notes["pool"]
        return _marked(request, _test(request, pool, {}), context)

    def brief(self, request: AssessRequest, context: RunContext) -> dict[str, str]:
        pool: Pool | None = context.notes.get("pool")
        if pool is None:
            return {"job": "-", "material": "-", "counts": "0"}
        ranked = sorted(pool.material.statements, key=lambda one: -pool.near.get(one.text, 0.0))[:80]
        counts = ", ".join(f"{kind} {getattr(request, kind)}" for kind in KINDS)
        lines = [f"《{one.passage.title}》{one.text}" for one in ranked]
        return {"job": pool.described.document.text[:3000], "material": "\n".join(lines) or "-", "counts": counts}

    def settle(self, request: AssessRequest, draft: AssessDraft, context: RunContext) -> Assessment:
        """A model's item stays where its quote stands in the material and proves its key; code fills up the rest."""
        if "test" in context.notes:
            return _marked(request, context.notes["test"], context)
        pool: Pool = context.notes["pool"]
        kept: dict[str, list[Item]] = {kind: [] for kind in KINDS}
        for one in draft.items:
            item = settled(one, pool)
            if item is not None and len(kept[item.kind]) < getattr(request, item.kind):
                kept[item.kind].append(item)
        return _marked(request, _test(request, pool, kept), context)

    def subject(self, request: AssessRequest) -> str:
        """The job's first line."""
        return title_line(request.job) or super().subject(request)

    def recomputed(self, request: AssessRequest, deliverable: Assessment, lang: Lang) -> Assessment:
        """Totals and statistics as the marks say: a person changed some after a second look."""
        results = [
            one.model_copy(
                update={
                    "score": round(sum(mark.points for mark in one.marks), 2),
                    "max": sum(mark.max for mark in one.marks),
                }
            )
            for one in deliverable.results
        ]
        return _counted(deliverable, results, lang)

    def check(self, request: AssessRequest, deliverable: Assessment, context: RunContext) -> list[Finding]:
        def say(key: str, **values: object) -> str:
            return text(f"scenarios.hr:{key}", context.lang, **values)

        findings = [
            Finding(
                rule="assess.unreadable", severity="warning",
                message=say("check.unreadable", file=one.file, error=one.error),
            )
            for one in deliverable.unreadable
        ]  # fmt: skip
        pool = context.notes.get("pool")
        if pool is None and not request.test_run and (request.job or request.material):
            pool = pool_of(request, context)
        for one in deliverable.items:
            where = Where(quote=one.stem)
            letters = {option.key for option in one.options}
            few = len(one.key) != 1 if one.kind == "single" else len(one.key) < 2
            if one.kind in OBJECTIVE and (few or not set(one.key) <= letters or len(letters) < 3):
                findings.append(
                    Finding(rule="assess.key", severity="error", message=say("check.key", id=one.id), where=where)
                )
            if not one.evidence or (pool is not None and not all(pool.holds(source) for source in one.evidence)):
                findings.append(
                    Finding(rule="assess.unquoted", severity="error", message=say("check.item", id=one.id), where=where)
                )
        if pool is not None:
            findings += _missing(request, deliverable, pool, context.lang)
        for line in deliverable.statistics:
            if line.discrimination is not None and line.discrimination < 0:
                message = say("check.against", id=line.item, value=line.discrimination)
                findings.append(Finding(rule="assess.against", severity="warning", message=message))
        if looks := sum(mark.second_look for one in deliverable.results for mark in one.marks):
            message = say("check.second_look", count=looks)
            findings.append(Finding(rule="assess.second_look", severity="warning", message=message))
        return findings

    def revised(self, deliverable: Assessment, text: str) -> Assessment:
        return deliverable.model_copy(update={"summary": text})

    def extras(self, request: AssessRequest, deliverable: Assessment, context: RunContext) -> Sequence[Extra]:
        """What candidates get: the paper without keys, and a sheet for answers that is read when it comes back."""
        files = (("paper", document.handed_out), ("answer_sheet", document.answer_sheet))
        return [
            Extra(
                f"{name.replace('_', '-')}.docx", text(f"scenarios.hr:extra.{name}", context.lang),
                partial(_written, make, deliverable, context.lang),
            )
            for name, make in files
        ]  # fmt: skip

    def text(self, deliverable: Assessment) -> str:
        return deliverable.summary

    def sections(self, deliverable: Assessment, lang: Lang) -> Sequence[Section]:
        return document.sections(deliverable, lang)


def _missing(request: AssessRequest, deliverable: Assessment, pool: Pool, lang: Lang) -> list[Finding]:
    """What was asked for and could not be made from the material."""
    short_of = []
    for kind in KINDS:
        made = sum(one.kind == kind for one in deliverable.items)
        if made < getattr(request, kind):
            name = text(f"scenarios.hr:itemkind.{kind}", lang)
            short_of.append(f"{name} {made}/{getattr(request, kind)}")
    if not short_of:
        return []
    key = "check.few_items" if pool.material.statements or pool.material.tables else "check.no_material"
    message = text(f"scenarios.hr:{key}", lang, made=("，" if lang == "zh" else ", ").join(short_of))
    return [Finding(rule=f"assess.{key.removeprefix('check.')}", severity="warning", message=message)]


def _test(request: AssessRequest, pool: Pool, kept: dict[str, list[Item]]) -> Assessment:
    made: dict[str, list[Item]] = {}
    for kind in ("case", "short", "multiple", "single"):  # what needs most statements is made first
        given = kept.get(kind, [])
        made[kind] = given + _MAKERS[kind](pool, getattr(request, kind) - len(given))
    if any(len(made[kind]) < getattr(request, kind) for kind in OBJECTIVE):
        # A short material: a choice may then ask what an open item asks in other words.
        pool.free(source for one in (*made["short"], *made["case"]) for source in one.evidence)
        for kind in reversed(OBJECTIVE):
            made[kind] += _MAKERS[kind](pool, getattr(request, kind) - len(made[kind]))
    items = numbered([item for kind in KINDS for item in made[kind]])
    title = pool.say("title", title=pool.job.title or pool.say("post"))
    sources = list(dict.fromkeys(one.source for item in items for one in item.evidence))
    counts = []
    for kind in KINDS:
        those = [one for one in items if one.kind == kind]
        if those:
            name, points = text(f"scenarios.hr:itemkind.{kind}", pool.lang), f"{sum(one.points for one in those):g}"
            counts.append(pool.say("count", kind=name, count=len(those), points=points))
    between = "；" if pool.lang == "zh" else "; "
    lines = [
        pool.say("summary", title=title, count=len(items), points=f"{sum(one.points for one in items):g}"),
        between.join(counts),
        pool.say("summary.sources", sources=("、" if pool.lang == "zh" else ", ").join(sources) or "-"),
        pool.say("summary.rule"),
    ]
    return Assessment(
        title=title, summary="\n".join(filter(None, lines)), items=items, unreadable=pool.unreadable,
        test_run=request.test_run,
    )  # fmt: skip


def _earlier(run_id: str, context: RunContext) -> Assessment:
    run, version = context.earlier(run_id)
    if (run.scenario, run.task) != ("hr", "assess"):
        raise RequestError("scenarios.hr:error.no_test", run_id=run_id)
    test = Assessment.model_validate(version.deliverable)
    return test.model_copy(update={"test_run": run_id, "unreadable": []})


def _marked(request: AssessRequest, test: Assessment, context: RunContext) -> Assessment:
    given, unread = responses(request.answers, test.items, context)
    near = context.knowledge.likeness
    results = [result(one, test.items, near, context.lang) for one in (*request.responses, *given)]
    test = test.model_copy(update={"unreadable": [*test.unreadable, *unread]})
    if not results:
        return test
    results.sort(key=lambda one: (-one.score, one.candidate))
    looks = sum(mark.second_look for one in results for mark in one.marks)
    line = text(
        "scenarios.hr:assess.summary.marked", context.lang, people=len(results), best=results[0].candidate,
        score=f"{results[0].score:g}", max=f"{results[0].max:g}", looks=looks,
    )  # fmt: skip
    return _counted(test.model_copy(update={"summary": f"{test.summary}\n{line}"}), results, context.lang)


def _counted(test: Assessment, results: list[Result], lang: Lang) -> Assessment:
    return test.model_copy(
        update={
            "results": results,
            "statistics": statistics(test.items, results, lang),
            "reliability": reliability(results),
        }
    )


def _written(make: Callable[[Assessment, Lang], Sequence[Section]], test: Assessment, lang: Lang) -> bytes:
    return word_file(make(test, lang))
