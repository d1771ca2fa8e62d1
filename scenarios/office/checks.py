"""What must hold in a process norm: owners, deadlines, records, flow, separation of duties, dates. All by code."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from workbench.errors import RequestError
from workbench.findings import Finding, Severity, Where
from workbench.texts import Lang, text

from .models import Norm, NormTask
from .network import spans
from .schedule import overload
from .timing import activities, in_a_row, people, scheduled
from .workdays import Workdays

_APART = [("request", "approve"), ("pay", "reconcile"), ("execute", "verify"), ("approve", "pay")]
"""Duties that one role must not hold both: 《企业内部控制基本规范》 art. 29, separation of incompatible posts."""


def check_norm(norm: Norm, lang: Lang, deadline: date | None = None) -> list[Finding]:
    """All findings, those that make the process impossible first."""
    found = [*_tasks(norm, lang), *_flow(norm, lang), *_branches(norm, lang), *_duties(norm, lang)]
    found += [*_inputs(norm, lang), *_roles(norm, lang), *_times(norm, lang, deadline or norm.deadline)]
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(found, key=lambda finding: order[finding.severity])


def _say(lang: Lang, rule: str, severity: Severity, task: NormTask | None = None, **values: Any) -> Finding:
    key = f"scenarios.office:check.{rule}"
    if task is not None:
        values = {"id": task.id, "name": task.name, **values}
    return Finding(
        rule=rule,
        severity=severity,
        message=text(key, lang, **values),
        where=Where(quote=task.name if task else ""),
        basis=text(f"{key}.basis", lang),
        suggestion=text(f"{key}.fix", lang, **values),
    )


def _tasks(norm: Norm, lang: Lang) -> Iterator[Finding]:
    for task in norm.tasks():
        people = [part for part in task.accountable.replace("、", ",").replace("，", ",").split(",") if part.strip()]
        if len(people) != 1:
            yield _say(lang, "task.accountable", "error", task)
        if not task.responsible.strip():
            yield _say(lang, "task.responsible", "error", task)
        if task.finish is None:
            yield _say(lang, "task.deadline", "error", task)
        if not task.record.strip():
            yield _say(lang, "task.record", "warning", task)
    counts = Counter(task.id for task in norm.tasks())
    for task in norm.tasks():
        if counts.pop(task.id, 1) > 1:
            yield _say(lang, "task.id", "error", task)


def _flow(norm: Norm, lang: Lang) -> Iterator[Finding]:
    tasks = norm.tasks()
    ids = {task.id for task in tasks}
    for task in tasks:
        for before in task.depends_on:
            if before not in ids:
                yield _say(lang, "step.unknown", "error", task, other=before)
    followed = {before for task in tasks for before in task.depends_on}
    followed |= {task.id for task in tasks if task.branches}
    reached = {target for task in tasks for target in task.branches.values()}
    for task in tasks:
        alone = not task.depends_on and task.id not in reached and task.id not in followed
        if alone and len(tasks) > 1:
            yield _say(lang, "step.orphan", "error", task)
    try:
        spans(activities(norm))
    except RequestError as error:
        yield Finding(
            rule="step.circle",
            severity="error",
            message=error.text(lang),
            basis=text("scenarios.office:check.step.circle.basis", lang),
        )


def _branches(norm: Norm, lang: Lang) -> Iterator[Finding]:
    order = {task.id: number for number, task in enumerate(norm.tasks())}
    for task in norm.tasks():
        decides = task.duty in ("approve", "verify") or bool(task.branches)
        if task.branches and len(task.branches) < 2:
            yield _say(lang, "decision.branches", "error", task)
        elif decides and not task.branches:
            yield _say(lang, "decision.open", "info", task)
        for outcome, target in task.branches.items():
            if target != "end" and target not in order:
                yield _say(lang, "decision.unknown", "error", task, outcome=outcome, other=target)
        back = [target for target in task.branches.values() if order.get(target, 10**6) <= order[task.id]]
        if task.branches and len(back) == len(task.branches):
            yield _say(lang, "loop.exit", "error", task)


def _duties(norm: Norm, lang: Lang) -> Iterator[Finding]:
    holders: dict[str, dict[str, NormTask]] = {}
    for task in norm.tasks():
        if task.duty:
            holders.setdefault(task.duty, {}).setdefault(task.responsible, task)
    for one, other in _APART:
        for role in holders.get(one, {}).keys() & holders.get(other, {}).keys():
            first, second = holders[one][role], holders[other][role]
            if one == "execute" and not _checks(norm, second, role):
                continue
            yield _say(
                lang, "duty.segregation", "error", second, role=role, other=f"{first.id} {first.name}",
                duties=text(f"scenarios.office:duty.{one}.{other}", lang),
            )  # fmt: skip


def _checks(norm: Norm, verifying: NormTask, role: str) -> bool:
    """Whether ``verifying`` checks the work of the same role, and not somebody else's."""
    made = {task.deliverable: task.responsible for task in norm.tasks() if task.duty == "execute"}
    direct = [task for task in norm.tasks() if task.id in verifying.depends_on]
    sources = {made[name] for name in verifying.inputs if name in made} | {
        task.responsible for task in direct if task.duty == "execute"
    }
    return role in sources


def _inputs(norm: Norm, lang: Lang) -> Iterator[Finding]:
    tasks = norm.tasks()
    makers = {task.deliverable: task for task in tasks if task.deliverable}
    order = {task.id: number for number, task in enumerate(tasks)}
    before: dict[str, set[str]] = {}
    for task in tasks:
        before[task.id] = set(task.depends_on).union(*(before.get(id, set()) for id in task.depends_on))
    for task in tasks:
        for name in task.inputs:
            maker = makers.get(name)
            if maker is None or maker.id == task.id:
                continue
            later = order[maker.id] > order[task.id] or maker.id not in before[task.id]
            if later:
                yield _say(lang, "input.early", "error", task, input=name, other=f"{maker.id} {maker.name}")


def _roles(norm: Norm, lang: Lang) -> Iterator[Finding]:
    known = {role.name for role in norm.roles}
    used = set()
    for task in norm.tasks():
        for name in (task.responsible, task.accountable, *task.consulted, *task.informed):
            used.add(name)
            if name and name not in known:
                yield _say(lang, "role.unknown", "error", task, role=name)
    used |= {stage.owner for stage in norm.stages}
    for name in sorted(known - used):
        yield _say(lang, "role.idle", "info", role=name)


def _times(norm: Norm, lang: Lang, deadline: date | None) -> Iterator[Finding]:
    try:
        schedule = scheduled(norm, norm.start, deadline)
    except RequestError:
        return  # reported as a circle or an unknown step already
    named = {task.id: task for task in norm.tasks()}
    if deadline and deadline < schedule.start:
        yield _say(lang, "time.before", "error", deadline=deadline, start=schedule.start)
    if schedule.short and deadline:
        longest = sorted(schedule.critical, key=lambda id: -named[id].duration_days)[:3]
        tasks = [f"{id} {named[id].name}" for id in longest]
        yield _say(lang, "time.deadline", "error", deadline=deadline, missing=schedule.short, tasks=tasks)
    busy = overload(schedule, people(norm), norm.workdays())
    days = in_a_row(norm) if busy else 0
    for role, day, ids in busy:
        yield _say(lang, "time.overload", "info", role=role, day=day, tasks=list(ids), days=days)
    if Workdays.unpublished(schedule.finish):
        yield _say(lang, "time.unpublished", "info", year=schedule.finish.year)
