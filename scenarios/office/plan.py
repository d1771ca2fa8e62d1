"""The plan as a spreadsheet that counts by itself: change a duration or the start and every date follows."""

from datetime import date, timedelta

from workbench.scenario import Cell, Formula, Section
from workbench.texts import Lang, text

from .models import Norm
from .network import spans
from .timing import activities

_ROOM = 120  # working days listed beyond the plan's end, for longer durations


def plan_sheets(norm: Norm, lang: Lang) -> list[Section]:
    """The tasks with formulas, and the working days that they look up; nothing for a norm without a start.

    A date is looked up by its number among the working days, so that holidays and make-up days count as in
    ``schedule.plan``, which no function of a spreadsheet knows by itself.
    """
    tasks = norm.tasks()
    if norm.start is None or not tasks:
        return []

    def say(key: str) -> str:
        return text(f"scenarios.office:{key}", lang)

    calendar = say("plan.calendar")
    network = activities(norm)
    found = spans(network)
    place = {task.id: number for number, task in enumerate(tasks)}
    joint = "、" if lang == "zh" else ", "
    head = ("id", "task", "responsible", "days", "after", "from", "to", "start", "finish")
    rows: list[tuple[Cell, ...]] = [tuple(say(f"field.{name}") for name in head)]
    for task, activity in zip(tasks, network, strict=True):
        span = found[task.id]
        before = ",".join(f"G{{rows[{place[id]}]}}" for id in activity.after)
        wait = f"+{activity.wait:g}" if activity.wait else ""
        first = "IF(D{row}>0,INT(ROUND(F{row},6)),MIN(INT(ROUND(F{row},6)),%s))"
        last = "MAX(ROUNDUP(ROUND(G{row},6),0)-1,INT(ROUND(F{row},6))-IF(D{row}>0,0,1),0)"
        rows.append(
            (
                task.id,
                task.name,
                task.responsible,
                task.duration_days,
                joint.join(activity.after),
                Formula(f"=MAX({before}){wait}" if before else f"=0{wait}", span.early),
                Formula("=F{row}+D{row}", span.early + span.days),
                Formula(_day(calendar, first % last), task.start),
                Formula(_day(calendar, last), task.finish),
            )
        )
    days: list[tuple[Cell, ...]] = [(say("field.number"), say("field.day"))]
    days += [(number, day) for number, day in enumerate(_days(norm, norm.total_days + _ROOM))]
    return [
        Section(say("section.plan"), (say("plan.help"),), tuple(rows), sheet=True, kinds=("",) * 7 + ("date", "date")),
        Section(calendar, table=tuple(days), sheet=True, kinds=("", "date")),
    ]


def _day(calendar: str, number: str) -> str:
    return f"=INDEX('{calendar}'!B:B,MATCH({number},'{calendar}'!A:A,0))"


def _days(norm: Norm, count: int) -> list[date]:
    """``count`` working days of the norm's calendar from its start on."""
    workdays = norm.workdays()
    days: list[date] = []
    day = workdays.on_or_after(norm.start or date.today())
    while len(days) < count:
        days.append(day)
        day = workdays.on_or_after(day + timedelta(days=1))
    return days
