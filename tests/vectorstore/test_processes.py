"""Real processes on one folder: killed at any moment, two at a time, brought down by a file."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vectorstore.knowledge import KnowledgeBases
from vectorstore.queue import Queue
from workbench.texts import ROOT

DOCUMENTS, SENTENCES = 120, 40


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.vectorstore.process", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Two folders of documents, all with as many sentences."""
    for number in range(DOCUMENTS):
        folder = tmp_path / f"files{number % 2}"
        folder.mkdir(exist_ok=True)
        lines = [f"第{line}条 {number}号商品的退货期限是{line + number}天。" for line in range(SENTENCES)]
        (folder / f"d{number}.md").write_text("\n\n".join(lines), "utf-8")
    return [tmp_path / "files0", tmp_path / "files1"]


def assert_whole(bases: KnowledgeBases) -> set[str]:
    """Each document that is there has all its text and passages and is found by its vectors; their ids."""
    assert bases.check("kb").ok
    documents = bases.documents("kb")
    for document in documents:
        assert bases.text("kb", document.id).count("退货期限") == SENTENCES
        assert sum(chunk.text.count("退货期限") for chunk in bases.chunks("kb", document.id)) == SENTENCES
    for document in documents[::9]:
        assert bases.search("退货期限", names=["kb"], documents=[document.id], mode="dense")
    return {document.id for document in documents}


def test_killed_at_any_moment_each_document_is_whole_or_absent_and_ingesting_again_finishes(
    bases: KnowledgeBases, open_bases: Callable[[], KnowledgeBases], folders: list[Path], tmp_path: Path
) -> None:
    chance = random.Random(3)  # noqa: S311  # moments, not secrets
    stored: set[str] = set()
    for _ in range(3):
        ingesting = start("ingest", tmp_path, *folders)
        assert ingesting.stdout is not None
        for line in ingesting.stdout:
            if "indexed" in line:
                break
        time.sleep(chance.uniform(0, 0.15))
        ingesting.kill()
        ingesting.wait()
        fresh = open_bases()
        now = assert_whole(fresh)
        fresh.close()
        assert stored < now
        stored = now
    assert start("ingest", tmp_path, *folders).wait() == 0
    assert len(assert_whole(open_bases())) == DOCUMENTS


def test_two_processes_ingest_at_once_and_nothing_is_lost(
    bases: KnowledgeBases, folders: list[Path], tmp_path: Path
) -> None:
    both = [start("ingest", tmp_path, folder) for folder in folders]
    while any(process.poll() is None for process in both):
        bases.search("退货期限", names=["kb"])  # and a third one reads
    assert [process.returncode for process in both] == [0, 0]
    assert len(assert_whole(bases)) == DOCUMENTS


def test_a_file_that_brings_the_worker_down_is_given_up_and_stops_no_other(
    bases: KnowledgeBases, tmp_path: Path
) -> None:
    queue = Queue(tmp_path, lambda: None)
    for name in ("a.md", "crash.md", "z.md"):
        queue.submit("kb", name, f"{name}：七天内可以退货。".encode())
    start("supervise", tmp_path).wait()
    assert [(job.name, job.state) for job in queue.jobs("kb")] == [
        ("a.md", "done"),
        ("crash.md", "failed"),
        ("z.md", "done"),
    ]
    assert "crash.md" in queue.jobs("kb")[1].error
    assert sorted(document.id for document in bases.documents("kb")) == ["a.md", "z.md"]
