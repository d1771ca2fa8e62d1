"""A task over the rows of a file, from the command line."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from openpyxl import Workbook, load_workbook

from workbench.texts import ROOT


def jsonl(path, *lines):
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines), "utf-8")
    return path


def excel(path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell in (cell for row in book.active for cell in row if isinstance(cell.value, str)):
        cell.data_type = "s"  # as a person types it: a text, also where it looks like a formula
    book.save(path)
    return path


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_failed_row_is_named_and_the_rest_goes_on(call, tmp_path):
    rows = jsonl(tmp_path / "r.jsonl", {"message": "能退吗？"}, "{broken", {"mesage": "typo"}, {"message": "thanks"})
    status, told = call("batch", "support", "reply", "--rows", rows, "--out", tmp_path / "o.jsonl")
    assert status == 1
    assert (told["rows"], told["done"], [one["row"] for one in told["failed"]]) == (4, 2, [2, 3])
    assert "mesage" in told["failed"][1]["error"] or "message" in told["failed"][1]["error"]
    found = lines(tmp_path / "o.jsonl")
    assert [one["row"] for one in found] == [1, 2, 3, 4]
    assert found[1]["result"] is None
    assert found[0]["error"] is None
    assert {"run_id", "status", "deliverable", "findings", "citations", "usage"} <= found[0]["result"].keys()
    assert call("runs", "show", found[3]["result"]["run_id"])[1]["request"]["message"] == "thanks"


def test_a_spreadsheet_keeps_its_columns_and_gets_the_results(call, tmp_path):
    rows = excel(
        tmp_path / "r.xlsx",
        ["订单号", "客户的消息", "渠道"],
        [1001, "=HYPERLINK(1) 暖壶怎么退？", "邮件"],
        [None, None, None],
        [1002, None, "邮件"],
        [1003, "谢谢", "chat"],
    )
    status, told = call("batch", "support", "reply", "--rows", rows, "--out", tmp_path / "o.xlsx")
    assert (status, told["rows"], told["done"]) == (1, 3, 2)
    assert told["ignored"] == ["订单号"]
    sheet = load_workbook(tmp_path / "o.xlsx").active
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, sheet[2], strict=True))
    assert first["订单号"].value == 1001
    assert (first["客户的消息"].data_type, first["客户的消息"].quotePrefix) == ("s", True)
    run = call("runs", "show", first["运行编号"].value)[1]
    assert run["request"]["channel"] == "email"
    assert first["结果"].value == run["text"]
    assert "AI 生成" in first["AI 标识"].value
    assert dict(zip(header, sheet[3], strict=True))["错误"].value
    status, seen = call("verify", tmp_path / "o.xlsx")
    assert (status, seen["outcome"]) == (0, "intact")


def test_a_csv_of_a_chinese_spreadsheet_program_is_read(call, tmp_path):
    rows = tmp_path / "r.csv"
    rows.write_bytes("message;tone\n能退吗？;formal\n".encode("gb18030"))
    assert call("batch", "support", "reply", "--rows", rows, "--out", tmp_path / "o.jsonl")[0] == 0
    assert lines(tmp_path / "o.jsonl")[0]["result"]["deliverable"]["reply"].startswith("尊敬的客户")


def test_a_batch_that_was_killed_goes_on_where_it_stopped(call, tmp_path):
    count = 60
    rows = jsonl(tmp_path / "r.jsonl", *({"message": f"第 {number} 单能退吗？"} for number in range(count)))
    out = tmp_path / "o.jsonl"
    words = ["batch", "support", "reply", "--rows", str(rows), "--out", str(out)]
    command = [sys.executable, "cli.py", *words, "--json", "--data", str(tmp_path / "data")]
    child = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not out.exists() or out.read_bytes().count(b"\n") < 5:
        assert child.poll() is None
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    before = {one["row"]: one["result"]["run_id"] for one in lines(out)[:5]}
    status, told = call(*words)
    assert (status, told["rows"], told["done"], told["failed"]) == (0, count, count, [])
    found = lines(out)
    assert [one["row"] for one in found] == list(range(1, count + 1))
    assert {row: found[row - 1]["result"]["run_id"] for row in before} == before
    done = [run for run in call("runs", "list", "--limit", 1000)[1]["runs"] if run["status"] == "done"]
    assert len(done) <= count + 1  # the one that was under way may have been recorded without its row


def test_a_finished_batch_is_made_anew(call, tmp_path):
    words = ["batch", "support", "reply", "--rows", jsonl(tmp_path / "r.jsonl", {"message": "谢谢"})]
    first = call(*words, "--out", tmp_path / "a.jsonl")[1]
    again = call(*words, "--out", tmp_path / "b.jsonl")[1]
    assert first["batch_id"] != again["batch_id"]
    assert [one["state"] for one in call("batches", "list")[1]["batches"]] == ["done", "done"]
    assert call("batches", "show", first["batch_id"])[1]["done"] == 1


@pytest.mark.parametrize(
    ("content", "out"),
    [
        ("", "o.jsonl"),
        ('{"message": "x"}\n', "o.docx"),
        ('{"message": "x"}\n', "none/o.jsonl"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(call, tmp_path, content, out):
    (tmp_path / "r.jsonl").write_text(content, "utf-8")
    status, told = call("batch", "support", "reply", "--rows", tmp_path / "r.jsonl", "--out", tmp_path / out)
    assert status == 2
    assert told["error"]


def test_a_spreadsheet_that_lacks_a_column_is_refused_by_name(call, tmp_path):
    rows = excel(tmp_path / "r.xlsx", ["消息内容"], ["能退吗？"])
    status, told = call("batch", "support", "reply", "--rows", rows, "--out", tmp_path / "o.xlsx")
    assert status == 2
    assert "message" in told["error"]
    assert "消息内容" in told["error"]
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 no zip")
    assert call("batch", "support", "reply", "--rows", tmp_path / "bad.xlsx", "--out", tmp_path / "o.xlsx")[0] == 2
