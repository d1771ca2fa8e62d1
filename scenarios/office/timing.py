"""What follows from a norm's tasks: dates on its calendar, flows between stages, records, risks, notes on time."""

from datetime import date
from typing import Any

from workbench.texts import Lang, text

from .models import Norm, Record, Risk
from .network import Activity, length, levelled, shortened
from .schedule import Schedule, plan
from .workdays import Workdays


def finished(norm: Norm, lang: Lang, years: int, start: date | None, deadline: date | None) -> Norm:
    """``norm`` with everything that follows from its tasks. Raises ``RequestError`` for tasks that wait for one another
    or for an unknown one."""
    schedule = scheduled(norm, start, deadline)
    for stage in norm.stages:
        for task in stage.tasks:
            dated = schedule.tasks[task.id]
            task.start, task.finish = dated.start, dated.finish
            task.slack_days, task.critical = dated.span.slack, dated.span.critical
        own = {task.deliverable for task in stage.tasks}
        stage.inputs = list(dict.fromkeys(name for task in stage.tasks for name in task.inputs if name not in own))
        stage.outputs = list(dict.fromkeys(task.deliverable for task in stage.tasks if task.deliverable))
    norm.records = [
        Record(name=task.record, keeper=task.accountable, years=years) for task in norm.tasks() if task.record
    ]
    norm.risks = [Risk(task=task.id, risk=task.risk, control=task.control) for task in norm.tasks() if task.risk]
    norm.start, norm.finish, norm.total_days = schedule.start, schedule.finish, schedule.days
    norm.deadline = deadline
    norm.notes = notes(norm, schedule, lang)
    return norm


def activities(norm: Norm) -> list[Activity]:
    """The norm's tasks as a network, those of one role in a row where it is levelled.

    Going back to an earlier task is a branch, not a dependency.
    """
    made = [Activity(task.id, task.duration_days, tuple(task.depends_on), task.wait_days) for task in norm.tasks()]
    return levelled(made, people(norm)) if norm.level else made


def people(norm: Norm) -> dict[str, str]:
    """Who carries out each task, by its id."""
    return {task.id: task.responsible for task in norm.tasks()}


def scheduled(norm: Norm, start: date | None, deadline: date | None) -> Schedule:
    """The schedule of the norm's tasks on its calendar."""
    return plan(activities(norm), norm.workdays(), start=start, deadline=deadline)


def in_a_row(norm: Norm) -> int:
    """Working days that the whole takes when nobody does two tasks at once."""
    return -int(-round(length(activities(norm.model_copy(update={"level": True}))), 6) // 1)


def notes(norm: Norm, schedule: Schedule, lang: Lang) -> list[str]:
    """What the schedule says: length and critical path; if the deadline cannot be met, by how much and what to do."""

    def say(key: str, **values: Any) -> str:
        return text(f"scenarios.office:schedule.{key}", lang, **values)

    named = {task.id: task for task in norm.tasks()}
    joint = "、" if lang == "zh" else ", "
    lines = [
        say("length", days=schedule.days, start=schedule.start, finish=schedule.finish),
        say("critical", tasks=joint.join(f"{id} {named[id].name}" for id in schedule.critical)),
    ]
    if schedule.short and schedule.deadline:
        longest = sorted(schedule.critical, key=lambda id: -named[id].duration_days)[:3]
        tasks = joint.join(
            say("takes", id=id, name=named[id].name, days=f"{named[id].duration_days:g}") for id in longest
        )
        lines.append(say("short", deadline=schedule.deadline, missing=schedule.short, tasks=tasks))
        cuts = shortened(activities(norm), schedule.available or 0)
        if cuts:
            told = joint.join(say("cut", id=id, name=named[id].name, days=f"{days:g}") for id, days in cuts.items())
            lines.append(say("option.shorten", cuts=told))
        else:
            lines.append(say("option.none"))
        if (start := _earlier(norm, schedule)) > date.today():
            lines.append(say("option.earlier", days=schedule.short, start=start))
        lines.append(say("option.later", finish=schedule.finish))
    if Workdays.unpublished(schedule.finish):
        lines.append(say("unpublished", year=schedule.finish.year))
    return lines


def _earlier(norm: Norm, schedule: Schedule) -> date:
    """The last day on which it can start and still meet the deadline."""
    workdays = norm.workdays()
    return workdays.move(workdays.on_or_before(schedule.deadline or schedule.finish), 1 - max(schedule.days, 1))
