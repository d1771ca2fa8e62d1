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


@pytest.mark.parametrize(
    ("sentence", "in_force"),
    [
        ("领用笔记本电脑的员工应签署《资产领用单》。", "员工领用笔记本电脑，须签署《资产领用单》。"),
        ("收款账户变更的，供应商应当重新出具盖章书面说明。", "供应商变更收款账户的，须重新提供盖章的书面说明。"),
        ("All absences are recorded in the HR system by HR.", "HR records all absences in the HR system."),
    ],
)
def test_the_same_rule_in_other_words_is_a_duplicate(sentence: str, in_force: str) -> None:
    assert {"duplicate"} == {one for one in rules(sentence, ("A", in_force)) if one in ("duplicate", "conflict")}


@pytest.mark.parametrize(
    ("sentence", "in_force"),
    [
        ("法定节假日加班，支付300%工资。", "休息日加班支付200%工资或安排补休。"),
        ("财务专用章由财务部保管。", "合同专用章由法务部保管。"),
        ("Supplier invoices are matched within 5 days.", "Supplier contracts are stored for seven years."),
    ],
)
def test_other_kinds_of_one_thing_do_not_contradict_each_other(sentence: str, in_force: str) -> None:
    assert "conflict" not in rules(sentence, ("A", in_force))


def test_sentences_that_forbid_the_same_do_not_contradict_each_other_clause_by_clause() -> None:
    sentence = "业务招待应事先填报《招待申请单》，没有事先申请的一律不得报销。"
    in_force = "业务招待费须事前填写《招待申请单》，未事前申请的不予报销。"
    assert "conflict" not in rules(sentence, ("A", in_force))


def test_a_figure_answered_by_another_sentence_of_the_rule_is_no_conflict() -> None:
    rule = "1. 采购档案保存5年以上，由采购部负责。\n2. 供应商样品由采购部保存6个月。\n"
    assert "conflict" not in rules(rule, ("采购办法", "采购档案由采购部保管，保存期不少于5年。"))


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


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("4. 仓库在 1 个工作日内检验物料是否完好并填写检验记录。", "decision.branches"),
        ("4. 仓库在 1 个工作日内检验物料是否完好并填写检验记录，不合格的退回供应商。", ""),
        ("4. 采购部在 1 个工作日内修改报价表，返回步骤 2。", "loop.exit"),
        ("4. 询价未通过的，采购部在 1 个工作日内修改报价表，返回步骤 2，最多两次。", ""),
        ("4. 采购部在 1 个工作日内登记合同，转第 9 步。", "step.unknown"),
        ("4. 财务部当日凭验收单付款。\n5. 仓库在 1 个工作日内填写验收单。", "input.later"),
    ],
)
def test_the_course_of_steps(line: str, rule: str) -> None:
    assert rules(WHOLE + line) == ({rule} if rule else set())


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


@pytest.mark.parametrize(
    ("new", "old", "kind"),
    [
        ("用印登记簿保存期限为10年。", "用印登记簿应当永久保存。", "limit"),
        ("年休假可延至次年6月30日前使用。", "年休假可顺延至次年3月31日。", "limit"),
        ("财务总监审批5万元至100万元的付款。", "5万元至50万元由财务总监审批。", "threshold"),
        ("货物到达后，使用部门应于3个工作日内完成验收。", "由仓储部在3个工作日内组织验收。", "actor"),
        ("资产报废经行政部鉴定后，报总经理批准。", "资产报废经行政部鉴定、财务总监批准后处置。", "actor"),
    ],
)
def test_limits_without_end_days_of_the_year_ranges_and_chains_of_approval(new: str, old: str, kind: str) -> None:
    found = [one.kind for a in clauses(new) for b in clauses(old) if (one := contradiction(a, b))]
    assert found == [kind]


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
