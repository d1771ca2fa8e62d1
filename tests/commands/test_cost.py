"""What runs cost, from the command line."""

import json
import shutil
import subprocess

import pytest
from openpyxl import load_workbook


@pytest.fixture
def settings(tmp_path, monkeypatch):
    def write(text):
        path = tmp_path / "workbench.toml"
        path.write_text(text, "utf-8")
        monkeypatch.setenv("WORKBENCH_CONFIG", str(path))

    return write


def ask(call, tmp_path, *words):
    request = tmp_path / "request.json"
    request.write_text(json.dumps({"message": "谢谢"}), "utf-8")
    return call("run", "support", "reply", "--request", request, *words)


def test_a_run_is_charged_to_the_department_of_who_ordered_it(call, tmp_path, settings):
    settings('[cost]\nplans = [{ department = "业务部", kind = "volume", unit = "runs", rate = 2.5 }]\n')
    assert ask(call, tmp_path, "--as", "chen")[1]["usage"]["cost"] == 0
    ask(call, tmp_path, "--as", "wang")
    ask(call, tmp_path)
    status, told = call("cost", "report", "--by", "department,person")
    assert status == 0
    assert [(row["department"], row["person"], row["runs"]) for row in told["rows"]] == [
        ("", "", 1), ("业务部", "chen", 1), ("业务部", "wang", 1),
    ]  # fmt: skip
    assert (told["total"]["runs"], told["total"]["cost"], told["currency"]) == (3, 0, "CNY")
    status, made = call("cost", "statement", "--department", "业务部", "--out", tmp_path / "s.xlsx")
    assert (status, made["total"]) == (0, 5.0)
    book = load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == ["费用", "按人员", "按场景", "按模型", "明细"]
    assert [cell.value for cell in book["按人员"]["A"]][-2:] == ["陈晨", "王芳"]
    assert book["费用"].cell(book["费用"].max_row, 6).value == 5
    assert len([row for row in book["明细"].iter_rows(values_only=True) if row[4] == "reply"]) == 2


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_the_statement_with_its_figures_as_numbers(call, tmp_path, settings):
    settings('[cost]\nplans = [{ department = "业务部", kind = "volume", unit = "runs", rate = 1234.5 }]\n')
    ask(call, tmp_path, "--as", "chen")
    call("cost", "statement", "--department", "业务部", "--out", tmp_path / "s.xlsx")
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "xlsx"]
    words = [*office, "--outdir", tmp_path / "again", tmp_path / "s.xlsx"]
    subprocess.run(words, check=True, timeout=180, capture_output=True)
    book = load_workbook(tmp_path / "again" / "s.xlsx")
    assert book.sheetnames == ["费用", "按人员", "按场景", "按模型", "明细"]
    total = book["费用"].cell(book["费用"].max_row, 6)
    assert (total.value, total.data_type, total.number_format) == (1234.5, "n", "#,##0.00")
    assert "陈晨" in [cell.value for cell in book["按人员"]["A"]]


def test_a_budget_that_is_used_up_stops_the_next_run_before_it_begins(call, tmp_path, settings):
    settings('[cost]\nbudgets = [{ scenario = "support", runs = 2 }]\n')
    assert ask(call, tmp_path)[0] == 0
    assert call("cost", "budgets")[1]["budgets"][0]["level"] == "fine"
    assert ask(call, tmp_path)[0] == 0
    assert (
        call("cost", "budgets")[1]["budgets"][0] | {"share": 1.0, "level": "stopped"}
        == (call("cost", "budgets")[1]["budgets"][0])
    )
    status, refused = ask(call, tmp_path)
    assert status == 2
    assert "2 / 2 次" in refused["error"]
    assert len(call("runs", "list")[1]["runs"]) == 2


def test_a_batch_pauses_at_a_budget_and_goes_on_when_it_is_raised(call, tmp_path, settings):
    rows = tmp_path / "r.jsonl"
    rows.write_text('{"message": "谢谢"}\n' * 4, "utf-8")
    words = ["batch", "support", "reply", "--rows", rows, "--out", tmp_path / "o.jsonl"]
    settings("[cost]\nbudgets = [{ runs = 3 }]\n")
    status, told = call(*words)
    assert (status, told["state"], told["done"], told["failed"]) == (1, "paused", 3, [])
    assert "3 / 3 次" in told["error"]
    settings("[cost]\nbudgets = [{ runs = 30 }]\n")
    status, told = call(*words)
    assert (status, told["state"], told["done"]) == (0, "done", 4)


@pytest.mark.parametrize(
    "words",
    [
        ("cost", "report", "--by", "colour"),
        ("cost", "report", "--month", "yesterday"),
        ("cost", "statement", "--out", "s.docx"),
        ("cost", "statement", "--department", "nobody", "--out", "s.xlsx"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(call, words):
    status, told = call(*words)
    assert status == 2
    assert told["error"]


def test_a_price_table_with_a_wrong_key_is_one_sentence(call, settings):
    settings('[cost]\nprices = [{ model = "m", input = 1, ouput = 2 }]\n')
    status, told = call("runs", "list")
    assert status == 2
    assert "ouput" in told["error"] or "output" in told["error"]
