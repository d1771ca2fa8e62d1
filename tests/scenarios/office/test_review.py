"""``office review``: a rule against itself and against the rules in force."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.office.review import review
from scenarios.office.review.contradictions import contradiction
from scenarios.office.review.facts import clauses
from scenarios.office.review.quantities import frequency, quantities
from scenarios.office.rule import statements, steps
from tests.fakes.knowledge import FewPassages, NoKnowledge
from workbench.findings import Finding
from workbench.run import RunContext

IN_FORCE = (
    ("采购管理办法", "预付款不超过合同金额的 30%，预付款超过 10 万元的，须由供应商提供保函。"),
    (
        "采购管理办法",
        "| 单次金额 | 审批人 |\n| --- | --- |\n| 1 万元以下 | 部门负责人 |\n| 1 万元至 10 万元 | 采购部负责人 |",
    ),
    ("采购管理办法", "采购部在 3 个工作日内确定采购方式并询价。"),
    ("合同管理办法", "合同归档由法务部在 3 个工作日内完成。"),
    ("报销办法", "差旅费应在返回后 10 个工作日内报销。"),
)
WHOLE = """# 采购办法
## 目的
为规范采购制定本办法，适用于全公司，由采购部归口，自 2026 年 1 月 1 日起施行，紧急情况另行处理。
## 流程
1. 需求部门在 1 个工作日内填写申请单。
2. 部门负责人在 1 个工作日内审批申请单。
3. 采购部在 3 个工作日内完成询价并填写报价表。
"""


def found(rule: str, *passages: tuple[str, str]) -> list[Finding]:
    knowledge = FewPassages(*passages) if passages else NoKnowledge()
    return review(rule, RunContext("zh", knowledge, ("kb",) if passages else ()))  # type: ignore[arg-type]


def rules(rule: str, *passages: tuple[str, str]) -> set[str]:
    return {finding.rule for finding in found(rule, *passages)}


def test_a_whole_rule_has_no_finding() -> None:
    assert found(WHOLE) == []


@pytest.mark.parametrize(
    ("sentence", "mine", "theirs"),
    [
        ("预付款不超过合同金额的 50%。", "50%", "30%"),
        ("采购部在 5 个工作日内确定采购方式并询价。", "5 个工作日", "3 个工作日"),
        ("5 万元以下的采购由部门负责人审批。", "5 万元", "1 万元"),
        ("差旅费应在返回后三十个工作日内报销。", "三十个工作日", "10 个工作日"),
    ],
)
def test_another_limit_for_the_same_thing_is_a_conflict_with_both_quotes(sentence: str, mine: str, theirs: str) -> None:
    conflict = next(finding for finding in found(WHOLE + sentence, *IN_FORCE) if finding.rule == "conflict")
    assert mine in conflict.message and theirs in conflict.message
    assert conflict.where.quote == sentence and "《" in conflict.basis
    assert (WHOLE + sentence)[conflict.where.start : conflict.where.end] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "预付款不超过合同金额的 30%。",
        "合同归档由行政部在 5 个工作日内登记编号。",
        "会议纪要应在 2 个工作日内发出。",
        "差旅住宿标准为每晚 500 元。",
    ],
)
def test_the_same_limit_or_another_thing_is_no_conflict(sentence: str) -> None:
    assert "conflict" not in rules(WHOLE + sentence, *IN_FORCE)


def test_a_repeated_sentence_is_a_duplicate() -> None:
    assert "duplicate" in rules(WHOLE + "采购部在 3 个工作日内确定采购方式并询价。", *IN_FORCE)


def test_two_limits_inside_one_rule_are_found() -> None:
    text = WHOLE + "质量验收应在 2 个工作日内完成。\n质量验收应在 5 个工作日内完成。"
    assert "conflict.inside" in rules(text)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("4. 到货后 2 个工作日内填写验收单。", "step.owner"),
        ("4. 仓库填写验收单。", "step.time"),
        ("4. 仓库当日点收。", "step.record"),
        ("4. 需求部门在 1 个工作日内批准付款申请单。", "duty.segregation"),
    ],
)
def test_a_step_that_lacks_something_is_found(line: str, rule: str) -> None:
    assert rules(WHOLE + line) == {rule}


def test_a_rule_without_structure_is_said_to_be_so() -> None:
    assert "structure.missing" in rules("大家要认真工作，注意节约。")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("10 万元以上的，由总经理审批", ("CNY", 100_000, "over")),
        ("不超过5,000元", ("CNY", 5000, "most")),
        ("三个工作日内", ("time", 3, "most")),
        ("百分之二十", ("percent", 20, "exact")),
        ("千分之五", ("percent", 0.5, "exact")),
        ("最高可付至五成", ("percent", 50, "most")),
        ("at least 3 working days", ("time", 3, "least")),
        ("一百二十家", ("家", 120, "exact")),
        ("未满十年的", ("time", 10, "under")),
        ("up to $1,200 per night", ("USD", 1200, "most")),
    ],
)
def test_a_quantity_with_what_it_does_in_its_sentence(words: str, expected: tuple[str, float, str]) -> None:
    (found,) = quantities(words)
    assert (found.kind, found.value, found.bearing) == expected


@pytest.mark.parametrize(
    ("words", "yearly"),
    [
        ("每半年考核一次", 2),
        ("每月至少召开两次", 24),
        ("每三年轮岗", 1 / 3),
        ("twice a year", 2),
        ("every six months", 2),
        ("每天80元", None),
    ],
)
def test_how_often_is_told_apart_from_what_an_amount_is_counted_by(words: str, yearly: float | None) -> None:
    assert [times for times, _ in frequency(words)] == ([] if yearly is None else [pytest.approx(yearly)])


@pytest.mark.parametrize(
    ("new", "old", "kind"),
    [
        ("出差人员须于出发前一个工作日提交申请。", "出差应至少提前三个工作日提交申请。", "limit"),
        ("20万元以上的采购申请报总经理审批。", "10万元以上的采购申请由总经理审批。", "threshold"),
        ("出国出差由分管副总经理审批。", "境外出差须经总经理批准。", "actor"),
        ("供应商每季度考核一次。", "供应商每半年考核一次。", "frequency"),
        ("请病假无需提交医院证明。", "病假须提供医院出具的证明。", "polarity"),
        ("本办法适用于员工及实习生。", "本规定不适用于实习生。", "scope"),
        ("Employees may accept gifts.", "Gifts must be refused.", "polarity"),
        ("差旅费用应在两周内报销。", "差旅费用应在10个工作日内报销。", ""),
        ("经批准可以携带外出。", "未经批准不得携带外出。", ""),
        ("1 万元以下的由部门负责人审批。", "10 万元以上的由总经理审批。", ""),
        ("50万元以上的，再加总经理审批。", "50万元以上的，由财务总监审批。", ""),
    ],
)
def test_what_cannot_hold_together(new: str, old: str, kind: str) -> None:
    found = [made for a in clauses(new) for b in clauses(old) if (made := contradiction(a, b))]
    assert [one.kind for one in found[:1]] == ([kind] if kind else [])


def test_days_of_the_calendar_and_numbers_of_articles_are_no_quantities() -> None:
    assert quantities("自 2026 年 1 月 1 日起施行，见第三条") == []


@given(st.text(max_size=300))
def test_any_text_is_read_and_offsets_point_into_it(text: str) -> None:
    for statement in statements(text):
        if not statement.row:
            assert text[statement.start : statement.end] == statement.text
        for one in clauses(statement.text):
            assert one.says in (True, False)
    for step in steps(text):
        assert text[step.start : step.end] == step.name
