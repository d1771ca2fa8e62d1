"""The plan as a spreadsheet: formulas that name the right cells and come to the dates of the schedule."""

from datetime import date

import pytest

from scenarios.office.compose import compose_norm, finished
from scenarios.office.models import NormRequest
from scenarios.office.plan import plan_sheets
from scenarios.office.scenario import OFFICE
from tests.fakes.knowledge import NoKnowledge
from workbench.errors import RequestError
from workbench.run import RunContext
from workbench.scenario import Formula


@pytest.fixture
def norm():
    request = NormRequest(purpose="规范采购", start=date(2026, 9, 24))
    return compose_norm(request, RunContext("zh", NoKnowledge(), ()))


def test_a_start_follows_from_the_steps_before(norm):
    plan, calendar = plan_sheets(norm, "zh")
    rows = {row[0]: row for row in plan.table[1:]}
    assert rows["T1"][5] == Formula("=0", 0)
    assert rows["T3"][5] == Formula("=MAX(G{rows[1]})", 1 + 1)
    assert rows["T3"][6] == Formula("=F{row}+D{row}", 2 + 3)
    for task in norm.tasks():
        start, finish = rows[task.id][7:]
        assert (start.value, finish.value) == (task.start, task.finish)
        assert "MATCH" in start.expression and f"'{calendar.heading}'!A:A" in start.expression


def test_the_working_days_know_holidays_and_make_up_days(norm):
    _, calendar = plan_sheets(norm, "zh")
    numbers, days = zip(*calendar.table[1:], strict=True)
    assert list(numbers) == list(range(len(days)))
    assert date(2026, 9, 25) not in days, "Mid-autumn"
    assert date(2026, 10, 1) not in days and date(2026, 10, 10) in days, "a Saturday worked for the National Day"


def test_changed_tasks_are_scheduled_again(norm):
    write, request = OFFICE.task("norm"), NormRequest(purpose="规范采购")
    edited = norm.model_copy(deep=True)
    edited.stages[1].tasks[0].duration_days += 4
    again = write.recomputed(request, edited, "zh")
    assert again.total_days == norm.total_days + 4
    assert again.start == norm.start and again.finish > norm.finish
    assert str(again.finish) in again.text
    edited.stages[0].tasks[0].depends_on = ["T3"]
    with pytest.raises(RequestError, match="T1"):
        write.recomputed(request, edited, "zh")


def test_steps_in_another_order_stay_a_plan(norm):
    edited = norm.model_copy(deep=True)
    edited.stages[0].tasks.reverse()
    again = finished(edited, "zh", 5, norm.start, None)
    assert {task.id: task.start for task in again.tasks()} == {task.id: task.start for task in norm.tasks()}


def test_a_norm_leaves_as_bpmn_calendar_and_flowchart(norm):
    files = OFFICE.task("norm").extras(NormRequest(purpose="规范采购"), norm, RunContext("zh", NoKnowledge(), ()))
    made = {one.name: one.make() for one in files}
    assert made["process.bpmn"].startswith(b"<?xml") and b"BEGIN:VCALENDAR" in made["plan.ics"]
    assert made["process.mmd"].decode().startswith("flowchart")
    for name in ("flow", "gantt", "raci"):
        assert made[f"{name}.png"].startswith(b"\x89PNG") and made[f"{name}.svg"].startswith(b"<svg")
