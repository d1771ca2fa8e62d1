"""The rubric: each criterion names what it found, a good reply loses nothing, a sample can be drawn again."""

from typing import Any

import pytest

from scenarios.support.quality.models import Quality, QualityRequest
from scenarios.support.quality.task import QualityTask
from tests.fakes.knowledge import FewPassages
from workbench.run import RunContext

POLICY = FewPassages(("售后政策", "自签收之日起 7 天内可申请无理由退货，退货运费由客户承担。"))
TASK = QualityTask()
GOOD = {"message": "几天内可申请无理由退货？", "reply": "您好，自签收之日起 7 天内可申请无理由退货。", "agent": "甲"}


def reviewed(*items: dict[str, Any], **form: Any) -> Quality:
    request = QualityRequest(items=list(items), **form)
    context = RunContext("zh", POLICY, ("kb",))  # type: ignore[arg-type]
    TASK.gather(request, context)
    return TASK.compose(request, context)


def test_a_good_reply_loses_nothing() -> None:
    quality = reviewed(GOOD)
    assert quality.marked[0].score == 100, quality.marked[0].marks
    assert quality.coaching[0].notes == ["没有发现问题，可作示范。"]


@pytest.mark.parametrize(
    ("message", "reply", "criterion"),
    [
        (GOOD["message"], "您好，自签收之日起 30 天内可申请无理由退货。", "accuracy"),
        (f"{GOOD['message']}发票什么时候开？", GOOD["reply"], "completeness"),
        (GOOD["message"], "自签收之日起 7 天内可申请无理由退货！！", "tone"),
        ("气死我了，几天内可申请无理由退货？", GOOD["reply"], "tone"),
        (GOOD["message"], "您好，7 天内可申请无理由退货，我们承诺全额退款。", "policy"),
        ("壶冒烟了，几天内可申请无理由退货？", GOOD["reply"], "policy"),
    ],
)
def test_each_fault_costs_its_criterion(message: str, reply: str, criterion: str) -> None:
    found = reviewed({"message": message, "reply": reply}).marked[0].marks
    assert criterion in {mark.criterion for mark in found if mark.score < 100}


def test_the_same_sample_is_drawn_again() -> None:
    items = [{**GOOD, "agent": str(number)} for number in range(20)]
    drawn = [[one.agent for one in reviewed(*items, sample=5, seed=3).marked] for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 5


def test_agents_are_told_what_to_practise() -> None:
    bad = {**GOOD, "reply": "您好，90 天内可申请无理由退货。", "agent": "乙"}
    by_agent = {one.agent: one for one in reviewed(GOOD, bad).coaching}
    assert by_agent["甲"].score > by_agent["乙"].score
    assert "90 天" in by_agent["乙"].notes[0]


def test_capitals_shout_and_plain_english_does_not() -> None:
    plain, loud = (reviewed({"message": "Warranty?", "reply": reply}).marked[0] for reply in (
        "Hello, the warranty lasts twelve months.", "Hello, PLEASE READ THE MANUAL."))  # fmt: skip
    assert not any("叹号" in remark or "大写" in remark for mark in plain.marks for remark in mark.remarks)
    assert sum(mark.score for mark in loud.marks) < sum(mark.score for mark in plain.marks)
