"""Versions, waivers and approvals from the command line."""

import json

import pytest


@pytest.fixture
def run_id(call, tmp_path):
    request = tmp_path / "request.json"
    request.write_text(json.dumps({"message": "暖壶 K2 保修多久？"}, ensure_ascii=False), "utf-8")
    return call("run", "support", "reply", "--request", request)[1]["run_id"]


def edit(run_id, text):
    from commands.session import services

    desk = services().desk
    return desk.revise(run_id, text, desk.actor("chen"))


def test_a_version_is_listed_compared_and_restored(call, run_id):
    call("versions", "list", run_id)
    edit(run_id, "您好，已转给售后。")
    status, listed = call("versions", "list", run_id)
    assert status == 0
    assert [(one["number"], one["base"], one["branched"]) for one in listed["versions"]] == [
        (1, 0, False), (2, 1, False),
    ]  # fmt: skip
    assert len(listed["versions"][0]["sha256"]) == 64
    _, diff = call("versions", "diff", run_id, 1, 2)
    assert "".join(piece["text"] for row in diff["rows"] for piece in row["after"]) == "您好，已转给售后。"
    _, restored = call("versions", "restore", run_id, 1, "--as", "wang")
    assert (restored["number"], restored["restored"], restored["author"]) == (3, 1, "wang")
    assert restored["sha256"] == listed["versions"][0]["sha256"]


def test_an_approval_from_the_command_line(call, run_id):
    status, asked = call("approvals", "submit", run_id, "--as", "chen")
    assert (status, asked["status"], asked["waiting_for"]) == (0, "pending", ["he"])
    assert [one["run_id"] for one in call("approvals", "list", "--as", "he")[1]["approvals"]] == [run_id]
    assert call("approvals", "list", "--as", "chen")[1]["approvals"] == []
    edit(run_id, "您好，K2 整机保修 99 个月。")
    assert call("approvals", "decide", run_id, "approve", "--as", "he", "--sha256", asked["sha256"])[0] == 2
    assert call("approvals", "decide", run_id, "approve", "--as", "he")[0] == 2  # an error is open
    assert call("approvals", "decide", run_id, "approve", "--as", "wang")[0] == 2  # not hers
    _, found = call("versions", "findings", run_id)
    [key] = [one["key"] for one in found["findings"] if one["severity"] == "error"]
    _, waived = call("waive", run_id, key, "--as", "wang", "--reason", "产品部已确认")
    assert (waived["open_errors"], waived["actor"]["person"]) == (0, "wang")
    status, decided = call("approvals", "decide", run_id, "approve", "--as", "he")
    assert (status, decided["status"]) == (0, "approved")
    _, shown = call("approvals", "show", run_id)
    assert [one["act"] for one in shown["decisions"]] == ["submit", "change", "approve"]
    assert shown["waivers"][0]["reason"] == "产品部已确认"
    assert [one["run_id"] for one in call("approvals", "list", "--archive", "--words", "99 保修")[1]["approvals"]] == [
        run_id
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("versions", "diff", "RUN", 1, 9),
        ("versions", "restore", "RUN", 9, "--as", "chen"),
        ("versions", "restore", "RUN", 1, "--as", "mallory"),
        ("versions", "list", "absent"),
        ("approvals", "submit", "absent", "--as", "chen"),
        ("approvals", "decide", "RUN", "approve", "--as", "he"),
        ("approvals", "show", "absent"),
        ("approvals", "list", "--mine"),
        ("waive", "RUN", "nokey", "--as", "wang", "--reason", "x"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(call, run_id, words):
    status, answer = call(*(run_id if word == "RUN" else word for word in words))
    assert status == 2
    assert answer["error"]
    assert "\n" not in answer["error"]


def test_an_edited_review_is_labelled_for_its_findings_alone(call, tmp_path):
    """Its text was handed in: however it is changed, what is said of it is made anew."""
    request = tmp_path / "review.json"
    request.write_text(json.dumps({"text": "甲方：甲公司。乙方：乙公司。合同金额 100 元，违约金 50%。"}), "utf-8")
    made = call("run", "contracts", "review", "--request", request)[1]["run_id"]
    _, first = call("export", made, "--out", tmp_path / "a.docx")
    edit(made, "另一份合同：丙方向丁方供货，货款壹佰元。")
    _, second = call("export", made, "--out", tmp_path / "b.docx")
    assert second["label"] == first["label"]
    assert "提交的原文不属此列" in second["label"]
    assert second["kept"] == 1
