"""The commands that other programs call: names, JSON keys, exit statuses."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import cli
from workbench.texts import ROOT

POLICY = "# 售后政策\n\n自签收之日起 7 天内可申请无理由退货，退货运费由客户承担。\n\n暖壶 K2 整机保修 24 个月。\n"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "files" / "policy.md"
    path.parent.mkdir()
    path.write_text(POLICY, "utf-8")
    return path


def test_from_a_file_to_an_exported_reply(call: Any, policy: Path, tmp_path: Path) -> None:
    assert call("kb", "create", "kb1", "--title", "售后") == (0, {"name": "kb1"})
    status, ingested = call("kb", "ingest", "--kb", "kb1", policy)
    assert status == 0
    assert {"id", "path", "status", "chunks", "pages", "error"} <= ingested["documents"][0].keys()
    assert ingested["documents"][0]["status"] == "indexed"
    assert ingested["chunks"] == 1

    status, found = call("kb", "search", "--kb", "kb1", "K2 保修多久")
    assert {"document_id", "title", "page", "start", "end", "text", "score"} <= found["hits"][0].keys()
    assert found["ms"] > 0

    request = tmp_path / "request.json"
    request.write_text(json.dumps({"message": "暖壶 K2 保修多久？"}, ensure_ascii=False), "utf-8")
    status, run = call("run", "support", "reply", "--request", request, "--kb", "kb1")
    assert status == 0
    assert {"run_id", "status", "deliverable", "findings", "citations", "usage"} <= run.keys()
    assert run["deliverable"]["decision"] == "reply"
    assert "24 个月" in run["deliverable"]["reply"]
    assert run["citations"][0]["verified"] is True
    assert {"marker", "document_id", "title", "page", "quote"} <= run["citations"][0].keys()

    assert call("runs", "list")[1]["runs"][0]["run_id"] == run["run_id"]
    assert call("runs", "show", run["run_id"])[1]["versions"][0]["number"] == 1
    status, exported = call("export", run["run_id"], "--format", "docx", "--out", tmp_path / "reply.docx")
    assert status == 0
    assert Path(exported["file"]).stat().st_size > 1000
    assert "AI 生成" in exported["label"]
    status, found = call("verify", tmp_path / "reply.docx")
    assert (status, found["outcome"], found["intact"]) == (0, "intact", True)
    assert (found["run_id"], found["version"], found["final"]) == (run["run_id"], 1, False)
    assert found["label"]["metadata"]["ProduceID"] == f"{run['run_id']}-1"
    assert found["label"]["visible"] == exported["label"]


def test_a_file_that_is_not_ours_is_one_sentence(call: Any, tmp_path: Path) -> None:
    plain = tmp_path / "a.txt"
    plain.write_text("你好", "utf-8")
    status, found = call("verify", plain)
    assert (status, found["outcome"], found["run_id"]) == (1, "unlabelled", None)
    assert "没有人工智能生成合成内容标识" in found["message"]
    assert call("verify", tmp_path / "none.txt")[0] == 2


def test_the_word_template_is_written_and_checked(call: Any, tmp_path: Path) -> None:
    status, made = call("template", "--out", tmp_path / "t.docx", "--check", tmp_path / "t.docx")
    assert status == 0
    assert "label" in made["fields"]
    (tmp_path / "bad.docx").write_text("x")
    assert call("template", "--check", tmp_path / "bad.docx")[0] == 2


def test_a_document_that_is_deleted_stops_answering(call: Any, policy: Path) -> None:
    call("kb", "create", "kb1")
    call("kb", "ingest", "--kb", "kb1", policy)
    assert call("kb", "show", "kb1")[1]["document_list"][0]["id"] == "policy.md"
    assert call("kb", "delete", "kb1", "--document", "policy.md")[0] == 0
    assert call("kb", "search", "--kb", "kb1", "保修")[1]["hits"] == []
    call("kb", "delete", "kb1")
    assert call("kb", "list")[1]["knowledge_bases"] == []


def test_a_failed_file_is_named_and_the_rest_goes_on(call: Any, policy: Path) -> None:
    policy.with_name("empty.pdf").write_bytes(b"")
    call("kb", "create", "kb1")
    status, answer = call("kb", "ingest", "--kb", "kb1", policy.parent)
    assert status == 1
    failed = [document for document in answer["documents"] if document["status"] == "failed"]
    assert [Path(document["path"]).name for document in failed] == ["empty.pdf"]
    assert failed[0]["error"]


def test_evaluation_counts_by_document(call: Any, policy: Path, tmp_path: Path) -> None:
    call("kb", "create", "kb1")
    call("kb", "ingest", "--kb", "kb1", policy)
    (tmp_path / "q.jsonl").write_text('{"id": "q1", "text": "K2 保修"}\n', "utf-8")
    (tmp_path / "r.tsv").write_text("q1\tpolicy.md\t1\n", "utf-8")
    _, figures = call(
        "kb",
        "eval",
        "--kb",
        "kb1",
        "--queries",
        tmp_path / "q.jsonl",
        "--qrels",
        tmp_path / "r.tsv",
        "--mode",
        "lexical",
    )
    assert {"queries", "recall@5", "mrr@10", "ndcg@10", "p50_ms", "p95_ms"} <= figures.keys()
    assert figures["recall@5"] == 1.0


@pytest.mark.parametrize(
    "words",
    [
        ("kb", "show", "absent"),
        ("kb", "create", "../etc"),
        ("runs", "show", "absent"),
        ("run", "support", "reply", "--request", "absent.json"),
        ("run", "cooking", "soup", "--request", __file__),
    ],
)
def test_a_wrong_request_is_one_sentence_and_status_2(call: Any, words: tuple[str, ...]) -> None:
    status, answer = call(*words)
    assert status == 2
    assert answer["error"]


def test_an_unknown_key_in_a_request_is_refused(call: Any, tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_text('{"message": "hello", "mesage": "typo"}', "utf-8")
    status, answer = call("run", "support", "reply", "--request", request)
    assert status == 2
    assert "mesage" in answer["error"]


def test_scenarios_tell_their_schemas(call: Any) -> None:
    task = call("scenarios")[1]["scenarios"]["support"]["tasks"]["reply"]
    assert "message" in task["request"]["properties"]
    assert "reply" in task["deliverable"]["properties"]


def test_the_composer_is_always_there(call: Any) -> None:
    status, answer = call("backends", "--check")
    assert status == 0
    assert answer["backends"][0]["name"] == "composer"


def test_common_options_may_stand_anywhere() -> None:
    given = ["--lang", "en", "kb", "search", "--kb", "a", "--json", "--data=/x", "--", "--json"]
    assert cli.arguments(given) == ["--lang", "en", "--json", "--data=/x", "kb", "search", "--kb", "a", "--", "--json"]


def test_standard_output_holds_one_json_object_only(tmp_path: Path) -> None:
    command = [sys.executable, "cli.py", "kb", "list", "--json", "--data", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ)
    assert json.loads(done.stdout) == {"knowledge_bases": []}


def test_dates_versions_and_why_a_hit_scored(call: Any, policy: Path) -> None:
    call("kb", "create", "kb1")
    call("kb", "ingest", "--kb", "kb1", policy)
    policy.write_text(POLICY.replace("7 天", "15 天"), "utf-8")
    assert (
        call("kb", "ingest", "--kb", "kb1", policy, "--from", "2025-07-01")[1]["documents"][0]["status"] == "replaced"
    )
    hit = call("kb", "search", "--kb", "kb1", "无理由退货", "--document", "policy.md")[1]["hits"][0]
    assert "15 天" in hit["text"]
    assert hit["dense"] > 0
    assert hit["lexical"] > 0
    before = call("kb", "search", "--kb", "kb1", "无理由退货", "--as-of", "2025-06-30", "--mode", "lexical")[1]["hits"]
    assert "7 天" in before[0]["text"]
    assert [known["version"] for known in call("kb", "versions", "policy.md", "--kb", "kb1")[1]["versions"]] == [2, 1]
    assert "7 天" in call("kb", "text", "policy.md", "--kb", "kb1", "--version", 1)[1]["text"]
    status, dated = call("kb", "dates", "policy.md", "--kb", "kb1", "--from", "2025-07-01", "--to", "2025-12-31")
    assert (status, dated["document"]["ends"]) == (0, "2025-12-31")
    assert call("kb", "search", "--kb", "kb1", "无理由退货", "--as-of", "2026-01-01")[1]["hits"] == []
    assert call("kb", "dates", "policy.md", "--kb", "kb1", "--from", "2025-07-01", "--to", "2025-06-01")[0] == 2


def test_a_knowledge_base_is_checked_indexed_again_and_carried_over(call: Any, policy: Path, tmp_path: Path) -> None:
    call("kb", "create", "kb1", "--sensitivity", "public")
    call("kb", "ingest", "--kb", "kb1", policy)
    assert call("kb", "reindex", "kb1") == (0, {"name": "kb1", "vectors": 0, "seconds": pytest.approx(0, abs=60)})
    assert call("kb", "export", "kb1", "--out", tmp_path / "kb1.zip")[0] == 0
    assert call("kb", "import", tmp_path / "kb1.zip")[0] == 2
    status, made = call("kb", "import", tmp_path / "kb1.zip", "--as", "kb2")
    assert (status, made) == (0, {"name": "kb2", "documents": 1, "chunks": 1})
    assert call("kb", "search", "--kb", "kb2", "保修")[1]["hits"]
    status, checked = call("kb", "check", "kb2")
    assert (status, checked["ok"]) == (0, True)
