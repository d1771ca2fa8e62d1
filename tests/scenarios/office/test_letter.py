"""``office letter``: official style, facts only from the form, and what sends a letter back is found."""

from datetime import date
from typing import Any

import pytest

from scenarios.office.letter.models import Letter, LetterDraft, LetterRequest
from scenarios.office.letter.task import LetterWriting
from tests.fakes.knowledge import FewPassages, NoKnowledge
from workbench.run import RunContext

FORM: dict[str, Any] = {
    "kind": "notice",
    "matter": "2026年国庆节值班安排",
    "to": ["各部门"],
    "sender": "综合管理部",
    "facts": ["10月1日至7日放假，10月10日上班"],
    "asks": ["各部门9月25日前报送值班表"],
    "issued": date(2026, 9, 15),
    "number": "综管〔2026〕12号",
}


def written(*passages: tuple[str, str], **form: Any) -> tuple[Letter, RunContext, LetterRequest]:
    request = LetterRequest.model_validate({**FORM, **form})
    knowledge = FewPassages(*passages) if passages else NoKnowledge()
    context = RunContext("zh", knowledge, ("kb",) if passages else ())  # type: ignore[arg-type]
    LetterWriting().gather(request, context)
    return LetterWriting().compose(request, context), context, request


def rules(**form: Any) -> set[str]:
    made, context, request = written(**form)
    return {one.rule.removeprefix("letter.") for one in LetterWriting().check(request, made, context)}


def test_a_notice_has_the_parts_of_one_in_their_order() -> None:
    made, _, _ = written(attachments=["值班表"], contact="赵倩 8001")
    lines = made.text.split("\n\n")
    assert lines[:3] == ["关于2026年国庆节值班安排的通知", "综管〔2026〕12号", "各部门："]
    assert lines[4:7] == [
        "一、10月1日至7日放假，10月10日上班。", "二、各部门9月25日前报送值班表。", "特此通知。",
    ]  # fmt: skip
    assert lines[-4:] == ["附件：1. 值班表", "联系人：赵倩 8001", "综合管理部", "2026年9月15日"]


def test_what_is_in_order_is_not_found_fault_with() -> None:
    assert rules() == set()


@pytest.mark.parametrize(
    ("form", "rule"),
    [
        ({"to": []}, "to"),
        ({"sender": ""}, "sender"),
        ({"number": "综管[2026]第012号"}, "number"),
        ({"number": "综管〔2025〕12号"}, "number_year"),
        ({"kind": "request", "to": ["总经理", "董事会"]}, "one_to"),
        ({"kind": "request", "asks": ["批准增加预算", "批准新增岗位"]}, "one_matter"),
        ({"kind": "request", "asks": []}, "no_ask"),
        ({"kind": "report", "asks": ["增加预算5万元，妥否，请批示"]}, "asks_in_report"),
        ({"kind": "meeting"}, "meeting_time"),
        ({"asks": ["各部门9月5日前报送值班表"]}, "past"),
        ({"facts": ["会议定于2026年9月21日（星期二）召开"]}, "weekday"),
        ({"facts": ["场地费3000元、餐费2000元，合计6000元"]}, "sum"),
    ],
)
def test_what_sends_a_letter_back_is_found(form: dict[str, Any], rule: str) -> None:
    assert rule in rules(**form)


def test_a_rule_that_speaks_of_the_matter_is_quoted() -> None:
    rule = "国庆节值班安排由综合管理部在节前五日公布。"
    made, _, _ = written(("值班管理办法", rule), matter="国庆节值班安排")
    assert made.basis == [f"《值班管理办法》规定：“{rule}”[1]"] and made.basis[0] in made.text


def test_a_model_words_it_but_brings_no_figure() -> None:
    made, context, request = written()
    worse = LetterDraft(body=["现通知如下：", "一、放假八天，补贴3000元。"])
    assert LetterWriting().settle(request, worse, context) == made
    better = LetterDraft(body=["现将值班安排通知如下：", "一、10月1日至7日放假，10月10日上班。"])
    assert "现将值班安排通知如下" in LetterWriting().settle(request, better, context).text


def test_a_weekday_is_of_the_year_that_its_line_named() -> None:
    facts = ["2027年1月1日（星期五）至1月3日（星期日）放假"]
    letter, context, request = written(facts=facts, issued=date(2026, 12, 18))
    assert "letter.weekday" not in {one.rule for one in LetterWriting().check(request, letter, context)}
