"""``office norm``: fitted to the form, honest about time, checked for what does not hold together."""

from datetime import date
from typing import Any, get_args

import pytest

from scenarios.office.checks import check_norm
from scenarios.office.compose import compose_norm, finished
from scenarios.office.families import families
from scenarios.office.models import Norm, NormRequest, Process
from scenarios.office.scenario import NormWriting
from scenarios.office.words import days_in
from tests.fakes.knowledge import FewPassages, NoKnowledge
from workbench.errors import RequestError
from workbench.findings import Finding
from workbench.run import RunContext


def norm_for(*passages: tuple[str, str], **form: Any) -> Norm:
    request = NormRequest(**{"purpose": "规范采购", "start": date(2026, 3, 2), **form})
    knowledge = FewPassages(*passages) if passages else NoKnowledge()
    return compose_norm(request, RunContext("zh", knowledge, ("kb",) if passages else ()))  # type: ignore[arg-type]


def rules(findings: list[Finding], *severities: str) -> set[str]:
    return {finding.rule for finding in findings if not severities or finding.severity in severities}


def test_departments_of_the_form_take_the_roles_that_mean_the_same() -> None:
    names = {role.name for role in norm_for(departments=["采购中心", "财务中心", "设备部"]).roles}
    assert {"采购中心", "采购中心负责人", "财务中心负责人", "设备部"} <= names
    assert not any(name.startswith(("采购部", "财务部")) for name in names)


def test_a_department_without_a_part_is_asked_and_told() -> None:
    norm = norm_for(departments=["设备部"])
    assert "设备部" in norm.tasks()[0].consulted and "设备部" in norm.tasks()[-1].informed


def test_an_approver_in_a_constraint_gets_a_step_of_their_own() -> None:
    norm = norm_for(constraints=["10 万元以上的采购申请须总经理批准"])
    step = next(task for task in norm.tasks() if task.responsible == "总经理")
    assert step.depends_on == ["T2"] and "10 万元" in step.control
    assert next(task for task in norm.tasks() if task.id == "T3").depends_on == [step.id]
    assert rules(check_norm(norm, "zh"), "error", "warning") == set()


def test_a_constraint_caps_the_days_of_the_task_it_speaks_of() -> None:
    norm = norm_for(constraints=["质量验收须在 1 个工作日内完成"])
    task = next(task for task in norm.tasks() if task.name == "质量验收")
    assert task.duration_days == 1 and "1 个工作日" in task.control


def test_a_past_rule_gives_a_duration_and_is_cited() -> None:
    norm = norm_for(("旧办法", "采购部应当在 7 个工作日内确定采购方式并询价。"))
    task = next(task for task in norm.tasks() if task.id == "T3")
    assert (task.duration_days, task.source) == (7, "[1]")
    assert "7 个工作日" in norm.basis[0] and norm.basis[0].endswith("[1]")


def test_a_deadline_that_cannot_be_met_is_said_with_days_and_options() -> None:
    norm = norm_for(deadline=date(2026, 3, 6))
    assert rules(check_norm(norm, "zh"), "error") == {"time.deadline"}
    assert any("还差 13 个工作日" in note for note in norm.notes), norm.notes


def test_without_a_start_the_schedule_ends_on_the_deadline() -> None:
    norm = norm_for(start=None, deadline=date(2099, 6, 30))
    assert norm.finish == date(2099, 6, 30)


def test_the_form_offers_exactly_the_processes_that_there_are() -> None:
    assert {*get_args(Process)} == {"", *families()}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"accountable": ""}, "task.accountable"),
        ({"accountable": "采购部、财务负责人"}, "task.accountable"),
        ({"responsible": ""}, "task.responsible"),
        ({"finish": None}, "task.deadline"),
        ({"record": ""}, "task.record"),
        ({"responsible": "外星人"}, "role.unknown"),
        ({"depends_on": ["T99"]}, "step.unknown"),
        ({"depends_on": ["T6"]}, "step.circle"),
        ({"branches": {"通过": "T6"}}, "decision.branches"),
        ({"branches": {"通过": "T99", "退回": "T1"}}, "decision.unknown"),
        ({"branches": {"再来": "T3", "退回": "T1"}}, "loop.exit"),
        ({"inputs": ["付款凭证"]}, "input.early"),
        ({"responsible": "需求部门"}, "duty.segregation"),
    ],
)
def test_a_planted_fault_in_one_step_is_found(change: dict[str, Any], rule: str) -> None:
    norm = norm_for()
    task = next(task for task in norm.tasks() if task.id == "T5")
    for name, value in change.items():
        setattr(task, name, value)
    assert rule in rules(check_norm(norm, "zh"), "error", "warning")


def test_an_orphan_step_is_found() -> None:
    norm = norm_for()
    norm.stages[0].tasks[0].depends_on = []
    alone = norm.stages[-1].tasks[-1].model_copy(update={"id": "T20", "depends_on": [], "inputs": []})
    norm.stages[-1].tasks.append(alone)
    assert "step.orphan" in rules(check_norm(norm, "zh"), "error")


def test_a_process_of_three_hundred_steps_is_scheduled() -> None:
    norm = norm_for()
    step = norm.tasks()[0]
    norm.stages[0].tasks = [
        step.model_copy(update={"id": f"N{n}", "depends_on": [f"N{n - 1}"] if n else [], "branches": {}})
        for n in range(300)
    ]
    norm.stages[1:] = []
    assert finished(norm, "zh", 5, None, None).total_days == 300


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("采购部在3个工作日内确定方式", 3),
        ("两周内完成", 10),
        ("二十四小时内响应", 3),
        ("within 5 working days", 5),
        ("账期为 30 天", None),
        ("自2026年1月1日起施行", None),
        ("不超过十五天", 15),
    ],
)
def test_the_days_that_a_sentence_allows(sentence: str, days: float | None) -> None:
    assert days_in(sentence) == days


def test_changed_steps_move_what_follows_and_not_the_beginning() -> None:
    request = NormRequest(purpose="规范采购")
    norm = compose_norm(request, RunContext("zh", NoKnowledge(), ()))  # type: ignore[arg-type]
    first, *_ = (task for task in norm.tasks() if task.critical)
    changed = norm.model_copy(deep=True)
    next(task for task in changed.tasks() if task.id == first.id).duration_days += 5
    made = NormWriting().recomputed(request, changed, "zh")
    assert made.start == norm.start
    assert made.total_days == norm.total_days + 5
    assert norm.finish and made.finish and made.finish > norm.finish
    assert str(made.finish) in made.text
    last = changed.tasks()[-1]
    changed.tasks()[0].depends_on = [last.id]
    with pytest.raises(RequestError):
        NormWriting().recomputed(request, changed, "zh")


def test_a_company_that_is_closed_finishes_later() -> None:
    closed = norm_for(days_off=["2026-03-03 ~ 2026-03-06"])
    assert closed.total_days == norm_for().total_days
    assert closed.finish and closed.finish > (norm_for().finish or date.max)
    made = NormWriting().recomputed(NormRequest(purpose="规范采购"), closed, "zh")
    assert made.finish == closed.finish


def test_steps_of_one_role_are_put_in_a_row_when_asked() -> None:
    norm = norm_for(process="contract_approval")
    reviews = [task for task in norm.tasks() if task.id in ("T4", "T5")]
    for task in reviews:
        task.responsible = "法务部"
    found = next(one for one in check_norm(norm, "zh") if one.rule == "time.overload")
    norm.level = True
    level = NormWriting().recomputed(NormRequest(purpose="规范合同"), norm, "zh")
    assert "time.overload" not in rules(check_norm(level, "zh"))
    assert level.total_days > norm.total_days and f"{level.total_days} 个工作日" in found.suggestion


def test_a_refusal_ends_the_process_before_the_higher_approval() -> None:
    norm = norm_for(process="contract_approval", constraints=["超过 5 万元的合同须总经理批准签约"])
    first, higher = (next(task for task in norm.tasks() if task.id == id) for id in ("T6", "T6.1"))
    assert first.branches == {"批准": "T6.1", "不批准": "end"}
    assert higher.branches == {"批准": "T7", "不批准": "end"}


def test_a_deadline_before_the_start_is_said_so() -> None:
    assert "time.before" in rules(check_norm(norm_for(deadline=date(2026, 2, 2)), "zh"), "error")
