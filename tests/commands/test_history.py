"""Looking back from the command line: search, run again, purge, feedback."""

import json
from datetime import timedelta

import pytest


@pytest.fixture
def settings(tmp_path, monkeypatch):
    def write(text):
        path = tmp_path / "workbench.toml"
        path.write_text(text, "utf-8")
        monkeypatch.setenv("WORKBENCH_CONFIG", str(path))

    return write


@pytest.fixture
def ask(call, tmp_path):
    def run(message, *words):
        request = tmp_path / "request.json"
        request.write_text(json.dumps({"message": message, "tone": "formal"}, ensure_ascii=False), "utf-8")
        status, told = call("run", "support", "reply", "--request", request, *words)
        assert status == 0
        return told["run_id"]

    return run


def found(call, *words):
    return [one["run_id"] for one in call("runs", "list", *words)[1]["runs"]]


def test_runs_are_found_by_words_and_filters(call, ask):
    first, second = ask("暖壶漏水怎么办？", "--as", "chen"), ask("发票怎么开？")
    assert found(call, "--words", "漏水") == [first]
    assert found(call, "--author", "chen") == [first]
    assert found(call) == [second, first]
    assert found(call, "--words", "漏水", "--scenario", "hr") == []
    assert call("runs", "list", "--from", "2026-02-30")[0] == 2
    assert call("runs", "list", "--from", "2026-02-02", "--to", "2026-01-01")[0] == 2


def test_a_run_is_made_again_and_says_of_which(call, ask):
    first = ask("发票怎么开？", "--as", "chen")
    status, again = call("runs", "again", first)
    assert (status, again["status"]) == (0, "done")
    old, new = call("runs", "show", first)[1], call("runs", "show", again["run_id"])[1]
    assert (new["request"], new["author"], new["again_of"]) == (old["request"], "chen", first)
    assert new["deliverable"] == old["deliverable"]
    assert call("runs", "again", first, "--backend", "nobody")[0] == 2
    assert call("runs", "again", "absent")[0] == 2


def test_requests_are_not_recorded_where_the_settings_say_so(call, ask, settings, tmp_path):
    settings("[retention]\nstore_inputs = false\n")
    run_id = ask("我的手机号是 13800138000，能退吗？")
    shown = call("runs", "show", run_id)[1]
    assert shown["request"] == {
        "message": "", "history": [], "channel": "chat", "customer": {}, "tone": "formal", "as_of": None,
    }  # fmt: skip
    assert (shown["inputs_kept"], shown["subject"]) == (False, "")
    assert found(call, "--words", "13800138000") == []
    status, refused = call("runs", "again", run_id)
    assert status == 2
    assert "没有保存请求内容" in refused["error"]
    from commands.session import services

    desk = services().desk
    kept = desk.revise(run_id, "您好，已转给售后，保修 99 个月。", desk.actor("chen"))  # edits are still checked
    assert kept.findings
    assert b"13800138000" not in b"".join(
        path.read_bytes() for path in (tmp_path / "data").glob("records*") if path.is_file()
    )


def test_a_batch_keeps_no_requests_either(call, settings, tmp_path):
    settings("[retention]\nstore_inputs = false\n")
    rows = tmp_path / "r.jsonl"
    rows.write_text('{"message": "13800138000 谢谢"}\n{"mesage": "13800138000"}\n', "utf-8")
    told = call("batch", "support", "reply", "--rows", rows, "--out", tmp_path / "o.jsonl")[1]
    assert told["done"] == 1
    from commands.session import services

    assert [item.request for item in services().batches.store.items(told["batch_id"])] == [None, None]


def test_a_purge_by_name_and_by_time(call, ask, settings):
    first, second = ask("发票怎么开？"), ask("能退吗？")
    status, told = call("runs", "purge", first)
    assert (status, told["runs"]) == (0, [first])
    shown = call("runs", "show", first)[1]
    assert (shown["text"], shown["versions"]) == ("", [])
    assert shown["purged_at"]
    assert call("runs", "again", first)[0] == 2
    assert call("export", first, "--out", "x.docx")[0] == 2
    assert found(call, "--words", "发票") == []
    assert found(call) == [second, first]
    assert call("runs", "purge", "--due", "--dry-run")[1]["due"] == {}
    settings("[retention]\ndays = 1\n[retention.scenarios.support]\ndays = 0\n")
    assert call("runs", "purge", "--due")[1]["runs"] == []
    assert call("runs", "purge")[0] == 2
    assert call("runs", "purge", "absent")[0] == 2


def test_the_days_purge_is_done_once(call, ask, settings):
    settings("[retention.scenarios.support]\ndays = 1\n")
    run_id = ask("发票怎么开？")
    from commands.session import services

    row = services().runs.get(run_id)
    services().runs.save(row.model_copy(update={"created_at": row.created_at - timedelta(days=2)}))
    assert call("runs", "purge", "--daily")[0] == 2
    assert call("runs", "purge", "--due", "--daily")[1]["runs"] == [run_id]
    assert not services().history.daily.due
    assert call("runs", "purge", "--due", "--daily")[1]["runs"] == []


def test_feedback_edits_and_time_to_approval_are_recorded(call, ask):
    run_id = ask("发票怎么开？")
    assert call("feedback", "show", run_id)[1]["outcome"] is None
    assert call("feedback", "give", run_id, "up", "--as", "chen")[0] == 0
    status, refused = call("feedback", "give", run_id, "down", "--as", "wang")
    assert status == 2
    assert refused["error"]
    call("feedback", "give", run_id, "down", "--as", "wang", "--reason", "没有说时限")
    call("feedback", "give", run_id, "down", "--as", "chen", "--reason", "再看不对")
    from commands.session import services

    desk = services().desk
    text = services().runs.versions(run_id)[0].text
    desk.revise(run_id, text + "另祝好。", desk.actor("chen"))
    call("approvals", "submit", run_id, "--as", "chen")
    call("approvals", "decide", run_id, "approve", "--as", "he")
    shown = call("feedback", "show", run_id)[1]
    assert [(one["verdict"], one["reason"]) for one in shown["feedback"]] == [
        ("up", ""), ("down", "没有说时限"), ("down", "再看不对"),
    ]  # fmt: skip
    outcome = shown["outcome"]
    assert (outcome["version"], outcome["distance"], outcome["length"]) == (2, 4, len(text))
    assert (outcome["up"], outcome["down"]) == (0, 2)
    assert outcome["changed"] == round(4 / len(text), 4)
    assert 0 <= outcome["approved_after"] < 1
    summed = call("feedback", "summary", "--scenario", "support")[1]
    assert (summed["runs"], summed["down"], summed["edited"], summed["approved"]) == (1, 2, 1, 1)
    desk.revise(run_id, "改了", desk.actor("chen"))  # approval opens again
    assert call("feedback", "show", run_id)[1]["outcome"]["approved_after"] is None
    assert [one["run_id"] for one in call("feedback", "list")[1]["outcomes"]] == [run_id]
    assert call("feedback", "give", "absent", "up", "--as", "chen")[0] == 2
