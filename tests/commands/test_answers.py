"""From findings to a marked-up Word file, from the command line."""

import json
from pathlib import Path

import docx
import pytest

from documents.reader import read
from tests.fakes.locked import locked_word
from workbench.settings import Limits

LINES = [
    "设备采购合同",
    "甲方（买方）：北京天元信息技术有限公司",
    "乙方（卖方）：深圳市蓝海电子股份有限公司",
    "第一条 货物：乙方向甲方供应服务器10台，单价50,000元，总价500,000元。",
    "第二条 付款：签订后10日内支付合同总价的30%作为定金，验收合格后10日内付清余款。",
    "第三条 交货：乙方应于2026年2月30日前将货物运至甲方住所地，质量符合国家标准。",
    "第四条 违约责任：逾期交货的，每逾期一日按合同总价的1%支付违约金。",
    "第五条 争议解决：争议由甲方住所地人民法院管辖。",
    "甲方（盖章）：北京天元信息技术有限公司",
    "乙方（盖章）：深圳市蓝海电子股份有限公司",
]


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    document = docx.Document()
    for line in LINES:
        paragraph = document.add_paragraph()
        for at in range(0, len(line), 7):
            paragraph.add_run(line[at : at + 7]).bold = at % 2 == 0
    document.save(str(tmp_path / "contract.docx"))
    return tmp_path / "contract.docx"


@pytest.fixture
def reviewed(call, tmp_path, contract):
    request = tmp_path / "request.json"
    request.write_text(json.dumps({"file": str(contract), "side": "甲方"}, ensure_ascii=False), "utf-8")
    run_id = call("run", "contracts", "review", "--request", request)[1]["run_id"]
    return run_id, {one["rule"]: one for one in call("versions", "findings", run_id)[1]["findings"]}


def test_accepted_and_reworded_findings_become_tracked_changes(call, reviewed, contract, tmp_path):
    run_id, found = reviewed
    assert found["deposit.over_20_percent"]["proposal"].startswith("20%")
    call("answer", run_id, found["deposit.over_20_percent"]["key"], "accept", "--as", "chen")
    call("answer", run_id, found["date.invalid"]["key"], "edit", "--as", "chen", "--wording", "2026年3月15日")
    call("answer", run_id, found["penalty.excessive"]["key"], "reject", "--as", "chen", "--note", "商务已同意")
    status, settled = call("settle", run_id, "--as", "chen")
    assert (status, settled["number"]) == (0, 2)
    assert "总价的20%作为定金" in settled["text"] and "2026年3月15日前" in settled["text"]
    assert {one["rule"] for one in settled["open"]} <= set(found) - {"deposit.over_20_percent", "date.invalid"}
    assert "penalty.excessive" not in {one["rule"] for one in settled["open"]}

    assert [one["name"] for one in call("runs", "extras", run_id)[1]["extras"]] == ["redline.docx"]
    assert call("export", run_id, "--extra", "redline.docx", "--out", tmp_path / "out.docx")[0] == 0
    made, before = read(tmp_path / "out.docx", Limits()), read(contract, Limits())
    assert made.text == settled["text"] and made.original == before.text
    assert {one.author for one in made.revisions} == {"陈静"} or all(one.author for one in made.revisions)
    assert not any("违约金" in one.quote for one in made.comments)
    assert any("30" in one.quote or "定金" in one.quote for one in made.comments)


def test_without_a_decision_nothing_is_settled_and_all_findings_stand_in_the_margin(call, reviewed, tmp_path):
    run_id, found = reviewed
    assert call("settle", run_id, "--as", "chen")[0] == 2
    call("export", run_id, "--extra", "redline.docx", "--out", tmp_path / "out.docx")
    made = read(tmp_path / "out.docx", Limits())
    assert made.original is None
    assert len(made.comments) == sum(one["severity"] != "info" for one in found.values())


def test_a_decision_can_be_taken_back(call, reviewed):
    run_id, found = reviewed
    key = found["date.invalid"]["key"]
    call("answer", run_id, key, "accept", "--as", "chen")
    call("answer", run_id, key, "undo", "--as", "chen")
    again = {one["key"]: one for one in call("versions", "findings", run_id)[1]["findings"]}
    assert again[key]["answer"] is None
    assert call("answer", run_id, "0" * 16, "accept", "--as", "chen")[0] == 2


def test_an_accepted_departure_from_the_playbook_becomes_our_wording_exactly(call, contract, tmp_path):
    document = docx.Document(str(contract))
    document.paragraphs[5].insert_paragraph_before("第六条 质保：质量保证期为3个月。")
    document.save(str(contract))
    request = tmp_path / "request.json"
    asked = {"file": str(contract), "side": "甲方", "playbook": "purchase"}
    request.write_text(json.dumps(asked, ensure_ascii=False), "utf-8")
    run = call("run", "contracts", "review", "--request", request)[1]
    ours = next(p["preferred"] for p in run["deliverable"]["playbook"]["positions"] if p["id"] == "warranty")
    found = call("versions", "findings", run["run_id"])[1]["findings"]
    theirs = next(one for one in found if one["where"]["quote"].endswith("质量保证期为3个月。"))
    assert theirs["rule"].startswith("playbook.") and theirs["proposal"] == f"第六条 质保：{ours}"
    call("answer", run["run_id"], theirs["key"], "accept", "--as", "chen")
    settled = call("settle", run["run_id"], "--as", "chen")[1]["text"]
    assert call("export", run["run_id"], "--extra", "redline.docx", "--out", tmp_path / "out.docx")[0] == 0
    made, before = read(tmp_path / "out.docx", Limits()), read(contract, Limits())
    assert made.text == settled == before.text.replace("质量保证期为3个月。", ours) and made.original == before.text
    assert any("质量保证期" in one.quote for one in made.comments)


def test_a_contract_with_a_password_is_refused_in_one_sentence(call, tmp_path):
    (tmp_path / "locked.docx").write_bytes(locked_word())
    request = tmp_path / "request.json"
    request.write_text(json.dumps({"file": str(tmp_path / "locked.docx")}), "utf-8")
    status, run = call("run", "contracts", "review", "--request", request)
    assert (status, run["status"], run["error"]) == (2, "failed", "文件《locked.docx》有密码，请去掉密码后上传。")
