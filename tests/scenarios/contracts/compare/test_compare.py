"""``contracts compare``: silent edits beside tracked ones, weighed, from Word files and from texts."""

import zipfile
from pathlib import Path

import pytest

from documents.files import RequestFiles
from scenarios.contracts.compare.models import Change, Comparison
from scenarios.contracts.compare.risk import risk
from scenarios.contracts.compare.task import CompareTask
from tests.fakes.knowledge import NoKnowledge
from workbench.errors import RequestError
from workbench.forms import validated
from workbench.run import RunContext
from workbench.settings import Limits

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(path: Path, *paragraphs: str) -> str:
    """A Word file of these paragraphs; ``{+new+}`` and ``{-old-}`` are tracked changes of one Wang."""
    body = "".join(f"<w:p>{_runs(paragraph)}</w:p>" for paragraph in paragraphs)
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return str(path)


def _runs(words: str) -> str:
    marks = {"{+": '<w:ins w:author="Wang"><w:r><w:t>', "+}": "</w:t></w:r></w:ins><w:r><w:t>"}
    marks |= {"{-": '<w:del w:author="Wang"><w:r><w:delText>', "-}": "</w:delText></w:r></w:del><w:r><w:t>"}
    for mark, made in marks.items():
        words = words.replace(mark, ("</w:t></w:r>" if mark[0] == "{" else "") + made)
    return f"<w:r><w:t>{words}</w:t></w:r>"


def compare(tmp_path: Path, **request: str) -> tuple[Comparison, list[str]]:
    task = CompareTask()
    context = RunContext("zh", NoKnowledge(), (), files=RequestFiles(tmp_path / "kept", Limits()))  # type: ignore[arg-type]
    asked = validated(task.request, request)
    task.gather(asked, context)
    made = task.compose(asked, context)
    return made, [finding.rule for finding in task.check(asked, made, context)]


def test_a_silent_edit_beside_a_tracked_one_is_called_out(tmp_path: Path) -> None:
    before = word(
        tmp_path / "a.docx", "第一条 价款", "总价为100元，于5日内支付。", "第二条 交货", "卖方应于三日内送达。"
    )
    after = word(
        tmp_path / "b.docx",
        "第一条 价款",
        "总价为120元，于{-5-}{+15+}日内支付。",
        "第二条 交货",
        "卖方应于三日内送达。",
    )
    made, rules = compare(tmp_path, before=before, after=after)
    silent, tracked = made.changes
    assert (silent.before, silent.after, silent.tracked) == ("总价为100元", "总价为120元", False)
    assert (tracked.before, tracked.after, tracked.tracked, tracked.author) == (
        "于5日内支付",
        "于15日内支付",
        True,
        "Wang",
    )
    assert silent.clause == "第一条 价款" and silent.risk == "high"
    assert rules == ["compare.silent", "compare.change"]
    assert made.after_text[slice(silent.after_start, silent.after_end)] == silent.after


def test_tracked_changes_that_we_sent_ourselves_are_no_changes(tmp_path: Path) -> None:
    ours = ("第一条 价款", "总价为{-100-}{+120+}元。", "第二条 交货", "卖方应于三日内送达。")
    before = word(tmp_path / "a.docx", *ours)
    after = word(tmp_path / "b.docx", *ours[:3], "卖方应于{-三-}{+九+}日内送达。")
    made, _ = compare(tmp_path, before=before, after=after)
    assert [(change.before, change.after, change.tracked) for change in made.changes] == [
        ("卖方应于三日内送达", "卖方应于九日内送达", True)
    ]


def test_our_tracked_changes_that_were_accepted_are_no_changes_either(tmp_path: Path) -> None:
    before = word(tmp_path / "a.docx", "总价为{-100-}{+120+}元。", "卖方应于三日内送达。")
    after = word(tmp_path / "b.docx", "总价为120元。", "卖方应于三日内送达。")
    assert compare(tmp_path, before=before, after=after)[0].changes == []


def test_a_text_and_a_word_file_can_be_compared(tmp_path: Path) -> None:
    after = word(tmp_path / "b.docx", "总价为120元。", "卖方应于三日内送达。")
    made, _ = compare(tmp_path, before_text="总价为100元。\n卖方应于三日内送达。", after=after)
    (change,) = made.changes
    assert (change.kind, change.tracked) == ("replace", False)


def test_one_version_alone_is_refused() -> None:
    with pytest.raises(RequestError) as refused:
        validated(CompareTask().request, {"before_text": "甲方付款。"})
    assert refused.value.text("zh") == "请各给出一份修改前和修改后的合同。"
    assert refused.value.text("en") == "give before and after, each as a file or as text."


@pytest.mark.parametrize(
    ("before", "after", "level"),
    [
        ("价款为10万元", "价款为12万元", "high"),
        ("于5日内支付", "于15日内支付", "high"),
        ("由买方所在地人民法院管辖", "由卖方所在地人民法院管辖", "high"),
        ("乙方不得转让", "乙方可以转让", "high"),
        ("通知应送达公司", "通知应送达总部", "medium"),
        ("双方本着友好精神", "双方本着诚信精神", "low"),
        ("The fee is USD 500", "The fee is USD 900", "high"),
        ("The parties met in good spirits", "The parties met in fine spirits", "low"),
    ],
)
def test_money_time_and_liability_weigh_more_than_wording(before: str, after: str, level: str) -> None:
    assert risk("replace", before, after, "", "zh")[0] == level


def test_what_burdens_our_side_weighs_more() -> None:
    words = ("双方保持友好", "双方保持友好，乙方应负责接待")
    assert risk("replace", *words, "", "zh")[0] == "low"
    level, reason = risk("replace", *words, "乙方", "zh")
    assert level == "medium" and "乙方" in reason


def test_a_comparison_can_be_read_back() -> None:
    change = Change(kind="delete", before="甲", after="", tracked=False, risk="low", reason="")
    assert Change.model_validate(change.model_dump()) == change


def test_a_row_of_a_table_with_a_sum_weighs_like_money() -> None:
    assert risk("insert", "", "| 巡检 | 20,000 |", "", "zh")[0] == "high"


def test_changes_are_weighed_by_the_playbook_of_our_side(tmp_path: Path) -> None:
    head = "采购合同\n甲方（买方）：苏州恒泰流体设备有限公司\n乙方（卖方）：无锡泵业制造有限公司\n"
    before = head + "第一条 付款\n甲方应于签订后支付合同总价的10%作为预付款。\n第二条 通知\n通知以书面作出。\n"
    after = before.replace("10%", "80%")
    (own,) = compare(tmp_path, before_text=before, after_text=after, side="甲方")[0].changes
    assert "偏离了我方立场" in own.reason and own.risk == "high"
    (back,) = compare(tmp_path, before_text=after, after_text=before, side="甲方")[0].changes
    assert "更接近我方立场" in back.reason
    (unsaid,) = compare(tmp_path, before_text=before, after_text=after)[0].changes
    assert "我方立场" not in unsaid.reason
