"""``office optimise``: times of past cases become waiting, rework, ways, conformance and proposals."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.office.optimise.conformance import conformance
from scenarios.office.optimise.log import event_log
from scenarios.office.optimise.measures import durations, measured, throughput
from scenarios.office.optimise.models import Optimisation, OptimiseRequest
from scenarios.office.optimise.task import Optimising
from tests.fakes.knowledge import NoKnowledge
from workbench.errors import RequestError
from workbench.files import NoFiles
from workbench.run import RunContext

HEADER = ["单号", "环节", "开始时间", "完成时间", "处理人"]
STEPS = ["提交申请", "部门审批", "财务审核", "付款"]
NINE = datetime(2026, 3, 2, 9)


class Table(NoFiles):
    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self.rows = [list(row) for row in rows]

    def grid(self, path: object) -> list[list[Any]]:
        return self.rows


def case(number: int, waits: Sequence[float], work: float = 1, steps: Sequence[str] = STEPS) -> list[list[str]]:
    """Rows of one case: hours waited before each step, hours worked on it."""
    at, rows = NINE + timedelta(days=number), []
    for step, wait in zip(steps, waits, strict=True):
        start = at + timedelta(hours=wait)
        at = start + timedelta(hours=work)
        rows.append([f"A{number}", step, f"{start:%Y-%m-%d %H:%M}", f"{at:%Y-%m-%d %H:%M}", f"员工{len(rows)}"])
    return rows


def optimise(rows: Sequence[Sequence[Any]], **form: Any) -> tuple[Optimisation, RunContext]:
    context = RunContext("zh", NoKnowledge(), (), files=Table([HEADER, *rows]))
    request = OptimiseRequest(log="log.csv", **form)
    task = Optimising()
    task.gather(request, context)
    return task.compose(request, context), context


def test_waiting_and_work_are_told_apart_and_the_bottleneck_comes_first() -> None:
    made, _ = optimise([row for n in range(10) for row in case(n, [0, 1, 20 if n < 6 else 4, 2])])
    slowest = made.activities[0]
    assert (slowest.name, slowest.wait_median, slowest.work_median) == ("财务审核", 20, 1)
    assert slowest.wait_share == pytest.approx((6 * 20 + 4 * 4) / (6 * 20 + 4 * 4 + 30), abs=1e-3)
    assert made.throughput and made.throughput.cases == 10
    assert made.throughput.longest_days == pytest.approx(27 / 24, abs=0.01)
    best = made.proposals[0]
    assert (best.action, best.target) == ("wait", "财务审核")
    assert best.saving_days == pytest.approx(6 * 16 / 24 / 10, abs=0.01), "replayed: beyond the quickest quarter"
    assert "财务审核" in made.text


def test_activities_beside_one_another_do_not_wait_for_each_other() -> None:
    rows = [
        ["A", "甲", "2026-03-02 09:00", "2026-03-02 17:00", ""],
        ["A", "乙", "2026-03-02 10:00", "2026-03-02 11:00", ""],
        ["A", "丙", "2026-03-02 18:00", "2026-03-02 19:00", ""],
    ]
    made, _ = optimise(rows)
    waits = {one.name: one.wait_mean for one in made.activities}
    assert waits == {"甲": 0, "乙": 0, "丙": 1}


def test_rework_is_counted_by_case_and_proposed_against() -> None:
    again = ["提交申请", "部门审批", "提交申请", "部门审批", "财务审核", "付款"]
    rows = [row for n in range(6) for row in case(n, [0, 1, 5, 5, 1, 1], steps=again)]
    rows += [row for n in range(6, 10) for row in case(n, [0, 1, 1, 1])]
    made, _ = optimise(rows)
    assert {one.name: one.repeated_cases for one in made.activities if one.repeated_cases} == {
        "提交申请": 6,
        "部门审批": 6,
    }
    rework = next(one for one in made.proposals if one.action == "rework")
    assert rework.saving_days == pytest.approx(6 * 6 / 24 / 10, abs=0.01)


def test_cases_are_held_against_the_expected_steps() -> None:
    ways = {
        "good": tuple(STEPS),
        "skips": ("提交申请", "财务审核", "付款"),
        "swaps": ("提交申请", "财务审核", "部门审批", "付款"),
        "adds": (*STEPS[:2], "请示总经理", *STEPS[2:]),
        "again": ("提交申请", "提交申请", *STEPS[1:]),
    }
    found = conformance(ways, STEPS)
    assert (found.fitting, found.share) == (1, 0.2)
    told = {(one.kind, one.step, one.example) for one in found.deviations}
    assert ("skipped", "部门审批", "skips") in told and ("extra", "请示总经理", "adds") in told
    assert ("repeated", "提交申请", "again") in told
    assert {one.example for one in found.deviations if one.kind == "order"} == {"swaps"}


def test_an_activity_of_another_wording_is_the_step_it_means() -> None:
    found = conformance({"a": ("提交采购申请单", "审批采购申请")}, ["提交采购申请", "审批采购申请"])
    assert found.fitting == 1


def test_rows_that_cannot_be_used_are_named_and_left_out() -> None:
    rows = case(1, [0, 1, 1, 1])
    bad = [
        ["A1", "倒着的", "2026-03-05 10:00", "2026-03-05 09:00", ""],
        ["", "无单号", "2026-03-05 10:00", "2026-03-05 11:00", ""],
        ["A1", "无时间", "待定", "", ""],
        rows[0],
    ]
    made, context = optimise([*rows, *bad])
    rules = {issue.rule: issue.values.get("count") for issue in made.issues}
    assert rules == {
        "optimise.end_before_start": 1,
        "optimise.unnamed": 1,
        "optimise.no_time": 1,
        "optimise.double": 1,
        "optimise.few": 1,
    }
    assert made.throughput and made.throughput.events == 4 and made.proposals == []
    messages = [one.message for one in Optimising().check(OptimiseRequest(log="x"), made, context)]
    assert any("早于开始" in message for message in messages)


@pytest.mark.parametrize(
    "header, cells",
    [
        (
            ["Case ID", "Activity", "Start Timestamp", "Complete Timestamp"],
            ["1", "Pay", "2026-03-02T09:00:00Z", "2026-03-02T11:00:00Z"],
        ),
        (["工单号", "节点名称", "接收时间", "处理时间"], [1.0, "付款", "2026年3月2日 9:00", "2026年3月2日 11时00分"]),
        (["报表", "", "", ""], None),
        (["采购单号", "当前环节", "审批开始时间", "审批结束时间"], ["1", "付款", "2026/3/2 9:00", "2026-3-2 11:00"]),
    ],
)  # fmt: skip
def test_columns_and_times_are_understood_as_exports_write_them(header: list[str], cells: list[Any] | None) -> None:
    rows = [header, cells] if cells else [header, HEADER[:4], ["1", "付款", "2026/3/2 9:00", "2026/3/2 11:00"]]
    log, issues = event_log(rows, {})
    assert not issues and list(log["case"]) == ["1"]
    assert float(measured(log)["work"].iloc[0]) == 2


def test_a_table_without_the_columns_says_what_its_header_is() -> None:
    with pytest.raises(RequestError, match="姓名"):
        event_log([["姓名", "金额"], ["张三", "1"]], {})
    with pytest.raises(RequestError, match="批次"):
        event_log([["批次", "环节", "时间"], ["1", "付款", "2026-03-02"]], {"case": "单号"})
    log, _ = event_log([["批次", "环节", "时间"], ["1", "付款", "2026-03-02"]], {"case": "批次"})
    assert len(log) == 1
    with pytest.raises(RequestError):
        event_log([HEADER], {})


def test_a_models_figures_must_be_ours() -> None:
    made, context = optimise([row for n in range(10) for row in case(n, [0, 1, 20, 2])])
    task, request = Optimising(), OptimiseRequest(log="log.csv")
    assert task.settle(request, task.draft(text="可以节省 90% 的时间。"), context).text == made.text
    assert task.settle(request, task.draft(text="等待集中在财务审核。"), context).text == "等待集中在财务审核。"
    edited = task.revised(made, "可以节省 77 天。")
    assert [one.rule for one in task.check(request, edited, context)] == ["optimise.figure"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 100)), min_size=1, max_size=6), min_size=1, max_size=8)
)
def test_work_and_waiting_of_one_thing_after_another_make_up_the_whole(cases: list[list[tuple[float, float]]]) -> None:
    rows = []
    for number, steps in enumerate(cases):
        at = NINE
        for place, (wait, work) in enumerate(steps):
            start = at + timedelta(minutes=round(wait * 60) if place else 0)
            at = start + timedelta(minutes=round(work * 60))
            rows.append([str(number), f"s{place}", str(start), str(at), ""])
    log, _ = event_log([HEADER, *rows], {})
    events = measured(log)
    whole = float(durations(events).sum()) * 24
    assert float(events["work"].sum() + events["wait"].sum()) == pytest.approx(whole, abs=0.05)
    assert throughput(events).cases == len(cases)
